"""The database: whole and durable, one writer at a time, and one clear error for whatever goes wrong."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

import postgres
from node.ground import KILL, KILLED, count, put, reopened, run
from servanda.errors import StorageError
from servanda.node import database as ground
from servanda.node.database import Database
from servanda.node.tables import META

# what holds on both


def test_a_transaction_is_whole_or_nothing(database_url: str) -> None:
    database = Database.open(database_url)

    def half() -> None:
        with database.writing() as connection:
            connection.execute(META.insert().values(key="half", value="x"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert count(database) == 0
    put(database, "one", "other")
    assert count(database) == 2
    database.close()


def test_a_transaction_that_breaks_a_rule_leaves_nothing(database_url: str) -> None:
    database = Database.open(database_url)
    with pytest.raises(StorageError, match="the database refuses"):
        put(database, "same", "same")
    assert count(database) == 0
    database.close()


def test_what_is_committed_is_there_after_a_restart(database_url: str) -> None:
    database = Database.open(database_url)
    put(database, "a")
    database.close()
    assert reopened(database_url) == 1


def test_who_only_reads_cannot_write(database_url: str) -> None:
    database = Database.open(database_url)
    with pytest.raises(StorageError, match="read-only"), database.reading() as connection:
        connection.execute(META.insert().values(key="a", value="x"))
    assert count(database) == 0
    put(database, "the same connection writes again when it is to")
    assert count(database) == 1
    database.close()


def test_who_reads_sees_one_snapshot_to_the_end(database_url: str) -> None:
    database = Database.open(database_url)
    put(database, "before")
    with database.reading() as connection:
        query = select(func.count()).select_from(META)
        assert connection.execute(query).scalar() == 1
        put(database, "meanwhile")
        assert connection.execute(query).scalar() == 1
    assert count(database) == 2
    database.close()


def test_who_reads_does_not_wait_for_who_writes(database_url: str) -> None:
    database = Database.open(database_url)
    with database.writing() as connection:
        connection.execute(META.insert().values(key="a", value="x"))
        assert count(database) == 0
        assert reopened(database_url) == 0
    assert count(database) == 1
    database.close()


def test_an_error_that_is_not_the_databases_stays_as_it_is(database_url: str) -> None:
    database = Database.open(database_url)
    for wrong in (ConnectionRefusedError("a peer"), ValueError("a value"), StorageError("an object")):
        with pytest.raises(type(wrong), match=str(wrong)), database.writing():
            raise wrong
    database.close()


def test_an_error_does_not_show_what_was_to_be_written(database_url: str) -> None:
    database = Database.open(database_url)
    put(database, "secret label")
    for use in (
        lambda: put(database, "secret label"),
        lambda: put(database, {"secret label": 1}),  # type: ignore[arg-type]  # no value for a database
    ):
        with pytest.raises(StorageError) as wrong:
            use()
        assert "secret" not in str(wrong.value)
        assert "\n" not in str(wrong.value)
    database.close()


def test_text_is_kept_as_it_is_written(database_url: str) -> None:
    database = Database.open(database_url)
    words = "極秘 · 군사 II급 비밀 · Ünïcode · \U0001f512"
    put(database, words)
    with database.reading() as connection:
        assert connection.execute(select(META.c.key)).scalar() == words
    database.close()


# many at once

OPENER = """
import sys
from servanda.node.database import Database
Database.open(sys.argv[1]).close()
"""
WRITER = """
import sys
from sqlalchemy import func, select
from servanda.node.database import Database
from servanda.node.tables import META
database = Database.open(sys.argv[1])
for _ in range(20):
    with database.writing() as connection:
        last = connection.execute(select(func.count()).select_from(META)).scalar()
        connection.execute(META.insert().values(key=f"{last:04}", value=sys.argv[2]))
