"""Signs of diversion: what nobody answered is not a no, and what is not known of the list is not made up."""

from __future__ import annotations

from licences import issued, made
from servanda.decisions.licences.checklist import LISTED, checklist
from servanda.formats.when import parse_instant
from servanda.model.licence_event import Answered, Found, LicenceEvent, RedFlag


def state(events: tuple[LicenceEvent, ...], at: str) -> dict[RedFlag, str]:
    return {one.flag: one.state for one in checklist(events, parse_instant(at))}


def test_unanswered_is_its_own_state() -> None:
    assert set(state(issued(), "2019-08-01T00:00:00Z").values()) == {"unanswered"}


def test_the_last_answer_counts_as_of_its_instant_and_earlier_ones_stay() -> None:
    events = (
        *issued(),
        made(Answered, "a-1", "2019-07-06T00:00:00Z", flag=RedFlag.ROUTING, found=Found.NONE),
        made(Answered, "a-2", "2019-07-08T00:00:00Z", flag=RedFlag.ROUTING, found=Found.RAISED),
    )
    assert state(events, "2019-07-07T00:00:00Z")[RedFlag.ROUTING] == "none"
    assert state(events, "2019-07-09T00:00:00Z")[RedFlag.ROUTING] == "raised"
    (sign,) = [one for one in checklist(events, parse_instant("2019-07-09T00:00:00Z")) if one.earlier]
    assert [one.id for one in sign.earlier] == ["a-1"]


def test_fewer_signs_are_known_here_than_the_circular_lists() -> None:
    assert len(RedFlag) == 7 < LISTED == 19
