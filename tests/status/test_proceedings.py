"""DS590 and its traps: what ran, what did not, and what each side could do at each instant."""

from __future__ import annotations

import pytest

from asking import answer, catalogue, instant
from proceeding import due, open_to, recorded, standing, status, step, with_acts
from servanda.formats.when import parse_when
from servanda.model.act import Halt, Reads, Resume, TakePosition, TakeStep
from servanda.model.status import DueState, Phase, Settled, Standpoint
from servanda.model.when import BEGINNING, Instant
from servanda.status import DeadlineKind, acts_explained, deadlines, timeline

DS590 = "wto-ds590"
STAGES = [
    ("2019-09-10T12:00:00+02:00", Phase.NOT_BEGUN, ""),
    ("2019-09-12T12:00:00+02:00", Phase.UNDER_WAY, "consultations"),
    ("2019-11-22T18:00:00+09:00", Phase.UNDER_WAY, "consultations"),
    ("2020-06-01T12:00:00+02:00", Phase.UNDER_WAY, "consultations"),
    ("2020-06-19T12:00:00+02:00", Phase.UNDER_WAY, "panel-requested"),
    ("2020-06-30T12:00:00+02:00", Phase.UNDER_WAY, "panel-requested"),
    ("2020-07-30T12:00:00+02:00", Phase.UNDER_WAY, "panel-established"),
    ("2023-03-10T12:00:00+01:00", Phase.UNDER_WAY, "panel-established"),
    ("2023-03-24T12:00:00+01:00", Phase.CONCLUDED, "withdrawn"),
]


@pytest.mark.parametrize(("at", "phase", "stage"), STAGES)
def test_ds590_stood_at_each_instant_where_its_acts_had_brought_it(at: str, phase: Phase, stage: str) -> None:
    found = status(catalogue(), DS590, at)
    assert found.standing is not None
    assert (found.phase, found.standing.stage) == (phase, stage)


def test_japan_replied_on_the_ninth_of_ten_days() -> None:
    assert due(catalogue(), DS590, "2019-09-12T12:00:00+02:00", "reply")[:2] == ("running", "JP")
    assert due(catalogue(), DS590, "2019-09-25T12:00:00+02:00", "reply")[0] == "met"


def test_consultations_on_day_thirty_of_thirty_are_in_time_and_on_day_thirty_one_are_not() -> None:
    assert due(catalogue(), DS590, "2019-10-10T12:00:00+02:00", "enter-consultations") == (
        "running",
        "JP",
        "2019-10-12T00:00:00+02:00",
    )
    assert due(catalogue(), DS590, "2019-10-20T12:00:00+02:00", "enter-consultations")[0] == "met"
    late = tuple(
        act if act.id != "consultations-2019-10" else step("hold-consultations", "JP+KR", "2019-10-12")
        for act in catalogue().instrument(DS590).acts
        if act.id != "consultations-2019-11"
    )
    assert due(with_acts(late), DS590, "2019-10-20T12:00:00+02:00", "enter-consultations")[0] == "passed"


def test_the_sixtieth_day_is_10_november_and_a_panel_may_be_asked_for_from_the_11th() -> None:
    before, after = "2019-11-10T23:59:59+01:00", "2019-11-11T00:00:00+01:00"
    assert "request-panel" not in open_to(catalogue(), DS590, before, "KR")
    assert "request-panel" in open_to(catalogue(), DS590, after, "KR")
    (way,) = [one for one in standing(catalogue(), DS590, before).ways if one.step == "request-panel"]
    assert way.starts == instant(after)


def test_a_reply_that_does_not_come_opens_the_request_for_a_panel_at_once() -> None:
    silent = with_acts((step("request-consultations", "KR", "2019-09-11"),))
    # The tenth day is Saturday 21 September 2019; by the convention it moves to Monday, from memory.
    assert "request-panel" not in open_to(silent, DS590, "2019-09-23T23:59:59+02:00", "KR")
    assert "request-panel" in open_to(silent, DS590, "2019-09-24T00:00:00+02:00", "KR")


