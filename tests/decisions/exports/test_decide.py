"""What decides and what is missing: value, concern, classification, what the exporter holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from asking import instant
from exports import CANNOT, HF, NOT, OTHER, POLYIMIDE, REQUIRED, asked, regime, says, types
from servanda.decisions.exports import decide_export
from servanda.errors import QuestionError
from servanda.model.clauses.exports import Concern, Covers, Need
from servanda.model.export import ExportOutcome, ExportRequest, Openness

AT = "2024-01-10 12:00"


def yen(amount: int, currency: str = "JPY") -> dict[str, object]:
    return {"value": Decimal(amount), "currency": currency}


@pytest.mark.parametrize(
    ("item", "value", "outcome"),
    [
        ("1-(6)", 1_000_000, NOT),
        ("1-(6)", 1_000_001, REQUIRED),
        ("1-(15)", 50_000, NOT),
        ("1-(15)", 50_001, REQUIRED),
        (POLYIMIDE, 50_000, NOT),
        (POLYIMIDE, 50_001, CANNOT),
        (POLYIMIDE, 1_000_001, REQUIRED),
        (HF, 1, REQUIRED),
        ("1-(14)", 1, REQUIRED),
    ],
)
def test_the_exemption_by_value_has_two_limits_and_does_not_cover_every_entry(
    item: str, value: int, outcome: ExportOutcome
) -> None:
    assert asked(item, AT, **yen(value)).outcome is outcome


def test_a_value_that_is_missing_or_in_other_money_is_named_where_it_decides() -> None:
    assert asked(OTHER, AT).outcome is CANNOT
    assert "up to 1,000,000 JPY" in says(asked(OTHER, AT))
    assert asked(OTHER, AT, **yen(100, "USD")).outcome is CANNOT
    assert asked(HF, AT).outcome is REQUIRED


def test_the_exemption_by_value_is_for_goods_and_not_for_technology() -> None:
    assert asked(OTHER, AT, covers=Covers.TECHNOLOGY, **yen(1)).outcome is REQUIRED


@pytest.mark.parametrize("more", [{"informed": True}, {"concern": Concern.WMD}])
def test_a_small_value_clears_nothing_where_there_is_a_concern_or_a_notice(more: dict[str, object]) -> None:
    assert asked(OTHER, AT, **yen(1), **more).outcome is CANNOT


@pytest.mark.parametrize(
    ("to", "more", "outcome"),
    [
        ("CN", {}, CANNOT),
        ("CN", {"concern": Concern.NONE}, NOT),
        ("CN", {"concern": Concern.WMD}, REQUIRED),
        ("CN", {"concern": Concern.CONVENTIONAL}, NOT),
        ("IQ", {"concern": Concern.CONVENTIONAL}, REQUIRED),
        ("CN", {"concern": Concern.NONE, "informed": True}, REQUIRED),
        ("DE", {}, NOT),
        ("DE", {"concern": Concern.WMD}, NOT),
    ],
)
def test_catch_all_control_before_october_2025(
    to: str, more: dict[str, object], outcome: ExportOutcome
) -> None:
    assert asked("unlisted", AT, to, **more).outcome is outcome


def test_since_october_2025_the_widened_list_for_conventional_arms_was_not_read() -> None:
    answer = asked("unlisted", "2025-11-01 00:00", "CN", concern=Concern.CONVENTIONAL)
    assert answer.outcome is CANNOT
    assert not answer.finding.missing[0].confirmed
    assert asked("unlisted", "2025-11-01 00:00", "CN", concern=Concern.NONE).outcome is NOT


@pytest.mark.parametrize("goods", ["food", "timber"])
def test_food_and_timber_are_outside_catch_all_control(goods: str) -> None:
    assert asked(goods, AT, "CN", concern=Concern.WMD).outcome is NOT


@pytest.mark.parametrize("item", ["hydrogen fluoride", "HF", "フッ化水素", "photoresist", "3C002", "1C009"])
def test_a_name_or_another_lists_number_classifies_nothing_and_says_what_it_may_be(item: str) -> None:
    answer = asked(item, AT)
    assert answer.outcome is CANNOT
    assert "may be 1-(" in says(answer)


@pytest.mark.parametrize("item", ["x" * 10_000, "9-(9)", "\u202e1-(3)", "1-(3", "17"])
def test_an_item_that_no_list_has_is_cannot_tell(item: str) -> None:
    assert asked(item, AT).outcome is CANNOT


def test_a_finer_number_is_judged_by_its_entry() -> None:
    assert "1-(6)(2) is taken as entry 6" in says(asked("1-(6)(2)", AT))
    assert types(asked("1-(3)(1)(a)", "2019-07-10 00:00"))["general-bulk"] is Openness.CLOSED
    assert types(asked("1-(3)(2)", "2019-07-10 00:00"))["general-bulk"] is Openness.OPEN


def test_what_the_exporter_lacks_is_said_type_by_type() -> None:
    answer = asked(HF, "2023-04-01 00:00", holds=frozenset({Need.ICP}))
    lacks = {one.name: one.lacks for one in answer.finding.types}
    assert lacks["special-general-bulk"] == (Need.CHECKLIST, Need.ON_SITE_CHECK)
    assert lacks["individual"] == ()
    assert lacks["special-bulk"] == ()
    assert asked(HF, AT).finding.types[1].lacks == ()


def test_papers_and_undertakings_are_named_and_those_that_turn_on_an_unread_table_as_such() -> None:
    papers = {one.says: one for one in asked(HF, AT).finding.papers}
    assert papers["electronic filing"].certain
    undertaking = papers["an end-use undertaking of the end user (form 1 or 2)"]
    assert not undertaking.certain
    after = [one.says for one in papers.values() if one.after]
    assert "prior consent before re-export, resale, re-transfer or re-provision" in after
    assert "electronic filing" not in {one.says for one in asked(HF, "2022-06-30 23:59").finding.papers}


def test_every_reason_has_its_article_or_act() -> None:
    for at in ("2019-07-10 00:00", "2023-04-01 00:00", AT, "2025-11-01 00:00"):
        for item in (HF, OTHER, "unlisted", "food"):
            found = asked(item, at).finding
            every = (*found.because, *found.missing, *(one for kind in found.types for one in kind.because))
            assert [one for one in every if not (one.article or one.act)] == []


def test_an_item_number_from_memory_is_marked_wherever_it_decides() -> None:
    assert [one.article for one in asked(POLYIMIDE, AT).finding.because if not one.confirmed] == [
        "Appended Table 1"
    ]
    assert all(one.confirmed for one in asked(HF, AT).finding.because)


def test_nothing_is_exported_to_ones_own_territory_and_an_agreement_is_no_regime() -> None:
    request = ExportRequest("jp-export-control", HF, "jp", instant(AT))
    with pytest.raises(QuestionError, match="own territory"):
        decide_export(regime(), request)
    with pytest.raises(QuestionError, match="no export-control regime"):
        decide_export(regime("jp-kr-2016"), request)


def test_for_what_is_on_no_list_bulk_licences_are_not_said_to_be_open() -> None:
    found = types(asked("unlisted", "2025-11-01 00:00", informed=True))
    assert {name for name, one in found.items() if one is Openness.OPEN} == {"individual"}
