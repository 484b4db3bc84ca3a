"""Where a proceeding stands: walked to an instant, with what is due and what each party may do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from servanda.model.act import Act, Fulfil, Halt, Meet, Resume, TakeStep, Undertake, step_of
from servanda.model.cite import Because, Said, because
from servanda.model.clauses import Bound, Proceeding
from servanda.model.status import Due, DueState, Phase, Standing, Status, Way
from servanda.model.when import FOREVER, Instant
from servanda.status.course import Course, conduct, follow, refusal, take
from servanda.status.entry import because_act, day_of, shown
from servanda.status.gates import barred, gate
from servanda.status.limits import Counted, bound_by, counted, live, state, unmet
from servanda.status.notices import Remark
from servanda.status.procedure import Placed, parties_of, rules
from servanda.status.sentences_proceedings import (
    HALTED,
    LIMIT_MET,
    LIMIT_PASSED,
    LIMIT_RUNS,
    LIMIT_UNDATED,
    LIMIT_WAITS,
    NOT_BEGUN,
    OPEN_NOW,
    OPENS,
    STUCK,
    TARGET_RUNS,
    UNDERTAKEN,
)
from servanda.status.worlds import World

_CONDUCT = (Halt, Resume, Undertake, Fulfil)


def proceed(world: World, proceeding: Proceeding, at: Instant) -> tuple[Status, tuple[Remark, ...]]:
    """Return where a proceeding stands at `at`, and what each act did; the world holds only acts by then."""
    assert world.procedure is not None
    course = Course(rules(world.procedure), proceeding, world)
    for instant, happenings in groupby(world.happenings, key=lambda one: one.at):
        _follow_until(course, instant)
        _together(course, [one.act for one in happenings], instant)
    _follow_until(course, at)
    return _status(course, at), tuple(course.remarks)


def _together(course: Course, acts: list[Act], at: Instant) -> None:
    """Take in the acts of one instant, as those of one day of which nobody knows the hours.

    Their order is not known, so one is taken in which each has effect, where there is one: nobody is taken
    to have acted out of turn because of how the record is sorted.
    """
    steps = [act for act in acts if isinstance(act, TakeStep | Meet)]
    while steps:
        act = next((one for one in steps if _refused(course, one, at) is None), steps[0])
        steps.remove(act)
        take(course, act, at, _refused(course, act, at))
    for one in acts:
        if isinstance(one, _CONDUCT):
            conduct(course, one)


def _refused(course: Course, act: TakeStep | Meet, at: Instant) -> Said | None:
    return refusal(course, act) or barred(course, step_of(act), at)


def _follow_until(course: Course, at: Instant) -> None:
    """Let every limit that leads somewhere and has passed by `at` do so, the earliest first."""
    while course.stage:
        passed = sorted(_leading(course, at), key=lambda each: each[0])
        if not passed:
            return
        until, first = passed[0]
        course.followed.add((first.limit.name, first.start))
        follow(course, first.running.address, first.limit.name, first.limit.leads_to, until)


def _leading(course: Course, at: Instant) -> Iterator[tuple[Instant, Counted]]:
    """Yield the limits that have passed unmet and lead somewhere, each with when they do."""
    for running in course.rules.limits:
        if not running.limit.leads_to or not live(course, running.limit):
            continue
        one = counted(course, running, at)
        if one is None or one.until is None or (running.limit.name, one.start) in course.followed:
            continue
        if one.until <= at and unmet(course, one, one.until):
            yield max(one.until, course.spells[-1].start), one


def _status(course: Course, at: Instant) -> Status:
    text = course.world.text
    if not course.spells:
        reasons: tuple[Because, ...] = (because(NOT_BEGUN(), instrument=text.id),)
        phase, standing = Phase.NOT_BEGUN, Standing("", None, ways=_ways(course, at))
        return Status(phase, text.version, text.parties, standing=standing, because=reasons)
    spell = course.spells[-1]
    address, stage = course.rules.stage(course.stage)
    reasons = spell.because
    if stage.stuck:
        reasons += (course.rules.text.because(address, STUCK(stage.stuck)),)
    for halt in course.halts.values():
        since = shown(halt.done, course.world.where)
        said = HALTED(", ".join(halt.by), since)
        reasons += (because_act(text.id, halt, said, since),)
    phase = Phase.SUSPENDED if stage.suspended else Phase.UNDER_WAY
    if stage.final:
        phase = Phase.LAPSED if spell.by_limit else Phase.CONCLUDED
    due = () if stage.final else _due(course, at)
    standing = Standing(course.stage, spell.start, tuple(sorted(course.halts)), due, _ways(course, at))
    passed = tuple(reason for one in due if one.state is DueState.PASSED for reason in one.because)
    return Status(
        phase,
        text.version,
        text.parties,
        standing=standing,
        changes=_changes(standing, at),
        because=tuple(dict.fromkeys((*reasons, *passed))),
    )


def _due(course: Course, at: Instant) -> tuple[Due, ...]:
    found = []
    for running in course.rules.limits:
        one = counted(course, running, at)
        if one is None or not live(course, running.limit):
            continue
        if running.limit.bound is Bound.EARLIEST:
            if one.until is not None and at < one.until and not _opened_early(course, one):
                found.append(_gated(course, one))
            continue
        found += [_limited(course, one, party, at) for party in bound_by(course, running.limit)]
    found += [_follow_up(course, name, at) for name in course.undertaken]
    return tuple(sorted(found, key=lambda due: (due.until or FOREVER, due.name, due.party)))


def _opened_early(course: Course, one: Counted) -> bool:
    return any(course.last(name) is not None for name in one.limit.unless)


def _gated(course: Course, one: Counted) -> Due:
    assert one.until is not None
    when = one.until.within(course.world.where)
    said = OPENS(", ".join(one.limit.opens), when)
    reason = course.rules.text.because(one.running.address, said, when)
    name, bound = one.limit.name, one.limit.bound.value
    return Due(name, bound, DueState.RUNNING, until=one.until, opens=one.limit.opens, because=(reason,))


def _limited(course: Course, one: Counted, party: str, at: Instant) -> Due:
    limit, found = one.limit, state(course, one, party, at)
    when = "" if one.until is None else one.until.within(course.world.where)
    match found:
        case DueState.MET:
            said = LIMIT_MET(limit.name)
        case DueState.WAITING:
            said = LIMIT_WAITS(limit.name, str(one.left))
        case DueState.PASSED:
            said = LIMIT_PASSED(limit.name, when)
        case DueState.RUNNING if not when:
            said = LIMIT_UNDATED(limit.name)
        case DueState.RUNNING:
            said = (TARGET_RUNS if limit.bound is Bound.TARGET else LIMIT_RUNS)(limit.name, when)
    reason = course.rules.text.because(one.running.address, said, when)
    return Due(
        limit.name,
        limit.bound.value,
        found,
        party,
        one.until,
        one.left,
        limit.opens,
        limit.leads_to,
        (reason, *one.because),
    )


def _follow_up(course: Course, name: str, at: Instant) -> Due:
    act = course.undertaken[name]
    where = course.world.where
    until = None if act.due is None else day_of(act.due, where).plus(1).start(where)
    found = DueState.PASSED if until is not None and until <= at else DueState.RUNNING
    if name in course.fulfilled:
        found = DueState.MET
    said = UNDERTAKEN(", ".join(act.by), act.what)
    when = "" if until is None else until.within(where)
    reason = because_act(course.world.text.id, act, said, when)
    return Due(name, "follow-up", found, ", ".join(act.by), until, because=(reason,))


def _ways(course: Course, at: Instant) -> tuple[Way, ...]:
    found: dict[tuple[str, str], Way] = {}
    for placed in course.rules.fitting(course.stage):
        step = placed.step
        opened = gate(course, step.name, at)
        if not opened.open and opened.opens is None:
            continue
        able = parties_of(course.proceeding, step.by)
        starts = None if opened.open else opened.opens
        reasons = _opened_by(course, placed, opened.by, starts)
        for party in able:
            way = Way(party, step.name, starts, _others(course, placed, party, able), step.to, reasons)
            found.setdefault((party, step.name), way)
    return tuple(found.values())


def _others(course: Course, placed: Placed, party: str, able: tuple[str, ...]) -> tuple[str, ...]:
    if not placed.step.together:
        return ()
    done = {one for taken in course.waiting.get(placed.step.name, ()) for one in taken.by}
    return tuple(one for one in able if one != party and one not in done)


def _opened_by(
    course: Course, placed: Placed, by: Counted | None, starts: Instant | None
) -> tuple[Because, ...]:
    when = "" if starts is None else starts.within(course.world.where)
    said = OPENS(placed.step.name, when) if when else OPEN_NOW(placed.step.name)
    text = course.rules.text
    reasons = (text.because(placed.address, said, when),)
    return reasons if by is None else (*reasons, text.because(by.running.address, said, when))


def _changes(standing: Standing, at: Instant) -> Instant:
    """Return the next instant at which something here changes with nobody acting."""
    instants = [one.until for one in standing.due if one.state is not DueState.MET]
    instants += [one.starts for one in standing.ways]
    return min((one for one in instants if one is not None and one > at), default=FOREVER)
