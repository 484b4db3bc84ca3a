"""Acts: what a party did. Status, extension and lapse are never acts; they follow."""

from __future__ import annotations

from servanda.model.act.base import Condition
from servanda.model.act.exports import (
    REGIME_ACTS,
    ChangeCatchAll,
    ChangeGroups,
    EaseLimit,
    GroupChange,
    LiftLimit,
    LimitLicences,
    RegimeAct,
)
from servanda.model.act.life import (
    Acknowledge,
    Amend,
    Announce,
    ApplyProvisionally,
    Correct,
    Deposit,
    DesignateAuthority,
    EndProvisional,
    Extend,
    GiveNotice,
    NotifyCompletion,
    Object,
    Reads,
    ResumeNotice,
    ResumeOperation,
    Sign,
    Supersede,
    SuspendNotice,
    SuspendOperation,
    SuspensionMode,
    TakePosition,
    Terminate,
    WithdrawNotice,
)
from servanda.model.act.originator import Consent, Recall, Regrade, WithdrawConsent
from servanda.model.act.person import (
    AssurePersons,
    ClearFacility,
    ClearPerson,
    InspectFacility,
    ListPersons,
    PermitVisit,
    Revoke,
)
from servanda.model.act.proceeding import Fulfil, Halt, Meet, Resume, TakeStep, Undertake, step_of

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
    | Regrade
    | ClearPerson
    | ListPersons
    | AssurePersons
    | PermitVisit
    | ClearFacility
    | InspectFacility
    | Revoke
    | DesignateAuthority
    | TakeStep
    | Meet
    | Halt
    | Resume
    | Undertake
    | Fulfil
    | ChangeGroups
    | LimitLicences
    | EaseLimit
    | LiftLimit
    | ChangeCatchAll
)
"""Any act; `kind` in the file chooses."""


def kind_of(act: Act) -> str:
    """Return the word of the file for the act's class, as give-notice."""
    return str(type(act).__struct_config__.tag)


__all__ = [
    "REGIME_ACTS",
    "Acknowledge",
    "Act",
    "Amend",
    "Announce",
    "ApplyProvisionally",
    "AssurePersons",
    "ChangeCatchAll",
    "ChangeGroups",
    "ClearFacility",
    "ClearPerson",
    "Condition",
    "Consent",
    "Correct",
    "Deposit",
    "DesignateAuthority",
    "EaseLimit",
    "EndProvisional",
    "Extend",
    "Fulfil",
    "GiveNotice",
    "GroupChange",
    "Halt",
    "InspectFacility",
    "LiftLimit",
    "LimitLicences",
    "ListPersons",
    "Meet",
    "NotifyCompletion",
    "Object",
    "PermitVisit",
    "Reads",
    "Recall",
    "RegimeAct",
    "Regrade",
    "Resume",
    "ResumeNotice",
    "ResumeOperation",
    "Revoke",
    "Sign",
    "Supersede",
    "SuspendNotice",
    "SuspendOperation",
    "SuspensionMode",
    "TakePosition",
    "TakeStep",
    "Terminate",
    "Undertake",
    "WithdrawConsent",
    "WithdrawNotice",
    "kind_of",
    "step_of",
]
