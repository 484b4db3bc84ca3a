"""Where the goods of one licence went: hop by hop, how much surely and at most, and where the trail ends.

What a line says was of the licence is taken so, as far as that much can have been there. Where it does not
say, and the holder had other goods of the same kind as well, nothing tells which they were: then the least
and the most are given that any story in keeping with all lines allows (`mixing.py`), and never a guess. More
leaving than had arrived is said, and goods of which nobody knows whence they came are not the licence's.
Holders to whom nothing ever arrived have stocks of their own, of which the record tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

from servanda.decisions.licences.mixing import Arc, Mixture
from servanda.decisions.licences.ordering import Step, came, holder, ordered, units
from servanda.model.movement import Movement
from servanda.model.when import When

MOST_LOOKED = 30_000_000
"""How many arcs are looked at before bounds are left as wide as they are."""
ENDLESS = 1 << 80


class EndKind(Enum):
    """How a trail ends."""

    HELD = "held"
    IN_TRANSIT = "in-transit"
    LOST = "not-accounted-for"
    BACK = "back-at-the-exporter"


class Doubt(Enum):
    """What of a record cannot be so."""

    EXCESS = "more-left-than-arrived"
    CLAIM = "said-to-be-of-the-licence"
    OTHER_CLAIM = "said-to-be-of-another-licence"
    OTHER_UNIT = "other-unit"
    ARRIVED_FIRST = "arrived-before-it-left"
    RECEIVED_MORE = "received-more-than-left"


@dataclass(frozen=True, slots=True)
class Hop:
    """A movement that carried goods of the licence: at least, and at most."""

    movement: Movement
    first: bool
    """Whether it left the exporter under the licence."""
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class End:
    """Where goods of the licence are last seen, and since when."""

    kind: EndKind
    who: str
    since: When
    least: Decimal
    most: Decimal
    movement: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """What of the record cannot be so, and by how much."""

    doubt: Doubt
    movement: Movement
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Trace:
    """The trail of one item of one licence."""

    licence: str
    item: str
    unit: str
    exporter: str
    left: Decimal
    """How much left the exporter under the licence."""
    hops: tuple[Hop, ...]
    ends: tuple[End, ...]
    flags: tuple[Flag, ...]
    narrow: bool = True
    """Whether the bounds are as narrow as the record allows; a very large mixture is left wider."""


@dataclass(slots=True)
class _Stock:
    """What one holder has: in all, and of the licence at least and at most."""

    shown: str
    total: int
    least: int = 0
    most: int = 0
    rest: Arc | None = None
    """The arc of what stays with it; None while nothing of the licence can be there."""
    since: When | None = None


@dataclass(slots=True)
class _Walk:
    """The state of following one licence's goods; owned by `trace`."""

    licence: str
    exporter: str
    endless: frozenset[str]
    """Whose stock nobody tells: the exporter's, and that of holders to whom nothing ever arrived."""
    mixture: Mixture = field(default_factory=Mixture)
    stocks: dict[str, _Stock] = field(default_factory=dict)
    under_way: dict[int, tuple[Arc, int, int]] = field(default_factory=dict)
    """By movement: the arc of what is under way, and its bounds."""
    hops: list[tuple[Movement, Arc, int, int]] = field(default_factory=list)
    lost: list[tuple[Movement, Arc, int, int]] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    left: int = 0
    source: int = 0
    end: int = 0

    def stock(self, name: str) -> _Stock:
        key = holder(name)
        if key not in self.stocks:
            self.stocks[key] = _Stock(name, ENDLESS if key in self.endless else 0)
        return self.stocks[key]

    def doubt(self, doubt: Doubt, movement: Movement, amount: int) -> None:
        self.flags.append(Flag(doubt, movement, amounts(amount)))

    def turn(self, stock: _Stock, limit: int, gained: int = 0) -> int:
        """Begin a new moment of a stock and return its node; `gained` is what now comes in beside it."""
        node = self.mixture.node()
        flow = 0
        if stock.rest is not None:
            before, tail = stock.rest.limit, stock.rest.tail
            flow = self.mixture.close(stock.rest)
            self.mixture.arc(tail, node, before, flow)
        stock.rest = self.mixture.arc(node, self.end, limit, flow + gained)
        return node


