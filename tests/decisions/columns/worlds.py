"""Random histories and objects, and the slow, obviously right answer to every question about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.columns.embargoes import Embargoes
from servanda.decisions.columns.history import History, PairHistory
from servanda.decisions.columns.masks import gather
from servanda.decisions.columns.objects import Barriers, Objects, narrow

SIZES = (1, 2, 30, 31, 32, 33, 63, 64, 65, 130, 200)
FIRST = np.iinfo(np.int64).min
END = 1_000


@dataclass(frozen=True)
class Thing:
    """One object as plain values: its signature, whom nothing bars, and its embargoes."""

    signature: int
    unbarred: frozenset[int]
    embargoes: tuple[tuple[int, frozenset[int]], ...] = ()


@dataclass(frozen=True, eq=False)
class World:
    """A history and some objects, twice: as columns and as plain values."""

    history: History
    things: tuple[Thing, ...]
    plain: Objects

    @property
    def parties(self) -> int:
        return len(self.history.parties)

    @property
    def coded(self) -> Objects:
        """The same objects with each mask kept once."""
        masks = sorted({tuple(sorted(thing.unbarred)) for thing in self.things})
        code = [masks.index(tuple(sorted(thing.unbarred))) for thing in self.things]
        words = words_of([frozenset(mask) for mask in masks], self.parties)
        return Objects(self.plain.signature, Barriers(words, narrow(code, len(masks))), self.plain.embargoes)

    @property
    def labelled(self) -> Objects:
        """The same objects as labels, each of which stands once."""
        labels = list(dict.fromkeys(self.things))
        number = [labels.index(thing) for thing in self.things]
        return replace(columns_of(tuple(labels), self.parties), label=narrow(number, len(labels)))


def words_of(sets: list[frozenset[int]], parties: int) -> NDArray[np.unsignedinteger]:
    bits = np.zeros((len(sets), parties), np.bool_)
    for row, members in enumerate(sets):
        bits[row, list(members)] = True
    return gather(bits)


def columns_of(things: tuple[Thing, ...], parties: int) -> Objects:
    rows = [(row, until, barred) for row, thing in enumerate(things) for until, barred in thing.embargoes]
    return Objects(
        narrow([thing.signature for thing in things], 1 << 16),
        Barriers(words_of([thing.unbarred for thing in things], parties)),
        Embargoes.of(
            [row for row, _, _ in rows],
            [until for _, until, _ in rows],
            words_of([barred for _, _, barred in rows], parties),
        ),
    )


def random_history(seed: int, parties: int, each: int = 5, pairs: int = 120) -> History:
    """Every holder has up to `each` signatures, every pair up to six epochs; few pairs have a history."""
    random = np.random.default_rng(seed)
    first = np.concatenate([[0], np.cumsum(random.integers(0, each + 1, parties))]).astype(np.int64)
    if first[-1] == 0:
        first[-1] = 1
    chosen = random.permutation(parties * parties)[:pairs].tolist()
    made = []
    for holder, recipient in (divmod(pair, parties) for pair in chosen):
        cuts = np.unique(random.integers(0, END, random.integers(0, 6)))
        starts = np.concatenate([[FIRST], cuts]).astype(np.int64)
        rows = random.random((len(starts), int(first[holder + 1] - first[holder]))) < 0.5
        made.append(PairHistory(holder, recipient, starts, rows))
    return History(tuple(f"P{number}" for number in range(parties)), first, tuple(made))


@cache
def random_world(seed: int, parties: int, objects: int = 40) -> World:
    random = np.random.default_rng(seed + 1_000)
    history = random_history(seed, parties)
    masks = [frozenset(np.flatnonzero(random.random(parties) < 0.7).tolist()) for _ in range(7)]
    things = []
    for _ in range(objects):
        embargoes = tuple(
            (int(random.integers(0, END)), frozenset(np.flatnonzero(random.random(parties) < 0.5).tolist()))
            for _ in range(int(random.choice([0, 0, 0, 1, 2, 3])))
        )
        signature = int(random.integers(0, history.first[-1]))
        things.append(Thing(signature, masks[int(random.integers(0, 7))], embargoes))
    return World(history, tuple(things), columns_of(tuple(things), parties))


def recipients(history: History, signature: int, at: int) -> set[int]:
    """To whom the law lets a signature go, by looking through everything."""
    holder = max(holder for holder, low in enumerate(history.first[:-1].tolist()) if low <= signature)
    found = set()
    for pair in history.pairs:
        if pair.holder == holder:
            epoch = max(row for row, start in enumerate(pair.starts.tolist()) if start <= at)
            if pair.permits[epoch, signature - history.first[holder]]:
                found.add(pair.recipient)
    return found


def may(history: History, signature: int, party: int, at: int) -> bool:
    """The law's answer for a signature and one party."""
    return party in recipients(history, signature, at)


def may_have(thing: Thing, lawful: set[int], party: int, at: int) -> bool:
    """Whether an object may go to a party at an instant: the definition, written out."""
    return (
        party in lawful
        and party in thing.unbarred
        and not any(at < until and party in barred for until, barred in thing.embargoes)
    )


@cache
def answers(world: World, at: int) -> NDArray[np.bool_]:
    """The whole answer at an instant, bool[objects, parties], one question at a time."""
    rows = []
    for thing in world.things:
        lawful = recipients(world.history, thing.signature, at)
        rows.append([may_have(thing, lawful, party, at) for party in range(world.parties)])
    return np.array(rows, np.bool_).reshape(len(world.things), world.parties)


def instants(world: World) -> list[int]:
    """A handful of instants: some at, just before and just after a change."""
    cuts = {int(start) for pair in world.history.pairs for start in pair.starts[1:]}
    cuts |= {until for thing in world.things for until, _ in thing.embargoes}
    near = [cut + step for cut in sorted(cuts)[:: max(1, len(cuts) // 4)] for step in (-1, 0, 1)]
    return [FIRST, -1, *near, END + 1]
