"""Acts about persons and facilities: who may open what, granted by a party and ended by it."""

from __future__ import annotations

from servanda.model.act.base import Deed
from servanda.model.when import Duration, Instant, When


class ClearPerson(Deed, frozen=True, tag="clear-person"):
    """A party finds a person eligible for its own level `level` and below, until `expires`."""

    person: str
    level: str
    expires: When | None = None


class ListPersons(Deed, frozen=True, tag="list-persons"):
    """A party puts persons on the list of those who need to know; empty tuples do not limit."""

    persons: tuple[str, ...]
    objects: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    expires: When | None = None


class AssurePersons(Deed, frozen=True, tag="assure-persons"):
    """A receiving party assures an originator that persons are cleared, need to know and will protect it."""

    persons: tuple[str, ...]
    to: str
    expires: When | None = None


class PermitVisit(Deed, frozen=True, tag="permit-visit"):
    """A host permits persons to visit a facility of its own, up to its own level `highest`."""

    persons: tuple[str, ...]
    facility: str
    highest: str
    starts: Instant
    ends: Instant


class ClearFacility(Deed, frozen=True, tag="clear-facility"):
    """A party clears a contractor's facility for its own level `level` and below.

    `inspected_each` is the longest time that a passed inspection stays good; absent asks for none.
    """

    facility: str
    level: str
    expires: When | None = None
    inspected_each: Duration | None = None


class InspectFacility(Deed, frozen=True, tag="inspect-facility"):
    """A party inspected a facility that it cleared."""

    facility: str
    passed: bool


class Revoke(Deed, frozen=True, tag="revoke"):
    """What its author granted by the act `of` holds no more: a clearance, a listing, a visit."""

    of: str
