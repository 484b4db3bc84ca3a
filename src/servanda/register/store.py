"""The register in a database: leaves, complete nodes and published checkpoints.

A `Log` works inside the caller's transaction: an entry is there exactly when what it records is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.exc import IntegrityError

from servanda.errors import RegisterError
from servanda.register.log import Node, Register

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
_PAGE = 1000  # rows read at once
_LOCK = 0x5E65A7DA  # the writers' lock of a register, any number that nobody else in the database uses


class Log(Register):
    """A register on a database connection; the caller owns the transaction and commits.

    On SQLite the caller begins with BEGIN IMMEDIATE, so that writers queue; on PostgreSQL a lock
    until the end of the transaction does it, best at READ COMMITTED.
    """

    def __init__(self, connection: Connection, origin: str) -> None:
        super().__init__(origin)
        self._connection = connection

    def size(self) -> int:
        """Return the number of entries."""
        last = self._connection.execute(select(func.max(LEAF.c.position))).scalar()
        return 0 if last is None else int(last) + 1

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

    def leaves(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield position, entry's bytes and stored leaf hash, in order; read page by page."""
        query = select(LEAF).order_by(LEAF.c.position).limit(_PAGE)
        if stop is not None:
            query = query.where(LEAF.c.position < stop)
        start = max(start, 0)
        while page := self._connection.execute(query.where(LEAF.c.position >= start)).all():
            for row in page:
                yield int(row.position), bytes(row.entry), bytes(row.leaf_hash)
            start = int(page[-1].position) + 1

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
                hint="audit the register and compare with the other side's checkpoints",
            )
        return bytes(found)

    def nodes(self) -> Iterator[Node]:
        """Yield every stored node above the leaves, by level and position; read page by page."""
        query = select(NODE).order_by(NODE.c.level, NODE.c.position).limit(_PAGE)
        page = self._connection.execute(query).all()
        while page:
            for row in page:
                yield int(row.level), int(row.position), bytes(row.hash)
            level, position = int(page[-1].level), int(page[-1].position)
            same_level = and_(NODE.c.level == level, NODE.c.position > position)
            page = self._connection.execute(query.where(or_(NODE.c.level > level, same_level))).all()

    def checkpoints(self) -> Iterator[str]:
        """Yield every published checkpoint, smallest first."""
        query = select(CHECKPOINT.c.note).order_by(CHECKPOINT.c.size)
        for row in self._connection.execute(query):
            yield str(row.note)

    def latest(self) -> str | None:
        """Return the checkpoint that was published last."""
        query = select(CHECKPOINT.c.note).order_by(CHECKPOINT.c.size.desc()).limit(1)
        found = self._connection.execute(query).scalar()
        return None if found is None else str(found)

    def _claim(self) -> None:
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))

    def _keep_leaf(self, position: int, data: bytes, leaf: bytes, nodes: list[Node]) -> None:
        taken = f"position {position} of the register is taken"
        self._insert(LEAF, [{"position": position, "entry": data, "leaf_hash": leaf}], taken)
        if nodes:
            rows = [{"level": level, "position": index, "hash": found} for level, index, found in nodes]
            self._insert(NODE, rows, taken)

    def _keep_checkpoint(self, size: int, note: str) -> None:
        taken = f"a checkpoint of {size} entries is there already"
        self._insert(CHECKPOINT, [{"size": size, "note": note}], taken)

    def _insert(self, table: Table, rows: Sequence[Mapping[str, Any]], taken: str) -> None:
        try:
            self._connection.execute(table.insert(), rows)
        except IntegrityError as wrong:
            raise RegisterError(
                taken, hint="roll back; if it stays so, entries at the end are gone: audit the register"
            ) from wrong
