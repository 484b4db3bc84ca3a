"""The bulk answer is the single answer, for every object, party and instant."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from decisions.columns.worlds import SIZES, World, answers, instants, random_world, recipients
from servanda.decisions.columns.almanac import Almanac, table
from servanda.decisions.columns.embargoes import Embargoes
from servanda.decisions.columns.history import History, PairHistory
from servanda.decisions.columns.masks import count_by_party, every_party, gather, members, no_party, spread
from servanda.decisions.columns.objects import Barriers, Objects, narrow
from servanda.decisions.columns.releasable import Engine, releasable, release_into
from servanda.errors import QuestionError

FORMS = ("plain", "coded", "labelled")


@pytest.fixture(params=SIZES, scope="module")
def world(request: pytest.FixtureRequest) -> World:
    return random_world(request.param, request.param)


def test_an_almanac_answers_as_its_history_does_at_and_beside_every_change(world: World) -> None:
    almanac = Almanac(world.history)
    for at in instants(world):
        words = almanac.table(at)
        assert (words == table(world.history, at)).all()
        bits = spread(words, world.parties)
        for signature in {thing.signature for thing in world.things}:
            lawful = recipients(world.history, signature, at)
            expected = [party in lawful for party in range(world.parties)]
            assert bits[signature].tolist() == expected
            assert [almanac.permits(signature, party, at) for party in range(world.parties)] == expected
            assert almanac.recipients(signature, at) == tuple(np.flatnonzero(expected).tolist())


@pytest.mark.parametrize("form", FORMS)
def test_every_object_and_party_is_answered_as_if_asked_alone(world: World, form: str) -> None:
    almanac, objects = Almanac(world.history), getattr(world, form)
    for at in instants(world):
        expected = answers(world, at)
        got = [(batch.start, batch.words) for batch in releasable(almanac, objects, at, batch=17)]
        assert [start for start, _ in got] == list(range(0, len(objects), 17))
        assert (spread(np.concatenate([words for _, words in got]), world.parties) == expected).all()


@pytest.mark.parametrize("form", FORMS)
def test_the_compiled_loop_answers_as_numpy_does(world: World, form: str) -> None:
    pytest.importorskip("numba")
    almanac, objects = Almanac(world.history), getattr(world, form)
    for at in instants(world):
        plain, compiled = no_party(30, world.parties), no_party(30, world.parties)
        release_into(plain, almanac, objects, at, start=7)
        release_into(compiled, almanac, objects, at, start=7, engine=Engine.NUMBA, threads=2)
        assert (plain == compiled).all()


@pytest.mark.parametrize("parties", [30, 130])
def test_many_blocks_on_two_threads_are_one_answer(parties: int) -> None:
    world = random_world(5, parties)
    random = np.random.default_rng(6)
    which = random.integers(0, 40, 300_001)
    objects = Objects(
        world.plain.signature[which],
        Barriers(world.plain.barriers.words[which]),
        Embargoes.of([0, 300_000, 70_000], [500, 500, 500], every_party(3, parties)),
    )
    almanac = Almanac(world.history)
    once, twice = no_party(300_001, parties), no_party(300_001, parties)
    release_into(once, almanac, objects, 400)
    release_into(twice, almanac, objects, 400, threads=2)
    expected = almanac.table(400)[objects.signature] & objects.barriers.words
    expected[[0, 70_000, 300_000]] = 0
    assert (once == expected).all()
    assert (twice == expected).all()


def test_an_answer_needs_no_more_room_than_its_batch() -> None:
    world = random_world(3, 30)
    count = 2_000_000
    objects = Objects(narrow(np.zeros(count), 1), Barriers(every_party(count, 30)), Embargoes.none(30))
    almanac = Almanac(world.history)
    almanac.table(0)
    tracemalloc.start()
    seen = sum(len(batch) for batch in releasable(almanac, objects, 0, batch=10_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen == count
    assert peak < 40 * 10_000


def test_several_embargoes_on_one_object_end_one_by_one() -> None:
    masks = gather(np.array([[1, 0, 0], [0, 1, 0], [1, 0, 1]], np.bool_))
    embargoes = Embargoes.of([4, 4, 4], [300, 100, 200], masks)
    barred = {}
    for at in (-5, 99, 100, 199, 200, 299, 300):
        words = every_party(5, 3)
        embargoes.bar(words, at)
        assert members(words[3]) == (0, 1, 2)
        barred[at] = tuple({0, 1, 2} - set(members(words[4])))
    assert barred == {-5: (0, 1, 2), 99: (0, 1, 2), 100: (0, 2), 199: (0, 2), 200: (0,), 299: (0,), 300: ()}


@pytest.mark.parametrize("parties", SIZES)
@pytest.mark.parametrize("rows", [0, 3, 70_000])
def test_counts_by_party_are_the_sums_of_the_bits(parties: int, rows: int) -> None:
    bits = np.random.default_rng(rows).random((rows, parties)) < 0.3
    words = gather(bits)
    assert (spread(words, parties) == bits).all()
    assert (count_by_party(words, parties) == bits.sum(axis=0)).all()


def test_what_does_not_fit_together_is_refused_and_never_answered() -> None:
    almanac = Almanac(random_world(1, 4).history)
    whole = every_party(2, 4)
    free = Embargoes.none(4)
    beyond = Objects(narrow([0, almanac.signatures], 1 << 16), Barriers(whole), free)
    with pytest.raises(QuestionError, match="not in a history"):
        list(releasable(almanac, beyond, 0))
    with pytest.raises(QuestionError, match="names no mask"):
        Objects(narrow([0, 0], 1), Barriers(whole, narrow([0, 2], 3)), free)
    with pytest.raises(QuestionError, match="no row"):
        Objects(narrow([0, 0], 1), Barriers(whole), free, narrow([2], 3))
    with pytest.raises(QuestionError, match="stand beside"):
        Objects(narrow([0], 1), Barriers(whole), free)
    with pytest.raises(QuestionError, match="same parties"):
        Objects(narrow([0, 0], 1), Barriers(whole), Embargoes.of([0], [5], every_party(1, 70)))
    with pytest.raises(QuestionError, match="codes beyond"):
        narrow([-1], 4)
    wide = Objects(narrow([0], 1), Barriers(every_party(1, 70)), Embargoes.none(70))
    with pytest.raises(QuestionError, match="not masks of 4"):
        list(releasable(almanac, wide, 0))
    with pytest.raises(QuestionError, match="there are 2 objects"):
        release_into(no_party(3, 4), almanac, Objects(narrow([0, 0], 1), Barriers(whole), free), 0)
    starts, rows = np.array([-9, 5, 5]), np.zeros((3, 1), np.bool_)
    backwards = History(("A",), np.array([0, 1]), (PairHistory(0, 0, starts, rows),))
    with pytest.raises(QuestionError, match="do not ascend"):
        Almanac(backwards)
