"""A judgement holds from `since` until `until`, half-open, and says what turns it then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asking import catalogue, instant
from decisions.test_histories import PARTIES, world
from decisions.test_ways import requests, worlds
from servanda.decisions import Index, Omit, judge, suppose
from servanda.decisions.compiled import Compiled
from servanda.decisions.release import rule
from servanda.errors import UnknownNameError
from servanda.model.decision import Outcome, ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.when import BEGINNING, FOREVER, Instant

MICROSECOND = timedelta(microseconds=1)
TODAY = instant("2026-11-23 12:00")


def within(start: Instant, end: Instant, share: float) -> Instant:
    start, end = max(start, instant("1990-01-01 00:00")), min(end, instant("2040-01-01 00:00"))
    return Instant(start.utc + (end.utc - start.utc) * share) if start < end else start


real = st.builds(
    lambda holder, recipient, originator, level, topics, at: (
        holder,
        recipient,
        originator,
        level,
        topics,
        at,
    ),
    st.sampled_from(PARTIES),
    st.sampled_from(PARTIES),
    st.sampled_from(("JP", "KR", "US")),
    st.integers(0, 2),
    st.sampled_from([(), ("dprk-missile",)]),
    st.floats(0, 1).map(lambda share: within(instant("2010-01-01 00:00"), TODAY, share)),
)


@settings(max_examples=120, deadline=None)
@given(real, st.floats(0, 1))
def test_nothing_changes_between_since_and_until_on_the_real_agreements(
    question: tuple[str, str, str, int, tuple[str, ...], Instant], share: float
) -> None:
    holder, recipient, originator, level, topics, at = question
    registry = world()
    if holder == recipient:
        return
    marking = registry.party(originator).levels[level].word
    request = ReleaseRequest(holder, recipient, (originator,), marking, at, topics)
    holds_throughout(Index(registry), request, share)


@settings(max_examples=120, deadline=None)
@given(worlds, requests, st.floats(0, 1))
def test_nothing_changes_between_since_and_until_in_made_up_worlds(
    registry: Registry, request: ReleaseRequest, share: float
) -> None:
    holds_throughout(Index(registry), request, share)


def holds_throughout(index: Index, request: ReleaseRequest, share: float) -> None:
    found = rule(index, request)
    assert found.since <= request.at < found.until
    for at in (found.since, within(found.since, found.until, share), Instant(found.until.utc - MICROSECOND)):
        if BEGINNING < at < FOREVER and found.since <= at < found.until:
            assert rule(index, replace(request, at=at)) == found
    assert bool(found.turns) is (found.until != FOREVER)


def test_a_permit_before_a_lapse_says_until_when_and_what_ends_it() -> None:
    lapsing = suppose(catalogue(), (Omit("kr-suspension-2019"),))
    request = ReleaseRequest(
        "JP", "KR", ("JP",), "極秘", instant("2019-11-22 18:30"), topics=("dprk-missile",)
    )
    decision = judge(lapsing, request)
    assert (decision.outcome, decision.until) == (Outcome.PERMIT, instant("2019-11-23 00:00"))
    assert "jp-kr-2016 ends" in {one.says for one in decision.judgement.turns}
    after = judge(lapsing, replace(request, at=decision.until))
    assert after.outcome is Outcome.DENY
    assert after.judgement.since == decision.until


def test_an_act_that_lies_ahead_is_named_as_what_turns_it() -> None:
    request = ReleaseRequest(
        "JP", "KR", ("JP",), "極秘", instant("2019-11-22 12:00"), topics=("dprk-missile",)
    )
    decision = judge(catalogue(), request)
    assert [one.act for one in decision.judgement.turns] == ["kr-suspension-2019"]


@settings(max_examples=60, deadline=None)
@given(st.lists(real, min_size=1, max_size=6))
def test_the_compiled_answer_is_the_plain_one_in_whatever_order_it_is_asked(
    questions: list[tuple[str, str, str, int, tuple[str, ...], Instant]],
) -> None:
    registry = world()
    compiled = Compiled(registry)
    for number, (holder, recipient, originator, level, topics, at) in enumerate(questions * 2):
        if holder == recipient:
            continue
        marking = registry.party(originator).levels[level].word
        object_id = "named" if number % 3 == 0 else f"object-{number}"
        request = ReleaseRequest(holder, recipient, (originator,), marking, at, topics, object_id=object_id)
        assert compiled.judge(request) == judge(registry, request)


def test_the_compiled_law_answers_for_another_knowledge_time_and_refuses_what_has_no_answer() -> None:
    compiled = Compiled(catalogue())
    request = ReleaseRequest(
        "JP", "KR", ("JP",), "極秘", instant("2019-11-23 00:00"), topics=("dprk-missile",)
    )
    assert compiled.judge(request).outcome is Outcome.PERMIT
    earlier = replace(request, known=instant("2019-09-01 00:00"))
    assert compiled.judge(earlier).outcome is Outcome.DENY
    assert compiled.judge(request).outcome is Outcome.PERMIT
    for _ in range(2):
        with pytest.raises(UnknownNameError):
            compiled.judge(replace(request, marking="PINK"))
