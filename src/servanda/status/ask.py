"""The question of the kernel: where does an instrument stand, per reading and possible world?

Every function is pure: the same registry and standpoint give the same answer for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from servanda.errors import QuestionError
from servanda.model.clauses import How, Relation
from servanda.model.instrument import Instrument, Registry
from servanda.model.status import Answer, Phase, Standpoint, Status
from servanda.model.text import Text
from servanda.model.when import Instant
from servanda.status.believed import believed
from servanda.status.conditions import conditional, hang, standpoint_of_others
from servanda.status.read import read, readers
from servanda.status.sentences import RESTS_ON
from servanda.status.walk import walk
from servanda.status.worlds import worlds

LAST_YEAR = 9000
"""Periods are counted up to this year; the calendar itself ends with the year 9999."""


def ask(registry: Registry, name: str, standpoint: Standpoint) -> Answer[Status]:
    """Answer where an instrument stands, whether all that it rests on stands too, and what hangs in it.

    Per reader the set of possible statuses, each with its because-list. An arrangement that depends
    on others works only while they all do: otherwise its phase is `suspended`.

    Raises:
        UnknownNameError: the instrument, or one that it depends on, is not in the registry.
        QuestionError: too late an instant, unknown reader, too many possible worlds, or instruments that
            rest on each other in a circle.
    """
    if standpoint.at.utc.year >= LAST_YEAR:
        raise QuestionError(
            f"`{standpoint.at}` is beyond what periods are counted to",
            hint=f"ask about an instant before the year {LAST_YEAR}",
        )
    answer = _ask(registry, name, standpoint, ())
    instrument = registry.instrument(name)
    hanging = conditional(believed(instrument.acts, standpoint.known))
    if not hanging:
        return answer
    names = {act.condition.instrument for act in hanging if act.condition is not None}
    elsewhere = standpoint_of_others(standpoint)
    # What an act names may not be known here: then nobody can say whether its condition holds.
    named = sorted(names & registry.instruments.keys())
    others = {other: _ask(registry, other, elsewhere, ()) for other in named}
    return Answer(
        tuple(
            (
                reader,
                _unique(hang(status, hanging, others, standpoint.at, instrument) for status in values),
            )
            for reader, values in answer.readings
        )
    )


def _ask(registry: Registry, name: str, standpoint: Standpoint, above: tuple[str, ...]) -> Answer[Status]:
    if name in above:
        raise QuestionError(
            f"`{name}` rests on itself through {', '.join(above)}",
            hint="one of these relations cannot be right: mend the texts",
        )
    instrument = registry.instrument(name)
    answer = alone(instrument, standpoint)
    needed = [
        (text, address, other)
        for text in instrument.texts
        for address, clause in text.clauses(Relation)
        if clause.how is How.DEPENDS_ON
        for other in clause.of
    ]
    for text, address, other in needed:
        # Its readers are not the other instrument's readers, so what holds there is asked whole.
        below = _ask(registry, other, replace(standpoint, reader=None, text=None), (*above, name))
        answer = Answer(
            tuple(
                (
                    reader,
                    _unique(
                        _resting(status, text, address, other, one)
                        for status in values
                        for one in below.values
                    ),
                )
                for reader, values in answer.readings
            )
        )
    return answer


def _resting(status: Status, text: Text, address: str, other: str, below: Status) -> Status:
    changes = min(status.changes, below.changes)
    missing = tuple(dict.fromkeys((*status.missing, *(f"{other}: {m}" for m in below.missing))))
    if below.phase.works or not status.phase.works:
        return replace(status, changes=changes, missing=missing)
    reason = text.because(address, RESTS_ON(other, below.phase.value.replace("_", " ")))
    return replace(
        status,
        phase=Phase.SUSPENDED,
        changes=changes,
        missing=missing,
        because=(*status.because, reason, *below.because),
    )


def alone(instrument: Instrument, standpoint: Standpoint) -> Answer[Status]:
    """Answer where one instrument stands by itself, without what it rests on."""
    acts = believed(instrument.acts, standpoint.known)
    who = readers(acts, instrument.parties)
    if standpoint.reader is not None:
        if standpoint.reader not in who:
            raise QuestionError(
                f"`{standpoint.reader}` has no reading of `{instrument.id}`",
                hint=f"readers are {', '.join(who)}",
            )
        who = (standpoint.reader,)
    cached: dict[tuple[object, ...], tuple[Status, ...]] = {}
    readings = []
    for reader in who:
        as_read = read(acts, reader, instrument.parties)
        key = tuple(as_read)
        if key not in cached:
            cached[key] = _unique(
                walk(world, standpoint.at).status
                for world in worlds(instrument, as_read, standpoint.at, standpoint.text)
            )
        readings.append((reader, cached[key]))
    return Answer(tuple(readings))


def _unique(statuses: Iterable[Status]) -> tuple[Status, ...]:
    """Return each value once; of equal ones the one that changes first stands for all."""
    found: dict[Status, Status] = {}
    for status in statuses:
        known = found.get(status)
        if known is None:
            found[status] = status
        elif status.changes < known.changes:
            found[status] = replace(known, changes=status.changes)
    return tuple(found.values())


def changes(answer: Answer[Status]) -> Instant:
    """Return the next instant at which any possible status changes with nobody acting."""
    return min(status.changes for status in answer.values)
