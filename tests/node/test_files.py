"""Objects on disk: whole and durable under their digest, or not there."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import FormatError, StorageError
from servanda.node.files import Objects

HELLO = hashlib.sha256(b"hello").hexdigest()
OTHER = hashlib.sha256(b"other").hexdigest()


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def objects(tmp_path: Path) -> Objects:
    return Objects(tmp_path / "objects", most_bytes=10)


@given(st.lists(st.binary(max_size=300), max_size=8))
def test_an_object_is_its_bytes_however_they_come(chunks: list[bytes]) -> None:
    whole = b"".join(chunks)
    digest = hashlib.sha256(whole).hexdigest()
    with tempfile.TemporaryDirectory() as folder:
        objects = Objects(Path(folder), most_bytes=len(whole))
        objects.take(digest, iter(chunks))
        assert objects.path(digest).read_bytes() == whole
        assert files(Path(folder)) == [f"{digest[:2]}/{digest}"]


@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=8), st.integers(1, 300))
def test_other_bytes_than_the_digests_leave_nothing(chunks: list[bytes], less: int) -> None:
    whole = b"".join(chunks)
    wrong = hashlib.sha256(whole[:-1]).hexdigest()
    with tempfile.TemporaryDirectory() as folder:
        with pytest.raises(FormatError, match="the object is not"):
            Objects(Path(folder), len(whole)).take(wrong, iter(chunks))
        with pytest.raises(StorageError, match="most_object_bytes"):
            Objects(Path(folder), max(len(whole) - less, 0)).take(wrong, iter(chunks))
        assert files(Path(folder)) == []


def test_the_length_allowed_is_allowed(objects: Objects) -> None:
    digest = hashlib.sha256(b"0123456789").hexdigest()
    objects.take(digest, iter([b"01234", b"56789"]))
    assert objects.has(digest)


def test_taking_an_object_again_changes_nothing(objects: Objects, tmp_path: Path) -> None:
    for _ in range(2):
        objects.take(HELLO, iter([b"hello"]))
    assert files(tmp_path) == [f"objects/{HELLO[:2]}/{HELLO}"]


def test_taking_an_object_again_mends_one_that_was_damaged(objects: Objects) -> None:
    objects.take(HELLO, iter([b"hello"]))
    objects.path(HELLO).write_bytes(b"hellO")
    objects.take(HELLO, iter([b"hello"]))
    assert objects.path(HELLO).read_bytes() == b"hello"


def test_a_sender_that_breaks_off_leaves_nothing_and_its_error_stays_its_own(
    objects: Objects, tmp_path: Path
) -> None:
    def breaking_off() -> Iterator[bytes]:
        yield b"hel"
        raise ConnectionResetError("the sender is gone")

    with pytest.raises(ConnectionResetError, match="the sender is gone"):
        objects.take(HELLO, breaking_off())
    assert files(tmp_path) == []
    assert not objects.has(HELLO)


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/passwd", HELLO.upper(), HELLO + "\n", HELLO[:-1], "٠" * 64, "\x00" * 64]
)
def test_only_a_digest_is_a_name(objects: Objects, name: str) -> None:
    for use in (objects.path, objects.has, objects.remove):
        with pytest.raises(FormatError, match="is not a digest"):
            use(name)
    with pytest.raises(FormatError, match="is not a digest"):
        objects.take(name, iter([b""]))
    with pytest.raises(FormatError, match="is not a digest"):
        objects.adopt(objects.temporary(), name)


def test_only_the_owner_reads_an_object(objects: Objects) -> None:
    objects.take(HELLO, iter([b"hello"]))
    path = objects.path(HELLO)
    modes = [one.stat().st_mode & 0o777 for one in (path, path.parent, path.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]


def test_a_file_made_here_gets_its_name(objects: Objects, tmp_path: Path) -> None:
    temporary = objects.temporary()
    temporary.write_bytes(b"hello")
    objects.adopt(temporary, HELLO)
    assert files(tmp_path) == [f"objects/{HELLO[:2]}/{HELLO}"]


def test_a_file_that_cannot_get_its_name_is_not_left(objects: Objects, tmp_path: Path) -> None:
    temporary = objects.temporary()
    temporary.write_bytes(b"hello")
    (tmp_path / "objects" / HELLO[:2]).touch()
    with pytest.raises(StorageError, match="cannot be made"):
        objects.adopt(temporary, HELLO)
    assert not temporary.exists()


def test_removing_twice_is_removing_once(objects: Objects) -> None:
    objects.remove(HELLO)
    objects.take(HELLO, iter([b"hello"]))
    objects.remove(HELLO)
    objects.remove(HELLO)
    assert not objects.has(HELLO)


def test_the_sweep_removes_what_no_record_names_and_nothing_else(objects: Objects, tmp_path: Path) -> None:
    objects.take(HELLO, iter([b"hello"]))
    objects.take(OTHER, iter([b"other"]))
    objects.temporary().write_bytes(b"hal")
    (tmp_path / "objects" / "notes").mkdir()
    (tmp_path / "objects" / "notes" / "deep").mkdir()
    (tmp_path / "objects" / "notes" / "of-an-officer.txt").touch()
    assert objects.sweep({HELLO}) == 2
    assert files(tmp_path / "objects") == [f"{HELLO[:2]}/{HELLO}", "notes/of-an-officer.txt"]
    assert objects.sweep({HELLO}) == 0


def test_the_sweep_of_a_folder_that_is_not_there_finds_nothing(tmp_path: Path) -> None:
    assert Objects(tmp_path / "nowhere", 1).sweep(set()) == 0


def test_a_folder_that_cannot_be_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    objects = Objects(tmp_path / "file", 10)
    for use in (
        lambda: objects.take(HELLO, iter([b"hello"])),
        objects.temporary,
        lambda: objects.remove(HELLO),
    ):
        with pytest.raises(StorageError, match=r"Not a directory|File exists"):
            use()


RUN = """
import os, resource, signal, sys
from pathlib import Path
from servanda.errors import StorageError
from servanda.node.files import Objects
objects = Objects(Path(sys.argv[1]), 1 << 30)
"""
FULL = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))
try:
    objects.take("0" * 64, iter([b"x" * {size}] * {count}))
except StorageError as wrong:
    print(wrong)
"""


