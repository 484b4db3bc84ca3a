"""Acts: what a party did. Status, extension and lapse are never acts; they follow."""

from __future__ import annotations

from enum import Enum

import msgspec

from servanda.model.when import Instant, When


class _Act(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
):
    """What every act has; `kind` in the file chooses the class."""

    id: str
    by: tuple[str, ...]
    done: When
    """When it happened in law: receipt, not dispatch and not announcement (VCLT 78(b))."""
    seen: Instant
    """When this register, or for the past the public, learnt it."""
    via: str = ""
    source: str = ""
    confirmed: bool = True
    note: str = ""


class Sign(_Act, frozen=True, tag="sign"):
    """Signature of a text."""

    version: int = 1


class NotifyCompletion(_Act, frozen=True, tag="notify-completion"):
    """A note that the domestic procedure is complete; `dated` is the date that the note bears."""

    dated: When | None = None
    version: int = 1


class Deposit(_Act, frozen=True, tag="deposit"):
    """Deposit of an instrument of ratification, acceptance or accession with the depositary."""


class ApplyProvisionally(_Act, frozen=True, tag="apply-provisionally"):
    """Provisional application begins (VCLT 25(1))."""


class EndProvisional(_Act, frozen=True, tag="end-provisional"):
    """Provisional application ends before entry into force (VCLT 25(2))."""


class Announce(_Act, frozen=True, tag="announce"):
    """A public statement. Politics: it has no legal effect."""


class GiveNotice(_Act, frozen=True, tag="give-notice"):
    """Notice of termination, non-renewal or denunciation; `dated` is the day of dispatch."""

    dated: When | None = None


class SuspensionMode(Enum):
    """What a suspension of a notice does."""

    FROZEN = "frozen"
    """The effect does not occur while suspended; no clock is kept (ROK 2019)."""
    TOLLED = "tolled"
    """The clock stops and the rest is kept (Philippines 2020)."""
    REVOKED = "revoked"
    """The notice is withdrawn (VCLT 68)."""


class SuspendNotice(_Act, frozen=True, tag="suspend-notice"):
    """The effect of a notice is suspended."""

    of: str
    mode: SuspensionMode


class ResumeNotice(_Act, frozen=True, tag="resume-notice"):
    """The suspension of a notice is lifted."""

    of: str


class WithdrawNotice(_Act, frozen=True, tag="withdraw-notice"):
    """A notice is revoked before it takes effect (VCLT 68); `also` are withdrawn with it."""

    of: str
    also: tuple[str, ...] = ()


class SuspendOperation(_Act, frozen=True, tag="suspend-operation"):
    """Operation of the whole instrument, or of the clauses named, is suspended (VCLT 57, 58)."""

    clauses: tuple[str, ...] = ()


class ResumeOperation(_Act, frozen=True, tag="resume-operation"):
    """Operation is resumed after the suspension `of`."""

    of: str


class Extend(_Act, frozen=True, tag="extend"):
    """The parties agree that it runs until `until` (renewal by consent)."""

    until: When


class Terminate(_Act, frozen=True, tag="terminate"):
    """The parties agree to end it at `effect` (VCLT 54(b)); on the day of the act when absent."""

    effect: When | None = None


class Supersede(_Act, frozen=True, tag="supersede"):
    """Another instrument takes its place without a gap; it ends at the start of `effect`."""

    successor: str
    effect: When


class Amend(_Act, frozen=True, tag="amend"):
    """The parties agree on a new text `version`, in force from `effect`."""

    version: int
    effect: When | None = None


class Object(_Act, frozen=True, tag="object"):
    """A party objects to an act of another."""

    of: str


class Acknowledge(_Act, frozen=True, tag="acknowledge"):
    """A party takes note of an act of another, without taking a position."""

    of: str


class Reads(Enum):
    """What an act is said to be by a party that takes a position on it."""

    ANNOUNCE = "announce"
    GIVE_NOTICE = "give-notice"
    WITHDRAW_NOTICE = "withdraw-notice"
    FROZEN = "suspend-notice-frozen"
    TOLLED = "suspend-notice-tolled"
    SUSPEND_OPERATION = "suspend-operation"
    WITHOUT_EFFECT = "without-effect"


class TakePosition(_Act, frozen=True, tag="take-position"):
    """A party says that an act is something else than its author says."""

    of: str
    reads: Reads
    grounds: str = ""


class Correct(_Act, frozen=True, tag="correct"):
    """The record was wrong, the world was not: fields of an earlier act are replaced.

    Applies from the beginning of the act's life, and only for whoever knows of the correction.
    """

    of: str
    set_done: When | None = None
    set_by: tuple[str, ...] | None = None
    strikes: bool = False
    """True when the act never happened."""


class Consent(_Act, frozen=True, tag="consent"):
    """An originator agrees that a holder may pass its information on; empty tuples do not limit.

    `rests_on` names instruments that must be in force for the consent to work.
    """

    recipients: tuple[str, ...]
    holders: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    markings: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    expires: When | None = None
    rests_on: tuple[str, ...] = ()


class WithdrawConsent(_Act, frozen=True, tag="withdraw-consent"):
    """A consent is withdrawn for what has not yet passed."""

    of: str


class Recall(_Act, frozen=True, tag="recall"):
    """An originator calls items back: no further release and no further key access.

    `parties` are those that may have it no more; empty means all but the originator.
    """

    objects: tuple[str, ...]
    parties: tuple[str, ...] = ()


class DesignateAuthority(_Act, frozen=True, tag="designate-authority"):
    """A party names its competent authority."""

    authority: str


Act = (
    Sign
    | NotifyCompletion
    | Deposit
    | ApplyProvisionally
    | EndProvisional
    | Announce
    | GiveNotice
    | SuspendNotice
    | ResumeNotice
    | WithdrawNotice
    | SuspendOperation
    | ResumeOperation
    | Extend
    | Terminate
    | Supersede
    | Amend
    | Object
    | Acknowledge
    | TakePosition
    | Correct
    | Consent
    | WithdrawConsent
    | Recall
    | DesignateAuthority
)
"""Any act; `kind` in the file chooses."""


def kind_of(act: Act) -> str:
    """Return the word of the file for the act's class, as give-notice."""
    return str(type(act).__struct_config__.tag)
