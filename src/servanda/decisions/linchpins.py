"""Linchpins: the parties that every lawful path from one party to another has to pass.

The question is asked for what a party has of its own: each of its levels, about each subject. Where the
direct way is open nobody is a linchpin; where there is no way at all, nobody could be. A path is one that
could be gone at the instant asked about, with what can be asked for (see `network`).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import msgspec

from servanda.decisions.index import Index
from servanda.decisions.network import Matter, Network, subjects
from servanda.model.when import Instant

Subjects = tuple[tuple[str, ...], ...]
Passed = frozenset[str] | None
"""The parties that every path passes; None where there is no path."""


class Through(msgspec.Struct, frozen=True):
    """What gets from one party to another: the highest of the holder's own markings, and about what."""

    marking: str = ""
    topics: Subjects = ()


class Linchpin(msgspec.Struct, frozen=True):
    """A party that all must pass which goes from `holder` to `recipient`, for the matters of `loses`.

    `having` is what gets through with it, `without` what would get through if it passed nothing on.
    """

    party: str
    holder: str
    recipient: str
    loses: tuple[Matter, ...]
    having: Through
    without: Through

    @property
    def key(self) -> tuple[str, str, str]:
        """Who is the linchpin of which pair."""
        return self.party, self.holder, self.recipient


def linchpins(index: Index, at: Instant, about: Subjects | None = None) -> tuple[Linchpin, ...]:
    """Return who is the linchpin of which pair; the party of most pairs first.

    `about` are the subjects asked about; without them all of which some text speaks, and none in particular.
    """
    about = subjects(index) if about is None else about
    network = Network(index, at)
    found = list(
        chain.from_iterable(
            between(network, holder, recipient, about) for holder, recipient in indirect(network)
        )
    )
    return ordered(found)


def ordered(found: Iterable[Linchpin]) -> tuple[Linchpin, ...]:
    """Return linchpins, the party of most pairs first."""
    found = list(found)
    pairs: dict[str, int] = {}
    for one in found:
        pairs[one.party] = pairs.get(one.party, 0) + 1
    return tuple(sorted(found, key=lambda one: (-pairs[one.party], *one.key)))


def indirect(network: Network) -> Iterable[tuple[str, str]]:
    """Yield the pairs between which a path through others could lie at all."""
    parties = network.index.registry.parties
    for holder in network.originators():
        own = network.index.family(holder)
        reached: set[str] = set()
        for one in network.links.bound(holder):
            reached |= network.links.carried(one)
        yield from ((holder, one) for one in parties if one in reached and one not in own)


def between(network: Network, holder: str, recipient: str, about: Subjects) -> tuple[Linchpin, ...]:
    """Return the linchpins of one pair, each with what would be lost without it."""
    ways = {matter: passed(network, matter, recipient) for matter in network.matters(holder, about)}
    through = [matter for matter, way in ways.items() if way is not None]
    parties = sorted({party for way in ways.values() for party in way or ()})
    found = []
    for party in parties:
        loses = tuple(matter for matter in through if party in (ways[matter] or ()))
        kept = [matter for matter in through if matter not in loses]
        having, without = _most(network, holder, through), _most(network, holder, kept)
        found.append(Linchpin(party, holder, recipient, loses, having, without))
    return tuple(found)


def passed(network: Network, matter: Matter, recipient: str) -> Passed:
    """Return the parties that every path of a matter from its originator to a recipient passes.

    The search goes backward from the recipient, and stops at whom the originator itself reaches: whoever is
    reached so directly passes through nobody.
    """
    key = (matter, recipient)
    if key not in network.paths:
        network.paths[key] = _passed(network, matter, recipient)
    return network.paths[key]


def _passed(network: Network, matter: Matter, recipient: str) -> Passed:
    if network.open(matter, matter.originator, recipient):
        return frozenset()
    givers: dict[str, tuple[str, ...]] = {}
    first: set[str] = set()
    todo = [recipient]
    while todo:
        code = todo.pop()
        if code in givers:
            continue
        givers[code] = tuple(one for one in network.givers(matter, code) if one != recipient)
        for one in givers[code]:
            if one in givers or one in first:
                continue
            if network.open(matter, matter.originator, one):
                first.add(one)
            else:
                todo.append(one)
    found: dict[str, frozenset[str]] = {one: frozenset({one}) for one in first}
    moved = True
    while moved:
        moved = False
        for code, ones in givers.items():
            reached = [found[one] for one in ones if one in found]
            if not reached:
                continue
            way = frozenset.intersection(*reached) | {code}
            if found.get(code) != way:
                found[code] = way
                moved = True
    return found[recipient] - {recipient} if recipient in found else None


def _most(network: Network, holder: str, matters: list[Matter]) -> Through:
    """Return the highest marking among matters, and the subjects of all of them."""
    if not matters:
        return Through()
    party = network.index.registry.party(holder)
    ranks = {level.word: level.rank for level in party.levels}
    highest = max(matters, key=lambda one: ranks[one.marking])
    return Through(highest.marking, tuple(dict.fromkeys(one.topics for one in matters)))
