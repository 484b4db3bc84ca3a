"""An answer of a screening, as JSON and for people: what was asked of which lists, and every hit with why."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from rich.text import Text as Styled

from servanda.decisions.screening.age import Age, Freshness
from servanda.doors.cli.printing import out, table
from servanda.model.listed import PartyList
from servanda.model.when import Instant
from servanda.node.screening.asking import Answered, Screened, Seen

Json = dict[str, Any]
MOST_PROBLEMS = 5


def answer_of(found: Answered, at: Instant, where: ZoneInfo, problems: tuple[str, ...]) -> Json:
    """Return the answer as JSON-ready values; `spec/screening.md` documents every key."""
    return {
        "at": at.within(where),
        "names": [_name(one) for one in found.screened],
        "lists": [_list(one, grade) for one, grade in found.lists],
        "holds": found.holds,
        "cannot_tell": found.cannot_tell,
        "problems": list(problems),
    }


def _name(one: Screened) -> Json:
    return {"name": one.name, "wrong": one.wrong or None, "hits": [_hit(each) for each in one.seen]}


def _hit(seen: Seen) -> Json:
    hit, listed = seen.hit, seen.hit.listed
    decided = seen.standing.decided
    return {
        "pair": seen.pair,
        "score": hit.score,
        "matched": hit.matched_name,
        "list": hit.list_code,
        "title": listed.title,
        "party": listed.id,
        "name": listed.name,
        "kind": listed.kind.value,
        "countries": list(listed.countries),
        "reasons": list(listed.reasons),
        "effect": listed.effect,
        "citation": listed.citation,
        "url": listed.url,
        "membership": hit.membership.value,
        "evidence": [
            {"how": one.how.value, "asked": one.asked, "listed": one.listed} for one in hit.evidence
        ],
        "blocks": hit.blocks,
        "holds": seen.holds,
        "standing": seen.standing.state.value,
        "decided": None
        if decided is None
        else {
            "verdict": decided.verdict.value,
            "officer": decided.officer,
            "why": decided.why,
            "at": str(decided.at),
            "countersigned_by": decided.countersigned_by or None,
        },
    }


def _list(one: PartyList, grade: Age) -> Json:
    return {
        "list": one.code,
        "title": one.title,
        "issued": None if one.issued is None else str(one.issued),
        "latest": None if one.latest is None else str(one.latest),
        "days": grade.days,
        "freshness": grade.freshness.value,
        "parties": len(one.parties),
        "digest": one.digest,
        "problems": list(one.problems),
    }


def print_answer(answer: Json) -> None:
    """Print the hits of each name, then what was asked: no match says what was compared, and no more."""
    console = out()
    for one in answer["names"]:
        _print_name(one, len(answer["lists"]))
    rows = table("list", "parties", "of", "age", "SHA-256", title="\nwhat was asked")
    for one in answer["lists"]:
        stale = one["freshness"] in (Freshness.STALE.value, Freshness.UNKNOWN.value, Freshness.AHEAD.value)
        days = "-" if one["days"] is None else f"{one['days']} days"
        rows.add_row(
            one["title"],
            str(one["parties"]),
            one["latest"] or "-",
            Styled(f"{days}: {one['freshness']}", style="bold yellow" if stale else ""),
            one["digest"][:12],
        )
    console.print(rows)
    for one in answer["lists"]:
        for line in one["problems"][:MOST_PROBLEMS]:
            console.print(Styled(f"  {one['list']}: {line}", style="dim"))
        if len(one["problems"]) > MOST_PROBLEMS:
            console.print(
                Styled(f"  {one['list']}: and {len(one['problems']) - MOST_PROBLEMS} more", style="dim")
            )
    for line in answer["problems"]:
        console.print(Styled(line, style="yellow"))


def _print_name(one: Json, lists: int) -> None:
    console = out()
    shown = one["name"] if len(one["name"]) <= 80 else one["name"][:77] + "..."  # noqa: PLR2004 - a line
    head = Styled(ascii_safe(shown), style="bold")
    if one["wrong"]:
        console.print(head + Styled(f": cannot be asked: {one['wrong']}", style="yellow"))
        return
    if not one["hits"]:
        said = (
            f": no match on {'this list' if lists == 1 else f'these {lists} lists'}; nothing else was checked"
        )
        console.print(head + Styled(said))
        return
    console.print(head)
    for hit in one["hits"]:
        _print_hit(hit)


def _print_hit(hit: Json) -> None:
    console = out()
    state = hit["standing"].replace("-", " ")
    mark = Styled("HOLDS ", style="bold red") if hit["holds"] else Styled("      ")
    console.print(
        mark
        + Styled(f"{hit['score']:6.2f}  ", style="bold")
        + Styled(ascii_safe(hit["matched"]))
        + (Styled(f"  of {hit['name']}") if hit["name"] != hit["matched"] else Styled(""))
    )
    origin = ", ".join(hit["countries"])
    console.print(f"        {hit['title']}{f', {origin}' if origin else ''}", markup=False)
    for label in ("reasons", "effect", "citation"):
        said = "; ".join(hit[label]) if label == "reasons" else hit[label]
        if said:
            console.print(f"        {said}", markup=False, style="dim" if label == "effect" else "")
    if hit["membership"] == "unknown":
        console.print(
            Styled("        whether it stood there on that day, no copy of the list says", style="yellow")
        )
    for each in hit["evidence"]:
        words = " / ".join(one for one in (each["asked"], each["listed"]) if one)
        console.print(f"        {each['how']}{f': {ascii_safe(words)}' if words else ''}", markup=False)
    decided = hit["decided"]
    if decided is not None:
        second = f", countersigned by {decided['countersigned_by']}" if decided["countersigned_by"] else ""
        whose = f"{decided['verdict']} by {decided['officer']} at {decided['at']}{second}"
        said = f"{state}: {whose}: {decided['why']}"
        console.print(f"        {said}", markup=False)
    console.print(Styled(f"        pair {hit['pair']}", style="dim"))


def ascii_safe(words: str) -> str:
    """Return words without characters that turn the direction of a line or show nothing."""
    return "".join(
        one
        if one.isprintable() and not "\u200b" <= one <= "\u200f" and not "\u202a" <= one <= "\u202e"
        else "·"
        for one in words
    )
