"""Answers about exports on the screen: the outcome first, then why, what may be used, what is ahead."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console
from rich.text import Text as Styled

from servanda.doors.cli.printing import table

Json = dict[str, Any]

_OUTCOME = {
    "licence_required": ("licence required", "bold red"),
    "not_required_under": ("no licence required under the rules below", "green"),
    "cannot_tell": ("cannot tell", "bold yellow"),
}
_STANDING = {"open": ("open", "green"), "closed": ("closed", "red"), "cannot_tell": ("cannot tell", "yellow")}
_FIT = {
    "fits": ("fits", "green"),
    "did_not_fit": ("did not fit", "bold red"),
    "cannot_tell": ("cannot tell", "yellow"),
    "broken": ("broken row", "bold yellow"),
}
_VALIDITY = {"P6M": "six months", "P1Y": "one year", "P3Y": "three years"}


def print_answer(console: Console, answer: Json) -> None:
    """Print an answer of a regime."""
    request = answer["request"]
    said, style = _OUTCOME[answer["outcome"]]
    console.print(Styled(said, style=style) + Styled(f"  {_asked(answer)}"))
    if answer["groups"]:
        console.print(f"{request['destination']} is in: {'; '.join(answer['groups'])}", markup=False)
    if answer["since"]:
        console.print(f"so since {answer['since']}", markup=False)
    if answer["until"]:
        turns = "; ".join(f"{one['says']} ({one['cite']})" for one in answer["turns"])
        console.print(f"until {answer['until']}" + (f": {turns}" if turns else ""), markup=False)
    heading = "rules checked" if answer["outcome"] == "not_required_under" else "because"
    _reasons(console, heading, answer["because"])
    _reasons(console, "missing, and it decides", answer["missing"], "yellow")
    if answer["outcome"] != "not_required_under":
        _types(console, answer["licence_types"])
    _papers(console, answer)
    if answer["ahead"]:
        console.print(Styled("\nahead: done, and not in force yet", style="bold"))
        for one in answer["ahead"]:
            console.print(_cited(f"  {one['act']}: {one['says']}", one))
    if answer["elsewhere"]:
        console.print(Styled("\nnot modelled here, look besides at", style="bold"))
        for one in answer["elsewhere"]:
            console.print(f"  {one}", markup=False)
    if answer["unconfirmed"]:
        doubts = "; ".join(answer["unconfirmed"])
        console.print(Styled("rests on memory, not confirmed: ", style="yellow") + Styled(doubts))
    if answer["checked"]:
        last = max(answer["checked"].values())
        console.print(Styled(f"lists last compared with their source on {last}", style="dim"))


def _asked(answer: Json) -> str:
    request = answer["request"]
    what = answer["item"] or request["item"]
    number = f" ({request['item']})" if answer["item"] else ""
    worth = f", {request['value']} {request['currency'] or ''}".rstrip() if request["value"] else ""
    user = f", for {request['end_user']}" if request["end_user"] else ""
    return f"{what}{number} to {request['destination']}{user}{worth}, {request['regime']}, {request['at']}"


def _reasons(console: Console, heading: str, reasons: list[Json], style: str = "") -> None:
    if not reasons:
        return
    console.print(Styled(heading, style=f"bold {style}".strip()))
    for one in reasons:
        console.print(_cited(f"  {one['says']}", one))


def _cited(lead: str, one: Json) -> Styled:
    doubt = Styled("  not confirmed", style="yellow") if one.get("confirmed") is False else Styled("")
    return Styled(f"{lead}  ") + Styled(one["cite"], style="cyan") + doubt


def _types(console: Console, types: list[Json]) -> None:
    if not types:
        return
    console.print()
    rows = table("licence type", "", "asks for", "runs", "why")
    for one in types:
        said, style = _STANDING[one["standing"]]
        lacks = f"; lacking {', '.join(one['lacks'])}" if one["lacks"] else ""
        why = "; ".join(f"{each['says']} [{_short(each)}]" for each in one["because"] if each["says"])
        rows.add_row(
            one["title"],
            Styled(said, style=style),
            (", ".join(one["needs"]) or "-") + lacks,
            _VALIDITY.get(one["validity"] or "", one["validity"] or "-"),
            Styled(why),
        )
    console.print(rows)


def _short(one: Json) -> str:
    """Return a citation without the regime's name, which stands above."""
    return str(one.get("article") or (f"act {one['act']}" if one.get("act") else one["cite"]))


def _papers(console: Console, answer: Json) -> None:
    for heading, after in (("for the application", False), ("once the licence is given", True)):
        lines = [one for one in answer["papers"] if one["after_the_licence"] is after]
        if lines:
            console.print(Styled(f"\n{heading}", style="bold"))
        for one in lines:
            console.print(_cited(f"  {one['says']}", one))
    review = answer["review"]
    if review is not None:
        bulk = f"; bulk licences {review['bulk']}" if review["bulk"] else ""
        says = f"review: {review['days']} days, {review['documents']} documents{bulk}  "
        console.print(Styled(says) + Styled(review["cite"], style="cyan"))


def print_difference(console: Console, answer: Json) -> None:
    """Print what changed under a regime."""
    console.print(Styled(answer["regime"], style="bold") + f"  {answer['from']} to {answer['to']}")
    if not answer["changes"]:
        console.print("nothing changed, as far as is known\n")
        return
    rows = table("to", "item", "what", "before", "after", "by")
    for one in _alike(answer["changes"]):
        by = "\n".join(
            f"{each['says']} [{_short(each)}]" + (" not confirmed" if each.get("confirmed") is False else "")
            for each in one["by"]
        )
        cells = (one["destination"], one["item"] or "-", one["what"], one["before"], one["after"], by)
        rows.add_row(*(Styled(cell) for cell in cells))
    console.print(rows)


def _alike(changes: list[Json]) -> list[Json]:
    """Return the changes with those that differ only in the item as one, and its items in a list."""
    found: list[Json] = []
    for one in changes:
        bare = {key: value for key, value in one.items() if key != "item"}
        same = next((each for each in found if {k: v for k, v in each.items() if k != "item"} == bare), None)
        if same is None:
            found.append(dict(one))
        else:
            same["item"] = f"{same['item']}, {one['item']}"
    return found


def print_lookback(console: Console, rows: list[Json], counts: Counter[str]) -> None:
    """Print an audit of past shipments, row by row, and how many of each kind."""
    shown = table("line", "id", "day", "item", "to", "licence", "", "why")
    for row in rows:
        said, style = _FIT[row["fit"]]
        if row["fit"] == "broken":
            shown.add_row(
                str(row["line"]), "-", "-", "-", "-", "-", Styled(said, style=style), Styled(row["what"])
            )
            continue
        reasons = row["missing"] if row["fit"] == "cannot_tell" and row["missing"] else row["because"]
        why = "; ".join(f"{one['says']} [{_short(one)}]" for one in reasons)
        shown.add_row(
            str(row["line"]),
            Styled(row["id"]),
            row["at"][:10],
            Styled(row["item"]),
            row["destination"],
            Styled(" ".join(one for one in (row["licence_type"], row["licence"]) if one) or "none"),
            Styled(said, style=style),
            Styled(why),
        )
    console.print(shown)
    console.print(", ".join(f"{counts[kind]} {_FIT[kind][0]}" for kind in _FIT if counts[kind]) or "no rows")
