"""The commands that ask the law: status, timeline, deadlines, explain."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.table import Table
from rich.text import Text as Styled

from servanda.doors import answers, stories
from servanda.doors.calendar import calendar
from servanda.doors.cli import standing
from servanda.doors.cli.asking import (
    AsJson,
    Assume,
    At,
    Catalogue,
    KnownAt,
    Reading,
    asked,
    instant_or_now,
)
from servanda.doors.cli.printing import end, out, print_json, reasons, table, word
from servanda.formats.languages import chosen
from servanda.model.when import Instant
from servanda.node.law import later, life_starts

Json = dict[str, Any]


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    for command in (status, timeline, deadlines, explain):
        app.command(command)


def status(
    instrument: str,
    *,
    at: At = None,
    known_at: KnownAt = None,
    reading: Reading = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Say where an instrument stands at an instant, with the articles and acts that say so."""
    question = asked(catalogue, assume, at, known_at, reading)
    found = question.law.status(instrument, question.standpoint)
    answer = answers.status(found, question.law.registry.instrument(instrument), question.standpoint)
    if json:
        print_json(answer)
    else:
        _print_status(answer)
    return 0


def _print_status(answer: Json) -> None:
    console = out()
    title = answer["title"].get("en", "")
    console.print(Styled(answer["instrument"], style="bold") + Styled(f"  {title}"))
    console.print(Styled(f"at {answer['at']}: ") + word(answer["phase"]) + ", " + word(answer["answer"]))
    readings = _readers(answer)
    if any(value["standing"] for _, values in readings for value in values):
        console.print(standing.stages(readings))
        reasons(console, answer["because"])
        standing.course(console, readings)
    else:
        console.print(_stands(readings))
        reasons(console, answer["because"])
    standing.matters(console, readings)
    if answer["missing"]:
        console.print(Styled("not known: ", style="yellow") + ", ".join(answer["missing"]))


def _stands(readings: list[tuple[str, list[Json]]]) -> Table:
    rows = table("as read by", "phase", "notice", "ends", "extended", "earliest end")
    for reader, values in readings:
        for value in values:
            notice = value["notice"]
            earliest = ", ".join(f"{party}: {end(one)}" for party, one in value["earliest_end"].items())
            rows.add_row(
                reader,
                word(value["phase"]),
                word(notice["state"]) if notice else "-",
                value["ends"] or "-",
                value["renews"] or "-",
                earliest or "-",
            )
    return rows


def _readers(answer: Json) -> list[tuple[str, list[Json]]]:
    """Return the readings, those that say the same in one row."""
    rows: list[tuple[list[str], list[Json]]] = []
    for reader, values in answer["readings"].items():
        bare = [{key: value for key, value in one.items() if key != "because"} for one in values]
        for names, known in rows:
            if known == bare:
                names.append(reader)
                break
        else:
            rows.append(([reader], bare))
    return [(_some(names), values) for names, values in rows]


