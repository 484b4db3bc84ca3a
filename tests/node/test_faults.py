"""What a database says, in our words: by its codes, never by the words of its messages."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from psycopg import errors as server

from servanda.node.faults import meaning


def sqlite(code: int, message: str = "etwas anderes") -> sqlite3.Error:
    wrong = sqlite3.OperationalError(message)
    wrong.sqlite_errorcode = code
    return wrong


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (sqlite(sqlite3.SQLITE_FULL), "the disk is full"),
        (sqlite(sqlite3.SQLITE_IOERR_WRITE), "the disk does not take it"),
        (sqlite(sqlite3.SQLITE_IOERR_FSYNC), "the disk does not take it"),
        (sqlite(sqlite3.SQLITE_CORRUPT), "the database is damaged"),
        (sqlite(sqlite3.SQLITE_CORRUPT_INDEX), "the database is damaged"),
        (sqlite(sqlite3.SQLITE_NOTADB), "the file is not a database"),
        (sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), "another process writes for too long"),
        (sqlite(sqlite3.SQLITE_READONLY_DBMOVED), "the database is read-only"),
        (sqlite(sqlite3.SQLITE_CANTOPEN_ISDIR), "the database cannot be opened"),
        (sqlite(sqlite3.SQLITE_CONSTRAINT_UNIQUE), "the database refuses"),
        (server.DiskFull("Auf dem Gerät ist kein Speicherplatz mehr verfügbar"), "the disk is full"),
        (server.IoError(), "the disk does not take it"),
        (server.DataCorrupted(), "the database is damaged"),
        (server.IndexCorrupted(), "the database is damaged"),
        (server.UndefinedFile(), "the database is damaged"),
        (server.ReadOnlySqlTransaction(), "the database is read-only"),
        (server.LockNotAvailable(), "another process writes for too long"),
        (server.SerializationFailure(), "another process writes for too long"),
        (server.TooManyConnections(), "the database refuses the connection"),
        (server.AdminShutdown(), "the database refuses the connection"),
        (server.CrashShutdown(), "the database refuses the connection"),
        (server.CannotConnectNow(), "the database refuses the connection"),
        (server.ConnectionFailure(), "the database refuses the connection"),
        (server.InsufficientPrivilege(), "the database refuses"),
        (psycopg.OperationalError("no code: it never got as far as the server"), "refuses the connection"),
    ],
    ids=repr,
)
def test_a_code_has_its_meaning(wrong: Exception, says: str) -> None:
    assert says in meaning(wrong)[0]


@pytest.mark.parametrize(
    "wrong",
    [
        server.InvalidTextRepresentation('malformed array literal: "disk is full, locked, readonly"'),
        sqlite(sqlite3.SQLITE_ERROR, "no such column: locked"),
        sqlite3.ProgrammingError("an error of the driver, without a code: disk is full"),
        psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"),
        ValueError("no database at all"),
        None,
    ],
    ids=repr,
)
def test_words_of_a_message_mean_nothing(wrong: Exception | None) -> None:
    assert meaning(wrong) == ("the database refuses", "")


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB])
def test_what_somebody_can_mend_says_how(code: int) -> None:
    assert meaning(sqlite(code))[1]
