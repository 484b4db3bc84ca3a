"""Movements of goods as CSV: one line each; what cannot be read is reported by its line, never dropped.

::

    shipment,licence,item,quantity,unit,from,to,party,date,arrived,received,consent
    S-1,L-1,1,4.5,kg,the exporter,the consignee,,2019-07-11,2019-07-20,,

`shipment`, `item`, `quantity`, `from`, `to` and `date` have to be there; the others may be left out. Where
there is a column `arrived`, an empty field in it says that no arrival is known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from servanda.errors import CatalogueError, FormatError
from servanda.formats.licences import parse_amount
from servanda.formats.when import parse_when
from servanda.model.movement import Movement
from servanda.model.when import When

MOST_BYTES = 64 << 20
MOST_ROWS = 200_000
NEEDED = ("shipment", "item", "quantity", "from", "to", "date")
KNOWN = (*NEEDED, "licence", "unit", "party", "arrived", "received", "consent")
NO_UNIT = "unit not told"


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was not taken, and why."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The movements of a file, its lines that were not taken, and what it does not tell."""

    movements: tuple[Movement, ...]
    problems: tuple[Problem, ...]
    rows: int
    ignored: tuple[str, ...]
    """Columns that nothing reads."""
    tells_arrivals: bool


def read_movements(data: bytes, file: str) -> Sheet:
    """Read a file of movements.

    Raises:
        CatalogueError: not UTF-8, too long, or without the columns that are needed.
    """
    if len(data) > MOST_BYTES:
        raise CatalogueError(f"`{file}` is longer than {MOST_BYTES} bytes", (), hint="split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise CatalogueError(f"`{file}` is not UTF-8: {wrong}", (), hint="save as UTF-8") from wrong
    first = text.split("\n", 1)[0]
    mark = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    header = [one.strip().casefold() for one in next(_rows(reader, []), (0, [""]))[1]]
    missing = [one for one in NEEDED if one not in header]
    if missing:
        said = f"`{file}` has no column {', '.join(f'`{one}`' for one in missing)}"
        raise CatalogueError(said, (), hint=f"its first line names them: {','.join(KNOWN)}")
    twice = sorted({one for one in header if header.count(one) > 1 and one in KNOWN})
    if twice:
        raise CatalogueError(f"`{file}` has the column `{twice[0]}` twice", (), hint="take one out")
    problems: list[Problem] = []
    movements: dict[tuple[str, ...], Movement] = {}
    count = 0
    for line, row in _rows(reader, problems):
        if count == MOST_ROWS:
            problems.append(Problem(line, f"nothing from here on was read: more than {MOST_ROWS} lines"))
            break
        count += 1
        try:
            _take(movements, _movement(header, row, line), problems)
        except FormatError as wrong:
            problems.append(Problem(line, str(wrong)))
    ignored = tuple(one for one in header if one and one not in KNOWN)
    found = tuple(movements.values())
    return Sheet(found, tuple(problems), count, ignored, "arrived" in header)


def _rows(reader: Iterator[list[str]], problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that are not empty, with their numbers; what is no CSV ends the file."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            line = getattr(reader, "line_num", 0)
            problems.append(Problem(line, f"nothing from here on was read: {wrong}"))
            return
        if any(one.strip() for one in row):
            yield getattr(reader, "line_num", 0), row


def _movement(header: list[str], row: list[str], line: int) -> Movement:
    if len(row) != len(header):
        raise FormatError(f"{len(row)} fields where the first line names {len(header)}")
    told = {name: one.strip() for name, one in zip(header, row, strict=True)}
    missing = [one for one in NEEDED if not told[one]]
    if missing:
        raise FormatError(f"`{missing[0]}` is empty")
    arrived, received = told.get("arrived", ""), told.get("received", "")
    return Movement(
        id=told["shipment"],
        origin=told["from"],
        to=told["to"],
        party=told.get("party", "") or told["to"],
        item=told["item"],
        quantity=parse_amount(told["quantity"], "quantity"),
        unit=told.get("unit", "") or NO_UNIT,
        done=_day(told["date"], "date"),
        licence=told.get("licence", ""),
        arrived=_day(arrived, "arrived") if arrived else None,
        arrival_told="arrived" in told,
        received=parse_amount(received, "received") if received else None,
        consent=told.get("consent", ""),
        line=line,
    )


def _day(text: str, column: str) -> When:
    try:
        return parse_when(text)
    except FormatError as wrong:
        hint = "write a day as 2019-08-28, or an instant with its offset"
        raise FormatError(f"{column}: {wrong.message}", hint=hint) from wrong


def _take(movements: dict[tuple[str, ...], Movement], one: Movement, problems: list[Problem]) -> None:
    """Take a movement once: the same line again is said, and another of the same name is not taken."""
    key = (one.id, one.origin, one.to, one.item)
    before = movements.setdefault(key, one)
    if before is one:
        return
    same = all(
        getattr(before, name) == getattr(one, name) for name in one.__struct_fields__ if name != "line"
    )
    what = "repeats" if same else "is the same movement otherwise told than in"
    problems.append(Problem(one.line, f"it {what} line {before.line}, which counts"))
