"""The trail over a node's record and a file of movements: what both tell counts once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from licences import TERMS
from node.federation import Federation
from node.licensing.ground import licensed, send
from node.licensing.test_acting import do
from servanda.errors import UnknownNameError
from servanda.formats.movements import read_movements
from servanda.formats.when import parse_when
from servanda.model.licence import Change
from servanda.model.licence_event import Consented, Moved, Reported, Suspended
from servanda.node.house import Node
from servanda.node.licensing.acting import draft
from servanda.node.licensing.asking import Licences
from servanda.node.licensing.tracing import Trails, trails

HEAD = "shipment,licence,item,quantity,from,to,date\n"


@pytest.fixture
def federation(tmp_path: Path) -> Iterator[Federation]:
    made = licensed(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / name}.db")
    made.at("2019-09-01T10:00:00+09:00")
    yield made
    made.close()


@pytest.fixture
def node(federation: Federation) -> Node:
    return federation.nodes["A"]


def trail(node: Node, lines: str = "", name: str = "L-1") -> Trails:
    sheet = read_movements((HEAD + lines).encode(), "m.csv") if lines else None
    return trails(Licences.of(node), name, sheet=sheet)


def ends(found: Trails) -> dict[tuple[str, str], str]:
    (one,) = found.trails
    return {
        (end.kind.value, end.who): f"{end.least.normalize():f}..{end.most.normalize():f}"
        for end in one.trace.ends
    }


def moved(node: Node, to: str, quantity: str, done: str, **more: object) -> None:
    fields = {"change": Change.RE_EXPORT, "item": "1", "unit": "kg", "holder": "the consignee", **more}
    do(node, Moved, quantity=Decimal(quantity), to=to, done=parse_when(done), **fields)


def test_a_shipment_is_under_way_until_its_delivery_was_verified(node: Node) -> None:
    send(node, "S-1", "4")
    way = "the exporter -> the consignee"
    assert ends(trail(node)) == {("in-transit", way): "4..4"}
    do(node, Reported, clause="4", shipment="S-1", arrived=parse_when("2019-09-01"))
    assert ends(trail(node)) == {("held", "the consignee"): "4..4"}


def test_each_hop_says_whether_a_consent_covers_it(node: Node) -> None:
    send(node, "S-1", "4", done=parse_when("2019-07-20"))
    do(node, Reported, clause="4", shipment="S-1", arrived=parse_when("2019-07-25"))
    fields = {"clause": "2", "change": Change.RE_EXPORT, "item": "1", "to": "Z"}
    do(node, Consented, done=parse_when("2019-08-01"), **fields)
    moved(node, "Z", "1", "2019-08-10")
    moved(node, "Y", "1", "2019-08-11")
    (one,) = trail(node).trails
    assert [(leg.hop.movement.to, leg.rests_on) for leg in one.legs] == [
        ("the consignee", "licence"),
        ("Z", "consent"),
        ("Y", "no-consent"),
    ]


def test_what_a_file_repeats_of_the_record_counts_once_and_what_differs_is_said(node: Node) -> None:
    send(node, "S-1", "4", done=parse_when("2019-07-20"))
    same = "S-1,L-1,1,4,The Exporter,the consignee,2019-07-20\n"
    other = "S-1,L-1,1,5,the exporter,the consignee,2019-07-20\n"
    found = trail(node, same)
    assert found.trails[0].trace.left == 4
    assert found.problems == ()
    differs = trail(node, other)
    assert differs.trails[0].trace.left == 4
    assert [one.line for one in differs.problems] == [2]


def test_goods_are_the_same_by_entry_or_words_and_other_goods_are_not_mixed_in(node: Node) -> None:
    send(node, "S-1", "4", done=parse_when("2019-07-20"))
    do(node, Reported, clause="4", shipment="S-1", arrived=parse_when("2019-07-25"))
    found = trail(
        node,
        "T-1,,Hydrogen Fluoride,3,the consignee,Z,2019-08-01\nT-2,,resist,3,the consignee,Z,2019-08-01\n",
    )
    assert ends(found) == {("held", "the consignee"): "1..1", ("held", "Z"): "3..3"}


def test_goods_of_two_licences_with_one_holder_are_not_guessed_apart(node: Node) -> None:
    draft(node, TERMS.replace(b'"L-1"', b'"L-2"').replace(b'"the exporter"', b'"another"'), "t.toml", "A")
    send(node, "S-1", "4", done=parse_when("2019-07-20"))
    do(node, Reported, clause="4", shipment="S-1", arrived=parse_when("2019-07-25"))
    found = trail(
        node,
        "T-1,L-2,1,6,another,the consignee,2019-07-30\nT-2,,1,5,the consignee,Z,2019-08-01\n",
    )
    assert ends(found) == {("held", "the consignee"): "0..4", ("held", "Z"): "0..4"}


def test_a_line_with_an_item_that_the_licence_does_not_have_is_reported(node: Node) -> None:
    send(node, "S-1", "4")
    found = trail(node, "T-1,L-1,9,3,the consignee,Z,2019-08-01\n")
    assert [(one.line, one.says) for one in found.problems] == [(2, "L-1 has no item `9`")]


def test_a_shipment_that_nothing_covered_is_shown_so(node: Node) -> None:
    send(node, "S-1", "4", done=parse_when("2019-07-20T12:00:00+09:00"))
    do(node, Suspended, done=parse_when("2019-07-15T12:00:00+09:00"))
    (one,) = trail(node).trails
    assert [leg.uncovered for leg in one.legs] == [True]


def test_a_licence_that_is_not_on_record_is_traced_over_the_file_alone(node: Node) -> None:
    found = trail(node, "T-1,M-9,x,6,a,b,2019-07-30\nT-2,,x,5,b,c,2019-08-01\n", "M-9")
    assert ends(found) == {("held", "b"): "1..1", ("held", "c"): "5..5"}
    assert (found.on_record, found.trails[0].legs[1].rests_on) == (False, "not-known")
    with pytest.raises(UnknownNameError, match="no line of the file names"):
        trail(node, "T-1,M-9,x,6,a,b,2019-07-30\n", "M-8")
