"""A party's own node, driven by its commands as an officer would, from making it to verifying it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from node.federation import Federation, write_catalogue
from servanda.doors.cli import run
from servanda.node.house import Node
from servanda.register import parse_proof, verify_proof


def test_two_nodes_are_made_and_introduced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_catalogue(tmp_path / "catalogue")
    homes = [str(tmp_path / "a"), str(tmp_path / "b")]
    for number, (home, party) in enumerate(zip(homes, "AB", strict=True)):
        ports = ["--peer-port", str(18443 + number), "--local-port", str(18080 + number)]
        words = ["--home", home, "--party", party, "--authority", str(tmp_path / "ca"), *ports]
        assert run(["node", "init", *words, "--catalogue", "../catalogue"]) == 0
    assert run(["node", "meet", *homes]) == 0
    assert "A, B know each other" in capsys.readouterr().out
    node = Node.open(Path(homes[0]))
    assert [peer.party for peer in node.config.peers] == ["B"]
    node.close()
    assert run(["node", "init", "--home", homes[0], "--party", "A", "--authority", str(tmp_path / "ca")]) == 1
    assert "there is a node" in capsys.readouterr().err


def test_from_the_release_to_the_destruction(small: Federation, capsys: pytest.CaptureFixture[str]) -> None:
    paper = small.folder / "paper.txt"
    paper.write_bytes(b"x")
    a, b = str(small.nodes["A"].home), str(small.nodes["B"].home)

    def ask(*words: str) -> object:
        assert run([*words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    done = ask("release", str(paper), "--to", "B", "--marking", "A-secret", "--home", a)
    assert isinstance(done, dict)
    assert (done["equivalent"], done["via"]) == ("B-secret", ["a-b"])
    small.settle()
    inbox = ask("inbox", "--home", b)
    assert isinstance(inbox, list)
    assert [one["object"] for one in inbox] == [done["object"]]
    assert ask("copy", done["object"], "--for-whom", "an officer", "--home", b) == {
        "object": done["object"],
        "copy": 1,
        "for": "an officer",
    }
    assert run(["report-compromise", done["object"], "a bag was left", "--home", b]) == 0
    assert "art. 4" in capsys.readouterr().out
    assert run(["destroy", done["object"], "--home", b, "--witness", "one", "--witness", "two"]) == 0
    assert run(["destroy", done["object"], "--home", b]) == 2
    assert run(["inbox", "--home", b]) == 0
    assert "destroyed" in capsys.readouterr().out
    assert run(["register", "show", "--home", b]) == 0
    assert "destruction" in capsys.readouterr().out
    found = ask("register", "verify", "--home", b)
    assert isinstance(found, dict)
    assert found["problems"] == []


def test_a_refused_release_leaves_with_3_and_the_article(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = small.folder / "paper.txt"
    paper.write_bytes(b"x")
    words = [
        "release",
        str(paper),
        "--to",
        "B",
        "--marking",
        "A-internal",
        "--home",
        str(small.nodes["A"].home),
    ]
    assert run(words) == 3
    assert "a-b v1 art. 2" in capsys.readouterr().err


def test_an_act_is_recorded_from_the_command_line(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(small.nodes["A"].home)
    words = ["act", "record", "a-b", "--home", home, "--id", "notice"]
    assert run([*words, "--kind", "give-notice"]) == 0
    assert run([*words, "--kind", "give-notice"]) == 2
    assert "is on record" in capsys.readouterr().err
    assert run([*words[:-1], "x", "--kind", "withdraw-notise"]) == 2
    assert "did you mean `withdraw-notice`" in capsys.readouterr().err
    assert run([*words[:-1], "x", "--kind", "withdraw-notice", "--of", "nothing"]) == 2
    assert "which is not on record" in capsys.readouterr().err
    assert run(["act", "record", "a-z", "--home", home, "--id", "y", "--kind", "announce"]) == 2
    assert "no instrument" in capsys.readouterr().err


def test_an_entry_is_proved_to_whoever_has_the_public_key(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    small.act("A", "a-b", "one", "announce")
    node = small.nodes["A"]
    assert run(["register", "prove", "0", "--home", str(node.home)]) == 0
    proof = parse_proof(capsys.readouterr().out)
    with node.reading() as connection:
        (entry,) = [bytes(one) for _, one in node.log(connection).entries(0, 1)]
    assert verify_proof(proof, entry, node.origin, (node.verifier,)).size >= 1
    assert run(["register", "prove", "99", "--home", str(node.home)]) == 1


def test_a_nodes_home_as_catalogue_is_the_law_as_that_node_has_it(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    small.act("A", "a-b", "notice", "give-notice")
    for party, notice in (("A", "pending"), ("B", None)):
        assert run(["status", "a-b", "--catalogue", str(small.nodes[party].home), "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["at"] == "2020-06-01T12:00:00+00:00"
        assert (found["notice"] or {}).get("state") == notice
