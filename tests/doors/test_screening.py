"""The commands of screening as a licensing officer uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from node.federation import found
from servanda.doors.cli import run

LIST = (
    "id,name,aliases,country,from,to,reason\n"
    "1,Alpha Industries Co Ltd,Alfa Ind,IR,2024-01-01,,nuclear\n"
    "2,Beta Works,,KP,2024-01-01,2024-06-01,missile\n"
)


@pytest.fixture
def own(tmp_path: Path) -> str:
    file = tmp_path / "own.csv"
    file.write_text(LIST)
    return str(file)


def ask(capsys: pytest.CaptureFixture[str], *words: str, status: int) -> Any:  # noqa: ANN401
    assert run([*words, "--json"]) == status
    return json.loads(capsys.readouterr().out)


def text(capsys: pytest.CaptureFixture[str], *words: str, status: int) -> str:
    assert run(list(words)) == status
    return " ".join(capsys.readouterr().out.split())


def test_a_match_that_holds_leaves_with_3_and_shows_why_and_of_which_list(
    capsys: pytest.CaptureFixture[str], own: str
) -> None:
    shown = text(capsys, "screen", "ALPHA Industry", "--list", own, "--at", "2024-02-01", status=3)
    assert "HOLDS" in shown
    assert "company forms differ" in shown
    assert "days" in shown
    found = ask(capsys, "screen", "ALPHA Industry", "--list", own, "--at", "2024-02-01", status=3)
    (hit,) = found["names"][0]["hits"]
    assert (hit["party"], hit["membership"], hit["holds"], hit["standing"]) == ("1", "listed", True, "open")


def test_no_match_says_what_was_compared_and_nothing_more(
    capsys: pytest.CaptureFixture[str], own: str
) -> None:
    shown = text(capsys, "screen", "Gamma Bakery", "--list", own, "--at", "2024-02-01", status=0)
    assert "no match on this list (not fresh); nothing else was checked" in shown
    assert "clear" not in shown.lower()


def test_who_had_left_the_list_is_no_hit_and_before_its_first_day_nobody_can_say(
    capsys: pytest.CaptureFixture[str], own: str
) -> None:
    assert ask(capsys, "screen", "Beta Works", "--list", own, "--at", "2024-05-31", status=3)["holds"]
    before = ask(capsys, "screen", "Beta Works", "Gamma", "--list", own, "--at", "2023-12-31", status=3)
    assert before["names"][0]["hits"][0]["membership"] == "unknown"
    assert before["cannot_tell"]
    assert ask(capsys, "screen", "Gamma", "--list", own, "--at", "2023-12-31", status=4)["cannot_tell"]


def test_an_old_list_is_said_to_be_stale(capsys: pytest.CaptureFixture[str], own: str) -> None:
    found = ask(capsys, "screen", "Gamma", "--list", own, "--at", "2026-01-01", status=0)
    assert found["lists"][0]["freshness"] == "stale"
    assert "stale" in text(capsys, "screen", "Gamma", "--list", own, "--at", "2026-01-01", status=0)


@pytest.mark.parametrize("name", ["", "   ", "!!!", "\u200b\u202e"])
def test_a_name_that_is_none_is_bad_use_and_says_what_to_do(
    capsys: pytest.CaptureFixture[str], own: str, name: str
) -> None:
    assert "give a name as it is written" in text(capsys, "screen", name, "--list", own, status=2)


@pytest.mark.parametrize("name", ["Alpha Industries " * 600, "\u202eAlpha\u202c Indu\u200bstries"])
def test_long_and_turned_names_are_answered_without_turning_the_screen(
    capsys: pytest.CaptureFixture[str], own: str, name: str
) -> None:
    status = run(["screen", name, "--list", own, "--at", "2024-02-01"])
    shown = capsys.readouterr().out
    assert status in (0, 2, 3, 4)
    assert "\u202e" not in shown
    assert "Traceback" not in shown


def test_a_file_of_names_is_asked_whole_and_its_odd_rows_are_told(
    capsys: pytest.CaptureFixture[str], own: str, tmp_path: Path
) -> None:
    names = tmp_path / "names.csv"
    names.write_text("order,name\n1,Beta Works\n2,\n3,Gamma\n")
    found = ask(capsys, "screen", str(names), "--list", own, "--at", "2024-02-01", status=3)
    assert [one["name"] for one in found["names"]] == ["Beta Works", "Gamma"]
    assert found["problems"] == [f"{names} line 3: has no name"]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe\x00", b"not a list", b'{"results": 3}', b"name,strange\nA,B\n"]
)
def test_a_broken_list_is_an_error_that_names_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "broken.list"
    file.write_bytes(data)
    assert run(["screen", "Alpha", "--list", str(file)]) == 2
    error = capsys.readouterr().err
    assert "broken.list" in error.replace("\n", "")
    assert "hint" in error


def test_a_list_that_is_not_there_and_none_at_all_are_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["screen", "Alpha", "--list", str(tmp_path / "gone.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err
    assert run(["screen", "Alpha"]) == 2
    assert "--list" in capsys.readouterr().err


def test_at_a_node_lists_are_kept_and_decisions_remembered(
    capsys: pytest.CaptureFixture[str], own: str, tmp_path: Path
) -> None:
    federation = found(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / name}.db", "A")
    federation.at("2024-02-01T09:00:00+09:00")
    home = ["--home", str(federation.nodes["A"].home)]
    kept = ask(capsys, "lists", "add", own, "--officer", "o-1", "--as", "OWN", *home, status=0)
    assert (kept["list"], kept["parties"]) == ("OWN", 2)
    assert [one["list"] for one in ask(capsys, "lists", "show", *home, status=0)] == ["OWN"]
    hit = ask(capsys, "screen", "Alpha Industries", *home, status=3)["names"][0]["hits"][0]
    words = ["--verdict", "false-positive", "--why", "another address", "--officer", "o-1"]
    assert ask(capsys, "screen", "decide", hit["pair"], "Alpha Industries", *words, *home, status=0)["waits"]
    assert run(["screen", "countersign", hit["pair"], "--officer", "o-1", *home]) == 3
    capsys.readouterr()
    ask(capsys, "screen", "countersign", hit["pair"], "--officer", "o-2", *home, status=0)
    shown = text(capsys, "screen", "Alpha Industries", *home, status=0)
    assert "set aside: false-positive by o-1" in shown
    assert "countersigned by o-2: another address" in shown
    assert "screening" in text(capsys, "register", "show", *home, status=0)
    federation.close()
