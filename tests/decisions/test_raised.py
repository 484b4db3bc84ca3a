"""A dialogue that breaks off: what it raises across kinds of instruments, and the flows behind it."""

from __future__ import annotations

import pytest

from asking import catalogue, instant
from servanda.decisions import Conclude, Lapse, Takes, compare, suppose
from servanda.errors import QuestionError, UnknownNameError
from servanda.formats.documents import read_text
from servanda.model.instrument import Instrument
from servanda.model.status import Holds, Phase, Standpoint, Terminability
from servanda.status import ask

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


def dialogue(follows: str) -> Instrument:
    """A dialogue of Japan and the United States that nobody has held."""
    text = (
        'format = "servanda/instrument@1"\nid = "jp-us-talks"\nkind = "consultation"\nversion = 1\n'
        'title.en = "Talks"\nparties = ["JP", "US"]\n[clause."1"]\nkind = "proceeding"\n'
        f'follows = "{follows}"\nroles = {{ participant = ["JP", "US"] }}\n'
    )
    return Instrument((read_text(text.encode(), "talks"),))


def test_a_proceeding_can_be_supposed_and_follows_the_procedure_that_is_known() -> None:
    begun = Takes("jp-us-talks", "agree-to-hold", "JP", AT)
    found = suppose(catalogue(), (Conclude(dialogue("plain-consultation")), begun))
    (status,) = ask(found, "jp-us-talks", Standpoint(AT)).values
    assert status.phase is Phase.NOT_BEGUN
    assert status.standing is not None
    assert {way.step for way in status.standing.ways} == {"agree-to-hold"}


def test_one_that_follows_what_nobody_knows_stands_where_nobody_knows() -> None:
    found = suppose(catalogue(), (Conclude(dialogue("no-such-procedure")),))
    (status,) = ask(found, "jp-us-talks", Standpoint(AT)).values
    assert (status.phase, status.missing) == (Phase.UNKNOWN, ("procedure",))


def test_a_step_that_the_procedure_does_not_know_is_told_with_those_that_it_does() -> None:
    with pytest.raises(UnknownNameError) as wrong:
        suppose(catalogue(), (Takes("jp-kr-export-dialogue", "brake-off", "JP", AT),))
    assert "break-off" in wrong.value.hint
    with pytest.raises(UnknownNameError):
        suppose(catalogue(), (Takes("jp-kr-2016", "break-off", "JP", AT),))
