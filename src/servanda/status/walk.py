"""The walk through an instrument's life: its status in one world at one instant."""

from __future__ import annotations

from dataclasses import dataclass, replace

from msgspec import structs

from servanda.model.act import Extend, ResumeOperation, Supersede, SuspendOperation, Terminate
from servanda.model.cite import Because, Said, because
from servanda.model.clauses import Denunciation, Proceeding, Survival, Term, Termination
from servanda.model.status import (
    EarliestEnd,
    NoticeState,
    Phase,
    Status,
    Terminability,
)
from servanda.model.text import Text
from servanda.model.when import BEGINNING, FOREVER, Instant, Unknown
from servanda.status.ending import Ways, only_by_consent, ways
from servanda.status.entry import Entry, because_act, day_of, entry, provisional
from servanda.status.notices import Fate, Remark, Told, tell
from servanda.status.sentences import (
    ARTICLES_SUSPENDED,
    ARTICLES_SUSPENDED_SOMETIME,
    ENDED,
    ENDED_BY_CONSENT,
    ENTERS,
    ENTRY_UNREAD,
    EXTENDED_PERIOD,
    EXTENDED_UNTIL,
    MAY_HAVE_RUN_OUT,
    MAY_RUN_ON,
    NO_FIXED_END,
    NOT_ENTERED,
    NOT_SIGNED,
    OPERATION_SUSPENDED,
    OPERATION_SUSPENDED_SOMETIME,
    PERIOD,
    PRESUMED,
    RUNS_UNTIL,
    SOMETIME,
    SUPERSEDED,
    SURVIVES,
)
from servanda.status.sentences_proceedings import PATTERN
from servanda.status.standing import proceed
from servanda.status.worlds import World


@dataclass(frozen=True, slots=True)
class End:
    """A way in which it ends: when, as what, and why."""

    at: Instant
    phase: Phase
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Walked:
    """A status in one world, and what each act did in law on the way to it."""

    status: Status
    remarks: tuple[Remark, ...]


def walk(world: World, at: Instant) -> Walked:
    """Return where the world's text stands at `at`; the world holds only acts done by then."""
    proceeding = world.text.first(Proceeding)
    if proceeding is not None and world.procedure is None:
        return Walked(Status(Phase.UNKNOWN, world.text.version, missing=("procedure",)), ())
    if proceeding is not None:
        return Walked(*proceed(world, proceeding[1], at))
    if not world.text.parties:
        return Walked(_pattern(world.text), ())
    entered = entry(world)
    if entered.start is None or at < entered.start:
        return Walked(_before(world, entered, at), ())
    first = entered.day
    assert first is not None
    how = ways(world, first)
    told = tell(world, how)
    remarks = tuple(remark for one in told for remark in one.remarks)
    bound, left = _bound(world, entered, told, at)
    ends = sorted(_ends(world, how, told, bound, left), key=lambda end: end.at)
    if ends and ends[0].at <= at:
        return Walked(_over(world, entered, ends[0]), remarks)
    if not world.continues:
        return Walked(_run_out(world, entered), remarks)
    return Walked(_alive(world, entered, how, told, bound, ends, at), remarks)


def _pattern(text: Text) -> Status:
    return Status(Phase.NOT_IN_FORCE, text.version, because=(because(PATTERN(), instrument=text.id),))


def _before(world: World, entered: Entry, at: Instant) -> Status:
    text = world.text
    unread = bool(entered.missing) and not world.unsigned
    phase = Phase.UNKNOWN if unread else Phase.NOT_IN_FORCE
    said, when, changes = NOT_ENTERED(), "", FOREVER
    if world.unsigned:
        said = NOT_SIGNED()
    if unread:
        said = ENTRY_UNREAD()
    if entered.start is not None:
        changes, when = entered.start, entered.start.within(world.where)
        said = ENTERS(when)
    reasons = (*entered.because, because(said, instrument=text.id, when=when))
    applied = provisional(world)
    if applied is not None:
        if applied[0] <= at:
            phase, reasons = Phase.PROVISIONAL, (applied[1], *reasons)
        else:
            changes = min(changes, applied[0])
    return Status(
        phase=phase,
        version=text.version,
        bound=text.parties if phase is Phase.PROVISIONAL else (),
        enters=entered.start,
        changes=changes,
        because=reasons,
        missing=entered.missing if unread else (),
    )


