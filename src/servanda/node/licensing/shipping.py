"""Shipments drawn from a licence, never below zero: checked and written in one transaction.

A shipment's id makes it one. The same again, as after a crash between the commit and the answer, is the one
that is on record; the same id with other content is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, select

from servanda.decisions.licences.believed import believed
from servanda.decisions.licences.standing import Standing, standing
from servanda.errors import QuestionError
from servanda.model.licence_event import LicenceEvent, Line, Shipped
from servanda.model.when import Instant, When
from servanda.node.house import Node, Work
from servanda.node.licensing.acting import act
from servanda.node.licensing.records import Recorded, events_of
from servanda.node.tables import LICENCE_EVENT


@dataclass(frozen=True, slots=True)
class Asked:
    """One line as asked; unit and currency left out are the licence's."""

    item: str
    quantity: Decimal
    value: Decimal | None = None
    unit: str = ""
    currency: str = ""


def ship(
    node: Node,
    licence: str,
    shipment: str,
    lines: Sequence[Asked],
    officer: str,
    *,
    to: str = "",
    done: When | None = None,
) -> Recorded:
    """Draw a shipment from a licence, whole or not at all.

    Raises:
        UnknownNameError: there is no such licence.
        QuestionError: another item, unit or currency; the id is another shipment's.
        RefusedError: more than what remains, or nothing may leave under it then.
    """
    found = _again(node, licence, shipment, lines, to, done)
    if found is not None:
        return found

    def make(work: Work, events: tuple[LicenceEvent, ...], _free: str) -> LicenceEvent:
        # Asked again inside: the same shipment may have been written meanwhile.
        _other(work.connection, licence, shipment)
        before = standing(events, work.at)
        return Shipped(
            id=shipment,
            licence=licence,
            officer=officer,
            done=done or work.at,
            seen=work.at,
            lines=_lines(before, lines),
            to=to,
        )

    try:
        return act(node, licence, "shipped", make)
    except QuestionError:
        again = _again(node, licence, shipment, lines, to, done)
        if again is None:
            raise
        return again


def _lines(found: Standing, asked: Sequence[Asked]) -> tuple[Line, ...]:
    licence = found.licence
    made = []
    for one in asked:
        item = licence.item(one.item) if licence is not None else None
        unit = one.unit or (item.unit if item is not None else "")
        if licence is not None and item is None:
            known = ", ".join(each.id for each in licence.items)
            raise QuestionError(f"{licence.id} has no item `{one.item}`", hint=f"its items are {known}")
        currency = one.currency or (licence.currency if licence is not None else "")
        if one.value is not None and not currency:
            raise QuestionError(f"the value of item `{one.item}` has no currency", hint="say its --currency")
        made.append(
            Line(
                item=one.item,
                quantity=one.quantity,
                unit=unit,
                value=one.value,
                currency=currency if one.value is not None else "",
            )
        )
    return tuple(made)


def _other(connection: Connection, licence: str, shipment: str) -> None:
    query = select(LICENCE_EVENT.c.licence).where(LICENCE_EVENT.c.shipment == shipment)
    other = connection.execute(query).scalar()
    if other is not None:
        where = "under it" if other == licence else f"under {other}"
        raise QuestionError(f"a shipment `{shipment}` is on record {where}", hint="give it another id")


def _again(
    node: Node, licence: str, shipment: str, lines: Sequence[Asked], to: str, done: When | None
) -> Recorded | None:
    """Return the shipment of that id where it is on record with this content; None where there is none.

    Raises:
        QuestionError: it is on record with other content, or struck.
    """
    now = node.now()
    with node.reading() as connection:
        query = select(LICENCE_EVENT.c.licence, LICENCE_EVENT.c.position)
        row = connection.execute(query.where(LICENCE_EVENT.c.shipment == shipment)).first()
        if row is None:
            return None
        events = events_of(connection, str(row.licence))
    held = next(one for one in believed(events, now).held if one.record.id == shipment)
    if held.struck is not None:
        raise QuestionError(f"shipment `{shipment}` was struck from the record", hint="give it another id")
    found = standing(events, now)
    original = next(one for one in events if one.id == shipment)
    for one in (original, held.record):
        if not isinstance(one, Shipped) or one.licence != licence:
            continue
        same = one.lines == _lines(found, lines) and one.to == to and done in (None, one.done)
        if same:
            return Recorded(one, int(row.position), found, again=True)
    raise QuestionError(
        f"a shipment `{shipment}` with other content is on record under {row.licence}",
        hint="give it another id, or correct the record",
    )


def unit_of(events: tuple[LicenceEvent, ...], item: str, at: Instant) -> str:
    """Return the unit in which a licence counts an item.

    Raises:
        QuestionError: the licence has no such item.
    """
    licence = standing(events, at).licence
    found = licence.item(item) if licence is not None else None
    if found is None:
        known = ", ".join(one.id for one in licence.items) if licence is not None else "none"
        raise QuestionError(f"the licence has no item `{item}`", hint=f"its items are {known}")
    return found.unit
