"""What a lapse would change over a whole network, against working the network out again."""

from __future__ import annotations

from time import perf_counter

from benchmarks.decisions.bulk import AT, lapsed
from benchmarks.decisions.naming import instant
from benchmarks.decisions.ours import registry
from benchmarks.decisions.rows import Row
from benchmarks.decisions.world import make
from servanda.decisions import Index
from servanda.decisions.compare import network_difference, recomputed

ABOUT = (("topic-1",),)
"""One set of topics: what an officer asks about."""


def measure(sizes: tuple[tuple[int, int], ...], count: int) -> list[Row]:
    """Measure the difference of a lapse for several numbers of parties and agreements."""
    rows = []
    at = instant(AT)
    for parties, agreements in sizes:
        world = make(parties=parties, agreements=agreements, objects=20_000)
        law = registry(world)
        before = Index(law)
        live = [one.number for one in world.agreements if one.in_force(AT)][:count]
        network_difference(before, before.supposing(lapsed(law, live[-1])), at, ABOUT)
        times = []
        for number in live:
            start = perf_counter()
            found = network_difference(before, before.supposing(lapsed(law, number)), at, ABOUT)
            times.append(perf_counter() - start)
        start = perf_counter()
        whole = recomputed(Index(law), Index(lapsed(law, live[-1])), at, ABOUT)
        again = perf_counter() - start
        assert whole.flows == found.flows
        assert set(whole.statuses) >= set(found.statuses)
        median = sorted(times)[len(times) // 2]
        question = f"what if an agreement lapsed, {parties} parties and {agreements:,} agreements"
        rows += [
            Row(question, "Servanda, the difference", "ms", median * 1000, agreements),
            Row(question, "the network again", "ms", again * 1000, agreements),
            Row(
                question,
                "Servanda, the difference",
                "ms",
                median * 1000,
                agreements,
                "the network again",
                again / median,
                50.0,
            ),
        ]
    return rows
