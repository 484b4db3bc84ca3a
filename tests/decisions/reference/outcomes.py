"""Outcomes, and the three ways to combine them; no others exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from servanda.model.decision import Outcome
from servanda.model.duty import DutyKind

PERMIT, DENY, UNDETERMINED = Outcome.PERMIT, Outcome.DENY, Outcome.UNDETERMINED


@dataclass(frozen=True)
class Verdict:
    """What the page says of a question; the last three are empty where it is no permit."""

    outcome: Outcome
    via: frozenset[str] = frozenset()
    equivalent: str | None = None
    duties: frozenset[DutyKind] = frozenset()


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """All must pass."""
    found = set(outcomes)
    if DENY in found:
        return DENY
    return UNDETERMINED if UNDETERMINED in found else PERMIT


def across(outcomes: Iterable[Outcome]) -> Outcome:
    """The same question in every reading and possible world."""
    found = set(outcomes)
    return found.pop() if len(found) == 1 else UNDETERMINED


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    """One is enough."""
    found = set(outcomes)
    if PERMIT in found:
        return PERMIT
    return UNDETERMINED if UNDETERMINED in found else DENY
