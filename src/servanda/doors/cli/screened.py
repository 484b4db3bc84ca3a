"""An answer of a screening, as JSON and for people: what was asked of which lists, and every hit with why."""

from __future__ import annotations

import unicodedata
from typing import Any
from zoneinfo import ZoneInfo

from rich.text import Text as Styled

from servanda.decisions.screening.age import Age, Freshness
from servanda.decisions.screening.remembered import PairState
from servanda.doors.cli.printing import out, table
from servanda.model.listed import PartyList
from servanda.model.when import Instant
from servanda.node.screening.asking import Answered, Screened, Seen

Json = dict[str, Any]
MOST_SHOWN = 80
MANY = 20
"""Of more names than this, those without a match are counted and not printed one by one."""
_NOTHING = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters that show nothing."""


def answer_of(found: Answered, at: Instant, where: ZoneInfo, problems: tuple[str, ...]) -> Json:
    """Return the answer as JSON-ready values; `spec/screening.md` documents every key."""
    return {
        "at": at.within(where),
        "day": str(at.day(where)),
        "names": [_name(one) for one in found.screened],
        "lists": [_list(one, grade) for one, grade in found.lists],
        "holds": found.holds,
        "cannot_tell": found.cannot_tell,
        "silent": list(found.silent),
        "problems": list(problems),
    }


def _name(one: Screened) -> Json:
    return {
        "name": one.name,
        "wrong": one.wrong or None,
        "holds": one.holds,
        "hits": [_hit(each) for each in one.seen],
        "more": one.more,
    }


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
        "of": None if grade.of is None else str(grade.of),
        "days": grade.days,
        "freshness": grade.freshness.value,
        "copies": [str(day) for day in one.days],
        "parties": len(one.parties),
        "digest": one.digest,
        "problems": list(one.problems),
    }


def print_answer(answer: Json) -> None:
    """Print the hits of each name, then what was asked: no match says what was compared, and no more."""
    names = answer["names"]
    many = len(names) > MANY
    for one in names:
        if one["hits"] or one["wrong"] or not many:
            _print_name(one, answer)
    if many:
        _print_sum(names, answer)
    _print_effects(names)
    if answer["lists"]:
        _print_lists(answer["lists"])
    for line in answer["problems"]:
        out().print(Styled(shown_safely(line), style="yellow"))


def _print_sum(names: list[Json], answer: Json) -> None:
    holding = sum(one["holds"] for one in names)
    wrong = sum(one["wrong"] is not None for one in names)
    near = sum(bool(one["hits"]) and not one["holds"] for one in names)
    left = len(names) - holding - wrong - near
    asked = f", {wrong} cannot be asked" if wrong else ""
    said = f"\n{len(names)} names: {holding} hold, {near} have hits that do not hold{asked}, "
    said += f"{left} {_none(answer)}"
    out().print(Styled(said, style="bold"))


def _none(answer: Json) -> str:
    """Return what is said where nothing was found."""
    many = len(answer["lists"])
    these = "this list" if many == 1 else f"these {many} lists"
    silent = answer["silent"]
    if silent:
        mute = ", ".join(silent)
        return f"no match on {these}, but of {answer['day']} nothing is known from {mute}: cannot tell"
    fresh = (Freshness.FRESH.value, Freshness.AGEING.value)
    old = sum(one["freshness"] not in fresh for one in answer["lists"])
    told = "" if not old else " (not fresh)" if many == 1 else f" ({old} not fresh)"
    return f"no match on {these}{told}; nothing else was checked"


def _print_lists(lists: list[Json]) -> None:
    console = out()
    rows = table("list", "", "parties", "of", "age", "SHA-256", title="\nwhat was asked")
    for one in lists:
        known = one["days"] is not None
        fresh = one["freshness"] in (Freshness.FRESH.value, Freshness.AGEING.value)
        told = f"{one['days']} days: {one['freshness']}" if known else one["freshness"]
        copies = f" ({len(one['copies'])} copies)" if one["copies"] else ""
        rows.add_row(
            Styled(shown_safely(one["list"])),
            Styled(shown_safely(one["title"]) if one["title"] != one["list"] else ""),
            str(one["parties"]),
            (one["of"] or "-") + copies,
            Styled(told, style="" if fresh else "bold yellow"),
            one["digest"][:12],
        )
    console.print(rows)
    for one in lists:
        if one["problems"]:
            said = f"{len(one['problems'])} records were odd: mended or left out as --json says, line by line"
            console.print(Styled(f"{shown_safely(one['list'])}: {said}", style="dim"))


def _print_effects(names: list[Json]) -> None:
    """Print what the lists of the hits do, each once: it is the same for all of a list."""
    effects = {(hit["title"], hit["effect"]): None for one in names for hit in one["hits"] if hit["effect"]}
    for place, (title, effect) in enumerate(effects):
        if not place:
            out().print(Styled("\nwhat these lists do", style="bold"))
        out().print(Styled(f"  {shown_safely(title)}: {shown_safely(effect)}"))


def _print_name(one: Json, answer: Json) -> None:
    console = out()
    head = Styled(_short(one["name"]), style="bold")
    if one["wrong"]:
        console.print(head + Styled(f": cannot be asked: {shown_safely(one['wrong'])}", style="yellow"))
        return
    if not one["hits"]:
        console.print(head + Styled(f": {_none(answer)}"))
        return
    console.print(head)
    for hit in one["hits"]:
        _print_hit(hit, answer["day"])
    if one["more"]:
        console.print(f"      and {one['more']} more that do not hold: --limit shows them")


def _print_hit(hit: Json, day: str) -> None:
    console = out()
    mark = Styled("HOLDS ", style="bold red") if hit["holds"] else Styled("      ")
    console.print(
        mark
        + Styled(f"{hit['score']:6.2f}  ", style="bold")
        + Styled(shown_safely(hit["matched"]))
        + Styled(f"  of {shown_safely(hit['name'])}" if hit["name"] != hit["matched"] else "")
    )
    origin = f", {', '.join(hit['countries'])}" if hit["countries"] else ""
    lines = [f"{hit['list']}: {hit['title']}{origin}", "; ".join(hit["reasons"]), hit["citation"]]
    for each in hit["evidence"]:
        words = " / ".join(one for one in (each["asked"], each["listed"]) if one)
        lines.append(f"{each['how']}{f': {words}' if words else ''}")
    for line in lines:
        if line:
            console.print(Styled(f"        {shown_safely(line)}"))
    if hit["membership"] == "unknown":
        said = f"        whether it stood there on {day}, no copy of the list says"
        console.print(Styled(said, style="yellow"))
    for line in _stood(hit):
        console.print(Styled(f"        {shown_safely(line)}"))
    console.print(Styled(f"        pair {hit['pair']}", style="dim"))


def _stood(hit: Json) -> list[str]:
    """Return what was decided on a hit, and who must do what next."""
    decided = hit["decided"]
    if decided is None:
        return []
    second = f", countersigned by {decided['countersigned_by']}" if decided["countersigned_by"] else ""
    whose = f"{decided['verdict']} by {decided['officer']} at {decided['at']}{second}: {decided['why']}"
    said = [f"{hit['standing'].replace('-', ' ')}: {whose}"]
    if hit["standing"] == PairState.WAITS.value and hit["holds"]:
        said.append(f"another officer than {decided['officer']} must run `servanda screen countersign`")
    if hit["standing"] == PairState.REOPENED.value:
        said.append("the list says something else of this party since: an officer must decide again")
    return said


def _short(name: str) -> str:
    return shown_safely(name if len(name) <= MOST_SHOWN else f"{name[: MOST_SHOWN - 3]}...")


def shown_safely(words: str) -> str:
    """Return words without what turns the direction of a line, commands a terminal or shows nothing."""
    safe = "".join(one if one.isprintable() and one not in _NOTHING else "·" for one in words)
    return safe if safe.isascii() else unicodedata.normalize("NFC", safe)
