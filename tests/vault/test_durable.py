"""Files appear whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from servanda.errors import ContainerError, VaultError
from servanda.vault.durable import appearing


@pytest.fixture(params=["without a name", "hidden"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to write: with the system's files without a name, and on systems that have none."""
    if request.param == "hidden":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_a_file_appears_with_its_bytes_and_for_its_owner_alone(tmp_path: Path) -> None:
    with appearing(tmp_path / "file") as out:
        out.write(b"whole")
        assert not (tmp_path / "file").exists()
    assert (tmp_path / "file").read_bytes() == b"whole"
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


@pytest.mark.usefixtures("way")
def test_what_has_the_name_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"older")
    with appearing(tmp_path / "file") as out:
        out.write(b"newer")
        assert (tmp_path / "file").read_bytes() == b"older"
    assert (tmp_path / "file").read_bytes() == b"newer"


def break_off(out: IO[bytes], wrong: BaseException) -> None:
    out.write(b"half")
    raise wrong


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("wrong", [ContainerError("altered"), KeyboardInterrupt(), ZeroDivisionError()])
def test_nothing_is_left_of_what_was_not_finished(tmp_path: Path, wrong: BaseException) -> None:
    (tmp_path / "file").write_bytes(b"older")
    with pytest.raises(type(wrong)), appearing(tmp_path / "file") as out:
        break_off(out, wrong)
    assert (tmp_path / "file").read_bytes() == b"older"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


@pytest.mark.usefixtures("way")
def test_a_disk_that_is_full_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="make room") as told, appearing(tmp_path / "file"):
        raise OSError(28, "No space left on device")
    assert told.value.message == "`file` cannot be written: No space left on device"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("place", ["no/file", "taken/file", "folder"])
def test_a_place_that_cannot_be_is_refused_in_words(tmp_path: Path, place: str) -> None:
    (tmp_path / "taken").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(VaultError, match="cannot be written"), appearing(tmp_path / place) as out:
        out.write(b"x")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "taken"]


@pytest.mark.usefixtures("way")
def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"elsewhere")
    (tmp_path / "file").symlink_to(tmp_path / "target")
    with appearing(tmp_path / "file") as out:
        out.write(b"here")
    assert (tmp_path / "target").read_bytes() == b"elsewhere"
    assert not (tmp_path / "file").is_symlink()


@pytest.mark.usefixtures("way")
def test_a_name_as_long_as_names_may_be_is_written(tmp_path: Path) -> None:
    with appearing(tmp_path / ("n" * 255)) as out:
        out.write(b"x")
    assert (tmp_path / ("n" * 255)).read_bytes() == b"x"


KILLED = """
import os, signal, sys
from pathlib import Path
from servanda.vault.durable import appearing
with appearing(Path(sys.argv[1]) / "secret") as out:
    out.write(b"plain text")
    out.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="this system has no files without a name")
def test_a_writer_that_is_killed_leaves_no_plain_text_behind(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []
