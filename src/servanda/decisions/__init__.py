"""Judgements that rest on a status, pure: release, routes, duties, comparison of two worlds."""

from __future__ import annotations

from servanda.decisions.duties import duties
from servanda.decisions.release import decide, judge

__all__ = ["decide", "duties", "judge"]
