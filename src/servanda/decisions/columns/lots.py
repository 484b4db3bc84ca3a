"""Lots: the objects that nothing tells apart, kept together so that a list costs what it holds.

A lot has one signature, one barrier, and the same embargoes. Lots of a signature stand together and so do
the signatures of a holder: what changes between two parties touches one stretch of lots.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.embargoes import Embargoes
from servanda.decisions.columns.masks import Words, alike, holds, no_party
from servanda.decisions.columns.objects import Barriers, Objects
from servanda.errors import QuestionError

_SAMPLE = 1 << 14
_BITS = 64


@dataclass(frozen=True, slots=True)
class Lots:
    """The objects of a bulk question, arranged by lot; built once, good for every instant and history.

    The lots of signature `s` are `first[s]` to `first[s + 1]`, int64[S + 1]; `many` int64[S] says how many
    that is. The objects of lot `l` are
    `order[start[l]:start[l + 1]]`, ascending. `barrier` words[L, W] is whom no caveat bars, and the rows of
    `embargoes` are lots. `ends` int64[E] are the ends of all embargoes, ascending, and `ending` int64[E] the
    lots that they are of.
    """

    first: NDArray[np.int64]
    many: NDArray[np.int64]
    barrier: Words
    embargoes: Embargoes
    start: NDArray[np.integer]
    order: NDArray[np.integer]
    ends: NDArray[np.int64]
    ending: NDArray[np.int64]
    alone: bool = field(init=False)
    """Whether every lot is one object."""

    def __post_init__(self) -> None:
        ones = len(self.order) == len(self) and bool((self.start[1:] > self.start[:-1]).all())
        object.__setattr__(self, "alone", ones)

    def __len__(self) -> int:
        return len(self.barrier)

    def check(self, almanac: Almanac) -> None:
        """Refuse an almanac of other signatures or parties than the lots were arranged for.

        Raises:
            QuestionError: they do not belong together.
        """
        parties = alike(self.barrier, no_party(0, almanac.parties))
        if not parties or len(self.many) != almanac.signatures:
            raise QuestionError("the objects were arranged for another history")

    def stretch(self, almanac: Almanac, holder: int) -> slice:
        """Return the lots of one holder."""
        low, high = almanac.signatures_of(holder)
        return slice(int(self.first[low]), int(self.first[high]))

    def sizes(self, lots: slice | NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many objects are in each of some lots."""
        if isinstance(lots, slice):
            return np.diff(self.start[lots.start : lots.stop + 1]).astype(np.int64)
        return (self.start[lots + 1] - self.start[lots]).astype(np.int64)

    def objects(self, lots: NDArray[np.int64]) -> NDArray[np.integer]:
        """Return the objects of some lots, lot by lot."""
        if self.alone:
            return self.order.take(lots)
        low, sizes = self.start[lots], self.sizes(lots)
        total = int(sizes.sum())
        if total != len(lots) or (len(lots) and int(sizes.min()) != 1):
            before = np.cumsum(sizes) - sizes
            low = np.repeat(low - before, sizes) + np.arange(total)
        found: NDArray[np.integer] = self.order[low]
        return found

    def signature(self, lots: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the signature of each of some lots."""
        return np.searchsorted(self.first, lots, "right") - 1

    def may(self, almanac: Almanac, holder: int, party: int, at: int) -> NDArray[np.bool_]:
        """Return for each lot of the holder whether it may go to the party at an instant."""
        stretch = self.stretch(almanac, holder)
        answers = np.frombuffer(almanac.answers((holder, party), at), np.bool_)
        if not len(answers) or not answers.any():
            return np.zeros(stretch.stop - stretch.start, np.bool_)
        return self.spread(almanac, holder, answers) & self.unbarred(stretch, party, at)

    def spread(self, almanac: Almanac, holder: int, answers: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return for each lot of the holder the answer for its signature."""
        low, high = almanac.signatures_of(holder)
        return np.repeat(answers, self.many[low:high])

    def unbarred(self, stretch: slice, party: int, at: int) -> NDArray[np.bool_]:
        """Return for each lot of a stretch whether no caveat bars the party at an instant."""
        open_ = holds(self.barrier[stretch], party)
        if len(self.embargoes):
            embargoes = self.embargoes.within(stretch.start, stretch.stop)
            now = (embargoes.since <= at) & (at < embargoes.until) & holds(embargoes.barred, party)
            open_[embargoes.row[now]] = False
        return open_


def arrange(objects: Objects, signatures: int) -> Lots:
    """Arrange objects by lot. Takes a sort; needs a few times the room of the columns while it works."""
    if objects.greatest >= signatures:
        raise QuestionError(f"signature {objects.greatest} is not in a history of {signatures}")
    by_row, barrier = _sorted(objects)
    signature = objects.signature[by_row]
    held = np.zeros(len(by_row), np.bool_)
    held[objects.embargoes.row] = True
    held = held[by_row]
    new = np.ones(len(by_row), np.bool_)
    new[1:] = (signature[1:] != signature[:-1]) | (barrier[1:] != barrier[:-1]).any(axis=1)
    new[1:] |= held[1:] | held[:-1]
    heads = np.flatnonzero(new)
    lot = np.empty(len(by_row), np.int64)
    lot[by_row] = np.cumsum(new) - 1
    order, start = by_row, np.append(heads, len(by_row))
    if objects.label is not None:
        own = lot[objects.label]
        order = _ascending((own, len(heads)))
        start = np.concatenate([[0], np.cumsum(np.bincount(own, minlength=len(heads)))])
    embargoes = objects.embargoes
    rows = lot[embargoes.row]
    place = np.argsort(rows, kind="stable")
    held_back = Embargoes(
        rows[place], embargoes.since[place], embargoes.until[place], embargoes.barred[place]
    )
    ending = np.argsort(held_back.until, kind="stable")
    small = np.uint32 if len(objects) < 1 << 32 else np.int64
    first = np.searchsorted(signature[heads], np.arange(signatures + 1)).astype(np.int64)
    return Lots(
        first,
        np.diff(first),
        np.ascontiguousarray(barrier[heads]),
        held_back,
        start.astype(small),
        order.astype(small),
        held_back.until[ending],
        held_back.row[ending],
    )


def _sorted(objects: Objects) -> tuple[NDArray[np.int64], Words]:
    """Return the rows by signature, then by barrier where barriers repeat; and the barriers so sorted."""
    barriers = objects.barriers
    if barriers.code is None and _repeat(barriers):
        barriers = barriers.coded()
    parts = [(objects.signature, objects.greatest + 1)]
    if barriers.code is not None:
        parts.append((barriers.code, len(barriers.words)))
    order = _ascending(*parts)
    return order, barriers.rows(order)


def _repeat(barriers: Barriers) -> bool:
    """Whether masks seem to occur again and again: a guess, which costs time or room if it is wrong."""
    sample = barriers.words[:: max(1, len(barriers) // _SAMPLE)]
    return len(np.unique(sample, axis=0)) < len(sample) // 2


def _ascending(*parts: tuple[NDArray[np.integer], int]) -> NDArray[np.int64]:
    """Return the order that sorts by each part in turn, then by place; a part is codes and their number."""
    count = len(parts[0][0])
    bits = [max(1, kinds - 1).bit_length() for _, kinds in parts]
    room = max(1, count - 1).bit_length()
    if sum(bits) + room > _BITS:
        return np.lexsort([codes for codes, _ in reversed(parts)]).astype(np.int64)
    # Sorting whole numbers that carry their own place is several times as fast as sorting places.
    keys = np.zeros(count, np.uint64)
    for (codes, _), size in zip(parts, bits, strict=True):
        keys <<= np.uint64(size)
        keys |= codes.astype(np.uint64)
    keys <<= np.uint64(room)
    keys |= np.arange(count, dtype=np.uint64)
    keys.sort()
    keys &= np.uint64((1 << room) - 1)
    return keys.astype(np.int64)
