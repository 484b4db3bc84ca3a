"""What officers decided on hits: the laws that every order of decisions keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.decisions.screening import normalise
from servanda.decisions.screening.remembered import (
    Decided,
    PairState,
    Verdict,
    as_asked,
    may_countersign,
    one_person,
    pair_standing,
)
from servanda.model.when import Instant

START = Instant(datetime(2026, 1, 1, tzinfo=UTC))
OFFICERS = ("sato", "kim", "lee")


@st.composite
def decided(draw: st.DrawFn) -> Decided:
    made = Decided(
        "pair",
        draw(st.sampled_from(Verdict)),
        draw(st.sampled_from(OFFICERS)),
        "why",
        draw(st.sampled_from(("record", "other"))),
        START,
        draw(st.booleans()),
    )
    second = draw(st.sampled_from(("", *OFFICERS)))
    if not second or may_countersign(made, second):
        return made
    later = Instant(START.utc + timedelta(days=1))
    return Decided(
        made.pair, made.verdict, made.officer, "why", made.record, START, made.blocked, second, later
    )


@given(st.lists(decided(), max_size=4), st.booleans())
def test_a_hit_that_blocks_is_never_set_aside_by_one_person(decisions: list[Decided], blocks: bool) -> None:
    standing = pair_standing(decisions, "record", blocks=blocks)
    if standing.state is PairState.SET_ASIDE:
        last = decisions[-1]
        assert (last.verdict, last.record) == (Verdict.FALSE, "record")
        if blocks or last.blocked:
            assert last.countersigned_by
            assert not one_person(last.officer, last.countersigned_by)


@given(st.lists(decided(), min_size=1, max_size=4))
def test_only_the_last_decision_counts_and_only_for_the_record_that_it_saw(decisions: list[Decided]) -> None:
    assert pair_standing(decisions, "record") == pair_standing(decisions[-1:], "record")
    assert pair_standing(decisions, "a third").state is PairState.REOPENED


def test_what_one_officer_set_aside_far_off_waits_for_another_when_it_has_come_near() -> None:
    far = Decided("pair", Verdict.FALSE, "sato", "why", "record", START, blocked=False)
    assert pair_standing([far], "record", blocks=False).state is PairState.SET_ASIDE
    assert pair_standing([far], "record", blocks=True).state is PairState.WAITS
    assert not may_countersign(far, "kim")


@pytest.mark.parametrize("other", ["Sato", "SATO", " sato ", "sa\u200bto", "ｓａｔｏ", "sato\u202e", "sa to"])
def test_a_person_written_otherwise_is_no_second_person(other: str) -> None:
    assert one_person("sato", other)
    assert may_countersign(Decided("p", Verdict.FALSE, "sato", "why", "r", START, blocked=True), other)


@given(st.text(max_size=40), st.sampled_from((str.upper, str.title, lambda text: f"  {text}. ")))
def test_a_pair_knows_a_name_in_other_case_and_with_other_signs(name: str, change: object) -> None:
    assert callable(change)
    assert as_asked(as_asked(name)) == as_asked(name)
    if name.isascii():
        assert as_asked(change(name)) == as_asked(name)


def test_two_names_that_are_read_alike_are_two() -> None:
    one, other = "王伟", "王维"
    assert normalise(one).words == normalise(other).words
    assert as_asked(one) != as_asked(other)
    assert as_asked("Alpha Tech") != as_asked("Alpha Technologies")
    assert as_asked("Аlpha") != as_asked("Alpha")  # the first letter is Cyrillic
