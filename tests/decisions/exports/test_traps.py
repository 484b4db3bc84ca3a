"""The traps of Japan's and the Republic of Korea's export controls, 2004 to 2025, a test each."""

from __future__ import annotations

import pytest

from exports import CANNOT, HF, NOT, OTHER, POLYIMIDE, REQUIRED, RESIST, asked, regime, says, types
from servanda.decisions.exports import Member, memberships
from servanda.model.clauses.exports import Concern, Covers
from servanda.model.export import Openness

OPEN, CLOSED, UNKNOWN = Openness.OPEN, Openness.CLOSED, Openness.UNKNOWN


def test_promulgated_on_7_august_2019_is_not_effective_before_28_august_0_00_in_tokyo() -> None:
    for at in ("2019-08-07 00:00", "2019-08-08 12:00", "2019-08-27 23:59"):
        answer = asked(OTHER, at)
        assert answer.finding.groups == ("white countries, Appended Table 3",)
        assert types(answer)["general-bulk"] is OPEN
        assert [one.act for one in answer.ahead] == ["jp-order-2019"]
    answer = asked(OTHER, "2019-08-28 00:00")
    assert answer.finding.groups == ("Group B",)
    assert types(answer)["general-bulk"] is CLOSED
    assert answer.ahead == ()


def test_the_day_of_effect_begins_in_tokyo_and_not_in_utc() -> None:
    assert asked(OTHER, "2019-08-27T14:59:59Z").finding.groups == ("white countries, Appended Table 3",)
    assert asked(OTHER, "2019-08-27T15:00:00Z").finding.groups == ("Group B",)


def test_promulgated_on_30_june_2023_is_not_effective_before_21_july() -> None:
    before = asked(OTHER, "2023-07-20 23:59")
    assert (before.finding.groups, types(before)["general-bulk"]) == (("Group B",), CLOSED)
    assert [one.act for one in before.ahead] == ["jp-order-2023"]
    after = asked(OTHER, "2023-07-21 00:00")
    assert (after.finding.groups, types(after)["general-bulk"]) == (("Group A, Appended Table 3",), OPEN)


@pytest.mark.parametrize("day", ["2019-08-02", "2023-06-27"])
def test_a_decision_of_the_cabinet_changes_nothing_and_is_not_ahead(day: str) -> None:
    answer = asked(OTHER, f"{day} 23:00", known=f"{day} 23:59:59")
    assert answer.ahead == ()
    assert answer.finding == asked(OTHER, f"{day} 00:00", known=f"{day} 23:59:59").finding


@pytest.mark.parametrize("item", [HF, POLYIMIDE, RESIST])
def test_lifted_on_16_march_2023_is_only_an_announcement(item: str) -> None:
    assert types(asked(item, "2023-03-16 23:59"))["special-general-bulk"] is CLOSED
    assert types(asked(item, "2023-03-22 23:59"))["special-general-bulk"] is CLOSED
    assert types(asked(item, "2023-03-23 00:00"))["special-general-bulk"] is OPEN


@pytest.mark.parametrize("item", [HF, POLYIMIDE, RESIST])
def test_the_reversion_of_23_march_2023_was_to_special_general_bulk_for_the_rok_was_still_in_group_b(
    item: str,
) -> None:
    answer = asked(item, "2023-03-23 00:00")
    assert answer.finding.groups == ("Group B",)
    assert types(answer)["special-general-bulk"] is OPEN
    assert types(answer)["general-bulk"] is CLOSED
    assert types(asked(item, "2023-07-21 00:00"))["general-bulk"] is OPEN


def test_the_rok_restored_first_and_for_88_days_only_one_side_had() -> None:
    for at in ("2023-04-24 00:00", "2023-07-20 23:59"):
        theirs = asked("strategic-item", at, "JP", "kr-export-control")
        assert theirs.finding.groups == ("Ka",)
        assert asked(OTHER, at).finding.groups == ("Group B",)
    assert asked("strategic-item", "2023-04-23 23:59", "JP", "kr-export-control").finding.groups == ("Ka-2",)


@pytest.mark.parametrize(
    ("at", "days", "documents"),
    [
        ("2019-09-17 23:59", 5, 3),
        ("2019-09-18 00:00", 15, 5),
        ("2023-04-23 23:59", 15, 5),
        ("2023-04-24 00:00", 5, 3),
    ],
)
def test_ka_2_meant_15_days_and_5_documents_instead_of_5_and_3(at: str, days: int, documents: int) -> None:
    review = asked("strategic-item", at, "JP", "kr-export-control").finding.review
    assert review is not None
    assert (review.days, review.documents) == (days, documents)


def test_bulk_licences_of_the_rok_were_only_exceptional_while_japan_was_in_ka_2() -> None:
    review = asked("strategic-item", "2020-01-01 00:00", "JP", "kr-export-control").finding.review
    assert review is not None
    assert review.bulk == "only exceptionally"


def test_the_announcement_of_12_august_2019_moved_nobody() -> None:
    answer = asked("strategic-item", "2019-08-13 00:00", "JP", "kr-export-control")
    assert answer.finding.groups == ("Ka",)


@pytest.mark.parametrize("item", [HF, POLYIMIDE, RESIST])
@pytest.mark.parametrize("covers", list(Covers))
def test_from_4_july_2019_only_individual_licences_for_three_items_and_their_technology(
    item: str, covers: Covers
) -> None:
    assert types(asked(item, "2019-07-03 23:59", covers=covers))["general-bulk"] is OPEN
    after = types(asked(item, "2019-07-04 00:00", covers=covers))
    assert {name for name, standing in after.items() if standing is not CLOSED} == {"individual"}


