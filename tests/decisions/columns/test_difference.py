"""What is gained and lost is the difference of two whole answers, and every turn is exact."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.columns.worlds import (
    END,
    SIZES,
    World,
    answers,
    instants,
    may,
    may_have,
    random_history,
    random_world,
    recipients,
)
from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.changes import changes_of_object, changes_of_signature
from servanda.decisions.columns.difference import Moves, difference, timeline
from servanda.decisions.columns.flows import Flows
from servanda.decisions.columns.history import History, PairHistory
from servanda.decisions.columns.lots import arrange
from servanda.errors import QuestionError


def pairs(flows: Flows) -> list[tuple[int, int]]:
    objects, parties = flows.arrays()
    found = sorted(zip(objects.tolist(), parties.tolist(), strict=True))
    assert len(found) == len(set(found)) == len(flows) == sum(flows.counts().values())
    return found


def assert_between(moves: Moves, before: World, at_before: int, after: World, at_after: int) -> None:
    was, becomes = answers(before, at_before), answers(after, at_after)
    assert pairs(moves.lost) == [tuple(pair) for pair in np.argwhere(was & ~becomes).tolist()]
    assert pairs(moves.gained) == [tuple(pair) for pair in np.argwhere(becomes & ~was).tolist()]


@pytest.mark.parametrize("parties", SIZES)
@pytest.mark.parametrize("form", ["plain", "coded", "labelled"])
def test_two_instants_differ_by_what_is_gained_and_lost(parties: int, form: str) -> None:
    world = random_world(parties, parties)
    almanac = Almanac(world.history)
    lots = arrange(getattr(world, form), almanac.signatures)
    for at, then in pairwise(instants(world)):
        assert_between(difference(lots, almanac, at, almanac, then), world, at, world, then)
        assert_between(difference(lots, almanac, then, almanac, at), world, then, world, at)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 30),
    parties=st.sampled_from([3, 5, 33, 70]),
    at=st.integers(-1, END + 1),
    then=st.integers(-1, END + 1),
    data=st.data(),
)
def test_a_supposition_differs_by_what_is_gained_and_lost(
    seed: int, parties: int, at: int, then: int, data: st.DataObject
) -> None:
    world = random_world(seed, parties)
    almanac = Almanac(world.history)
    lots = arrange(world.plain, almanac.signatures)
    changed = data.draw(st.lists(st.sampled_from(world.history.pairs), max_size=4, unique_by=id))
    dropped, flipped = changed[:2], [replace(pair, permits=~pair.permits) for pair in changed[2:]]
    gone = {id(pair) for pair in changed}
    kept = (*(pair for pair in world.history.pairs if id(pair) not in gone), *flipped)
    supposed = replace(world, history=replace(world.history, pairs=kept))
    quick = almanac.supposing(flipped, [(pair.holder, pair.recipient) for pair in dropped])
    for other in (quick, Almanac(supposed.history)):
        assert_between(difference(lots, almanac, at, other, then), world, at, supposed, then)
        assert_between(difference(lots, other, then, almanac, at), supposed, then, world, at)


def test_two_histories_of_one_world_that_share_nothing_are_compared_whole() -> None:
    world = random_world(7, 33)
    other = random_history(8, 33)
    random = np.random.default_rng(9)
    again = tuple(
        PairHistory(pair.holder, pair.recipient, pair.starts, random.random(pair.permits.shape) < 0.5)
        for pair in world.history.pairs
    )
    second = replace(world, history=History(world.history.parties, world.history.first, again))
    before, after = Almanac(world.history), Almanac(second.history)
    lots = arrange(world.plain, before.signatures)
    assert_between(difference(lots, before, 300, after, 400), world, 300, second, 400)
    with pytest.raises(QuestionError, match="same parties and signatures"):
        difference(lots, before, 0, Almanac(other), 0)


@pytest.mark.parametrize("parties", [1, 3, 33, 65])
def test_the_timeline_of_a_network_leads_from_any_instant_to_any_other(parties: int) -> None:
    world = random_world(parties, parties)
    almanac = Almanac(world.history)
    lots = arrange(world.plain, almanac.signatures)
    now = answers(world, 100)
    for at, moves in timeline(lots, almanac, 100, 400):
        assert (now == answers(world, at - 1)).all()
        assert pairs(moves.gained) or pairs(moves.lost)
        now = now.copy()
        now[tuple(np.array(moves.lost.arrays(), np.int64))] = False
        now[tuple(np.array(moves.gained.arrays(), np.int64))] = True
        assert (now == answers(world, at)).all()
    assert (now == answers(world, 399)).all()


def turns(every: list[bool]) -> list[int]:
    return [201 + at for at, (was, becomes) in enumerate(pairwise(every)) if was != becomes]


@pytest.mark.parametrize("seed", range(4))
def test_an_answer_turns_exactly_where_it_is_said_to(seed: int) -> None:
    world = random_world(seed, 3)
    almanac = Almanac(world.history)
    for party in range(3):
        for signature in range(almanac.signatures):
            every = [may(world.history, signature, party, at) for at in range(200, 500)]
            changes = changes_of_signature(almanac, signature, party, 200, 500)
            assert changes.permits is every[0]
            assert list(changes.turns) == turns(every)
        for item, thing in enumerate(world.things[:12]):
            every = [
                may_have(thing, recipients(world.history, thing.signature, at), party, at)
                for at in range(200, 500)
            ]
            for objects in (world.plain, world.coded, world.labelled):
                changes = changes_of_object(almanac, objects, item, party, 200, 500)
                assert changes.permits is every[0]
                assert list(changes.turns) == [
                    201 + at for at, (a, b) in enumerate(pairwise(every)) if a != b
                ]