def amounts(units_: int) -> Decimal:
    """Return an amount of millionths as a decimal."""
    return Decimal(units_).scaleb(-6)


def trace(
    movements: Sequence[Movement], licence: str, item: str, unit: str, exporter: str, where: ZoneInfo
) -> Trace:
    """Follow the goods of one item of a licence from its exporter through all movements of that item."""
    mine = [one for one in movements if one.item == item]
    takers = {holder(one.to) for one in mine}
    endless = frozenset(
        {holder(exporter), *(holder(one.origin) for one in mine)} - (takers - {holder(exporter)})
    )
    walk = _Walk(licence, holder(exporter), endless)
    walk.source, walk.end = walk.mixture.node(), walk.mixture.node()
    for one in mine:
        if one.unit != unit:
            walk.doubt(Doubt.OTHER_UNIT, one, units(one.quantity))
        elif one.arrived is not None and one.arrived.span(where)[1] <= one.done.span(where)[0]:
            walk.doubt(Doubt.ARRIVED_FIRST, one, units(one.quantity))
    mine = [one for one in mine if one.unit == unit]
    for step in ordered(mine, where, walk.endless):
        if step.arrives:
            _arrive(walk, step.movement)
        else:
            _leave(walk, step)
    narrow = True
    hops, ends = [], []
    for movement, arc, least, most in walk.hops:
        low, high, exact = _bounds(walk, arc, least, most)
        narrow &= exact
        if high:
            first = holder(movement.origin) == walk.exporter and movement.licence == licence
            hops.append(Hop(movement, first, amounts(low), amounts(high)))
    for end, arc, least, most in _open_ends(walk):
        low, high, exact = _bounds(walk, arc, least, most)
        narrow &= exact
        if high:
            ends.append(End(end.kind, end.who, end.since, amounts(low), amounts(high), end.movement))
    flags = tuple(walk.flags)
    return Trace(licence, item, unit, exporter, amounts(walk.left), tuple(hops), tuple(ends), flags, narrow)


def _bounds(walk: _Walk, arc: Arc, least: int, most: int) -> tuple[int, int, bool]:
    """Return the narrowest bounds of what an arc carries, and whether they are."""
    if least == most or arc.fixed:
        return least, most, True
    if walk.mixture.looked > MOST_LOOKED:
        return least, min(most, walk.left), False
    low, high = walk.mixture.bounds(arc)
    return max(low, least), min(high, most), True


def _open_ends(walk: _Walk) -> list[tuple[End, Arc, int, int]]:
    found = []
    none = Decimal(0)
    by_id = {id(movement): movement for movement, *_ in walk.hops}
    for key, stock in walk.stocks.items():
        if stock.rest is not None and stock.since is not None:
            kind = EndKind.BACK if key == walk.exporter else EndKind.HELD
            end = End(kind, stock.shown, stock.since, none, none)
            found.append((end, stock.rest, stock.least, stock.most))
    for number, (arc, least, most) in walk.under_way.items():
        one = by_id[number]
        end = End(EndKind.IN_TRANSIT, f"{one.origin} -> {one.to}", one.done, none, none, one.id)
        found.append((end, arc, least, most))
    for one, arc, least, most in walk.lost:
        end = End(EndKind.LOST, f"{one.origin} -> {one.to}", one.arrived or one.done, none, none, one.id)
        found.append((end, arc, least, most))
    return found


