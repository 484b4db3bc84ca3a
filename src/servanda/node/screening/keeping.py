"""Copies of lists kept by a node: whole, by their digests, each an entry of the register.

Order of durable steps: the files go into `lists`, each whole under its digest; then one transaction has the
row and the entry. A crash in between leaves files that nothing names, and the next try finds them there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, select

from servanda.decisions.screening.copies import history
from servanda.errors import FormatError, QuestionError, StorageError
from servanda.formats.canonical import canonical, digest
from servanda.formats.lists import read_list
from servanda.model.listed import PartyList
from servanda.model.when import Instant
from servanda.node.house import Node, stamp
from servanda.node.tables import LIST_COPY
from servanda.register import EntryKind
from servanda.vault.durable import appearing

FOLDER = "lists"


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy of a list as a node has it."""

    code: str
    digest: str
    latest: str | None
    added: str
    officer: str
    files: dict[str, str]
    position: int


def add(node: Node, files: Mapping[str, bytes], officer: str, code: str = "") -> tuple[Kept, PartyList]:
    """Take a copy of a list in; the first file is the list, the others belong to it.

    Raises:
        FormatError: it is no list.
        QuestionError: this very copy is kept already.
        StorageError: the disk does not take it.
    """
    read = as_list(files, code)
    named = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    for name, data in files.items():
        _write(node.home / FOLDER, named[name], data)
    whole = digest(canonical(named))
    latest = None if read.latest is None else str(read.latest)
    with node.writing() as work:
        known = select(LIST_COPY.c.added).where(LIST_COPY.c.code == read.code, LIST_COPY.c.digest == whole)
        before = work.connection.execute(known).scalar()
        if before is not None:
            raise QuestionError(
                f"this copy of {read.code} was taken in at {before}", hint="fetch a newer one"
            )
        body = {
            "list": read.code,
            "digest": whole,
            "latest": latest or "",
            "parties": len(read.parties),
            "problems": len(read.problems),
            "officer": officer,
        }
        position = work.record(EntryKind.LIST, body)
        kept = Kept(read.code, whole, latest, work.stamp, officer, named, position)
        row = {
            "position": position,
            "digest": whole,
            "code": read.code,
            "latest": latest,
            "added": work.stamp,
            "officer": officer,
            "files": json.dumps(named),
        }
        work.connection.execute(LIST_COPY.insert().values(**row))
    return kept, read


def as_list(files: Mapping[str, bytes], code: str = "") -> PartyList:
    """Read a list from its files, the first of which it is; `code` names it where its format does not.

    Raises:
        FormatError: no file, or no list.
    """
    if not files:
        raise FormatError("no file is named", hint="name the file of a list")
    first, *rest = files
    found = read_list(files[first], first, {name: files[name] for name in rest})
    seal = hashlib.sha256(files[first]).hexdigest()
    return replace(found, code=code or found.code, digest=seal)


def copies(connection: Connection) -> tuple[Kept, ...]:
    """Return the copies on record, in the order in which they were taken in."""
    rows = connection.execute(select(LIST_COPY).order_by(LIST_COPY.c.position)).mappings()
    return tuple(
        Kept(
            row["code"],
            row["digest"],
            row["latest"],
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
    by_code: dict[str, list[PartyList]] = {}
    for one in every:
        if known is None or one.added <= stamp(known):
            files = {name: _read(node.home / FOLDER, seal) for name, seal in one.files.items()}
            by_code.setdefault(one.code, []).append(as_list(files, one.code))
    return tuple(history(found) for found in by_code.values())


def _write(folder: Path, seal: str, data: bytes) -> None:
    path = folder / seal
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == seal:
            return
        path.unlink(missing_ok=True)
        with appearing(path) as stream:
            stream.write(data)
    except OSError as wrong:
        raise StorageError(
            f"a list cannot be kept: {wrong.strerror}", hint="check the disk of the home"
        ) from wrong


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