"""


def test_two_processes_write_one_after_the_other_and_lose_nothing(database_url: str) -> None:
    command = [sys.executable, "-c", WRITER, database_url]
    writers = [subprocess.Popen([*command, name]) for name in "ab"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    database = Database.open(database_url)
    with database.reading() as connection:
        keys = connection.execute(select(META.c.key).order_by(META.c.key)).scalars().all()
    # Each took the next number from what it had read: nobody wrote between.
    assert keys == [f"{number:04}" for number in range(40)]
    database.close()


def test_two_processes_that_open_a_new_database_at_once_both_find_it_made(database_url: str) -> None:
    openers = [subprocess.Popen([sys.executable, "-c", OPENER, database_url]) for _ in range(2)]
    assert [opener.wait(timeout=60) for opener in openers] == [0, 0]
    assert reopened(database_url) == 0


def test_threads_write_one_after_the_other(database_url: str) -> None:
    database = Database.open(database_url)
    threads = [
        threading.Thread(target=lambda name=name: [put(database, f"{name}{number}") for number in range(10)])
        for name in "abcd"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database) == 40
    database.close()


def test_who_waits_too_long_for_another_writer_is_told(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "BUSY_SECONDS", 1)
    first, second = Database.open(database_url), Database.open(database_url)
    with first.writing(), pytest.raises(StorageError, match="another process writes for too long") as wrong:
        put(second, "a")
    assert wrong.value.hint == "try again"
    put(second, "a")
    assert count(first) == 1
    first.close()
    second.close()


# kills


def test_a_kill_in_the_middle_of_a_transaction_leaves_nothing(database_url: str) -> None:
    done = run(KILLED.format(rows=5000, where=KILL, after=""), database_url)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert reopened(database_url) == 0


def test_a_kill_after_a_transaction_keeps_all_of_it(database_url: str) -> None:
    done = run(KILLED.format(rows=100, where="", after=KILL), database_url)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert reopened(database_url) == 100


KILLED_IN_A_MIGRATION = """
import os, signal, sys
from servanda.node import database
from servanda.node.migrations import REVISIONS, Revision
def upgrade(op):
    REVISIONS[{number}].upgrade(op)
    os.kill(os.getpid(), signal.SIGKILL)
