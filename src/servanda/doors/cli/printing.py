"""Answers for people: tables and colour on a terminal, plain text elsewhere, JSON where asked.

Rules: answers go to stdout; progress, warnings and errors to stderr. Colour never carries meaning
alone. An error is one sentence and what to do.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from servanda.errors import ServandaError

_STYLE = {
    "in_force": "green",
    "provisional": "green",
    "permit": "bold green",
    "settled": "green",
    "deny": "bold red",
    "expired": "red",
    "terminated": "red",
    "under_way": "green",
    "lapsed": "red",
    "concluded": "red",
    "not_begun": "yellow",
    "passed": "bold red",
    "running": "yellow",
    "superseded": "red",
    "suspended": "yellow",
    "pending": "yellow",
    "undetermined": "bold yellow",
    "unknown": "yellow",
    "open": "yellow",
    "disputed": "bold yellow",
}


def out() -> Console:
    """Return the console for answers."""
    width = None if sys.stdout.isatty() else 120
    return Console(file=sys.stdout, width=width, highlight=False, soft_wrap=False)


def err() -> Console:
    """Return the console for progress, warnings and errors."""
    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


@contextmanager
def working(says: str) -> Iterator[None]:
    """Show on a terminal that something is under way; elsewhere say nothing."""
    console = err()
    if not console.is_terminal:
        yield
        return
    with console.status(says):
        yield


def print_json(value: object) -> None:
    """Print one JSON document, readable and in Unicode."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_error(wrong: ServandaError) -> None:
    """Print an error as a sentence and what to do."""
    console = err()
    console.print(Styled("error: ", style="bold red") + Styled(wrong.message))
    for line in getattr(wrong, "problems", ()):
        console.print(Styled(f"  {line}"))
    if wrong.hint:
        console.print(Styled("  hint: ", style="bold") + Styled(wrong.hint))


def word(value: str) -> Styled:
    """Return a word of an answer in its colour."""
    return Styled(value.replace("_", " "), style=_STYLE.get(value, ""))


def table(*columns: str, title: str = "") -> Table:
    """Return an empty table in the house style."""
    made = Table(title=title or None, title_justify="left", box=None, pad_edge=False, padding=(0, 2))
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def reasons(console: Console, because: list[dict[str, Any]]) -> None:
    """Print why, each reason with its citation."""
    if not because:
        return
    console.print(Styled("because", style="bold"))
    for one in because:
        doubt = Styled("  not confirmed", style="yellow") if one.get("confirmed") is False else ""
        console.print(Styled(f"  {one['says']}  ") + Styled(one["cite"], style="cyan") + doubt)


def end(value: str | None) -> str:
    """Return an earliest end as people say it."""
    return {"at_will": "at will", "by_consent": "by consent", None: "-"}.get(value, value or "-")
