"""Acts in the life of an instrument: signature, notices, suspension, amendment, positions."""

from __future__ import annotations

from enum import Enum

from servanda.model.act.base import Deed
from servanda.model.when import When


class Sign(Deed, frozen=True, tag="sign"):
    """Signature of a text."""

    version: int = 1


class NotifyCompletion(Deed, frozen=True, tag="notify-completion"):
    """A note that the domestic procedure is complete; `dated` is the date that the note bears."""

    dated: When | None = None
    version: int = 1


class Deposit(Deed, frozen=True, tag="deposit"):
    """Deposit of an instrument of ratification, acceptance or accession with the depositary."""


class ApplyProvisionally(Deed, frozen=True, tag="apply-provisionally"):
    """Provisional application begins (VCLT 25(1))."""


class EndProvisional(Deed, frozen=True, tag="end-provisional"):
    """Provisional application ends before entry into force (VCLT 25(2))."""


class Announce(Deed, frozen=True, tag="announce"):
    """A public statement. Politics: it has no legal effect."""


class GiveNotice(Deed, frozen=True, tag="give-notice"):
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


class SuspendNotice(Deed, frozen=True, tag="suspend-notice"):
    """The effect of a notice is suspended."""

    of: str
    mode: SuspensionMode


class ResumeNotice(Deed, frozen=True, tag="resume-notice"):
    """The suspension of a notice is lifted."""

    of: str


class WithdrawNotice(Deed, frozen=True, tag="withdraw-notice"):
    """A notice is revoked before it takes effect (VCLT 68); `also` are withdrawn with it."""

    of: str
    also: tuple[str, ...] = ()


class SuspendOperation(Deed, frozen=True, tag="suspend-operation"):
    """Operation of the whole instrument, or of the clauses named, is suspended (VCLT 57, 58)."""

    clauses: tuple[str, ...] = ()


class ResumeOperation(Deed, frozen=True, tag="resume-operation"):
    """Operation is resumed after the suspension `of`."""

    of: str


class Extend(Deed, frozen=True, tag="extend"):
    """The parties agree that it runs until `until` (renewal by consent)."""

    until: When


class Terminate(Deed, frozen=True, tag="terminate"):
    """The parties agree to end it at `effect` (VCLT 54(b)); on the day of the act when absent."""

    effect: When | None = None


class Supersede(Deed, frozen=True, tag="supersede"):
    """Another instrument takes its place without a gap; it ends at the start of `effect`."""

    successor: str
    effect: When


class Amend(Deed, frozen=True, tag="amend"):
    """The parties agree on a new text `version`, in force from `effect`."""

    version: int
    effect: When | None = None


class Object(Deed, frozen=True, tag="object"):
    """A party objects to an act of another."""

    of: str


class Acknowledge(Deed, frozen=True, tag="acknowledge"):
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


class TakePosition(Deed, frozen=True, tag="take-position"):
    """A party says that an act is something else than its author says."""

    of: str
    reads: Reads
    grounds: str = ""


class Correct(Deed, frozen=True, tag="correct"):
    """The record was wrong, the world was not: fields of an earlier act are replaced.

    Applies from the beginning of the act's life, and only for whoever knows of the correction.
    """

    of: str
    set_done: When | None = None
    set_by: tuple[str, ...] | None = None
    strikes: bool = False
    """True when the act never happened."""


class DesignateAuthority(Deed, frozen=True, tag="designate-authority"):
    """A party names its competent authority."""

    authority: str
