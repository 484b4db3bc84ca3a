"""Run the benchmark: `python -m benchmarks.screening [--quick] [--only SECTION]`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib.metadata import version

from benchmarks.decisions.limits import limits
from benchmarks.decisions.plot import draw
from benchmarks.decisions.rows import RESULTS, Row, machine, show, write
from benchmarks.screening import found, speed
from benchmarks.screening.labelled import make
from benchmarks.screening.lists import consolidated, end_users, names


def main() -> None:
    """Measure, print, draw and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every question and peer at a smaller size")
    parser.add_argument("--only", choices=("speed", "labelled", "growth"))
    given = parser.parse_args()
    quick = given.quick
    listed, asked = consolidated(), end_users()
    versions = [f"rapidfuzz {version('rapidfuzz')}", f"anyascii {version('anyascii')}"]
    screen, built = speed.build(listed)

    def timed() -> list[Row]:
        rounds = 1 if quick else 5
        rates = [Row("limit of the machine", name, "GB/s", rate / 1e9) for name, rate in limits(64)[:2]]
        both = speed.bulk(listed, asked, screen, rounds), speed.single(listed, asked, screen, rounds)
        return [*built, *both[0], *both[1], *rates]

    def labelled() -> list[Row]:
        cases = make(listed, 25 if quick else 200)
        judged, rates, seen = found.judge(listed, screen, cases)
        versions.extend(seen)
        rows = found.rows(listed, cases, judged)
        return [*_with_goal(rows), *rates]

    sections: dict[str, Callable[[], list[Row]]] = {
        "speed": timed,
        "labelled": labelled,
        "growth": lambda: speed.growth(
            listed, asked, (500, 5_000) if quick else (500, 2_000, 8_000, 25_921), 1 if quick else 3
        ),
    }
    measured: dict[str, list[Row]] = {}
    for name, section in sections.items():
        if given.only in (None, name):
            print(f"\n== {name}: {machine()}")
            measured[name] = section()
            show(measured[name])
    sizes = {"parties": len(listed.parties), "names": len(names(listed)[0]), "asked": len(names(asked)[0])}
    name = "screening-quick" if quick else "screening"
    print(f"\nwritten: {write(name, measured, versions, sizes)}")
    rows = [row for section in measured.values() for row in section]
    draw(RESULTS / f"{name}-growth.svg", "one name, by names of the list", rows)


def _with_goal(rows: list[Row]) -> list[Row]:
    """Set ours beside nomenklatura on all transliterated names: the goal is to find more."""
    question = "found first: transliterated, all"
    ours = next(
        (row.median for row in rows if row.question == question and row.subject.startswith("Servanda")), 0.0
    )
    told = []
    for row in rows:
        if row.question == question and row.subject.startswith("nomenklatura logic") and row.median:
            told.append(
                Row(
                    row.question,
                    row.subject,
                    row.unit,
                    row.median,
                    row.size,
                    "is ours",
                    ours / row.median,
                    1.0,
                )
            )
        else:
            told.append(row)
    return told


if __name__ == "__main__":
    main()
