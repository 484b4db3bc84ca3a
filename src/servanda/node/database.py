"""The node's database: SQLite in a file, or PostgreSQL, by one setting; durable before it is told.

SQLite runs in WAL mode with synchronous FULL, so that a commit is on the disk. Writers are one at a time
on both: a register has one end.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from servanda.errors import StorageError
from servanda.node.migrations import REVISIONS

BUSY_SECONDS = 30
_LOCK = 0x5E4A4DA
"""Key of the advisory lock that makes PostgreSQL's writers one at a time."""


class Database:
    """A database that is there, whole and of the revision that this version writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Database:
        """Open, check and migrate the database at an SQLAlchemy URL.

        Raises:
            StorageError: unreachable, damaged, or written by a newer version.
        """
        try:
            parsed = make_url(url)
        except ArgumentError as wrong:
            raise StorageError(f"`{url}` is not a database", hint="write sqlite:///file") from wrong
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(parsed, pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _pragmas)
            event.listen(engine, "begin", _begin_as_told)
        database = cls(engine)
        try:
            with _mapped():
                database._check()
                database._migrate()
        except StorageError:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a write transaction that commits at the end, or leaves nothing.

        Raises:
            StorageError: disk full, damaged, unreachable or locked for too long.
        """
        with _mapped(), self._engine.connect() as connection:
            connection.info["writing"] = True
            try:
                with connection.begin():
                    if self._engine.dialect.name == "postgresql":
                        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                    yield connection
            finally:
                connection.info.pop("writing", None)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection on one consistent snapshot.

        Raises:
            StorageError: damaged or unreachable.
        """
        with _mapped(), self._engine.connect() as connection:
            if self._engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def _check(self) -> None:
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
            if found != "ok":
                raise StorageError(
                    f"the database is damaged: {found}",
                    hint="restore the newest copy, then compare registers with the peers",
                )

    def _migrate(self) -> None:
        with self.writing() as connection:
            context = MigrationContext.configure(connection)
            current = context.get_current_revision()
            known = [revision.name for revision in REVISIONS]
            if current is not None and current not in known:
                raise StorageError(
                    f"the database is of revision `{current}`, which this version does not know",
                    hint="run the version that wrote it, or a newer one",
                )
            operations = Operations(context)
            for revision in REVISIONS[0 if current is None else known.index(current) + 1 :]:
                revision.upgrade(operations)
                context._ensure_version_table()  # noqa: SLF001 - Alembic has no public name for it
                connection.execute(text("DELETE FROM alembic_version"))
                connection.execute(
                    text("INSERT INTO alembic_version VALUES (:name)"), {"name": revision.name}
                )


def _pragmas(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # we say BEGIN ourselves
    cursor = connection.cursor()  # type: ignore[attr-defined]  # a DBAPI connection
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_as_told(connection: Connection) -> None:
    mode = "IMMEDIATE" if connection.info.get("writing") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


_MEANINGS = (
    ("disk is full", "the disk is full", "make room; nothing was written"),
    ("disk i/o error", "the disk does not take it", "make room or check the disk; nothing was written"),
    ("no space left", "the disk is full", "make room; nothing was written"),
    ("malformed", "the database is damaged", "restore the newest copy, then compare registers"),
    ("not a database", "the file is not a database", "restore the newest copy"),
    ("locked", "another process writes for too long", "try again"),
    ("readonly", "the database is read-only", "check the rights of the file"),
    ("unable to open", "the database cannot be opened", "check the path and the rights of the folder"),
)


@contextmanager
def _mapped() -> Iterator[None]:
    """Say in our words what a database says in its own."""
    try:
        yield
    except DBAPIError as wrong:
        said = str(wrong.orig)
        for sign, meaning, hint in _MEANINGS:
            if sign in said.lower():
                raise StorageError(f"{meaning}: {said}", hint=hint) from wrong
        hint = "is the server running?" if isinstance(wrong, OperationalError) else ""
        raise StorageError(f"the database refuses: {said}", hint=hint) from wrong
    except SQLAlchemyError as wrong:
        raise StorageError(f"the database refuses: {wrong}") from wrong
    except OSError as wrong:
        full = wrong.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise StorageError(
            "the disk is full" if full else f"the disk refuses: {wrong}",
            hint="make room; nothing was written" if full else "",
        ) from wrong