def _some(names: list[str]) -> str:
    most = 4
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def timeline(
    instrument: str,
    *,
    start: Annotated[str | None, Parameter(name="--from", help="first instant")] = None,
    to: Annotated[str | None, Parameter(name="--to", help="last instant; two years ahead")] = None,
    known_at: KnownAt = None,
    reading: Reading = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Print the life of an instrument as stretches of time that follow without a hole."""
    question = asked(catalogue, assume, None, known_at, reading)
    subject = question.law.registry.instrument(instrument)
    first = life_starts(subject) if start is None else instant_or_now(start)
    last = later(question.standpoint.at, days=730) if to is None else instant_or_now(to)
    found = question.law.timeline(instrument, first, last, question.standpoint)
    rows = answers.stretches(found, subject)
    if json:
        print_json({"instrument": instrument, "stretches": rows})
        return 0
    proceeding = subject.procedure is not None
    last_two = ("stage", "ahead") if proceeding else ("notice", "ends or extended")
    shown = table("from", "until", "answer", "as read by", "phase", *last_two)
    for row in rows:
        for reader, values in _readers(row):
            for value in values:
                state, until = _in_proceeding(value) if proceeding else _in_force(value)
                shown.add_row(
                    _to_the_minute(row["from"]),
                    _to_the_minute(row["to"]),
                    word(row["answer"]),
                    reader,
                    word(value["phase"]),
                    state,
                    until,
                )
    out().print(shown)
    return 0


def _to_the_minute(at: str | None) -> str:
    """Print an instant without seconds that say nothing."""
    if at is None:
        return "-"
    return at.replace(":00+", "+").replace(":00-", "-").removesuffix(":00")


def _in_force(value: Json) -> tuple[str | Styled, str]:
    notice = value["notice"]
    return (word(notice["state"]) if notice else "-"), value["ends"] or value["renews"] or "-"


def _in_proceeding(value: Json) -> tuple[str | Styled, str]:
    """Return the stage of a proceeding, and the next of what is due or opens in it."""
    found = value["standing"]
    resting = f" (resting: {', '.join(found['halted'])})" if found["halted"] else ""
    due = [one for one in found["due"] if one["state"] == "running" and one["until"]]
    ahead = f"{due[0]['name']} {due[0]['until'][:10]}" if due else "-"
    return f"{found['stage'] or '-'}{resting}", ahead


def deadlines(
    instrument: str | None = None,
    *,
    at: At = None,
    within: Annotated[int, Parameter(name="--within", help="days ahead to look")] = 400,
    ics: Annotated[bool, Parameter(name="--ics", negative="", help="print an iCalendar feed")] = False,
    known_at: KnownAt = None,
    reading: Reading = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """List the instants ahead that must not be missed, of one instrument or of all."""
    question = asked(catalogue, assume, at, known_at, reading)
    horizon = later(question.standpoint.at, days=within)
    found = tuple(one for one in question.law.deadlines(instrument, question.standpoint) if one.at <= horizon)
    if ics:
        out().file.write(calendar(found, question.law.registry, question.standpoint.at).decode())
        return 0
    rows = answers.deadlines(found, question.law.registry)
    if json:
        print_json({"at": str(question.standpoint.at), "deadlines": rows})
        return 0
    shown = table("when", "left", "instrument", "what", "cite")
    for one, row in zip(found, rows, strict=True):
        cites = ", ".join(reason["cite"] for reason in row["because"])
        shown.add_row(row["at"], _left(question.standpoint.at, one.at), row["instrument"], row["says"], cites)
    out().print(shown if rows else f"nothing ahead within {within} days")
    return 0


def _left(at: Instant, ahead: Instant) -> str:
    left = ahead.utc - at.utc
    hours, seconds = divmod(left.seconds, 3600)
    return f"{left.days} d {hours} h" if left.days else f"{hours} h {seconds // 60} min"


def explain(
    instrument: str,
    *,
    at: At = None,
    known_at: KnownAt = None,
    reading: Reading = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    language: Annotated[str, Parameter(help="of the answer: en, ja or ko")] = "en",
    json: AsJson = False,
) -> int:
    """Say in sentences where an instrument stands and why, and what every act did in law.

    The name of a package, as package-2019-11-22, tells what was done in one breath on several instruments.
    """
    question = asked(catalogue, assume, at, known_at, reading)
    spoken = chosen(language)
    if instrument in question.law.registry.packages:
        told = stories.story(question.law.story(instrument, question.standpoint), spoken)
        print_json(told) if json else standing.told(told)
        return 0
    lines = question.law.explain(instrument, question.standpoint, spoken)
    subject = question.law.registry.instrument(instrument)
    found = answers.acts(question.law.acts(instrument, question.standpoint), subject, spoken)
    if json:
        print_json({"instrument": instrument, "language": spoken, "sentences": list(lines), "acts": found})
        return 0
    console = out()
    for line in lines:
        console.print(line, markup=False)
    shown = table("act", "by", "done", "kind", "what it did", title="\nThe record")
    for one in found:
        says = Styled(one["says"], style="" if one["effective"] else "dim")
        if not one["confirmed"]:
            says += Styled("  not confirmed", style="yellow")
        shown.add_row(one["id"], ", ".join(one["by"]), one["done"], one["kind"], says)
    console.print(shown)
    return 0
