"""Which of many objects may go to whom at an instant: one look-up and one AND for each object.

The work goes in blocks that stay in the processor's cache, straight into the array that takes the answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import numpy as np

from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.fused import bar, fuse, fuse_coded
from servanda.decisions.columns.masks import Words, alike, no_party
from servanda.decisions.columns.objects import Codes, Objects
from servanda.errors import QuestionError

BATCH = 1 << 20
"""Objects of a batch where the caller does not say otherwise."""

_BLOCK = 1 << 17


class Engine(Enum):
    """What does the work; both give the same answers, and neither stands in for the other."""

    NUMPY = "numpy"
    NUMBA = "numba"
    """Compiled for this machine; needs the extra `servanda[numba]`."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The answers for the objects from `start` on: words[n, W], a bit for each party that may have it."""

    start: int
    words: Words

    def __len__(self) -> int:
        return len(self.words)


def releasable(
    almanac: Almanac,
    objects: Objects,
    at: int,
    *,
    batch: int = BATCH,
    engine: Engine = Engine.NUMPY,
    threads: int = 1,
) -> Iterator[Batch]:
    """Answer for all objects at an instant, batch by batch, each in an array of its own.

    `at` is in microseconds since 1970-01-01T00:00Z. No more than a batch is ever held.
    """
    rows = _prepare(almanac, objects, at)
    for start in range(0, len(objects), batch):
        stop = min(start + batch, len(objects))
        words = no_party(stop - start, almanac.parties)
        _answer(rows, start, words, engine, threads)
        yield Batch(start, words)


def release_into(
    out: Words,
    almanac: Almanac,
    objects: Objects,
    at: int,
    *,
    start: int = 0,
    engine: Engine = Engine.NUMPY,
    threads: int = 1,
) -> None:
    """Answer for the objects from `start` on, as many as `out` has rows, into `out` words[n, W]."""
    whole = no_party(0, almanac.parties)
    if not alike(out, whole):
        raise QuestionError(f"answers for {almanac.parties} parties are {whole.dtype}[n, {whole.shape[1]}]")
    if not 0 <= start <= start + len(out) <= len(objects):
        raise QuestionError(f"there are {len(objects)} objects, not {start + len(out)}")
    _answer(_prepare(almanac, objects, at), start, out, engine, threads)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is looked up at one instant: `found[code]` of each object, cut down to its barrier if any."""

    found: Words
    code: Codes
    objects: Objects | None
    at: int


def _prepare(almanac: Almanac, objects: Objects, at: int) -> _Rows:
    if objects.greatest >= almanac.signatures:
        raise QuestionError(f"signature {objects.greatest} is not in a history of {almanac.signatures}")
    if not alike(objects.barriers.words, almanac.table(at)):
        raise QuestionError(f"the barriers are not masks of {almanac.parties} parties")
    if objects.label is None:
        return _Rows(almanac.table(at), objects.signature, objects, at)
    labels = Objects(objects.signature, objects.barriers, objects.embargoes)
    found = no_party(len(labels), almanac.parties)
    _answer(_Rows(almanac.table(at), labels.signature, labels, at), 0, found, Engine.NUMPY, 1)
    return _Rows(found, objects.label, None, at)


def _answer(rows: _Rows, start: int, out: Words, engine: Engine, threads: int) -> None:
    """Fill `out` for the objects from `start`, then take out what is under embargo."""
    if engine is Engine.NUMBA:
        _by_numba(rows, start, out, threads)
    else:
        shares = np.linspace(0, len(out), max(1, threads) + 1).astype(int).tolist()
        if threads <= 1 or len(out) < threads * _BLOCK:
            _by_numpy(rows, start, out)
        else:
            with ThreadPoolExecutor(threads) as pool:
                parts = [pool.submit(_by_numpy, rows, start + a, out[a:b]) for a, b in pairwise(shares)]
                for part in parts:
                    part.result()
    if rows.objects is None or not len(rows.objects.embargoes):
        return
    if engine is Engine.NUMBA:
        bar(out, rows.objects.embargoes, start, rows.at, threads)
    else:
        rows.objects.embargoes.within(start, start + len(out)).bar(out, rows.at)


def _by_numpy(rows: _Rows, start: int, out: Words) -> None:
    block = max(1, _BLOCK // out.shape[1])
    index = np.empty(min(block, len(out)), np.intp)
    # One word is looked up as a number, which NumPy does faster than a row of one.
    found = rows.found[:, 0] if out.shape[1] == 1 else rows.found
    barriers = None if rows.objects is None else rows.objects.barriers
    masks = np.empty_like(out[: len(index)]) if barriers is not None and barriers.code is not None else None
    for low in range(0, len(out), block):
        here, there = out[low : low + block], slice(start + low, start + min(low + block, len(out)))
        target = here[:, 0] if out.shape[1] == 1 else here
        into = index[: len(here)]
        into[...] = rows.code[there]
        # `wrap` is the fastest; that every index is in range was seen when the columns were made.
        np.take(found, into, axis=0, out=target, mode="wrap")
        if barriers is None:
            continue
        if masks is None:
            here &= barriers.words[there]
        else:
            assert barriers.code is not None
            into[...] = barriers.code[there]
            mask = masks[: len(here)]
            np.take(barriers.words, into, axis=0, out=mask, mode="wrap")
            here &= mask


def _by_numba(rows: _Rows, start: int, out: Words, threads: int) -> None:
    part = slice(start, start + len(out))
    if rows.objects is None:
        fuse(rows.found, rows.code[part], None, out, threads)
    elif rows.objects.barriers.code is None:
        fuse(rows.found, rows.code[part], rows.objects.barriers.words[part], out, threads)
    else:
        barriers = rows.objects.barriers
        assert barriers.code is not None
        fuse_coded(rows.found, rows.code[part], barriers.words, barriers.code[part], out, threads)
