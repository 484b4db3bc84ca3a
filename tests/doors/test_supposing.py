"""The command whatif: what an officer reads in half a minute, and everything as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from node.federation import Federation, write_catalogue
from servanda.doors.cli import run

AT = ["--at", "2019-11-23T00:00:00+09:00"]
LAPSE = "lapse jp-kr-2016 2019-11-23T00:00:00+09:00"
NEW = """
format = "servanda/instrument@1"
id = "c-e-2019"
kind = "protection-agreement"
version = 1
title.en = "An agreement between C and E"
parties = ["C", "E"]
[clause."1"]
kind = "entry-into-force"
rule = { by = "stated", on = 2019-01-01 }
[clause."2"]
kind = "term"
[clause."3"]
kind = "equivalence"
levels = { SECRET = { C = ["C-secret"], E = ["E-secret"] } }
"""
PARTIES = """
format = "servanda/parties@1"
[party.E]
kind = "state"
name.en = "E"
seat = "UTC"
levels = [{ word = "E-secret", rank = 1 }]
"""


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401
    assert run(["whatif", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["whatif", *words]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_the_gsomia_lapses_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, "--assume", LAPSE, *AT)
    for words in (
        "jp-kr-2016 in force terminated",
        "JP to KR stops: 極秘, 特定秘密, 秘 jp-kr-2016 is terminated",
        "detour through US, foreseen by tisa-2014",
        "US to KR: read scope of us-kr-1987; JP consents in writing that US gives it to KR",
        "what was given under jp-kr-2016 stays under 28 duties",
        "becomes the linchpin US for JP to AU, KR, PH: 極秘, 特定秘密, 秘; without it nothing gets through",
    ):
        assert words in found


def test_the_same_in_json_with_every_flow_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, "--assume", LAPSE, *AT)
    assert found["statuses"] == [
        {"instrument": "jp-kr-2016", "before": ["in_force"], "after": ["terminated"]}
    ]
    assert {one["turn"] for one in found["flows"]} == {"stops"}
    assert {tuple(one["topics"]) for one in found["flows"]} == {(), ("dprk-missile",), ("dprk-nuclear",)}
    assert {("JP", "KR"), ("KR", "JP")} == {(one["holder"], one["recipient"]) for one in found["flows"]}
    flow = next(one for one in found["flows"] if one["topics"] == ["dprk-missile"])
    (route,) = flow["routes"]
    assert (route["through"], route["under"]) == (["US"], ["tisa-2014"])
    assert route["earliest"] == route["hops"][1]["earliest"] == "2019-11-23T00:00:00+09:00"
    assert found["held"] == []
    pins = {(one["party"], one["holder"], one["recipient"]): one for one in found["linchpins"]}
    assert pins["US", "JP", "KR"]["without"] == {"highest": "", "about": []}
    assert pins["US", "JP", "KR"]["with"]["highest"] == "機密"
    assert found["parties"]["US"]["en"]


def test_an_end_without_an_instant_is_at_the_instant_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "--assume", "lapse jp-kr-2016", *AT) == ask(capsys, "--assume", LAPSE, *AT)
    earlier = ["--at", "2019-11-22T23:59:59+09:00"]
    assert ask(capsys, "--assume", LAPSE, *earlier)["flows"] == []


def test_a_party_leaves(capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, "--assume", "leave US", *AT)
    stands = {one["instrument"]: one["after"] for one in found["statuses"]}
    assert stands["jp-us-2007"] == ["terminated"]
    assert stands["tisa-2014"] == ["suspended"]


def test_a_decision_may_be_asked_in_such_a_world(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["decide", "--holder", "JP", "--recipient", "KR", "--marking", "極秘", *AT, "--json"]
    assert run([*words, "--assume", "lapse jp-kr-2016"]) == 3
    answer = json.loads(capsys.readouterr().out)
    assert [one["through"] for one in answer["routes"]] == [["US"]]


def test_a_new_agreement_from_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write_catalogue(tmp_path / "own")
    new = tmp_path / "new"
    new.mkdir()
    (new / "text-1.toml").write_text(NEW, encoding="utf-8")
    (new / "parties.toml").write_text(PARTIES, encoding="utf-8")
    own = ["--catalogue", str(tmp_path / "own"), *AT]
    found = ask(capsys, "--assume", f"conclude {new}", *own)
    assert found["statuses"] == [{"instrument": "c-e-2019", "before": [], "after": ["in_force"]}]
    begun = {(one["holder"], one["recipient"]) for one in found["flows"] if one["turn"] == "begins"}
    assert begun == {("C", "E"), ("E", "C")}
    assert "C to E begins: C-secret under c-e-2019" in said(capsys, "--assume", f"conclude {new}", *own)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("lapse", "is not a supposition"),
        ("lapse jp-kr-2016 tomorrow", "tomorrow"),
        ("lapse jp-kr", "no instrument `jp-kr`"),
        ("leave XX", "no party `XX`"),
        ("conclude /nonexistent", "cannot be read"),
        ("forget it", "conclude FOLDER"),
    ],
)
def test_what_is_no_supposition_is_one_sentence_and_what_to_do(
    capsys: pytest.CaptureFixture[str], words: str, says: str
) -> None:
    assert run(["whatif", "--assume", words, *AT]) in (1, 2)
    shown = capsys.readouterr()
    assert says in " ".join(shown.err.split())
    assert "Traceback" not in shown.err
    assert shown.out == ""


def test_a_folder_without_a_text_is_no_agreement(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["whatif", "--assume", f"conclude {tmp_path}", *AT]) != 0
    assert "needs text-1.toml" in " ".join(capsys.readouterr().err.split())


def test_a_home_tells_who_holds_what(small: Federation, capsys: pytest.CaptureFixture[str]) -> None:
    paper = small.folder / "paper.txt"
    paper.write_bytes(b"x")
    a, b = str(small.nodes["A"].home), str(small.nodes["B"].home)
    assert run(["release", str(paper), "--to", "B", "--marking", "A-secret", "--home", a, "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    small.settle()
    for home in (a, b):
        (item,) = ask(capsys, "--assume", "lapse a-b", "--catalogue", home)["held"]
        assert item == {
            "object": done["object"],
            "originators": ["A"],
            "holder": "B",
            "marking": "A-secret",
            "under": "a-b",
        }
        assert "who holds what was given under it" in said(
            capsys, "--assume", "lapse a-b", "--catalogue", home
        )
    assert run(["destroy", done["object"], "--home", b, "--witness", "one", "--witness", "two"]) == 0
    capsys.readouterr()
    assert ask(capsys, "--assume", "lapse a-b", "--catalogue", b)["held"] == []
