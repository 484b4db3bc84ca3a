"""Which texts may be near a text: an index of their trigrams, asked by the rarest of them.

A text within a ratio of another shares most of its trigrams with it, and so some of the rarest of them (the
prefix filter of set similarity joins: Chaudhuri, Ganti, Kaushik, ICDE 2006). Only those are looked up.
Postings are one array; a text of the question costs a few thousand numbers and no object.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.int32]
Large: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float32]

_LETTERS = 38
"""a to z, 0 to 9, the space, and the edge of a text."""
_GRAMS = _LETTERS**3
_EDGE = 37
_CODES = np.full(256, 36, dtype=np.int32)
_CODES[97:123] = np.arange(26)
_CODES[48:58] = np.arange(26, 36)
_CODES[0] = _EDGE
_NOTHING = np.empty(0, dtype=np.int32)
_NO_PAIRS = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
_BLOCK = 1 << 17
"""Postings taken at once; with their sort they fit into two megabytes."""


@dataclass(frozen=True, slots=True)
class Trigrams:
    """The texts of each trigram: `texts[starts[gram] : starts[gram + 1]]`, each once, rising."""

    starts: Large
    texts: Numbers
    count: int
    lengths: Numbers
    bounds: list[int]
    """`starts` again, as plain numbers: asked for one text they are much quicker."""

    def near_one(self, text: str, share: float, reach: float, overlap: float) -> Numbers:
        """Return the places near one text: the same as `near`, without the cost of arrays of one."""
        codes = [_EDGE, *_CODES[np.frombuffer(text.encode("ascii"), dtype=np.uint8)].tolist(), _EDGE]
        grams = {
            (one * _LETTERS + two) * _LETTERS + three
            for one, two, three in zip(codes, codes[1:], codes[2:], strict=False)
        }
        looked_up = math.ceil(len(grams) * share) + 1
        starts = self.bounds
        rarest = sorted(grams, key=lambda gram: (starts[gram + 1] - starts[gram], gram))[:looked_up]
        found = np.concatenate([self.texts[starts[gram] : starts[gram + 1]] for gram in rarest] or [_NOTHING])
        if not len(found):
            return _NOTHING
        found.sort()
        edges = np.flatnonzero(np.concatenate(([True], found[1:] != found[:-1])))
        shared = np.diff(np.concatenate((edges, [len(found)])))
        needed = min(max(2, math.ceil(looked_up * overlap)), max(1, len(grams)))
        near = found[edges[shared >= needed]]
        theirs = self.lengths[near]
        kept: Numbers = near[(theirs <= len(text) * reach) & (theirs >= len(text) / reach)]
        return kept

    @property
    def bytes(self) -> int:
        """How much memory the arrays take."""
        return self.starts.nbytes + self.texts.nbytes + self.lengths.nbytes

    @classmethod
    def of(cls, texts: Sequence[str]) -> Trigrams:
        """Index texts of small ASCII letters, digits and spaces; each is known by its place."""
        grams, owners = _grams(texts)
        # Rising by trigram, and by text within one: keys that sort both at once.
        keys = grams * np.int64(max(1, len(texts))) + owners
        keys.sort()
        grams, owners = np.divmod(keys, max(1, len(texts)))
        starts = np.zeros(_GRAMS + 1, dtype=np.int64)
        np.cumsum(np.bincount(grams, minlength=_GRAMS), out=starts[1:])
        lengths = np.fromiter((len(one) for one in texts), dtype=np.int32, count=len(texts))
        return cls(starts, owners.astype(np.int32), len(texts), lengths, starts.tolist())

    def near(self, asked: Sequence[str], share: float, reach: float, overlap: float) -> tuple[Large, Large]:
        """Return pairs of places (in `asked`, in the index) that share enough of the rarest trigrams.

        `share` is the part of a text's trigrams that is looked up, the rarest first, and `overlap` the part
        of these that must be shared, two at the least; `reach` bounds how much longer one of a pair may be.
        """
        grams, owners = _grams(asked)
        if not len(grams) or not self.count:
            return _NO_PAIRS
        often = (self.starts[grams + 1] - self.starts[grams]).astype(np.int32)
        order = np.lexsort((grams, often, owners))
        grams, owners, often = grams[order], owners[order].astype(np.int32), often[order]
        many = np.bincount(owners, minlength=len(asked))
        first = np.concatenate(([0], np.cumsum(many)[:-1]))
        looked_up = np.ceil(many * share).astype(np.int64) + 1
        wanted = np.arange(len(grams)) - first[owners] < looked_up[owners]
        grams, owners, often = grams[wanted], owners[wanted], often[wanted]
        needed = np.minimum(np.maximum(2, np.ceil(looked_up * overlap)), np.maximum(1, many)).astype(np.int32)
        lengths = np.fromiter((len(one) for one in asked), dtype=np.float32, count=len(asked))
        bounds = (lengths / reach, lengths * reach, needed)
        # In blocks that stay in the processor's cache: the postings of a block are sorted at once.
        rows = np.cumsum(often, dtype=np.int64)
        cuts = np.searchsorted(rows, np.arange(_BLOCK, int(rows[-1]) + _BLOCK, _BLOCK))
        # Each text is in one block.
        cuts = np.searchsorted(owners, owners[cuts[cuts < len(owners)]])
        edges = np.unique(np.concatenate(([0], cuts, [len(owners)]))).tolist()
        found = [
            self._block(grams[low:high], owners[low:high], often[low:high], bounds)
            for low, high in pairwise(edges)
        ]
        return np.concatenate([ours for ours, _ in found]), np.concatenate([theirs for _, theirs in found])

    def _block(
        self, grams: Large, owners: Numbers, often: Numbers, bounds: tuple[Floats, Floats, Numbers]
    ) -> tuple[Large, Large]:
        """Return the pairs of some of the texts asked about."""
        shortest, longest, needed = bounds
        total = int(often.sum())
        if not total:
            return _NO_PAIRS
        before = np.cumsum(often) - often
        places = np.repeat((self.starts[grams] - before).astype(np.int32), often)
        places += np.arange(total, dtype=np.int32)
        found = self.texts[places]
        theirs = self.lengths[found]
        fits = theirs >= np.repeat(shortest[owners], often)
        fits &= theirs <= np.repeat(longest[owners], often)
        whose = np.repeat(owners - owners[0], often)[fits]
        keys = whose.astype(np.int64) * self.count + found[fits]
        if not len(keys):
            return _NO_PAIRS
        keys.sort()
        edges = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        shared = np.diff(np.concatenate((edges, [len(keys)])))
        ours, entries = np.divmod(keys[edges], self.count)
        ours += owners[0]
        enough = shared >= needed[ours]
        return ours[enough], entries[enough]


def _grams(texts: Sequence[str]) -> tuple[Large, Large]:
    """Return every trigram of every text, each once for each text, with its text's place."""
    data = np.frombuffer(("\0" + "\0\0".join(texts) + "\0").encode("ascii"), dtype=np.uint8)
    codes = _CODES[data].astype(np.int64)
    if len(codes) < 3:  # noqa: PLR2004 - a trigram
        return np.empty(0, np.int64), np.empty(0, np.int64)
    grams = (codes[:-2] * _LETTERS + codes[1:-1]) * _LETTERS + codes[2:]
    lengths = np.fromiter((len(one) + 2 for one in texts), dtype=np.int64, count=len(texts))
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)[: len(grams)]
    # A trigram never spans two texts: between them stand two edges, and those are left out.
    inside = (data[1:-1] != 0) & ~((data[:-2] == 0) & (data[2:] == 0) & (data[1:-1] == 0))
    keys = owner[inside] * _GRAMS + grams[inside]
    keys.sort()
    owners, grams = np.divmod(keys[np.concatenate(([True], keys[1:] != keys[:-1]))], _GRAMS)
    return grams, owners
