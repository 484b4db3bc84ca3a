"""What a licence's undertakings ask: what is open, due, done, consented to or breached, each with its clause.

An undertaking outlives its licence: goods that were shipped stay bound. A report of which nothing is on
record is due, not breached: it may have been made. A change that needed consent and had none is breached.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

from servanda.decisions.licences import sentences as say
from servanda.decisions.licences.believed import believed
from servanda.decisions.licences.life import LicenceState, counts_from, printed
from servanda.decisions.licences.standing import Standing, standing
from servanda.model.cite import Because, Said, because
from servanda.model.licence import ConsentUndertaking, From, Licence, ReportUndertaking, shown
from servanda.model.licence_event import Consented, Issued, LicenceEvent, Moved, Plain, Reported, Shipped
from servanda.model.when import FOREVER, Day, Instant, zone
from servanda.status.count import effect_after_receipt


class DutyState(Enum):
    """Where an undertaking stands."""

    OPEN = "open"
    DUE = "due"
    DONE = "done"
    CONSENTED = "consented"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Owed:
    """What one clause asks of somebody about one thing, and where that stands."""

    licence: str
    clause: str
    by: str
    what: str
    """The changes before which consent is needed, or the kind of report."""
    about: str
    """The shipment, change or consent that it is about; empty for the undertaking as such."""
    state: DutyState
    due: Instant | None
    late: bool
    """Whether its instant has passed."""
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """A licence at an instant, with the records that count."""

    licence: Licence
    version: int
    where: ZoneInfo
    at: Instant
    records: tuple[Plain, ...]
    shipments: tuple[Shipped, ...]
    issued: Issued


def duties(events: Iterable[LicenceEvent], at: Instant, known: Instant = FOREVER) -> tuple[Owed, ...]:
    """Return what a licence's undertakings ask at an instant, in the order of its clauses."""
    events = tuple(events)
    found = standing(events, at, known)
    case = _case(events, found, at, known)
    if case is None:
        return ()
    owed: list[Owed] = []
    for undertaking in case.licence.undertakings:
        owed += _consents(case, undertaking)
    for report in case.licence.reports:
        owed += _reports(case, report)
    return tuple(owed)


def _case(events: tuple[LicenceEvent, ...], found: Standing, at: Instant, known: Instant) -> _Case | None:
    licence = found.licence
    effective = [one.event for one in found.outcomes if one.effective]
    issued = next((one for one in effective if isinstance(one, Issued)), None)
    if licence is None or issued is None:
        return None
    where = zone(licence.zone)
    records = [one.record for one in believed(events, known).counting]
    records = [one for one in records if one.done.span(where)[0] <= at]
    shipments = tuple(one for one in effective if isinstance(one, Shipped))
    over = found.state in (LicenceState.REVOKED, LicenceState.SURRENDERED, LicenceState.EXPIRED)
    if over and not any(isinstance(one, Shipped) for one in records):
        return None
    return _Case(licence, found.version, where, at, tuple(records), shipments, issued)


def _clause(case: _Case, clause: str, said: Said, *, confirmed: bool, when: str = "") -> Because:
    return because(
        said,
        instrument=case.licence.id,
        version=case.version,
        article=clause,
        confirmed=confirmed,
        when=when,
    )


def _consents(case: _Case, asks: ConsentUndertaking) -> list[Owed]:
    """Return the undertaking itself, the consents on record, and every change that was subject to it."""
    names = ", ".join(one.value for one in asks.before)
    first = _clause(case, asks.clause, say.CONSENT_FIRST(names), confirmed=asks.confirmed)

    def owed(what: str, about: str, state: DutyState, *reasons: Because) -> Owed:
        return Owed(case.licence.id, asks.clause, asks.by, what, about, state, None, False, reasons)  # noqa: FBT003 - in order

    given = [one for one in case.records if isinstance(one, Consented) and one.clause == asks.clause]
    given.sort(key=lambda one: (_until(one, case.where).utc, counts_from(one, case.where).utc))
    left = {one.id: one.quantity for one in given}
    found = [owed(names, "", DutyState.OPEN, first)]
    for consent in given:
        done = printed(consent.done, case.where)
        said = say.CONSENT_GIVEN(consent.change.value, consent.item, done)
        reason = because(said, instrument=case.licence.id, act=consent.id, when=done)
        found.append(owed(consent.change.value, consent.id, DutyState.CONSENTED, reason, first))
    changes = [one for one in case.records if isinstance(one, Moved) and one.change in asks.before]
    for change in sorted(changes, key=lambda one: one.done.span(case.where)[0].utc):
        used, lacking = _cover(change, given, left, case.where)
        done = printed(change.done, case.where)
        said = say.CONSENTED(change.change.value, change.item, done)
        state = DutyState.CONSENTED
        if lacking > 0:
            state = DutyState.BREACHED
            said = say.NO_CONSENT(change.change.value, change.item, done, shown(lacking), change.unit)
        reason = because(said, instrument=case.licence.id, act=change.id, when=done)
        by = [
            because(
                say.CONSENT_GIVEN(one.change.value, one.item, printed(one.done, case.where)),
                instrument=case.licence.id,
                act=one.id,
            )
            for one in used
        ]
        found.append(owed(change.change.value, change.id, state, reason, *by, first))
    return found


