"""A plain consultation: meetings with an agenda, undertakings, follow-ups; the dialogue of 2019 to 2023."""

from __future__ import annotations

import pytest

from asking import answer, catalogue, instant
from proceeding import due, open_to, standing, status, step, with_acts
from servanda.formats.acts import read_act
from servanda.model.act import Meet
from servanda.model.status import Phase, Settled, Standpoint
from servanda.status import DeadlineKind, deadlines, explain

DIALOGUE = "jp-kr-export-dialogue"
AGREED = step("agree-to-hold", "JP+KR", "2019-11-22T18:00:00+09:00")
STAGES = [
    ("2019-11-22T17:59:59+09:00", Phase.NOT_BEGUN, ""),
    ("2019-11-22T18:00:00+09:00", Phase.UNDER_WAY, "agreed"),
    ("2019-12-17T12:00:00+09:00", Phase.UNDER_WAY, "meeting-held"),
    ("2022-06-01T12:00:00+09:00", Phase.UNDER_WAY, "meeting-held"),
    ("2023-05-01T12:00:00+09:00", Phase.UNDER_WAY, "meeting-held"),
]


@pytest.mark.parametrize(("at", "phase", "stage"), STAGES)
def test_the_dialogue_stood_where_its_meetings_had_brought_it(at: str, phase: Phase, stage: str) -> None:
    found = status(catalogue(), DIALOGUE, at)
    assert found.standing is not None
    assert (found.phase, found.standing.stage) == (phase, stage)


def test_the_meetings_have_numbers_that_are_marked_where_they_were_counted_back() -> None:
    meetings = [act for act in catalogue().instrument(DIALOGUE).acts if isinstance(act, Meet)]
    assert [(one.number, one.confirmed) for one in meetings if one.number] == [
        (7, False),
        (8, False),
        (9, True),
    ]
    assert [str(one.through) for one in meetings if one.through] == ["2023-03-16", "2023-04-20", "2023-04-25"]


def test_a_meeting_is_by_all_and_not_by_one_who_comes_alone() -> None:
    alone = read_act(
        '{ id = "m", kind = "meet", by = ["JP"], done = 2019-12-16, seen = 2019-12-17T00:00:00Z }', "m"
    )
    found = with_acts((AGREED, alone), DIALOGUE)
    assert standing(found, DIALOGUE, "2019-12-20T12:00:00+09:00").stage == "agreed"


def test_a_meeting_that_was_convened_is_due_by_the_end_of_its_day() -> None:
    convened = step("convene-meeting", "KR", "2019-12-01T12:00:00+09:00", fixes="2019-12-16")
    found = with_acts((AGREED, convened), DIALOGUE)
    assert due(found, DIALOGUE, "2019-12-10T12:00:00+09:00", "meeting") == (
        "running",
        "",
        "2019-12-17T00:00:00+09:00",
    )
    assert due(found, DIALOGUE, "2019-12-17T00:00:00+09:00", "meeting")[0] == "passed"
    held = read_act(
        '{ id = "m", kind = "meet", by = ["JP", "KR"], done = 2019-12-16, seen = 2019-12-17T00:00:00Z, '
        'agenda = ["three items", "catch-all"], place = "Tokyo" }',
        "m",
    )
    with_meeting = with_acts((AGREED, convened, held), DIALOGUE)
    assert due(with_meeting, DIALOGUE, "2019-12-20T12:00:00+09:00", "meeting")[0] == "met"


PROMISE = (
    '{ id = "p", kind = "undertake", by = ["JP"], done = 2019-12-16T15:00:00+09:00, '
    'seen = 2019-12-16T15:00:00+09:00, what = "a list of licences given", due = 2020-01-31 }'
)


def test_what_was_undertaken_at_a_meeting_is_a_follow_up_with_a_day() -> None:
    found = with_acts((AGREED, read_act(PROMISE, "p")), DIALOGUE)
    ahead = deadlines(found, DIALOGUE, Standpoint(instant("2020-01-01T12:00:00+09:00")))
    assert [(one.kind, one.at) for one in ahead] == [
        (DeadlineKind.FOLLOW_UP, instant("2020-02-01T00:00:00+09:00"))
    ]
    assert ahead[0].because[0].act == "p"
    assert due(found, DIALOGUE, "2020-02-01T00:00:00+09:00", "p")[:2] == ("passed", "JP")


def test_what_is_fulfilled_is_owed_no_longer_and_a_promise_without_a_day_stays_open() -> None:
    done = read_act(
        '{ id = "f", kind = "fulfil", by = ["JP"], of = "p", done = 2020-01-20, seen = 2020-01-21T00:00:00Z}',
        "f",
    )
    found = with_acts((AGREED, read_act(PROMISE, "p"), done), DIALOGUE)
    assert due(found, DIALOGUE, "2020-03-01T12:00:00+09:00", "p")[0] == "met"
    without = read_act(PROMISE.replace(", due = 2020-01-31", ""), "p")
    assert due(with_acts((AGREED, without), DIALOGUE), DIALOGUE, "2030-01-01T12:00:00+09:00", "p") == (
        "running",
        "JP",
        "",
    )


def test_one_breaks_it_off_and_only_both_take_it_up_again() -> None:
    acts = (AGREED, step("break-off", "KR", "2020-06-02T12:00:00+09:00"))
    broken = with_acts(acts, DIALOGUE)
    assert status(broken, DIALOGUE, "2020-07-01T12:00:00+09:00").phase is Phase.SUSPENDED
    assert open_to(broken, DIALOGUE, "2020-07-01T12:00:00+09:00", "JP") == {"take-up-again", "conclude"}
    half = with_acts((*acts, step("take-up-again", "JP", "2020-07-02T12:00:00+09:00")), DIALOGUE)
    assert status(half, DIALOGUE, "2020-07-03T12:00:00+09:00").phase is Phase.SUSPENDED
    (way,) = [
        one
        for one in standing(half, DIALOGUE, "2020-07-03T12:00:00+09:00").ways
        if (one.party, one.step) == ("KR", "take-up-again")
    ]
    assert way.needs == ()
    both = with_acts((*acts, step("take-up-again", "JP+KR", "2020-07-02T12:00:00+09:00")), DIALOGUE)
    assert status(both, DIALOGUE, "2020-07-03T12:00:00+09:00").phase is Phase.UNDER_WAY


def test_a_pattern_binds_nobody_and_says_so() -> None:
    found = answer(catalogue(), "plain-consultation", "2026-01-01T12:00:00+09:00")
    assert found.sure is Settled.SETTLED
    assert found.values[0].phase is Phase.NOT_IN_FORCE
    said = explain(catalogue(), "plain-consultation", Standpoint(instant("2026-01-01T12:00:00+09:00")))
    assert any("binds nobody" in line for line in said)
