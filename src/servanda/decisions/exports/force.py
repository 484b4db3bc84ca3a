"""Which changes of a regime are in force at an instant, per reading and possible world.

A change counts once its effect has come, for whoever knew of it. A day of effect begins at its first instant
in the regime's zone and is never open; without a day of effect the change counts from when it was done, and
while the hour of that is not known there are two worlds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from zoneinfo import ZoneInfo

from servanda.errors import QuestionError
from servanda.model.act import REGIME_ACTS, Act, RegimeAct
from servanda.model.cite import Because, Said, because
from servanda.model.instrument import Instrument
from servanda.model.text import Text
from servanda.model.when import BEGINNING, Day, Instant, When, zone
from servanda.status import believed
from servanda.status.read import read, readers

MOST_WORLDS = 256


@dataclass(frozen=True, slots=True)
class World:
    """One way in which a regime can stand at an instant: its text, and the changes in force, oldest first."""

    text: Text
    where: ZoneInfo
    at: Instant
    acts: tuple[RegimeAct, ...]

    def begun(self, when: When | None) -> bool:
        """Say whether a first day has come; a day that nobody named has."""
        return when is None or when.span(self.where)[0] <= self.at


@dataclass(frozen=True, slots=True)
class Reading:
    """The possible worlds of one reader, and the changes whose hour divides them."""

    reader: str
    worlds: tuple[World, ...]
    open: tuple[RegimeAct, ...]


def zone_of(instrument: Instrument) -> ZoneInfo:
    """Return the zone in which the days of a regime begin."""
    text = instrument.texts[-1]
    seats = {**instrument.seats, **text.seat}
    return zone(
        instrument.conventions.zone or next((seats[one] for one in text.parties if one in seats), "UTC")
    )


def effect(act: RegimeAct, where: ZoneInfo) -> tuple[Instant, Instant]:
    """Return from when a change may be in force, and from when it certainly is.

    What is not known is bounded by when it was seen: nothing is seen before it is done.
    """
    if act.effect is None:
        first, end = act.done.span(where)
        exact = isinstance(act.done, Instant)
        return first, first if exact else max(first, min(end, act.seen))
    first, end = act.effect.span(where)
    if isinstance(act.effect, Instant | Day):
        return first, first
    return first, max(first, act.seen) if first == BEGINNING else end


def done_by(act: Act, where: ZoneInfo, at: Instant) -> bool:
    """Say whether an act may have been done at an instant."""
    return act.done.span(where)[0] <= at


def known_acts(instrument: Instrument, known: Instant) -> tuple[Act, ...]:
    """Return the acts as they were known, corrections applied."""
    return believed(instrument.acts, known)


def readings(instrument: Instrument, acts: tuple[Act, ...], at: Instant) -> tuple[Reading, ...]:
    """Return how the regime can stand at an instant, as each reader has it.

    Raises:
        QuestionError: too many changes have hours that are not known.
    """
    found = []
    for reader in readers(acts, instrument.parties):
        changes = [act for act in read(acts, reader, instrument.parties) if isinstance(act, REGIME_ACTS)]
        found.append(_reading(instrument, reader, changes, at))
    return tuple(found)


def _reading(instrument: Instrument, reader: str, changes: list[RegimeAct], at: Instant) -> Reading:
    where = zone_of(instrument)
    sure: list[RegimeAct] = []
    unsure: list[RegimeAct] = []
    for act in changes:
        first, certain = effect(act, where)
        if certain <= at:
            sure.append(act)
        elif first <= at:
            unsure.append(act)
    if 2 ** len(unsure) > MOST_WORLDS:
        raise QuestionError(
            f"`{instrument.id}` has {2 ** len(unsure)} possible worlds at {at}",
            hint="record the day of effect of the changes whose time is open",
        )
    text = instrument.texts[-1]
    worlds = tuple(World(text, where, at, _ordered([*sure, *chosen], where)) for chosen in _subsets(unsure))
    return Reading(reader, worlds, tuple(unsure))


def _subsets(acts: list[RegimeAct]) -> Iterator[tuple[RegimeAct, ...]]:
    for chosen in product((False, True), repeat=len(acts)):
        yield tuple(act for act, taken in zip(acts, chosen, strict=True) if taken)


def _ordered(acts: list[RegimeAct], where: ZoneInfo) -> tuple[RegimeAct, ...]:
    return tuple(sorted(acts, key=lambda act: (effect(act, where)[0], act.done.span(where)[0], act.id)))


def edges(instrument: Instrument, acts: tuple[Act, ...]) -> tuple[Instant, ...]:
    """Return the instants at which an answer about the regime can change, in order."""
    where = zone_of(instrument)
    found: set[Instant] = set()
    for act in acts:
        if isinstance(act, REGIME_ACTS):
            found.update(effect(act, where))
            found.update(act.done.span(where) if act.effect is None else ())
    for clause in instrument.texts[-1].clause.values():
        for when in (getattr(clause, "known_from", None), getattr(clause, "since", None)):
            if isinstance(when, When):
                found.add(when.span(where)[0])
    return tuple(sorted(found - {BEGINNING}))


def spoken(when: When, where: ZoneInfo) -> str:
    """Print a time as a sentence says it: what begins at 0:00 as its day, else with its offset."""
    if not isinstance(when, Instant):
        return str(when)
    day = when.day(where)
    return str(day) if day.start(where) == when else when.within(where)


def because_act(text: Text, act: Act, said: Said, when: str = "") -> Because:
    """Cite an act of a regime."""
    return because(said, instrument=text.id, act=act.id, confirmed=act.confirmed, when=when)