def test_a_last_day_moved_by_memory_alone_carries_its_mark() -> None:
    (reply,) = [
        one
        for one in deadlines(catalogue(), DS590, Standpoint(instant("2019-09-12T12:00:00+02:00")))
        if one.kind is DeadlineKind.LIMIT and one.says.startswith("reply")
    ]
    assert [(one.rule, one.confirmed) for one in reply.because if one.rule] == [
        ("convention:last-day", False)
    ]


def test_both_may_agree_early_that_consultations_have_failed() -> None:
    acts = (step("request-consultations", "KR", "2019-09-11"), step("declare-failed", "KR", "2019-09-16"))
    alone = with_acts(acts)
    assert "request-panel" not in open_to(alone, DS590, "2019-09-20T12:00:00+02:00", "KR")
    both = with_acts((*acts, step("declare-failed", "JP", "2019-09-17")))
    assert "request-panel" in open_to(both, DS590, "2019-09-20T12:00:00+02:00", "KR")


def test_a_request_for_a_panel_before_its_gate_is_kept_and_has_no_effect() -> None:
    early = with_acts(
        (step("request-consultations", "KR", "2019-09-11"), step("request-panel", "KR", "2019-09-16"))
    )
    assert standing(early, DS590, "2019-12-01T12:00:00+01:00").stage == "consultations"
    told = acts_explained(early.instrument(DS590), Standpoint(instant("2019-12-01T12:00:00+01:00")))
    (request,) = [one for one in told if one.act.id.startswith("request-panel")]
    assert not request.effective
    assert "2019-11-11T00:00:00+01:00" in request.says


@pytest.mark.parametrize("halt", ["2019-11-22T18:00:00+09:00", "2020-06-01T12:00:00+09:00"])
def test_the_halt_of_2019_is_conduct_and_no_suspension_under_article_12_12(halt: str) -> None:
    found = status(catalogue(), DS590, halt)
    assert found.phase is Phase.UNDER_WAY
    assert found.standing is not None
    assert found.standing.halted == ("kr-halt-2019",)
    assert not any(one.name == "suspension" for one in found.standing.due)


def test_twelve_months_after_the_halt_of_2019_nothing_had_lapsed() -> None:
    never = tuple(
        act
        for act in catalogue().instrument(DS590).acts
        if str(act.done) < "2019-11-23" or act.id == "kr-halt-2019"
    )
    for at in ("2020-11-22T12:00:00+01:00", "2020-11-23T12:00:00+01:00", "2031-01-01T12:00:00+01:00"):
        assert status(with_acts(never), DS590, at).phase is Phase.UNDER_WAY
    assert status(catalogue(), DS590, "2020-11-23T12:00:00+01:00").phase is Phase.UNDER_WAY


def test_the_resumption_of_2020_was_open_although_it_had_been_let_rest() -> None:
    assert "request-panel" in open_to(catalogue(), DS590, "2020-06-01T12:00:00+02:00", "KR")
    assert standing(catalogue(), DS590, "2020-06-03T12:00:00+02:00").halted == ()


def test_who_takes_a_step_has_ended_its_own_halt() -> None:
    acts = (
        step("request-consultations", "KR", "2019-09-11"),
        Halt(id="rest", by=("KR",), done=instant("2019-11-22T18:00:00+09:00"), seen=BEGINNING),
    )
    going_on = (*acts, step("request-panel", "KR", "2019-12-02"))
    assert standing(with_acts(acts), DS590, "2020-01-01T12:00:00+01:00").halted == ("rest",)
    assert standing(with_acts(going_on), DS590, "2020-01-01T12:00:00+01:00").halted == ()


def test_nobody_resumes_what_another_has_halted() -> None:
    acts = (
        step("request-consultations", "KR", "2019-09-11"),
        Halt(id="rest", by=("KR",), done=instant("2019-11-22T18:00:00+09:00"), seen=BEGINNING),
        Resume(id="on", by=("JP",), of="rest", done=instant("2019-12-01T18:00:00+09:00"), seen=BEGINNING),
    )
    assert standing(with_acts(acts), DS590, "2020-01-01T12:00:00+01:00").halted == ("rest",)


def test_a_suspension_under_article_12_12_cannot_be_where_no_panel_has_members() -> None:
    acts = (*catalogue().instrument(DS590).acts, step("suspend-work", "WTO", "2023-03-07"))
    assert standing(with_acts(acts), DS590, "2023-03-10T12:00:00+01:00").stage == "panel-established"


