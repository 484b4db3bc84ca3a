"""Whether a step is open: no limit speaks of it, or one of those that open it has done so."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.cite import Said
from servanda.model.clauses import Bound
from servanda.model.when import Instant
from servanda.status.course import Course
from servanda.status.limits import Counted, counted, live, unmet
from servanda.status.sentences_proceedings import BARRED, TOO_EARLY


@dataclass(frozen=True, slots=True)
class Gate:
    """What opens a step: the limit that has, or is the first that will; both None where nothing speaks of it.

    `opens` is the instant from which it is open by that limit alone; None where no instant is foreseen.
    """

    open: bool
    by: Counted | None = None
    opens: Instant | None = None


def gate(course: Course, step: str, at: Instant) -> Gate:
    """Return whether a step is open at an instant, and by which limit."""
    opening = course.rules.opening(step)
    if not opening:
        return Gate(open=True)
    ahead: list[tuple[bool, Instant, Counted]] = []
    for running in opening:
        one = counted(course, running, at)
        if one is None or not live(course, running.limit):
            continue
        early = any(course.last(name) is not None for name in running.limit.unless)
        if early or _has_opened(course, one, at):
            return Gate(open=True, by=one, opens=one.until)
        if one.until is not None and one.until > at:
            ahead.append((running.limit.bound is not Bound.EARLIEST, one.until, one))
    if not ahead:
        return Gate(open=False)
    # What opens by time alone is foreseen before what opens only if somebody fails to act.
    first = min(ahead, key=lambda each: each[:2])
    return Gate(open=False, by=first[2], opens=first[1])


def _has_opened(course: Course, one: Counted, at: Instant) -> bool:
    if one.until is None or at < one.until:
        return False
    return one.limit.bound is Bound.EARLIEST or unmet(course, one, at)


def barred(course: Course, step: str, at: Instant) -> Said | None:
    """Say why a step cannot be taken yet at an instant; None where it can."""
    found = gate(course, step, at)
    if found.open:
        return None
    return BARRED(step) if found.opens is None else TOO_EARLY(step, found.opens.within(course.world.where))