def test_the_limit_of_july_2019_was_for_the_rok_and_three_items_alone() -> None:
    assert types(asked(HF, "2019-07-10 00:00", "DE"))["general-bulk"] is OPEN
    assert types(asked(OTHER, "2019-07-10 00:00"))["general-bulk"] is OPEN


def test_on_20_december_2019_resist_alone_was_eased_for_given_pairs_of_companies() -> None:
    assert types(asked(RESIST, "2019-12-19 23:59"))["special-bulk"] is CLOSED
    answer = asked(RESIST, "2019-12-20 00:00")
    (special,) = (one for one in answer.finding.types if one.name == "special-bulk")
    assert special.standing is OPEN
    assert "between given pairs of companies" in special.because[0].says
    assert str(special.validity) == "P3Y"
    assert {types(asked(item, "2019-12-20 00:00"))["special-bulk"] for item in (HF, POLYIMIDE)} == {CLOSED}
    assert types(answer)["general-bulk"] is CLOSED
    assert types(asked(RESIST, "2019-12-20 00:00", covers=Covers.TECHNOLOGY))["special-bulk"] is CLOSED


def test_the_names_a_to_d_exist_only_since_28_august_2019() -> None:
    for code in ("KR", "DE", "CN", "IR"):
        before = " ".join(asked(OTHER, "2019-08-27 23:59", code).finding.groups)
        assert "Group" not in before
    assert asked(OTHER, "2019-08-27 23:59", "DE").finding.groups == ("white countries, Appended Table 3",)
    assert asked(OTHER, "2019-08-28 00:00", "DE").finding.groups == ("Group A, Appended Table 3",)


def test_appended_table_3_has_27_members_and_26_while_the_rok_was_not_among_them() -> None:
    table = regime().texts[0].clause["Appended Table 3"]
    assert len(table.members) == 26  # type: ignore[union-attr]
    found = memberships(regime(), "Appended Table 3", "KR")
    assert [one.member for one in found] == [Member.UNKNOWN, Member.YES, Member.NO, Member.YES]


def test_who_is_in_groups_b_and_c_nobody_knows_but_the_rok() -> None:
    assert asked(OTHER, "2020-01-01 00:00", "CN").finding.groups == ("not known: Group B or Group C",)
    assert asked(OTHER, "2020-01-01 00:00", "KR").finding.groups == ("Group B",)


def test_a_licence_type_turns_on_item_and_region_and_not_on_the_group_alone() -> None:
    for code in ("KR", "CN", "DE"):
        answer = asked(OTHER, "2021-01-01 00:00", code)
        (special,) = (one for one in answer.finding.types if one.name == "special-bulk")
        assert special.standing is UNKNOWN
        assert "item and region together" in special.because[0].says


def test_group_d_beyond_table_3_2_rests_on_memory_and_says_so() -> None:
    clause = regime().texts[0].clause["Group D"]
    assert not clause.confirmed
    assert set(clause.members) - set(regime().texts[0].clause["Appended Table 3-2"].members) == {"IR"}  # type: ignore[union-attr]


@pytest.mark.parametrize("code", ["IR", "IQ", "KP"])
def test_the_exemption_by_value_is_never_for_appended_table_4(code: str) -> None:
    from decimal import Decimal  # noqa: PLC0415

    small = {"value": Decimal(100), "currency": "JPY"}
    assert asked(OTHER, "2020-01-01 00:00", code, **small).outcome is REQUIRED
    assert asked(OTHER, "2020-01-01 00:00", "CN", **small).outcome is NOT


def test_a_notice_reaches_group_a_only_since_9_october_2025_and_that_is_from_memory() -> None:
    informed = {"informed": True, "concern": Concern.NONE}
    before = asked("unlisted", "2025-10-08 23:59", **informed)
    assert before.outcome is NOT
    after = asked("unlisted", "2025-10-09 00:00", **informed)
    assert after.outcome is REQUIRED
    assert [one.act for one in after.finding.because if not one.confirmed] == ["jp-order-2025"]
    assert asked("unlisted", "2025-10-09 00:00", concern=Concern.WMD).outcome is NOT
    assert [one.act for one in asked("unlisted", "2025-06-01 00:00").ahead] == ["jp-order-2025"]


def test_while_the_rok_was_in_group_b_catch_all_control_reached_it() -> None:
    for at, outcome in (
        ("2019-08-27 23:59", NOT),
        ("2019-08-28 00:00", REQUIRED),
        ("2023-07-20 23:59", REQUIRED),
        ("2023-07-21 00:00", NOT),
    ):
        assert asked("unlisted", at, concern=Concern.WMD).outcome is outcome


def test_as_known_on_6_august_2019_nobody_could_see_the_removal_coming_into_force() -> None:
    answer = asked(OTHER, "2019-08-28 00:00", known="2019-08-06 00:00")
    assert answer.finding.groups == ("white countries, Appended Table 3",)
    assert answer.until > asked(OTHER, "2019-08-27 23:59").until


def test_before_the_first_day_that_a_source_speaks_of_nobody_can_tell() -> None:
    assert asked(HF, "2004-06-01 00:00").outcome is CANNOT
    assert asked("strategic-item", "2019-08-11 23:59", "JP", "kr-export-control").outcome is CANNOT
    assert "nothing is known of the time before" in says(asked(HF, "2004-06-01 00:00"))
