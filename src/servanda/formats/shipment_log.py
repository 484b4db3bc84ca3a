"""A log of past shipments as CSV, with the columns of `COLUMNS` in any order and those of `OPTIONAL` besides.

A row that cannot be read is a problem with its line, and is never dropped in silence.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeVar
from zoneinfo import ZoneInfo

from servanda.errors import FormatError
from servanda.formats.when import parse_when
from servanda.model.clauses.exports import Concern, Covers, Need
from servanda.model.export import ExportRequest, Shipment
from servanda.model.when import FOREVER, Day, Instant

COLUMNS = ("id", "date", "item", "destination", "end_user", "value", "currency", "licence_type", "licence")
OPTIONAL = ("covers", "concern", "informed", "end_use")
MOST_BYTES = 64 << 20
LONGEST_FIELD = 10_000
E = TypeVar("E", bound=Enum)
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,4})?")
_TRUE = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that could not be read: its line in the file, and what is wrong with it."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What all rows of a log are asked under: the regime, its zone and licence types, and what was known."""

    regime: str
    where: ZoneInfo
    types: frozenset[str]
    known: Instant = FOREVER
    holds: frozenset[Need] | None = None


def read_shipments(data: bytes, asking: Asking) -> Iterator[Shipment | Broken]:
    """Yield every row as a shipment, or as broken with what is wrong, in the order of the file.

    Raises:
        FormatError: it is no UTF-8, too long, or lacks a column.
    """
    if len(data) > MOST_BYTES:
        raise FormatError(f"the log is longer than {MOST_BYTES} bytes", hint="split it")
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise FormatError(f"the log is not UTF-8: {wrong}", hint="save it as UTF-8") from wrong
    rows = csv.reader(io.StringIO(words, newline=""), strict=True)
    try:
        head = [name.strip().lower() for name in next(rows, [])]
    except csv.Error as wrong:
        raise FormatError(f"the log is no CSV: {wrong}") from wrong
    lacking = [name for name in COLUMNS if name not in head]
    strange = [name for name in head if name not in COLUMNS + OPTIONAL]
    if lacking or strange or len(set(head)) != len(head):
        wrong_ones = ", ".join(f"`{name}`" for name in lacking or strange or head)
        said = "lacks the columns" if lacking else "has strange or doubled columns"
        raise FormatError(f"the log {said} {wrong_ones}", hint=f"the first row is {','.join(COLUMNS)}")
    return _rows(rows, head, asking)


def _rows(rows: Iterator[list[str]], head: list[str], asking: Asking) -> Iterator[Shipment | Broken]:
    seen: dict[str, int] = {}
    end = 1
    while True:
        line = end + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as wrong:
            yield Broken(line, f"no CSV: {wrong}")
            end = getattr(rows, "line_num", line)
            continue
        end = getattr(rows, "line_num", line)
        if not any(field.strip() for field in row):
            continue
        if len(row) != len(head):
            yield Broken(line, f"has {len(row)} fields, not {len(head)}")
            continue
        shipment = _row(dict(zip(head, (field.strip() for field in row), strict=True)), line, asking)
        if isinstance(shipment, Shipment):
            if shipment.id in seen:
                yield Broken(line, f"the id `{shipment.id}` stands on line {seen[shipment.id]} too")
                continue
            seen[shipment.id] = line
        yield shipment


def _row(row: dict[str, str], line: int, asking: Asking) -> Shipment | Broken:
    problems: list[str] = []
    problems += [
        f"{name}: longer than {LONGEST_FIELD}" for name, one in row.items() if len(one) > LONGEST_FIELD
    ]
    problems += [f"{name}: is empty" for name in ("id", "date", "item", "destination") if not row[name]]
    if problems:
        return Broken(line, "; ".join(problems))
    start, until = _time(row["date"], asking.where, problems)
    value = _value(row["value"], problems)
    concern = _word(Concern, row.get("concern", ""), "concern", problems)
    covers = _word(Covers, row.get("covers", ""), "covers", problems) or Covers.GOODS
    informed = _TRUE.get(row.get("informed", "").lower())
    if informed is None:
        problems.append(f"informed: `{row['informed']}` is neither yes nor no")
    if row["licence_type"] and row["licence_type"] not in asking.types:
        known = ", ".join(sorted(asking.types))
        problems.append(f"licence_type: no `{row['licence_type']}`; it can be {known}")
    if problems or start is None or until is None:
        return Broken(line, "; ".join(problems))
    request = ExportRequest(
        asking.regime,
        row["item"],
        row["destination"].upper(),
        start,
        asking.known,
        covers,
        row["end_user"],
        row.get("end_use", ""),
        concern,
        bool(informed),
        value,
        row["currency"].upper(),
        asking.holds,
    )
    return Shipment(line, row["id"], request, until, row["licence_type"], row["licence"])


def _time(words: str, where: ZoneInfo, problems: list[str]) -> tuple[Instant | None, Instant | None]:
    try:
        when = parse_when(words)
    except FormatError as wrong:
        problems.append(f"date: {wrong}")
        return None, None
    if not isinstance(when, Day | Instant):
        problems.append(f"date: `{words}` is neither a day nor an instant")
        return None, None
    return when.span(where)


def _value(words: str, problems: list[str]) -> Decimal | None:
    if not words:
        return None
    try:
        return amount(words)
    except FormatError as wrong:
        problems.append(f"value: {wrong}")
        return None


def amount(words: str) -> Decimal:
    """Read an amount of money, as 900000 or 900,000.50.

    Raises:
        FormatError: it is none, less than nothing, or of more than fifteen digits.
    """
    bare = words.replace(",", "")
    if _AMOUNT.fullmatch(bare) is None:
        raise FormatError(f"`{words[:40]}` is no amount", hint="write 900000")
    return Decimal(bare)


def _word(kind: type[E], words: str, name: str, problems: list[str]) -> E | None:
    if not words:
        return None
    try:
        return kind(words.lower())
    except ValueError:
        problems.append(f"{name}: `{words}` is none of {', '.join(str(one.value) for one in kind)}")
        return None
