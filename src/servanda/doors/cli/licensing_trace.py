"""The command `licence trace`: where goods of a licence went, hop by hop, and where the trail ends."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from rich.console import Console

from servanda.decisions.licences.life import printed
from servanda.decisions.licences.trace import Doubt, End, EndKind, Flag
from servanda.doors.cli.asking import AsJson, At, KnownAt
from servanda.doors.cli.homes import Home
from servanda.doors.cli.licensing_recorded import short
from servanda.doors.cli.printing import out, print_json, table
from servanda.errors import QuestionError
from servanda.formats.movements import read_movements
from servanda.model.licence import shown
from servanda.node import views
from servanda.node.house import Node
from servanda.node.law import instant_of
from servanda.node.licensing.asking import Licences
from servanda.node.licensing.tracing import Leg, Trail, Trails, trails

_RESTS = {
    "licence": "the licence",
    "no-consent": "no consent on record",
    "not-asked": "no undertaking asks",
    "not-known": "undertakings not known here",
}
_DOUBTS = {
    Doubt.EXCESS: "{0} {1} more left {2} than had arrived there",
    Doubt.CLAIM: "{0} {1} more are said to be of the licence than can have been at {2}",
    Doubt.OTHER_CLAIM: "{0} {1} are said to be of another licence, but only goods of this one were at {2}",
    Doubt.OTHER_UNIT: "it counts in {3}, not in {1}, and was left out",
    Doubt.ARRIVED_FIRST: "it is said to have arrived before it left {2}",
    Doubt.RECEIVED_MORE: "{0} {1} more are said to have arrived than left {2}",
}
_ENDS = {
    EndKind.HELD: "held by {}",
    EndKind.BACK: "back at {}",
    EndKind.IN_TRANSIT: "under way {}, no arrival known",
    EndKind.LOST: "not accounted for, {}",
}


def trace(
    licence: str,
    movements: Annotated[Path | None, Parameter(help="CSV of movements (spec/licences.md)")] = None,
    *,
    home: Home,
    item: Annotated[str, Parameter(help="one item; all if left out")] = "",
    exporter: Annotated[str, Parameter(help="from whom the trail begins; the exporter if left out")] = "",
    at: At = None,
    known_at: KnownAt = None,
    json: AsJson = False,
) -> int:
    """Show where goods of a licence went, over the node's record and a file of movements if one is given."""
    node = Node.open(home)
    try:
        asked = instant_of(at) if at is not None else None
        known = instant_of(known_at) if known_at is not None else None
        licences = Licences.of(node, None, asked, known)
        seat = views.seat(node)
    finally:
        node.close()
    sheet = None
    if movements is not None:
        try:
            sheet = read_movements(movements.read_bytes(), str(movements))
        except OSError as wrong:
            raise QuestionError(f"`{movements}` cannot be read: {wrong.strerror}") from wrong
    found = trails(licences, licence, item, sheet, exporter, seat)
    ignored = list(sheet.ignored) if sheet is not None else []
    if json:
        print_json({**_answer(found), "ignored_columns": ignored})
        return 0
    console = out()
    for one in found.trails:
        _say(console, found, one)
    if not found.tells_arrivals:
        console.print(
            "the file has no column `arrived`: every line of it is taken to have arrived", markup=False
        )
    if ignored:
        console.print(f"columns that nothing reads: {', '.join(ignored)}", markup=False)
    if found.problems:
        console.print(f"lines that were not counted: {len(found.problems)}", markup=False)
        for problem in sorted(found.problems, key=lambda one: one.line):
            console.print(f"  line {problem.line}: {problem.says}", markup=False, soft_wrap=True)
    return 0


def _span(least: Decimal, most: Decimal) -> str:
    return shown(least) if least == most else f"{shown(least)} to {shown(most)}"


def _say(console: Console, found: Trails, trail: Trail) -> None:
    told = trail.trace
    console.print(
        f"{told.licence}, item {told.item}: {shown(told.left)} {told.unit} left {told.exporter} under it",
        markup=False,
        soft_wrap=True,
    )
    rows = table("on", "movement", "from", "to", "in whose hands", f"of it ({told.unit})", "rests on")
    for leg in trail.legs:
        one = leg.hop.movement
        rests = _RESTS.get(leg.rests_on, f"consent {', '.join(leg.consents)}")
        if leg.uncovered:
            rests = "nothing: the licence did not cover it"
        if one.consent and one.consent not in leg.consents:
            rests += f"; names {one.consent}, which does not cover it here"
        amount = _span(leg.hop.least, leg.hop.most)
        rows.add_row(short(one.done, found.where), one.id, one.origin, one.to, one.party, amount, rests)
    if trail.legs:
        console.print(rows)
    for end in told.ends:
        where = _ENDS[end.kind].format(end.who)
        since = short(end.since, found.where)
        by = f" ({end.movement})" if end.movement else ""
        console.print(
            f"  ends: {_span(end.least, end.most)} {told.unit} {where}{by}, last seen {since}",
            markup=False,
            soft_wrap=True,
        )
    if any(end.least != end.most for end in told.ends):
        console.print(
            "  `least to most`: other goods lay with these, and nothing tells which went where", markup=False
        )
    for flag in told.flags:
        console.print(f"  does not agree: {flag.movement.id}{_line_of(flag)}: {_doubt(flag)}", markup=False)
    if not told.narrow:
        console.print("  so much was mixed that least and most are wider than need be", markup=False)


def _line_of(flag: Flag) -> str:
    return f" (line {flag.movement.line})" if flag.movement.line else ""


def _doubt(flag: Flag) -> str:
    one = flag.movement
    return _DOUBTS[flag.doubt].format(shown(flag.amount), one.unit, one.origin, one.unit)


def _answer(found: Trails) -> dict[str, Any]:
    return {
        "licence": found.licence,
        "on_record": found.on_record,
        "items": [
            {
                "item": one.trace.item,
                "unit": one.trace.unit,
                "exporter": one.trace.exporter,
                "left": shown(one.trace.left),
                "hops": [_leg(leg, found) for leg in one.legs],
                "ends": [_end(end, found) for end in one.trace.ends],
                "flags": [
                    {
                        "flag": flag.doubt.value,
                        "movement": flag.movement.id,
                        "line": flag.movement.line or None,
                        "amount": shown(flag.amount),
                        "says": _doubt(flag),
                    }
                    for flag in one.trace.flags
                ],
                "narrow": one.trace.narrow,
            }
            for one in found.trails
        ],
        "problems": [{"line": one.line, "says": one.says} for one in found.problems],
        "tells_arrivals": found.tells_arrivals,
    }


def _leg(leg: Leg, found: Trails) -> dict[str, Any]:
    one = leg.hop.movement
    return {
        "movement": one.id,
        "line": one.line or None,
        "from": one.origin,
        "to": one.to,
        "party": one.party,
        "done": printed(one.done, found.where),
        "quantity": shown(one.quantity),
        "least": shown(leg.hop.least),
        "most": shown(leg.hop.most),
        "rests_on": leg.rests_on,
        "consents": list(leg.consents),
        "uncovered": leg.uncovered,
    }


def _end(end: End, found: Trails) -> dict[str, Any]:
    return {
        "end": end.kind.value,
        "who": end.who,
        "since": printed(end.since, found.where),
        "least": shown(end.least),
        "most": shown(end.most),
        "movement": end.movement or None,
    }
