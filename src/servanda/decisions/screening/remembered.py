"""What officers decided on hits, remembered for each pair of a name and a listed party.

A match that blocks is set aside only by two officers: one decides that it is false, another countersigns. A
decision speaks of the record as it was: where the list says something else since, the pair is open again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from servanda.model.when import Instant


class Verdict(Enum):
    """What an officer found."""

    FALSE = "false-positive"
    TRUE = "true-match"


class PairState(Enum):
    """Where a pair stands."""

    OPEN = "open"
    """Nobody has decided on it."""
    WAITS = "waits-for-countersign"
    """Decided to be false by one officer; it blocks until another countersigns."""
    SET_ASIDE = "set-aside"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"
    """The list says something else of the party than when it was decided on."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on a pair: by whom, why, on which record (its digest), and who countersigned it.

    `blocked` is True where the hit was one that blocks, which is what asks for the second officer.
    """

    pair: str
    verdict: Verdict
    officer: str
    why: str
    record: str
    at: Instant
    blocked: bool
    countersigned_by: str = ""
    countersigned_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class PairStanding:
    """Where a pair stands, and by which decision; None where there is none."""

    state: PairState
    decided: Decided | None = None

    @property
    def blocks(self) -> bool:
        """Whether a hit of this pair that is near enough still holds a transaction."""
        return self.state is not PairState.SET_ASIDE


def pair_standing(decisions: Sequence[Decided], record: str) -> PairStanding:
    """Return where a pair stands by its decisions, oldest first; the last one counts.

    `record` is the digest of what the list says of the party now.
    """
    if not decisions:
        return PairStanding(PairState.OPEN)
    last = decisions[-1]
    if last.record != record:
        return PairStanding(PairState.REOPENED, last)
    if last.verdict is Verdict.TRUE:
        return PairStanding(PairState.CONFIRMED, last)
    if last.blocked and not last.countersigned_by:
        return PairStanding(PairState.WAITS, last)
    return PairStanding(PairState.SET_ASIDE, last)


def may_countersign(decided: Decided, officer: str) -> str:
    """Return why an officer may not countersign a decision; empty where it may."""
    if decided.verdict is Verdict.TRUE:
        return "a true match needs no countersign"
    if not decided.blocked:
        return "the match does not block, so one officer is enough"
    if decided.countersigned_by:
        return f"it is countersigned by {decided.countersigned_by} already"
    if decided.officer == officer:
        return f"{officer} decided it; a second person countersigns"
    return ""
