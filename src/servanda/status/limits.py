"""When a limit of a proceeding has passed, or opens what it opens: counted in days, in the proceeding's zone.

The first day of a count is a convention (`rolling_from`): the day of the step counts in the 1965 Claims
Agreement as its parties counted, and does not in the practice of the WTO. A count from the end of another
limit goes on where that ended, whichever the convention.
"""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.act import TakeStep
from servanda.model.cite import Because, because
from servanda.model.clauses import Bound, Limit
from servanda.model.status import DueState
from servanda.model.when import Day, Duration, Instant, When
from servanda.status.count import after, days_between, effect_after_receipt, first_too_late_day
from servanda.status.course import Course, Taken
from servanda.status.entry import day_of
from servanda.status.procedure import Running, parties_of
from servanda.status.sentences_proceedings import LAST_DAY_RESTS

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """A limit that has begun to run: from when, the first instant after it, and how that was found.

    `until` is None where its step named no date, or while it waits; then `left` are the days that are left.
    """

    running: Running
    start: Instant
    until: Instant | None
    left: int | None = None
    because: tuple[Because, ...] = ()

    @property
    def limit(self) -> Limit:
        """The limit."""
        return self.running.limit


def counted(course: Course, running: Running, at: Instant) -> Counted | None:
    """Return a limit as it runs at an instant; None where what it counts from has not happened."""
    limit, where = running.limit, course.world.where
    begun = _begun(course, limit, at)
    if begun is None:
        return None
    start, first_after = begun
    reasons: tuple[Because, ...] = ()
    if first_after is not None:
        waited, since = _waited(course, limit, start, at)
        first_after = first_after.plus(waited)
        if since is not None:
            return Counted(running, start, None, max(0, days_between(since, first_after)))
        first_after, reasons = _rested(course, limit, first_after)
    for name in limit.moved_by:
        moved = course.last(name)
        if moved is not None and moved.at >= start and (fixes := fixed(moved)) is not None:
            first_after, reasons = day_of(fixes, where).plus(1), ()
    return Counted(running, start, None if first_after is None else first_after.start(where), None, reasons)


def _begun(course: Course, limit: Limit, at: Instant) -> tuple[Instant, Day | None] | None:
    """Return from when a limit runs, and the first day after it; None where it does not run."""
    where = course.world.where
    taken = course.last(limit.counts_from)
    if taken is not None and taken.at <= at:
        fixes = fixed(taken)
        if not limit.named:
            assert limit.after is not None
            rolling = course.world.conventions.rolling_from
            return taken.at, effect_after_receipt(taken.at.day(where), limit.after, rolling)
        return taken.at, None if fixes is None else _from_date(day_of(fixes, where), limit)
    if any(course.rules.named(limit.counts_from)):
        return None  # a step, a stage and a limit may share a name; the first of these is meant
    if any(name == limit.counts_from for name, _, _ in course.rules.stages):
        return _from_stage(course, limit)
    for other in course.rules.limits:
        if other.limit.name == limit.counts_from:
            before = counted(course, other, at)
            if before is not None and before.until is not None and before.until <= at:
                assert limit.after is not None
                return before.until, after(before.until.day(where), limit.after)
    return None


def _from_stage(course: Course, limit: Limit) -> tuple[Instant, Day | None] | None:
    """Count from the last entry into a stage: from the step that led there, or on from the limit that did."""
    where = course.world.where
    spell = next((one for one in reversed(course.spells) if one.stage == limit.counts_from), None)
    if spell is None:
        return None
    assert limit.after is not None
    entered = spell.start.day(where)
    if spell.by_limit:
        return spell.start, after(entered, limit.after)
    return spell.start, effect_after_receipt(entered, limit.after, course.world.conventions.rolling_from)


def fixed(taken: Taken) -> When | None:
    """Return the date that a step has fixed."""
    return taken.act.fixes if isinstance(taken.act, TakeStep) else None


def _from_date(date: Day, limit: Limit) -> Day:
    """Return the first day after a limit that counts from, or back from, a date that a step has fixed."""
    if limit.before is not None:
        return first_too_late_day(date, limit.before, "receipt-counts")
    length: Duration | None = limit.after
    return (after(date, length) if length is not None else date).plus(1)


def _waited(course: Course, limit: Limit, start: Instant, at: Instant) -> tuple[int, Day | None]:
    """Return the days for which a limit did not run, and since when it does not run now."""
    where, days = course.world.where, 0
    for place, spell in enumerate(course.spells):
        if spell.stage not in limit.waits_at or spell.start < start or spell.start > at:
            continue
        if place + 1 == len(course.spells):
            return days, spell.start.day(where)
        days += days_between(spell.start.day(where), course.spells[place + 1].start.day(where))
    return days, None


def _rested(course: Course, limit: Limit, first_after: Day) -> tuple[Day, tuple[Because, ...]]:
    """Move the last day of what must be done by somebody to a working day, where that is the convention."""
    last = first_after.plus(-1)
    if course.world.conventions.last_day == "as-counted" or limit.bound is not Bound.LATEST:
        return first_after, ()
    working = last
    while working.date.weekday() >= _SATURDAY:
        working = working.plus(1)
    if working == last:
        return first_after, ()
    said = LAST_DAY_RESTS(str(last))
    rule = "convention:last-day"
    name = course.world.text.id
    return working.plus(1), (because(said, instrument=name, rule=rule, confirmed=False, when=str(last)),)


def live(course: Course, limit: Limit) -> bool:
    """Say whether a limit still matters at the stage."""
    if limit.if_taken and not any(course.last(name) is not None for name in limit.if_taken):
        return False
    return not limit.only_at or course.stage in limit.only_at


def state(course: Course, one: Counted, party: str, at: Instant) -> DueState:
    """Return what has become of a limit for a party that it binds, or for anybody where it binds nobody."""
    for step in one.limit.met_by:
        for taken in (*course.taken, *course.waiting.get(step, ())):
            late = one.until is not None and taken.at >= one.until
            if taken.name == step and taken.at >= one.start and not late and (not party or party in taken.by):
                return DueState.MET
    if one.left is not None:
        return DueState.WAITING
    return DueState.PASSED if one.until is not None and one.until <= at else DueState.RUNNING


def bound_by(course: Course, limit: Limit) -> tuple[str, ...]:
    """Return the parties that must meet a limit; one empty name where it binds nobody in particular."""
    return parties_of(course.proceeding, limit.binds) or ("",)


def unmet(course: Course, one: Counted, at: Instant) -> bool:
    """Say whether a limit has passed and somebody whom it binds did not meet it."""
    return any(state(course, one, party, at) is DueState.PASSED for party in bound_by(course, one.limit))
