"""What a screening is asked from: lists in files and at a node, and files of names."""

from __future__ import annotations

import csv
from collections.abc import Mapping

from servanda.errors import FormatError
from servanda.formats.lists.reading import rows_of, text_of
from servanda.model.listed import PartyList
from servanda.model.when import Instant
from servanda.node.house import Node
from servanda.node.screening.keeping import as_list, kept_lists

MOST_NAMES = 200_000
_SDN_COLUMNS = 12
_BESIDE_SDN = (2, 5, 6)
"""Columns of comments, aliases and addresses of the SDN list."""


def lists_of(files: Mapping[str, bytes], node: Node | None, known: Instant | None) -> tuple[PartyList, ...]:
    """Return the lists of files, and those that a node kept by an instant.

    Files that belong to a list (aliases, addresses, events and days of copies) may stand beside it.

    Raises:
        FormatError: a file is no list and belongs to none.
    """
    kept = () if node is None else kept_lists(node, known)
    belongs = {name: _belongs_to(data) for name, data in files.items()}
    found = []
    wanted = set(belongs.values()) - {""}
    for name, data in files.items():
        if belongs[name]:
            continue
        own = _main(data)
        wanted.discard(own)
        beside = {other: files[other] for other, kind in belongs.items() if kind and kind == own}
        found.append(as_list({name: data, **beside}))
    if wanted:
        lost = next(name for name, kind in belongs.items() if kind in wanted)
        raise FormatError(
            f"`{lost}` belongs to a list that is not named", hint="name the list itself too, with --list"
        )
    return (*found, *kept)


def _head(data: bytes) -> list[str]:
    first = data[:4096].decode("utf-8", "replace").lstrip("\ufeff").partition("\n")[0].strip()
    try:
        return [cell.strip() for cell in next(csv.reader([first], strict=True), [])]
    except csv.Error:
        return []


def _main(data: bytes) -> str:
    """Return the kind of a list that has files beside it, by its first line; empty for others."""
    head = _head(data)
    if head[:1] == ["ent_num"]:
        return "history"
    return "sdn" if len(head) == _SDN_COLUMNS and head[0].isdigit() else ""


def _belongs_to(data: bytes) -> str:
    """Return the kind of list that a file belongs to, by its first line; empty where it is one itself."""
    head = _head(data)
    if head[:1] == ["observed"] or head == ["snapshot"]:
        return "history"
    return "sdn" if len(head) in _BESIDE_SDN and head[0].isdigit() else ""


def names_of(data: bytes, file: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of a file, one a line or those of the column `name`; and lines about rows without one.

    Raises:
        FormatError: not text, a CSV without that column, or too many names.
    """
    text = text_of(data, file)
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise FormatError(
            f"`{file}` holds no name", hint="write one name a line, or a CSV with a column `name`"
        )
    if _is_table(lines[0][1], file):
        return _column(text, file)
    if len(lines) > MOST_NAMES:
        raise FormatError(f"`{file}` has more than {MOST_NAMES} names", hint="split it")
    # Without a header a line is a name, and its commas are its own: `KIM, Jong Un`.
    return tuple(line for _, line in lines), ()


def _is_table(first: str, file: str) -> bool:
    """Say whether the first line names columns, `name` among them; refuse tables that are read wrongly."""
    for divider in (",", ";", "\t"):
        cells = _cells(first, divider)
        if "name" not in cells:
            continue
        if divider == "," or len(cells) == 1:
            return True
        raise FormatError(f"`{file}` is divided by {divider!r}", hint="save it as a CSV divided by commas")
    if file.lower().endswith(".csv") and any(len(_cells(first, one)) > 1 for one in (",", ";", "\t")):
        raise FormatError(
            f"`{file}` has no column `name` in its first line",
            hint="name the columns, or save names one a line as .txt",
        )
    return False


def _cells(line: str, divider: str) -> list[str]:
    try:
        return [cell.strip().lower() for cell in next(csv.reader([line], delimiter=divider, strict=True), [])]
    except csv.Error:
        return [line]


def _column(text: str, file: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = rows_of(text, file)
    head = [cell.strip().lower() for cell in next(rows)[1]]
    column = head.index("name")
    names: list[str] = []
    problems: list[str] = []
    for line, row in rows:
        name = row[column].strip() if column < len(row) else ""
        if len(row) != len(head):
            problems.append(f"{file} line {line}: has {len(row)} cells for {len(head)} columns")
        if name:
            names.append(name)
        else:
            problems.append(f"{file} line {line}: has no name")
        if len(names) > MOST_NAMES:
            raise FormatError(f"`{file}` has more than {MOST_NAMES} names", hint="split it")
    if not names:
        raise FormatError(f"`{file}` holds no name", hint="its column `name` is empty")
    return tuple(names), tuple(problems)
