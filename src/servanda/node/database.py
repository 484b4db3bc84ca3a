"""The node's database: SQLite in a file, or PostgreSQL, by one setting; durable before it is told.

SQLite runs in WAL mode with synchronous FULL, so that a commit is on the disk. Writers are one at a time
on both: a register has one end.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from servanda.errors import StorageError
from servanda.node.faults import mapped
from servanda.node.files import flush_folder
from servanda.node.migrations import REVISIONS, Revision

BUSY_SECONDS = 30
_LOCK = 0x5E4A4DA
"""Key of the advisory lock that makes PostgreSQL's writers one at a time."""
_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_RESTORE = "restore the newest copy, then compare registers with the peers"


class Database:
    """A database that is there, whole and of the revision that this version writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Database:
        """Open, check and migrate the database at an SQLAlchemy URL.

        A SQLite file that is not there is made; one that is there and empty has lost what it held.

        Raises:
            StorageError: unreachable, damaged, not a node's, or written by a newer version.
        """
        parsed = _parsed(url)
        if parsed.drivername == "sqlite":
            parsed = parsed.set(database=str(_made(Path(str(parsed.database)))))
        return cls._opened(parsed)

    @classmethod
    def _opened(cls, url: URL) -> Database:
        with mapped():
            # A message of SQLAlchemy never shows what a statement held: that may be a label.
            engine = create_engine(
                url, pool_pre_ping=True, hide_parameters=True, connect_args=_arguments(url)
            )
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_as_told)
        else:
            event.listen(engine, "connect", _prepare_postgresql)
        database = cls(engine)
        try:
            with mapped():
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
        with mapped(), self._engine.connect() as connection:
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
        """Yield a connection on one consistent snapshot; it cannot write.

        Raises:
            StorageError: damaged or unreachable, or something was to be written.
        """
        with mapped(), self._engine.connect() as connection:
            if self._engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    def _check(self) -> None:
        with self._engine.connect() as connection:
            if self._engine.dialect.name == "sqlite":
                found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
                if found != "ok":
                    raise StorageError(f"the database is damaged: {found}", hint=_RESTORE)
            else:
                encoding = connection.execute(text("SHOW server_encoding")).scalar()
                if encoding != "UTF8":
                    raise StorageError(
                        f"the database keeps text as {encoding}", hint="make one with ENCODING 'UTF8'"
                    )

    def _migrate(self) -> None:
        """Bring the schema to the last revision, in one transaction; who only reads waits for nobody."""
        with self.reading() as connection:
            if _steps(connection) == ():
                return
        with self.writing() as connection:
            # Asked again: another process may have done it while this one waited.
            context = MigrationContext.configure(connection)
            operations = Operations(context)
            for revision in _steps(connection):
                revision.upgrade(operations)
                context._ensure_version_table()  # noqa: SLF001 - Alembic has no public name for it
                connection.execute(text("DELETE FROM alembic_version"))
                connection.execute(
                    text("INSERT INTO alembic_version VALUES (:name)"), {"name": revision.name}
                )


def _steps(connection: Connection) -> tuple[Revision, ...]:
    """Return the revisions that a database has yet to see."""
    current = MigrationContext.configure(connection).get_current_revision()
    known = [revision.name for revision in REVISIONS]
    if current is None:
        strange = sorted(inspect(connection).get_table_names())
        if strange:
            raise StorageError(
                f"the database holds tables of something else, such as `{strange[0]}`",
                hint="give the node a database of its own",
            )
        return REVISIONS
    if current not in known:
        raise StorageError(
            f"the database is of revision `{current}`, which this version does not know",
            hint="run the version that wrote it, or a newer one",
        )
    return REVISIONS[known.index(current) + 1 :]


def _parsed(url: str) -> URL:
    """Read a URL; a password in it is never shown."""
    hint = "write sqlite:////folder/file or postgresql://user@host/name"
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as wrong:
        raise StorageError(f"`{_masked(url)}` is not a database", hint=hint) from wrong
    match parsed.drivername:
        case "postgresql" | "postgresql+psycopg":
            return parsed.set(drivername="postgresql+psycopg")
        case "sqlite" | "sqlite+pysqlite":
            if parsed.database in {None, "", ":memory:"} or parsed.query:
                raise StorageError(f"`{url}` is not a file", hint=hint)
            return parsed.set(drivername="sqlite")
    raise StorageError(f"`{parsed.drivername}` is not a kind of database for a node", hint=hint)


def _masked(url: str) -> str:
    """Take out what stands before an `@`: it may be a password."""
    before, at, after = url.rpartition("@")
    return f"...@{after}" if at else before + after


def _arguments(url: URL) -> dict[str, str]:
    return {} if url.drivername == "sqlite" else {"client_encoding": "UTF8"}


def _made(path: Path) -> Path:
    """Make a SQLite database where there is none, whole under its name or not at all; return its whole path.

    It is made under another name, with the schema, and then gets its own. A file that is there and empty
    therefore never was a database that a crash kept from being finished: it was cut short.

    Raises:
        StorageError: it is cut short, or gone and its journal is not; or it cannot be made.
    """
    if path.is_symlink() and not path.exists():
        raise StorageError(f"the database `{path}` is a link to nothing", hint="is its disk mounted?")
    path = path.resolve()
    try:
        handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as wrong:
        raise StorageError(
            f"the database cannot be opened: `{path.parent}`: {wrong.strerror}",
            hint="check the path and the rights of the folder",
        ) from wrong
    try:
        # One process makes it while the others wait; the lock goes with the handle.
        fcntl.flock(handle, fcntl.LOCK_EX)
        _make_once(path)
    except OSError as wrong:
        raise StorageError(
            f"the database `{path}` cannot be made or read: {wrong.strerror}",
            hint="make room, or check whose it is",
        ) from wrong
    finally:
        os.close(handle)
    return path


def _make_once(path: Path) -> None:
    journal = path.with_name(path.name + "-wal")
    if path.exists():
        _recognised(path, journal)
        return
    if _holds(journal):
        raise StorageError(f"the database `{path}` is gone, its journal is not", hint=_RESTORE)
    unfinished = path.with_name(f".{path.name}.making")
    for ending in ("", "-wal", "-shm"):
        unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    Database._opened(URL.create("sqlite", database=str(unfinished))).close()  # noqa: SLF001 - of this file
    unfinished.rename(path)
    flush_folder(path.parent)


def _recognised(path: Path, journal: Path) -> None:
    """Refuse what SQLite would take for a database: a nearly empty file, or one whose last page is a part.

    Where a journal waits, a crash may have cut a page that was being added: it is written again from there.

    Raises:
        StorageError: the file is not a database (sqlite.org/fileformat.html, 1.3), or is cut short.
    """
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
        length = os.fstat(file.fileno()).st_size
    if header[: len(_MAGIC)] != _MAGIC[: len(header)]:
        raise StorageError(f"the file `{path}` is not a database", hint="restore the newest copy")
    # Its pages are of 512 to 65536 bytes, a power of two; 65536 is written as 1.
    page = int.from_bytes(header[16:18], "big")
    whole = len(header) == _HEADER_BYTES and length % (page if page > 1 else 65536) == 0
    if not whole and (len(header) < _HEADER_BYTES or not _holds(journal)):
        raise StorageError(f"the database `{path}` is damaged: it is cut short", hint=_RESTORE)


def _holds(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _prepare_sqlite(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # we say BEGIN ourselves
    cursor = connection.cursor()  # type: ignore[attr-defined]  # a DBAPI connection
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _prepare_postgresql(connection: object, _record: object) -> None:
    """Wait no longer than on SQLite, and tell of no commit that is not on the server's disk."""
    cursor = connection.cursor()  # type: ignore[attr-defined]  # a DBAPI connection
    cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    cursor.execute(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off'"
    )
    cursor.close()
    connection.commit()  # type: ignore[attr-defined]  # else the settings go with the transaction


def _begin_as_told(connection: Connection) -> None:
    writing = connection.info.get("writing")
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
    connection.exec_driver_sql(f"BEGIN {'IMMEDIATE' if writing else 'DEFERRED'}")
