"""Clauses that rule what may pass and how it is kept."""

from __future__ import annotations

from enum import Enum

import msgspec

from servanda.model.clauses.provision import Provision
from servanda.model.duty import DutyKind


class Equivalence(Provision, frozen=True, tag_field="kind", tag="equivalence"):
    """The table of markings: level -> party -> its own words, many to one.

    `levels` are named as the text does. `outside` lists levels that the text leaves without an
    equivalent. `protected_as` maps a party's marking that is no peer level to the marking under
    which a receiver protects it: originator -> its word -> receiver -> the receiver's word.
    """

    levels: dict[str, dict[str, tuple[str, ...]]]
    outside: tuple[str, ...] = ()
    protected_as: dict[str, dict[str, dict[str, str]]] = msgspec.field(default_factory=dict)


class Scope(Provision, frozen=True, tag_field="kind", tag="scope"):
    """What the instrument is about; an empty tuple of topics or forms leaves them free."""

    subject: str = ""
    topics: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    hub: str | None = None
    """The party through which everything passes, the linchpin of an arrangement."""
    carries: bool = True
    """False where the instrument gives no ground of its own and only guides others' flows."""


class Ceiling(Provision, frozen=True, tag_field="kind", tag="ceiling"):
    """The highest that may be given: party -> its own word; a party that is absent has no ceiling.

    `electronic` is the ceiling of what travels as an electronic form, where it is lower.
    """

    highest: dict[str, str]
    electronic: dict[str, str] = msgspec.field(default_factory=dict)


class Prohibition(Provision, frozen=True, tag_field="kind", tag="prohibition"):
    """What may not be released between the parties, whatever else allows it; empty does not limit.

    `markings` holds words of a party's own policy, by party.
    """

    topics: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    markings: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


class Needs(Enum):
    """What onward release to a third party needs."""

    APPROVAL = "prior-written-approval"
    CONSENT = "prior-consent"


class ThirdParty(Provision, frozen=True, tag_field="kind", tag="third-party"):
    """Nothing to a third party unless the originator has said yes."""

    needs: Needs = Needs.APPROVAL
    approver: str = "originator"


class Purpose(Provision, frozen=True, tag_field="kind", tag="purpose"):
    """Use only for what it was given for; an empty tuple means the purpose named at release."""

    allows: tuple[str, ...] = ()


class Access(Provision, frozen=True, tag_field="kind", tag="access"):
    """Who may see it: whichever of need to know, clearance and assurance are among the duties.

    `cleared_from` is, by party, its own lowest word that asks for a clearance; absent: all do.
    """

    cleared_from: dict[str, str] = msgspec.field(default_factory=dict)
    duties: tuple[DutyKind, ...] = (DutyKind.NEED_TO_KNOW, DutyKind.CLEARANCE)


class Visits(Provision, frozen=True, tag_field="kind", tag="visits"):
    """Visits to facilities where such information is kept."""

    duties: tuple[DutyKind, ...] = (DutyKind.VISITS,)


class Transmission(Provision, frozen=True, tag_field="kind", tag="transmission"):
    """Through which channel it travels."""

    channels: tuple[str, ...] = ()
    duties: tuple[DutyKind, ...] = (DutyKind.CHANNEL,)


class Contractors(Provision, frozen=True, tag_field="kind", tag="contractors"):
    """On which conditions a contractor may have it."""

    conditions: tuple[str, ...] = ()
    duties: tuple[DutyKind, ...] = (DutyKind.CONTRACTORS,)


class Loss(Provision, frozen=True, tag_field="kind", tag="loss"):
    """What to do when it is lost or compromised, or may be."""

    inform: str = "immediately"
    suspicion_counts: bool = True
    duties: tuple[DutyKind, ...] = (DutyKind.REPORT_LOSS, DutyKind.INVESTIGATE)


class Disputes(Provision, frozen=True, tag_field="kind", tag="disputes"):
    """How differences are settled, and what holds meanwhile."""

    means: tuple[str, ...] = ()
    meanwhile: str = ""
    duties: tuple[DutyKind, ...] = ()


class Handling(Provision, frozen=True, tag_field="kind", tag="handling"):
    """Other duties of the receiver: storage, marking, copies, translation, destruction."""

    duties: tuple[DutyKind, ...]


class Statement(Provision, frozen=True, tag_field="kind", tag="statement"):
    """A provision that is kept to be read and cited, with no effect that is computed."""

    about: str
