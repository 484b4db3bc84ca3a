"""Duties: what the receiver owes for an item, whatever becomes of the instrument."""

from __future__ import annotations

from enum import Enum

import msgspec

from servanda.model.cite import Because


class DutyKind(Enum):
    """The closed list of duties that the clauses of this field know."""

    MARK = "mark-with-originator-and-equivalent"
    PROTECT = "protect-as-equivalent"
    NO_THIRD_PARTY = "no-third-party-without-consent"
    PURPOSE = "use-for-agreed-purpose-only"
    NEED_TO_KNOW = "need-to-know"
    CLEARANCE = "cleared-persons-only"
    ASSURANCE = "assurance-before-access"
    REGISTRY = "keep-registry-of-authorised-persons"
    INVENTORY = "keep-inventory"
    REMARK = "re-mark-on-change"
    RETURN_OR_DESTROY = "return-or-destroy-when-done"
    RIGHTS = "respect-intellectual-property"
    VISITS = "visits-by-permission"
    CHANNEL = "transmit-by-agreed-channel"
    SEALED = "double-sealed-envelope"
    ENCRYPT = "encrypt-in-transmission"
    STORE = "store-for-authorised-only"
    FACILITY = "secure-facility"
    DESTROY = "destroy-beyond-reconstruction"
    COPY = "copy-with-all-markings-and-few"
    TRANSLATE = "translate-by-cleared-only"
    CONTRACTORS = "contractors-on-conditions"
    REPORT_LOSS = "report-loss-immediately"
    INVESTIGATE = "investigate-and-report"
    CONSULT = "settle-by-consultation"
    PROTECT_MEANWHILE = "protect-during-dispute"
    NOTIFY_LAWS = "notify-changes-of-law"
    CONDITION = "condition-of-consent"


class Duty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One duty that follows from a permit, with the clause that carries it.

    `survives` is the survival rule of the text (`unlimited`, `while-classified`, ...), `none` where
    the text has been read and has no such rule, `unknown` where it was not read.
    """

    kind: DutyKind
    because: Because
    survives: str