def test_a_real_suspension_lapses_after_twelve_months_by_itself() -> None:
    case = with_acts(recorded("eu-china-goods"), complainant="EU", respondent="CN")
    last, first = "2025-01-27T23:59:59+01:00", "2025-01-28T00:00:00+01:00"
    assert status(case, DS590, "2024-06-01T12:00:00+02:00").phase is Phase.SUSPENDED
    # 25 January 2025 is a Saturday; by the convention, from memory, the last day is Monday the 27th.
    assert (status(case, DS590, last).phase, status(case, DS590, first).phase) == (
        Phase.SUSPENDED,
        Phase.LAPSED,
    )
    (lapse,) = [
        one
        for one in deadlines(case, DS590, Standpoint(instant("2024-06-01T12:00:00+02:00")))
        if one.kind is DeadlineKind.LAPSE
    ]
    assert lapse.at == instant(first)
    assert {one.article for one in lapse.because} == {"12.12", ""}


def test_work_resumed_in_time_goes_on_where_it_was_and_the_other_limits_are_longer_by_the_rest() -> None:
    resumed = (*recorded("eu-china-goods"), step("resume-work", "WTO", "2024-04-24"))
    case = with_acts(resumed, complainant="EU", respondent="CN")
    assert status(case, DS590, "2025-02-01T12:00:00+01:00").phase is Phase.UNDER_WAY
    assert standing(case, DS590, "2024-05-01T12:00:00+02:00").stage == "panel-composed"
    # Six months from 10 May 2023 end on 10 November 2023; that day had passed before the suspension.
    whole = with_acts(recorded("eu-china-goods")[:4], complainant="EU", respondent="CN")
    assert (
        due(whole, DS590, "2023-06-01T12:00:00+02:00", "report-to-parties")[2] == "2023-11-11T00:00:00+01:00"
    )
    early = (*recorded("eu-china-goods")[:4], step("suspend-work", "WTO", "2023-08-01"))
    waits = with_acts(early, complainant="EU", respondent="CN")
    assert due(waits, DS590, "2023-08-20T12:00:00+02:00", "report-to-parties")[0] == "waiting"
    again = with_acts((*early, step("resume-work", "WTO", "2023-08-11")), complainant="EU", respondent="CN")
    longer = due(again, DS590, "2023-08-20T12:00:00+02:00", "report-to-parties")
    assert longer == ("running", "WTO", "2023-11-21T00:00:00+01:00")


def test_the_reasonable_period_that_a_step_fixes_starts_what_counts_from_its_end() -> None:
    acts = [
        step("request-consultations", "KR", "2019-09-11"),
        step("request-panel", "KR", "2019-12-02"),
        step("establish-panel", "WTO", "2020-01-02"),
        step("compose-panel", "WTO", "2020-02-03"),
        step("issue-final-report", "WTO", "2020-06-01"),
        step("circulate-report", "WTO", "2020-07-01"),
        step("adopt-report", "WTO", "2020-08-03"),
        step("fix-period", "KR+JP", "2020-09-01", fixes="2021-03-31"),
    ]
    case = with_acts(tuple(acts))
    assert due(case, DS590, "2020-10-01T12:00:00+02:00", "reasonable-period") == (
        "running",
        "JP",
        "2021-04-01T00:00:00+02:00",
    )
    assert "request-authorisation" not in open_to(case, DS590, "2021-04-20T23:59:59+02:00", "KR")
    assert "request-authorisation" in open_to(case, DS590, "2021-04-21T00:00:00+02:00", "KR")


