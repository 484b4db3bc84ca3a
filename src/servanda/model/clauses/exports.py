"""Clauses of an export-control regime: lists, destinations, licence types, triggers, exemptions, documents.

A regime is an instrument with one party. What its texts say stands here, as it stood on the first day known;
what was changed since are acts (`model/act/exports.py`), so that membership and availability are intervals.
Destinations are ISO 3166-1 codes and no parties.
"""

from __future__ import annotations

from enum import Enum

import msgspec

from servanda.model.clauses.provision import Provision
from servanda.model.when import Duration, When


class Covers(Enum):
    """What is sent: things, or what one knows."""

    GOODS = "goods"
    TECHNOLOGY = "technology"


class Concern(Enum):
    """What an end use or end user gives cause to fear."""

    NONE = "none"
    """The exporter looked and found nothing."""
    WMD = "wmd"
    CONVENTIONAL = "conventional"


class Need(Enum):
    """What an exporter must have, or a trade must be, for a type of licence."""

    REGISTRATION = "registration"
    ICP = "icp"
    """An internal control programme that the authority has accepted."""
    CHECKLIST = "checklist"
    ON_SITE_CHECK = "on-site-check"
    SAME_CONSIGNEE = "same-consignee"
    """Continuing trade with one and the same consignee."""
    EACH_CONTRACT = "each-contract"
    """It is asked for contract by contract."""

    @property
    def is_held(self) -> bool:
        """Whether the exporter holds it, rather than the trade being so."""
        return self not in (Need.SAME_CONSIGNEE, Need.EACH_CONTRACT)


class Ground(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One reason for control of an item: the column of the country chart that it names.

    `part` tells, in the list's words, to which part of the entry it applies; empty for the whole entry.
    `everywhere` says that no chart is asked. With neither a column nor `everywhere` the entry points to a
    rule elsewhere, of which `says` has the words.
    """

    control: str
    column: str = ""
    part: str = ""
    everywhere: bool = False
    says: str = ""


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One item of a list: its number, the entry that it belongs to, and what it is.

    `also` are other names; `eccn` are the numbers of its counterparts on the U.S. list. `exceptions` are
    licence exceptions that the item itself names, each with its words.
    """

    number: str
    words: str
    entry: str = ""
    also: tuple[str, ...] = ()
    regime: str = ""
    eccn: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    exceptions: dict[str, str] = msgspec.field(default_factory=dict)
    confirmed: bool = True
    source: str = ""


class ControlList(Provision, frozen=True, tag_field="kind", tag="control-list"):
    """A list of controlled goods or technology; `thresholds` names the rule, not read, that fills it in.

    `residual` is the number of the entry that holds whatever is in no other entry.
    """

    covers: Covers
    items: tuple[Listed, ...] = ()
    thresholds: str = ""
    residual: str = ""
    unlisted: tuple[str, ...] = ()
    """Words by which people say that an item is not on the list, as EAR99."""


class Requirement(Provision, frozen=True, tag_field="kind", tag="licence-requirement"):
    """Where what a list names may go only with a licence: everywhere, or as a country chart says.

    `known_from` is the first day of which a source speaks: nothing can be told of the time before it.
    `checked` is the last day on which somebody compared it with its source.
    """

    covers: tuple[Covers, ...]
    lists: tuple[str, ...]
    chart: str = ""
    known_from: When | None = None
    checked: When | None = None
    elsewhere: tuple[str, ...] = ()
    """Other parts of the law that are not modelled and have to be looked at besides."""


class Footnote(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A note of a chart; it speaks of the items whose number begins so, or of any where none is named."""

    says: str
    items: tuple[str, ...] = ()


class CountryChart(Provision, frozen=True, tag_field="kind", tag="country-chart"):
    """Which reasons for control need a licence for which destination.

    `marks` has every destination of the chart with its marked columns. `pointers` are destinations for which
    the chart says nothing and points elsewhere; `stands_for` those that another's row governs.
    """

    marks: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    pointers: dict[str, str] = msgspec.field(default_factory=dict)
    stands_for: dict[str, str] = msgspec.field(default_factory=dict)
    footnotes: dict[str, tuple[Footnote, ...]] = msgspec.field(default_factory=dict)


class CountryGroup(Provision, frozen=True, tag_field="kind", tag="country-group"):
    """A group of destinations.

    `members` are those named; where it is `complete` there are no others, else of the rest nothing is known.
    `name` is what it is called on the first day known, empty where it did not exist yet; acts name it anew.
    Groups of one `scheme` exclude one another. Before `known_from` only what acts say is known of it.
    """

    members: tuple[str, ...] = ()
    complete: bool = True
    name: str = ""
    scheme: str = ""
    known_from: When | None = None
    checked: When | None = None


class LicenceType(Provision, frozen=True, tag_field="kind", tag="licence-type"):
    """A type of licence, or a licence exception: to which destinations it is open, and who may use it.

    Left out, `destinations` are any. With `matrix` it is open for some items and destinations and not for
    others, and the table that tells was not read, save where an act says that it is open. With `by_item` the
    list itself says, item by item, whether there is such an exception.
    """

    name: str
    title: str
    destinations: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    validity: Duration | None = None
    bulk: bool = False
    matrix: str = ""
    by_item: bool = False
    known_from: When | None = None


class CatchAll(Provision, frozen=True, tag_field="kind", tag="catch-all"):
    """Control of what no list names: when the authority informs the exporter, or the exporter knows.

    `inform_spares` and `know_spares` are groups of destinations outside the one or the other trigger.
    With `know_only` the exporter's knowledge counts for those groups alone. `excludes` are goods outside it.
    """

    concern: Concern
    inform_spares: tuple[str, ...] = ()
    know_spares: tuple[str, ...] = ()
    know_only: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    widened: str = ""
    """What else is within it, as an act says, that nobody has read."""


class SmallValue(Provision, frozen=True, tag_field="kind", tag="small-value"):
    """No licence for goods of `entries` worth no more than `limit`, or than `lower` for some of them.

    `lower_entries` always have the lower limit; of `lower_for_some` a notice that was not read says which
    items do. Never to the groups `never_to`.
    """

    entries: tuple[str, ...]
    currency: str
    limit: int
    lower: int | None = None
    lower_entries: tuple[str, ...] = ()
    lower_for_some: tuple[str, ...] = ()
    never_to: tuple[str, ...] = ()


class Papers(Provision, frozen=True, tag_field="kind", tag="export-papers"):
    """What an application needs, or what the exporter undertakes, from `since` on.

    `what` is said in words of ours. Where `depends_on` names a table that was not read, whether it is needed
    for the case at hand is not known. `after` marks what is due once the licence is given.
    """

    what: tuple[str, ...]
    depends_on: str = ""
    after: bool = False
    since: When | None = None


class Review(Provision, frozen=True, tag_field="kind", tag="licence-review"):
    """How long the authority looks, and at how many documents, for destinations of a group."""

    group: str
    days: int
    documents: int
    bulk: str = ""
    """What is said of bulk licences for the group; empty where nothing is."""


__all__ = [
    "CatchAll",
    "Concern",
    "ControlList",
    "CountryChart",
    "CountryGroup",
    "Covers",
    "Footnote",
    "Ground",
    "LicenceType",
    "Listed",
    "Need",
    "Papers",
    "Requirement",
    "Review",
    "SmallValue",
]
