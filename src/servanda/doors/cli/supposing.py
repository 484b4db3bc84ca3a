"""The command that supposes: whatif."""

from __future__ import annotations

from typing import Any

from cyclopts import App
from rich.console import Console
from rich.text import Text as Styled

from servanda.doors import answers
from servanda.doors.cli.asking import AsJson, Assume, At, Catalogue, KnownAt, asked
from servanda.doors.cli.deciding import Topics
from servanda.doors.cli.printing import out, print_json, reasons, table, word

Json = dict[str, Any]


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    app.command(whatif)


def _print_routes(console: Console, routes: list[Json]) -> None:
    if not routes:
        return
    rows = table("through", "under", "hop", "now", "needs", title="\ndetours")
    for one in routes:
        for number, hop in enumerate(one["hops"]):
            rows.add_row(
                "" if number else ", ".join(one["through"]),
                "" if number else ", ".join(one["under"]) or "-",
                f"{hop['holder']} to {hop['recipient']}",
                word(hop["outcome"]),
                "; ".join(need["what"] for need in hop["needs"]) or "-",
            )
    console.print(rows)


def whatif(
    *,
    assume: Assume = None,
    at: At = None,
    topic: Topics = None,
    known_at: KnownAt = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Compare the world as it is with the one supposed: statuses and flows that change."""
    question = asked(catalogue, None, at, known_at)
    found = question.law.whatif(
        tuple(assume or ()), question.standpoint.at, tuple(topic or ()), question.standpoint.known
    )
    answer = answers.difference(found, question.law.registry)
    if json:
        print_json(answer)
        return 0
    console = out()
    rows = table("instrument", "as it is", "as supposed")
    for one in answer["statuses"]:
        rows.add_row(one["instrument"], ", ".join(one["before"]), ", ".join(one["after"]))
    console.print(rows if answer["statuses"] else "no instrument stands differently")
    for flow in answer["flows"]:
        console.print(
            Styled(f"\n{flow['holder']} to {flow['recipient']}, {flow['marking']}: ", style="bold")
            + word(flow["before"])
            + " becomes "
            + word(flow["after"])
        )
        reasons(console, flow["because"][:3])
        _print_routes(console, flow["routes"][:3])
    return 0
