"""Licences: what an authority permits of certain goods, to whom, how much, until when, on what terms.

A licence is its terms. What becomes of it are events (`licence_event.py`), and where it stands follows.
Quantities and values are decimals, never floating-point: at most twelve digits before and six after the
point, so that sums over any record are exact.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum

import msgspec

from servanda.errors import FormatError
from servanda.model.when import Day, Duration, Instant, When, zone

PLACES = 6
"""Digits after the point."""
MOST = Decimal("999999999999.999999")
MOST_WORDS = 300
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class LicenceType(Enum):
    """Kinds of licences; who may use which is the regime's matter."""

    INDIVIDUAL = "individual"
    GENERAL_BULK = "general-bulk"
    SPECIAL_GENERAL_BULK = "special-general-bulk"
    SPECIAL_BULK = "special-bulk"
    RETURN_REPAIR_BULK = "return-repair-bulk"
    SUBSIDIARY_BULK = "subsidiary-bulk"
    OTHER = "other"


class Change(Enum):
    """What may become of goods that an undertaking makes subject to consent."""

    RE_EXPORT = "re-export"
    RESALE = "resale"
    RELOCATION = "relocation"
    CHANGE_OF_USE = "change-of-use"


class Report(Enum):
    """What an undertaking may oblige to tell the authority."""

    DELIVERY_VERIFICATION = "delivery-verification"
    REPORT = "report"


class From(Enum):
    """From what the days of a report are counted."""

    ISSUE = "issue"
    SHIPMENT = "shipment"


