"""Ten thousand statuses across the whole catalogue, and how their cost grows with an instrument's acts.

Beside them the same question from a table prepared beforehand (bisection over a computed timeline), which is
what a system with stored statuses does and what ours must agree with; and what the machine does of SHA-256.
"""

from __future__ import annotations

import argparse
import bisect
import hashlib
import json
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from servanda.formats.when import parse_instant
from servanda.model.act import Announce
from servanda.model.instrument import Registry
from servanda.model.status import Standpoint
from servanda.model.when import TZDATA_VERSION, Instant
from servanda.node.catalogue import load_catalogue
from servanda.status import Stretch, ask, timeline

FROM, TO = parse_instant("2016-01-01T00:00:00Z"), parse_instant("2026-01-01T00:00:00Z")
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result."""

    question: str
    subject: str
    unit: str
    median: float
    versus: str
    ratio: float | None


def median_of(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median seconds of several runs."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def questions(registry: Registry, count: int) -> list[tuple[str, Instant]]:
    """Return as many questions, spread evenly over instruments and ten years."""
    names = sorted(registry.instruments)
    step = (TO.utc - FROM.utc) / count
    return [(names[number % len(names)], Instant(FROM.utc + step * number)) for number in range(count)]


def prepared(registry: Registry) -> dict[str, tuple[list[Instant], tuple[Stretch, ...]]]:
    """Return every instrument's timeline, to be searched."""
    found = {}
    for name in registry.instruments:
        stretches = timeline(registry, name, FROM, TO, Standpoint(FROM))
        found[name] = ([one.period.start for one in stretches], stretches)
    return found


def with_announcements(registry: Registry, count: int) -> Registry:
    """Return the registry with that many more acts on one instrument."""
    instrument = registry.instrument("jp-kr-2016")
    more = tuple(
        Announce(
            id=f"announcement-{number}",
            by=("KR",),
            done=Instant(FROM.utc + timedelta(days=number % 3000)),
            seen=Instant(FROM.utc + timedelta(days=number % 3000)),
        )
        for number in range(count)
    )
    return registry.with_instrument(instrument.with_acts((*instrument.acts, *more)))


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the questions")
    count = 1_000 if parser.parse_args().quick else 10_000
    registry = load_catalogue(None)
    asked = questions(registry, count)
    tables = prepared(registry)
    for name, at in asked:  # both must say the same before either is timed
        starts, stretches = tables[name]
        stored = stretches[bisect.bisect_right(starts, at) - 1].answer
        now = ask(registry, name, Standpoint(at))
        assert {one.phase for one in stored.values} == {one.phase for one in now.values}, (name, at)

    def computed() -> None:
        for name, at in asked:
            ask(registry, name, Standpoint(at))

    def looked_up() -> None:
        for name, at in asked:
            starts, stretches = tables[name]
            _ = stretches[bisect.bisect_right(starts, at) - 1].answer

    ours, table = median_of(computed), median_of(looked_up)
    block = b"x" * 65
    sha = median_of(lambda: [hashlib.sha256(block).digest() for _ in range(count)])
    rows = [
        Row(
            f"{count} statuses over {len(registry.instruments)} instruments", "computed", "s", ours, "", None
        ),
        Row("the same", "bisection in stored timelines", "s", table, "computed", table / ours),
        Row("preparing them", "stored timelines", "s", median_of(lambda: prepared(registry), 1), "", None),
        Row("the same number of SHA-256 of 65 bytes", "machine", "s", sha, "computed", sha / ours),
        Row("loading the catalogue", "from TOML", "s", median_of(lambda: load_catalogue(None)), "", None),
    ]
    for size in (0, 10, 100, 1000):
        larger = with_announcements(registry, size)
        midnight = Standpoint(parse_instant("2020-06-01T00:00:00Z"))
        each = median_of(lambda r=larger, m=midnight: [ask(r, "jp-kr-2016", m) for _ in range(20)]) / 20  # type: ignore[misc]
        acts = len(larger.instrument("jp-kr-2016").acts)
        rows.append(Row(f"one disputed status with {acts} acts", "computed", "us", each * 1e6, "", None))
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:10.4f} of {row.versus}"
        print(f"{row.question:55} {row.subject:30} {row.median:12.4f} {row.unit:3}{ratio}")
    result = {
        "machine": {"python": platform.python_version(), "processor": platform.machine()},
        "tzdata": TZDATA_VERSION,
        "rounds": ROUNDS,
        "rows": [asdict(row) for row in rows],
    }
    folder = Path(__file__).with_name("results")
    folder.mkdir(exist_ok=True)
    (folder / "status.json").write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
