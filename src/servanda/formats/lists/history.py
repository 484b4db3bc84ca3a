"""The history of a list from dated copies: a base, what was seen to come and go, and the days of the copies.

`ent_num,name,type,program` is the base, `observed,event,ent_num,name,type,program` the events seen, and
`snapshot` the days. What a copy shows and the one before did not happened somewhere between the two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from servanda.errors import FormatError
from servanda.formats.lists.reading import clean, day_of, name_of, rows_of
from servanda.formats.lists.sdn import CITATION, CODE, EFFECT, TITLE, programmes
from servanda.model.listed import EntityKind, Listed, PartyList, Stay
from servanda.model.when import Day

BASE = ["ent_num", "name", "type", "program"]
EVENTS = ["observed", "event", *BASE]
_KINDS = {"individual": EntityKind.PERSON, "vessel": EntityKind.VESSEL, "aircraft": EntityKind.AIRCRAFT}


@dataclass(slots=True)
class _Known:
    """What is known of one number: its names in the order seen, and its stays."""

    names: list[str] = field(default_factory=list)
    kind: str = ""
    programme: str = ""
    stays: list[Stay] = field(default_factory=list)


def recognises(text: str) -> bool:
    """Say whether this is the base of a history."""
    return _head(text) == BASE


def read(text: str, name: str, beside: Mapping[str, str]) -> PartyList:
    """Read a base with its events and the days of its copies.

    Raises:
        FormatError: a file is missing, or the days of the copies are none.
    """
    events = _one_of(beside, EVENTS)
    dates = _one_of(beside, ["snapshot"])
    if events is None or dates is None:
        raise FormatError(
            f"`{name}` is the base of a history, and its events or the days of its copies are not beside it",
            hint="name the files that begin with `observed,event,...` and `snapshot` too",
        )
    problems = [
        f"{other}: is neither the events nor the days of the copies, and was not read"
        for other, content in beside.items()
        if content not in (events, dates)
    ]
    days = _days(dates, problems)
    if not days:
        raise FormatError(f"`{name}`: no day of a copy can be read", hint="one day a line, as 2021-05-22")
    known: dict[str, _Known] = {}
    for line, row in list(rows_of(text, name))[1:]:
        one = _row(row, f"{name} line {line}", known, problems)
        if one is not None and not one.stays:
            one.stays.append(Stay(days[0]))
    # In the order of their days: a line that was moved is no other event. The sort keeps that of a day.
    seen = sorted(list(rows_of(events, "events"))[1:], key=lambda each: each[1][0].strip())
    for line, row in seen:
        _event(row, f"events line {line}", known, days, problems)
    parties = tuple(_listed(number, one) for number, one in known.items() if one.names)
    return PartyList(
        CODE,
        TITLE,
        days[0],
        parties,
        days[-1],
        citation=CITATION,
        problems=tuple(problems),
        days=tuple(days),
    )


def _row(row: list[str], where: str, known: dict[str, _Known], problems: list[str]) -> _Known | None:
    cells = [*row, "", "", ""]
    chief = name_of(cells[1], where, problems)
    if not cells[0].strip().isdigit() or not chief:
        problems.append(f"{where}: has no number or no name, left out")
        return None
    one = known.setdefault(cells[0].strip(), _Known())
    # The latest name is the chief one; one that it had before stays an alias.
    one.names = [chief, *(each for each in one.names if each != chief)]
    one.kind, one.programme = clean(cells[2]) or one.kind, clean(cells[3]) or one.programme
    return one


def _event(
    row: list[str], where: str, known: dict[str, _Known], days: list[Day], problems: list[str]
) -> None:
    observed = day_of(row[0])
    event = row[1].strip() if len(row) > 1 else ""
    if observed is None or event not in ("listed", "delisted", "amended"):
        problems.append(f"{where}: no day, or `{event}` is no event, left out")
        return
    if observed <= days[0]:
        problems.append(f"{where}: {observed} is not after the base of {days[0]}, left out")
        return
    one = _row(row[2:], where, known, problems)
    if one is None:
        return
    place = bisect_left(days, observed)
    before = days[place - 1]
    if place == len(days) or days[place] != observed:
        problems.append(f"{where}: no copy of {observed} is among the days of the copies")
    last = one.stays[-1] if one.stays else None
    if event == "listed":
        if last is not None and last.gone_by is None:
            problems.append(f"{where}: listed, and it stood there already")
            return
        one.stays.append(Stay(observed, before))
    elif event == "delisted":
        if last is None or last.gone_by is not None:
            problems.append(f"{where}: delisted, and it did not stand there")
            return
        one.stays[-1] = Stay(last.seen_from, last.not_before, max(before, last.seen_from), observed)


def _one_of(beside: Mapping[str, str], head: list[str]) -> str | None:
    """Return the file whose first line names these columns."""
    return next((one for one in beside.values() if _head(one) == head), None)


def _head(text: str) -> list[str]:
    return [cell.strip() for cell in text.partition("\n")[0].split(",")]


def _days(dates: str, problems: list[str]) -> list[Day]:
    found: dict[Day, None] = {}
    for line, row in list(rows_of(dates, "days of the copies"))[1:]:
        day = day_of(row[0])
        if day is None:
            problems.append(f"days of the copies line {line}: `{clean(row[0])}` is no day, left out")
        else:
            found[day] = None
    return sorted(found)


def _listed(number: str, one: _Known) -> Listed:
    return Listed(
        id=number,
        name=one.names[0],
        aliases=tuple(one.names[1:]),
        kind=_KINDS.get(one.kind.lower(), EntityKind.ORGANISATION),
        reasons=programmes(one.programme),
        title=TITLE,
        effect=EFFECT,
        citation=CITATION,
        stays=tuple(one.stays),
    )
