"""What a licence's register held true at a knowledge time: records seen by then, struck or corrected.

A correction replaces what a record says, from the beginning: the record was wrong, the world was not. Its
id, licence and officer stay. Of several the last counts; one that is itself struck counts no more. The terms
of a licence that was issued are not corrected: that would be a second licence that nobody issued.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from servanda.model.licence_event import Corrected, Drafted, Issued, LicenceEvent, Plain, Struck
from servanda.model.when import Instant


@dataclass(frozen=True, slots=True)
class Held:
    """A record as it is believed: what it says now, and what was said about it since."""

    record: Plain
    order: int
    """Its place in the record."""
    hands: frozenset[str]
    """The officers who wrote it or corrected it, as `same_person` compares them."""
    corrected: tuple[Corrected, ...] = ()
    struck: Struck | None = None


@dataclass(frozen=True, slots=True)
class Belief:
    """All records that are known, in the order in which they were recorded."""

    events: tuple[tuple[int, LicenceEvent], ...]
    held: tuple[Held, ...]
    strikes: Mapping[str, Struck]
    """What is struck, by id."""
    idle: frozenset[str]
    """Corrections and strikes that change nothing: of an issued licence's terms, or of nothing on record."""

    @property
    def counting(self) -> tuple[Held, ...]:
        """The records that are not struck."""
        return tuple(one for one in self.held if one.struck is None)


def believed(events: Iterable[LicenceEvent], known: Instant) -> Belief:
    """Return what is believed of a licence's events, which come in the order of their record."""
    seen = tuple((order, one) for order, one in enumerate(events) if one.seen <= known)
    strikes = _strikes([one for _, one in seen])
    lives = [(order, one) for order, one in seen if one.id not in strikes]
    issues = [order for order, one in lives if isinstance(one, Issued)]
    kinds = {one.id: type(one) for _, one in seen}
    corrections: dict[str, list[Corrected]] = {}
    idle: set[str] = set()
    for order, one in lives:
        if isinstance(one, Struck) and one.of not in kinds:
            idle.add(one.id)
        if not isinstance(one, Corrected):
            continue
        of_terms = isinstance(one.record, Drafted) and any(issue < order for issue in issues)
        if kinds.get(one.of) is not type(one.record) or of_terms:
            idle.add(one.id)
        else:
            corrections.setdefault(one.of, []).append(one)
    held = []
    for order, one in seen:
        if isinstance(one, Struck | Corrected):
            continue
        made = tuple(corrections.get(one.id, ()))
        record = msgspec.structs.replace(made[-1].record, officer=one.officer, seen=one.seen) if made else one
        hands = frozenset(same_person(each.officer) for each in (one, *made))
        held.append(Held(record, order, hands, made, strikes.get(one.id)))
    return Belief(seen, tuple(held), strikes, frozenset(idle))


def same_person(officer: str) -> str:
    """Return a name in the form in which two spellings of it are one."""
    return " ".join(officer.casefold().split())


def _strikes(events: list[LicenceEvent]) -> dict[str, Struck]:
    """Return what is struck: a strike counts unless a later one strikes it."""
    found: dict[str, Struck] = {}
    for one in reversed(events):
        if isinstance(one, Struck) and one.id not in found:
            found[one.of] = one
    return found
