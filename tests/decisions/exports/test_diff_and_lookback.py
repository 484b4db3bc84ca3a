"""What changed between two days, and whether past shipments fitted the rules of their own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import instant
from exports import HF, OTHER, RESIST, regime
from servanda.decisions.exports import export_diff, lookback
from servanda.errors import QuestionError, UnknownNameError
from servanda.model.clauses.exports import Concern, Need
from servanda.model.export import ExportRequest, Facet, Fit, Shipment
from servanda.model.when import Day, Instant, zone


def diff(start: str, end: str, name: str = "jp-export-control", **more: object) -> tuple[Facet, ...]:
    return export_diff(regime(name), instant(start), instant(end), **more)  # type: ignore[arg-type]


def test_nothing_changed_on_the_day_of_promulgation() -> None:
    assert diff("2019-08-06 00:00", "2019-08-27 23:59") == ()


def test_each_change_names_the_act_that_made_it() -> None:
    found = {(one.of, one.what): one for one in diff("2019-08-27 00:00", "2019-08-28 00:00")}
    assert (found["", "group"].before, found["", "group"].after) == (
        "white countries, Appended Table 3",
        "Group B",
    )
    assert {reason.act for one in found.values() for reason in one.by} == {"jp-order-2019"}
    bulk = found["any other listed item", "general bulk licence (white bulk)"]
    assert (bulk.before, bulk.after) == ("open", "closed")
    knows = found["what is on no list", "when the exporter knows of weapons of mass destruction"]
    assert (knows.before, knows.after) == ("no licence is needed", "a licence is needed")


def test_what_changed_and_came_back_is_seen_too() -> None:
    found = {(one.of, one.what): one for one in diff("2019-07-01 00:00", "2023-12-01 00:00")}
    bulk = found[HF, "general bulk licence (white bulk)"]
    assert (bulk.before, bulk.after) == ("open", "open")
    assert [one.act for one in bulk.by] == ["jp-three-items-2019", "jp-order-2023"]
    special = found[RESIST, "special bulk licence"]
    assert [one.act for one in special.by] == ["jp-three-items-2019", "jp-resist-2019"]


def test_the_mirror_measure_changed_days_and_documents() -> None:
    found = {one.what: one for one in diff("2019-09-17 00:00", "2019-09-18 00:00", "kr-export-control")}
    assert (found["review"].before, found["review"].after) == ("5 days, 3 documents", "15 days, 5 documents")
    assert [one.act for one in found["review"].by] == ["kr-ka-2-2019"]


def test_a_change_that_rests_on_memory_is_marked() -> None:
    found = diff("2025-10-08 00:00", "2025-10-09 00:00")
    assert found
    assert {reason.confirmed for one in found for reason in one.by} == {False}


def test_a_first_day_that_is_not_before_the_last_is_no_question() -> None:
    with pytest.raises(QuestionError, match="is not before"):
        diff("2019-08-28 00:00", "2019-08-28 00:00")


SHIPMENT = Shipment(
    2,
    "s-1",
    ExportRequest("jp-export-control", HF, "KR", instant("2019-07-10 00:00")),
    instant("2019-07-11 00:00"),
)


def fit(item: str, day: str, kind: str = "", licence: str = "", **more: object) -> Fit:
    start = instant(f"{day} 00:00")
    request = replace(SHIPMENT.request, item=item, at=start, **more)  # type: ignore[arg-type]
    until = Day(start.day(zone("Asia/Tokyo")).date).plus(1).start(zone("Asia/Tokyo"))
    (audited,) = lookback(regime(), [Shipment(2, "s-1", request, until, kind, licence)])
    assert audited.because or audited.missing
    return audited.fit


@pytest.mark.parametrize(
    ("day", "kind", "expected"),
    [
        ("2019-07-03", "general-bulk", Fit.FITS),
        ("2019-07-04", "general-bulk", Fit.DID_NOT_FIT),
        ("2019-07-04", "individual", Fit.FITS),
        ("2023-03-22", "special-general-bulk", Fit.DID_NOT_FIT),
        ("2023-03-23", "special-general-bulk", Fit.FITS),
        ("2023-07-20", "general-bulk", Fit.DID_NOT_FIT),
        ("2023-07-21", "general-bulk", Fit.FITS),
        ("2019-07-03", "special-bulk", Fit.CANNOT_TELL),
        ("2004-07-03", "individual", Fit.CANNOT_TELL),
    ],
)
def test_a_shipment_is_judged_by_the_rules_of_its_own_day(day: str, kind: str, expected: Fit) -> None:
    assert fit(HF, day, kind, "L-1") is expected


def test_a_licence_needed_and_none_named_does_not_fit_and_none_known_to_be_needed_cannot_be_told() -> None:
    assert fit(HF, "2024-01-10") is Fit.DID_NOT_FIT
    assert fit(HF, "2024-01-10", "individual") is Fit.DID_NOT_FIT
    assert fit(OTHER, "2024-01-10") is Fit.CANNOT_TELL
    assert fit(OTHER, "2024-01-10", "individual", "L-1") is Fit.FITS
    assert fit("unlisted", "2024-01-10") is Fit.FITS
    assert fit("unlisted", "2020-01-10") is Fit.CANNOT_TELL
    assert fit("unlisted", "2020-01-10", concern=Concern.NONE) is Fit.FITS


def test_a_condition_or_a_need_that_the_log_does_not_show_clears_nothing() -> None:
    worth = {"value": Decimal(5_000_000), "currency": "JPY"}
    assert fit(RESIST, "2019-12-20", "special-bulk", "L-2", **worth) is Fit.CANNOT_TELL
    assert fit(RESIST, "2019-12-19", "special-bulk", "L-2", **worth) is Fit.DID_NOT_FIT
    lacking = {"holds": frozenset({Need.REGISTRATION})}
    assert fit(HF, "2023-04-01", "special-general-bulk", "L-3", **lacking) is Fit.CANNOT_TELL
    assert fit(HF, "2024-04-01", "general-bulk", "L-3", **lacking) is Fit.FITS


def test_a_row_of_two_days_on_which_the_rule_turned_cannot_be_told() -> None:
    request = replace(SHIPMENT.request, at=instant("2019-07-03 12:00"))
    row = Shipment(2, "s", request, instant("2019-07-04 12:00"), "general-bulk", "L")
    (audited,) = lookback(regime(), [row])
    assert audited.fit is Fit.CANNOT_TELL


def test_a_licence_type_that_the_regime_does_not_have_is_an_error() -> None:
    with pytest.raises(UnknownNameError, match="no licence type `white`"):
        list(lookback(regime(), [replace(SHIPMENT, licence_type="white")]))


@given(st.lists(st.sampled_from([HF, OTHER, RESIST, "unlisted"]), max_size=8), st.integers(0, 2000))
def test_no_shipment_is_lost_or_moved(items: list[str], day: int) -> None:
    at = Instant(instant("2019-01-01 00:00").utc.replace(year=2019 + day // 366))
    rows = [
        Shipment(number + 2, str(number), replace(SHIPMENT.request, item=item, at=at), at)
        for number, item in enumerate(items)
    ]
    assert [one.shipment for one in lookback(regime(), rows)] == rows
