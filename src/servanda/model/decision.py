"""A request for a release, and the decision on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from servanda.model.cite import Because
from servanda.model.duty import Duty
from servanda.model.when import FOREVER, Instant


class Outcome(Enum):
    """What a decision says."""

    PERMIT = "permit"
    DENY = "deny"
    UNDETERMINED = "undetermined"
    """Something needed is missing or disputed; enforced as a refusal."""


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """May `holder` release information of `originators` with `marking` to `recipient` at `at`?

    `marking` is a word of the first originator's marking policy. `object_id` names the object, so
    that consents and recalls that name it apply. A key access asks the same question again.
    """

    holder: str
    recipient: str
    originators: tuple[str, ...]
    marking: str
    at: Instant
    topics: tuple[str, ...] = ()
    purpose: str = ""
    form: str = "electronic"
    object_id: str = ""
    known: Instant = FOREVER


class ChangeKind(Enum):
    """A kind of step that would turn a refusal into a permit."""

    CONSENT = "consent"
    ACT = "act"
    LOWER_MARKING = "lower-marking"
    CLAUSE = "read-clause"
    SETTLE = "settle-dispute"
    NARROW = "narrow-request"


@dataclass(frozen=True, slots=True)
class Change:
    """One smallest step that would permit it: who would do what, and where it is written."""

    kind: ChangeKind
    by: tuple[str, ...]
    what: str
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Hop:
    """One release of a route, the instruments it goes under, and what it still needs."""

    holder: str
    recipient: str
    via: tuple[str, ...]
    equivalent: str | None
    needs: tuple[Change, ...]
    outcome: Outcome
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A lawful detour: its hops, the linchpins it passes, and the arrangements that foresee it."""

    through: tuple[str, ...]
    under: tuple[str, ...]
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Permit, deny or undetermined, always with reasons; `until` is when it may change.

    `equivalent` is the receiver's own marking for it; `alternatives` are its other words for the
    same level. `missing` names exactly what is unknown or disputed.
    """

    outcome: Outcome
    request: ReleaseRequest
    via: tuple[str, ...]
    equivalent: str | None
    alternatives: tuple[str, ...]
    because: tuple[Because, ...]
    duties: tuple[Duty, ...]
    missing: tuple[str, ...]
    changes: tuple[Change, ...]
    routes: tuple[Route, ...]
    until: Instant
    tzdata: str
