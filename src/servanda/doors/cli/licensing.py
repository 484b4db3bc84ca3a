"""The commands of a licensing officer that give a licence its life, and ship under it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from servanda.doors.cli import licensing_shown, licensing_undertakings
from servanda.doors.cli.asking import AsJson
from servanda.doors.cli.homes import Home
from servanda.doors.cli.licensing_recorded import Done, Officer, Reason, recorded, told, when_of
from servanda.doors.cli.printing import out
from servanda.errors import QuestionError
from servanda.formats.licences import parse_amount
from servanda.model.licence_event import (
    Issued,
    LicenceEvent,
    Plain,
    Reinstated,
    Revoked,
    Surrendered,
    Suspended,
)
from servanda.node.house import Node, Work
from servanda.node.licensing import acting, shipping
from servanda.node.licensing.records import Recorded


def add_to(app: App) -> None:
    """Give the app the commands of this file and of those that show."""
    licence = App(name="licence", help="Export licences: their life, what is shipped under them, the trail.")
    for command in (draft, surrender, issue, suspend, reinstate, revoke):
        licence.command(command)
    licence.command(ship)
    licensing_undertakings.add_to(licence)
    licensing_shown.add_to(licence)
    app.command(licence)


def draft(terms: Path, *, officer: Officer, home: Home, done: Done = None, json: AsJson = False) -> int:
    """Draft a licence from its terms in TOML (spec/licences.md); another officer issues it."""
    try:
        data = terms.read_bytes()
    except OSError as wrong:
        raise QuestionError(f"`{terms}` cannot be read: {wrong.strerror}") from wrong
    node = Node.open(home)
    try:
        made = acting.draft(node, data, str(terms), officer, when_of(done))
    finally:
        node.close()
    return told(made, json=json)


def _life(
    home: Path, licence: str, kind: type[Plain], word: str, officer: str, done: str | None, reason: str
) -> Recorded:
    when = when_of(done)

    def make(work: Work, _events: tuple[LicenceEvent, ...], free: str) -> LicenceEvent:
        made: LicenceEvent = kind(  # type: ignore[call-arg]  # one of those that have no fields of their own
            id=free, licence=licence, officer=officer, done=when or work.at, seen=work.at, reason=reason
        )
        return made

    return recorded(home, licence, word, make)


def issue(
    licence: str,
    *,
    officer: Officer,
    home: Home,
    done: Done = None,
    reason: Reason = "",
    json: AsJson = False,
) -> int:
    """Issue a licence; whoever had a hand in its draft cannot. Signs of diversion are shown beside."""
    told(_life(home, licence, Issued, "issued", officer, done, reason), json=json)
    if not json:
        signs = licensing_shown.signs_line(licensing_shown.read(home, licence, None, None), licence)
        out().print(signs, markup=False, soft_wrap=True)
    return 0


def suspend(
    licence: str, *, officer: Officer, reason: Reason, home: Home, done: Done = None, json: AsJson = False
) -> int:
    """Suspend a licence: nothing leaves under it until it is reinstated."""
    return told(_life(home, licence, Suspended, "suspended", officer, done, reason), json=json)


def reinstate(
    licence: str,
    *,
    officer: Officer,
    home: Home,
    done: Done = None,
    reason: Reason = "",
    json: AsJson = False,
) -> int:
    """End a suspension."""
    return told(_life(home, licence, Reinstated, "reinstated", officer, done, reason), json=json)


def revoke(
    licence: str, *, officer: Officer, reason: Reason, home: Home, done: Done = None, json: AsJson = False
) -> int:
    """Revoke a licence for good; what was shipped stays under its undertakings."""
    return told(_life(home, licence, Revoked, "revoked", officer, done, reason), json=json)


def surrender(
    licence: str,
    *,
    officer: Officer,
    home: Home,
    done: Done = None,
    reason: Reason = "",
    json: AsJson = False,
) -> int:
    """Record that the exporter gave a licence back."""
    return told(_life(home, licence, Surrendered, "surrendered", officer, done, reason), json=json)


def _many(option: str) -> Parameter:
    return Parameter(name=option, negative="", help="once for each item")


def ship(
    licence: str,
    *,
    shipment: Annotated[str, Parameter(help="the shipment's own id; the same again is the same shipment")],
    item: Annotated[list[str], _many("--item")],
    quantity: Annotated[list[str], _many("--quantity")],
    officer: Officer,
    home: Home,
    value: Annotated[list[str] | None, _many("--value")] = None,
    unit: Annotated[str, Parameter(help="the licence's unit if left out; no other is taken")] = "",
    currency: Annotated[str, Parameter(help="the licence's if left out")] = "",
    to: Annotated[str, Parameter(help="who gets it; the consignee if left out")] = "",
    done: Done = None,
    json: AsJson = False,
) -> int:
    """Draw a shipment from a licence, whole or not at all; never more than remains."""
    values = value or []
    if len(item) != len(quantity) or (values and len(values) != len(item)):
        raise QuestionError(
            f"{len(item)} items, {len(quantity)} quantities and {len(values)} values do not go together",
            hint="give --item, --quantity and --value once for each item, in the same order",
        )
    lines = [
        shipping.Asked(
            one,
            parse_amount(quantity[number], f"the quantity of item `{one}`"),
            parse_amount(values[number], f"the value of item `{one}`") if values else None,
            unit,
            currency,
        )
        for number, one in enumerate(item)
    ]
    node = Node.open(home)
    try:
        made = shipping.ship(node, licence, shipment, lines, officer, to=to, done=when_of(done))
    finally:
        node.close()
    return told(made, json=json)
