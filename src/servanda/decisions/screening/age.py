"""How old a list is, and from when on that is told: a list that nobody has renewed says nothing of today."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from zoneinfo import ZoneInfo

from servanda.model.listed import PartyList
from servanda.model.when import Instant


class Freshness(Enum):
    """Grades of age. The thresholds are ours: the great lists change several times a week."""

    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"
    STALE = "stale"
    UNKNOWN = "of unknown age"
    AHEAD = "issued after the day asked about"


FRESH, AGEING, OLD = 7, 14, 30
"""Days up to which a list is fresh, ageing, old; beyond it is stale."""


@dataclass(frozen=True, slots=True)
class Age:
    """A list's age in days at an instant; None where it names no day."""

    days: int | None
    freshness: Freshness


def age(of: PartyList, at: Instant, where: ZoneInfo) -> Age:
    """Return the age of a list at an instant, in days of a zone."""
    if of.latest is None:
        return Age(None, Freshness.UNKNOWN)
    days = (at.day(where).date - of.latest.date).days
    if days < 0:
        # A history may be asked about any day since its first copy; one copy says nothing of days before.
        known = of.issued is not None and not at.day(where) < of.issued
        return Age(0, Freshness.FRESH) if known else Age(days, Freshness.AHEAD)
    grades = ((FRESH, Freshness.FRESH), (AGEING, Freshness.AGEING), (OLD, Freshness.OLD))
    return Age(days, next((grade for most, grade in grades if days <= most), Freshness.STALE))
