"""Duties that follow from a permit: they attach to the item and outlive the instrument."""

from __future__ import annotations

from servanda.model.clauses import (
    Access,
    Contractors,
    Disputes,
    Equivalence,
    Handling,
    Loss,
    Provision,
    Purpose,
    Survival,
    ThirdParty,
    Transmission,
    Visits,
)
from servanda.model.duty import Duty, DutyKind
from servanda.model.text import Text

_STATED = Access | Visits | Transmission | Contractors | Loss | Disputes | Handling


def duties(text: Text) -> tuple[Duty, ...]:
    """Return the duties that the text lays on whoever receives under it, in the text's order."""
    survival = text.first(Survival)
    survives = survival[1].until.value if survival is not None else "none"
    if survival is None and "survival" in text.unread:
        survives = "unknown"
    return tuple(
        Duty(kind, text.because(address, clause.gist or kind.value), survives)
        for address, clause in text.clause.items()
        for kind in _kinds(clause)
    )


def _kinds(clause: Provision) -> tuple[DutyKind, ...]:
    match clause:
        case Equivalence():
            return (DutyKind.MARK,)
        case ThirdParty():
            return (DutyKind.NO_THIRD_PARTY,)
        case Purpose():
            return (DutyKind.PURPOSE,)
    return clause.duties if isinstance(clause, _STATED) else ()
