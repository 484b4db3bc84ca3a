"""Shipments: drawn once, never below zero, whoever ships at once and whatever is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from node.federation import Federation
from node.licensing.ground import licensed, send
from servanda.errors import QuestionError, RefusedError, UnknownNameError
from servanda.formats.when import parse_when
from servanda.node import views
from servanda.node.house import Node
from servanda.node.licensing.asking import Licences
from servanda.node.licensing.shipping import Asked, ship

RACER = """
import sys, time
from decimal import Decimal
from pathlib import Path
from servanda.errors import RefusedError
from servanda.node.house import Node
from servanda.node.licensing.shipping import Asked, ship
node = Node.open(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    try:
        ship(node, "L-1", f"{sys.argv[2]}-{number}", [Asked("1", Decimal(1), Decimal(1))], "C")
        print("won", flush=True)
    except RefusedError:
        print("refused", flush=True)
"""
KILLED = """
import os, signal, sys
from decimal import Decimal
from pathlib import Path
from servanda.node.house import Node
from servanda.node.licensing import records
from servanda.node.licensing.shipping import Asked, ship
node = Node.open(Path(sys.argv[1]))
writing = Node.writing
from contextlib import contextmanager
@contextmanager
def until_commit(self):
    with writing(self) as work:
        yield work
        if sys.argv[2] == "before":
            os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
Node.writing = until_commit
ship(node, "L-1", "S-1", [Asked("1", Decimal(4), Decimal(1))], "C")
"""


@pytest.fixture
def one(tmp_path: Path, databases: Callable[[str], str]) -> Iterator[Federation]:
    made = licensed(tmp_path / "federation", databases)
    yield made
    made.close()


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    made = licensed(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / name}.db")
    yield made.nodes["A"]
    made.close()


def remains(node: Node) -> Decimal | None:
    return Licences.of(node, "L-1").standing("L-1").left[0].quantity


def drawn(node: Node) -> list[str]:
    return [each["body"]["event"] for each in views.entries(node, 1_000) if each["kind"] == "shipment"]


def test_of_those_who_race_for_the_last_units_no_more_win_than_there_are(one: Federation) -> None:
    node = one.nodes["A"]
    send(node, "S-0", "7")
    command = [sys.executable, "-c", RACER, str(node.home)]
    racers = [
        subprocess.Popen([*command, name, "3"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in "XYZ"
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    said = []
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    for racer in racers:
        out, _ = racer.communicate(timeout=120)
        said += out.split()
    assert (said.count("won"), said.count("refused")) == (3, 6)
    assert remains(node) == 0
    assert len(drawn(node)) == 4
    kinds = [each["kind"] for each in views.entries(node, 1_000)]
    assert kinds.count("refusal") == 6
    assert views.verification(node).own.problems == ()


@pytest.mark.parametrize(("moment", "left"), [("before", 10), ("after", 6)])
def test_a_kill_leaves_all_of_a_shipment_or_nothing(one: Federation, moment: str, left: int) -> None:
    node = one.nodes["A"]
    done = subprocess.run([sys.executable, "-c", KILLED, str(node.home), moment], check=False)
    assert done.returncode == -signal.SIGKILL
    assert remains(node) == left
    assert drawn(node) == ["S-1"] * (left == 6)
    again = send(node, "S-1", "4")
    assert again.again is (left == 6)
    assert remains(node) == 6
    assert drawn(node) == ["S-1"]
    assert views.verification(node).own.problems == ()


def test_the_same_shipment_twice_is_one(node: Node) -> None:
    first, second = send(node, "S-1", "4"), send(node, "S-1", "4.0")
    assert (first.again, second.again) == (False, True)
    assert second.position == first.position
    assert remains(node) == 6


@pytest.mark.parametrize(
    "other",
    [
        {"quantity": "5"},
        {"quantity": "4", "value": "2"},
        {"quantity": "4", "to": "somebody else"},
    ],
)
def test_the_same_shipment_with_other_content_is_refused(node: Node, other: dict[str, str]) -> None:
    send(node, "S-1", "4")
    with pytest.raises(QuestionError, match="other content"):
        send(node, "S-1", **other)
    assert remains(node) == 6


def test_a_shipment_larger_than_what_remains_is_refused_with_what_remains(node: Node) -> None:
    send(node, "S-1", "9.5")
    with pytest.raises(RefusedError, match=r"0\.6 kg of item 1 are more than the 0\.5 kg that remain"):
        send(node, "S-2", "0.6")
    with pytest.raises(RefusedError, match=r"1000 JPY of item 1 is more than the 999 JPY that remain"):
        send(node, "S-2", "0.5", "1000")
    send(node, "S-2", "0.5", "999")
    assert Licences.of(node, "L-1").standing("L-1").state.value == "exhausted"


def test_a_shipment_before_the_issue_or_still_ahead_is_refused(node: Node) -> None:
    asked = [Asked("1", Decimal(1), Decimal(1))]
    with pytest.raises(RefusedError, match="its state then was draft"):
        ship(node, "L-1", "S-1", asked, "C", done=parse_when("2019-07-09"))
    with pytest.raises(RefusedError, match="its state then was not drafted"):
        ship(node, "L-1", "S-1", asked, "C", done=parse_when("2018-07-09"))
    with pytest.raises(QuestionError, match="still ahead"):
        ship(node, "L-1", "S-1", asked, "C", done=parse_when("2019-07-11"))


def test_what_the_licence_does_not_have_is_said(node: Node) -> None:
    for asked, says in (
        (Asked("2", Decimal(1), Decimal(1)), "no item `2`"),
        (Asked("1", Decimal(1), Decimal(1), unit="l"), "licensed in kg, not in l"),
        (Asked("1", Decimal(1), Decimal(1), currency="USD"), "counts in JPY, not in USD"),
        (Asked("1", Decimal(1)), "limited by value"),
    ):
        with pytest.raises(QuestionError, match=says):
            ship(node, "L-1", "S-1", [asked], "C")
    with pytest.raises(UnknownNameError, match="no licence `L-2`"):
        ship(node, "L-2", "S-1", [Asked("1", Decimal(1))], "C")


def test_an_earlier_shipment_recorded_later_never_takes_the_cover_of_another(
    tmp_path: Path, databases: Callable[[str], str]
) -> None:
    made = licensed(tmp_path / "federation", databases)
    node = made.nodes["A"]
    made.at("2019-08-01T10:00:00+09:00")
    send(node, "S-1", "8")
    late = parse_when("2019-07-20")
    with pytest.raises(RefusedError, match="shipment `S-1` would have no cover"):
        ship(node, "L-1", "S-0", [Asked("1", Decimal(3), Decimal(1))], "C", done=late)
    assert remains(node) == 2
    ship(node, "L-1", "S-0", [Asked("1", Decimal(2), Decimal(1))], "C", done=late)
    assert remains(node) == 0
    made.close()
