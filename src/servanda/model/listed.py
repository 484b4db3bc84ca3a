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

    It began after the copy of `not_before` and by that of `seen_from`; it ended after the copy of
    `seen_until` and by that of `gone_by`, None where it was still there in the last copy. `not_before` is
    None where it stood in the first copy that anybody kept. A copy shows the list at some hour of its day;
    with `exact` the days are those on which the list itself says that it changed.
    """

    seen_from: Day
    not_before: Day | None = None
    seen_until: Day | None = None
    gone_by: Day | None = None
    exact: bool = False


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
    days: tuple[Day, ...] = ()
    """The days of the copies that make a history, rising; between two of them nobody looked."""

    @property
    def latest(self) -> Day | None:
        """The day up to which it is known."""
        return self.last or self.issued

    def membership(self, party: Listed, day: Day) -> Membership:
        """Say whether a party stood on this list on a day.

        Before the first day for which it speaks nobody can say: a party that is not in a later copy may
        have been taken off. After the last, who stood in the last copy counts as listed; who had gone by then
        may be on it again, and nobody has looked.
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
        if found is Membership.NOT_LISTED and self.latest is not None and self.latest < day:
            return Membership.UNKNOWN
        return found


def _stood(stay: Stay, day: Day) -> Membership:
    if day < stay.seen_from:
        between = stay.not_before is not None and stay.not_before <= day and not stay.exact
        return Membership.UNKNOWN if between else Membership.NOT_LISTED
    if stay.seen_until is None or day <= stay.seen_until:
        return Membership.LISTED
    between = stay.gone_by is None or (day <= stay.gone_by and not stay.exact)
    return Membership.UNKNOWN if between else Membership.NOT_LISTED