def test_an_appeal_has_no_exit_in_practice_and_says_so_with_its_mark() -> None:
    acts = (
        step("request-consultations", "KR", "2019-09-11"),
        step("request-panel", "KR", "2019-12-02"),
        step("establish-panel", "WTO", "2020-01-02"),
        step("compose-panel", "WTO", "2020-02-03"),
        step("issue-final-report", "WTO", "2020-06-01"),
        step("circulate-report", "WTO", "2020-07-01"),
        step("appeal", "JP", "2020-07-20"),
    )
    found = status(with_acts(acts), DS590, "2024-01-01T12:00:00+01:00")
    assert found.standing is not None
    assert found.standing.stage == "appealed"
    (stuck,) = [one for one in found.because if "no quorum" in one.says]
    assert (stuck.article, stuck.confirmed) == ("17.5", False)
    assert {one.state for one in found.standing.due} == {DueState.PASSED}
    assert "withdraw" in open_to(with_acts(acts), DS590, "2024-01-01T12:00:00+01:00", "KR")


def test_a_filing_is_due_eleven_days_before_the_meeting() -> None:
    acts = (
        step("request-consultations", "KR", "2019-09-11"),
        step("convene-meeting", "WTO", "2020-06-01", fixes="2020-06-29"),
    )
    found = due(with_acts(acts), DS590, "2020-06-10T12:00:00+02:00", "agenda-filing")
    assert found == ("running", "KR", "2020-06-19T00:00:00+02:00")


def test_on_the_day_of_a_step_whose_hour_is_not_known_the_answer_is_open() -> None:
    found = answer(catalogue(), DS590, "2020-07-29T12:00:00+02:00")
    assert found.sure is Settled.OPEN
    assert {one.standing.stage for one in found.values if one.standing} == {
        "panel-requested",
        "panel-established",
    }


def test_what_was_not_yet_seen_did_not_count() -> None:
    found = answer(catalogue(), DS590, "2020-07-01T12:00:00+02:00", known="2020-01-01T12:00:00+09:00")
    assert {one.standing.stage for one in found.values if one.standing} == {"consultations"}


def test_a_party_that_reads_a_step_as_without_effect_has_its_own_stage() -> None:
    objecting = TakePosition(
        id="jp-objects",
        by=("JP",),
        done=instant("2020-06-20T12:00:00+09:00"),
        seen=BEGINNING,
        of="kr-panel-request-2020",
        reads=Reads.WITHOUT_EFFECT,
    )
    registry = with_acts((*catalogue().instrument(DS590).acts, objecting))
    found = answer(registry, DS590, "2020-06-25T12:00:00+02:00")
    assert found.sure is Settled.DISPUTED
    assert {reader: values[0].standing.stage for reader, values in found.readings if values[0].standing} == {
        "KR": "panel-requested",
        "JP": "consultations",
    }


def test_the_life_of_ds590_fills_time_without_a_hole() -> None:
    start, end = instant("2019-01-01T00:00:00+09:00"), instant("2024-01-01T00:00:00+09:00")
    found = timeline(catalogue(), DS590, start, end, Standpoint(start))
    assert [one.period.start for one in found[1:]] == [one.period.end for one in found[:-1]]
    assert (found[0].period.start, found[-1].period.end) == (start, end)


def test_steps_of_one_day_are_taken_in_an_order_in_which_each_has_effect() -> None:
    def on_the_day(name: str, ident: str) -> TakeStep:
        day = parse_when("2020-02-03")
        return TakeStep(id=ident, by=("WTO",), done=day, seen=instant("2020-02-03T23:59:59+01:00"), step=name)

    acts = (
        step("request-consultations", "KR", "2019-09-11"),
        step("request-panel", "KR", "2019-12-02"),
        on_the_day("compose-panel", "a"),
        on_the_day("establish-panel", "b"),
    )
    assert standing(with_acts(acts), DS590, "2020-02-05T12:00:00+01:00").stage == "panel-composed"


def test_the_article_of_each_thing_that_is_due_is_cited() -> None:
    for at in ("2019-09-15T12:00:00+02:00", "2020-08-01T12:00:00+02:00"):
        found = standing(catalogue(), DS590, at)
        assert found.due
        assert all(one.because[0].instrument == "wto-dsu" and one.because[0].article for one in found.due)
        assert all(way.because[0].article for way in found.ways)


def test_the_clock_of_geneva_counts_the_days() -> None:
    assert isinstance(standing(catalogue(), DS590, "2019-09-12T12:00:00+02:00").since, Instant)
    assert standing(catalogue(), DS590, "2019-09-12T12:00:00+02:00").since == instant(
        "2019-09-11T00:00:00+02:00"
    )
