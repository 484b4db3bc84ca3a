"""Whether a party stood on a list on a day: three answers, and `not listed` only where somebody looked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.model.listed import Listed, Membership, PartyList, Stay
from servanda.model.when import Day

LISTED, NOT_LISTED, UNKNOWN = Membership.LISTED, Membership.NOT_LISTED, Membership.UNKNOWN


def day(number: int) -> Day:
    """Return a day of July 2021."""
    return Day(date(2021, 7, number))


def stood(stays: tuple[Stay, ...], on: int, issued: int | None = 1, last: int | None = 30) -> Membership:
    party = Listed("1", "ALPHA", stays=stays)
    days = [None if one is None else day(one) for one in (issued, last)]
    return PartyList("X", "X", days[0], (party,), last=days[1]).membership(party, day(on))


SEEN = Stay(day(10), day(5), day(15), day(20))
"""Not in the copy of the 5th, in those of the 10th and 15th, gone in that of the 20th."""
SAID = Stay(day(10), day(9), day(19), day(20), exact=True)
"""On it from the 10th, off it from the 20th, as the list itself says."""


@pytest.mark.parametrize(
    ("on", "answer"),
    [(4, NOT_LISTED), (5, UNKNOWN), (7, UNKNOWN), (10, LISTED), (15, LISTED), (16, UNKNOWN), (20, UNKNOWN)],
)
def test_between_two_copies_that_differ_nobody_knows_nor_on_their_days(on: int, answer: Membership) -> None:
    assert stood((SEEN,), on) is answer
    assert stood((SEEN,), 21) is NOT_LISTED


@pytest.mark.parametrize(("on", "answer"), [(9, NOT_LISTED), (10, LISTED), (19, LISTED), (20, NOT_LISTED)])
def test_days_that_the_list_itself_says_are_exact(on: int, answer: Membership) -> None:
    assert stood((SAID,), on) is answer


def test_before_the_first_copy_and_without_a_day_of_issue_nobody_knows() -> None:
    assert stood((), 1, issued=2) is UNKNOWN
    assert stood((SEEN,), 1, issued=2) is UNKNOWN
    assert stood((), 20, issued=None, last=None) is UNKNOWN


def test_after_the_last_copy_who_stood_there_counts_as_listed_and_who_had_gone_is_unknown() -> None:
    assert stood((Stay(day(1)),), 31) is LISTED
    assert stood((), 31) is LISTED
    assert stood((SEEN,), 30) is NOT_LISTED
    assert stood((SEEN,), 31) is UNKNOWN


def test_one_stay_is_enough_to_be_listed_and_one_doubt_to_be_unknown() -> None:
    again = Stay(day(25), day(22))
    assert stood((SEEN, again), 26) is LISTED
    assert stood((SEEN, again), 23) is UNKNOWN
    assert stood((SEEN, again), 21) is NOT_LISTED


@given(
    st.sets(st.integers(2, 29), min_size=1, max_size=8).map(sorted),
    st.lists(st.booleans(), min_size=29, max_size=29),
)
def test_no_answer_contradicts_what_really_was(copies: list[int], was: list[bool]) -> None:
    """Draw what really was on every day, look only on the days of copies, and ask about every day."""
    stays: list[Stay] = []
    before: int | None = None
    for copy in copies:
        on_it = was[copy - 1]
        open_stay = bool(stays) and stays[-1].gone_by is None
        if on_it and not open_stay:
            stays.append(Stay(day(copy), None if before is None else day(before)))
        elif not on_it and open_stay:
            last = stays.pop()
            assert before is not None
            stays.append(Stay(last.seen_from, last.not_before, day(before), day(copy)))
        before = copy
    if not stays:
        return
    for on in range(1, 30):
        answer = stood(tuple(stays), on, issued=copies[0], last=copies[-1])
        if on < copies[0]:
            assert answer is UNKNOWN
        elif on in copies and was[on - 1]:
            assert answer is LISTED
        elif on in copies:
            assert answer is not LISTED
