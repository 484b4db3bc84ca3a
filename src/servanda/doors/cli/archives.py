"""Commands for a whole archive: who may have what, and what differs between two instants."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from servanda.doors.cli.asking import AsJson, Assume, At, Catalogue, KnownAt, asked
from servanda.doors.cli.printing import out, print_json, table
from servanda.errors import FormatError
from servanda.model.when import FOREVER
from servanda.node.law import instant_of

Json = dict[str, Any]
Source = Annotated[Path, Parameter(help="a Parquet or Arrow file of objects")]
Target = Annotated[Path, Parameter(help="the Parquet file to write")]
Parties = Annotated[
    list[str] | None, Parameter(name="--party", negative="", help="ask about these alone; may be repeated")
]
SHOWN = 10


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    archive = App(name="archive", help="Questions about millions of objects at once, as Parquet.")
    archive.command(answer)
    archive.command(compare)
    app.command(archive)


def answer(
    source: Source,
    target: Target,
    *,
    at: At = None,
    known_at: KnownAt = None,
    party: Parties = None,
    form: Annotated[str, Parameter(help="lists, long or masks")] = "lists",
    assume: Assume = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Write for every object of a table which parties may have it at an instant."""
    from servanda.formats.columns import Form  # noqa: PLC0415 - other commands need no columns
    from servanda.node.archives import answer_archive  # noqa: PLC0415

    if form not in {one.value for one in Form}:
        raise FormatError(f"`{form}` is not a form of answer", hint="write lists, long or masks")
    question = asked(catalogue, assume, at, known_at)
    standpoint = question.standpoint
    found = answer_archive(
        question.law.registry,
        source,
        target,
        standpoint.at,
        standpoint.known,
        tuple(party or ()),
        Form(form),
    )
    told: Json = {
        "at": str(standpoint.at),
        "known_at": None if standpoint.known == FOREVER else str(standpoint.known),
        "rows": found.rows,
        "permitted": found.permitted,
        "problems": _problems(found.problems),
        "written": str(target),
    }
    if json:
        print_json(told)
        return 0
    console = out()
    console.print(f"{found.rows:,} objects at {standpoint.at}, written to {target}", markup=False)
    rows = table("party", "may have")
    for code, count in sorted(found.permitted.items(), key=lambda one: -one[1]):
        rows.add_row(code, f"{count:,}")
    console.print(rows)
    _print_problems(told["problems"])
    return 0


def compare(
    source: Source,
    target: Target,
    *,
    at: At = None,
    then: Annotated[str | None, Parameter(help="the second instant; the first if left out")] = None,
    known_at: KnownAt = None,
    then_known: Annotated[str | None, Parameter(help="the second knowledge time")] = None,
    party: Parties = None,
    assume: Annotated[
        list[str] | None,
        Parameter(name="--assume", negative="", help="supposed for the second question only"),
    ] = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Write which releases become possible, and which no longer are, from one question to another."""
    from servanda.node.archives import compare_archive  # noqa: PLC0415 - other commands need no columns

    question = asked(catalogue, None, at, known_at)
    other = asked(catalogue, assume, at, known_at).law.registry if assume else None
    first = (question.standpoint.at, question.standpoint.known)
    second = (
        first[0] if then is None else instant_of(then),
        first[1] if then_known is None else instant_of(then_known),
    )
    found = compare_archive(question.law.registry, source, target, first, second, tuple(party or ()), other)
    told: Json = {
        "at": str(first[0]),
        "then": str(second[0]),
        "rows": found.rows,
        "gained": found.gained,
        "lost": found.lost,
        "problems": _problems(found.problems),
        "written": str(target),
    }
    if json:
        print_json(told)
        return 0
    console = out()
    console.print(f"{found.rows:,} objects, {first[0]} to {second[0]}, written to {target}", markup=False)
    rows = table("party", "gained", "lost")
    for code in sorted({*found.gained, *found.lost}):
        rows.add_row(code, f"{found.gained.get(code, 0):,}", f"{found.lost.get(code, 0):,}")
    console.print(rows)
    _print_problems(told["problems"])
    return 0


def _problems(problems: Any) -> Json:  # noqa: ANN401 - the columns' own list
    return {
        "count": problems.count,
        "listed": [{"row": one.row, "what": one.what} for one in problems.listed],
    }


def _print_problems(problems: Json) -> None:
    if problems["count"]:
        console = out()
        console.print(f"{problems['count']:,} rows permit nothing, because something is wrong with them:")
        for one in problems["listed"][:SHOWN]:
            console.print(f"  row {one['row']}: {one['what']}", markup=False)
