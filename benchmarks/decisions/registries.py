"""A registry that grows to a hundred thousand instruments: loading, and what one decision then costs."""

from __future__ import annotations

import gc
import tracemalloc
from time import perf_counter

from benchmarks.decisions.ours import registry, request
from benchmarks.decisions.plain import requests
from benchmarks.decisions.rows import Row
from benchmarks.decisions.timing import each
from benchmarks.decisions.world import World, make
from servanda.decisions.compiled import Compiled
from servanda.model.decision import ReleaseRequest


def measure(sizes: tuple[int, ...]) -> list[Row]:
    """Measure building, indexing and deciding over registries of several sizes."""
    rows = []
    for size in sizes:
        world = make(parties=max(30, size // 50), agreements=size, objects=5_000)
        asked: list[ReleaseRequest] = [request(world, one) for one in requests(world, 200, hard=True)]
        held, arranged = _memory(world, asked[0])
        made = registry(world)
        gc.collect()
        start = perf_counter()
        compiled = Compiled(made)
        compiled.judge(asked[0])
        indexed = perf_counter() - start
        cold = each([(compiled.judge, asked)], 1)[0]
        warm = each([(compiled.judge, asked)], 3)[0]
        rows += [
            Row("a registry, by instruments", "held in memory", "bytes", float(held), size),
            Row("a registry, by instruments", "arranged, in memory", "bytes", float(arranged), size),
            Row("a registry, by instruments", "arranging, and the first decision", "s", indexed, size),
            Row("a registry, by instruments", "a decision of a new kind", "us", cold.median, size),
            Row("a registry, by instruments", "a decision of a known kind", "us", warm.median, size),
        ]
    return rows


def _memory(world: World, first: ReleaseRequest) -> tuple[int, int]:
    """Return the bytes that the instruments take, and those that arranging them takes besides."""
    gc.collect()
    tracemalloc.start()
    made = registry(world)
    held, _ = tracemalloc.get_traced_memory()
    compiled = Compiled(made)
    compiled.judge(first)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held, after - held
