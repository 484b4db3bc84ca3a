"""What a change of a registry can touch in the network of one instant, and never too little of it.

A flow of a party's own information turns on the instruments between the two alone. What a third party passes
on turns besides on what it calls it, by its agreements with the originator, and on consents. A path turns on
its hops; and no path has to pass anybody to reach whom the originator reaches directly in both worlds.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from msgspec import structs

from servanda.decisions.flows import Hand, own, standing
from servanda.decisions.linchpins import Subjects
from servanda.decisions.marking import Equivalent, held_as
from servanda.decisions.network import Matter, Network
from servanda.model.act import Consent, WithdrawConsent
from servanda.model.party import PartyKind
from servanda.model.status import Answer, Status

Pair = tuple[str, str]


def pairs(before: Network, after: Network, names: frozenset[str]) -> frozenset[Pair]:
    """Return the ordered pairs of parties, ministries apart, that some of the instruments bind."""
    found: set[Pair] = set()
    for network in (before, after):
        index = network.index
        known = index.registry.parties
        for name in names & index.registry.instruments.keys():
            bound = {code for one in index.registry.instruments[name].parties for code in index.family(one)}
            states = [one for one in bound if one in known and known[one].kind is not PartyKind.MINISTRY]
            turned = _those_alone(before, after, name)
            found.update(
                (holder, recipient)
                for holder, recipient in permutations(states, 2)
                if turned is None or holder in turned or recipient in turned
            )
    return frozenset(found)


def _those_alone(before: Network, after: Network, name: str) -> frozenset[str] | None:
    """Return the parties of an instrument for whom alone it differs; None where it may for all.

    So it is where it stands as it did, in a text that is the same but for who its parties are.
    """
    found = []
    for network in (before, after):
        if name not in network.index.registry.instruments:
            return None
        instrument = network.index.registry.instruments[name]
        answer = network.index.life(name).at(network.at).answer
        versions = {value.version for value in answer.values}
        if len(versions) > 1:
            return None
        found.append((instrument, instrument.text(versions.pop()), answer))
    (one, text, was), (other, later, now) = found
    if _standing(was) != _standing(now):
        return None
    if one.parties != other.parties or text != structs.replace(
        later, version=text.version, parties=text.parties
    ):
        return None
    turned = set(text.parties) ^ set(later.parties)
    bound = [{frozenset(value.bound) for value in answer.values} for answer in (was, now)]
    if bound[0] != bound[1]:
        if len(bound[0]) > 1 or len(bound[1]) > 1:
            return None
        turned |= bound[0].pop() ^ bound[1].pop()
    return frozenset(code for party in turned for code in before.index.family(party))


def _standing(answer: Answer[Status]) -> list[tuple[object, ...]]:
    """Return what counts of where an instrument stands, apart from its version and whom it binds."""
    return [
        (reader, status.phase, status.suspended_clauses, status.missing)
        for reader, values in answer.readings
        for status in values
    ]


def hands(
    before: Network, after: Network, names: frozenset[str], between: frozenset[Pair], about: Subjects
) -> Iterator[Hand]:
    """Yield the flows that may differ: those between the pairs, and those of consents that are touched."""
    carrying = [
        (holder, recipient)
        for holder, recipient in between
        if recipient in before.links.carried(holder) or recipient in after.links.carried(holder)
    ]
    for holder, recipient in carrying:
        yield from own(after, holder, recipient, about)
    for network in (before, after):
        withdrawn = {one.act.of for one in network.index.acts(WithdrawConsent) if one.instrument in names}
        for record in network.index.acts(Consent):
            whole = (
                record.instrument in names
                or record.act.id in withdrawn
                or not names.isdisjoint(record.act.rests_on)
            )
            for hand in standing(network, record, about):
                if (
                    whole
                    or (hand.holder, hand.recipient) in between
                    or (hand.matter.originator, hand.holder) in between
                ):
                    yield hand


def targets(
    before: Network, after: Network, between: frozenset[Pair], about: Subjects
) -> frozenset[tuple[Matter, str]]:
    """Return the matters and recipients whose paths may differ: where hops open or close, and beyond."""
    found: set[tuple[Matter, str]] = set()
    for originator, hops in _hops(before, after, between).items():
        for matter in after.matters(originator, about):
            turned = [
                recipient
                for holder, recipient in hops
                if before.open(matter, holder, recipient) != after.open(matter, holder, recipient)
            ]
            found.update((matter, one) for one in _beyond(before, after, matter, turned))
    return frozenset(found)


def _hops(before: Network, after: Network, between: frozenset[Pair]) -> dict[str, set[Pair]]:
    """Return the hops that may open or close, by the originator for whose information they may."""
    originators = set(after.originators())
    found: dict[str, set[Pair]] = {}
    for holder, recipient in between:
        near = before.links.bound(holder) | after.links.bound(holder) | {holder}
        for originator in near & originators - {recipient}:
            found.setdefault(originator, set()).add((holder, recipient))
    for originator, holder in between:
        if originator in originators and _called_otherwise(before, after, originator, holder):
            onward = before.links.carried(holder) | after.links.carried(holder)
            found.setdefault(originator, set()).update((holder, one) for one in onward if one != originator)
    return found


def _called_otherwise(before: Network, after: Network, originator: str, holder: str) -> bool:
    """Say whether a holder may call something of an originator otherwise, or not know what to call it."""
    for level in after.index.registry.party(originator).levels:
        one, other = (
            held_as(each.index, originator, level.word, holder, each.at) for each in (before, after)
        )
        if _seen(one) != _seen(other):
            return True
    return False


def _seen(held: Equivalent) -> tuple[object, ...]:
    return held.words, held.finding.outcome, held.finding.ways


def _beyond(before: Network, after: Network, matter: Matter, turned: list[str]) -> set[str]:
    """Return the parties at which a hop turned, and whom they pass on to."""
    found: set[str] = set()
    todo = list(turned)
    while todo:
        code = todo.pop()
        if code in found or all(each.open(matter, matter.originator, code) for each in (before, after)):
            continue
        found.add(code)
        todo += before.takers(matter, code)
        todo += after.takers(matter, code)
    return found
