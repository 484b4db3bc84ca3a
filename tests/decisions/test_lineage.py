"""A derived object carries all that went into it, at every hop, until its originators say otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asking import instant
from decisions.small import AT, act, agreement, asked, registry
from servanda.decisions import judge
from servanda.decisions.lineage import gather
from servanda.errors import QuestionError
from servanda.model.decision import Outcome, ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.label import NoForeign, Portion, ReleasableTo

FROM_A = Portion(("A",), "A-TOP", object_id="source-a")
FROM_C = Portion(("C",), "C-LOW", object_id="source-c")


def world(*acts: str) -> Registry:
    return registry(
        agreement("a-b", ("A", "B"), acts="".join(acts)),
        agreement("b-c", ("B", "C")),
        agreement("b-d", ("B", "D"), TABLE_OF_FOUR),
        agreement("a-d", ("A", "D"), TABLE_OF_FOUR),
    )


TABLE_OF_FOUR = (
    '[clause."4"]\nkind = "equivalence"\nlevels = { TOP = { A = ["A-TOP"], B = ["B-TOP"], D = ["D-TOP"] }, '
    'LOW = { A = ["A-LOW"], B = ["B-LOW"], C = ["C-LOW"], D = ["D-LOW"] } }\n'
)


def derived(*sources: Portion, recipient: str = "D") -> ReleaseRequest:
    """May B give D what it made from the sources?"""
    return asked("B", recipient, marking="B-LOW", object_id="made", lineage=sources)


def consent(name: str, by: str, objects: str = "") -> str:
    limit = f", objects = [{objects}]" if objects else ""
    return act(name, "consent", by, f'recipients = ["D"], holders = ["B"]{limit}')


def test_a_derived_object_needs_the_consent_of_every_originator_of_a_source() -> None:
    both = derived(FROM_A, FROM_C)
    assert judge(world(), derived()).outcome is Outcome.PERMIT
    assert judge(world(), both).outcome is Outcome.DENY
    assert judge(world(consent("a", "A")), both).outcome is Outcome.DENY
    needs = judge(world(), both).changes
    assert sorted(one.by for one in needs) == [("A",), ("C",)]
    assert judge(world(consent("a", "A"), consent("c", "C")), both).outcome is Outcome.PERMIT


def test_the_receiver_marks_it_as_the_gravest_of_its_sources() -> None:
    decision = judge(world(consent("a", "A"), consent("c", "C")), derived(FROM_A, FROM_C))
    assert decision.equivalent == "D-TOP"
    assert judge(world(), derived()).equivalent == "D-LOW"


def test_a_consent_for_a_source_covers_what_is_left_of_it_in_a_derived_object() -> None:
    assert judge(world(consent("a", "A", '"source-a"')), derived(FROM_A)).outcome is Outcome.PERMIT
    assert judge(world(consent("a", "A", '"another"')), derived(FROM_A)).outcome is Outcome.DENY


def test_a_recall_of_a_source_stops_everything_made_from_it() -> None:
    acts = (consent("a", "A"), act("back", "recall", "A", 'objects = ["source-a"]'))
    refused = judge(world(*acts), derived(FROM_A))
    assert refused.outcome is Outcome.DENY
    assert any(one.act == "back" for one in refused.because)


@pytest.mark.parametrize(("by", "outcome"), [("A", Outcome.PERMIT), ("B", Outcome.DENY), ("D", Outcome.DENY)])
def test_only_its_originator_can_take_its_part_out_of_a_derived_object(by: str, outcome: Outcome) -> None:
    sanitised = act("s", "regrade", by, 'objects = ["made"], extract_of = "source-a", frees = true')
    assert judge(world(sanitised), derived(FROM_A)).outcome is outcome


def test_a_sanitised_version_frees_only_the_object_that_the_originator_named() -> None:
    sanitised = act("s", "regrade", "A", 'objects = ["made"], extract_of = "source-a", frees = true')
    assert judge(world(sanitised), replace(derived(FROM_A), object_id="other")).outcome is Outcome.DENY
    assert judge(world(sanitised), derived(FROM_A, FROM_C)).outcome is Outcome.DENY


def test_a_part_that_several_own_is_regraded_by_all_of_them_or_not_at_all() -> None:
    joint = Portion(("A", "C"), "A-LOW", object_id="joint")
    freed = 'objects = ["made"], extract_of = "joint", frees = true'
    alone = act("s", "regrade", "A", freed)
    together = alone.replace('by = ["A"]', 'by = ["A", "C"]')
    assert judge(world(alone), derived(joint)).outcome is Outcome.DENY
    assert judge(world(together), derived(joint)).outcome is Outcome.PERMIT


def test_a_downgrade_of_the_source_reaches_everything_derived_and_from_its_instant_on() -> None:
    lower = act(
        "low", "regrade", "A", 'objects = ["source-a"], marking = "A-LOW"', done="2018-01-01T00:00:00Z"
    )
    worlds = world(lower, consent("a", "A"))
    assert judge(worlds, derived(FROM_A)).equivalent == "D-LOW"
    before = replace(derived(FROM_A), at=instant("2017-12-31 12:00"))
    assert judge(worlds, before).equivalent == "D-TOP"
    assert judge(worlds, before).until == instant("2018-01-01 09:00")


def test_a_regrade_on_a_day_whose_hour_is_open_permits_only_what_both_ways_permit() -> None:
    freed = act("s", "regrade", "A", 'objects = ["source-a"], frees = true', done="2020-06-01")
    during = replace(derived(FROM_A), at=instant("2020-06-01 15:00"))
    assert judge(world(freed), during).outcome is Outcome.UNDETERMINED
    assert judge(world(freed), replace(during, at=instant("2020-06-02 15:00"))).outcome is Outcome.PERMIT


def test_the_originator_can_mark_higher_and_close_what_was_open() -> None:
    closed = act("n", "regrade", "A", 'objects = ["own"], caveats = [{ kind = "no-foreign" }]')
    request = asked(object_id="own", marking="A-LOW")
    assert judge(world(), request).outcome is Outcome.PERMIT
    assert judge(world(closed), request).outcome is Outcome.DENY


def test_a_regrade_to_a_word_that_is_no_marking_leaves_it_undetermined() -> None:
    odd = act("n", "regrade", "A", 'objects = ["own"], marking = "PINK"')
    decision = judge(world(odd), asked(object_id="own", marking="A-LOW"))
    assert decision.outcome is Outcome.UNDETERMINED
    assert decision.missing == ("the marking PINK of A",)


def test_caveats_of_sources_are_united_and_never_cancel() -> None:
    one = replace_caveats(FROM_A, ReleasableTo(("D",)))
    other = replace_caveats(FROM_C, NoForeign())
    world_of_yes = world(consent("a", "A"), consent("c", "C"))
    assert judge(world_of_yes, derived(one, FROM_C)).outcome is Outcome.PERMIT
    assert judge(world_of_yes, derived(one, other)).outcome is not Outcome.PERMIT


def replace_caveats(portion: Portion, *caveats: NoForeign | ReleasableTo) -> Portion:
    return Portion(portion.originators, portion.marking, caveats=caveats, object_id=portion.object_id)


def test_an_object_among_its_own_sources_is_an_error() -> None:
    with pytest.raises(QuestionError, match="among its own sources"):
        judge(world(), derived(Portion(("A",), "A-LOW", object_id="made")))


def test_all_ancestors_are_gathered_once_and_a_circle_is_an_error() -> None:
    own = {name: Portion(("A",), "A-LOW", object_id=name) for name in "wxyz"}
    diamond = {"z": ("x", "y"), "x": ("w",), "y": ("w",)}
    assert [one.object_id for one in gather(diamond, own, "z")] == ["x", "y", "w"]
    with pytest.raises(QuestionError, match="derives from itself"):
        gather({"z": ("x",), "x": ("y",), "y": ("x",)}, own, "z")
    with pytest.raises(QuestionError, match="not on record"):
        gather({"z": ("q",)}, own, "z")


def test_at_every_hop_the_consent_is_asked_again() -> None:
    """A consent that B may give it to D says nothing of what D may do with it."""
    onward = asked("D", "C", originators=("A",), marking="A-LOW", at=AT)
    acts = consent("a", "A")
    there = registry(
        agreement("a-d", ("A", "D"), TABLE_OF_FOUR, acts), agreement("d-c", ("D", "C"), TABLE_OF_FOUR)
    )
    assert judge(there, onward).outcome is Outcome.DENY
