"""A registry that grows to a hundred thousand instruments: loading, and what one decision then costs."""

from __future__ import annotations

import gc
import tracemalloc
from time import perf_counter

from benchmarks.decisions.ours import registry, request
from benchmarks.decisions.plain import requests
from benchmarks.decisions.rows import Row
from benchmarks.decisions.timing import each
from benchmarks.decisions.world import make
from servanda.decisions.compiled import Compiled
from servanda.model.decision import ReleaseRequest


def measure(sizes: tuple[int, ...]) -> list[Row]:
    """Measure building, indexing and deciding over registries of several sizes."""
    rows = []
    for size in sizes:
        world = make(parties=max(30, size // 50), agreements=size, objects=5_000)
        gc.collect()
        tracemalloc.start()
        made = registry(world)
        held, _ = tracemalloc.get_traced_memory()
        start = perf_counter()
        compiled = Compiled(made)
        asked: list[ReleaseRequest] = [request(world, one) for one in requests(world, 200, hard=True)]
        compiled.judge(asked[0])
        indexed = perf_counter() - start
        after, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        cold = each([(compiled.judge, asked)], 1)[0]
        warm = each([(compiled.judge, asked)], 3)[0]
        rows += [
            Row("a registry, by instruments", "held in memory", "bytes", float(held), size),
            Row("a registry, by instruments", "arranged, in memory", "bytes", float(after - held), size),
            Row("a registry, by instruments", "arranging, and the first decision", "s", indexed, size),
            Row("a registry, by instruments", "a decision of a new kind", "us", cold.median, size),
            Row("a registry, by instruments", "a decision of a known kind", "us", warm.median, size),
        ]
    return rows
