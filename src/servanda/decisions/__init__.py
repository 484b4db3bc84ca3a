"""Judgements that rest on a status, pure: release, routes, duties, comparison of two worlds."""

from __future__ import annotations

from servanda.decisions.compare import Difference, Flow, compare
from servanda.decisions.duties import duties
from servanda.decisions.index import Index
from servanda.decisions.judge import decide, judge, judgement
from servanda.decisions.suppose import Add, Conclude, Lapse, Leave, Omit, Supposition, suppose

__all__ = [
    "Add",
    "Conclude",
    "Difference",
    "Flow",
    "Index",
    "Lapse",
    "Leave",
    "Omit",
    "Supposition",
    "compare",
    "decide",
    "duties",
    "judge",
    "judgement",
    "suppose",
]
