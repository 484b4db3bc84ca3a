"""Licences at a node: two persons issue, each record is checked as it is written, each is an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from licences import TERMS
from node.federation import Federation, found
from node.licensing.ground import START, issue, licensed, send
from servanda.errors import CatalogueError, FormatError, QuestionError, RefusedError, UnknownNameError
from servanda.formats.when import parse_instant
from servanda.model.licence import Change
from servanda.model.licence_event import (
    Consented,
    LicenceEvent,
    Moved,
    Reinstated,
    Reported,
    Revoked,
    Struck,
    Suspended,
)
from servanda.node import views
from servanda.node.house import Node, Work
from servanda.node.licensing.acting import act, correct, draft
from servanda.node.licensing.asking import Licences
from servanda.node.licensing.records import Recorded

LINES = '{{ lines = [{{ item = "1", quantity = "{}", unit = "kg", value = "1", currency = "JPY" }}] }}'


def do(node: Node, kind: type, **fields: object) -> Recorded:
    def make(work: Work, _events: tuple[LicenceEvent, ...], free: str) -> LicenceEvent:
        return kind(  # type: ignore[no-any-return]
            **{
                "id": free,
                "licence": "L-1",
                "officer": "C",
                "done": work.at,
                "seen": work.at,
                "reason": "why",
                **fields,
            }
        )

    return act(node, "L-1", kind.__name__.lower(), make)


@pytest.fixture
def federation(tmp_path: Path) -> Iterator[Federation]:
    made = licensed(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / name}.db")
    yield made
    made.close()


@pytest.fixture
def node(federation: Federation) -> Node:
    return federation.nodes["A"]


def standing(node: Node, at: str | None = None, known: str | None = None) -> tuple[str, str]:
    asked = Licences.of(
        node, "L-1", parse_instant(at) if at else None, parse_instant(known) if known else None
    ).standing("L-1")
    return asked.state.value, f"{asked.left[0].quantity:f}" if asked.left else ""


def test_whoever_drafted_cannot_issue_and_the_refusal_is_an_entry(
    tmp_path: Path, databases: Callable[[str], str]
) -> None:
    made = found(tmp_path / "federation", databases, "A")
    made.at(START)
    node = made.nodes["A"]
    draft(node, TERMS, "terms.toml", "A")
    with pytest.raises(RefusedError, match="another officer has to issue"):
        issue(node, "A")
    assert standing(node)[0] == "draft"
    issue(node, "B")
    assert standing(node)[0] == "issued"
    kinds = [(one["kind"], one["body"].get("doing")) for one in reversed(views.entries(node, 10))]
    assert kinds == [("licence", "drafted L-1"), ("refusal", "issued L-1"), ("licence", "issued L-1")]
    assert views.verification(node).own.problems == ()
    made.close()


def test_a_licence_is_drafted_once(node: Node) -> None:
    with pytest.raises(QuestionError, match="a licence `L-1` is on record"):
        draft(node, TERMS, "terms.toml", "A")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (b"quantity = 10", b"quantity = 0", "is `0`"),
        (b"quantity = 10", b'quantity = "-1"', "is `-1`"),
        (b"quantity = 10", b'quantity = "1e30"', "at most twelve digits"),
        (b"quantity = 10", b'quantity = "NaN"', "is `NaN`"),
        (b"quantity = 10", b'quantity = "0.0000001"', "six after it"),
        (b"quantity = 10", b"quantity = 1.5", "floating-point"),
        (b'unit = "kg"', b'unit = ""', "unit"),
        (b'currency = "JPY"\n', b"", "a value without a currency"),
        (b'"jp-export-control"', b'"a b"', "cannot name a regime"),
        (b'"Asia/Tokyo"', b'"Asia/Tokio"', "is not a zone"),
        (b'"the end user"\ndest', b'"the \xe2\x80\xaeresu dne"\ndest', "cannot be seen"),
        (b'clause = "3"', b'clause = "2"', "stands twice"),
        (b', within = "P30D"', b"", "says when in one way"),
        (b'type = "individual"', b'type = "individul"', "did you mean `individual`"),
        (b'end_user = "the end user"\n', b"", "`end_user` is missing"),
    ],
)
def test_terms_that_cannot_be_are_refused_and_leave_nothing(
    tmp_path: Path, before: bytes, after: bytes, says: str
) -> None:
    made = found(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / name}.db", "A")
    assert before in TERMS
    with pytest.raises((CatalogueError, FormatError)) as wrong:
        draft(made.nodes["A"], TERMS.replace(before, after, 1), "terms.toml", "A")
    assert says in str(wrong.value)
    assert views.entries(made.nodes["A"], 10) == []
    made.close()


def test_what_cannot_happen_then_is_refused_with_the_state(node: Node) -> None:
    with pytest.raises(RefusedError, match="its state then was issued"):
        do(node, Reinstated)
    do(node, Suspended)
    with pytest.raises(RefusedError, match="its state then was suspended"):
        send(node, "S-1", "1")
    do(node, Reinstated)
    send(node, "S-1", "1")


def test_a_suspension_learnt_later_says_which_shipments_lose_their_cover(
    federation: Federation, node: Node
) -> None:
    federation.at("2019-08-02T10:00:00+09:00")
    send(node, "S-1", "4")
    federation.at("2019-08-05T10:00:00+09:00")
    made = do(node, Suspended, done=parse_instant("2019-08-01T00:00:00Z"))
    assert [one.event.id for one in made.lost] == ["S-1"]
    assert standing(node) == ("suspended", "10")
    assert standing(node, known="2019-08-04T00:00:00Z") == ("issued", "6")


def test_a_correction_counts_once_and_cannot_draw_more_than_there_is(
    federation: Federation, node: Node
) -> None:
    federation.at("2019-08-02T10:00:00+09:00")
    send(node, "S-1", "4")
    send(node, "S-2", "5")
    with pytest.raises(RefusedError, match="would have no cover"):
        correct(node, "L-1", "S-1", LINES.format("5.5"), "D", "weighed again")
    assert standing(node)[1] == "1"
    correct(node, "L-1", "S-1", LINES.format("5"), "D", "weighed again")
    assert standing(node)[1] == "0"
    correct(node, "L-1", "S-1", LINES.format("2"), "D", "and again")
    assert standing(node)[1] == "3"
    assert send(node, "S-1", "4").again
    assert send(node, "S-1", "2").again
    do(node, Struck, of="S-2")
    assert standing(node)[1] == "8"
    with pytest.raises(QuestionError, match="was struck"):
        send(node, "S-2", "5")


@pytest.mark.parametrize(
    ("of", "changes", "says"),
    [
        ("S-9", "{ }", "no record `S-9`"),
        ("S-1", "{ }", "changes nothing"),
        ("S-1", '{ id = "S-2" }', "`id` cannot be corrected"),
        ("S-1", '{ quantity = "2" }', "no field `quantity`"),
        ("S-1", LINES.format("-2"), "write a number above zero"),
        ("S-1", "{ done = 2031-01-01 }", "still ahead"),
        ("S-1", "{ done = 2019-07-01 }", "its state then was not drafted"),
        ("S-1", '{ officer = "X" }', "`officer` cannot be corrected"),
        ("issued-1", "{ done = 2019-07-01 }", "so corrected `issued-1` has no effect"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    federation: Federation, node: Node, of: str, changes: str, says: str
) -> None:
    federation.at("2019-08-02T10:00:00+09:00")
    send(node, "S-1", "4")
    with pytest.raises((UnknownNameError, FormatError, QuestionError, RefusedError), match=says):
        correct(node, "L-1", of, changes, "D", "why")
    assert standing(node)[1] == "6"


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        (Consented, {"clause": "9", "change": Change.RESALE, "item": "1", "to": "Z"}, "those that do: 2"),
        (Consented, {"clause": "2", "change": Change.RESALE, "item": "7", "to": "Z"}, "no item `7`"),
        (Reported, {"clause": "2"}, "asks for no report"),
        (Reported, {"clause": "4"}, "a report of each shipment"),
        (Reported, {"clause": "4", "shipment": "S-9"}, "no shipment `S-9`"),
        (Struck, {"of": "S-9"}, "no record `S-9`"),
        (
            Moved,
            {
                "change": Change.RESALE,
                "item": "1",
                "quantity": Decimal(1),
                "unit": "l",
                "holder": "x",
                "to": "y",
            },
            "licensed in kg, not in l",
        ),
        (Revoked, {"done": parse_instant("2031-01-01T00:00:00Z")}, "still ahead"),
    ],
)
def test_what_a_record_names_has_to_be_there(
    node: Node, kind: type, fields: dict[str, object], says: str
) -> None:
    before = len(views.entries(node, 100))
    with pytest.raises((QuestionError, UnknownNameError), match=says):
        do(node, kind, **fields)
    assert len(views.entries(node, 100)) == before


class Life(RuleBasedStateMachine):
    """A licence of ten kilograms against a model of a few lines: a state and what each shipment holds."""

    def __init__(self) -> None:
        super().__init__()
        self.state = "issued"
        self.drawn: dict[str, int] = {}
        self.count = 0
        self.day = 11

    @initialize()
    def begin(self) -> None:
        import tempfile  # noqa: PLC0415

        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name)
        self.made = licensed(path / "federation", lambda name: f"sqlite:///{path / name}.db")
        self.node = self.made.nodes["A"]

    def teardown(self) -> None:
        self.made.close()
        self.folder.cleanup()

    def tried(self, allowed: bool, call: Callable[[], object]) -> None:
        if allowed:
            call()
            return
        with pytest.raises(RefusedError):
            call()

    @rule(quantity=st.integers(1, 12))
    def ship(self, quantity: int) -> None:
        self.count += 1
        name = f"S-{self.count}"
        fits = self.state == "issued" and sum(self.drawn.values()) + quantity <= 10
        self.tried(fits, lambda: send(self.node, name, str(quantity)))
        if fits:
            self.drawn[name] = quantity

    @precondition(lambda self: bool(self.drawn))
    @rule(data=st.data())
    def ship_again(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.drawn)))
        assert send(self.node, name, str(self.drawn[name])).again

    @precondition(lambda self: bool(self.drawn))
    @rule(data=st.data(), quantity=st.integers(1, 12))
    def weigh_again(self, data: st.DataObject, quantity: int) -> None:
        name = data.draw(st.sampled_from(sorted(self.drawn)))
        if quantity == self.drawn[name]:
            return
        others = sum(self.drawn.values()) - self.drawn[name]
        fits = others + quantity <= 10
        self.tried(fits, lambda: correct(self.node, "L-1", name, LINES.format(quantity), "D", "why"))
        if fits:
            self.drawn[name] = quantity

    @precondition(lambda self: bool(self.drawn))
    @rule(data=st.data())
    def strike(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.drawn)))
        do(self.node, Struck, of=name)
        del self.drawn[name]

    @rule(kind=st.sampled_from([Suspended, Reinstated, Revoked]))
    def act(self, kind: type) -> None:
        allowed = {Suspended: {"issued"}, Reinstated: {"suspended"}, Revoked: {"issued", "suspended"}}[kind]
        then = {Suspended: "suspended", Reinstated: "issued", Revoked: "revoked"}[kind]
        fits = self.state in allowed
        self.tried(fits, lambda: do(self.node, kind))
        if fits:
            self.state = then

    @rule()
    def wait(self) -> None:
        self.day += 1
        self.made.at(f"2019-07-{self.day:02}T10:00:00+09:00" if self.day < 31 else "2020-02-01T00:00:00Z")
        if self.day >= 31 and self.state in {"issued", "suspended"}:
            self.state = "expired"

    @invariant()
    def agrees(self) -> None:
        if not hasattr(self, "node"):
            return
        asked = Licences.of(self.node, "L-1").standing("L-1")
        drawn = sum(self.drawn.values())
        exhausted = drawn == 10 and self.state in {"issued", "expired"}
        assert asked.state.value == ("exhausted" if exhausted else self.state)
        assert asked.left[0].drawn == drawn


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
