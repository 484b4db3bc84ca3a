"""What the readers of lists share: bounds, text, rows, and lines about what was odd."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from servanda.errors import FormatError
from servanda.model.listed import Listed
from servanda.model.when import Day

MOST_BYTES = 256 << 20
"""The largest list known here has 40 MB; what is larger is no list."""
MOST_RECORDS = 2_000_000
LONGEST_NAME = 2_000
"""Names that are longer are kept to this many characters, and that is told."""
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
"""Controls and halves of surrogates: terminals obey them, and databases refuse them."""


def bounded(data: bytes, name: str) -> None:
    """Refuse a file that is larger than any list.

    Raises:
        FormatError: it is.
    """
    if len(data) > MOST_BYTES:
        raise FormatError(
            f"`{name}` is larger than {MOST_BYTES} bytes", hint="split it, or name the right file"
        )


def text_of(data: bytes, name: str) -> str:
    """Decode UTF-8 with or without a mark, or UTF-16 with one.

    Raises:
        FormatError: neither, or with NUL characters.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise FormatError(
            f"`{name}` is not {encoding}: {wrong.reason} at byte {wrong.start}", hint="save it as UTF-8"
        ) from wrong
    if "\0" in text:
        raise FormatError(
            f"`{name}` holds NUL characters", hint="it is not a text file, or was cut in transfer"
        )
    return text


def json_of(text: str, name: str) -> Any:  # noqa: ANN401 - any JSON value
    """Parse JSON.

    Raises:
        FormatError: it is none.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise FormatError(
            f"`{name}` is not JSON: {wrong}", hint="it may have been cut in transfer: fetch it again"
        ) from wrong


def rows_of(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV with the line on which each ends; blank rows are left out.

    Raises:
        FormatError: a quote is never closed or stands inside a cell, or there are too many rows.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    csv.field_size_limit(1 << 20)
    try:
        for number, row in enumerate(reader):
            if number > MOST_RECORDS:
                raise FormatError(f"`{name}` has more than {MOST_RECORDS} records", hint="split it")
            if any(cell.strip(" \t\x1a") for cell in row):
                yield reader.line_num, row
    except csv.Error as wrong:
        raise FormatError(
            f"`{name}` line {reader.line_num} is not CSV: {wrong}", hint="mend that line"
        ) from wrong


def clean(value: object) -> str:
    """Return a cell as text without controls and the space around it; OFAC's `-0-` says: nothing."""
    text = value.strip() if isinstance(value, str) else ""
    if not text.isprintable():
        text = " ".join(kept for one in text.split() if (kept := _NO_TEXT.sub("", one)))
    return "" if text == "-0-" else text


def name_of(value: object, where: str, problems: list[str]) -> str:
    """Return a name on one line, kept to a length that a name can have; what was taken out is told."""
    text = " ".join(clean(value).split())
    if isinstance(value, str) and not value.isprintable() and _NO_TEXT.search("".join(value.split())):
        problems.append(f"{where}: characters that are no text were taken out of `{text[:80]}`")
    if len(text) > LONGEST_NAME:
        problems.append(f"{where}: a name of {len(text)} characters is kept to its first {LONGEST_NAME}")
        return text[:LONGEST_NAME]
    return text


def day_of(value: object) -> Day | None:
    """Return the day with which a text begins, as 2026-07-31T13:15:00; None where it has none."""
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return None if found is None else Day(date(*(int(one) for one in found.groups())))
    except ValueError:
        return None


def texts(value: object) -> tuple[str, ...]:
    """Return the texts of a list, or of one text divided by semicolons."""
    if isinstance(value, str):
        return tuple(one.strip() for one in value.split(";") if one.strip())
    if isinstance(value, list):
        return tuple(one.strip() for one in value if isinstance(one, str) and one.strip())
    return ()


def told_apart(parties: Iterable[Listed], problems: list[str]) -> tuple[Listed, ...]:
    """Return parties each with an id of its own: the second of an id is `id#2`, and that is told."""
    seen: Counter[str] = Counter()
    found = []
    for one in parties:
        seen[one.id] += 1
        if seen[one.id] > 1:
            problems.append(f"`{one.id}` is there before; `{one.name}` is `{one.id}#{seen[one.id]}` here")
        found.append(one if seen[one.id] == 1 else replace(one, id=f"{one.id}#{seen[one.id]}"))
    return tuple(found)
