"""Run the benchmark: `python -m benchmarks.decisions [--quick] [--only SECTION]`.

Every subject is first checked to agree, then timed in turn with the others on the same input.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from benchmarks.decisions import bulk, registries, single, supposing
from benchmarks.decisions.plain import Plain
from benchmarks.decisions.plot import draw
from benchmarks.decisions.rows import RESULTS, Row, machine, show, write
from benchmarks.decisions.world import make


def main() -> None:
    """Measure, print, draw and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every question and peer at a smaller size")
    parser.add_argument("--only", choices=("one", "bulk", "lapse", "whatif", "registry", "growth"))
    given = parser.parse_args()
    quick = given.quick
    versions: list[str] = []

    def one() -> list[Row]:
        world = make()
        plain = Plain(world)
        subjects = single.agree(world, plain, 2_000 if quick else 100_000)
        versions.extend(peer.version for peer in subjects)
        return single.measure(world, plain, subjects, 200 if quick else 1_000, 2 if quick else 7)

    def many() -> list[Row]:
        sizes = (100_000,) if quick else (100_000, 1_000_000, 10_000_000)
        return [row for size in sizes for row in bulk.measure(size, 5 if quick else 9)]

    def lapse() -> list[Row]:
        sizes = (100_000,) if quick else (100_000, 10_000_000)
        return [row for size in sizes for row in bulk.lapse(size, 5 if quick else 20)]

    networks = ((30, 200),) if quick else ((30, 200), (200, 2_000))
    sections: dict[str, Callable[[], list[Row]]] = {
        "one": one,
        "bulk": many,
        "lapse": lapse,
        "whatif": lambda: supposing.measure(networks, 3 if quick else 15),
        "registry": lambda: registries.measure((1_000, 10_000) if quick else (1_000, 10_000, 100_000)),
        "growth": lambda: single.growth(
            (200, 1_000) if quick else (200, 2_000, 20_000), 50 if quick else 200
        ),
    }
    measured: dict[str, list[Row]] = {}
    for name, section in sections.items():
        if given.only in (None, name):
            print(f"\n== {name}: {machine()}")
            measured[name] = section()
            show(measured[name])
    rows = [row for found in measured.values() for row in found]
    sizes = {"parties": 30, "agreements": 200, "topics": 12, "levels": 5}
    name = "decisions-quick" if quick else "decisions"
    print(f"\nwritten: {write(name, measured, versions, sizes)}")
    draw(RESULTS / f"{name}-agreements.svg", "one decision, by agreements", rows)
    draw(RESULTS / f"{name}-registry.svg", "a registry, by instruments", rows)
    draw(RESULTS / f"{name}-objects.svg", "bulk, by objects", _by_objects(rows))


def _by_objects(rows: list[Row]) -> list[Row]:
    """Return the bulk rows under one question, so that they make one picture."""
    return [
        Row("bulk, by objects", row.subject, row.unit, row.median, row.size)
        for row in rows
        if row.question.startswith("bulk") and row.unit == "ms" and not row.versus
    ]


if __name__ == "__main__":
    main()
