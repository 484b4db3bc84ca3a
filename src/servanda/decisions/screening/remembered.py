"""What officers decided on hits, remembered for each pair of a name and a listed party.

A match that blocks is set aside only by two officers: one decides that it is false, another countersigns. A
decision speaks of the record as it was: where the list says something else since, the pair is open again.
"""

from __future__ import annotations

import unicodedata
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

    @property
    def confirmed(self) -> bool:
        """Whether the last officer found that it is the listed party: then it holds, however far its name."""
        return self.decided is not None and self.decided.verdict is Verdict.TRUE


def pair_standing(decisions: Sequence[Decided], record: str, *, blocks: bool = True) -> PairStanding:
    """Return where a pair stands by its decisions, oldest first; the last one counts.

    `record` is the digest of what the list says of the party now, and `blocks` whether the hit blocks now:
    one officer who set a distant hit aside has not set aside the near one that it became.
    """
    if not decisions:
        return PairStanding(PairState.OPEN)
    last = decisions[-1]
    if last.record != record:
        return PairStanding(PairState.REOPENED, last)
    if last.verdict is Verdict.TRUE:
        return PairStanding(PairState.CONFIRMED, last)
    if (last.blocked or blocks) and not last.countersigned_by:
        return PairStanding(PairState.WAITS, last)
    return PairStanding(PairState.SET_ASIDE, last)


def may_countersign(decided: Decided, officer: str) -> str:
    """Return why an officer may not countersign a decision; empty where it may."""
    if decided.verdict is Verdict.TRUE:
        return "a true match needs no countersign"
    if decided.countersigned_by:
        return f"it is countersigned by {decided.countersigned_by} already"
    if one_person(decided.officer, officer):
        return f"{decided.officer} decided it; a second person countersigns"
    return ""


def one_person(one: str, other: str) -> bool:
    """Say whether two names of officers are one but for case, width, space and what shows nothing."""
    return _folded(one).replace(" ", "") == _folded(other).replace(" ", "")


def as_asked(name: str) -> str:
    """Return a name as a pair knows it: its letters and digits in their own script, without case or signs.

    It follows from Unicode alone and not from how names are compared here: two people whose names are read
    alike stay two, and a decision is remembered however the comparing changes.
    """
    wide = unicodedata.normalize("NFKC", name)
    return _folded("".join(one if unicodedata.category(one)[0] in "LMNC" else " " for one in wide))


def _folded(words: str) -> str:
    wide = unicodedata.normalize("NFKC", words).casefold()
    shown = "".join(one for one in wide if unicodedata.category(one) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", shown).split())
