"""Questions about an export, and what a regime answers: never that it is allowed, only what was checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from servanda.model.cite import Because
from servanda.model.clauses.exports import Concern, Covers, Need
from servanda.model.when import BEGINNING, FOREVER, TZDATA_VERSION, Duration, Instant


class ExportOutcome(Enum):
    """What a regime says of an export."""

    LICENCE_REQUIRED = "licence_required"
    NOT_REQUIRED = "not_required_under"
    """Not required under the rules that were checked, each of which is listed. It is never a clearance."""
    CANNOT_TELL = "cannot_tell"
    """Something that decides is missing or disputed; what it is, is named."""


class Openness(Enum):
    """Whether a type of licence can be used for the case."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "cannot_tell"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """May `item` go to `destination` (ISO 3166-1) at `at` under `regime`, as known at `known`?

    `item` is a number of the regime's list as the exporter has classified it, or a word for what is not on
    it. `concern` is what the exporter found, None where nobody looked; `informed` says that the authority has
    told the exporter that a licence is needed. `holds` is what the exporter has, None where it was not said.
    """

    regime: str
    item: str
    destination: str
    at: Instant
    known: Instant = FOREVER
    covers: Covers = Covers.GOODS
    end_user: str = ""
    end_use: str = ""
    concern: Concern | None = None
    informed: bool = False
    value: Decimal | None = None
    currency: str = ""
    holds: frozenset[Need] | None = None


@dataclass(frozen=True, slots=True)
class TypeAnswer:
    """A type of licence for the case: whether it can be used, why, and what it asks for.

    `lacks` are needs that this exporter was said not to hold.
    """

    name: str
    title: str
    standing: Openness
    because: tuple[Because, ...]
    needs: tuple[Need, ...] = ()
    lacks: tuple[Need, ...] = ()
    validity: Duration | None = None
    provided: str = ""
    """On what condition alone it is open; empty for none."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document or undertaking: needed, or where `certain` is False needed by a table that was not read."""

    says: str
    certain: bool
    after: bool
    because: Because


@dataclass(frozen=True, slots=True)
class ReviewTime:
    """How long the authority looks, and how many documents it asks for."""

    days: int
    documents: int
    bulk: str
    because: Because


@dataclass(frozen=True, slots=True)
class Ahead:
    """A change that was made and is not yet in force."""

    act: str
    effect: Instant
    because: Because


@dataclass(frozen=True, slots=True)
class Finding:
    """What a regime says in one reading and possible world, or in all of them together.

    `because` are the rules that were checked, each with its article; `missing` what would have to be known.
    `groups` are the names of the groups that the destination is in, as far as they are known. `elsewhere`
    are parts of the law that nobody here has modelled.
    """

    outcome: ExportOutcome
    because: tuple[Because, ...] = ()
    missing: tuple[Because, ...] = ()
    groups: tuple[str, ...] = ()
    types: tuple[TypeAnswer, ...] = ()
    papers: tuple[Paper, ...] = ()
    review: ReviewTime | None = None
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportAnswer:
    """A question and its finding, and the half-open stretch of time in which it is the same.

    `since` and `until` count every act known at the request's knowledge time; `turns` says what changes it.
    """

    request: ExportRequest
    finding: Finding
    item: str
    """The item in the list's own words; empty where it is not on it."""
    since: Instant = BEGINNING
    until: Instant = FOREVER
    turns: tuple[Because, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    checked: tuple[tuple[str, str], ...] = ()
    """Lists that were compared with their sources, and the last day on which."""

    @property
    def outcome(self) -> ExportOutcome:
        """Required, not required under what was checked, or cannot tell."""
        return self.finding.outcome

    @property
    def tzdata(self) -> str:
        """The version of the zone rules that it was found with."""
        return TZDATA_VERSION


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that a regime says, before and after, and the acts that made the difference.

    `of` is the item, empty for what holds for the destination whatever is sent.
    """

    destination: str
    of: str
    what: str
    before: str
    after: str
    by: tuple[Because, ...]


class Fit(Enum):
    """Whether a past shipment fitted the rules of its day."""

    FITS = "fits"
    DID_NOT_FIT = "did_not_fit"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Shipment:
    """A row of a shipment log, of that line; a day without an hour lasts `until` its end."""

    line: int
    id: str
    request: ExportRequest
    until: Instant
    licence_type: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Audited:
    """A past shipment, and whether it fitted."""

    shipment: Shipment
    fit: Fit
    because: tuple[Because, ...]
    outcome: ExportOutcome
    missing: tuple[Because, ...] = field(default=())
