"""Where a licence stands at an instant, as known at another: its state, and what remains of each item.

Pure: the same records give the same answer for ever. What was drawn is counted from the records anew each
time, so that a corrected record counts once, and nothing is stored that could differ from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from servanda.decisions.licences import sentences as say
from servanda.decisions.licences.believed import Belief, Held, believed
from servanda.decisions.licences.life import LicenceState, Life, Outcome, cited, draft_of, live, printed
from servanda.model.cite import Because, because
from servanda.model.licence import Licence, LicenceItem, shown
from servanda.model.licence_event import Corrected, Drafted, LicenceEvent, Line, Shipped, Struck
from servanda.model.when import FOREVER, Day, Instant, zone

_ANY = zone("UTC")
"""For what has no influence on the standing, a day or an instant is near enough."""


@dataclass(frozen=True, slots=True)
class Left:
    """An item, what was drawn of it and what remains; None where it has no such limit."""

    item: LicenceItem
    drawn: Decimal
    drawn_value: Decimal
    since: Instant | None = None
    """When the last of it was drawn."""

    @property
    def quantity(self) -> Decimal | None:
        """The quantity that remains."""
        return None if self.item.quantity is None else self.item.quantity - self.drawn

    @property
    def value(self) -> Decimal | None:
        """The value that remains."""
        return None if self.item.value is None else self.item.value - self.drawn_value

    @property
    def used_up(self) -> bool:
        """Whether nothing more can be drawn of it."""
        return self.quantity == 0 or self.value == 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a licence stands, with what made it so; `licence` is None where no draft was known."""

    licence: Licence | None
    state: LicenceState
    since: Instant | None
    until: Instant | None
    """When this changes if nobody acts; None where it does not, or where that is not known."""
    draws: bool
    """Whether a shipment may leave under it at this instant."""
    left: tuple[Left, ...]
    because: tuple[Because, ...]
    outcomes: tuple[Outcome, ...]
    """What became of every record that counts by then, in the order of the record."""
    version: int = 1
    """Which version of the terms: one more for each correction of the draft."""

    def effective(self, record: str) -> bool:
        """Say whether the record of that id had effect."""
        return any(one.event.id == record and one.effective for one in self.outcomes)


def standing(events: Iterable[LicenceEvent], at: Instant, known: Instant = FOREVER) -> Standing:
    """Return where a licence stands; its events come in the order of their record."""
    belief = believed(events, known)
    draft = draft_of(belief)
    if draft is None or not isinstance(draft.record, Drafted):
        return _nothing(belief, at)
    life = live(belief, draft, at)
    left = {item.id: Left(item, Decimal(0), Decimal(0)) for item in life.licence.items}
    shipments = sorted(
        (one.record.done.span(life.where)[0].utc, one.order, one)
        for one in belief.counting
        if isinstance(one.record, Shipped)
    )
    for when, order, one in shipments:
        if Instant(when) <= at:
            life.outcomes[order] = _draw(life, one, left, at)
    reasons = [*life.because]
    if not life.stretches:
        return _nothing(belief, at)
    state, since = life.stretches[-1].state, life.stretches[-1].start
    if all(one.used_up for one in left.values()) and state in (LicenceState.ISSUED, LicenceState.EXPIRED):
        state = LicenceState.EXHAUSTED
        since = max(one.since for one in left.values() if one.since is not None)
    reasons += _of_validity(life, state, at)
    for one_left in left.values():
        if one_left.used_up and one_left.since is not None:
            said = say.USED_UP(one_left.item.id, one_left.since.within(life.where))
            reasons.append(because(said, instrument=life.licence.id))
    running = state in (LicenceState.ISSUED, LicenceState.SUSPENDED)
    valid = life.valid
    until = None
    if running and valid is not None and valid.known:
        until = valid.start if at < valid.start else valid.end
    return Standing(
        life.licence,
        state,
        since,
        until,
        draws=state is LicenceState.ISSUED and valid is not None and valid.start <= at < valid.end,
        left=tuple(left.values()),
        because=tuple(reasons),
        outcomes=_told(belief, life.outcomes, at),
        version=1 + len(draft.corrected),
    )


def _nothing(belief: Belief, at: Instant) -> Standing:
    name = belief.events[0][1].licence if belief.events else ""
    reasons = (because(say.NOT_DRAFTED(), instrument=name),)
    outcomes = _told(belief, {}, at)
    return Standing(None, LicenceState.NOT_DRAFTED, None, None, False, (), reasons, outcomes)  # noqa: FBT003 - in order


