"""The commands of a licensing officer that only read: show, list, duties, redflags, trace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from cyclopts import App, Parameter
from rich.text import Text as Styled

from servanda.decisions.licences.checklist import LISTED, SOURCE, Sign
from servanda.decisions.licences.duties import DutyState, Owed
from servanda.decisions.licences.life import LicenceState, Outcome, printed
from servanda.doors import answers
from servanda.doors.cli.asking import AsJson, At, KnownAt
from servanda.doors.cli.homes import Home
from servanda.doors.cli.licensing_recorded import (
    about,
    amount,
    line_of,
    remains,
    short,
    standing_answer,
    zone_of,
)
from servanda.doors.cli.licensing_trace import trace
from servanda.doors.cli.printing import out, print_json, reasons, table, word
from servanda.model.licence_event import kind_of
from servanda.model.when import FOREVER
from servanda.node.house import Node
from servanda.node.law import instant_of
from servanda.node.licensing.asking import Licences

_URGENT = (DutyState.BREACHED, DutyState.DUE, DutyState.OPEN, DutyState.CONSENTED, DutyState.DONE)
_STYLES = {DutyState.BREACHED: "bold red", DutyState.DUE: "yellow"}
ASKED = (DutyState.OPEN, DutyState.DUE, DutyState.BREACHED)


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    for command in (show, duties, redflags, trace):
        app.command(command)
    app.command(list_, name="list")


def read(home: Path, licence: str | None, at: str | None, known_at: str | None) -> Licences:
    """Read a node's licences for a question."""
    node = Node.open(home)
    try:
        asked = instant_of(at) if at is not None else None
        return Licences.of(node, licence, asked, instant_of(known_at) if known_at is not None else None)
    finally:
        node.close()


def _record(one: Outcome, where: ZoneInfo) -> dict[str, Any]:
    event = one.event
    return {
        "record": event.id,
        "kind": kind_of(event),
        "officer": event.officer,
        "done": printed(event.done, where),
        "seen": event.seen.within(where),
        "effective": one.effective,
        "reason": event.reason,
        "because": answers.because(one.because),
    }


def show(licence: str, *, home: Home, at: At = None, known_at: KnownAt = None, json: AsJson = False) -> int:
    """Show where a licence stands, what remains of it, and what became of every record."""
    asked = read(home, licence, at, known_at)
    found = asked.standing(licence)
    where = zone_of(found)
    if json:
        print_json(
            {
                "at": asked.at.within(where),
                **standing_answer(found, licence),
                "records": [_record(one, where) for one in found.outcomes],
            }
        )
        return 0
    console = out()
    console.print(line_of(found, licence), markup=False, soft_wrap=True)
    terms = found.licence
    if terms is not None:
        told = f"{terms.type.value} licence under {terms.regime}: {terms.exporter} to {terms.consignee}"
        use = f", for {terms.end_use}" if terms.end_use else ""
        console.print(f"{told}, {terms.destination}; end user {terms.end_user}{use}", markup=False)
    rows = table("item", "goods", "unit", "licensed", "drawn", "remains", "value", "value remains")
    for one in found.left:
        limits = (one.item.quantity, one.drawn, one.quantity, one.item.value, one.value)
        rows.add_row(one.item.id, one.item.goods, one.item.unit, *(amount(each) or "-" for each in limits))
    if found.left:
        console.print(rows)
    for condition in terms.conditions if terms is not None else ():
        console.print(f"condition: {condition}", markup=False)
    reasons(console, answers.because(found.because))
    rows = table("record", "done", "officer", "effect", "what")
    for outcome in found.outcomes:
        what = about(outcome.event) or "; ".join(each.says for each in outcome.because)
        effect = Styled("yes") if outcome.effective else Styled("none", style="bold red")
        done = short(outcome.event.done, where)
        rows.add_row(outcome.event.id, done, outcome.event.officer, effect, what)
    if found.outcomes:
        console.print(rows)
    return 0


def list_(
    *,
    home: Home,
    state: Annotated[LicenceState | None, Parameter(help="only those that stand so")] = None,
    at: At = None,
    known_at: KnownAt = None,
    json: AsJson = False,
) -> int:
    """List the licences of a node, with where each stands."""
    asked = read(home, None, at, known_at)
    found = {name: asked.standing(name) for name in asked.events}
    found = {name: one for name, one in found.items() if state in (None, one.state)}
    if json:
        print_json([standing_answer(one, name) for name, one in found.items()])
        return 0
    rows = table("licence", "stands", "until", "exporter", "end user", "to", "remains")
    for name, one in found.items():
        terms = one.licence
        until = short(one.until, zone_of(one)) if one.until is not None else "-"
        who = (terms.exporter, terms.end_user, terms.destination) if terms is not None else ("-", "-", "-")
        left = "\n".join(remains(each, one).removesuffix(" left") for each in one.left)
        rows.add_row(name, word(one.state.value.replace("-", "_")), until, *who, left)
    out().print(rows if found else "no licence is on record")
    return 0


