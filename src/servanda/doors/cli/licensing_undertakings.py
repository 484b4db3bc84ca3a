"""The commands of a licensing officer about undertakings, signs of diversion, and wrong records."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from cyclopts import App, Parameter

from servanda.doors.cli.asking import AsJson
from servanda.doors.cli.homes import Home
from servanda.doors.cli.licensing_recorded import Done, Officer, Reason, RecordId, recorded, told, when_of
from servanda.errors import QuestionError
from servanda.formats.licences import parse_amount
from servanda.model.licence import Change
from servanda.model.licence_event import (
    Answered,
    Consented,
    Found,
    LicenceEvent,
    Line,
    Moved,
    RedFlag,
    Reported,
    Struck,
)
from servanda.node.house import Node, Work
from servanda.node.licensing import acting, shipping


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    app.command(consent)
    app.command(moved)
    app.command(reported)
    app.command(answer)
    app.command(correct)
    app.command(strike)


def consent(
    licence: str,
    *,
    clause: Annotated[str, Parameter(help="the undertaking's clause that asks for it")],
    change: Annotated[Change, Parameter(help="to what")],
    item: str,
    to: Annotated[str, Parameter(help="to whom, to which place, or for which use")],
    officer: Officer,
    home: Home,
    quantity: Annotated[str | None, Parameter(help="how much; any if left out")] = None,
    until: Annotated[str | None, Parameter(help="the first day that it covers no more")] = None,
    condition: Annotated[list[str] | None, Parameter(negative="", help="may be repeated")] = None,
    id_: RecordId = "",
    done: Done = None,
    reason: Reason = "",
    json: AsJson = False,
) -> int:
    """Record the authority's consent to a change that an undertaking subjects to it."""
    amount = None if quantity is None else parse_amount(quantity, "the quantity")
    when, ends = when_of(done), when_of(until)

    def make(work: Work, _events: tuple[LicenceEvent, ...], free: str) -> LicenceEvent:
        return Consented(
            id=id_ or free,
            licence=licence,
            officer=officer,
            done=when or work.at,
            seen=work.at,
            reason=reason,
            clause=clause,
            change=change,
            item=item,
            to=to,
            quantity=amount,
            until=ends,
            conditions=tuple(condition or ()),
        )

    return told(recorded(home, licence, "consented", make), json=json)


def moved(
    licence: str,
    *,
    change: Annotated[Change, Parameter(help="what became of the goods")],
    item: str,
    quantity: str,
    holder: Annotated[str, Parameter(help="who had them")],
    to: Annotated[str, Parameter(help="who has them now, where, or for which use")],
    officer: Officer,
    home: Home,
    unit: Annotated[str, Parameter(help="the licence's if left out")] = "",
    id_: RecordId = "",
    done: Done = None,
    reason: Reason = "",
    json: AsJson = False,
) -> int:
    """Record that goods were re-exported, resold, relocated or put to another use."""
    amount, when = parse_amount(quantity, "the quantity"), when_of(done)

    def make(work: Work, events: tuple[LicenceEvent, ...], free: str) -> LicenceEvent:
        return Moved(
            id=id_ or free,
            licence=licence,
            officer=officer,
            done=when or work.at,
            seen=work.at,
            reason=reason,
            change=change,
            item=item,
            quantity=amount,
            unit=unit or shipping.unit_of(events, item, work.at),
            holder=holder,
            to=to,
        )

    made = recorded(home, licence, "moved", make)
    return told(made, json=json)


def reported(
    licence: str,
    *,
    clause: Annotated[str, Parameter(help="the undertaking's clause that asks for it")],
    officer: Officer,
    home: Home,
    shipment: Annotated[str, Parameter(help="of which shipment")] = "",
    arrived: Annotated[str | None, Parameter(help="when the goods arrived")] = None,
    received: Annotated[
        list[str] | None,
        Parameter(negative="", help="where not all arrived: `ITEM QUANTITY`; may be repeated"),
    ] = None,
    done: Done = None,
    reason: Reason = "",
    json: AsJson = False,
) -> int:
    """Record a delivery verification or report that an undertaking asks for."""
    when, came = when_of(done), when_of(arrived)
    parts = [one.split() for one in received or ()]
    if any(len(one) != 2 for one in parts):  # noqa: PLR2004 - an item and how much
        raise QuestionError("what was received is an item and a quantity", hint="write --received '1 4.5'")
    amounts: list[tuple[str, Decimal]] = [
        (one[0], parse_amount(one[1], "what was received")) for one in parts
    ]

    def make(work: Work, events: tuple[LicenceEvent, ...], free: str) -> LicenceEvent:
        return Reported(
            id=free,
            licence=licence,
            officer=officer,
            done=when or work.at,
            seen=work.at,
            reason=reason,
            clause=clause,
            shipment=shipment,
            arrived=came,
            received=tuple(
                Line(item=name, quantity=amount, unit=shipping.unit_of(events, name, work.at))
                for name, amount in amounts
            ),
        )

    return told(recorded(home, licence, "reported", make), json=json)


def answer(
    licence: str,
    flag: Annotated[RedFlag, Parameter(help="the sign that was looked for")],
    found: Annotated[Found, Parameter(help="what was found of it")],
    *,
    officer: Officer,
    home: Home,
    done: Done = None,
    reason: Annotated[str, Parameter(help="what was seen, and where")] = "",
    json: AsJson = False,
) -> int:
    """Answer one sign of diversion of the checklist for a licence's application."""
    when = when_of(done)

    def make(work: Work, _events: tuple[LicenceEvent, ...], free: str) -> LicenceEvent:
        return Answered(
            id=free,
            licence=licence,
            officer=officer,
            done=when or work.at,
            seen=work.at,
            reason=reason,
            flag=flag,
            found=found,
        )

    return told(recorded(home, licence, "answered", make), json=json)


def correct(
    licence: str,
    record: Annotated[str, Parameter(help="the record's id, as `licence show` lists it")],
    changes: Annotated[str, Parameter(help="fields as they should read: `{ done = 2020-01-10 }`")],
    *,
    officer: Officer,
    reason: Reason,
    home: Home,
    json: AsJson = False,
) -> int:
    """Correct a record that was wrong in part; what was known before stays as it was known."""
    node = Node.open(home)
    try:
        made = acting.correct(node, licence, record, changes, officer, reason)
    finally:
        node.close()
    return told(made, json=json)


def strike(
    licence: str,
    record: Annotated[str, Parameter(help="the record's id, as `licence show` lists it")],
    *,
    officer: Officer,
    reason: Reason,
    home: Home,
    json: AsJson = False,
) -> int:
    """Strike a record that was wrong altogether."""

    def make(work: Work, _events: tuple[LicenceEvent, ...], free: str) -> LicenceEvent:
        return Struck(
            id=free,
            licence=licence,
            officer=officer,
            done=work.at,
            seen=work.at,
            reason=reason,
            of=record,
        )

    return told(recorded(home, licence, "struck", make), json=json)
