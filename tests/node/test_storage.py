"""Full disks, damaged databases, clocks that jump: one clear error each, and nothing half-written."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import MetaData, func, select, text

from node.federation import Federation
from servanda.errors import CatalogueError, ClockError, FormatError, NodeError, StorageError
from servanda.node.clock import DrivenClock, GuardedClock, SystemClock
from servanda.node.config import NodeConfig, PeerConfig, read_config, write_config
from servanda.node.database import Database
from servanda.node.files import Objects
from servanda.node.house import Node
from servanda.node.tables import META, node_tables
from servanda.register import register_tables

AT = datetime(2020, 6, 1, 12, tzinfo=UTC)


class Still:
    """A clock that stands still."""

    name = "still"

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


def put(database: Database, key: str) -> None:
    with database.writing() as connection:
        connection.execute(META.insert().values(key=key, value="x"))


def count(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(META)).scalar() or 0)


def test_the_migrated_schema_is_that_of_the_tables(databases: Callable[[str], str]) -> None:
    database = Database.open(databases("schema"))
    whole = MetaData()
    for tables in (node_tables, register_tables):
        for table in tables.sorted_tables:
            table.to_metadata(whole)
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), whole) == []
    database.close()


def test_a_transaction_that_fails_leaves_nothing(databases: Callable[[str], str]) -> None:
    database = Database.open(databases("atomic"))

    def fail() -> None:
        with database.writing() as connection:
            connection.execute(META.insert().values(key="a", value="x"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert count(database) == 0
    database.close()


def test_a_database_of_a_newer_version_is_not_touched(databases: Callable[[str], str]) -> None:
    url = databases("newer")
    database = Database.open(url)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(StorageError, match="which this version does not know"):
        Database.open(url)


def test_what_was_committed_is_there_again(databases: Callable[[str], str]) -> None:
    url = databases("again")
    database = Database.open(url)
    put(database, "a")
    database.close()
    database = Database.open(url)
    assert count(database) == 1
    database.close()


WRITER = """
import sys
from servanda.node.database import Database
from servanda.node.tables import META
database = Database.open(sys.argv[1])
for number in range(25):
    with database.writing() as connection:
        connection.execute(META.insert().values(key=sys.argv[2] + str(number), value="x"))
"""


def test_two_processes_that_write_at_once_lose_nothing(databases: Callable[[str], str]) -> None:
    url = databases("busy")
    database = Database.open(url)
    command = [sys.executable, "-c", WRITER, url]
    writers = [subprocess.Popen([*command, name]) for name in "ab"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    assert count(database) == 50
    database.close()


KILLED = """
import os, signal, sys
from servanda.node.database import Database
from servanda.node.tables import META
database = Database.open(sys.argv[1])
with database.writing() as connection:
    connection.execute(META.insert().values(key="half", value="x"))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_in_the_middle_of_a_transaction_leaves_nothing(databases: Callable[[str], str]) -> None:
    url = databases("killed")
    done = subprocess.run([sys.executable, "-c", KILLED, url], check=False)
    assert done.returncode == -signal.SIGKILL
    database = Database.open(url)
    assert count(database) == 0
    put(database, "whole")
    database.close()


def test_a_full_disk_is_one_clear_error_and_nothing_is_half_written(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'full.db'}")
    with database.reading() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()

    def fill() -> None:
        with database.writing() as connection:
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))
            for number in range(10_000):
                connection.execute(META.insert().values(key=str(number), value="x" * 1000))

    with pytest.raises(StorageError, match="disk is full") as wrong:
        fill()
    assert "make room" in str(wrong.value)
    assert count(database) == 0
    database.close()


