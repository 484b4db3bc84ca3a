"""What a database says is wrong, in our words, by its own codes: its messages change with its language.

SQLite has result codes (sqlite.org/rescode.html), PostgreSQL has SQLSTATE (its manual, appendix A).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from servanda.errors import StorageError

Meaning = tuple[str, str]
"""What is wrong, and what to do."""

_FULL = ("the disk is full", "make room; nothing was written")
_IO = ("the disk does not take it", "make room or check the disk; nothing was written")
_DAMAGED = ("the database is damaged", "restore the newest copy, then compare registers with the peers")
_LOCKED = ("another process writes for too long", "try again")
_READ_ONLY = ("the database is read-only", "check the rights of the file and its folder, or of the user")
_GONE = (
    "the database refuses the connection",
    "is the server running, and its address right? What was under way is there whole or not at all",
)
_OTHER = ("the database refuses", "")
_MANY = ("the database refuses the connection", "it has no more room for connections; let it have more")
_RIGHTS = ("the database refuses", "check the user's rights")

_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _IO,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: ("the file is not a database", "restore the newest copy"),
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_PROTOCOL: _LOCKED,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: (
        "the database cannot be opened",
        "check the path and the rights of the folder",
    ),
}
_POSTGRESQL = {
    "53100": _FULL,
    "58030": _IO,
    "58P01": _DAMAGED,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
    "25006": _READ_ONLY,
    "55P03": _LOCKED,
    "40P01": _LOCKED,
    "40001": _LOCKED,
    "53300": _MANY,
    "42501": _RIGHTS,
    "57P01": _GONE,
    "57P02": _GONE,
    "57P03": _GONE,
}
_PRIMARY = 0xFF  # SQLite's extended codes have the primary one in their lowest byte


def meaning(wrong: BaseException | None) -> Meaning:
    """Return what a driver's error means, and what to do about it."""
    if isinstance(wrong, sqlite3.Error):
        return _SQLITE.get(getattr(wrong, "sqlite_errorcode", 0) & _PRIMARY, _OTHER)
    if isinstance(wrong, psycopg.Error):
        code = wrong.sqlstate
        if code is None or code.startswith("08"):
            return _GONE if isinstance(wrong, psycopg.OperationalError) else _OTHER
        return _POSTGRESQL.get(code, _OTHER)
    return _OTHER


@contextmanager
def mapped() -> Iterator[None]:
    """Raise a database's errors as ours; every other error stays as it is.

    Raises:
        StorageError: the database does not do what was asked.
    """
    try:
        yield
    except DBAPIError as wrong:
        said, hint = meaning(wrong.orig)
        raise StorageError(f"{said}: {_plainly(wrong.orig)}", hint=hint) from wrong
    except (SQLAlchemyError, CommandError) as wrong:
        raise StorageError(f"the database refuses: {_first_line(wrong)}") from wrong


def _plainly(wrong: BaseException | None) -> str:
    """Return what the driver says, on one line, without the values that the statement held."""
    primary = wrong.diag.message_primary if isinstance(wrong, psycopg.Error) else None
    return primary or " ".join(str(wrong).split())


def _first_line(wrong: BaseException) -> str:
    return str(wrong).partition("\n")[0]
