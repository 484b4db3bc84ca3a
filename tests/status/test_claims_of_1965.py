"""Article III of the 1965 Claims Agreement: the day of receipt is the first of the thirty."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from asking import catalogue, instant
from proceeding import due, open_to, standing, status, step, with_acts
from servanda.model.status import Phase, Standpoint
from servanda.status import DeadlineKind, deadlines

CASE = "jp-kr-arbitration-2019"
STAGES = [
    ("2019-01-08T12:00:00+09:00", ""),
    ("2019-01-10T12:00:00+09:00", "diplomatic-channels"),
    ("2019-03-01T12:00:00+09:00", "diplomatic-channels"),
    ("2019-05-21T12:00:00+09:00", "arbitration-requested"),
    ("2019-06-18T23:59:59+09:00", "arbitration-requested"),
    ("2019-06-19T00:00:00+09:00", "third-countries"),
    ("2019-07-18T23:59:59+09:00", "third-countries"),
    ("2019-07-19T00:00:00+09:00", "not-constituted"),
]


@pytest.mark.parametrize(("at", "stage"), STAGES)
def test_the_arbitration_of_2019_went_through_its_stages_on_the_days_that_the_parties_counted(
    at: str, stage: str
) -> None:
    assert standing(catalogue(), CASE, at).stage == stage


def test_the_last_day_to_appoint_was_18_june_and_to_choose_third_countries_18_july() -> None:
    ahead = deadlines(catalogue(), CASE, Standpoint(instant("2019-05-21T12:00:00+09:00")))
    assert [(one.kind, one.at) for one in ahead] == [
        (DeadlineKind.LAPSE, instant("2019-06-19T00:00:00+09:00"))
    ]
    later = deadlines(catalogue(), CASE, Standpoint(instant("2019-06-20T12:00:00+09:00")))
    assert [one.at for one in later] == [instant("2019-07-19T00:00:00+09:00")]


def test_the_day_of_receipt_is_counted_here_and_not_at_the_wto() -> None:
    received = date(2019, 5, 20)
    inclusive, exclusive = received + timedelta(29), received + timedelta(30)
    assert (inclusive, exclusive) == (date(2019, 6, 18), date(2019, 6, 19))
    request = step("request-consultations", "KR", "2019-05-20")
    at_the_wto = due(with_acts((request,)), "wto-ds590", "2019-05-25T12:00:00+02:00", "enter-consultations")
    assert at_the_wto[2] == f"{exclusive + timedelta(1)}T00:00:00+02:00"
    here = standing(catalogue(), CASE, "2019-05-25T12:00:00+09:00").due
    assert {one.until for one in here} == {instant(f"{inclusive + timedelta(1)}T00:00:00+09:00")}


def test_silence_of_one_party_is_enough_for_the_step_that_follows() -> None:
    acts = catalogue().instrument(CASE).acts[:3]
    one = with_acts((*acts, step("appoint-arbitrator", "JP", "2019-06-03T12:00:00+09:00")), CASE)
    found = {due.party: due.state.value for due in standing(one, CASE, "2019-06-10T12:00:00+09:00").due}
    assert found == {"JP": "met", "KR": "running"}
    assert standing(one, CASE, "2019-06-20T12:00:00+09:00").stage == "third-countries"
    both = with_acts(
        (
            *acts,
            step("appoint-arbitrator", "JP", "2019-06-03T12:00:00+09:00"),
            step("appoint-arbitrator", "KR", "2019-06-18T12:00:00+09:00"),
        ),
        CASE,
    )
    assert standing(both, CASE, "2019-06-20T12:00:00+09:00").stage == "third-arbitrator"


def test_the_further_thirty_days_follow_the_first_without_a_gap() -> None:
    acts = catalogue().instrument(CASE).acts[:3]
    both = with_acts((*acts, step("appoint-arbitrator", "JP+KR", "2019-06-03T12:00:00+09:00")), CASE)
    assert due(both, CASE, "2019-06-20T12:00:00+09:00", "third-arbitrator")[2] == "2019-07-19T00:00:00+09:00"
    assert standing(both, CASE, "2019-07-19T00:00:00+09:00").stage == "third-countries"


def test_a_board_that_was_not_constituted_is_no_end_and_both_may_still_settle() -> None:
    assert status(catalogue(), CASE, "2024-01-01T12:00:00+09:00").phase is Phase.UNDER_WAY
    assert open_to(catalogue(), CASE, "2024-01-01T12:00:00+09:00", "JP") >= {"settle"}
    settled = (*catalogue().instrument(CASE).acts, step("settle", "JP+KR", "2024-02-01T12:00:00+09:00"))
    assert status(with_acts(settled, CASE), CASE, "2024-03-01T12:00:00+09:00").phase is Phase.CONCLUDED


def test_nothing_says_that_a_party_did_not_do_what_no_source_tells() -> None:
    (reason,) = status(catalogue(), CASE, "2019-06-20T12:00:00+09:00").because[:1]
    assert reason.article == "III(2)"
    ahead = standing(catalogue(), CASE, "2019-06-20T12:00:00+09:00").due
    assert all("nothing on record" in one.because[0].says or one.state.value == "running" for one in ahead)