def _of_validity(life: Life, state: LicenceState, at: Instant) -> list[Because]:
    valid = life.valid
    if valid is None:
        return []
    found = [*valid.because]
    if at < valid.start:
        start = valid.start.within(life.where)
        found.append(because(say.BEGINS(start), instrument=life.licence.id, when=start))
    if valid.known and state not in (LicenceState.REVOKED, LicenceState.SURRENDERED):
        end = valid.end.within(life.where)
        said = say.ENDED(end) if valid.end <= at else say.ENDS(end)
        found.append(because(said, instrument=life.licence.id, when=end))
    return found


def _draw(life: Life, one: Held, left: dict[str, Left], at: Instant) -> Outcome:
    """Draw a shipment as a whole, or say why it draws nothing."""
    record = one.record
    assert isinstance(record, Shipped)
    start, end = record.done.span(life.where)
    bar = _covered(life, one, start, min(end, Instant(max(at.utc, start.utc))))
    for line in record.lines if bar is None else ():
        bar = bar or _fits(record, line, life.licence, left)
    if bar is not None:
        return Outcome(record, effective=False, because=(bar,))
    reasons = []
    for line in record.lines:
        before = left[line.item]
        value = before.drawn_value + (line.value or Decimal(0))
        now = Left(before.item, before.drawn + line.quantity, value)
        since = start if now.used_up else None
        left[line.item] = Left(now.item, now.drawn, now.drawn_value, since)
        said = say.DREW(shown(line.quantity), line.unit, line.item)
        reasons.append(cited(record, said, printed(record.done, life.where)))
    return Outcome(record, effective=True, because=tuple(reasons))


def _covered(life: Life, one: Held, start: Instant, end: Instant) -> Because | None:
    record = one.record
    state = life.at(start, None if isinstance(record.done, Day) else one.order)
    if isinstance(record.done, Day) and state is LicenceState.ISSUED:
        return None if life.permits_all_through(start, end) else cited(record, say.NOT_ALL_DAY())
    if state is not LicenceState.ISSUED:
        on_its_day = isinstance(record.done, Day) and any(
            start < each.start < end and each.state is LicenceState.ISSUED for each in life.stretches
        )
        return cited(record, say.NOT_ALL_DAY() if on_its_day else say.NOT_THEN(state.value.replace("-", " ")))
    valid = life.valid
    if valid is None or not valid.start <= start < valid.end:
        span = (valid.start, valid.end) if valid is not None else (start, start)
        return cited(record, say.NOT_VALID_THEN(*(each.within(life.where) for each in span)))
    return None


def _fits(record: Shipped, line: Line, licence: Licence, left: dict[str, Left]) -> Because | None:
    """Return why a line does not fit what remains; None where it does."""
    found = left.get(line.item)
    if found is None:
        return cited(record, say.NO_ITEM(line.item))
    item = found.item
    if line.unit != item.unit:
        return cited(record, say.OTHER_UNIT(item.id, item.unit, line.unit))
    if line.value is not None and licence.currency and line.currency != licence.currency:
        return cited(record, say.OTHER_UNIT(item.id, licence.currency, line.currency))
    if item.value is not None and line.value is None:
        return cited(record, say.VALUE_NEEDED(item.id))
    if found.quantity is not None and line.quantity > found.quantity:
        remain = f"{shown(found.quantity)} {item.unit}"
        return cited(record, say.TOO_MUCH(shown(line.quantity), line.unit, item.id, remain))
    if found.value is not None and line.value is not None and line.value > found.value:
        remain = f"{shown(found.value)} {licence.currency}"
        return cited(record, say.WORTH_TOO_MUCH(shown(line.value), line.currency, item.id, remain))
    return None


def _told(belief: Belief, outcomes: dict[int, Outcome], at: Instant) -> tuple[Outcome, ...]:
    """Return what became of every record by then, those without influence on the standing too."""
    held = {one.order: one for one in belief.held}
    found: list[Outcome] = []
    for order, event in belief.events:
        strike = belief.strikes.get(event.id)
        if strike is not None:
            found.append(
                Outcome(event, effective=False, because=(cited(strike, say.STRUCK(strike.officer)),))
            )
        elif isinstance(event, Corrected | Struck):
            found.append(_of_record(event, idle=event.id in belief.idle))
        elif order in outcomes:
            found.append(outcomes[order])
        elif not isinstance(event, Shipped) and held[order].record.done.span(_ANY)[0] <= at:
            record = held[order].record
            found.append(Outcome(record, effective=True, because=(cited(record, say.NOTED()),)))
    return tuple(found)


def _of_record(event: Corrected | Struck, *, idle: bool) -> Outcome:
    if not idle:
        said = say.CORRECTS(event.of) if isinstance(event, Corrected) else say.STRIKES(event.of)
    elif isinstance(event, Corrected) and isinstance(event.record, Drafted):
        said = say.TERMS_STAND()
    else:
        said = say.OF_NOTHING(event.of)
    return Outcome(event, effective=not idle, because=(cited(event, said),))
