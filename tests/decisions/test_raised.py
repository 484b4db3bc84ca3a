"""A dialogue that breaks off: what it raises across kinds of instruments, and the flows behind it."""

from __future__ import annotations

import pytest

from asking import catalogue, instant
from servanda.decisions import Lapse, Takes, compare, suppose
from servanda.errors import QuestionError, UnknownNameError
from servanda.model.status import Holds, Terminability

AT = instant("2020-01-15T12:00:00+09:00")
BREAK = Takes("jp-kr-export-dialogue", "break-off", "JP", AT)


def test_a_dialogue_that_breaks_off_shows_the_notice_that_may_revive_and_the_flows_behind_it() -> None:
    found = compare(catalogue(), suppose(catalogue(), (BREAK,)), AT, ("dprk-missile",))
    notice, halt = found.raised
    assert (notice.instrument, notice.hanging.raises, notice.before) == (
        "jp-kr-2016",
        "kr-notice-2019",
        Holds.HOLDS,
    )
    assert notice.earliest == (("KR", Terminability.AT_WILL),)
    assert {(flow.holder, flow.recipient) for flow in notice.behind} == {("JP", "KR"), ("KR", "JP")}
    assert (halt.instrument, halt.behind) == ("wto-ds590", ())


def test_no_flow_turns_by_itself_when_a_condition_breaks() -> None:
    found = compare(catalogue(), suppose(catalogue(), (BREAK,)), AT, ("dprk-missile",))
    assert found.flows == ()
    assert found.held == ()


def test_the_flows_behind_are_those_that_would_stop_if_the_agreement_lapsed() -> None:
    broken = suppose(catalogue(), (BREAK,))
    behind = compare(catalogue(), broken, AT, ("dprk-missile",)).raised[0].behind
    lapsed = suppose(broken, (Lapse("jp-kr-2016", AT),))
    stopped = compare(broken, lapsed, AT, ("dprk-missile",)).flows
    assert {flow.hand for flow in behind} == {flow.hand for flow in stopped if flow.turn.value == "stops"}


def test_a_condition_that_was_broken_before_is_not_raised_again() -> None:
    broken = suppose(catalogue(), (BREAK,))
    also = suppose(broken, (Lapse("tisa-2014", AT),))
    assert compare(broken, also, AT, ("dprk-missile",)).raised == ()


def test_a_proceeding_does_not_lapse_by_supposing_and_the_hint_says_what_to_write() -> None:
    with pytest.raises(QuestionError) as wrong:
        suppose(catalogue(), (Lapse("wto-ds590", AT),))
    assert "step wto-ds590" in wrong.value.hint


def test_a_step_that_the_procedure_does_not_know_is_told_with_those_that_it_does() -> None:
    with pytest.raises(UnknownNameError) as wrong:
        suppose(catalogue(), (Takes("jp-kr-export-dialogue", "brake-off", "JP", AT),))
    assert "break-off" in wrong.value.hint
    with pytest.raises(UnknownNameError):
        suppose(catalogue(), (Takes("jp-kr-2016", "break-off", "JP", AT),))