def _leave(walk: _Walk, step: Step) -> None:
    """Take a movement's goods out of its holder's stock, and say how much of the licence that can be."""
    one, amount = step.movement, units(step.movement.quantity)
    stock = walk.stock(one.origin)
    of_it = one.licence == walk.licence
    if step.short:
        walk.doubt(Doubt.EXCESS, one, step.short)
        stock.total += step.short
    if of_it and holder(one.origin) == walk.exporter:
        walk.left += amount
        _set_out(walk, one, walk.source, amount, amount, amount)
        return
    if stock.rest is None:
        stock.total -= amount
        if of_it and amount > step.short:
            walk.doubt(Doubt.CLAIM, one, amount - step.short)
        return
    if of_it:
        _leave_as_said(walk, step, stock, amount)
    elif one.licence:
        _leave_as_other(walk, one, stock, amount)
    else:
        others = stock.total - amount
        node = walk.turn(stock, others)
        rest = stock.rest
        most = min(amount, stock.most)
        least = max(0, stock.least - others)
        flow = max(0, rest.flow - others)
        rest.flow -= flow
        _set_out(walk, one, node, flow, least, most)
        stock.least, stock.most = max(0, stock.least - most), min(stock.most, others)
        stock.total = others


def _leave_as_said(walk: _Walk, step: Step, stock: _Stock, amount: int) -> None:
    """Take what a line says is of the licence as of it, as far as that much could be there."""
    assert stock.rest is not None
    walk.mixture.raise_by(stock.rest, amount - stock.rest.flow)
    carried = min(amount, stock.rest.flow)
    if amount - carried > step.short:
        walk.doubt(Doubt.CLAIM, step.movement, amount - carried - step.short)
    stock.total -= amount
    node = walk.turn(stock, stock.total, -carried)
    _set_out(walk, step.movement, node, carried, carried, carried)
    stock.least = max(0, stock.least - carried)
    stock.most = min(max(0, stock.most - carried), stock.total)


def _leave_as_other(walk: _Walk, one: Movement, stock: _Stock, amount: int) -> None:
    """Take what a line says is of another licence as not of this, unless nothing else was there."""
    assert stock.rest is not None
    stock.total -= amount
    walk.mixture.lower_by(stock.rest, stock.rest.flow - stock.total)
    carried = max(0, stock.rest.flow - stock.total)
    node = walk.turn(stock, stock.total, -carried)
    if carried:
        walk.doubt(Doubt.OTHER_CLAIM, one, carried)
        _set_out(walk, one, node, carried, carried, carried)
    stock.least = min(max(0, stock.least - carried), stock.total)
    stock.most = min(max(0, stock.most - carried), stock.total)


def _set_out(walk: _Walk, one: Movement, node: int, flow: int, least: int, most: int) -> None:
    """Put goods under way: from a stock, or as they leave the exporter."""
    between = walk.mixture.node()
    arc = walk.mixture.arc(node, between, units(one.quantity), flow, fixed=least == most == flow)
    walk.hops.append((one, arc, least, most))
    way = walk.mixture.arc(between, walk.end, units(one.quantity), flow)
    walk.under_way[id(one)] = (way, least, most)


def _arrive(walk: _Walk, one: Movement) -> None:
    stock, amount, sent = walk.stock(one.to), came(one), units(one.quantity)
    if amount > sent:
        walk.doubt(Doubt.RECEIVED_MORE, one, amount - sent)
    found = walk.under_way.pop(id(one), None)
    if found is None:
        stock.total += amount
        if stock.rest is not None:
            walk.turn(stock, stock.total)
        return
    way, least, most = found
    between = way.tail
    flow = walk.mixture.close(way)
    missing = max(0, sent - amount)
    arrived = min(flow, sent - missing)
    stock.total += amount
    node = walk.turn(stock, stock.total, arrived)
    walk.mixture.arc(between, node, sent - missing, arrived)
    stock.least += max(0, least - missing)
    stock.most += min(most, sent - missing)
    stock.since = one.arrived or one.done
    if missing:
        arc = walk.mixture.arc(between, walk.end, missing, flow - arrived)
        low, high = max(0, least - (sent - missing)), min(most, missing)
        walk.lost.append((one, arc, low, high))