def test_a_truncated_database_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    path = tmp_path / "cut.db"
    database = Database.open(f"sqlite:///{path}")
    for number in range(200):
        put(database, f"{number:200}")
    database.close()
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(StorageError, match="damaged") as wrong:
        Database.open(f"sqlite:///{path}")
    assert "restore" in str(wrong.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "noise.db"
    path.write_bytes(os.urandom(8192))
    with pytest.raises(StorageError, match="not a database"):
        Database.open(f"sqlite:///{path}")


def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    with pytest.raises(StorageError, match="the database refuses"):
        Database.open("postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2")


def test_objects_are_whole_or_not_there(tmp_path: Path) -> None:
    objects = Objects(tmp_path / "objects", most_bytes=10)
    digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    objects.take(digest, iter([b"hel", b"lo"]))
    assert objects.path(digest).read_bytes() == b"hello"
    for chunks, says in (([b"x" * 11], "longer"), ([b"other"], "the object is not")):
        with pytest.raises((StorageError, FormatError), match=says):
            objects.take("0" * 64, iter(chunks))
    with pytest.raises(FormatError, match="is not a digest"):
        objects.take("../../etc/passwd", iter([b""]))
    assert not list((tmp_path / "objects" / "incoming").iterdir())
    assert objects.sweep({digest}) == 0
    assert objects.sweep(set()) == 1


FULL = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from servanda.errors import StorageError
from servanda.node.files import Objects
objects = Objects(Path(sys.argv[1]), 1 << 30)
try:
    objects.take("0" * 64, iter([b"x" * (1 << 19)] * 4))
except StorageError as wrong:
    print(wrong)
"""


def test_an_object_on_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], check=True, capture_output=True, text=True
    )
    assert "make room" in done.stdout
    assert not list(tmp_path.glob("incoming/*"))


def test_a_clock_that_steps_back_a_little_is_held_and_a_jump_is_refused() -> None:
    floor = AT
    assert GuardedClock(Still(AT + timedelta(days=1)), lambda: floor).now() == AT + timedelta(days=1)
    assert GuardedClock(Still(AT - timedelta(seconds=1)), lambda: floor).now() == floor
    with pytest.raises(ClockError, match="set the clock right"):
        GuardedClock(Still(AT - timedelta(minutes=1)), lambda: floor).now()
    assert SystemClock().now().tzinfo is UTC


def test_after_a_clock_jump_a_node_does_nothing_until_it_is_right_again(small: Federation) -> None:
    small.release("A", "B")
    small.at("2020-05-01T00:00:00Z")
    with pytest.raises(ClockError):
        small.release("A", "B")
    small.at("2020-06-01T12:00:01Z")
    small.release("A", "B")


def test_a_driven_clock_says_what_is_wrong_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(ClockError, match="write an instant"):
        DrivenClock(tmp_path / "clock").now()
    (tmp_path / "clock").write_text("tomorrow")
    with pytest.raises(ClockError, match="tomorrow"):
        DrivenClock(tmp_path / "clock").now()


NAMES = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=20)


@given(NAMES, NAMES, st.integers(1, 65535))
def test_a_configuration_reads_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, party: str, catalogue: str, port: int
) -> None:
    home = tmp_path_factory.mktemp("home")
    peers = (PeerConfig(party="B", url="https://127.0.0.1:1", identity="B:AAAA"),)
    config = NodeConfig(party=party, peer_port=port, local_port=1, catalogue=catalogue, peers=peers)
    write_config(config, home)
    assert read_config(home) == config


def test_a_wrong_configuration_names_the_file_the_field_and_what_is_right(tmp_path: Path) -> None:
    (tmp_path / "node.toml").write_text('format = "servanda/node@1"\nparty = "A"\npeer_prot = 1\n')
    with pytest.raises(CatalogueError) as wrong:
        read_config(tmp_path)
    assert "did you mean `peer_port`" in str(wrong.value)
    with pytest.raises(NodeError, match="servanda node init"):
        Node.open(tmp_path / "nowhere")


def test_keys_are_for_their_owner_alone_and_never_shown(small: Federation) -> None:
    node = small.nodes["A"]
    for name in ("identity.key", "kas.key"):
        assert (node.home / "keys" / name).stat().st_mode & 0o077 == 0
    assert "PRIVATE" not in repr(node.identity) + repr(node.kas)
