"""The register in a database: leaves, complete nodes and published checkpoints.

A `Log` works inside the caller's transaction: an entry is there exactly when what it records is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    select,
)

from servanda.errors import RegisterError
from servanda.register.checkpoint import Checkpoint, parse_checkpoint
from servanda.register.entry import Entry, parse_entry
from servanda.register.hashing import (
    completed_by,
    consistency,
    inclusion,
    leaf_hash,
    node_hash,
    root,
)
from servanda.register.note import parse_note, sign

register_tables = MetaData()
LEAF = Table(
    "register_leaf",
    register_tables,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", LargeBinary, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
)
NODE = Table(
    "register_node",
    register_tables,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
CHECKPOINT = Table(
    "register_checkpoint",
    register_tables,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
)


class Register(Protocol):
    """What every register can do, wherever it is kept."""

    origin: str

    def append(self, entry: Entry) -> int:
        """Append an entry and return its position, counted from 0."""

    def size(self) -> int:
        """Return the number of entries."""

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the first `size` entries, or of all."""

    def leaf(self, position: int) -> tuple[bytes, bytes]:
        """Return an entry's bytes and its stored leaf hash."""

    def node(self, level: int, position: int) -> bytes:
        """Return the stored hash of a complete node."""

    def checkpoints(self) -> Iterator[str]:
        """Yield every published checkpoint, smallest first."""


class Log:
    """A register on a database connection; the caller owns the transaction and commits."""

    def __init__(self, connection: Connection, origin: str) -> None:
        self._connection = connection
        self.origin = origin

    def append(self, entry: Entry) -> int:
        """Append an entry and return its position, counted from 0."""
        data = bytes(entry)
        position = self.size()
        found = leaf_hash(data)
        self._connection.execute(LEAF.insert().values(position=position, entry=data, leaf_hash=found))
        nodes = []
        for level, index in completed_by(position):
            found = node_hash(self.node(level - 1, index * 2), found)
            nodes.append({"level": level, "position": index, "hash": found})
        if nodes:
            self._connection.execute(NODE.insert(), nodes)
        return position

    def size(self) -> int:
        """Return the number of entries."""
        last = self._connection.execute(select(func.max(LEAF.c.position))).scalar()
        return 0 if last is None else int(last) + 1

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the first `size` entries, or of all.

        Raises:
            RegisterError: there are not so many, or a node is gone.
        """
        return root(self.node, self._within(size))

    def _within(self, size: int | None) -> int:
        have = self.size()
        if size is None:
            return have
        if not 0 <= size <= have:
            raise RegisterError(f"the register has {have} entries, not {size}")
        return size

    def node(self, level: int, position: int) -> bytes:
        """Return the stored hash of a complete node.

        Raises:
            RegisterError: it is gone: the register is damaged.
        """
        if level == 0:
            query = select(LEAF.c.leaf_hash).where(LEAF.c.position == position)
        else:
            query = select(NODE.c.hash).where(NODE.c.level == level, NODE.c.position == position)
        found = self._connection.execute(query).scalar()
        if found is None:
            raise RegisterError(
                f"node {level}/{position} of the register is gone",
                hint="run `servanda register verify` and compare with the other side's checkpoints",
            )
        return bytes(found)

    def leaf(self, position: int) -> tuple[bytes, bytes]:
        """Return an entry's bytes and its stored leaf hash.

        Raises:
            RegisterError: there is no such entry.
        """
        query = select(LEAF.c.entry, LEAF.c.leaf_hash).where(LEAF.c.position == position)
        row = self._connection.execute(query).first()
        if row is None:
            raise RegisterError(f"the register has no entry {position}")
        return bytes(row.entry), bytes(row.leaf_hash)

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, Entry]]:
        """Yield positions and entries in order."""
        query = select(LEAF.c.position, LEAF.c.entry).where(LEAF.c.position >= start)
        if stop is not None:
            query = query.where(LEAF.c.position < stop)
        for row in self._connection.execute(query.order_by(LEAF.c.position)):
            yield int(row.position), parse_entry(bytes(row.entry))

    def inclusion(self, position: int, size: int | None = None) -> list[bytes]:
        """Return the audit path of an entry.

        Raises:
            RegisterError: the entry is not among the first `size`.
        """
        within = self._within(size)
        if not 0 <= position < within:
            raise RegisterError(f"entry {position} is not among the first {within}")
        return inclusion(self.node, position, within)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """Return the proof that the register of `old` entries is the beginning of that of `new`.

        Raises:
            RegisterError: there are not so many entries, or `old` is more than `new`.
        """
        within = self._within(new)
        if not 0 <= old <= within:
            raise RegisterError(f"{old} entries are not the beginning of {within}")
        return consistency(self.node, old, within)

    def publish(self, name: str, key: Ed25519PrivateKey) -> str:
        """Sign and keep a checkpoint of all entries; the same size gives the same note.

        Nothing smaller than what was signed, and nothing inconsistent with it, is ever signed.

        Raises:
            RegisterError: the entries are not a continuation of the last checkpoint.
        """
        size, latest = self.size(), self.latest()
        if latest is not None:
            last = parse_checkpoint(parse_note(latest).text)
            if last.size > size or self.root(last.size) != last.root:
                raise RegisterError(
                    f"the register no longer continues its own checkpoint of {last.size} entries",
                    hint="it was altered or restored from an old copy; restore the newest copy",
                )
            if last.size == size:
                return latest
        text = str(Checkpoint(self.origin, size, self.root()))
        note = str(sign(text, name, key))
        self._connection.execute(CHECKPOINT.insert().values(size=size, note=note))
        return note

    def latest(self) -> str | None:
        """Return the checkpoint that was published last."""
        query = select(CHECKPOINT.c.note).order_by(CHECKPOINT.c.size.desc()).limit(1)
        found = self._connection.execute(query).scalar()
        return None if found is None else str(found)

    def checkpoints(self) -> Iterator[str]:
        """Yield every published checkpoint, smallest first."""
        query = select(CHECKPOINT.c.note).order_by(CHECKPOINT.c.size)
        for row in self._connection.execute(query):
            yield str(row.note)
