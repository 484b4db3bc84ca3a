"""Judgements that rest on a status, pure: release, routes, duties, comparison of two worlds."""

from __future__ import annotations

from servanda.decisions.compare import Difference, Flow, compare
from servanda.decisions.duties import duties
from servanda.decisions.release import decide, judge
from servanda.decisions.suppose import Add, Omit, Supposition, suppose

__all__ = [
    "Add",
    "Difference",
    "Flow",
    "Omit",
    "Supposition",
    "compare",
    "decide",
    "duties",
    "judge",
    "suppose",
]
