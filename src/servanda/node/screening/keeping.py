"""Copies of lists kept by a node: whole, by their digests, each an entry of the register.

Order of durable steps: the files go into `lists`, each whole under its digest; then one transaction has the
row and the entry. A crash in between leaves files that nothing names, and the next try finds them there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, select

from servanda.decisions.screening.copies import Sort, following, sort_of
from servanda.errors import FormatError, QuestionError, StorageError
from servanda.formats.canonical import canonical, digest
from servanda.formats.lists import read_list
from servanda.model.listed import PartyList
from servanda.model.when import Day, Instant
from servanda.node.house import Node, stamp
from servanda.node.screening.deciding import officer_of
from servanda.node.screening.prepared import Prepared
from servanda.node.tables import LIST_COPY
from servanda.register import EntryKind
from servanda.vault.durable import appearing

FOLDER = "lists"
MOST_CODE = 64
_SHRUNK = 2
"""A copy with fewer parties than one in so many of the last is not taken for the whole list unasked."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy of a list as a node has it."""

    code: str
    sort: Sort
    digest: str
    latest: str | None
    parties: int
    added: str
    officer: str
    files: dict[str, str]
    position: int


def add(
    node: Node,
    files: Mapping[str, bytes],
    officer: str,
    code: str = "",
    *,
    of: Day | None = None,
    shrunk: bool = False,
) -> tuple[Kept, PartyList]:
    """Take a copy of a list in; the first file is the list, the others belong to it.

    `of` is the day of a copy that names none itself, and `shrunk` says that a list which lost most of its
    parties really did.

    Raises:
        FormatError: it is no list.
        QuestionError: this very copy is kept already, or it does not go with the copies that are.
        StorageError: the disk does not take it.
    """
    officer = officer_of(officer)
    read = as_list(files, code, of)
    _check_code(read.code)
    named = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    for name, data in files.items():
        _write(node.home / FOLDER, named[name], data)
    kept = Kept(
        code=read.code,
        sort=sort_of(read),
        digest=digest(canonical(sorted(named.values()))),
        latest=None if read.latest is None else str(read.latest),
        parties=len(read.parties),
        added="",
        officer=officer,
        files=named,
        position=-1,
    )
    with node.writing() as work:
        _fits(kept, [one for one in copies(work.connection) if one.code == kept.code], shrunk=shrunk)
        body = {
            "list": kept.code,
            "digest": kept.digest,
            "latest": kept.latest or "",
            "parties": kept.parties,
            "problems": len(read.problems),
            "officer": officer,
        }
        position = work.record(EntryKind.LIST, body)
        kept = replace(kept, added=work.stamp, position=position)
        row = {
            "position": position,
            "digest": kept.digest,
            "code": kept.code,
            "sort": kept.sort.value,
            "latest": kept.latest,
            "parties": kept.parties,
            "added": kept.added,
            "officer": officer,
            "files": json.dumps(named),
        }
        work.connection.execute(LIST_COPY.insert().values(**row))
    return kept, read


def _check_code(code: str) -> None:
    if not 0 < len(code) <= MOST_CODE or not code.isprintable() or code != code.strip():
        raise QuestionError(
            f"a list's code has 1 to {MOST_CODE} characters, all of which can be seen",
            hint="give it one with --as, as OWN",
        )


def _fits(new: Kept, before: Sequence[Kept], *, shrunk: bool) -> None:
    """Refuse a copy that does not go with those that are kept under its code."""
    if not before:
        return
    again = next((one for one in before if one.digest == new.digest), None)
    if again is not None:
        raise QuestionError(
            f"this copy of {new.code} was taken in at {again.added}", hint="fetch a newer one"
        )
    last = before[-1]
    if new.sort is not last.sort:
        raise QuestionError(
            f"{new.code} is kept as {last.sort.value}, and this is {new.sort.value}: no history holds both",
            hint="give a copy that names no day its day with --of, or keep it under another code with --as",
        )
    if new.parties * _SHRUNK < last.parties and not shrunk:
        raise QuestionError(
            f"this copy of {new.code} has {new.parties} parties, the last one {last.parties}",
            hint="it may have been cut in transfer: fetch it again, or say --shrunk",
        )


