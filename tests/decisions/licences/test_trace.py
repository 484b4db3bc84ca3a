"""The trail of a licence's goods: exact over splits, merges and cycles; never a guess about a mixed stock."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.decisions.licences import trace as tracing
from servanda.decisions.licences.ordering import ordered, units
from servanda.decisions.licences.trace import Doubt, EndKind, Trace, trace
from servanda.formats.when import parse_when
from servanda.model.movement import Movement

UTC = ZoneInfo("UTC")


def move(
    origin: str,
    to: str,
    quantity: str,
    day: str,
    licence: str = "",
    arrived: str | None = None,
    received: str | None = None,
    unit: str = "kg",
    told: bool = False,
) -> Movement:
    return Movement(
        id=f"{origin}{to}{day}{quantity}{licence}",
        origin=origin,
        to=to,
        party=to,
        item="1",
        quantity=Decimal(quantity),
        unit=unit,
        done=parse_when(day),
        licence=licence,
        arrived=None if arrived is None else parse_when(arrived),
        arrival_told=told or arrived is not None,
        received=None if received is None else Decimal(received),
    )


def follow(*movements: Movement) -> Trace:
    return trace(movements, "L", "1", "kg", "X", UTC)


def ends(found: Trace) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (one.kind.value, one.who): (f"{one.least.normalize():f}", f"{one.most.normalize():f}")
        for one in found.ends
    }


def test_a_straight_trail_is_followed_to_its_last_holder() -> None:
    found = follow(move("X", "A", "10", "2020-01-01", "L"), move("A", "B", "4", "2020-02-01"))
    assert ends(found) == {("held", "A"): ("6", "6"), ("held", "B"): ("4", "4")}
    assert [one.first for one in found.hops] == [True, False]
    assert found.flags == ()


def test_of_a_mixed_stock_the_part_that_cannot_be_attributed_is_said() -> None:
    found = follow(
        move("X", "A", "10", "2020-01-01", "L"),
        move("Y", "A", "5", "2020-01-02", "M"),
        move("A", "B", "8", "2020-02-01"),
    )
    assert ends(found) == {("held", "A"): ("2", "7"), ("held", "B"): ("3", "8")}


def test_parts_of_a_mixture_that_meet_again_are_known_again() -> None:
    found = follow(
        move("X", "A", "10", "2020-01-01", "L"),
        move("Y", "A", "5", "2020-01-02", "M"),
        move("A", "B", "8", "2020-02-01"),
        move("A", "C", "7", "2020-02-01"),
        move("B", "D", "8", "2020-03-01"),
        move("C", "D", "7", "2020-03-01"),
    )
    assert ends(found) == {("held", "D"): ("10", "10")}


def test_a_cycle_does_not_make_goods() -> None:
    found = follow(
        move("X", "A", "10", "2020-01-01", "L"),
        move("A", "B", "10", "2020-01-02"),
        move("B", "A", "6", "2020-01-03"),
        move("A", "B", "6", "2020-01-04"),
    )
    assert ends(found) == {("held", "B"): ("10", "10")}
    assert found.flags == ()


def test_goods_that_come_back_to_the_exporter_are_said_to_be_back() -> None:
    found = follow(move("X", "A", "10", "2020-01-01", "L"), move("A", "X", "3", "2020-01-02"))
    assert ends(found) == {("held", "A"): ("7", "7"), ("back-at-the-exporter", "X"): ("3", "3")}


def test_more_leaving_than_arrived_is_flagged_and_is_not_the_licences() -> None:
    found = follow(move("X", "A", "10", "2020-01-01", "L"), move("A", "B", "12", "2020-01-02"))
    assert [(one.doubt, one.amount) for one in found.flags] == [(Doubt.EXCESS, Decimal(2))]
    assert ends(found) == {("held", "B"): ("10", "10")}


def test_what_has_not_arrived_is_in_transit_and_what_is_missing_is_not_accounted_for() -> None:
    found = follow(
        move("X", "A", "10", "2020-01-01", "L", arrived="2020-01-09", received="9"),
        move("A", "B", "4", "2020-02-01", told=True),
    )
    assert ends(found) == {
        ("held", "A"): ("5", "5"),
        ("in-transit", "A -> B"): ("4", "4"),
        ("not-accounted-for", "X -> A"): ("1", "1"),
    }


def test_a_line_that_says_more_is_of_the_licence_than_can_be_is_flagged() -> None:
    found = follow(
        move("X", "A", "3", "2020-01-01", "L"),
        move("Y", "A", "5", "2020-01-02", "M"),
        move("A", "B", "4", "2020-02-01", "L"),
    )
    assert [(one.doubt, one.amount) for one in found.flags] == [(Doubt.CLAIM, Decimal(1))]
    assert ends(found) == {("held", "B"): ("3", "3")}


def test_a_line_that_says_another_licence_where_only_this_ones_goods_were_is_flagged() -> None:
    found = follow(move("X", "A", "3", "2020-01-01", "L"), move("A", "B", "2", "2020-02-01", "M"))
    assert [(one.doubt, one.amount) for one in found.flags] == [(Doubt.OTHER_CLAIM, Decimal(2))]
    assert ends(found) == {("held", "A"): ("1", "1"), ("held", "B"): ("2", "2")}


def test_goods_in_another_unit_are_flagged_and_left_out() -> None:
    found = follow(move("X", "A", "3", "2020-01-01", "L"), move("A", "B", "2", "2020-02-01", unit="l"))
    assert [one.doubt for one in found.flags] == [Doubt.OTHER_UNIT]
    assert ends(found) == {("held", "A"): ("3", "3")}


@pytest.mark.parametrize(
    ("left", "arrived"),
    [("2020-01-05", "2020-01-02"), ("2020-01-05T12:00:00Z", "2020-01-05T10:00:00Z")],
)
def test_goods_that_arrived_before_they_left_are_flagged_and_still_arrive(left: str, arrived: str) -> None:
    found = follow(move("X", "A", "3", left, "L", arrived=arrived))
    assert [one.doubt for one in found.flags] == [Doubt.ARRIVED_FIRST]
    assert ends(found) == {("held", "A"): ("3", "3")}


def test_more_received_than_left_is_flagged_and_no_more_is_of_the_licence() -> None:
    found = follow(move("X", "A", "3", "2020-01-05", "L", arrived="2020-01-06", received="4"))
    assert [(one.doubt, one.amount) for one in found.flags] == [(Doubt.RECEIVED_MORE, Decimal(1))]
    assert ends(found) == {("held", "A"): ("3", "3")}


def test_so_much_mixed_that_bounds_are_not_narrowed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (
        move("X", "A", "10", "2020-01-01", "L"),
        move("Y", "A", "5", "2020-01-02", "M"),
        move("A", "B", "8", "2020-02-01"),
        move("A", "C", "7", "2020-02-01"),
        move("B", "D", "8", "2020-03-01"),
        move("C", "D", "7", "2020-03-01"),
    )
    monkeypatch.setattr(tracing, "MOST_LOOKED", -1)
    found = follow(*lines)
    assert not found.narrow
    assert ends(found) == {("held", "D"): ("5", "10")}


def test_on_one_day_an_order_in_which_everybody_has_what_they_give_is_found() -> None:
    found = follow(
        move("B", "C", "10", "2020-01-01"),
        move("A", "B", "10", "2020-01-01"),
        move("X", "A", "10", "2020-01-01", "L"),
    )
    assert ends(found) == {("held", "C"): ("10", "10")}
    assert found.flags == ()


def test_instants_that_are_known_keep_their_order() -> None:
    found = follow(
        move("X", "A", "10", "2020-01-01T12:00:00Z", "L"),
        move("A", "B", "10", "2020-01-01T11:00:00Z"),
    )
    assert [one.doubt for one in found.flags] == [Doubt.EXCESS]
    assert ends(found) == {("held", "A"): ("10", "10")}


movements = st.lists(
    st.builds(
        lambda pair, quantity, day, label, lost: move(
            pair[0],
            pair[1],
            str(quantity),
            f"2020-01-{day:02}",
            label,
            arrived=None if lost == 0 else f"2020-01-{day + lost - 1:02}",
            received=None if lost < 2 or quantity == 1 else str(quantity - 1),
            told=True,
        ),
        st.sampled_from([(a, b) for a in "XYABC" for b in "XABC" if a != b]),
        st.integers(1, 3),
        st.integers(1, 20),
        st.sampled_from(["", "", "", "L", "L", "M"]),
        st.integers(0, 3).map(lambda n: n or 1) | st.just(0),
    ),
    max_size=7,
    unique_by=lambda one: one.id,
)
mixed = st.tuples(st.integers(2, 4), st.integers(1, 3), movements).map(
    lambda parts: [
        move("X", "A", str(parts[0]), "2019-12-01", "L"),
        move("Y", "A", str(parts[1]), "2019-12-02", "M"),
        *(one for one in parts[2] if one.licence != "M"),
    ]
)
"""Goods of two licences with one holder first, so that most stories are open."""


def brute(found: list[Movement]) -> tuple[list[tuple[int, int]], dict[str, tuple[int, int]]]:
    """Try every story: how much of each movement was of L, in whole kilograms."""
    one_kg = units(Decimal(1))
    totals: dict[str, int] = {}
    states: list[tuple[dict[str, int], dict[int, int]]] = [({}, {})]
    endless = {"x"} | ({one.origin.lower() for one in found} - {one.to.lower() for one in found})
    for step in ordered(found, UTC, frozenset(endless)):
        one = step.movement
        here, there, amount = one.origin.lower(), one.to.lower(), units(one.quantity) // one_kg
        if step.arrives:
            got = units(one.received or one.quantity) // one_kg
            totals[there] = totals.get(there, 0) + got
            states = [
                ({**held, there: held.get(there, 0) + part}, moved)
                for held, moved in states
                for part in range(moved[id(one)] + 1)
                if part <= got and moved[id(one)] - part <= amount - got
            ]
        elif here == "x" and one.licence == "L":
            states = [(held, {**moved, id(one): amount}) for held, moved in states]
        else:
            total = 10**6 if here in endless else totals.get(here, 0) + step.short // one_kg
            rest = total - amount
            if here not in endless:
                totals[here] = rest
            if one.licence == "L":
                most = max(min(amount, held.get(here, 0)) for held, _ in states)
                parts = range(most, most + 1)
            elif one.licence:
                least = min(max(0, held.get(here, 0) - rest) for held, _ in states)
                parts = range(least, least + 1)
            else:
                parts = range(amount + 1)
            states = [
                ({**held, here: held.get(here, 0) - part}, {**moved, id(one): part})
                for held, moved in states
                for part in parts
                if held.get(here, 0) >= part and held.get(here, 0) - part <= rest
            ]
    spans = []
    for one in found:
        parts_ = [moved.get(id(one), 0) for _, moved in states]
        spans.append((min(parts_), max(parts_)))
    holders = {name for held, _ in states for name in held}
    stock = {name: [held.get(name, 0) for held, _ in states] for name in holders}
    return spans, {name: (min(each), max(each)) for name, each in stock.items() if max(each)}


@settings(max_examples=400, deadline=None)
@given(mixed | movements)
def test_the_bounds_are_those_of_every_story_that_the_record_allows(found: list[Movement]) -> None:
    spans, stock = brute(found)
    traced = trace(found, "L", "1", "kg", "X", UTC)
    assert traced.narrow
    by_id = {id(one): span for one, span in zip(found, spans, strict=True) if span[1]}
    assert {id(hop.movement): (hop.least, hop.most) for hop in traced.hops} == by_id
    held = {
        one.who.lower(): (int(one.least), int(one.most))
        for one in traced.ends
        if one.kind in (EndKind.HELD, EndKind.BACK)
    }
    assert held == stock


@settings(max_examples=200, deadline=None)
@given(mixed | movements)
def test_what_left_is_conserved_between_the_least_and_the_most_of_all_ends(found: list[Movement]) -> None:
    traced = trace(found, "L", "1", "kg", "X", UTC)
    assert sum(one.least for one in traced.ends) <= traced.left <= sum(one.most for one in traced.ends)
    for hop in traced.hops:
        assert 0 <= hop.least <= hop.most <= hop.movement.quantity
