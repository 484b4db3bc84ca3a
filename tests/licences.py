"""A licence for goods of the case of 2019, as the tests of every room use it: the parties are made up."""

from __future__ import annotations

from decimal import Decimal

from servanda.formats.when import parse_duration, parse_instant, parse_when
from servanda.model.licence import (
    Change,
    ConsentUndertaking,
    Licence,
    LicenceItem,
    LicenceType,
    Report,
    ReportUndertaking,
)
from servanda.model.licence_event import (
    Drafted,
    Issued,
    LicenceEvent,
    Line,
    Plain,
    Shipped,
)

TERMS = b"""
format = "servanda/licence@1"
id = "L-1"
regime = "jp-export-control"
type = "individual"
exporter = "the exporter"
consignee = "the consignee"
end_user = "the end user"
destination = "KR"
zone = "Asia/Tokyo"
currency = "JPY"
undertakings = [
  { clause = "2", before = ["re-export", "resale"], by = "the end user" },
  { clause = "3", before = ["relocation", "change-of-use"], by = "the end user" },
]
reports = [
  { clause = "4", report = "delivery-verification", by = "the consignee", within = "P30D" },
]
[[items]]
id = "1"
goods = "hydrogen fluoride"
unit = "kg"
quantity = 10
value = "1000"
"""
LICENCE = Licence(
    id="L-1",
    regime="jp-export-control",
    type=LicenceType.INDIVIDUAL,
    exporter="the exporter",
    consignee="the consignee",
    end_user="the end user",
    destination="KR",
    zone="Asia/Tokyo",
    currency="JPY",
    items=(
        LicenceItem(id="1", goods="hydrogen fluoride", unit="kg", quantity=Decimal(10), value=Decimal(1000)),
    ),
    undertakings=(
        ConsentUndertaking(clause="2", before=(Change.RE_EXPORT, Change.RESALE), by="the end user"),
        ConsentUndertaking(clause="3", before=(Change.RELOCATION, Change.CHANGE_OF_USE), by="the end user"),
    ),
    reports=(
        ReportUndertaking(
            clause="4",
            report=Report.DELIVERY_VERIFICATION,
            by="the consignee",
            within=parse_duration("P30D"),
        ),
    ),
)


def made(
    kind: type[Plain], name: str, done: str, seen: str = "", officer: str = "C", **fields: object
) -> Plain:
    """Make a record of L-1; seen when it was done, or at the end of its day, unless said otherwise."""
    learnt = seen or (done if "T" in done else f"{done}T23:59:59+09:00")
    return kind(  # type: ignore[call-arg]  # the fields of each kind differ
        id=name,
        licence="L-1",
        officer=officer,
        done=parse_when(done),
        seen=parse_instant(learnt),
        **fields,
    )


def line(quantity: str, value: str = "1", item: str = "1") -> Line:
    return Line(item=item, quantity=Decimal(quantity), unit="kg", value=Decimal(value), currency="JPY")


def shipped(name: str, done: str, quantity: str, value: str = "1", **more: str) -> Plain:
    return made(Shipped, name, done, lines=(line(quantity, value),), **more)


def issued(licence: Licence = LICENCE, on: str = "2019-07-10T10:00:00+09:00") -> tuple[LicenceEvent, ...]:
    """A licence drafted by A on 5 July 2019 and issued by B."""
    draft = made(Drafted, "drafted-1", "2019-07-05T09:00:00+09:00", officer="A", terms=licence)
    return draft, made(Issued, "issued-1", on, officer="B")
