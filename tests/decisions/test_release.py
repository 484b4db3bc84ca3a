"""Decisions on releases, named as the theorems that they have to keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asking import catalogue, instant
from servanda.decisions import Omit, decide, judge, suppose
from servanda.errors import QuestionError, UnknownNameError
from servanda.formats.acts import read_act
from servanda.model.decision import ChangeKind, Outcome, ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.when import FOREVER, Instant

NOON = instant("2019-11-22 12:00")
MIDNIGHT = instant("2019-11-23 00:00")


def request(holder: str = "JP", recipient: str = "KR", **fields: object) -> ReleaseRequest:
    asked = ReleaseRequest(holder, recipient, ("JP",), "極秘", NOON, topics=("dprk-missile",))
    return replace(asked, **fields)  # type: ignore[arg-type]  # fields of the request


def had_nobody_suspended_it() -> Registry:
    return suppose(catalogue(), (Omit("kr-suspension-2019"),))


def with_act(registry: Registry, name: str, words: str) -> Registry:
    instrument = registry.instrument(name)
    return registry.with_instrument(instrument.with_acts((*instrument.acts, read_act(words, "an act"))))


def test_nothing_is_released_without_a_ground() -> None:
    decision = judge(catalogue(), request(recipient="RU"))
    assert decision.outcome is Outcome.DENY
    assert decision.via == decision.duties == ()
    assert decision.because


def test_a_permit_names_its_ground_its_marking_its_duties_and_its_end() -> None:
    decision = judge(catalogue(), request())
    assert (decision.outcome, decision.via) == (Outcome.PERMIT, ("jp-kr-2016",))
    assert decision.equivalent == "군사 II급 비밀"
    assert decision.until == instant("2019-11-22 18:00")
    assert {"21(1)", "21(3)", "4", "2"} <= {reason.article for reason in decision.because}
    assert {duty.survives for duty in decision.duties} == {"unlimited"}


def test_the_lapse_refuses_at_the_very_instant_and_not_a_microsecond_before() -> None:
    last = Instant(MIDNIGHT.utc - timedelta(microseconds=1))
    world = had_nobody_suspended_it()
    assert judge(world, request(at=last)).outcome is Outcome.PERMIT
    assert judge(world, request(at=MIDNIGHT)).outcome is Outcome.DENY


def test_a_refusal_says_what_would_permit_it_and_which_detour_is_left() -> None:
    decision = decide(had_nobody_suspended_it(), request(at=MIDNIGHT))
    assert [change.kind for change in decision.changes] == [ChangeKind.ACT]
    assert [(route.through, route.under) for route in decision.routes] == [(("US",), ("tisa-2014",))]
    needs = [need.kind for hop in decision.routes[0].hops for need in hop.needs]
    assert ChangeKind.CONSENT in needs


def test_a_dispute_blocks_only_what_depends_on_it() -> None:
    # Both readings of the suspension have it in force; they differ on how it can be ended.
    assert judge(catalogue(), request(at=instant("2020-06-01 12:00"))).outcome is Outcome.PERMIT


def test_a_dispute_on_which_it_depends_is_undetermined_and_names_it() -> None:
    words = (
        '{ id = "jp-objects", kind = "object", by = ["JP"], done = 2019-08-24, '
        'seen = 2019-08-24T23:59:59+09:00, of = "kr-notice-2019" }'
    )
    world = with_act(had_nobody_suspended_it(), "jp-kr-2016", words)
    decision = judge(world, request(at=MIDNIGHT))
    assert decision.outcome is Outcome.UNDETERMINED
    assert "jp-kr-2016: disputed" in decision.missing
    assert ChangeKind.SETTLE in {change.kind for change in decision.changes}


def test_a_bar_that_cannot_be_evaluated_refuses_and_is_named() -> None:
    decision = judge(catalogue(), request(recipient="US"))
    assert decision.outcome is Outcome.UNDETERMINED
    assert decision.missing == ("jp-us-2007: scope",)


@pytest.mark.parametrize("marking", ["機密"])
def test_a_level_left_outside_is_denied_and_can_only_be_lowered_by_its_originator(marking: str) -> None:
    decision = judge(catalogue(), request(marking=marking))
    assert decision.outcome is Outcome.DENY
    assert [(change.kind, change.by) for change in decision.changes] == [(ChangeKind.LOWER_MARKING, ("JP",))]


@pytest.mark.parametrize(
    ("holder", "marking", "equivalent", "others"),
    [
        ("JP", "極秘", "군사 II급 비밀", ()),
        ("JP", "特定秘密", "군사 II급 비밀", ()),
        ("JP", "Gokuhi", "군사 II급 비밀", ()),
        ("JP", "秘", "군사 III급 비밀", ()),
        ("KR", "군사 II급 비밀", "極秘", ("特定秘密",)),
        ("KR", "군사III급비밀", "秘", ()),
    ],
)
def test_markings_are_many_to_one_and_the_inverse_is_no_function(
    holder: str, marking: str, equivalent: str, others: tuple[str, ...]
) -> None:
    recipient = "KR" if holder == "JP" else "JP"
    asked = request(holder, recipient, originators=(holder,), marking=marking)
    decision = judge(catalogue(), asked)
    assert (decision.equivalent, decision.alternatives) == (equivalent, others)


def test_a_form_outside_of_the_definition_is_denied() -> None:
    assert judge(catalogue(), request(form="telepathy")).outcome is Outcome.DENY


def test_nothing_reaches_a_third_party_without_its_originators_consent() -> None:
    decision = judge(catalogue(), request(holder="US"))
    assert decision.outcome is not Outcome.PERMIT
    assert ("JP",) in {change.by for change in decision.changes if change.kind is ChangeKind.CONSENT}


def test_what_returns_to_its_originator_needs_no_consent_of_its_own() -> None:
    decision = judge(catalogue(), request(holder="KR", recipient="JP"))
    assert decision.outcome is Outcome.PERMIT
    assert decision.equivalent == "極秘"


def test_unknown_parties_and_markings_are_errors_and_never_a_decision() -> None:
    for wrong in (request(holder="QQ"), request(recipient="QQ"), request(originators=("QQ",))):
        with pytest.raises(UnknownNameError):
            judge(catalogue(), wrong)
    with pytest.raises(UnknownNameError, match="極秘"):
        judge(catalogue(), request(marking="SECRET"))
    with pytest.raises(QuestionError):
        judge(catalogue(), request(recipient="JP"))
    with pytest.raises(QuestionError):
        judge(catalogue(), request(originators=()))


def test_an_empty_list_of_originators_is_nobody_and_not_everybody() -> None:
    with pytest.raises(QuestionError, match="nobody is named"):
        judge(catalogue(), request(originators=()))


def test_a_ministry_is_bound_by_what_binds_its_state() -> None:
    decision = judge(catalogue(), request(holder="JP-MOD", originators=("JP-MOD",)))
    assert decision.outcome is Outcome.PERMIT


def test_before_and_after_are_two_answers_of_one_question_and_the_past_one_stays() -> None:
    before = judge(catalogue(), request(at=MIDNIGHT, known=instant("2019-09-01 00:00")))
    after = judge(catalogue(), request(at=MIDNIGHT, known=MIDNIGHT))
    again = judge(catalogue(), request(at=MIDNIGHT, known=instant("2019-09-01 00:00")))
    assert (before.outcome, after.outcome) == (Outcome.DENY, Outcome.PERMIT)
    assert before == again


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 365 * 12), st.floats(0, 0.999))
def test_a_decision_holds_until_the_instant_it_names(days: int, share: float) -> None:
    at = Instant(instant("2015-01-01 00:00").utc + timedelta(days=days, seconds=int(share * 86400)))
    decision = judge(catalogue(), request(at=at))
    end = min(decision.until, instant("2027-01-01 00:00"))
    if end <= at:
        return
    between = Instant(at.utc + (end.utc - at.utc) * share)
    last = Instant(end.utc - timedelta(microseconds=1))
    for later in (between, last):
        if later >= at:
            assert judge(catalogue(), request(at=later)).outcome is decision.outcome


def test_permit_until_forever_only_where_nothing_ahead_changes_it() -> None:
    decision = judge(catalogue(), request(at=instant("2026-11-01 00:00")))
    assert decision.until == instant("2026-11-23 00:00")
    assert decision.until != FOREVER
