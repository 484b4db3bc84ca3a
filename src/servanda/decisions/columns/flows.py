"""Releases that may be made, as lots until somebody wants them one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.lots import Lots
from servanda.decisions.columns.masks import members
from servanda.decisions.columns.objects import Objects


@dataclass(frozen=True, slots=True)
class Flows:
    """Pairs of an object and a party, none of them twice. Each part is a party and lots that go to it."""

    lots: Lots
    parts: tuple[tuple[int, NDArray[np.int64]], ...]

    def __len__(self) -> int:
        return sum(int(self.lots.sizes(lots).sum()) for _, lots in self.parts)

    def counts(self) -> dict[int, int]:
        """Return how many objects there are for each party that there are any for."""
        counts: dict[int, int] = {}
        for party, lots in self.parts:
            counts[party] = counts.get(party, 0) + int(self.lots.sizes(lots).sum())
        return counts

    def each(self) -> Iterator[tuple[int, NDArray[np.integer]]]:
        """Yield a party and objects that go to it, part by part; objects are made only as they are asked."""
        for party, lots in self.parts:
            yield party, self.lots.objects(lots)

    def arrays(self) -> tuple[NDArray[np.integer], NDArray[np.uint16]]:
        """Return all pairs as two columns of one length: the object, and the party."""
        made = list(self.each())
        if not made:
            return self.lots.order[:0], np.zeros(0, np.uint16)
        parties = np.repeat(
            np.array([party for party, _ in made], np.uint16), [len(objects) for _, objects in made]
        )
        return np.concatenate([objects for _, objects in made]), parties


def objects_for(almanac: Almanac, lots: Lots, party: int, at: int) -> NDArray[np.integer]:
    """Return every object that may go to the party at an instant, by lot; costs what the holders hold."""
    lots.check(almanac)
    parts = []
    for holder in almanac.holders_for(party):
        low = lots.stretch(almanac, holder).start
        parts.append((party, np.flatnonzero(lots.may(almanac, holder, party, at)) + low))
    return Flows(lots, tuple(parts)).arrays()[0]


def who_may_see(almanac: Almanac, objects: Objects, item: int, at: int) -> tuple[int, ...]:
    """Return every party that may have one object at an instant, ascending."""
    row = objects.row(item)
    mask = objects.barriers.rows(np.array([row]))
    objects.embargoes.within(row, row + 1).bar(mask, at)
    unbarred = set(members(mask[0]))
    return tuple(p for p in almanac.recipients(int(objects.signature[row]), at) if p in unbarred)
