"""Entry into force: the day on which a text begins to bind, party by party."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from servanda.model.act import (
    Act,
    ApplyProvisionally,
    Deposit,
    EndProvisional,
    NotifyCompletion,
    Sign,
)
from servanda.model.cite import Because, Said, because
from servanda.model.clauses import (
    Counts,
    EntryIntoForce,
    Event,
    FirstOfMonth,
    FixedDate,
    KthDeposit,
    LastNoteReceived,
    LaterNotification,
    OnSignature,
    OwnDeposit,
    ProvisionalApplication,
    Stated,
)
from servanda.model.when import Day, Duration, Instant, Month, Unknown, When
from servanda.status.count import after, first_of_nth_month_after
from servanda.status.sentences import (
    COMPLETED,
    COMPLETED_SOMETIME,
    DEPOSITED,
    DEPOSITED_SOMETIME,
    ENTRY_ON,
    PROVISIONAL,
    PROVISIONAL_SOMETIME,
    SIGNED,
    SIGNED_SOMETIME,
    WHOLE_DAY,
)
from servanda.status.worlds import World


@dataclass(frozen=True, slots=True)
class Entry:
    """When a text entered, or will enter, into force in one world.

    `days` gives each bound party its first day; `day` is the first on which the text binds at least
    two of them (or its only one), and `start` its first instant. `missing` names what was not read.
    """

    days: Mapping[str, Day]
    day: Day | None
    start: Instant | None
    because: tuple[Because, ...] = ()
    missing: tuple[str, ...] = ()


def shown(when: When, where: ZoneInfo) -> str:
    """Print a time as a sentence says it: an instant with the offset of its place, a day as it is."""
    return when.within(where) if isinstance(when, Instant) else str(when)


def first_day(days: Mapping[str, Day], parties: int) -> Day | None:
    """Return the day on which at least two parties are bound, or the only one that a text has."""
    ordered = sorted(days.values())
    needed = min(2, parties)
    return ordered[needed - 1] if len(ordered) >= needed else None


def day_of(when: When, where: ZoneInfo) -> Day:
    """Return the day of an instant or day; of a month, its first."""
    match when:
        case Instant():
            return when.day(where)
        case Month():
            return when.first()
        case Day():
            return when
    return when.span(where)[0].day(where)


def entry(world: World) -> Entry:
    """Return when the world's text entered into force, as far as the acts in the world tell."""
    found = world.first_text.first(EntryIntoForce)
    if found is None:
        return Entry({}, None, None, missing=("entry-into-force",))
    address, clause = found
    days, acts = _days(clause, world)
    if not days:
        unread = "entry-into-force" in world.first_text.unread
        return Entry({}, None, None, missing=("entry-into-force",) if unread else ())
    first = first_day(days, len(world.first_text.parties))
    if first is None:
        return Entry({}, None, None)
    start = first.start(world.where)
    if world.conventions.first_day == "from-act":
        same_day = (at for _, at in acts if at.day(world.where) == start.day(world.where))
        start = max((start, *same_day))
    text = world.first_text
    on = str(first)
    reasons = [text.because(address, ENTRY_ON(on), on)]
    reasons += [_step(text.id, act) for act, _ in acts]
    if acts and not isinstance(acts[-1][0].done, Instant):
        reasons.append(because(WHOLE_DAY(), instrument=text.id, rule="convention:first-day", when=on))
    return Entry(days, first, start, tuple(reasons))


Step = Sign | NotifyCompletion | Deposit
_STEPS = {
    Sign: (SIGNED, SIGNED_SOMETIME),
    NotifyCompletion: (COMPLETED, COMPLETED_SOMETIME),
    Deposit: (DEPOSITED, DEPOSITED_SOMETIME),
}


def _step(instrument: str, act: Step) -> Because:
    """Cite what a party did towards entry into force."""
    known, sometime = _STEPS[type(act)]
    by = ", ".join(act.by)
    if isinstance(act.done, Unknown):
        return because_act(instrument, act, sometime(by))
    when = str(act.done)
    return because_act(instrument, act, known(when, by), when)


def because_act(instrument: str, act: Act, said: Said, when: str = "") -> Because:
    """Cite an act of an instrument's record."""
    return because(said, instrument=instrument, act=act.id, confirmed=act.confirmed, when=when)


