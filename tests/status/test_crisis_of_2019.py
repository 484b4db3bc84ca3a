"""The table 6c of the facts, row by row, on the real catalogue."""

from __future__ import annotations

import pytest

from asking import answer, catalogue, instant, one
from servanda.decisions import Omit, suppose
from servanda.model.instrument import Registry
from servanda.model.status import NoticeState, Phase, Settled, Terminability

GSOMIA = "jp-kr-2016"


def without(*acts: str) -> Registry:
    return suppose(catalogue(), tuple(Omit(name, GSOMIA) for name in acts))


NEVER_NOTIFIED = (
    "kr-notice-2019",
    "kr-suspension-2019",
    "kr-statement-2020",
    "jp-position-2020",
    "kr-withdrawal-2023",
)


def test_22_nov_2016_not_yet_in_force() -> None:
    assert one(catalogue(), GSOMIA, "2016-11-22 23:59").phase is Phase.NOT_IN_FORCE


def test_23_nov_2016_in_force_period_0_and_the_rule_for_its_hours_is_cited() -> None:
    status = one(catalogue(), GSOMIA, "2016-11-23 12:00")
    assert status.phase is Phase.IN_FORCE
    assert status.period is not None
    assert status.period.start == instant("2016-11-23 00:00")
    assert dict(status.earliest_end)["KR"] == instant("2017-11-23 00:00")
    assert any(reason.rule == "convention:first-day" for reason in status.because)


def test_22_aug_2019_announced_only_changes_nothing() -> None:
    status = one(catalogue(), GSOMIA, "2019-08-22 19:00", known="2019-08-22 19:00")
    assert (status.phase, status.notice, status.ends) == (Phase.IN_FORCE, None, None)
    assert dict(status.earliest_end)["KR"] == instant("2019-11-23 00:00")


def test_23_aug_2019_notice_received_pending_until_23_november() -> None:
    status = one(catalogue(), GSOMIA, "2019-08-23 16:00", known="2019-08-23 16:00")
    assert status.phase is Phase.IN_FORCE
    assert status.notice is not None
    assert status.notice.state is NoticeState.PENDING
    assert status.notice.effect == status.ends == instant("2019-11-23 00:00")


@pytest.mark.parametrize(
    ("at", "earliest"),
    [("2019-08-24 23:59:59", "2019-11-23 00:00"), ("2019-08-25 00:00", "2020-11-23 00:00")],
    ids=["24 Aug 23:59:59 deadline open", "25 Aug 00:00 extension locked"],
)
def test_without_notice_the_deadline_is_the_end_of_24_august(at: str, earliest: str) -> None:
    status = one(without(*NEVER_NOTIFIED), GSOMIA, at)
    assert status.phase is Phase.IN_FORCE
    assert dict(status.earliest_end) == {"JP": instant(earliest), "KR": instant(earliest)}


def test_22_nov_2019_17_59_59_pending_with_six_hours_left() -> None:
    status = one(catalogue(), GSOMIA, "2019-11-22 17:59:59")
    assert status.notice is not None
    assert status.notice.state is NoticeState.PENDING
    assert status.ends == instant("2019-11-23 00:00")


def test_22_nov_2019_18_00_suspended_and_its_end_contested_until_midnight() -> None:
    found = answer(catalogue(), GSOMIA, "2019-11-22 18:00")
    assert found.sure is Settled.DISPUTED
    readings = dict(found.readings)
    (korea,), (japan,) = readings["KR"], readings["JP"]
    assert korea.notice is not None
    assert korea.notice.state is NoticeState.SUSPENDED
    # Lifting the suspension before midnight would revive the notice.
    assert dict(korea.earliest_end)["KR"] == instant("2019-11-23 00:00")
    assert japan.notice is None
    assert dict(japan.earliest_end)["KR"] == instant("2020-11-23 00:00")


def test_23_nov_2019_00_00_in_force_in_both_readings() -> None:
    found = answer(catalogue(), GSOMIA, "2019-11-23 00:00")
    assert {status.phase for status in found.values} == {Phase.IN_FORCE}
    readings = dict(found.readings)
    (korea,), (japan,) = readings["KR"], readings["JP"]
    assert korea.period is None
    assert dict(korea.earliest_end)["KR"] is Terminability.AT_WILL
    assert japan.period is not None
    assert japan.period.start == instant("2019-11-23 00:00")
    assert japan.renews == instant("2020-11-23 00:00")


def test_23_nov_2019_00_00_without_the_suspension_it_has_expired_and_duties_survive() -> None:
    world = without("kr-suspension-2019", "kr-statement-2020", "jp-position-2020", "kr-withdrawal-2023")
    assert one(world, GSOMIA, "2019-11-22 23:59:59").phase is Phase.IN_FORCE
    status = one(world, GSOMIA, "2019-11-23 00:00")
    assert status.phase is Phase.EXPIRED
    assert any(reason.article == "21(4)" for reason in status.because)
    assert any(reason.article == "21(3)" for reason in status.because)


def test_25_aug_2020_korea_at_will_japan_2021() -> None:
    readings = dict(answer(catalogue(), GSOMIA, "2020-08-25 00:00").readings)
    (korea,), (japan,) = readings["KR"], readings["JP"]
    assert korea.phase is japan.phase is Phase.IN_FORCE
    assert dict(korea.earliest_end)["KR"] is Terminability.AT_WILL
    assert dict(japan.earliest_end)["JP"] == instant("2021-11-23 00:00")


def test_21_mar_2023_both_notes_withdrawn_the_readings_agree() -> None:
    found = answer(catalogue(), GSOMIA, "2023-03-21 12:00")
    assert found.sure is Settled.SETTLED
    (status,) = found.values
    assert (status.phase, status.notice) == (Phase.IN_FORCE, None)
    assert status.renews == instant("2023-11-23 00:00")


def test_asked_on_1_sep_2019_about_23_nov_it_has_expired_asked_later_it_has_not() -> None:
    midnight = "2019-11-23 00:00"
    assert one(catalogue(), GSOMIA, midnight, known="2019-09-01 00:00").phase is Phase.EXPIRED
    assert one(catalogue(), GSOMIA, midnight, known=midnight).phase is Phase.IN_FORCE


def test_known_that_evening_there_was_one_reading_only() -> None:
    found = answer(catalogue(), GSOMIA, "2019-11-22 18:00", known="2019-11-22 18:00")
    assert found.sure is Settled.SETTLED


@pytest.mark.parametrize("year", range(2017, 2027))
def test_in_force_at_every_anniversary_to_this_day(year: int) -> None:
    found = answer(catalogue(), GSOMIA, f"{year}-11-23 00:00")
    assert {status.phase for status in found.values} == {Phase.IN_FORCE}


def test_the_morning_of_the_withdrawal_is_open_for_korea_alone() -> None:
    readings = dict(answer(catalogue(), GSOMIA, "2023-03-21 10:00").readings)
    assert {status.notice is None for status in readings["KR"]} == {True, False}
    assert len(readings["JP"]) == 1
