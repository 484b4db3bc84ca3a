"""The question turned round agrees with the question asked at every instant and of every party."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from asking import catalogue, instant
from decisions.test_histories import world
from servanda.decisions import Index, Omit, suppose
from servanda.decisions.release import rule
from servanda.decisions.reverse import over_time, who
from servanda.model.decision import Outcome, ReleaseRequest
from servanda.model.when import Instant, Period

SPAN = Period(instant("2016-11-01 00:00"), instant("2024-01-01 00:00"))
REQUEST = ReleaseRequest("JP", "KR", ("JP",), "極秘", SPAN.start, ("dprk-missile",))


def test_the_stretches_fill_the_span_and_each_says_what_is_said_at_any_instant_in_it() -> None:
    index = Index(world())
    request = replace(REQUEST, holder="KR", recipient="US")
    found = over_time(index, request, SPAN)
    assert (found[0].start, found[-1].end) == (SPAN.start, SPAN.end)
    for one, following in pairwise(found):
        assert one.end == following.start
    for one in found:
        last = Instant(one.end.utc - timedelta(microseconds=1))
        for at in (one.start, last):
            assert rule(index, replace(request, at=at)).outcome is one.first.outcome


def test_the_crisis_of_2019_did_not_change_the_answer_and_nearly_did() -> None:
    outcomes = [one.first.outcome for one in over_time(Index(catalogue()), REQUEST, SPAN)]
    assert outcomes == [Outcome.DENY, Outcome.PERMIT]
    lapsing = Index(suppose(catalogue(), (Omit("kr-suspension-2019"),)))
    found = over_time(lapsing, REQUEST, SPAN)
    assert [one.first.outcome for one in found] == [Outcome.DENY, Outcome.PERMIT, Outcome.DENY]
    assert found[-1].start == instant("2019-11-23 00:00")


def test_who_may_see_it_is_what_each_is_told_alone_and_those_who_may_come_first() -> None:
    index = Index(catalogue())
    request = replace(REQUEST, at=instant("2020-01-01 12:00"))
    found = who(index, request)
    assert {code for code, judged in found if judged.outcome is Outcome.PERMIT} == {"KR", "KR-MND"}
    assert [judged.outcome is Outcome.PERMIT for _, judged in found][:2] == [True, True]
    for code, judged in found:
        assert judged == rule(index, replace(request, recipient=code))


def test_where_worlds_differ_the_first_reason_says_that_it_is_not_settled() -> None:
    index = Index(catalogue())
    request = ReleaseRequest("JP", "AU", ("JP",), "極秘", instant("2026-01-01 12:00"))
    found = rule(index, request)
    assert found.outcome is Outcome.UNDETERMINED
    assert found.because[0].code == "force.in-doubt"
