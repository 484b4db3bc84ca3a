"""A second engine for decisions, slow and plain, written from `spec/decision.md` alone.

It takes nothing from the engine that it judges. The kernel tells it where an instrument stands and what was
believed; every other rule is here, in loops that read like the page. A rule can be left out by name, so
that a test can show that its cases would notice.
"""

from __future__ import annotations

from decisions.reference.labels import faults
from decisions.reference.outcomes import Verdict
from decisions.reference.rules import Rule
from decisions.reference.whole import reference

__all__ = ["Rule", "Verdict", "faults", "reference"]