class ConsentUndertaking(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """An undertaking to ask first: no change of these kinds without the authority's prior consent."""

    clause: str
    """Its address in the undertaking; the address is the citation."""
    before: tuple[Change, ...]
    by: str
    """Who has undertaken it."""
    says: str = ""
    source: str = ""
    confirmed: bool = True

    def __post_init__(self) -> None:
        name(self.clause, "clause")
        words(self.by, "by")
        if not self.before or len(set(self.before)) != len(self.before):
            raise FormatError(f"clause `{self.clause}` does not say before what consent is needed, once each")


class ReportUndertaking(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """An undertaking to report: by a day, or within a length of time from the issue or each shipment."""

    clause: str
    report: Report
    by: str
    due: When | None = None
    """The last day in time, or the instant from which it is too late."""
    within: Duration | None = None
    counted_from: From = From.SHIPMENT
    says: str = ""
    source: str = ""
    confirmed: bool = True

    def __post_init__(self) -> None:
        name(self.clause, "clause")
        words(self.by, "by")
        if (self.due is None) == (self.within is None):
            raise FormatError(f"clause `{self.clause}` says when in one way: `due`, or `within`")
        if self.due is not None:
            dated(self.due, f"the due date of clause `{self.clause}`")


class LicenceItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One item of a licence: what, how much, and up to which value; None is no limit of that kind."""

    id: str
    goods: str
    """What it is, in the licence's words."""
    unit: str
    entry: str = ""
    """Its entry in the regime's control list."""
    quantity: Decimal | None = None
    value: Decimal | None = None

    def __post_init__(self) -> None:
        name(self.id, "item")
        words(self.goods, "goods")
        words(self.unit, "unit")
        for what, limit in (("quantity", self.quantity), ("value", self.value)):
            if limit is not None:
                positive(limit, f"the {what} of item `{self.id}`")


class Licence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The terms of a licence, as drafted and then issued.

    `valid_from` left out is the issue. `valid_until` is the first day no longer valid (from its 0:00 in
    `zone`), or an instant. Left out, `validity` counts from the beginning; left out as well, the regime's
    own rule does (an individual licence of Japan: six months).
    """

    id: str
    regime: str
    type: LicenceType
    exporter: str
    consignee: str
    end_user: str
    destination: str
    zone: str
    """The IANA zone of the regime, in which its days begin and end."""
    items: tuple[LicenceItem, ...]
    currency: str = ""
    """ISO 4217; of every value in it."""
    valid_from: When | None = None
    valid_until: When | None = None
    validity: Duration | None = None
    conditions: tuple[str, ...] = ()
    undertakings: tuple[ConsentUndertaking, ...] = ()
    reports: tuple[ReportUndertaking, ...] = ()
    end_use: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        name(self.id, "licence")
        name(self.regime, "regime")
        for field in ("exporter", "consignee", "end_user", "destination"):
            words(getattr(self, field), field)
        zone(self.zone)
        _once([one.id for one in self.items], "item")
        clauses = [one.clause for one in self.undertakings] + [one.clause for one in self.reports]
        _once(clauses, "clause")
        if not self.items:
            raise FormatError("a licence without items permits nothing", hint="write at least one item")
        if self.currency and not _CURRENCY.fullmatch(self.currency):
            raise FormatError(
                f"`{self.currency}` is not a currency", hint="write an ISO 4217 code such as JPY"
            )
        if not self.currency and any(one.value is not None for one in self.items):
            raise FormatError("a value without a currency", hint="write `currency`, such as JPY")
        if self.valid_until is not None and self.validity is not None:
            raise FormatError("its end is said twice", hint="write `valid_until` or `validity`")
        for field, when in (("valid_from", self.valid_from), ("valid_until", self.valid_until)):
            if when is not None:
                dated(when, field)
        if self.valid_from is not None and self.valid_until is not None:
            where = zone(self.zone)
            if self.valid_until.span(where)[0] <= self.valid_from.span(where)[0]:
                raise FormatError(f"it would end at `{self.valid_until}`, before it begins")

    def item(self, item: str) -> LicenceItem | None:
        """Return the item of that id, or None."""
        return next((one for one in self.items if one.id == item), None)


def positive(amount: Decimal, what: str) -> Decimal:
    """Check a quantity or value: above zero, and of a size that is exact.

    Raises:
        FormatError: it is not.
    """
    if not amount.is_finite() or amount <= 0:
        raise FormatError(f"{what} is `{_short(amount)}`", hint="write a number above zero")
    exponent = amount.as_tuple().exponent
    if amount > MOST or not isinstance(exponent, int) or not -PLACES <= exponent <= 0:
        raise FormatError(
            f"{what} is `{_short(amount)}`",
            hint="at most twelve digits before the point and six after it",
        )
    return amount


def shown(amount: Decimal) -> str:
    """Print a quantity or value without zeros that say nothing, as 12.5."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def name(text: str, what: str) -> str:
    """Check a name that is written and cited.

    Raises:
        FormatError: empty, too long, or with other signs than letters, digits, `.`, `_`, `/` and `-`.
    """
    if not _NAME.fullmatch(text):
        raise FormatError(
            f"`{text[:70]}` cannot name a {what}", hint="letters, digits and . _ / - ; at most 64 of them"
        )
    return text


def words(text: str, what: str) -> str:
    """Check words that people wrote, in any script.

    Raises:
        FormatError: empty, too long, or with signs that cannot be seen.
    """
    if not text.strip() or len(text) > MOST_WORDS:
        raise FormatError(f"{what}: `{text[:40]}` is empty or longer than {MOST_WORDS} signs")
    if _UNPRINTABLE.search(text):
        raise FormatError(f"{what}: {text[:40]!a} has signs that cannot be seen", hint="take them out")
    return text


def dated(when: When, what: str) -> When:
    """Check that a time is a day or an instant.

    Raises:
        FormatError: only a month, or not known.
    """
    if not isinstance(when, Day | Instant):
        raise FormatError(f"{what}: `{when}` is not a day", hint="write a day or an instant")
    return when


def _once(found: list[str], what: str) -> None:
    for one in found:
        if found.count(one) > 1:
            raise FormatError(f"the {what} `{one}` stands twice")


def _short(amount: Decimal) -> str:
    text = str(amount)
    return text if len(text) <= 40 else text[:37] + "..."  # noqa: PLR2004 - what a line shows
