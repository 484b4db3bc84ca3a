"""The history that copies make, against what each copy said; and its age."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.decisions.screening.age import Freshness, age
from servanda.decisions.screening.copies import Sort, following, sort_of
from servanda.errors import QuestionError
from servanda.model.listed import Listed, Membership, PartyList
from servanda.model.when import Day, zone

FIRST = Day(date(2024, 1, 1))
UTC = zone("UTC")
PARTIES = "abcd"


def copy(day: Day, names: dict[str, str]) -> PartyList:
    parties = tuple(Listed(one, name) for one, name in sorted(names.items()))
    return PartyList("L", "list", day, parties)


@st.composite
def histories(draw: st.DrawFn) -> list[PartyList]:
    steps = draw(st.lists(st.integers(1, 40), min_size=1, max_size=6))
    days = [FIRST.plus(sum(steps[:place])) for place in range(len(steps))]
    one = st.dictionaries(st.sampled_from(PARTIES), st.sampled_from(("X", "Y", "Z")))
    return [copy(day, draw(one)) for day in days]


def made(copies: list[PartyList]) -> PartyList:
    found = copies[0]
    for one in copies[1:]:
        found = following(found, one)
    return found


@given(histories())
def test_on_the_day_of_a_copy_who_is_in_it_is_listed_and_who_is_not_never_is(copies: list[PartyList]) -> None:
    whole = made(copies)
    by_id = {one.id: one for one in whole.parties}
    for one in copies:
        assert one.issued is not None
        present = {party.id for party in one.parties}
        for name, party in by_id.items():
            found = whole.membership(party, one.issued)
            assert (found is Membership.LISTED) == (name in present), (name, one.issued, party.stays)


@given(histories(), st.integers(0, 250))
def test_between_two_copies_who_is_in_both_is_listed_and_who_changed_is_unknown(
    copies: list[PartyList], after: int
) -> None:
    whole, day = made(copies), FIRST.plus(after)
    days = [one.issued for one in copies if one.issued is not None]
    if day in days or not days[0] < day < days[-1]:
        return
    before = max(one for one in days if one < day)
    then = min(one for one in days if day < one)
    sides = [{party.id for party in copies[days.index(one)].parties} for one in (before, then)]
    for party in whole.parties:
        was, is_ = (party.id in side for side in sides)
        wanted = Membership.UNKNOWN if was != is_ else Membership.LISTED if was else Membership.NOT_LISTED
        assert whole.membership(party, day) is wanted


@given(histories())
def test_every_name_that_a_party_ever_had_is_still_a_name_of_it(copies: list[PartyList]) -> None:
    whole = {one.id: one for one in made(copies).parties}
    for one in copies:
        for party in one.parties:
            assert party.name in whole[party.id].names
            assert len(set(whole[party.id].names)) == len(whole[party.id].names)


@given(histories(), st.integers(-5, 300))
def test_the_age_counts_from_the_last_copy_by_then_also_inside_a_gap(
    copies: list[PartyList], after: int
) -> None:
    whole, day = made(copies), FIRST.plus(after)
    found = age(whole, day.start(UTC), UTC)
    by_then = [one.issued for one in copies if one.issued is not None and one.issued <= day]
    if not by_then:
        assert (found.days, found.freshness) == (None, Freshness.AHEAD)
    else:
        assert found.of == by_then[-1]
        assert found.days == (day.date - by_then[-1].date) // timedelta(days=1)


def test_a_copy_of_no_later_day_follows_nothing_and_sorts_are_told_apart() -> None:
    one = copy(FIRST, {"a": "X"})
    with pytest.raises(QuestionError):
        following(one, copy(FIRST, {}))
    assert sort_of(one) is Sort.DATED
    assert sort_of(PartyList("L", "list", None, one.parties)) is Sort.UNDATED
    assert sort_of(following(one, copy(FIRST.plus(1), {}))) is Sort.HISTORY
