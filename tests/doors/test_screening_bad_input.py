"""What people type, and what files hold: never a traceback, and never `no match` in place of a question."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from node.federation import found
from servanda.doors.cli import run

LIST = "id,name,aliases,country,from,to,reason\n1,Alpha Industries Co Ltd,Alfa Ind,IR,2024-01-01,,nuclear\n"


@pytest.fixture
def own(tmp_path: Path) -> str:
    file = tmp_path / "own.csv"
    file.write_text(LIST)
    return str(file)


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int) -> str:
    assert run(list(words)) == status
    printed = capsys.readouterr()
    return " ".join((printed.out + printed.err).split())


@pytest.mark.parametrize("word", ["customers.csv", "customers.TXT", "a" * 300 + ".txt", "no/such/folder.csv"])
def test_a_file_that_is_not_there_is_no_name(capsys: pytest.CaptureFixture[str], own: str, word: str) -> None:
    assert "is no file" in said(capsys, "screen", word, "--list", own, status=2)


def test_a_file_of_another_ending_and_a_folder_are_no_names(
    capsys: pytest.CaptureFixture[str], own: str, tmp_path: Path
) -> None:
    book = tmp_path / "names.xlsx"
    book.write_bytes(b"PK")
    assert "save the names" in said(capsys, "screen", str(book), "--list", own, status=2)
    (tmp_path / "d.csv").mkdir()
    assert "is no file" in said(capsys, "screen", str(tmp_path / "d.csv"), "--list", own, status=2)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("n.csv", "id;name\n1;Alpha Industries\n", "divided by ';'"),
        ("n.csv", "id\tname\n1\tAlpha Industries\n", "divided by '\\t'"),
        ("n.csv", "id,company\n1,Alpha Industries\n", "no column `name`"),
        ("n.csv", "name\n\n", "holds no name"),
        ("n.txt", "\n \n", "holds no name"),
        ("n.csv", 'name\n"Alpha\n', "is not CSV"),
    ],
)
def test_a_file_of_names_that_would_be_read_wrongly_is_refused(
    capsys: pytest.CaptureFixture[str], own: str, tmp_path: Path, file: str, content: str, told: str
) -> None:
    (tmp_path / file).write_text(content)
    assert told in said(capsys, "screen", str(tmp_path / file), "--list", own, status=2)


def test_a_file_of_names_in_another_encoding_is_refused(
    capsys: pytest.CaptureFixture[str], own: str, tmp_path: Path
) -> None:
    (tmp_path / "n.txt").write_bytes("株式会社アルファ".encode("shift_jis"))
    assert "save it as UTF-8" in said(capsys, "screen", str(tmp_path / "n.txt"), "--list", own, status=2)


def test_lines_are_names_as_they_stand_with_quotes_commas_and_what_unicode_calls_a_line(
    capsys: pytest.CaptureFixture[str], own: str, tmp_path: Path
) -> None:
    names = ['O"Brien', "KIM, Jong Un", "Alpha\u2028Industries", "Gamma"]
    (tmp_path / "n.txt").write_text("\r\n".join(names))
    assert run(["screen", str(tmp_path / "n.txt"), "--list", own, "--json"]) == 3
    assert [one["name"] for one in json.loads(capsys.readouterr().out)["names"]] == names


def test_a_row_that_is_cut_is_told_and_the_status_says_that_nobody_can_tell(
    capsys: pytest.CaptureFixture[str], own: str, tmp_path: Path
) -> None:
    (tmp_path / "n.csv").write_text("id,name,city\n1,Gamma,X\n2\n3,Delta\n")
    shown = said(capsys, "screen", str(tmp_path / "n.csv"), "--list", own, status=4)
    assert "line 3: has no name" in shown
    assert "line 4: has 2 cells for 3 columns" in shown
    assert "Delta: no match" in shown


@pytest.mark.parametrize(
    "bounds", [("--limit", "0"), ("--limit=-1",), ("--least", "101"), ("--least", "nan")]
)
def test_bounds_that_would_hide_what_holds_are_refused(
    capsys: pytest.CaptureFixture[str], own: str, bounds: tuple[str, ...]
) -> None:
    shown = said(capsys, "screen", "Alpha Industries", "--list", own, *bounds, status=2)
    assert "would leave out what holds" in shown


def test_a_name_is_printed_without_what_commands_a_terminal(
    capsys: pytest.CaptureFixture[str], own: str
) -> None:
    for name in ("\x1b[31mGamma\u202e\u2066", "\u3164\u202e", "Gamma\x07\x08"):
        run(["screen", name, "--list", own])
        printed = capsys.readouterr()
        assert not set("\x1b\u202e\u2066\u3164\x07\x08") & set(printed.out + printed.err)


def test_bytes_that_are_no_text_are_no_name(own: str) -> None:
    command = [sys.executable, "-m", "servanda", "screen", b"Alpha \xff\xfe", "--list", own, "--json"]
    strict = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    done = subprocess.run(command, check=False, capture_output=True, env=strict, timeout=60)
    assert done.returncode == 2
    assert b"not UTF-8" in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=200))
def test_whatever_is_typed_has_an_answer_or_an_error_with_a_hint(
    capsys: pytest.CaptureFixture[str], own: str, name: str
) -> None:
    status = run(["screen", "--list", own, "--", name])
    printed = capsys.readouterr()
    assert status in (0, 2, 3)
    assert printed.out or "hint" in printed.err
    assert "cleared" not in (printed.out + printed.err).replace(name, "").lower()


def test_a_list_that_never_ends_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("a file that never ends is needed: /dev/zero")
    assert "larger than" in said(capsys, "screen", "Alpha", "--list", "/dev/zero", status=2)


def test_before_the_first_copy_of_a_node_nobody_can_tell(
    capsys: pytest.CaptureFixture[str], own: str, tmp_path: Path
) -> None:
    federation = found(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / name}.db", "A")
    federation.at("2024-02-01T09:00:00Z")
    home = ["--home", str(federation.nodes["A"].home)]
    assert "there is no list" in said(capsys, "screen", "Gamma", *home, status=2)
    said(capsys, "lists", "add", own, "--officer", "sato", "--as", "OWN", *home, status=0)
    shown = said(capsys, "screen", "Alpha Industries", "--known-at", "2024-01-31", *home, status=4)
    assert "no list was kept by then: the first, OWN, came at 2024-02-01T09:00" in shown
    shown = said(capsys, "screen", "Gamma", "--at", "2023-12-31", *home, status=4)
    assert "of 2023-12-31 nothing is known from OWN: cannot tell" in shown
    assert "no match" in said(capsys, "screen", "Gamma", "--at", "2024-02-01", *home, status=0)
    # The same list, named and kept: each hit once for each of its codes, and never twice for one.
    assert run(["screen", "Alpha Industries", "--list", own, *home, "--json"]) == 3
    pairs = [hit["pair"] for hit in json.loads(capsys.readouterr().out)["names"][0]["hits"]]
    assert len(pairs) == len(set(pairs)) == 2
    federation.close()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--officer", " ", "--why", "x"], "officer"),
        (["--officer", "sato", "--why", " "], "reason"),
        (["--officer", "sato", "--why", "x" * 5000], "reason"),
    ],
)
def test_a_decision_without_officer_or_reason_is_bad_use(
    capsys: pytest.CaptureFixture[str], own: str, tmp_path: Path, more: list[str], told: str
) -> None:
    federation = found(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / name}.db", "A")
    home = ["--home", str(federation.nodes["A"].home)]
    name = "Alpha Industries"
    assert run(["screen", name, "--list", own, *home, "--json"]) == 3
    pair = json.loads(capsys.readouterr().out)["names"][0]["hits"][0]["pair"]
    words = ["screen", "decide", pair, name, "--verdict", "false-positive", "--list", own, *home]
    assert told in said(capsys, *words, *more, status=2)
    words[2] = "0" * 16
    assert "no hit of that name" in said(capsys, *words, "--officer", "a", "--why", "b", status=2)
    assert run(["screen", "decide", pair, name, "--verdict", "cleared", *home, *more]) == 2
    capsys.readouterr()
    federation.close()
