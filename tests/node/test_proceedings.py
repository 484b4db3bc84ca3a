"""A dialogue between nodes: its steps travel, and a condition that breaks is a matter on both screens."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from node import federation as made
from servanda.doors.web.pages import local_app
from servanda.errors import UnknownNameError
from servanda.model.status import Holds, Phase, Standpoint
from servanda.node.house import Node
from servanda.node.reporting import differing
from servanda.status import ask

DIALOGUE = """
format = "servanda/instrument@1"
id = "talks"
kind = "consultation"
version = 1
title.en = "Talks of A and B"
parties = ["A", "B"]
[clause."1"]
kind = "proceeding"
follows = "plain-consultation"
roles = { participant = ["A", "B"] }
"""


@pytest.fixture
def federation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[made.Federation]:
    def write(folder: Path, parties: str = "ABC") -> None:
        original(folder, parties)
        (folder / "talks").mkdir()
        (folder / "talks" / "text-1.toml").write_text(DIALOGUE)
        pattern = resources.files("servanda.catalogue").joinpath("plain-consultation", "text-1.toml")
        (folder / "plain-consultation").mkdir()
        (folder / "plain-consultation" / "text-1.toml").write_text(pattern.read_text(encoding="utf-8"))

    original = made.write_catalogue
    monkeypatch.setattr(made, "write_catalogue", write)
    found = made.found(tmp_path / "f", lambda name: f"sqlite:///{tmp_path / name}.db", "AB")
    found.at("2020-06-01T12:00:00Z")
    for party in "AB":
        found.act(party, "talks", f"{party}-agrees", "take-step", step="agree-to-hold")
    found.act("A", "a-b", "notice", "give-notice")
    condition = '{ while = { instrument = "talks", says = "while the talks go on" }, mode = "frozen" }'
    found.act("A", "a-b", "suspension", "suspend-notice", condition, of="notice")
    found.settle()
    yield found
    found.close()


def holds(node: Node) -> set[Holds]:
    with node.reading() as connection:
        registry = node.registry(connection)
    found = ask(registry, "a-b", Standpoint(node.now()))
    return {one.holds for value in found.values for one in value.hanging}


def page(node: Node) -> str:
    return TestClient(local_app(node), base_url="http://localhost").get("/").text


def test_a_step_that_each_party_takes_for_itself_has_effect_once_both_have(
    federation: made.Federation,
) -> None:
    for node in federation.nodes.values():
        with node.reading() as connection:
            (status,) = ask(node.registry(connection), "talks", Standpoint(node.now())).values
        assert status.phase is Phase.UNDER_WAY
        assert holds(node) == {Holds.HOLDS}
        assert "Matters pending" not in page(node)


def test_a_dialogue_that_one_breaks_off_is_a_matter_pending_on_both_screens_and_ends_nothing(
    federation: made.Federation,
) -> None:
    federation.at("2020-06-01T13:00:00Z")
    federation.act("B", "talks", "break", "take-step", step="break-off")
    federation.settle()
    for node in federation.nodes.values():
        assert holds(node) == {Holds.BROKEN}
        shown = page(node)
        assert "Matters pending" in shown
        assert "suspension" in shown
        assert "nothing follows by itself" in shown
        with node.reading() as connection:
            registry = node.registry(connection)
            assert differing(connection, registry) == []
        assert {value.phase for value in ask(registry, "a-b", Standpoint(node.now())).values} == {
            Phase.IN_FORCE
        }
    federation.at("2020-06-09T13:00:00Z")
    assert {
        value.phase for value in ask(registry, "a-b", Standpoint(federation.nodes["A"].now())).values
    } == {Phase.IN_FORCE}


def test_while_the_other_node_has_not_heard_of_it_the_two_differ_and_say_so(
    federation: made.Federation,
) -> None:
    federation.at("2020-06-01T13:00:00Z")
    federation.cut.parties.add("A")
    federation.act("B", "talks", "break", "take-step", step="break-off")
    federation.settle()
    assert holds(federation.nodes["A"]) == {Holds.HOLDS}
    assert holds(federation.nodes["B"]) == {Holds.BROKEN}
    federation.cut.parties.clear()
    federation.at("2020-06-02T13:00:00Z")
    federation.settle()
    assert holds(federation.nodes["A"]) == {Holds.BROKEN}


def test_nobody_records_a_condition_on_what_is_not_known_here(federation: made.Federation) -> None:
    condition = '{ while = { instrument = "nowhere", says = "while it is" } }'
    with pytest.raises(UnknownNameError):
        federation.act("A", "a-b", "odd", "announce", condition)


def test_what_was_undertaken_is_due_on_both_nodes_until_it_is_fulfilled(federation: made.Federation) -> None:
    federation.act("A", "talks", "promise", "undertake", "{ due = 2020-06-30 }", what="a list of items")
    federation.settle()

    def due(node: Node, at: str) -> list[tuple[str, str]]:
        federation.at(at)
        with node.reading() as connection:
            (status,) = ask(node.registry(connection), "talks", Standpoint(node.now())).values
        assert status.standing is not None
        return [(one.name, one.state.value) for one in status.standing.due]

    for node in federation.nodes.values():
        assert due(node, "2020-06-02T12:00:00Z") == [("promise", "running")]
        assert due(node, "2020-07-01T00:00:00Z") == [("promise", "passed")]
    federation.act("A", "talks", "done", "fulfil", of="promise")
    federation.settle()
    assert due(federation.nodes["B"], "2020-07-02T00:00:00Z") == [("promise", "met")]
