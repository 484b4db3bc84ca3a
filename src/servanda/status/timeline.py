"""The whole life of an instrument between two instants, as half-open stretches without a hole."""

from __future__ import annotations

from dataclasses import dataclass, replace

from servanda.model.act import Amend, Supersede, Terminate
from servanda.model.clauses import (
    EntryIntoForce,
    FixedDate,
    How,
    ProvisionalApplication,
    Relation,
    Stated,
)
from servanda.model.instrument import Instrument, Registry
from servanda.model.status import Answer, Standpoint, Status
from servanda.model.text import Text
from servanda.model.when import FOREVER, Instant, Period
from servanda.status.ask import ask, changes
from servanda.status.believed import believed
from servanda.status.worlds import WITHOUT_TIME_OF_THEIR_OWN, spans, zones


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open period in which an answer stays the same, but for days that only pass."""

    period: Period
    answer: Answer[Status]


def timeline(
    registry: Registry, name: str, start: Instant, end: Instant, standpoint: Standpoint
) -> tuple[Stretch, ...]:
    """Return the stretches of an instrument's life that fill [start, end), in order.

    `standpoint.at` plays no part. Each stretch begins where an act was done, may have been done, or
    where something changes with nobody acting.

    Raises:
        UnknownNameError: the instrument is not in the registry.
    """
    acts = breakpoints(registry, name, standpoint.known)
    stretches: list[Stretch] = []
    at = start
    while at < end:
        answer = ask(registry, name, replace(standpoint, at=at))
        following = min((one for one in acts if one > at), default=FOREVER)
        following = min(following, changes(answer), end)
        if stretches and _same(stretches[-1].answer, answer):
            last = stretches.pop()
            stretches.append(Stretch(Period(last.period.start, following), last.answer))
        else:
            stretches.append(Stretch(Period(at, following), answer))
        at = following
    return tuple(stretches)


def breakpoints(registry: Registry, name: str, known: Instant) -> tuple[Instant, ...]:
    """Return the instants at which an act of the instrument, or of one it rests or hangs on, may count."""
    found: set[Instant] = set()
    todo, seen = [name], set[str]()
    while todo:
        instrument = registry.instrument(todo.pop())
        if instrument.id in seen:
            continue
        seen.add(instrument.id)
        for text in instrument.texts:
            todo += [
                other
                for _, clause in text.clauses(Relation)
                for other in clause.of
                if clause.how is How.DEPENDS_ON
            ]
            found |= _own_dates(text, instrument)
        for act in believed(instrument.acts, known):
            if act.condition is not None and act.condition.instrument in registry.instruments:
                todo.append(act.condition.instrument)
            if isinstance(act, WITHOUT_TIME_OF_THEIR_OWN):
                continue
            for where in zones(instrument):
                found.update(spans(act, where, instrument.conventions))
                if isinstance(act, Terminate | Supersede | Amend) and act.effect is not None:
                    found.add(act.effect.span(where)[0])
    return tuple(sorted(found))


def _own_dates(text: Text, instrument: Instrument) -> set[Instant]:
    """Return the instants of the dates that clauses of the text themselves state."""
    stated = [
        clause.rule.on
        for _, clause in text.clauses(EntryIntoForce)
        if isinstance(clause.rule, Stated | FixedDate)
    ]
    stated += [clause.starts for _, clause in text.clauses(ProvisionalApplication) if clause.starts]
    return {edge for when in stated for where in zones(instrument) for edge in when.span(where)}


def _same(one: Answer[Status], other: Answer[Status]) -> bool:
    return _key(one) == _key(other)


def _key(answer: Answer[Status]) -> tuple[object, ...]:
    return tuple(
        (reader, frozenset(replace(value, earliest_end=()) for value in values))
        for reader, values in answer.readings
    )