def _until(consent: Consented, where: ZoneInfo) -> Instant:
    return FOREVER if consent.until is None else consent.until.span(where)[0]


def _cover(
    change: Moved, given: list[Consented], left: dict[str, Decimal | None], where: ZoneInfo
) -> tuple[list[Consented], Decimal]:
    """Use up consents for a change, those that end first before the others; return them, and what lacks."""
    start, end = change.done.span(where)
    lacking, used = change.quantity, []
    for one in given:
        fits = (
            one.change is change.change
            and one.item == change.item
            and one.to.casefold().split() == change.to.casefold().split()
            and counts_from(one, where) <= start
            and end <= max(_until(one, where), start)
            and start < _until(one, where)
        )
        remains = left[one.id]
        if not fits or lacking == 0 or remains == 0:
            continue
        taken = lacking if remains is None else min(lacking, remains)
        left[one.id] = None if remains is None else remains - taken
        lacking -= taken
        used.append(one)
    return used, lacking


def _reports(case: _Case, asks: ReportUndertaking) -> list[Owed]:
    """Return a report that is asked: once, or for each shipment."""
    if asks.within is None or asks.counted_from is From.ISSUE:
        return [_report(case, asks, None)]
    found = [_report(case, asks, shipment) for shipment in case.shipments]
    if found:
        return found
    reason = _clause(case, asks.clause, say.NO_SHIPMENT(), confirmed=asks.confirmed)
    name = case.licence.id
    return [Owed(name, asks.clause, asks.by, asks.report.value, "", DutyState.OPEN, None, False, (reason,))]  # noqa: FBT003 - in order


def _report(case: _Case, asks: ReportUndertaking, shipment: Shipped | None) -> Owed:
    about = shipment.id if shipment is not None else ""
    due = _due(case, asks, shipment)
    until = due.within(case.where)
    made = [
        one
        for one in case.records
        if isinstance(one, Reported) and one.clause == asks.clause and one.shipment == about
    ]
    made.sort(key=lambda one: one.done.span(case.where)[0].utc)
    late, state = case.at >= due, DutyState.DUE
    if made:
        done = printed(made[0].done, case.where)
        late = made[0].done.span(case.where)[0] >= due
        state = DutyState.DONE
        said = say.DONE_LATE(done, until) if late else say.DONE(done)
        reasons = [because(said, instrument=case.licence.id, act=made[0].id, when=done)]
    else:
        said = say.FELL_DUE(until) if late else say.DUE_BEFORE(until)
        reasons = [_clause(case, asks.clause, said, confirmed=asks.confirmed, when=until)]
    if shipment is not None:
        left = printed(shipment.done, case.where)
        said = say.FROM_SHIPMENT(shipment.id, left)
        reasons.append(because(said, instrument=case.licence.id, act=shipment.id, when=left))
    if made:
        said = say.DUE_BEFORE(until)
        reasons.append(_clause(case, asks.clause, said, confirmed=asks.confirmed, when=until))
    name = case.licence.id
    return Owed(name, asks.clause, asks.by, asks.report.value, about, state, due, late, tuple(reasons))


def _due(case: _Case, asks: ReportUndertaking, shipment: Shipped | None) -> Instant:
    """Return the first instant that is too late; a length counts from the day after its event."""
    if asks.due is not None:
        return asks.due.span(case.where)[1] if isinstance(asks.due, Day) else asks.due.span(case.where)[0]
    assert asks.within is not None
    event = shipment.done if shipment is not None else case.issued.done
    day = event.span(case.where)[0].day(case.where)
    return effect_after_receipt(day, asks.within, "day-after-receipt").start(case.where)
