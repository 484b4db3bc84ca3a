"""Printing proceedings and what hangs on conditions: stage, what is due, who may do what, matters raised."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from servanda.doors.cli.printing import out, table, word

Json = dict[str, Any]
Reading = tuple[str, list[Json]]


def stages(readings: list[Reading]) -> Table:
    """Return the table of where a proceeding stands, in place of one of notices and ends."""
    rows = table("as read by", "phase", "stage", "since", "resting")
    for reader, values in readings:
        for value in values:
            found = value["standing"]
            rows.add_row(
                reader,
                word(value["phase"]),
                found["stage"] or "-",
                found["since"] or "-",
                ", ".join(found["halted"]) or "-",
            )
    return rows


def course(console: Console, readings: list[Reading]) -> None:
    """Print what is due in a proceeding and what each party may do."""
    for reader, values in readings:
        for value in values:
            several = len(readings) > 1 or len(values) > 1
            _due(console, value["standing"]["due"], f" (as {reader} reads it)" if several else "")
            _ways(console, value["standing"]["ways"])


def _due(console: Console, due: list[Json], whose: str) -> None:
    shown = [one for one in due if one["state"] != "met" and one["bound"] != "earliest"]
    if not shown:
        return
    rows = table("due", "by", "state", "before", "cite", title=f"what is due{whose}")
    for one in shown:
        doubt = any(reason.get("confirmed") is False for reason in one["because"])
        days = f"{one['days_left']} days left" if one["days_left"] is not None else "-"
        cites = ", ".join(reason["cite"] for reason in one["because"])
        rows.add_row(
            one["name"],
            one["party"] or "-",
            word(one["state"]),
            one["until"] or days,
            Styled(cites, style="cyan") + (Styled("  not confirmed", style="yellow") if doubt else ""),
        )
    console.print(rows)


def _ways(console: Console, ways: list[Json]) -> None:
    if not ways:
        return
    rows = table("party", "may", "from", "together with", "leads to", "cite", title="what may be done")
    for one in ways:
        rows.add_row(
            one["party"],
            one["step"],
            one["from"] or "now",
            ", ".join(one["together_with"]) or "-",
            one["leads_to"] or "-",
            Styled(", ".join(dict.fromkeys(each["cite"] for each in one["because"])), style="cyan"),
        )
    console.print(rows)


def matters(console: Console, readings: list[Reading]) -> None:
    """Print the acts that hang on a condition; one that holds no more is a matter pending, and no more."""
    seen: list[str] = []
    for reader, values in readings:
        for one in (each for value in values for each in value["hanging"]):
            if one["act"] in seen:
                continue
            seen.append(one["act"])
            style = {"holds": "green", "broken": "bold red"}.get(one["holds"], "yellow")
            head = {"broken": "matter pending", "unknown": "condition open"}.get(one["holds"], "condition")
            console.print(
                Styled(f"{head}: ", style=style)
                + Styled(f"{one['act']} hangs on {one['on']}, as {reader} has it")
            )
            for reason in one["because"]:
                console.print(f"  {reason['says']}", markup=False)


def told(answer: Json) -> None:
    """Print the story of a package."""
    console = out()
    for line in answer["sentences"]:
        console.print(line, markup=False)
    rows = table("when", "instrument", "act", "by", "source", title="\nThe record")
    for one in (*answer["causes"], *answer["parts"], *answer["afterwards"]):
        doubt = "" if one["confirmed"] else Styled("  not confirmed", style="yellow")
        source = Styled(one["source"]) + doubt
        rows.add_row(one["done"], one["instrument"], one["act"], ", ".join(one["by"]), source)
    console.print(rows)
    if answer["source"]:
        console.print(f"source: {answer['source']}", markup=False)
    if answer["note"]:
        console.print(f"note: {answer['note']}", markup=False)
