"""Acts that change an export-control regime: done when promulgated or published, in force from `effect`.

What is announced or decided without having been promulgated is an `announce`, and changes nothing.
"""

from __future__ import annotations

import msgspec

from servanda.model.act.base import Deed
from servanda.model.when import Duration, When


class Measure(Deed, frozen=True, kw_only=True):
    """What every change of a regime has: the day from whose first instant it is in force.

    Left out, it is in force from when it was done; while the hour of that is not known, the day is open.
    """

    effect: When | None = None


class GroupChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What becomes of one group; a `name` names it anew, and an empty one says that it exists no more."""

    group: str
    adds: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    name: str | None = None


class ChangeGroups(Measure, frozen=True, kw_only=True, tag="change-groups"):
    """Destinations enter and leave groups, and groups get names, all by one order."""

    groups: tuple[GroupChange, ...]


class LimitLicences(Measure, frozen=True, kw_only=True, tag="limit-licences"):
    """For some items to some destinations, types of licence can be used no longer."""

    items: tuple[str, ...]
    destinations: tuple[str, ...]
    excludes: tuple[str, ...]
    technology: bool = False
    """Whether technology related to the items is limited with them."""


class EaseLimit(Measure, frozen=True, kw_only=True, tag="ease-limit"):
    """A limit is eased: for some of its items a type of licence can be used again, on a condition."""

    of: str
    items: tuple[str, ...]
    opens: tuple[str, ...]
    provided: str
    """On what condition."""
    validity: Duration | None = None


class LiftLimit(Measure, frozen=True, kw_only=True, tag="lift-limit"):
    """A limit is gone; `opens` are types of licence that its author says can be used again."""

    of: str
    opens: tuple[str, ...] = ()


class ChangeCatchAll(Measure, frozen=True, kw_only=True, tag="change-catch-all"):
    """What the authority's notice reaches from now on, and what else the exporter must know of."""

    clauses: tuple[str, ...]
    inform_reaches: tuple[str, ...] = ()
    """Groups that the notice spared until then."""
    widens: str = ""
    """What else is within it, where the list of it was not read."""


RegimeAct = ChangeGroups | LimitLicences | EaseLimit | LiftLimit | ChangeCatchAll
"""Any change of a regime."""

REGIME_ACTS = (ChangeGroups, LimitLicences, EaseLimit, LiftLimit, ChangeCatchAll)

__all__ = [
    "REGIME_ACTS",
    "ChangeCatchAll",
    "ChangeGroups",
    "EaseLimit",
    "GroupChange",
    "LiftLimit",
    "LimitLicences",
    "Measure",
    "RegimeAct",
]