def _bound(
    world: World, entered: Entry, told: tuple[Told, ...], at: Instant
) -> tuple[tuple[str, ...], dict[str, Told]]:
    """Return who is bound at `at`, and whose denunciations end it for themselves alone.

    Whom an amended text names no more, it does not bind.
    """
    alone = any(isinstance(clause.way, Denunciation) for _, clause in world.text.clauses(Termination))
    left = {party: one for one in told if one.fate is Fate.LIVE for party in one.act.by}
    if not alone:
        left = {}
    bound = tuple(
        party
        for party, day in entered.days.items()
        if party in world.text.parties and day.start(world.where) <= at and not _gone(left.get(party), at)
    )
    return bound, left


def _gone(told: Told | None, at: Instant) -> bool:
    return told is not None and told.effect is not None and told.effect <= at


def _ends(
    world: World, how: Ways, told: tuple[Told, ...], bound: tuple[str, ...], left: dict[str, Told]
) -> list[End]:
    text, where = world.text, world.where
    found = []
    for one in told:
        if one.fate is not Fate.LIVE or one.effect is None or one.act.by[0] in left:
            continue
        phase = Phase.EXPIRED if isinstance(how.clause, Term) else Phase.TERMINATED
        found.append(End(one.effect, phase, one.because))
    if left and len(bound) < 2:  # noqa: PLR2004 - an agreement needs two
        last = max(one.effect for one in left.values() if one.effect is not None)
        reasons = tuple(reason for one in left.values() for reason in one.because)
        found.append(End(last, Phase.TERMINATED, reasons))
    for happening in world.happenings:
        act = happening.act
        if not isinstance(act, Terminate | Supersede) or not set(act.by) >= set(text.parties):
            continue
        if isinstance(act, Terminate):
            end = act.effect.span(where)[0] if act.effect is not None else happening.at
            reason = because_act(text.id, act, ENDED_BY_CONSENT(), _shown(end, world)[0])
            found.append(End(end, Phase.TERMINATED, (reason,)))
        else:
            end = day_of(act.effect, where).start(where)
            when, shown = _shown(end, world)
            reason = because_act(text.id, act, SUPERSEDED(act.successor, shown), when)
            found.append(End(end, Phase.SUPERSEDED, (reason,)))
    run_out = _run_out_of_term(world, how)
    if run_out is not None:
        found.append(run_out)
    return found


def _run_out_of_term(world: World, how: Ways) -> End | None:
    """Return the end of a term that no rule renews, moved by the extensions agreed in time."""
    if how.term is None or how.term.first is None or how.renews:
        return None
    span = how.span(how.day)
    assert span is not None
    end = span.end.start(world.where)
    when = end.within(world.where)
    reasons = [world.text.because(how.term_address, RUNS_UNTIL(when), when)]
    for happening in world.happenings:
        act = happening.act
        if isinstance(act, Extend) and set(act.by) >= set(world.text.parties) and happening.at < end:
            end = max(end, day_of(act.until, world.where).start(world.where))
            when = end.within(world.where)
            reasons.append(because_act(world.text.id, act, EXTENDED_UNTIL(when), when))
    return End(end, Phase.EXPIRED, tuple(reasons))


def _shown(end: Instant, world: World) -> tuple[str, str]:
    """Return an end, empty where nobody knows when it was, and how a sentence says it."""
    if end == BEGINNING:
        return "", SOMETIME
    when = end.within(world.where)
    return when, when


def _over(world: World, entered: Entry, end: End) -> Status:
    text = world.text
    cited = next((one for one in reversed(end.because) if one.article), end.because[-1])
    when, shown = _shown(end.at, world)
    said = ENDED(shown)
    ended = structs.replace(cited, says=said.english, code=said.code, values=said.values, when=when)
    reasons = [*entered.because, *end.because, ended]
    reasons += [
        text.because(address, SURVIVES(clause.until.value)) for address, clause in text.clauses(Survival)
    ]
    return Status(phase=end.phase, version=text.version, because=tuple(reasons))


def _run_out(world: World, entered: Entry) -> Status:
    reason = because(MAY_HAVE_RUN_OUT(), instrument=world.text.id)
    return Status(
        phase=Phase.EXPIRED,
        version=world.text.version,
        because=(*entered.because, reason),
        missing=("term",),
    )


