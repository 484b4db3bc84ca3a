"""A SQLite file that is full, cut, damaged, gone or not ours: told when it is opened, never filled anew."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from node.ground import KILL, KILLED, count, filled, put, reopened, run
from servanda.errors import StorageError
from servanda.node.database import Database
from servanda.node.tables import META

PAGE = 4096


def test_a_full_disk_is_one_clear_error_and_nothing_is_half_written(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'full.db'}")
    put(database, "before")

    def fill() -> None:
        with database.writing() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar()
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))
            for number in range(10_000):
                connection.execute(META.insert().values(key=str(number), value="x" * 1000))

    with pytest.raises(StorageError, match="disk is full") as wrong:
        fill()
    assert wrong.value.hint == "make room; nothing was written"
    assert count(database) == 1
    with database.writing() as connection:
        connection.execute(text("PRAGMA max_page_count = 1000000"))
        connection.execute(META.insert().values(key="there is room again", value="x"))
    assert count(database) == 2
    database.close()


LIMITED = """
import resource, signal, sys
from servanda.errors import StorageError
from servanda.node.database import Database
from servanda.node.tables import META
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
{before}
try:
    database = Database.open(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    with database.writing() as connection:
        connection.execute(META.insert(), [dict(key=str(n), value="x" * 1000) for n in range(3000)])
except StorageError as wrong:
    print(wrong)
"""


def test_a_file_that_may_not_grow_is_one_clear_error_and_nothing_is_half_written(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'limited.db'}"
    done = run(LIMITED.format(before=""), url)
    assert "make room" in done.stdout, done.stderr
    assert reopened(url) == 0


def test_a_database_that_finds_no_room_to_be_made_leaves_none_under_its_name(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    done = run(LIMITED.format(before="resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 300_000))"), url)
    assert "make room" in done.stdout, done.stderr
    assert not (tmp_path / "new.db").exists()
    assert reopened(url) == 0


@pytest.mark.parametrize(
    "size", [0, 1, 15, 16, 99, 100, 511, 512, 1000, PAGE - 1, PAGE, PAGE + 1, 8 * PAGE, -1]
)
def test_a_database_cut_short_is_refused_before_anything_is_done(tmp_path: Path, size: int) -> None:
    path = tmp_path / "cut.db"
    url = filled(path)
    assert path.stat().st_size > 8 * PAGE
    os.truncate(path, size if size >= 0 else path.stat().st_size + size)
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"damaged|not a database") as wrong:
        Database.open(url)
    assert "restore the newest copy" in wrong.value.hint
    assert path.read_bytes() == before


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_database_cut_short_anywhere_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    whole = tmp_path / "whole.db"
    if not whole.exists():
        filled(whole)
    path = tmp_path / "cut.db"
    content = whole.read_bytes()
    path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    with pytest.raises(StorageError, match=r"damaged|not a database"):
        Database.open(f"sqlite:///{path}")


def test_a_page_half_written_in_a_crash_is_written_again_from_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "crash.db"
    run(KILLED.format(rows=100, where="", after=KILL), f"sqlite:///{path}")
    with path.open("ab") as file:
        file.write(b"half a page")
    assert path.with_name("crash.db-wal").stat().st_size > 0
    assert reopened(f"sqlite:///{path}") == 100
    assert path.stat().st_size % PAGE == 0


@given(st.binary(min_size=1, max_size=2000))
def test_a_file_of_anything_else_is_refused_and_not_touched(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.db"
    path.write_bytes(noise)
    with pytest.raises(StorageError, match=r"not a database|damaged"):
        Database.open(f"sqlite:///{path}")
    assert path.read_bytes() == noise


def test_a_page_of_noise_is_found_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "noise.db"
    url = filled(path)
    with sqlite3.connect(path) as inside:
        page = inside.execute("SELECT rootpage FROM sqlite_master WHERE name = 'meta'").fetchone()[0]
    inside.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(os.urandom(PAGE))
    with pytest.raises(StorageError, match="the database is damaged"):
        Database.open(url)


def test_a_database_that_is_gone_while_its_journal_is_not_is_not_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "gone.db"
    run(KILLED.format(rows=100, where="", after=KILL), f"sqlite:///{path}")
    path.unlink()
    with pytest.raises(StorageError, match="is gone, its journal is not; restore"):
        Database.open(f"sqlite:///{path}")
    assert not path.exists()


def test_a_database_on_a_disk_that_is_not_mounted_is_not_made_anew(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "disk" / "node.db")
    with pytest.raises(StorageError, match=r"is a link to nothing; is its disk mounted\?"):
        Database.open(f"sqlite:///{tmp_path / 'link.db'}")
    (tmp_path / "disk").mkdir()
    filled(tmp_path / "disk" / "node.db")
    assert reopened(f"sqlite:///{tmp_path / 'link.db'}") == 60
    assert (tmp_path / "link.db").is_symlink()


def test_what_a_crash_left_of_making_a_database_is_taken_away(tmp_path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f".new.db.making{ending}").write_bytes(b"half")
    database = Database.open(f"sqlite:///{tmp_path / 'new.db'}")
    database.close()
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]


def test_only_its_owner_reads_a_database(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'own.db'}")
    put(database, "a")
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert len(list(tmp_path.iterdir())) == 3  # the journal and its index are of the same owner
    database.close()


def test_a_folder_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in ("nowhere", "file"):
        with pytest.raises(StorageError, match=r"cannot be opened.*check the path and the rights"):
            Database.open(f"sqlite:///{tmp_path / folder / 'node.db'}")


def test_a_commit_is_on_the_disk_before_it_is_told(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'safe.db'}")
    with database.writing() as connection:
        told = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "query_only")
        ]
    assert told == ["wal", 2, 1, 0]
    database.close()
