"""The rows of a result, printed as a table and written as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parents[1] / "results"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `ratio` is how many times as much `versus` takes, and `goal` how many it should be."""

    question: str
    subject: str
    unit: str
    median: float
    size: int = 0
    versus: str = ""
    ratio: float | None = None
    goal: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        return None if self.goal is None or self.ratio is None else self.ratio >= self.goal


def machine() -> dict[str, object]:
    """Return what the figures were measured on."""
    cpu = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        cpu = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    return {
        "python": platform.python_version(),
        "processor": cpu or platform.machine(),
        "cores": os.cpu_count(),
        "load": [round(one, 2) for one in os.getloadavg()],
    }


def show(rows: list[Row]) -> None:
    """Print the table."""
    for row in rows:
        versus = ""
        if row.ratio is not None:
            mark = "" if row.met is None else ("  met" if row.met else "  NOT MET")
            goal = "" if row.goal is None else f" (goal {row.goal:g})"
            versus = f"{row.ratio:10.3g} x {row.versus}{goal}{mark}"
        print(f"{row.question:46.46} {row.subject:44.44} {row.median:14.4g} {row.unit:10} {versus}")


def write(name: str, sections: dict[str, list[Row]], versions: list[str], sizes: dict[str, int]) -> Path:
    """Write the sections that were measured into the result, beside those of an earlier run; return where."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    told = {
        section: {"machine": machine(), "rows": [{**asdict(row), "met": row.met} for row in rows]}
        for section, rows in sections.items()
    }
    result = {
        "versions": versions or before.get("versions", []),
        "sizes": sizes,
        "sections": {**before.get("sections", {}), **told},
    }
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
