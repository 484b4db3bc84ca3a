"""What the machine itself can do, measured in the same run: copying, reading, and looking up at random."""

from __future__ import annotations

import numpy as np

from benchmarks.decisions.timing import batches


def limits(megabytes: int) -> list[tuple[str, float]]:
    """Return names and rates in bytes per second; a copied byte counts twice, once read and once written."""
    size = megabytes << 20
    source, target = np.ones(size, np.uint8), np.zeros(size, np.uint8)
    numbers = source.view(np.uint64)
    table = np.ones(1 << 20, np.uint32)
    places = np.random.default_rng(1).integers(0, len(table), size >> 5).astype(np.intp)
    found = np.empty(len(places), np.uint32)

    def copy(_: int) -> None:
        np.copyto(target, source)

    def read(_: int) -> None:
        numbers.sum()

    def gather(_: int) -> None:
        np.take(table, places, out=found, mode="clip")

    times = batches([copy, read, gather], [0], 7)
    moved = (2 * size, size, len(places))
    names = (f"copy of {megabytes} MB", f"sum of {megabytes} MB", "look-ups at random in 4 MB")
    return [
        (name, amount / (time.median / 1e6)) for name, amount, time in zip(names, moved, times, strict=True)
    ]