def duties(
    *,
    home: Home,
    licence: Annotated[str | None, Parameter(help="of one licence; all if left out")] = None,
    all_: Annotated[
        bool, Parameter(name="--all", negative="", help="also what is done or consented to")
    ] = False,
    at: At = None,
    known_at: KnownAt = None,
    json: AsJson = False,
) -> int:
    """List what undertakings ask: open, due and breached; with --all also done and consented to."""
    asked = read(home, licence, at, known_at)
    found = [one for one in asked.duties() if all_ or one.state in ASKED]
    zones = {name: zone_of(asked.standing(name)) for name in asked.events}
    if json:
        print_json([_duty(one, zones[one.licence]) for one in found])
        return 0
    found.sort(
        key=lambda one: (_URGENT.index(one.state), one.due.utc if one.due is not None else FOREVER.utc)
    )
    console = out()
    rows = table("stands", "too late from", "licence", "clause", "who", "what", "about")
    for one in found:
        due = short(one.due, zones[one.licence]) if one.due is not None else "-"
        stands = Styled(f"{one.state.value}{', late' if one.late else ''}", _STYLES.get(one.state, ""))
        rows.add_row(stands, due, one.licence, one.clause, one.by, one.what, one.about or "-")
    console.print(rows if found else "nothing is open, due or breached")
    for one in found:
        if one.state is DutyState.BREACHED or one.late:
            for each in one.because:
                doubt = "" if each.confirmed else " (not confirmed)"
                console.print(f"  {each.says} [{each.cite()}]{doubt}", markup=False, soft_wrap=True)
    return 0


def _duty(one: Owed, where: ZoneInfo) -> dict[str, Any]:
    return {
        "licence": one.licence,
        "clause": one.clause,
        "by": one.by,
        "what": one.what,
        "about": one.about,
        "state": one.state.value,
        "due": answers.instant(one.due, where),
        "late": one.late,
        "because": answers.because(one.because),
    }


def redflags(
    licence: str, *, home: Home, at: At = None, known_at: KnownAt = None, json: AsJson = False
) -> int:
    """Show the signs of diversion: what was found of each, by whom; what nobody answered is not a no."""
    asked = read(home, licence, at, known_at)
    signs = asked.checklist(licence)
    where = zone_of(asked.standing(licence))
    if json:
        print_json(
            {
                "licence": licence,
                "signs": [_sign(one, where) for one in signs],
                "listed": LISTED,
                "not_known_here": LISTED - len(signs),
                "source": SOURCE,
            }
        )
        return 0
    console = out()
    rows = table("sign", "found", "officer", "on", "what was seen")
    styles = {"raised": "bold red", "unanswered": "yellow", "unclear": "yellow"}
    for one in signs:
        told = one.answer
        rest = (told.officer, short(told.done, where), told.reason) if told is not None else ("-", "-", "")
        rows.add_row(one.flag.value.replace("-", " "), Styled(one.state, styles.get(one.state, "")), *rest)
    console.print(rows)
    known = f"the circular has {LISTED}, {LISTED - len(signs)} not known here"
    console.print(f"{signs_line(asked, licence)}; {known}", markup=False, soft_wrap=True)
    return 0


def signs_line(asked: Licences, licence: str) -> str:
    """Return in one line what was found of the signs of diversion."""
    states = [one.state for one in asked.checklist(licence)]
    count = {state: states.count(state) for state in ("raised", "unclear", "none", "unanswered")}
    told = ", ".join(f"{number} {state}" for state, number in count.items())
    return f"of {len(states)} signs of diversion: {told} (which is not a no)"


def _sign(one: Sign, where: ZoneInfo) -> dict[str, Any]:
    told = one.answer
    return {
        "sign": one.flag.value,
        "found": one.state,
        "officer": told.officer if told is not None else None,
        "done": printed(told.done, where) if told is not None else None,
        "what": told.reason if told is not None else None,
        "earlier": [
            {"found": each.found.value, "officer": each.officer, "done": printed(each.done, where)}
            for each in one.earlier
        ],
    }
