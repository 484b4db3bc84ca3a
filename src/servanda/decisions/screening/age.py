"""How old a list is, and from when on that is told: a list that nobody has renewed says nothing of today."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from zoneinfo import ZoneInfo

from servanda.model.listed import PartyList
from servanda.model.when import Day, Instant


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
    """What a list was on a day: how old, in days; `of` is the copy that counts. None where it names no day.

    Where the list is of a later day, `of` is its first and `days` None: it says nothing of the day asked of.
    """

    days: int | None
    freshness: Freshness
    of: Day | None = None


def age(of: PartyList, at: Instant, where: ZoneInfo) -> Age:
    """Return a list's age at an instant, in days of a zone: since its last copy on that day or before."""
    if of.latest is None:
        return Age(None, Freshness.UNKNOWN)
    day, first = at.day(where), of.issued or of.latest
    if day < first:
        return Age(None, Freshness.AHEAD, first)
    # Between two copies of a history nobody looked; a list that states its days itself is known on each.
    last = max((one for one in of.days if not day < one), default=min(of.latest, day))
    days = (day.date - last.date).days
    grades = ((FRESH, Freshness.FRESH), (AGEING, Freshness.AGEING), (OLD, Freshness.OLD))
    return Age(days, next((grade for most, grade in grades if days <= most), Freshness.STALE), last)
