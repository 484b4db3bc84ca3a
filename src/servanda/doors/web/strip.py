"""An instrument's life as a strip: parts of a line in the order of time, each with its words."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.doors.answers import zone_of
from servanda.model.instrument import Instrument
from servanda.model.status import Standpoint
from servanda.model.when import Instant
from servanda.node.law import Law, later

BEFORE_DAYS, AFTER_DAYS = 400, 400
WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the strip: where it starts and how wide it is, of a thousand, and what it says."""

    x: int
    width: int
    phase: str
    notice: str
    sure: str
    says: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The parts, and where now is."""

    parts: tuple[Part, ...]
    now: int
    start: str
    end: str


def strip(law: Law, instrument: Instrument, at: Instant) -> Strip:
    """Return the life of an instrument around an instant, as known then."""
    start, end = later(at, days=-BEFORE_DAYS), later(at, days=AFTER_DAYS)
    whole = (end.utc - start.utc).total_seconds()
    where = zone_of(instrument)

    def place(one: Instant) -> int:
        return round((one.utc - start.utc).total_seconds() / whole * WIDTH)

    parts = []
    for stretch in law.timeline(instrument.id, start, end, Standpoint(at, at)):
        values = stretch.answer.values
        phases = sorted({value.phase.value for value in values})
        notices = sorted({value.notice.state.value for value in values if value.notice})
        x = place(stretch.period.start)
        says = f"{stretch.period.start.within(where)} to {stretch.period.end.within(where)}: "
        says += " or ".join(phases).replace("_", " ")
        if notices:
            says += f", notice {' or '.join(notices)}"
        parts.append(
            Part(
                x,
                max(1, place(stretch.period.end) - x),
                phases[0] if len(phases) == 1 else "unknown",
                " ".join(notices),
                stretch.answer.sure.value,
                says,
            )
        )
    return Strip(
        tuple(parts),
        place(at),
        start.day(where).date.isoformat(),
        end.day(where).date.isoformat(),
    )
