"""A difference of two worlds on the screen: what an officer needs in half a minute, pair by pair.

Flows of one pair that turn in the same way are one line; a subject is named only where it makes a difference.
JSON has every flow by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text as Styled

from servanda.doors.cli.printing import end as earliest
from servanda.doors.cli.printing import table, word

Json = dict[str, Any]

MOST_PAIRS = 12
"""How many pairs are printed under one heading; JSON has all of them."""
MOST_DUTIES = 4
_TURNS = {
    "stops": ("stops", "bold red"),
    "begins": ("begins", "bold green"),
    "other-marking": ("goes on, marked otherwise", "yellow"),
    "other-duties": ("goes on, with other duties", "yellow"),
    "other-ground": ("goes on, under another instrument", "yellow"),
    "refused-otherwise": ("", ""),
}


def print_difference(console: Console, answer: Json) -> None:
    """Print a difference: the instruments, the flows by pair, what is owed and held, the linchpins."""
    _statuses(console, answer)
    _raised(console, answer)
    _flows(console, answer)
    _survives(console, answer["survives"])
    _held(console, answer["held"])
    _linchpins(console, answer)
    _paths(console, answer)


def _statuses(console: Console, answer: Json) -> None:
    console.print(f"at {answer['at']}", markup=False)
    if not answer["statuses"]:
        console.print("no instrument stands differently")
        return
    rows = table("instrument", "as it is", "as supposed")
    for one in answer["statuses"]:
        rows.add_row(one["instrument"], _phases(one["before"]), _phases(one["after"]))
    console.print(rows)


def _raised(console: Console, answer: Json) -> None:
    """Print the acts whose condition holds no longer: what may be brought back, and what hangs behind it."""
    for one in answer["raised"]:
        who = ", ".join(one["by"])
        console.print(
            Styled("\nmatter pending: ", style="bold red")
            + Styled(f"{one['act']} of {who} on {one['instrument']} hung on {one['on']}")
        )
        for reason in one["because"]:
            console.print(f"  {reason['says']}", markup=False)
        for party, end in one["earliest_end"].items():
            console.print(f"  {party} could then end {one['instrument']}: {earliest(end)}", markup=False)
        if one["behind"]:
            console.print("  the flows behind it, which would stop:")
            flows: dict[tuple[str, str], list[str]] = {}
            for flow in one["behind"]:
                flows.setdefault((flow["holder"], flow["recipient"]), []).append(flow["marking"])
            for (holder, recipient), markings in flows.items():
                said = ", ".join(dict.fromkeys(markings))
                console.print(f"    {holder} to {recipient}: {said}", markup=False)


def _phases(found: list[str]) -> str:
    return " or ".join(one.replace("_", " ") for one in found) or "not concluded"


def _flows(console: Console, answer: Json) -> None:
    if not answer["flows"]:
        console.print("\nno flow changes")
        return

    def pair(one: Json) -> tuple[str, ...]:
        return (one["holder"], one["recipient"], one["originator"], one["turn"], one["after"])

    groups = [list(ones) for _, ones in groupby(sorted(answer["flows"], key=pair), key=pair)]
    groups.sort(key=lambda ones: list(_TURNS).index(ones[0]["turn"]))
    alike: dict[tuple[str, ...], tuple[list[str], list[Styled]]] = {}
    for ones in groups:
        first, told = ones[0], _told(ones, answer["about"])
        key = (first["holder"], *(line.plain for line in told))
        alike.setdefault(key, ([], told))[0].append(first["recipient"])
    for (holder, *_), (recipients, told) in list(alike.items())[:MOST_PAIRS]:
        console.print(Styled(f"\n{holder} to {', '.join(recipients)} ", style="bold") + told[0])
        for line in told[1:]:
            console.print(line)
    _more(console, list(alike), "flows by pair")


def _told(ones: list[Json], about: list[list[str]]) -> list[Styled]:
    """Return what becomes of the flows of a pair: the turn first, then why or under what, then detours."""
    first = ones[0]
    said, style = _TURNS[first["turn"]]
    whose = f" of {first['originator']}" if first["originator"] != first["holder"] else ""
    what = _about(((one["marking"], one["topics"]) for one in ones), about)
    turn = Styled(said, style=style)
    if not said:
        turn = word(first["before"]) + " becomes " + word(first["after"])
    lines = [turn + f": {what}{whose}"]
    if first["turn"] == "other-marking":
        marks = dict.fromkeys((one["marking"], *one["equivalent"].values()) for one in ones)
        return lines + [Styled(f"  {own}: {was} becomes {now}") for own, was, now in marks]
    if first["turn"] in ("begins", "other-duties", "other-ground"):
        return [*lines, Styled(f"  under {', '.join(first['via']['after'])}")]
    reasons = dict.fromkeys((one["because"][0]["says"], one["because"][0]["cite"]) for one in ones)
    lines += [Styled(f"  {says}  ") + Styled(cite, style="cyan") for says, cite in reasons]
    return lines + _detours(ones, about)


def _detours(ones: list[Json], about: list[list[str]]) -> list[Styled]:
    """Return the detours of a pair, each once, with what it is for where it is not for all."""
    found: dict[tuple[str, ...], list[Json]] = {}
    for one in ones:
        for route in one["routes"]:
            found.setdefault(tuple(route["through"]), []).append({**one, "route": route})
    if not found and ones[0]["turn"] == "stops":
        return [Styled("  no detour is left", style="yellow")]
    lines = []
    every = {(one["marking"], *one["topics"]) for one in ones}
    for through, those in found.items():
        foreseen = [name for one in those for name in one["route"]["under"]]
        under = f", foreseen by {', '.join(dict.fromkeys(foreseen))}" if foreseen else ""
        served = {(one["marking"], *one["topics"]) for one in those}
        for_what = ""
        if served != every:
            for_what = f" for {_about(((one['marking'], one['topics']) for one in those), about)}"
        lines.append(Styled(f"  detour through {' and '.join(through)}{under}{for_what}"))
        needs: dict[str, dict[str, None]] = {}
        for one in those:
            for hop in one["route"]["hops"]:
                way = needs.setdefault(f"{hop['holder']} to {hop['recipient']}", {})
                way.update(dict.fromkeys(need["what"] for need in hop["needs"]))
        for hop, way in needs.items():
            lines.append(Styled(f"    {hop}: {'; '.join(way) or 'nothing more'}"))
    return lines


def _survives(console: Console, survives: list[Json]) -> None:
    for one in survives:
        lasting = [duty for duty in one["duties"] if duty["survives"] not in ("none", "unknown")]
        open_ones = [duty for duty in one["duties"] if duty["survives"] == "unknown"]
        name = one["instrument"]
        console.print(Styled(f"\nwhat was given under {name}", style="bold") + _owed(lasting, open_ones))
        for duty in lasting[:MOST_DUTIES]:
            cite = Styled(duty["cite"], style="cyan")
            console.print(Styled(f"  {duty['duty'].replace('-', ' ')}, {duty['survives']}  ") + cite)
        _more(console, lasting, "duties", MOST_DUTIES)


def _owed(lasting: list[Json], open_ones: list[Json]) -> str:
    if lasting:
        return f" stays under {_count(len(lasting))}"
    if open_ones:
        return f": nobody has read whether its end leaves {_count(len(open_ones))} standing"
    return ": no duty is on record that outlives it"


def _count(duties: int) -> str:
    return "1 duty" if duties == 1 else f"{duties} duties"


def _held(console: Console, held: list[Json]) -> None:
    if not held:
        return
    console.print(Styled("\nwho holds what was given under it", style="bold"))
    rows = table("holder", "of", "marking", "under", "objects")

    def key(one: Json) -> tuple[str, ...]:
        return (one["holder"], ", ".join(one["originators"]), one["marking"], one["under"])

    for each, ones in groupby(sorted(held, key=key), key=key):
        rows.add_row(*each, str(len(list(ones))))
    console.print(rows)


def _linchpins(console: Console, answer: Json) -> None:
    for name, heading in (("gains", "\nbecomes the linchpin"), ("sheds", "\nis the linchpin no more")):
        found = [one for one in answer["linchpins"] if one[name]]
        if not found:
            continue
        console.print(Styled(heading, style="bold"))
        lines: dict[tuple[str, str, str], list[str]] = {}
        for one in found:
            what = _about(((each["marking"], each["topics"]) for each in one[name]), answer["about"])
            if name == "gains":
                without = one["without"]["highest"]
                what += f"; without it {'nothing above ' + without if without else 'nothing'} gets through"
            lines.setdefault((one["party"], one["holder"], what), []).append(one["recipient"])
        for (party, holder, what), recipients in list(lines.items())[:MOST_PAIRS]:
            console.print(f"  {party} for {holder} to {', '.join(recipients)}: {what}", markup=False)
        _more(console, list(lines), "lines")


def _paths(console: Console, answer: Json) -> None:
    """Print the pairs between which a matter gets by no path any more, or at last by some."""
    for lost, heading in (
        (True, "\nno way is left, not even with consents"),
        (False, "\na way is open at last"),
    ):
        found = [one for one in answer["paths"] if (one["after"] is None) is lost]
        if not found:
            continue

        def pair(one: Json) -> tuple[str, str]:
            return (one["holder"], one["recipient"])

        console.print(Styled(heading, style="bold"))
        lines: dict[tuple[str, str], list[str]] = {}
        for (holder, recipient), ones in groupby(sorted(found, key=pair), key=pair):
            what = _about(((one["marking"], one["topics"]) for one in ones), answer["about"])
            lines.setdefault((holder, what), []).append(recipient)
        for (holder, what), recipients in list(lines.items())[:MOST_PAIRS]:
            console.print(f"  {holder} to {', '.join(recipients)}: {what}", markup=False)
        _more(console, list(lines), "lines")


def _about(matters: Iterable[tuple[str, list[str]]], about: list[list[str]]) -> str:
    """Say markings, and what about where it is not every subject that was asked about."""
    found: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    topics: dict[str, list[tuple[str, ...]]] = {}
    for marking, each in matters:
        topics.setdefault(marking, []).append(tuple(each))
    for marking, subjects in topics.items():
        found.setdefault(tuple(dict.fromkeys(subjects)), []).append(marking)
    said = []
    for all_of_them, markings in found.items():
        named = ""
        if len(all_of_them) < len(about):
            names = (" and ".join(one) or "nothing in particular" for one in all_of_them)
            named = " about " + " or ".join(names)
        said.append(", ".join(markings) + named)
    return "; ".join(said)


def _more(console: Console, found: list[Any], what: str, most: int = MOST_PAIRS) -> None:
    if len(found) > most:
        console.print(f"  and {len(found) - most} more {what} (--json)", markup=False)