Found = tuple[dict[str, Day], list[tuple[Step, Instant]]]


def _days(clause: EntryIntoForce, world: World) -> Found:
    parties = world.first_text.parties
    match clause.rule:
        case Stated(on=on) | FixedDate(on=on):
            first = day_of(on, world.where)
            if world.late_entry:
                first = on.span(world.where)[1].day(world.where).plus(-1)
            return dict.fromkeys(parties, first), []
        case OnSignature():
            return _together(world, Sign, lambda _, at: at.day(world.where))
        case LaterNotification(counts=counts):
            return _together(world, NotifyCompletion, lambda act, at: _dated(act, at, counts, world))
        case LastNoteReceived(after=length):
            days, acts = _together(world, NotifyCompletion, lambda _, at: at.day(world.where))
            if length is not None:
                days = {party: after(day, length) for party, day in days.items()}
            return days, acts
        case FirstOfMonth(nth=nth, after=event):
            kind = Sign if event is Event.SIGNATURE else NotifyCompletion
            counts = Counts.DISPATCH if event is Event.LAST_NOTE else Counts.RECEIPT
            days, acts = _together(world, kind, lambda act, at: _dated(act, at, counts, world))
            return {party: first_of_nth_month_after(day, nth) for party, day in days.items()}, acts
        case KthDeposit(deposits=kth, after=length, own=own):
            return _kth_deposit(world, kth, length, own)
        case OwnDeposit(after=length):
            deposits = _deposits(world)
            return {
                party: after(at.day(world.where), length) if length else at.day(world.where)
                for party, (_, at) in deposits.items()
            }, list(deposits.values())


def _dated(act: Act, at: Instant, counts: Counts, world: World) -> Day:
    dated = getattr(act, "dated", None)
    if counts is Counts.DISPATCH and dated is not None:
        return day_of(dated, world.where)
    return at.day(world.where)


def _together(world: World, kind: type[Sign | NotifyCompletion], day: Callable[[Act, Instant], Day]) -> Found:
    """Return one day for all parties, once each of them has done its part; none before."""
    parties = set(world.first_text.parties)
    last: dict[str, tuple[Step, Instant]] = {}
    for happening in world.happenings:
        act = happening.act
        if isinstance(act, kind) and act.version == world.first_text.version:
            for party in set(act.by) & parties:
                last.setdefault(party, (act, happening.at))
    if set(last) != parties:
        return {}, []
    acts = sorted({act.id: (act, at) for act, at in last.values()}.values(), key=lambda one: one[1])
    latest = max(day(act, at) for act, at in acts)
    return dict.fromkeys(world.first_text.parties, latest), acts


def _deposits(world: World) -> dict[str, tuple[Step, Instant]]:
    found: dict[str, tuple[Step, Instant]] = {}
    for happening in world.happenings:
        if isinstance(happening.act, Deposit):
            for party in happening.act.by:
                if party in world.first_text.parties:
                    found.setdefault(party, (happening.act, happening.at))
    return found


def _kth_deposit(world: World, kth: int, length: Duration, own: Duration) -> Found:
    deposits = _deposits(world)
    days = sorted(at.day(world.where) for _, at in deposits.values())
    if len(days) < kth:
        return {}, []
    first = after(days[kth - 1], length)
    return {party: max(first, after(at.day(world.where), own)) for party, (_, at) in deposits.items()}, list(
        deposits.values()
    )


def provisional(world: World) -> tuple[Instant, Because] | None:
    """Return from when the text is applied provisionally, or None where it is not (VCLT 25)."""
    text = world.text
    starts: tuple[Instant, Because] | None = None
    for address, clause in text.clauses(ProvisionalApplication):
        if clause.starts is not None:
            first = clause.starts.span(world.where)[0]
            starts = (first, text.because(address, *_from(clause.starts)))
    for happening in world.happenings:
        act = happening.act
        if isinstance(act, ApplyProvisionally) and set(act.by) & set(text.parties):
            starts = (happening.at, because_act(text.id, act, *_from(act.done)))
        if isinstance(act, EndProvisional) and starts is not None:
            starts = None
    return starts


def _from(when: When) -> tuple[Said, str]:
    return (PROVISIONAL_SOMETIME(), "") if isinstance(when, Unknown) else (PROVISIONAL(str(when)), str(when))
