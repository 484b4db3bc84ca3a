"""Consents as their own record has them: asked by themselves, so that too generous a reading is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decisions.small import act, agreement, registry
from servanda.decisions.index import Index
from servanda.decisions.proofs.approvals import approvals
from servanda.model.decision import ReleaseRequest
from servanda.model.label import OriginatorControlled
from servanda.model.when import BEGINNING, FOREVER, Period

ALL_TIME = Period(BEGINNING, FOREVER)
ASKED = ReleaseRequest("B", "C", ("A",), "A-TOP", BEGINNING, topics=("t",), purpose="relief", object_id="o-1")


def given(
    *acts: str, undetermined: bool = False, asked: ReleaseRequest = ASKED
) -> list[tuple[str, str, str]]:
    """The consents found: the act, the day of its start and of its end (or nothing)."""
    held = agreement("a-b", ("A", "B"), acts="".join(acts))
    index = Index(registry(held, agreement("x", ("A", "D"))))
    found = approvals(index, asked, ALL_TIME, undetermined=undetermined)
    assert {one.by for one in found} <= set(asked.originators)
    return [(one.act, str(one.start)[:10], "" if one.end == FOREVER else str(one.end)[:10]) for one in found]


def yes(fields: str = "", done: str = "2015-01-01T00:00:00Z", by: str = "A", name: str = "yes") -> str:
    return act(name, "consent", by, f'recipients = ["C"]{fields and ", "}{fields}', done)


def no_more(of: str = "yes", by: str = "A", done: str = "2016-01-01T00:00:00Z") -> str:
    return act("no-more", "withdraw-consent", by, f'of = "{of}"', done)


def test_it_works_from_its_instant_until_it_is_withdrawn_by_its_author() -> None:
    assert given(yes()) == [("yes", "2015-01-01", "")]
    assert given(yes(), no_more()) == [("yes", "2015-01-01", "2016-01-01")]
    assert given(yes(), no_more(by="B")) == [("yes", "2015-01-01", "")]
    assert sorted(given(yes(), yes(name="too"), no_more(of="too"))) == [
        ("too", "2015-01-01", "2016-01-01"),
        ("yes", "2015-01-01", ""),
    ]
    assert given(yes(by="B")) == []


def test_it_expires_after_its_last_day_and_never_later_than_it_is_withdrawn() -> None:
    assert given(yes("expires = 2015-06-30")) == [("yes", "2015-01-01", "2015-07-01")]
    assert given(yes("expires = 2015-06-30"), no_more()) == [("yes", "2015-01-01", "2015-07-01")]
    assert given(yes("expires = 2017-06-30"), no_more()) == [("yes", "2015-01-01", "2016-01-01")]


def test_while_its_hour_is_open_it_only_may_work() -> None:
    opened = yes(done="2015-03-05")
    assert given(opened, undetermined=True) == [("yes", "2015-03-05", "")]
    held = agreement("a-b", ("A", "B"), acts=opened)
    (found,) = approvals(Index(registry(held)), ASKED, ALL_TIME)
    assert str(found.start) == "2015-03-05T23:59:59Z"


def test_a_withdrawal_whose_hour_is_open_counts_from_the_first() -> None:
    for undetermined in (False, True):
        ended = given(yes(), no_more(done="2016-05-05"), undetermined=undetermined)
        assert ended == [("yes", "2015-01-01", "2016-05-05")]


def test_it_works_only_while_what_it_rests_on_does() -> None:
    early = yes('rests_on = ["x"]', "2005-01-01T00:00:00Z")
    assert given(early) == [("yes", "2010-01-01", "")]
    assert given(yes('rests_on = ["nothing-known"]')) == []
    assert given(yes('rests_on = ["nothing-known"]'), undetermined=True) == [("yes", "2015-01-01", "")]


def test_only_its_span_is_asked() -> None:
    held = agreement("a-b", ("A", "B"), acts=yes('rests_on = ["x"]', "2005-01-01T00:00:00Z"))
    span = Period(ASKED.at, ASKED.at)
    assert approvals(Index(registry(held)), ASKED, span) == ()


@pytest.mark.parametrize(
    ("fields", "covers"),
    [
        ('holders = ["B", "D"]', True),
        ('holders = ["D"]', False),
        ('objects = ["o-1"]', True),
        ('objects = ["o-2"]', False),
        ('topics = ["t", "u"]', True),
        ('topics = ["u"]', False),
        ('markings = ["A-TOP"]', True),
        ('markings = ["A-LOW"]', False),
        ('purposes = ["relief"]', True),
        ('purposes = ["planning"]', False),
    ],
)
def test_every_limit_limits(fields: str, covers: bool) -> None:
    assert bool(given(yes(fields))) == covers


def test_no_topic_is_not_among_those_named_and_no_other_recipient_either() -> None:
    assert given(yes('topics = ["t"]'), asked=replace(ASKED, topics=())) == []
    assert given(yes('topics = ["t"]'), asked=replace(ASKED, topics=("t", "u"))) == []
    assert given(yes(), asked=replace(ASKED, recipient="D")) == []


def test_what_its_originator_controls_needs_a_consent_that_names_it() -> None:
    controlled = replace(ASKED, caveats=(OriginatorControlled(),))
    assert given(yes(), asked=controlled) == []
    assert given(yes('objects = ["o-1"]'), asked=controlled) == [("yes", "2015-01-01", "")]


def test_of_two_originators_each_has_its_own() -> None:
    ours = replace(ASKED, originators=("A", "D"))
    assert given(yes(), asked=ours) == [("yes", "2015-01-01", "")]
    assert [one[0] for one in given(yes(), yes(by="D", name="ours"), asked=ours)] == ["yes", "ours"]


def test_freed_by_its_originator_is_consent_and_by_another_is_not() -> None:
    later = replace(ASKED, at=ALL_TIME.end)
    assert given(act("freed", "regrade", "A", 'objects = ["o-1"], frees = true'), asked=later) == [
        ("freed", "2015-01-01", "")
    ]
    assert given(act("freed", "regrade", "B", 'objects = ["o-1"], frees = true'), asked=later) == []
    assert [
        one[0]
        for one in given(
            act("freed", "regrade", "A", 'objects = ["o-1"], frees = true'),
            act("marked", "regrade", "A", 'objects = ["o-2"], frees = true'),
            act("gone", "regrade", "B", 'objects = ["o-1"], frees = true'),
            asked=later,
        )
    ] == ["freed"]
