"""Suppositions: ends, departures and agreements that are not, at any instant and knowledge time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from asking import catalogue, instant
from decisions.networks import between, world
from decisions.small import AT, agreement, asked, party, registry
from servanda.decisions import Conclude, Lapse, Leave, Supposition, judge, suppose
from servanda.errors import QuestionError, UnknownNameError
from servanda.model.decision import Outcome
from servanda.model.instrument import Registry
from servanda.model.status import Phase, Standpoint
from servanda.model.when import BEGINNING, FOREVER, Instant
from servanda.status import ask

MIDNIGHT = instant("2019-11-23 00:00")
LAST = Instant(MIDNIGHT.utc - timedelta(microseconds=1))
OVER = {Phase.EXPIRED, Phase.TERMINATED, Phase.SUPERSEDED}


def supposing(*ones: Supposition) -> Registry:
    return suppose(catalogue(), ones)


def phases(registry_: Registry, name: str, at: Instant, known: Instant = FOREVER) -> set[Phase]:
    return {one.phase for one in ask(registry_, name, Standpoint(at, known)).values}


def test_a_lapse_ends_at_its_instant_and_not_a_microsecond_before() -> None:
    world_ = supposing(Lapse("jp-kr-2016", MIDNIGHT))
    assert phases(world_, "jp-kr-2016", LAST) == {Phase.IN_FORCE}
    assert phases(world_, "jp-kr-2016", MIDNIGHT) == {Phase.TERMINATED}


AGREEMENTS = sorted(name for name, one in catalogue().instruments.items() if one.procedure is None)
"""A proceeding ends by a step or a limit and never by lapse; see test_raised."""


@pytest.mark.parametrize("name", AGREEMENTS)
@pytest.mark.parametrize("at", [MIDNIGHT, BEGINNING])
def test_whatever_its_text_says_what_lapsed_is_over_or_never_began(name: str, at: Instant) -> None:
    world_ = supposing(Lapse(name, at))
    for later in (MIDNIGHT, instant("2026-01-01 00:00")):
        assert phases(world_, name, later) <= {*OVER, Phase.NOT_IN_FORCE}
    assert Phase.UNKNOWN not in phases(world_, name, instant("2035-01-01 00:00"))


@pytest.mark.parametrize("name", AGREEMENTS)
def test_before_its_end_nothing_becomes_surer_than_it_was(name: str) -> None:
    before, after = (phases(one, name, LAST) for one in (catalogue(), supposing(Lapse(name, MIDNIGHT))))
    assert before == after or not all(one.works for one in after)


def test_it_is_supposed_at_every_knowledge_time() -> None:
    world_ = supposing(Lapse("jp-kr-2016", MIDNIGHT))
    assert phases(world_, "jp-kr-2016", MIDNIGHT, known=instant("2018-01-01 00:00")) == {Phase.TERMINATED}


def test_what_rests_on_what_lapsed_works_no_more() -> None:
    assert phases(supposing(Lapse("jp-us-2007", MIDNIGHT)), "tisa-2014", MIDNIGHT) == {Phase.SUSPENDED}


def test_the_real_registry_is_untouched() -> None:
    kept = dict(catalogue().instruments)
    supposing(Lapse("jp-kr-2016"), Leave("US"))
    assert all(catalogue().instruments[name] is one for name, one in kept.items())


def test_who_leaves_is_bound_by_nothing_and_the_others_stay_bound() -> None:
    made = registry(agreement("abc", ("A", "B", "C")), between("A", "D"), parties=(party("D"),))
    left = suppose(made, (Leave("A", AT),))
    earlier = Instant(AT.utc - timedelta(days=1))
    for at, outcome in ((earlier, Outcome.PERMIT), (AT, Outcome.DENY)):
        assert judge(left, asked("A", "B", at=at)).outcome is outcome
        assert judge(left, asked("B", "A", at=at)).outcome is outcome
        assert judge(left, asked("A", "D", at=at)).outcome is outcome
        assert judge(left, asked("B", "C", at=at)).outcome is Outcome.PERMIT


def test_two_may_leave_one_after_the_other() -> None:
    made = registry(agreement("abc", ("A", "B", "C")))
    one = suppose(made, (Leave("A", AT), Leave("B", AT)))
    assert judge(one, asked("B", "C")).outcome is Outcome.DENY
    assert phases(one, "abc", AT) == {Phase.TERMINATED}


def test_a_state_takes_its_ministries_along() -> None:
    world_ = supposing(Leave("US", MIDNIGHT))
    bound = {
        name
        for name, one in world_.instruments.items()
        for value in ask(world_, name, Standpoint(MIDNIGHT)).values
        if value.phase.works and {"US", "US-DOD"} & set(one.text(value.version).parties)
    }
    assert bound == set()


def test_a_new_agreement_carries_from_its_entry_on() -> None:
    made = world("AB")
    new = Conclude(between("A", "E"), (party("E"),))
    assert judge(suppose(made, (new,)), asked("A", "E")).outcome is Outcome.PERMIT


def test_a_new_agreement_counts_its_days_at_the_seats_of_its_parties() -> None:
    made = suppose(world("AB"), (Conclude(between("A", "E"), (party("E", seat="Asia/Seoul"),)),))
    assert made.instruments["a-e"].seats == {"A": "UTC", "E": "Asia/Seoul"}


def test_what_does_not_exist_cannot_end_or_leave_and_what_exists_is_not_concluded_again() -> None:
    for wrong in (Lapse("no-such"), Leave("XX"), Conclude(between("A", "Z"))):
        with pytest.raises(UnknownNameError):
            suppose(world("AB"), (wrong,))
    with pytest.raises(QuestionError, match="concluded already"):
        suppose(world("AB"), (Conclude(between("A", "B")),))
