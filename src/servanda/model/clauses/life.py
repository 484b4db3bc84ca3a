"""Clauses that rule an instrument's life: entry into force, application, term, end, relations."""

from __future__ import annotations

from enum import Enum

import msgspec

from servanda.model.clauses.provision import Provision
from servanda.model.when import Duration, When


class Counts(Enum):
    """Which date of a message counts: sent, or received (VCLT 78(b), the default)."""

    RECEIPT = "receipt"
    DISPATCH = "dispatch"


class Event(Enum):
    """What a month is counted from."""

    SIGNATURE = "signature"
    LAST_NOTE = "last-note"
    LAST_RECEIPT = "last-receipt"


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="by"):
    """How a date is found; `by` in the file chooses the class."""


class OnSignature(_Rule, frozen=True, tag="signature"):
    """In force on the day of the last signature."""


class LaterNotification(_Rule, frozen=True, tag="later-notification"):
    """In force on the later date of the parties' notes; `counts` says which date of a note."""

    counts: Counts = Counts.DISPATCH


class LastNoteReceived(_Rule, frozen=True, tag="last-note-received"):
    """In force `after` the receipt of the last note (on that day when absent)."""

    after: Duration | None = None


class FixedDate(_Rule, frozen=True, tag="fixed-date"):
    """In force on a date that the text itself names."""

    on: When


class FirstOfMonth(_Rule, frozen=True, tag="first-of-month"):
    """In force on the first day of the nth month after an event."""

    nth: int
    after: Event


class KthDeposit(_Rule, frozen=True, tag="kth-deposit"):
    """In force `after` the kth deposit; a later party is bound `own` after its own deposit."""

    deposits: int
    after: Duration
    own: Duration


class OwnDeposit(_Rule, frozen=True, tag="own-deposit"):
    """Each party is bound `after` its own deposit with the depositary."""

    after: Duration | None = None


class Stated(_Rule, frozen=True, tag="stated"):
    """A source states when it entered into force; the rule itself was not read."""

    on: When


EntryRule = (
    OnSignature
    | LaterNotification
    | LastNoteReceived
    | FixedDate
    | FirstOfMonth
    | KthDeposit
    | OwnDeposit
    | Stated
)


class EntryIntoForce(Provision, frozen=True, tag_field="kind", tag="entry-into-force"):
    """When and how the text begins to bind."""

    rule: EntryRule
    via: str = ""


class ProvisionalApplication(Provision, frozen=True, tag_field="kind", tag="provisional-application"):
    """Applied before entry into force (VCLT 25); from `starts`, or from the act that says so."""

    starts: When | None = None


class RenewalMode(Enum):
    """What happens at the end of a period when nobody does anything."""

    AUTOMATIC = "automatic"
    CONSENT = "consent"
    NONE = "none"


class Renewal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a period is followed by the next; `each` may differ from the first period."""

    mode: RenewalMode
    each: Duration | None = None

    def __post_init__(self) -> None:
        if self.mode is not RenewalMode.NONE and self.each is None:
            raise ValueError("a renewal needs `each`, the length of the next period")


class Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A notice that keeps a period from being followed by another."""

    at_least: Duration
    before: str = "end-of-period"
    form: str = ""
    via: str = ""
    counts: Counts = Counts.RECEIPT

    def __post_init__(self) -> None:
        if self.before != "end-of-period":
            raise ValueError("`before` can only be end-of-period; a rolling notice is a termination")


class Term(Provision, frozen=True, tag_field="kind", tag="term"):
    """How long it runs: `first` absent means without end until somebody ends it."""

    first: Duration | None = None
    renewal: Renewal | None = None
    notice: Notice | None = None


class _Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="by"):
    """A way to end an instrument; `by` in the file chooses the class."""


class RollingNotice(_Way, frozen=True, tag="rolling-notice", omit_defaults=True):
    """Ends `after` a notice, whenever it is given."""

    after: Duration
    counts: Counts = Counts.RECEIPT
    form: str = ""
    via: str = ""


class Denunciation(_Way, frozen=True, tag="denunciation", omit_defaults=True):
    """A party of a multilateral ends it for itself alone, `after` its notice."""

    after: Duration
    counts: Counts = Counts.RECEIPT


class ByConsent(_Way, frozen=True, tag="consent"):
    """Ends only when all parties agree (VCLT 54(b))."""


class NoneGiven(_Way, frozen=True, tag="none-given"):
    """The text was read and gives no way: VCLT 56, twelve months where it may be ended at all."""


class Termination(Provision, frozen=True, tag_field="kind", tag="termination"):
    """How it can be ended other than by non-renewal."""

    way: RollingNotice | Denunciation | ByConsent | NoneGiven


class SurvivalUntil(Enum):
    """Until when what was received stays protected after the end."""

    UNLIMITED = "unlimited"
    WHILE_CLASSIFIED = "while-classified"
    ORIGINATOR_RELEASES = "until-originator-releases"
    OR_RETURN = "or-return"


class Survival(Provision, frozen=True, tag_field="kind", tag="survival"):
    """Duties for items received while in force outlive the instrument (beyond VCLT 70)."""

    protects: str = "received-while-in-force"
    until: SurvivalUntil = SurvivalUntil.UNLIMITED


class How(Enum):
    """How one instrument stands to another."""

    SUPPLEMENTS = "supplements"
    SUPERSEDES = "supersedes"
    DEPENDS_ON = "depends-on"
    PREVAILS = "prevails-over"
    """Where both cover a case and differ, this one governs."""


class Relation(Provision, frozen=True, tag_field="kind", tag="relation"):
    """It supplements, supersedes without a gap, prevails over, or works only while all `of` are in force."""

    how: How
    of: tuple[str, ...]


class Amendment(Provision, frozen=True, tag_field="kind", tag="amendment"):
    """How the text can be changed; an amendment is a whole new text."""

    by: str = "mutual-consent"
