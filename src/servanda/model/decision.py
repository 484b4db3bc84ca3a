"""A request for a release, and the decision on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import msgspec

from servanda.model.cite import Because
from servanda.model.duty import Duty
from servanda.model.label import Caveat, Person, Portion
from servanda.model.when import BEGINNING, FOREVER, TZDATA_VERSION, Instant


class Outcome(Enum):
    """What a decision says."""

    PERMIT = "permit"
    """It may be done. It is never owed: the releasing officer decides, and that is an act of its own."""
    DENY = "deny"
    UNDETERMINED = "undetermined"
    """Something needed is missing or disputed; enforced as a refusal."""


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """May `holder` release information of `originators` with `marking` to `recipient` at `at`?

    `marking` is a word of the first originator's marking policy. `object_id` names the object, so
    that consents and recalls that name it apply. `lineage` holds what went into it from other objects.
    `person` is who would open it; without one the question is whether the party may have it. A key access
    asks the same question again.
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
    caveats: tuple[Caveat, ...] = ()
    given_for: tuple[str, ...] = ()
    lineage: tuple[Portion, ...] = ()
    person: Person | None = None

    @property
    def portions(self) -> tuple[Portion, ...]:
        """Everything that is in the object: its own part first, then what it derives from."""
        own = Portion(
            self.originators, self.marking, self.topics, self.caveats, self.given_for, self.object_id
        )
        return (own, *self.lineage)


class ChangeKind(Enum):
    """A kind of step that would turn a refusal into a permit, cheapest first."""

    NARROW = "narrow-request"
    """The holder asks for less: other topics, form or purpose."""
    LIST = "list-person"
    ASSURE = "assure-person"
    VISIT = "permit-visit"
    CLEAR = "clear-person"
    INSPECT = "inspect-facility"
    CLEAR_FACILITY = "clear-facility"
    CONSENT = "consent"
    WAIT = "wait"
    """Nobody has to act: it becomes possible at an instant."""
    LOWER_MARKING = "lower-marking"
    LIFT_CAVEAT = "lift-caveat"
    CLAUSE = "read-clause"
    SETTLE = "settle-dispute"
    ACT = "act"
    """The parties do what brings an instrument into force, or back."""

    @property
    def cost(self) -> int:
        """A rank for ordering only: the later in this list, the dearer."""
        return _COSTS[self]


_COSTS = {kind: rank for rank, kind in enumerate(ChangeKind)}


class Change(msgspec.Struct, frozen=True):
    """One smallest step that would permit it: who would do what, and where it is written.

    `sets` says the same for machines: names and values, as `marking` and the word to which it is lowered.
    """

    kind: ChangeKind
    by: tuple[str, ...]
    what: str
    because: tuple[Because, ...] = ()
    sets: tuple[tuple[str, str], ...] = ()
    code: str = ""
    """The template of `what`, from which other languages are made."""
    values: tuple[str, ...] = ()


Way = tuple[Change, ...]
"""Changes that together would permit; no smaller part of them would."""


class Judgement(msgspec.Struct, frozen=True):
    """What the law says of a question, from `since` until `until`, half-open, if nobody acts otherwise.

    `via` are the instruments that govern a permit. `equivalent` is the receiver's own marking for it;
    `alternatives` are its other words for the same level. `missing` names exactly what is unknown or
    disputed. `turns` says what would change it at `until`. `ways` are the minimal sets of changes that would
    permit a refusal, cheapest first.
    """

    outcome: Outcome
    because: tuple[Because, ...]
    via: tuple[str, ...] = ()
    equivalent: str | None = None
    alternatives: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    missing: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    since: Instant = BEGINNING
    until: Instant = FOREVER
    turns: tuple[Because, ...] = ()


class Hop(msgspec.Struct, frozen=True):
    """One release of a route, the instruments it goes under, and what it still needs.

    `earliest` is the first instant at which it can be made, once it has come so far.
    """

    holder: str
    recipient: str
    via: tuple[str, ...]
    equivalent: str | None
    needs: tuple[Change, ...]
    outcome: Outcome
    because: tuple[Because, ...]
    earliest: Instant = BEGINNING


class Route(msgspec.Struct, frozen=True):
    """A lawful detour: its hops, the linchpins it passes, and the arrangements that foresee it.

    `earliest` is the instant from which every hop could be made in turn if what each needs were there.
    """

    through: tuple[str, ...]
    under: tuple[str, ...]
    hops: tuple[Hop, ...]
    earliest: Instant = BEGINNING


class Decision(msgspec.Struct, frozen=True, gc=False):
    """A question and its judgement; for a refusal also the detours, where they were asked for."""

    request: ReleaseRequest
    judgement: Judgement
    routes: tuple[Route, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Permit, deny or undetermined."""
        return self.judgement.outcome

    @property
    def via(self) -> tuple[str, ...]:
        """The instruments that govern a permit."""
        return self.judgement.via

    @property
    def equivalent(self) -> str | None:
        """The receiver's own marking for it."""
        return self.judgement.equivalent

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The receiver's other words for the same level."""
        return self.judgement.alternatives

    @property
    def because(self) -> tuple[Because, ...]:
        """Why."""
        return self.judgement.because

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What the receiver owes for it."""
        return self.judgement.duties

    @property
    def missing(self) -> tuple[str, ...]:
        """What is unknown or disputed, by name."""
        return self.judgement.missing

    @property
    def ways(self) -> tuple[Way, ...]:
        """The minimal sets of changes that would permit it, cheapest first."""
        return self.judgement.ways

    @property
    def changes(self) -> Way:
        """The cheapest of `ways`; empty for a permit, and where nothing would help."""
        return self.judgement.ways[0] if self.judgement.ways else ()

    @property
    def until(self) -> Instant:
        """The next instant at which anything would change it."""
        return self.judgement.until

    @property
    def tzdata(self) -> str:
        """The version of the zone rules that it was decided with."""
        return TZDATA_VERSION