@pytest.mark.parametrize(("size", "count"), [(1 << 15, 5), (1 << 20, 1), ((1 << 16) + 1, 1), (1000, 66)])
def test_on_a_full_disk_nothing_is_left(tmp_path: Path, size: int, count: int) -> None:
    program = RUN + FULL.format(size=size, count=count)
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path], check=True, capture_output=True, text=True
    )
    assert done.stdout == "an object cannot be written: File too large; make room\n"
    assert files(tmp_path) == []


NO_HANDLES = """
resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
try:
    objects.take("0" * 64, iter([b"x"]))
except StorageError as wrong:
    print(wrong)
"""


def test_without_handles_nothing_is_left_and_it_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RUN + NO_HANDLES, tmp_path]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "let the process open more files" in done.stdout
    assert files(tmp_path) == []


KILLED = """
left = {after}
def flush(handle, really=os.fsync):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    really(handle)
os.fsync = flush
objects.take("{digest}", iter([b"hello"]))
"""


@pytest.mark.parametrize(("after", "there"), [(0, False), (1, True), (2, True), (3, True)])
def test_a_kill_at_any_flush_leaves_the_whole_object_or_none(
    tmp_path: Path, after: int, *, there: bool
) -> None:
    program = RUN + KILLED.format(after=after, digest=HELLO)
    done = subprocess.run([sys.executable, "-c", program, tmp_path / "objects"], check=False)
    assert done.returncode == -signal.SIGKILL
    objects = Objects(tmp_path / "objects", 10)
    assert objects.has(HELLO) is there
    objects.sweep({HELLO})
    assert files(tmp_path / "objects") == ([f"{HELLO[:2]}/{HELLO}"] if there else [])
    objects.take(HELLO, iter([b"hello"]))
    assert objects.path(HELLO).read_bytes() == b"hello"
    assert os.listdir(tmp_path / "objects" / "incoming") == []  # noqa: PTH208 - names are what is asked
