"""What runs in the peers' own environment: a task in as JSON, scores and times out; nothing of ours is there.

The task has `names` (each listed name with the schema of its party) and `cases`: a name asked about, its
schema, and the places of its candidates. For each peer and case the best candidate and its score come back.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from time import perf_counter
from typing import Any

from followthemoney import model
from nomenklatura.matching import LogicV2, OFACMatcher
from rigour.names import NameTypeTag, analyze_names, compare_parts


def main() -> None:
    """Answer a task."""
    task = json.load(sys.stdin)
    found: dict[str, Any] = {
        "versions": [f"{name} {version(name)}" for name in ("rigour", "nomenklatura")],
        "peers": {},
    }
    for name, make in (
        ("nomenklatura logic-v2", _logic),
        ("nomenklatura ofac", _ofac),
        ("rigour compare_parts", _rigour),
    ):
        found["peers"][name] = _measured(task, *make())
    json.dump(found, sys.stdout)


def _measured(task: dict[str, Any], ready: Any, compare: Any) -> dict[str, Any]:  # noqa: ANN401 - a peer's own
    names = task["names"]
    wanted = sorted({place for case in task["cases"] for place in case["candidates"]})
    listed = {place: ready(*names[place]) for place in wanted}
    best, pairs = [], 0
    start = perf_counter()
    for case in task["cases"]:
        asked = ready(case["asked"], case["schema"])
        scores = [(compare(asked, listed[place]), place) for place in case["candidates"]]
        pairs += len(scores)
        best.append(max(scores) if scores else (0.0, -1))
    seconds = perf_counter() - start
    return {"best": best, "pairs": pairs, "seconds": seconds}


def _logic() -> tuple[Any, Any]:
    return _proxies(LogicV2)


def _ofac() -> tuple[Any, Any]:
    return _proxies(OFACMatcher)


def _proxies(algorithm: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a peer's own
    config = algorithm.default_config()

    def ready(name: str, schema: str) -> Any:  # noqa: ANN401 - a peer's own
        return model.get_proxy({"id": name[:60] or "x", "schema": schema, "properties": {"name": [name]}})

    return ready, lambda one, other: float(algorithm.compare(one, other, config).score)


def _rigour() -> tuple[Any, Any]:
    tags = {"Person": NameTypeTag.PER, "Organization": NameTypeTag.ORG}

    def ready(name: str, schema: str) -> Any:  # noqa: ANN401 - a peer's own
        return list(analyze_names(tags.get(schema, NameTypeTag.ENT), [name]))

    def compare(one: Any, other: Any) -> float:  # noqa: ANN401 - a peer's own
        best = 0.0
        for mine in one:
            for theirs in other:
                found = compare_parts(list(mine.parts), list(theirs.parts))
                sizes = [sum(len(part.form) for part in (*each.qps, *each.rps)) for each in found]
                whole = sum(sizes)
                score = sum(each.score * size for each, size in zip(found, sizes, strict=True))
                best = max(best, score / whole if whole else 0.0)
        return best

    return ready, compare


if __name__ == "__main__":
    main()
