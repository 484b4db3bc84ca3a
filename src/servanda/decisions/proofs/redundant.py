"""Which instruments are redundant: taking one away changes no answer at any instant.

Compared are the instants at which each release is permitted, as sets, for every pair and every kind of
information; so instruments that cover for one another each count as redundant, and two that are redundant
only together are not asked about. A refusal and an undetermined answer are one here: neither permits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from servanda.decisions.proofs.arcs import Arc, Information, Plain
from servanda.decisions.proofs.periods import Periods, minus, union
from servanda.model.when import Period

ArcsOf = Callable[[Information, frozenset[str]], Iterable[Arc]]
"""The arcs of a kind of information in a world without the instruments named."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a pair loses, or gains, for one kind of information when an instrument is taken away."""

    information: Information
    holder: str
    recipient: str
    lost: Periods
    gained: Periods

    def to_plain(self) -> Plain:
        """Return it as strings, lists and dictionaries."""
        return {
            "information": self.information.to_plain(),
            "holder": self.holder,
            "recipient": self.recipient,
            "lost": [[str(one.start), str(one.end)] for one in self.lost],
            "gained": [[str(one.start), str(one.end)] for one in self.gained],
        }


@dataclass(frozen=True, slots=True)
class Redundancy:
    """Whether an instrument is redundant; if not, `witness` is one answer that changes without it.

    `carries` says whether any release that was asked about goes under it. One that is redundant and
    carries something is covered for by others; one that carries nothing is idle for the kinds asked.
    """

    instrument: str
    witness: Change | None
    carries: bool

    @property
    def redundant(self) -> bool:
        """Whether no answer changes without it."""
        return self.witness is None

    def to_plain(self) -> Plain:
        """Return it as strings, lists and dictionaries."""
        return {
            "instrument": self.instrument,
            "redundant": self.redundant,
            "carries": self.carries,
            "witness": None if self.witness is None else self.witness.to_plain(),
        }


def permitted(arcs: Iterable[Arc]) -> dict[tuple[str, str], Periods]:
    """Return the instants at which each pair's release is permitted, whatever it rests on."""
    found: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for arc in arcs:
        found[arc.holder, arc.recipient].append(arc.period)
    return {pair: union(periods) for pair, periods in found.items()}


def changes(
    information: Information,
    before: dict[tuple[str, str], Periods],
    after: dict[tuple[str, str], Periods],
) -> Iterator[Change]:
    """Yield every difference between two answers for one kind of information, in the order of pairs."""
    for pair in sorted(before.keys() | after.keys()):
        with_it, without = before.get(pair, ()), after.get(pair, ())
        if with_it != without:
            yield Change(information, *pair, minus(with_it, without), minus(without, with_it))


def redundant(
    instruments: Iterable[str], informations: Iterable[Information], arcs_of: ArcsOf
) -> tuple[Redundancy, ...]:
    """Decide for each instrument by itself whether it is redundant, with a witness where it is not."""
    kinds = tuple(informations)
    whole = {information: tuple(arcs_of(information, frozenset())) for information in kinds}
    before = {information: permitted(arcs) for information, arcs in whole.items()}
    carrying = {name for arcs in whole.values() for arc in arcs for name in arc.via}
    found = []
    for name in instruments:
        gone = frozenset({name})
        witnesses = (
            change
            for information in kinds
            for change in changes(information, before[information], permitted(arcs_of(information, gone)))
        )
        found.append(Redundancy(name, next(witnesses, None), name in carrying))
    return tuple(found)
