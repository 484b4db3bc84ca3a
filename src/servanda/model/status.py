"""Where an instrument stands: the answer of the kernel to one question."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from servanda.model.cite import Because
from servanda.model.when import FOREVER, Instant, Period

T = TypeVar("T")


class Phase(Enum):
    """Where in its life an instrument is."""

    NOT_IN_FORCE = "not_in_force"
    PROVISIONAL = "provisional"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"
    NOT_BEGUN = "not_begun"
    """A proceeding in which no step was taken."""
    UNDER_WAY = "under_way"
    """A proceeding that goes on."""
    LAPSED = "lapsed"
    """A proceeding that a limit has ended."""
    CONCLUDED = "concluded"
    """A proceeding that a step has ended."""

    @property
    def works(self) -> bool:
        """Whether information can be released under it."""
        return self in (Phase.IN_FORCE, Phase.PROVISIONAL)

    @property
    def over(self) -> bool:
        """Whether it has ended, and nothing that was done in it lasts by itself."""
        return self in (Phase.EXPIRED, Phase.TERMINATED, Phase.SUPERSEDED, Phase.LAPSED, Phase.CONCLUDED)


class NoticeState(Enum):
    """What has become of a notice that has not yet taken effect."""

    PENDING = "pending"
    SUSPENDED = "suspended"
    TOLLED = "tolled"


class Terminability(Enum):
    """An earliest end that is not an instant."""

    AT_WILL = "at_will"
    UNKNOWN = "unknown"
    """A clause that would tell was not read."""
    BY_CONSENT = "by_consent"
    """Only all parties together can end it."""


@dataclass(frozen=True, slots=True)
class NoticeStatus:
    """A notice that still matters: its act, its state, and when it would take effect."""

    act: str
    by: tuple[str, ...]
    state: NoticeState
    effect: Instant | None


EarliestEnd = Instant | Terminability


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From where a question is asked: about `at`, as known at `known`, of a text, as read by."""

    at: Instant
    known: Instant = FOREVER
    text: int | None = None
    reader: str | None = None


class DueState(Enum):
    """What has become of something that is due in a proceeding."""

    RUNNING = "running"
    """It is not met yet, and its last day is not over."""
    MET = "met"
    PASSED = "passed"
    """Its last day is over, and nothing on record meets it."""
    WAITING = "waiting"
    """It does not run at this stage; what is left of it is kept."""


@dataclass(frozen=True, slots=True)
class Due:
    """A limit or an undertaking of a proceeding, for one party or for nobody in particular.

    `until` is the instant from which it has passed, or for bound `earliest` from which its steps are open:
    None where it waits or no day was named. `days` is what is left of one that waits.
    """

    name: str
    bound: str
    state: DueState
    party: str = ""
    until: Instant | None = None
    days: int | None = None
    opens: tuple[str, ...] = ()
    leads_to: str = ""
    because: tuple[Because, ...] = field(default=(), compare=False)

    @property
    def opens_only(self) -> bool:
        """Whether nobody must do anything: it only opens steps."""
        return self.bound == "earliest"


@dataclass(frozen=True, slots=True)
class Way:
    """A step that a party may take now, or from an instant on where a limit still bars it.

    `needs` are the parties that must take it together with this one. `starts` is None where it is open now.
    """

    party: str
    step: str
    starts: Instant | None = None
    needs: tuple[str, ...] = ()
    leads_to: str = ""
    because: tuple[Because, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a proceeding stands: its stage, who lets it rest by conduct, what is due, what may be done.

    `since` is the instant from which it stands at the stage; None before its first step. `halted` are the
    acts by which parties let it rest.
    """

    stage: str
    since: Instant | None
    halted: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()
    ways: tuple[Way, ...] = ()


class Holds(Enum):
    """Whether the condition of an act holds."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    """In some reading or possible world of the other instrument it holds, and not in another."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """An act that has effect and hangs on a condition; `raises` is what its author may now bring back.

    A condition that is broken has no effect of its own: it is a matter pending between the parties.
    """

    act: str
    by: tuple[str, ...]
    instrument: str
    holds: Holds
    raises: str
    because: tuple[Because, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Status:
    """Where an instrument stands in one reading and one possible world.

    `ends` is when it will end if nobody does anything more: None where it would go on. `period` is
    the current period of its term. `earliest_end` says per party when that party, acting now,
    could bring about its end. `bound` are the parties bound. `changes` is the next instant at which
    any of this changes with nobody acting; FOREVER when never. `notice_by` is the instant before
    which a notice would keep the current period from being followed by another. `renews` is the
    instant at which it will be extended if nobody acts; `enters` that of its entry into
    force ahead.
    `missing` names kinds of clause or acts that would be needed to know more.
    """

    phase: Phase
    version: int
    bound: tuple[str, ...] = ()
    notice: NoticeStatus | None = None
    period: Period | None = None
    ends: Instant | None = None
    earliest_end: tuple[tuple[str, EarliestEnd], ...] = ()
    suspended_clauses: tuple[str, ...] = ()
    notice_by: Instant | None = None
    renews: Instant | None = None
    enters: Instant | None = None
    standing: Standing | None = None
    """Only of a proceeding."""
    hanging: tuple[Hanging, ...] = ()
    """The acts in effect that hang on a condition, and whether it holds."""
    changes: Instant = field(default=FOREVER, compare=False)
    because: tuple[Because, ...] = field(default=(), compare=False)
    missing: tuple[str, ...] = field(default=(), compare=False)


class Settled(Enum):
    """How sure an answer is."""

    SETTLED = "settled"
    OPEN = "open"
    """A reader's own set has several values: a time or a clause is not known."""
    DISPUTED = "disputed"
    """The readers' sets differ."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """Per reader the set of possible values; a reader is a party, or `record` where all agree."""

    readings: tuple[tuple[str, tuple[T, ...]], ...]

    @property
    def values(self) -> tuple[T, ...]:
        """Every value of every reader, each once, in order."""
        found: dict[T, None] = {}
        for _, values in self.readings:
            found.update(dict.fromkeys(values))
        return tuple(found)

    @property
    def sure(self) -> Settled:
        """Settled, open or disputed."""
        first = set(self.readings[0][1])
        if any(set(values) != first for _, values in self.readings[1:]):
            return Settled.DISPUTED
        unknown = any(getattr(value, "phase", None) is Phase.UNKNOWN for value in first)
        return Settled.SETTLED if len(first) == 1 and not unknown else Settled.OPEN
