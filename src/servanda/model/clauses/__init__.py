"""Clauses: the closed set of rules that a text can hold, each living at its address."""

from __future__ import annotations

from servanda.model.clauses.exports import (
    CatchAll,
    ControlList,
    CountryChart,
    CountryGroup,
    LicenceType,
    Papers,
    Requirement,
    Review,
    SmallValue,
)
from servanda.model.clauses.life import (
    Amendment,
    ByConsent,
    Counts,
    Denunciation,
    EntryIntoForce,
    Event,
    FirstOfMonth,
    FixedDate,
    How,
    KthDeposit,
    LastNoteReceived,
    LaterNotification,
    NoneGiven,
    Notice,
    OnSignature,
    OwnDeposit,
    ProvisionalApplication,
    Relation,
    Renewal,
    RenewalMode,
    RollingNotice,
    Stated,
    Survival,
    SurvivalUntil,
    Term,
    Termination,
)
from servanda.model.clauses.procedure import Bound, Limit, Procedure, Proceeding, Stage, Step
from servanda.model.clauses.protection import (
    Access,
    Ceiling,
    Contractors,
    Disputes,
    Equivalence,
    Handling,
    Loss,
    Needs,
    Prohibition,
    Purpose,
    Scope,
    Statement,
    ThirdParty,
    Transmission,
    Visits,
)
from servanda.model.clauses.provision import PROVENANCE, Provision

Clause = (
    EntryIntoForce
    | ProvisionalApplication
    | Term
    | Termination
    | Survival
    | Relation
    | Amendment
    | Equivalence
    | Ceiling
    | Scope
    | ThirdParty
    | Prohibition
    | Purpose
    | Access
    | Visits
    | Transmission
    | Contractors
    | Loss
    | Disputes
    | Handling
    | Statement
    | Procedure
    | Proceeding
    | ControlList
    | Requirement
    | CountryChart
    | CountryGroup
    | LicenceType
    | CatchAll
    | SmallValue
    | Papers
    | Review
)
"""Any clause; `kind` in the file chooses."""

__all__ = [
    "PROVENANCE",
    "Access",
    "Amendment",
    "Bound",
    "ByConsent",
    "CatchAll",
    "Ceiling",
    "Clause",
    "Contractors",
    "ControlList",
    "CountryChart",
    "CountryGroup",
    "Counts",
    "Denunciation",
    "Disputes",
    "EntryIntoForce",
    "Equivalence",
    "Event",
    "FirstOfMonth",
    "FixedDate",
    "Handling",
    "How",
    "KthDeposit",
    "LastNoteReceived",
    "LaterNotification",
    "LicenceType",
    "Limit",
    "Loss",
    "Needs",
    "NoneGiven",
    "Notice",
    "OnSignature",
    "OwnDeposit",
    "Papers",
    "Procedure",
    "Proceeding",
    "Prohibition",
    "Provision",
    "ProvisionalApplication",
    "Purpose",
    "Relation",
    "Renewal",
    "RenewalMode",
    "Requirement",
    "Review",
    "RollingNotice",
    "Scope",
    "SmallValue",
    "Stage",
    "Stated",
    "Statement",
    "Step",
    "Survival",
    "SurvivalUntil",
    "Term",
    "Termination",
    "ThirdParty",
    "Transmission",
    "Visits",
]
