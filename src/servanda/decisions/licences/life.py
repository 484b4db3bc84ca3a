"""The life of a licence: drafted, issued, suspended, reinstated, revoked, surrendered, expired.

::

    not drafted -> draft -> issued <-> suspended
                              |            |
                              +-> revoked, surrendered, expired (follows)

What cannot happen in a state is kept, explained and changes nothing. A day whose hour is not known counts so
that nothing is shipped that was not surely permitted: issue, suspension, revocation and surrender count from
0:00 of their day, a reinstatement and a consent from 0:00 of the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from zoneinfo import ZoneInfo

from servanda.decisions.licences import sentences as say
from servanda.decisions.licences.believed import Belief, Held
from servanda.decisions.licences.validity import Validity, validity
from servanda.model.cite import Because, Said, because
from servanda.model.licence import Licence
from servanda.model.licence_event import (
    Consented,
    Drafted,
    Issued,
    LicenceEvent,
    Plain,
    Reinstated,
    Revoked,
    Surrendered,
    Suspended,
)
from servanda.model.when import Day, Instant, When, zone


class LicenceState(Enum):
    """Where a licence stands."""

    NOT_DRAFTED = "not-drafted"
    DRAFT = "draft"
    ISSUED = "issued"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"
    EXHAUSTED = "exhausted"
    EXPIRED = "expired"


S = LicenceState
_MOVES: dict[type[Plain], tuple[frozenset[LicenceState], LicenceState]] = {
    Issued: (frozenset({S.DRAFT}), S.ISSUED),
    Suspended: (frozenset({S.ISSUED}), S.SUSPENDED),
    Reinstated: (frozenset({S.SUSPENDED}), S.ISSUED),
    Revoked: (frozenset({S.ISSUED, S.SUSPENDED}), S.REVOKED),
    Surrendered: (frozenset({S.ISSUED, S.SUSPENDED}), S.SURRENDERED),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when a state lasts."""

    start: Instant
    state: LicenceState
    order: int
    """The place of its record; of two things at one instant the one recorded first came first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record: whether it had effect, and why or why not."""

    event: LicenceEvent
    effective: bool
    because: tuple[Because, ...]


@dataclass(slots=True)
class Life:
    """A licence's states up to an instant, what made them, and the stretch in which it is valid."""

    licence: Licence
    where: ZoneInfo
    stretches: list[Stretch] = field(default_factory=list)
    valid: Validity | None = None
    because: list[Because] = field(default_factory=list)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    def at(self, moment: Instant, order: int | None = None) -> LicenceState:
        """Return the state at an instant; with `order`, as what was recorded in that place met it."""
        found = S.NOT_DRAFTED
        for one in self.stretches:
            if one.start < moment or (one.start == moment and (order is None or one.order < order)):
                found = one.state
        return found

    def permits_all_through(self, start: Instant, end: Instant) -> bool:
        """Say whether it is issued and valid at every instant of a half-open stretch."""
        if self.valid is None or start < self.valid.start or self.valid.end < end:
            return False
        if self.at(start) is not S.ISSUED:
            return False
        return not any(start < one.start < end for one in self.stretches)


def draft_of(belief: Belief) -> Held | None:
    """Return the draft that counts: the first that is not struck."""
    return next((one for one in belief.counting if isinstance(one.record, Drafted)), None)


def counts_from(record: Plain, where: ZoneInfo) -> Instant:
    """Return the instant from which a record counts."""
    first, last = record.done.span(where)
    late = isinstance(record, Reinstated | Consented) and isinstance(record.done, Day)
    return last if late else first


def live(belief: Belief, draft: Held, at: Instant) -> Life:
    """Return the life of a licence up to an instant."""
    assert isinstance(draft.record, Drafted)
    licence = draft.record.terms
    life = Life(licence, zone(licence.zone))
    kinds = (Drafted, *_MOVES)
    steps = sorted(
        (counts_from(one.record, life.where).utc, one.order, one)
        for one in belief.counting
        if isinstance(one.record, kinds)
    )
    for when, order, one in steps:
        if Instant(when) <= at:
            _expire(life, Instant(when))
            life.outcomes[order] = _step(life, one, draft, Instant(when))
    _expire(life, at)
    return life


def _expire(life: Life, at: Instant) -> None:
    now = life.at(at)
    if now in (S.ISSUED, S.SUSPENDED) and life.valid is not None and life.valid.end <= at:
        life.stretches.append(Stretch(life.valid.end, S.EXPIRED, -1))


def _step(life: Life, one: Held, draft: Held, when: Instant) -> Outcome:
    record = one.record
    now = life.at(when)
    if isinstance(record, Drafted):
        if one.order != draft.order:
            return Outcome(record, effective=False, because=(cited(record, say.DRAFTED_ALREADY()),))
        return _enter(life, one, when, S.DRAFT)
    allowed, then = _MOVES[type(record)]
    if now not in allowed:
        return Outcome(
            record, effective=False, because=(cited(record, say.NOT_THEN(now.value.replace("-", " "))),)
        )
    if isinstance(record, Issued):
        if one.hands & draft.hands:
            reason = cited(record, say.SAME_OFFICER(record.officer))
            return Outcome(record, effective=False, because=(reason,))
        valid = validity(life.licence, when)
        if valid.end <= when:
            said = say.NOT_VALID_THEN(valid.start.within(life.where), valid.end.within(life.where))
            return Outcome(record, effective=False, because=(cited(record, said),))
        life.valid = valid
    return _enter(life, one, when, then)


def _enter(life: Life, one: Held, when: Instant, state: LicenceState) -> Outcome:
    record = one.record
    life.stretches.append(Stretch(when, state, one.order))
    done = printed(record.done, life.where)
    match record:
        case Drafted():
            said = say.DRAFTED(done, record.officer)
        case Issued():
            said = say.ISSUED(done, record.officer)
        case Suspended():
            said = say.SUSPENDED(done, record.reason)
        case Reinstated():
            said = say.REINSTATED(done)
        case Revoked():
            said = say.REVOKED(done, record.reason)
        case _:
            said = say.SURRENDERED(done)
    reason = cited(record, said, done)
    life.because.append(reason)
    return Outcome(record, effective=True, because=(reason,))


def cited(event: LicenceEvent, said: Said, when: str = "") -> Because:
    """Return a reason that rests on a record of a licence."""
    return because(said, instrument=event.licence, act=event.id, when=when)


def printed(when: When, where: ZoneInfo) -> str:
    """Print a day as it is, and an instant in a zone."""
    return when.within(where) if isinstance(when, Instant) else str(when)
