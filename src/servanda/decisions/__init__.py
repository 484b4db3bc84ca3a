"""Judgements that rest on a status, pure: release, routes, duties, comparison of two worlds."""

from __future__ import annotations

from servanda.decisions.compare import Difference, Holding, compare, network_difference
from servanda.decisions.duties import duties
from servanda.decisions.flows import Flow
from servanda.decisions.index import Index
from servanda.decisions.judge import decide, judge, judgement
from servanda.decisions.linchpins import Linchpin, linchpins
from servanda.decisions.routes import lawful_routes, routes
from servanda.decisions.suppose import Add, Conclude, Lapse, Leave, Omit, Supposition, Takes, suppose

__all__ = [
    "Add",
    "Conclude",
    "Difference",
    "Flow",
    "Holding",
    "Index",
    "Lapse",
    "Leave",
    "Linchpin",
    "Omit",
    "Supposition",
    "Takes",
    "compare",
    "decide",
    "duties",
    "judge",
    "judgement",
    "lawful_routes",
    "linchpins",
    "network_difference",
    "routes",
    "suppose",
]
