"""Lists and counts, read from lots, are the bits of the bulk answer."""

from __future__ import annotations

import numpy as np
import pytest

from decisions.columns.worlds import SIZES, World, answers, instants, random_world
from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.difference import difference
from servanda.decisions.columns.embargoes import Embargoes
from servanda.decisions.columns.flows import objects_for, who_may_see
from servanda.decisions.columns.lots import arrange
from servanda.decisions.columns.masks import every_party
from servanda.decisions.columns.objects import Barriers, Objects, narrow
from servanda.decisions.columns.tally import tally
from servanda.errors import QuestionError

FORMS = ("plain", "coded", "labelled")


@pytest.fixture(params=SIZES, scope="module")
def world(request: pytest.FixtureRequest) -> World:
    return random_world(request.param, request.param)


@pytest.mark.parametrize("form", FORMS)
def test_lots_hold_every_object_once_and_only_with_its_like(world: World, form: str) -> None:
    lots = arrange(getattr(world, form), int(world.history.first[-1]))
    assert sorted(lots.order.tolist()) == list(range(len(world.things)))
    for signature in range(len(lots.first) - 1):
        for lot in range(lots.first[signature], lots.first[signature + 1]):
            (kind,) = {world.things[item] for item in lots.order[lots.start[lot] : lots.start[lot + 1]]}
            assert kind.signature == signature


@pytest.mark.parametrize("form", FORMS)
def test_a_list_for_a_party_is_exactly_what_it_may_have(world: World, form: str) -> None:
    almanac, objects = Almanac(world.history), getattr(world, form)
    lots = arrange(objects, almanac.signatures)
    counted = tally(lots, world.parties)
    for at in instants(world):
        expected = answers(world, at)
        assert counted.counts(almanac, at).tolist() == expected.sum(axis=0).tolist()
        for party in range(world.parties):
            listed = objects_for(almanac, lots, party, at)
            assert sorted(listed.tolist()) == np.flatnonzero(expected[:, party]).tolist()
        for item in range(len(objects)):
            assert who_may_see(almanac, objects, item, at) == tuple(np.flatnonzero(expected[item]).tolist())


def test_a_label_that_no_object_bears_is_an_empty_lot() -> None:
    labels = Barriers(every_party(3, 4))
    objects = Objects(narrow([0, 1, 2], 3), labels, Embargoes.none(4), narrow([2, 0, 2], 3))
    lots = arrange(objects, 4)
    assert len(lots) == len(lots.order) == 3
    assert [lots.objects(np.array([lot])).tolist() for lot in range(3)] == [[1], [], [0, 2]]


def test_objects_of_an_unknown_signature_are_not_arranged() -> None:
    world = random_world(1, 4)
    with pytest.raises(QuestionError, match="not in a history"):
        arrange(world.plain, world.plain.greatest)


def test_lots_are_not_read_with_a_history_that_they_were_not_arranged_for() -> None:
    world, almanac = random_world(1, 4), Almanac(random_world(1, 4).history)
    lots, others = arrange(world.plain, almanac.signatures + 1), arrange(random_world(2, 70).plain, 900)
    for wrong in (lots, others):
        with pytest.raises(QuestionError, match="another history"):
            objects_for(almanac, wrong, 0, 0)
        with pytest.raises(QuestionError, match="another history"):
            difference(wrong, almanac, 0, almanac, 1)
        with pytest.raises(QuestionError, match="another history"):
            tally(wrong, 4).counts(almanac, 0)


@pytest.mark.parametrize("item", [-1, 40])
def test_an_object_that_is_not_there_is_seen_by_nobody(item: int) -> None:
    world = random_world(1, 4)
    for objects in (world.plain, world.labelled):
        with pytest.raises(QuestionError, match="there is no object"):
            who_may_see(Almanac(world.history), objects, item, 0)
