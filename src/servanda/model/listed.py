"""Listed parties: who stands on a published list, under which names, since when as far as anybody saw."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from servanda.model.when import Day, Instant


class EntityKind(Enum):
    """What a listed party is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay on a list, seen from dated copies of it.

    It began after `not_before` and on or before `seen_from`; it ended after `seen_until` and on or before
    `gone_by`, None where it was still there in the last copy. Where two of a pair are the same day, that
    day is exact. `not_before` is None where it stood in the first copy that anybody kept.
    """

    seen_from: Day
    not_before: Day | None = None
    seen_until: Day | None = None
    gone_by: Day | None = None


class Membership(Enum):
    """Whether a party stood on a list on a day."""

    LISTED = "listed"
    NOT_LISTED = "not_listed"
    UNKNOWN = "unknown"
    """No copy of the list says: the day lies between two copies that differ, or before the first."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One party of a list, as the list has it.

    `aliases` are other names; `weak` are those that the list itself calls weak. `effect` is what the list
    does, as its authority says it; `reasons` are programmes or concerns.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    kind: EntityKind = EntityKind.UNKNOWN
    countries: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    title: str = ""
    """The list within a consolidated one, as Entity List."""
    effect: str = ""
    citation: str = ""
    url: str = ""
    stays: tuple[Stay, ...] = ()
    """Empty where the list is one copy: then it stands there from the day of issue on."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of it, the chief one first."""
        return (self.name, *self.aliases, *self.weak)


@dataclass(frozen=True, slots=True)
class PartyList:
    """A published list as one file has it, or the history of one from dated copies.

    `issued` is the first day for which it speaks, `last` the last for which a copy was seen: the same but
    for a history. `problems` are records that were mended or could not be read, one line each.
    """

    code: str
    title: str
    issued: Day | None
    parties: tuple[Listed, ...]
    last: Day | None = None
    retrieved: Instant | None = None
    citation: str = ""
    url: str = ""
    problems: tuple[str, ...] = field(default=())
    digest: str = ""
    """SHA-256 of the bytes it was read from, where somebody computed it."""

    @property
    def latest(self) -> Day | None:
        """The day up to which it is known."""
        return self.last or self.issued

    def membership(self, party: Listed, day: Day) -> Membership:
        """Say whether a party stood on this list on a day.

        Before the first day for which it speaks nobody can say: a party that is not in a later copy may
        have been taken off.
        """
        if self.issued is None or day < self.issued:
            return Membership.UNKNOWN
        if not party.stays:
            return Membership.LISTED
        found = Membership.NOT_LISTED
        for stay in party.stays:
            one = _stood(stay, day)
            if one is Membership.LISTED:
                return one
            if one is Membership.UNKNOWN:
                found = one
        return found


def _stood(stay: Stay, day: Day) -> Membership:
    if day < stay.seen_from:
        if stay.not_before is not None and day > stay.not_before:
            return Membership.UNKNOWN
        return Membership.NOT_LISTED
    if stay.seen_until is None or day <= stay.seen_until:
        return Membership.LISTED
    if stay.gone_by is not None and day >= stay.gone_by:
        return Membership.NOT_LISTED
    return Membership.UNKNOWN