def as_list(files: Mapping[str, bytes], code: str = "", of: Day | None = None) -> PartyList:
    """Read a list from its files, the first of which it is; `code` names it where its format does not.

    `of` is its day, where it names none itself.

    Raises:
        FormatError: no file, or no list.
        QuestionError: it is of another day.
    """
    if not files:
        raise FormatError("no file is named", hint="name the file of a list")
    first, *rest = files
    found = read_list(files[first], first, {name: files[name] for name in rest})
    if of is not None and found.latest is not None and found.latest != of:
        raise QuestionError(
            f"`{first}` says itself that it is of {found.latest}", hint=f"leave --of {of} out"
        )
    seal = hashlib.sha256(files[first]).hexdigest()
    return replace(found, code=code or found.code, digest=seal, issued=found.issued or of)


def copies(connection: Connection) -> tuple[Kept, ...]:
    """Return the copies on record, in the order in which they were taken in."""
    rows = connection.execute(select(LIST_COPY).order_by(LIST_COPY.c.position)).mappings()
    return tuple(
        Kept(
            row["code"],
            Sort(row["sort"]),
            row["digest"],
            row["latest"],
            row["parties"],
            row["added"],
            row["officer"],
            json.loads(row["files"]),
            row["position"],
        )
        for row in rows
    )


def kept_lists(node: Node, known: Instant | None = None) -> tuple[PartyList, ...]:
    """Return each list that the node keeps, with the history that its copies make.

    `known` counts only the copies that were here by then.

    Raises:
        StorageError: a file is gone, or is not what was kept.
    """
    with node.reading() as connection:
        every = copies(connection)
    by_code: dict[str, list[Kept]] = {}
    for one in every:
        if known is None or one.added <= stamp(known):
            by_code.setdefault(one.code, []).append(one)
    return tuple(_made(node, found) for found in by_code.values())


def _made(node: Node, found: list[Kept]) -> PartyList:
    """Return what copies of one code make: those of days in their order, of others the last that came.

    They are added to what is prepared already.
    """
    by_day = {one.latest if one.sort is Sort.DATED else "": one for one in found}
    chain = [by_day[day] for day in sorted(by_day, key=str)]
    prepared = Prepared(node.home / FOLDER, found[-1].code)
    seals = [one.digest for one in chain]
    made, done = prepared.longest(seals)
    # Copies that are prepared are not opened, but for the last: what is kept must be there.
    if done == len(chain) and made is not None:
        _check(node, chain[-1])
        return made
    for one in chain[done:]:
        copy = _opened(node, one)
        made = copy if made is None else following(made, copy)
    if made is None:
        raise StorageError("a list without a copy", hint="restore the database of the home")
    prepared.keep(seals, made)
    return made


def _opened(node: Node, one: Kept) -> PartyList:
    files = {name: _read(node.home / FOLDER, seal) for name, seal in one.files.items()}
    own = as_list(files, one.code)
    if own.latest is not None or one.latest is None:
        return own
    return replace(own, issued=Day(date.fromisoformat(one.latest)))


def _check(node: Node, one: Kept) -> None:
    for seal in one.files.values():
        _read(node.home / FOLDER, seal)


def _write(folder: Path, seal: str, data: bytes) -> None:
    path = folder / seal
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == seal:
            return
    except OSError as wrong:
        raise StorageError(
            f"a list cannot be kept: {wrong.strerror}", hint="check the disk of the home"
        ) from wrong
    # What has that name and is something else is replaced.
    with appearing(path) as stream:
        stream.write(data)


def _read(folder: Path, seal: str) -> bytes:
    try:
        data = (folder / seal).read_bytes()
    except OSError as wrong:
        raise StorageError(
            f"list `{seal[:12]}` cannot be read: {wrong.strerror}",
            hint="restore the folder `lists` of the home",
        ) from wrong
    if hashlib.sha256(data).hexdigest() != seal:
        raise StorageError(
            f"list `{seal[:12]}` is not what was kept", hint="restore the folder `lists` of the home"
        )
    return data