database.REVISIONS = (*REVISIONS[:{number}], Revision("next", upgrade))
database.Database.open(sys.argv[1])
"""


@pytest.mark.parametrize("number", [0, 1])
def test_a_kill_while_a_database_is_made_does_not_keep_it_from_being_made(
    database_url: str, number: int
) -> None:
    done = run(KILLED_IN_A_MIGRATION.format(number=number), database_url)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert reopened(database_url) == 0


def test_a_kill_while_a_database_is_migrated_leaves_it_as_it_was(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "REVISIONS", ground.REVISIONS[:1])
    database = Database.open(database_url)
    put(database, "kept")
    database.close()
    done = run(KILLED_IN_A_MIGRATION.format(number=1), database_url)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert reopened(database_url) == 1  # still of the first revision
    monkeypatch.undo()
    assert reopened(database_url) == 1


# what is not a node's database


def test_a_database_of_a_newer_version_is_not_touched(database_url: str) -> None:
    database = Database.open(database_url)
    put(database, "a")
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="`9999`, which this version does not know") as wrong:
        Database.open(database_url)
    assert "newer one" in wrong.value.hint
    assert count(database) == 1
    database.close()


def test_a_database_of_two_revisions_is_refused(database_url: str) -> None:
    database = Database.open(database_url)
    with database.writing() as connection:
        connection.execute(text("INSERT INTO alembic_version VALUES ('0000')"))
    database.close()
    with pytest.raises(StorageError, match="the database refuses"):
        Database.open(database_url)


def test_a_database_of_something_else_gets_no_table_of_ours(databases: Callable[[str], str]) -> None:
    url = databases("songs")
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as other:
            other.execute("CREATE TABLE songs (name TEXT)")
        other.close()
    else:
        with psycopg.connect(url) as server:
            server.execute("CREATE TABLE songs (name TEXT)")
    with pytest.raises(StorageError, match="something else, such as `songs`; give the node a database"):
        Database.open(url)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "`` is not a database"),
        ("nonsense", "`nonsense` is not a database"),
        ("mysql://host/name", "`mysql` is not a kind of database"),
        ("postgresql+asyncpg://host/name", r"`postgresql\+asyncpg` is not a kind"),
        ("sqlite://", "is not a file"),
        ("sqlite:///:memory:", "is not a file"),
        ("sqlite:////tmp/a.db?mode=memory", "is not a file"),
    ],
)
def test_an_address_of_no_database_says_how_one_is_written(url: str, says: str) -> None:
    with pytest.raises(StorageError, match=says) as wrong:
        Database.open(url)
    assert "write sqlite:////folder/file or postgresql://" in wrong.value.hint


@given(st.text(max_size=40) | st.from_regex(r"[a-z+]{0,12}:?/{0,4}[a-z:@/?=0-9\[\]%]{0,30}", fullmatch=True))
def test_whatever_the_address_an_error_is_ours(url: str) -> None:
    try:
        ground._parsed(url)
    except StorageError as wrong:
        hint = wrong.hint
    else:
        hint = "write sqlite"
    assert "write sqlite" in hint


def test_an_error_does_not_show_the_password_of_an_address() -> None:
    for url in (
        "postgresql//me:s3cret@host/name",
        "postgresql://me:s3cret@127.0.0.1:1/name?connect_timeout=2",
        "mysql://me:s3cret@host/name",
        "postgresql://me:s3cret@host:port/name",
    ):
        with pytest.raises(StorageError) as wrong:
            Database.open(url)
        assert "s3cret" not in str(wrong.value)


# PostgreSQL alone


def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    with pytest.raises(StorageError, match="the database refuses the connection") as wrong:
        Database.open("postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2")
    assert "is the server running" in wrong.value.hint
    assert "\n" not in str(wrong.value)


def test_a_name_that_the_server_does_not_know_is_told(postgresql: str) -> None:
    with pytest.raises(StorageError, match='database "nowhere" does not exist'):
        Database.open(postgresql.rpartition("/")[0] + "/nowhere")


def test_a_server_that_goes_away_leaves_nothing_and_is_found_again(postgresql: str) -> None:
    url = postgres.fresh_database(postgresql, "goes_away")
    database = Database.open(url)

    def cut() -> None:
        with database.writing() as connection:
            connection.execute(META.insert().values(key="half", value="x"))
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StorageError, match="refuses the connection") as wrong:
        cut()
    assert "whole or not at all" in wrong.value.hint
    assert count(database) == 0
    put(database, "a")
    assert count(database) == 1
    database.close()


def test_a_server_that_keeps_no_unicode_is_refused(postgresql: str) -> None:
    with psycopg.connect(postgresql, autocommit=True) as server:
        server.execute("CREATE DATABASE plain TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    with pytest.raises(StorageError, match="keeps text as SQL_ASCII; make one with ENCODING 'UTF8'"):
        Database.open(postgresql.rpartition("/")[0] + "/plain")


@pytest.mark.parametrize(
    ("set_to", "used"), [("off", "on"), ("local", "local"), ("remote_apply", "remote_apply")]
)
def test_a_commit_is_on_the_servers_disk_before_it_is_told(postgresql: str, set_to: str, used: str) -> None:
    url = postgres.fresh_database(postgresql, f"commits_{set_to}")
    name = url.rpartition("/")[2]
    with psycopg.connect(postgresql, autocommit=True) as server:
        server.execute(f"ALTER DATABASE {name} SET synchronous_commit = {set_to}")  # type: ignore[call-overload]  # our own name
    database = Database.open(url)
    with database.writing() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar() == used
    database.close()


def test_two_databases_of_one_server_do_not_wait_for_each_other(postgresql: str) -> None:
    one, other = (Database.open(postgres.fresh_database(postgresql, f"apart_{name}")) for name in "ab")
    with one.writing():
        put(other, "a")
    assert count(other) == 1
    one.close()
    other.close()
