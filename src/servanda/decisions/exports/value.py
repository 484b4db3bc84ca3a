"""The exemption by value: small consignments of some entries need no licence, never to some destinations."""

from __future__ import annotations

from decimal import Decimal

from servanda.decisions.exports.force import World
from servanda.decisions.exports.membership import Member, in_any, label
from servanda.decisions.exports.sentences import (
    NOT_SMALL,
    SMALL,
    SMALL_NEVER,
    SMALL_NOT_ENTRY,
    VALUE_CONCERN,
    VALUE_CURRENCY,
    VALUE_MISSING,
    VALUE_SOME,
)
from servanda.model.cite import Because
from servanda.model.clauses import SmallValue
from servanda.model.clauses.exports import Concern, Covers, Listed
from servanda.model.destination import named
from servanda.model.export import ExportRequest


def exempt(world: World, request: ExportRequest, item: Listed) -> tuple[Member, tuple[Because, ...]]:
    """Return whether listed goods need no licence for their small value, with the reasons or what is missing.

    Technology has no value in this sense, and no exemption.
    """
    found = world.text.first(SmallValue)
    if found is None or request.covers is not Covers.GOODS:
        return Member.NO, ()
    address, clause = found
    to = named(request.destination)
    if item.entry not in clause.entries:
        return Member.NO, (world.text.because(address, SMALL_NOT_ENTRY(item.entry)),)
    never = in_any(world, clause.never_to, request.destination)
    if never.member is Member.YES:
        groups = " or ".join(label(world, one) for one in clause.never_to)
        return Member.NO, (world.text.because(address, SMALL_NEVER(to, groups)), *never.because)
    if never.member is Member.UNKNOWN:
        return Member.UNKNOWN, never.because
    return _by_value(world, request, item, address, clause)


def _by_value(
    world: World, request: ExportRequest, item: Listed, address: str, clause: SmallValue
) -> tuple[Member, tuple[Because, ...]]:
    low = clause.lower if clause.lower is not None else clause.limit
    limit = low if item.entry in clause.lower_entries else clause.limit
    money = clause.currency
    if request.value is None:
        return Member.UNKNOWN, (world.text.because(address, VALUE_MISSING(_spelled(limit), money)),)
    if request.currency != money:
        return Member.UNKNOWN, (
            world.text.because(address, VALUE_CURRENCY(money, request.currency or "no currency")),
        )
    worth = _spelled(request.value)
    if request.value > limit:
        return Member.NO, (world.text.because(address, NOT_SMALL(worth, _spelled(limit), money)),)
    if request.informed or request.concern not in (None, Concern.NONE):
        return Member.UNKNOWN, (world.text.because(address, VALUE_CONCERN()),)
    if item.entry in clause.lower_for_some and request.value > low:
        return Member.UNKNOWN, (world.text.because(address, VALUE_SOME(_spelled(low), money)),)
    sure = low if item.entry in clause.lower_for_some else limit
    return Member.YES, (world.text.because(address, SMALL(worth, _spelled(sure), money)),)


def _spelled(amount: Decimal | int) -> str:
    return f"{amount:,}"
