"""Every way to a permit permits, no part of one does, and the cheapest comes first."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from asking import instant
from decisions.small import AT, act, agreement, asked, registry
from servanda.decisions import Index, judge
from servanda.decisions.ways import FREE, NO_WAY, both, cost, either, minimal
from servanda.formats.when import parse_instant
from servanda.model.act import Consent, Recall
from servanda.model.decision import Change, ChangeKind, Outcome, ReleaseRequest, Way
from servanda.model.instrument import Registry
from servanda.model.label import Caveat, Embargo, NoForeign, OriginatorControlled, Portion, ReleasableTo
from servanda.model.when import BEGINNING

DOABLE = frozenset(
    {
        ChangeKind.NARROW,
        ChangeKind.CONSENT,
        ChangeKind.WAIT,
        ChangeKind.LOWER_MARKING,
        ChangeKind.LIFT_CAVEAT,
    }
)
"""Changes that a test can make for itself; the others are for the parties to find words for."""


def done(world: Registry, request: ReleaseRequest, way: Way) -> tuple[Registry, ReleaseRequest]:
    """The world and the question after the changes of a way."""
    for number, change in enumerate(way):
        sets = dict(change.sets)
        if change.kind is ChangeKind.NARROW:
            asked_for = {key: value for key, value in sets.items() if key != "topics"}
            if "topics" in sets:
                asked_for["topics"] = tuple(sets["topics"].split(", "))  # type: ignore[assignment]
            request = replace(request, **asked_for)  # type: ignore[arg-type]  # fields of the request
        elif change.kind is ChangeKind.WAIT:
            request = replace(request, at=parse_instant(sets["until"]))
        elif change.kind is ChangeKind.LOWER_MARKING:
            request = relabelled(request, sets["source"], {"marking": sets["marking"]})
        elif change.kind is ChangeKind.LIFT_CAVEAT:
            request = lifted(request, sets)
        elif "recall" in sets:
            world = without(world, sets["recall"])
        else:
            world = consented(world, change, number)
    return world, request


def relabelled(request: ReleaseRequest, source: str, fields: dict[str, object]) -> ReleaseRequest:
    if not source:
        return replace(request, **fields)  # type: ignore[arg-type]  # fields of the request
    lineage = tuple(
        msgspec.structs.replace(one, **fields) if one.object_id == source else one for one in request.lineage
    )
    return replace(request, lineage=lineage)


def lifted(request: ReleaseRequest, sets: dict[str, str]) -> ReleaseRequest:
    own = next((one for one in request.portions if one.object_id == sets["source"]), request.portions[0])
    found: list[Caveat] = []
    for caveat in own.caveats:
        kind = str(type(caveat).__struct_config__.tag)
        if "releasable" in sets and isinstance(caveat, ReleasableTo):
            found.append(ReleasableTo((*caveat.parties, sets["releasable"])))
        elif kind != sets.get("lift"):
            found.append(caveat)
    return relabelled(request, sets["source"], {"caveats": tuple(found)})


def consented(world: Registry, change: Change, number: int) -> Registry:
    sets = dict(change.sets)
    given_by = Consent(
        id=f"made-{number}",
        by=change.by,
        done=BEGINNING,
        seen=BEGINNING,
        recipients=(sets["recipient"],),
        holders=(sets["holder"],),
        objects=(sets["object"],) if "object" in sets else (),
    )
    first = next(iter(world.instruments.values()))
    return world.with_instrument(first.with_acts((*first.acts, given_by)))


def without(world: Registry, name: str) -> Registry:
    for instrument in world.instruments.values():
        kept = tuple(one for one in instrument.acts if not (isinstance(one, Recall) and one.id == name))
        world = world.with_instrument(instrument.with_acts(kept))
    return world


SCOPE = '[clause."6"]\nkind = "scope"\ntopics = ["missiles", "trade"]\nforms = ["document"]\n'
PURPOSE = '[clause."7"]\nkind = "purpose"\nallows = ["defence"]\n'
CEILING = '[clause."8"]\nkind = "ceiling"\nhighest = { B = "B-LOW" }\n'
FORBIDS = '[clause."9"]\nkind = "prohibition"\ntopics = ["trade"]\n'
ACTS = {
    "none": "",
    "yes": act("yes", "consent", "A", 'recipients = ["C"], topics = ["missiles"]'),
    "later": act("later", "consent", "A", 'recipients = ["C"]', done="2020-09-01T00:00:00Z"),
    "recall": act("back", "recall", "A", 'objects = ["report"]'),
}

worlds = st.builds(
    lambda clauses, more, acts: registry(
        agreement("a-b", ("A", "B"), acts="".join(ACTS[one] for one in sorted(acts))),
        agreement("b-c", ("B", "C"), "".join(sorted(clauses))),
        *([agreement("b-c-2", ("B", "C"), "".join(sorted(more)))] if more is not None else []),
    ),
    st.sets(st.sampled_from([SCOPE, PURPOSE, CEILING, FORBIDS])),
    st.none() | st.sets(st.sampled_from([SCOPE, PURPOSE, CEILING])),
    st.sets(st.sampled_from(sorted(ACTS))),
)
caveats = st.lists(
    st.sampled_from(
        [
            NoForeign(),
            ReleasableTo(("B",)),
            ReleasableTo(("C",)),
            OriginatorControlled(),
            Embargo(instant("2020-12-01 09:00")),
        ]
    ),
    unique=True,
    max_size=2,
).map(tuple)
requests = st.builds(
    lambda own, marking, topics, form, purpose, given_for, caveats, source: asked(
        "B",
        "C",
        originators=(own,),
        marking=f"{own}-{marking}",
        topics=topics,
        form=form,
        purpose=purpose,
        given_for=given_for,
        caveats=caveats,
        object_id="report",
        lineage=source,
    ),
    st.sampled_from("AB"),
    st.sampled_from(["TOP", "MID", "LOW"]),
    st.sampled_from([(), ("missiles",), ("missiles", "trade"), ("missiles", "fishing")]),
    st.sampled_from(["document", "electronic"]),
    st.sampled_from(["", "defence", "trade"]),
    st.sampled_from([(), ("defence",)]),
    caveats,
    st.sampled_from([(), (Portion(("A",), "A-TOP", ("missiles",), object_id="source"),)]),
)


@settings(max_examples=150, deadline=None)
@given(worlds, requests)
def test_each_way_permits_and_no_smaller_part_of_it_does(world: Registry, request: ReleaseRequest) -> None:
    decision = judge(world, request)
    if decision.outcome is Outcome.PERMIT:
        assert decision.ways == ()
        return
    for way in decision.ways:
        assert way
        if not {one.kind for one in way} <= DOABLE:
            continue
        assert judge(*done(world, request, way)).outcome is Outcome.PERMIT, way
        for left_out in range(len(way)):
            part = (*way[:left_out], *way[left_out + 1 :])
            assert judge(*done(world, request, part)).outcome is not Outcome.PERMIT, (way, part)


@settings(max_examples=60, deadline=None)
@given(worlds, requests)
def test_ways_are_in_order_of_cost_and_none_holds_another(world: Registry, request: ReleaseRequest) -> None:
    ways = judge(world, request).ways
    assert list(ways) == sorted(ways, key=cost)
    for one in ways:
        assert not any(set(other) < set(one) for other in ways)


def test_a_refusal_tells_of_the_consent_the_lower_marking_and_the_wait_that_would_help() -> None:
    world = registry(agreement("a-b", ("A", "B"), acts=ACTS["later"]), agreement("b-c", ("B", "C")))
    decision = judge(world, asked("B", "C", originators=("A",), marking="A-TOP"))
    assert [tuple(one.kind for one in way) for way in decision.ways][:2] == [
        (ChangeKind.CONSENT,),
        (ChangeKind.WAIT,),
    ]
    middle = judge(world, asked("B", "C", originators=("A",), marking="A-MID"))
    assert (ChangeKind.CONSENT, ChangeKind.LOWER_MARKING) in [
        tuple(sorted((one.kind for one in way), key=lambda kind: kind.cost)) for way in middle.ways
    ]


def change(name: str, **sets: str) -> Change:
    return Change(ChangeKind.NARROW, ("A",), name, (), tuple(sets.items()))


def test_families_of_ways_are_those_of_a_monotone_formula() -> None:
    a, b, c = change("a"), change("b"), change("c")
    assert both(((a,),), ((b,), (c,))) == ((a, b), (a, c))
    assert either(((a,),), ((a, b), (c,))) == ((a,), (c,))
    assert both(FREE, ((a,),)) == ((a,),)
    assert both(NO_WAY, ((a,),)) == NO_WAY
    assert both(((a,), (b,)), ((a,), (c,))) == ((a,), (b, c))
    assert minimal([(a, b), (a,)]) == ((a,),)


def test_two_values_for_one_thing_are_no_way() -> None:
    lower, lowest = change("lower", marking="1"), change("lowest", marking="2")
    assert both(((lower,),), ((lowest,),)) == NO_WAY


def test_the_index_and_the_plain_question_agree() -> None:
    world = registry(agreement("a-b", ("A", "B")))
    assert Index(world).registry is world
    assert judge(world, asked(at=AT)).outcome is Outcome.PERMIT