def _alive(
    world: World,
    entered: Entry,
    how: Ways,
    told: tuple[Told, ...],
    bound: tuple[str, ...],
    ends: list[End],
    at: Instant,
) -> Status:
    text = world.text
    live = [one for one in told if one.fate is Fate.LIVE and not _gone(one, at)]
    live.sort(key=lambda one: (one.effect or FOREVER, one.act.id))
    frozen_past = [
        one
        for one in live
        if one.state is not NoticeState.PENDING
        and one.original is not None
        and one.original <= at
        and isinstance(how.clause, Term)
    ]
    reasons = list(entered.because)
    if how.term is not None:
        reasons.append(_term_because(world, how, at))
    elif text.first(Term) is None and "term" in text.unread:
        reasons.append(_without_term(world))
    # A withdrawn notice is part of the reason why it goes on.
    reasons += [reason for one in told for reason in one.because]
    phase, clauses = Phase.IN_FORCE, _suspended_clauses(world, reasons)
    if clauses is None:
        phase, clauses = Phase.SUSPENDED, ()
    ending = ends[0].at if ends else None
    period = None if frozen_past else how.period(at)
    status = Status(
        phase=phase,
        version=text.version,
        bound=bound,
        notice=live[0].status if live else None,
        period=period,
        ends=ending,
        suspended_clauses=clauses,
        notice_by=None if frozen_past else _open_deadline(how, at),
        renews=period.end if period and how.renews and ending is None and not live else None,
        because=tuple(reasons),
        missing=_missing(world, how),
    )
    earliest = tuple((party, _earliest(world, how, live, ending, party, at)) for party in bound)
    return replace(status, earliest_end=earliest, changes=_next(status, entered, live, world, at))


def _without_term(world: World) -> Because:
    """Say why an instrument whose term was not read may go on."""
    presumed = world.conventions.presumed_to_continue
    if presumed:
        rule = "convention:presumed-to-continue"
        return because(PRESUMED(presumed), instrument=world.text.id, rule=rule)
    return because(MAY_RUN_ON(), instrument=world.text.id, confirmed=False)


def _term_because(world: World, how: Ways, at: Instant) -> Because:
    span = how.span(at.day(world.where))
    if span is None:
        return world.text.because(how.term_address, NO_FIXED_END())
    template = EXTENDED_PERIOD if span.number and how.renews else PERIOD
    first = str(span.first)
    return world.text.because(how.term_address, template(first, str(span.end)), first)


def _suspended_clauses(world: World, reasons: list[Because]) -> tuple[str, ...] | None:
    """Return the clauses whose operation is suspended; None where the whole instrument's is."""
    active: dict[str, SuspendOperation] = {}
    for happening in world.happenings:
        act = happening.act
        if not isinstance(act, SuspendOperation | ResumeOperation):
            continue
        if not set(act.by) & set(world.text.parties):
            continue
        if isinstance(act, SuspendOperation):
            active[act.id] = act
        else:
            active.pop(act.of, None)
    for act in active.values():
        when = "" if isinstance(act.done, Unknown) else str(act.done)
        reasons.append(because_act(world.text.id, act, _suspension(act, when), when))
    if any(not act.clauses for act in active.values()):
        return None
    return tuple(sorted({clause for act in active.values() for clause in act.clauses}))


def _suspension(act: SuspendOperation, when: str) -> Said:
    if act.clauses:
        articles = ", ".join(act.clauses)
        return ARTICLES_SUSPENDED(articles, when) if when else ARTICLES_SUSPENDED_SOMETIME(articles)
    return OPERATION_SUSPENDED(when) if when else OPERATION_SUSPENDED_SOMETIME()


def _open_deadline(how: Ways, at: Instant) -> Instant | None:
    deadline = how.deadline(at.day(how.world.where))
    return deadline if deadline is not None and at < deadline else None


def _missing(world: World, how: Ways) -> tuple[str, ...]:
    missing = []
    if how.clause is None and not how.at_will and not only_by_consent(world.text):
        missing.append("termination")
    return tuple(missing)


def _earliest(
    world: World, how: Ways, live: list[Told], ending: Instant | None, party: str, at: Instant
) -> EarliestEnd:
    """Return when the party, acting at `at`, could at the earliest bring about the end."""
    for one in live:
        if party in one.act.by and one.state is NoticeState.SUSPENDED and one.original is not None:
            return one.original if at < one.original else Terminability.AT_WILL
        if party in one.act.by and one.state is NoticeState.TOLLED:
            return at.day(world.where).plus(one.resting).start(world.where)
    if only_by_consent(world.text):
        return ending if ending is not None else Terminability.BY_CONSENT
    if how.at_will:
        return ending if ending is not None else Terminability.AT_WILL
    own = how.effect(at)
    if own is None:
        return ending if ending is not None else Terminability.UNKNOWN
    return min(own, ending) if ending is not None else own


def _next(status: Status, entered: Entry, live: list[Told], world: World, at: Instant) -> Instant:
    """Return the next instant at which the status changes with nobody acting."""
    instants = [status.ends, status.notice_by]
    instants += [status.period.end] if status.period is not None else []
    instants += [one.effect for one in live]
    instants += [one.original for one in live if one.state is not NoticeState.PENDING]
    instants += [day.start(world.where) for day in entered.days.values()]
    return min((one for one in instants if one is not None and one > at), default=FOREVER)
