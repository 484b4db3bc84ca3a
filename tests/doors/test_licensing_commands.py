"""A licensing officer's day on the command line, from the draft to the trail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from licences import TERMS
from node.federation import Federation, found
from servanda.doors.cli import run

Ask = Callable[..., Any]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Federation]:
    made = found(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / name}.db", "A")
    made.at("2019-07-05T09:00:00+09:00")
    (tmp_path / "terms.toml").write_bytes(TERMS)
    monkeypatch.setenv("SERVANDA_HOME", str(made.nodes["A"].home))
    monkeypatch.chdir(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ask(desk: Federation, capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(*words: str, officer: str = "") -> Any:  # noqa: ANN401 - JSON
        by = ["--officer", officer] if officer else []
        assert run(["licence", *words, *by, "--json"]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    assert desk
    return asked


@pytest.fixture
def issued(desk: Federation, ask: Ask) -> Ask:
    ask("draft", "terms.toml", officer="A")
    desk.at("2019-07-10T10:00:00+09:00")
    ask("issue", "L-1", officer="B")
    return ask


def test_a_day_of_a_licensing_officer(
    desk: Federation, issued: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["--item", "1", "--quantity", "6", "--value", "10"]
    sent = issued("ship", "L-1", *line, "--shipment", "S-1", officer="C")
    assert (sent["state"], sent["remains"][0]["remains"], sent["again"]) == ("issued", "4", False)
    assert issued("ship", "L-1", *line, "--shipment", "S-1", officer="C")["again"]
    assert run(["licence", "ship", "L-1", *line, "--shipment", "S-2", "--officer", "C"]) == 3
    assert "more than the 4 kg that remain" in capsys.readouterr().err
    issued("answer", "L-1", "routing", "raised", "--reason", "a detour", officer="C")
    signs = issued("redflags", "L-1")
    assert [one["found"] for one in signs["signs"]].count("unanswered") == 6
    assert (signs["listed"], signs["not_known_here"]) == (19, 12)
    desk.at("2019-09-01T10:00:00+09:00")
    arrived = ["--arrived", "2019-07-20", "--received", "1 5.5"]
    issued("reported", "L-1", "--clause", "4", "--shipment", "S-1", *arrived, officer="C")
    issued(
        *("moved", "L-1", "--change", "resale", "--item", "1", "--quantity", "2"),
        *("--holder", "the consignee", "--to", "Z", "--done", "2019-08-20"),
        officer="C",
    )
    owed = {(one["clause"], one["about"]): one["state"] for one in issued("duties")}
    assert owed == {("2", "moved-1"): "breached", ("2", ""): "open", ("3", ""): "open"}
    everything = {(one["clause"], one["about"]): one for one in issued("duties", "--all")}
    assert (everything["4", "S-1"]["state"], everything["4", "S-1"]["late"]) == ("done", True)
    (item,) = issued("trace", "L-1")["items"]
    assert {(one["end"], one["who"]): one["most"] for one in item["ends"]} == {
        ("held", "the consignee"): "3.5",
        ("held", "Z"): "2",
        ("not-accounted-for", "the exporter -> the consignee"): "0.5",
    }
    assert item["flags"] == []
    issued("revoke", "L-1", "--reason", "resold", officer="C")
    shown = issued("show", "L-1")
    assert shown["state"] == "revoked"
    assert [one["state"] for one in issued("list", "--known-at", "2019-08-01T00:00:00Z")] == ["issued"]
    assert issued("list", "--state", "draft") == []


@pytest.mark.usefixtures("issued")
def test_every_answer_is_printed_for_people_too(capsys: pytest.CaptureFixture[str]) -> None:
    line = ["--item", "1", "--quantity", "6", "--value", "10", "--shipment", "S-1", "--officer", "C"]
    for words, says in (
        (["ship", "L-1", *line], "item 1: 4 of 10 kg and 990 of 1000 JPY left"),
        (["show", "L-1"], "Export Trade Control Order art. 8"),
        (["list"], "4 of 10 kg"),
        (["duties"], "delivery-verification"),
        (["redflags", "L-1"], "7 unanswered (which is not a no)"),
        (["trace", "L-1"], "no arrival known"),
        (["suspend", "L-1", "--reason", "doubt", "--officer", "C"], "L-1: suspended since"),
        (["reinstate", "L-1", "--officer", "C"], "L-1: issued since"),
        (["surrender", "L-1", "--officer", "C"], "L-1: surrendered since"),
    ):
        assert run(["licence", *words]) == 0
        assert says in capsys.readouterr().out


def test_the_drafter_is_refused_and_told_why(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    ask("draft", "terms.toml", officer="A")
    assert run(["licence", "issue", "L-1", "--officer", "A"]) == 3
    assert "had a hand in the draft" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["ship", "L-1", "--item", "1", "--quantity", "-4", "--value", "1"], 2, "not an amount above zero"),
        (["ship", "L-1", "--item", "1", "--quantity", "0", "--value", "1"], 2, "above zero"),
        (["ship", "L-1", "--item", "1", "--quantity", "1e99", "--value", "1"], 2, "not an amount"),
        (["ship", "L-1", "--item", "1", "--quantity", "9" * 40, "--value", "1"], 2, "not an amount"),
        (["ship", "L-1", "--item", "1", "--quantity", "1"], 2, "limited by value"),
        (["ship", "L-1", "--item", "1", "--item", "2", "--quantity", "1"], 2, "do not go together"),
        (["ship", "L-1", "--item", "1", "--quantity", "1", "--unit", "l", "--value", "1"], 2, "not in l"),
        (["ship", "L-2", "--item", "1", "--quantity", "1"], 2, "did you mean `L-1`"),
        (
            ["ship", "L-1", "--item", "1", "--quantity", "1", "--value", "1", "--done", "2019-07-01"],
            3,
            "its state then was not drafted",
        ),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(
    issued: Ask, capsys: pytest.CaptureFixture[str], words: list[str], status: int, says: str
) -> None:
    assert run(["licence", *words, "--shipment", "S-1", "--officer", "C"]) == status
    assert says in capsys.readouterr().err
    assert issued("show", "L-1")["remains"][0]["remains"] == "10"


def test_lines_of_a_file_that_were_not_counted_are_listed(
    issued: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "m.csv").write_text("shipment,item,quantity,from,to,date\nT-1,1,x,a,b,2019-07-20\n")
    assert issued("trace", "L-1", "m.csv")["problems"][0]["line"] == 2
    assert run(["licence", "trace", "L-1", "m.csv"]) == 0
    printed = capsys.readouterr().out
    assert "lines that were not counted: 1" in printed
    assert "no column `arrived`" in printed
    assert run(["licence", "trace", "L-1", "nothing.csv"]) == 2
    assert run(["licence", "draft", "nothing.toml", "--officer", "A"]) == 2
