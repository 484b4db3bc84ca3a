"""A decision on the screen: the outcome first, then why, what changes it, what would permit it, duties."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text as Styled

from servanda.doors.cli.printing import table, word
from servanda.formats.languages import word as spoken

Json = dict[str, Any]

MOST_WAYS = 10
"""How many ways to a permit are printed; JSON has all of them."""

HEADINGS = {
    "because": ("because", "理由", "이유"),
    "under": ("under", "根拠", "근거"),
    "marked": ("marked by the receiver", "受領者の表示", "수령자의 표시"),
    "would be marked": ("would be marked by the receiver", "受領者の表示（仮定）", "수령자의 표시(가정)"),
    "or": ("or", "又は", "또는"),
    "and": ("and", "及び", "및"),
    "since": ("so since", "開始", "시작"),
    "until": ("may change", "変わり得る時点", "바뀔 수 있는 시점"),
    "missing": ("not known or disputed", "不明又は争いのある点", "불명 또는 다툼이 있는 사항"),
    "ways": ("would permit it", "許可となる条件", "허가되는 조건"),
    "any": ("any one, cheapest first", "いずれか一つ、容易な順", "어느 하나, 쉬운 순"),
    "duties": ("duties of the receiver", "受領者の義務", "수령자의 의무"),
    "detours": ("detours", "迂回の経路", "우회 경로"),
    "also in it": ("also in it", "含まれるもの", "포함된 것"),
    "opened by": ("opened by", "開封者", "열람자"),
    "duty": ("duty", "義務", "의무"),
    "cite": ("cite", "出典", "출처"),
    "after": ("after the end", "終了後", "종료 후"),
    "through": ("through", "経由", "경유"),
    "hop": ("hop", "区間", "구간"),
    "now": ("now", "現状", "현재"),
    "needs": ("needs", "必要な行為", "필요한 조치"),
}
_COLUMNS = {"en": 0, "ja": 1, "ko": 2}


def print_decision(console: Console, answer: Json) -> None:
    """Print a decision, in the language that it is said in."""
    language = answer["language"]

    def heading(name: str) -> str:
        return HEADINGS[name][_COLUMNS[language]]

    outcome = word(answer["outcome"])
    said = Styled(spoken("outcome", answer["outcome"], language), style=outcome.style)
    console.print(said + _asked(answer["request"], language))
    for one in answer["request"]["lineage"]:
        console.print(f"  {heading('also in it')}: {_portion(one)}", markup=False)
    _print_person(console, heading("opened by"), answer["request"]["person"])
    if answer["via"]:
        console.print(f"{heading('under')} {', '.join(answer['via'])}", markup=False)
    if answer["equivalent"]:
        named = ", ".join(answer["alternatives"])
        also = f" ({heading('or')} {named})" if named else ""
        marked = heading("marked" if answer["outcome"] == "permit" else "would be marked")
        console.print(f"{marked} {answer['equivalent']}{also}", markup=False)
    _print_times(console, heading("since"), heading("until"), answer)
    if answer["because"]:
        console.print(Styled(heading("because"), style="bold"))
        for one in answer["because"]:
            _print_reason(console, one)
    if answer["missing"]:
        console.print(Styled(f"{heading('missing')}: ", style="yellow") + ", ".join(answer["missing"]))
    _print_ways(console, heading("ways"), heading("any"), heading("and"), answer["ways"])
    if answer["duties"]:
        console.print(Styled(f"\n{heading('duties')}", style="bold"))
        rows = table(heading("duty"), heading("cite"), heading("after"))
        for one in answer["duties"]:
            named = spoken("duty", one["duty"], language)
            rows.add_row(
                named.replace("-", " "),
                Styled(one["cite"], style="cyan"),
                spoken("until", one["survives"], language),
            )
        console.print(rows)
    if answer["routes"]:
        console.print(Styled(f"\n{heading('detours')}", style="bold"))
        columns = [heading(name) for name in ("through", "under", "hop", "now", "needs")]
        _print_routes(console, columns, answer["routes"], language)


def _asked(request: Json, language: str) -> Styled:
    """Say what was asked, on one line."""
    if language != "en":
        parties = f"{request['holder']} → {request['recipient']}"
        whose = f"{request['marking']} ({', '.join(request['originators'])})"
        bound = [", ".join(request[name]) for name in ("topics", "caveats", "given_for") if request[name]]
        bound += [request["purpose"]] if request["purpose"] else []
        return Styled("  " + "; ".join((parties, whose, *bound, request["at"])))
    whose = f"{request['marking']} of {', '.join(request['originators'])}"
    bound = [f"about {', '.join(request['topics'])}"] if request["topics"] else []
    bound += [*request["caveats"]]
    bound += [f"for {request['purpose']}"] if request["purpose"] else []
    bound += [f"given for {', '.join(request['given_for'])} alone"] if request["given_for"] else []
    bound += [request["form"]] if request["form"] != "electronic" else []
    return Styled(
        f"  {request['holder']} to {request['recipient']}, {', '.join((whose, *bound))}, {request['at']}"
    )


def _portion(one: Json) -> str:
    what = f"{one['marking']} of {', '.join(one['originators'])}"
    topics = [f"about {', '.join(one['topics'])}"] if one["topics"] else []
    return ", ".join((what, *topics, *one["caveats"]))


def _print_person(console: Console, heading: str, person: Json | None) -> None:
    if person is None:
        return
    nationalities = f" ({', '.join(person['nationalities'])})" if person["nationalities"] else ""
    place = f", in {person['facility']}" if person["facility"] else ""
    visit = f", visiting {person['visiting']}" if person["visiting"] else ""
    console.print(f"  {heading} {person['id']}{nationalities}{place}{visit}", markup=False)


def _print_times(console: Console, since: str, until: str, answer: Json) -> None:
    if answer["since"]:
        console.print(f"{since} {answer['since']}", markup=False)
    if answer["until"]:
        turns = "; ".join(one["says"] for one in answer["turns"])
        console.print(f"{until} {answer['until']}" + (f": {turns}" if turns else ""), markup=False)


def _print_reason(console: Console, one: Json) -> None:
    when = one.get("when", "")
    shown = f"  {when}" if when and when[:10] not in one["says"] else ""
    doubt = Styled("  not confirmed", style="yellow") if one.get("confirmed") is False else ""
    console.print(Styled(f"  {one['says']}  ") + Styled(one["cite"], style="cyan") + shown + doubt)


def _print_ways(console: Console, heading: str, any_one: str, joined: str, ways: list[list[Json]]) -> None:
    if not ways:
        return
    several = len(ways) > 1
    console.print(Styled(f"{heading}: {any_one}" if several else heading, style="bold"))
    for number, way in enumerate(ways[:MOST_WAYS], start=1):
        begins = f"{number:>3}  " if several else "  "
        for place, step in enumerate(way):
            lead = begins if not place else " " * len(begins) + f"{joined} "
            cites = "; ".join(dict.fromkeys(step["cites"]))
            said = Styled(f"{lead}{step['what']}")
            console.print(said + "  " + Styled(cites, style="cyan") if cites else said)
    if len(ways) > MOST_WAYS:
        console.print(f"     ... +{len(ways) - MOST_WAYS} (--json)", markup=False)


def _print_routes(console: Console, columns: list[str], routes: list[Json], language: str) -> None:
    rows = table(*columns)
    for one in routes:
        for number, hop in enumerate(one["hops"]):
            outcome = word(hop["outcome"])
            rows.add_row(
                "" if number else ", ".join(one["through"]),
                "" if number else ", ".join(one["under"]) or "-",
                f"{hop['holder']} → {hop['recipient']}" if language != "en" else _hop(hop),
                Styled(spoken("outcome", hop["outcome"], language), style=outcome.style),
                "; ".join(need["what"] for need in hop["needs"]) or "-",
            )
    console.print(rows)


def _hop(hop: Json) -> str:
    return f"{hop['holder']} to {hop['recipient']}"
