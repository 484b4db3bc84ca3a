"""Undertakings as duties: open, due, done, consented and breached, each by the clause that asks for it."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from licences import LICENCE, issued, made, shipped
from servanda.decisions.licences.duties import DutyState, Owed, duties
from servanda.formats.when import parse_duration, parse_instant, parse_when
from servanda.model.licence import Change, From
from servanda.model.licence_event import Consented, LicenceEvent, Moved, Reported, Revoked
from servanda.model.when import FOREVER

D = DutyState
SENT = shipped("S-1", "2019-07-20T15:00:00+09:00", "4")


def owed(events: tuple[LicenceEvent, ...], at: str, known: str = "") -> dict[tuple[str, str], Owed]:
    found = duties(events, parse_instant(at), parse_instant(known) if known else FOREVER)
    return {(one.clause, one.about): one for one in found}


def consent(done: str = "2019-08-01", **more: object) -> LicenceEvent:
    fields: dict[str, object] = {"clause": "2", "change": Change.RE_EXPORT, "item": "1", "to": "Z", **more}
    return made(Consented, str(fields.pop("id", "C-1")), done, **fields)


def move(done: str = "2019-08-10", quantity: str = "1", **more: object) -> LicenceEvent:
    fields: dict[str, object] = {
        "change": Change.RE_EXPORT,
        "item": "1",
        "quantity": Decimal(quantity),
        "unit": "kg",
        "holder": "the consignee",
        "to": "Z",
        **more,
    }
    return made(Moved, str(fields.pop("id", "M-1")), done, **fields)


def test_nothing_is_owed_under_a_draft() -> None:
    assert owed(issued()[:1], "2019-07-20T00:00:00Z") == {}


def test_consent_is_open_and_a_report_waits_for_its_shipment() -> None:
    found = owed(issued(), "2019-07-15T00:00:00Z")
    assert [one.state for one in found.values()] == [D.OPEN, D.OPEN, D.OPEN]
    assert [one.due for one in found.values()] == [None, None, None]
    assert found["2", ""].because[0].cite() == "L-1 v1 art. 2"


def test_a_report_is_due_from_the_day_after_the_shipment_in_the_zone_of_the_regime() -> None:
    before = owed((*issued(), SENT), "2019-08-19T23:59:59+09:00")["4", "S-1"]
    after = owed((*issued(), SENT), "2019-08-20T00:00:00+09:00")["4", "S-1"]
    assert before.due == parse_instant("2019-08-20T00:00:00+09:00")
    assert [(one.state, one.late) for one in (before, after)] == [(D.DUE, False), (D.DUE, True)]
    assert "L-1 v1 art. 4" in [one.cite() for one in after.because]


def test_a_report_on_record_is_done_and_late_where_it_was() -> None:
    for done, late in (("2019-08-19", False), ("2019-08-20", True)):
        report = made(Reported, "R-1", done, clause="4", shipment="S-1")
        found = owed((*issued(), SENT, report), "2019-09-01T00:00:00Z")["4", "S-1"]
        assert (found.state, found.late) == (D.DONE, late)


def test_a_report_by_a_day_is_in_time_on_that_day() -> None:
    report = msgspec.structs.replace(LICENCE.reports[0], due=parse_when("2019-08-19"), within=None)
    dated = msgspec.structs.replace(LICENCE, reports=(report,))
    assert owed(issued(dated), "2019-08-01T00:00:00Z")["4", ""].due == parse_instant(
        "2019-08-20T00:00:00+09:00"
    )


def test_a_report_can_be_counted_from_the_issue() -> None:
    report = msgspec.structs.replace(
        LICENCE.reports[0], within=parse_duration("P1M"), counted_from=From.ISSUE
    )
    counted = msgspec.structs.replace(LICENCE, reports=(report,))
    assert owed(issued(counted), "2019-08-01T00:00:00Z")["4", ""].due == parse_instant(
        "2019-08-11T00:00:00+09:00"
    )


@pytest.mark.parametrize(
    ("given", "moved", "state"),
    [
        ((), move(), D.BREACHED),
        ((consent(),), move(), D.CONSENTED),
        ((consent("2019-08-11"),), move(), D.BREACHED),
        ((consent("2019-08-10"),), move(), D.BREACHED),
        ((consent("2019-08-10T09:00:00+09:00"),), move("2019-08-10T10:00:00+09:00"), D.CONSENTED),
        ((consent("2019-08-10T11:00:00+09:00"),), move("2019-08-10T10:00:00+09:00"), D.BREACHED),
        ((consent(until=parse_when("2019-08-11")),), move(), D.CONSENTED),
        ((consent(until=parse_when("2019-08-10")),), move(), D.BREACHED),
        ((consent(to="Y"),), move(), D.BREACHED),
        ((consent(to=" z "),), move(), D.CONSENTED),
        ((consent(change=Change.RESALE),), move(), D.BREACHED),
        ((consent(quantity=Decimal(1)),), move(quantity="1.5"), D.BREACHED),
        ((consent(quantity=Decimal(1)), consent(id="C-2")), move(quantity="1.5"), D.CONSENTED),
    ],
)
def test_a_change_is_consented_only_by_a_consent_before_it_that_covers_it(
    given: tuple[LicenceEvent, ...], moved: LicenceEvent, state: DutyState
) -> None:
    found = owed((*issued(), SENT, *given, moved), "2019-09-01T00:00:00Z")
    assert found["2", "M-1"].state is state


def test_what_a_consent_covers_is_used_up_once() -> None:
    events = (
        *issued(),
        SENT,
        consent(quantity=Decimal(1)),
        move(),
        move("2019-08-12", id="M-2"),
    )
    found = owed(events, "2019-09-01T00:00:00Z")
    assert (found["2", "M-1"].state, found["2", "M-2"].state) == (D.CONSENTED, D.BREACHED)
    assert "covers 1 kg" in found["2", "M-2"].because[0].says


def test_what_was_not_known_then_was_no_breach_then() -> None:
    events = (*issued(), SENT, move(seen="2019-08-25T00:00:00Z"))
    assert ("2", "M-1") not in owed(events, "2019-08-20T00:00:00Z", "2019-08-20T00:00:00Z")
    assert owed(events, "2019-08-20T00:00:00Z")["2", "M-1"].state is D.BREACHED


def test_undertakings_outlive_a_licence_under_which_something_was_shipped() -> None:
    end = made(Revoked, "revoked-1", "2019-08-01", reason="why")
    assert owed((*issued(), end), "2019-09-01T00:00:00Z") == {}
    assert owed((*issued(), SENT, end), "2019-09-01T00:00:00Z")["2", ""].state is D.OPEN
