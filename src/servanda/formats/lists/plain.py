"""A list of one's own as CSV: a line that names the columns, `name` among them, then one party a line."""

from __future__ import annotations

from datetime import date

from servanda.errors import FormatError
from servanda.formats.lists.reading import clean, day_of, rows_of, texts, told_apart
from servanda.formats.lists.several import names_of
from servanda.model.listed import Listed, PartyList, Stay
from servanda.model.when import Day

COLUMNS = ("name", "aliases", "country", "id", "from", "to", "reason")
_LONG_AGO = Day(date.min)


def recognises(text: str) -> bool:
    """Say whether the first line names columns, and `name` is one of them."""
    for _, row in rows_of(text[:65_536].rpartition("\n")[0] or text, "list"):
        return "name" in [cell.strip().lower() for cell in row]
    return False


def read(text: str, name: str) -> PartyList:
    """Read a list; `aliases` are divided by semicolons, `from` and `to` are days: on it from, off it from.

    Raises:
        FormatError: it has a column that means nothing here, or one twice.
    """
    rows = rows_of(text, name)
    head = [cell.strip().lower() for cell in next(rows)[1]]
    _check(head, name)
    problems: list[str] = []
    parties = []
    for line, row in rows:
        where = f"{name} line {line}"
        if len(row) != len(head):
            problems.append(f"{where}: has {len(row)} cells for {len(head)} columns")
        cells = dict(zip(head, [*row, *[""] * len(head)], strict=False))
        chief, aliases = names_of(cells["name"], cells.get("aliases"), where, problems)
        if not chief:
            problems.append(f"{where}: has no name, left out")
            continue
        parties.append(
            Listed(
                id=clean(cells.get("id")) or f"line {line}",
                name=chief,
                aliases=aliases,
                countries=tuple(clean(one) for one in texts(cells.get("country"))),
                reasons=tuple(clean(one) for one in texts(cells.get("reason"))),
                title=name,
                stays=_stays(cells, where, problems),
            )
        )
    days = [one.stays[0].seen_from for one in parties if one.stays and one.stays[0].not_before != _LONG_AGO]
    if not days:
        problems.append("no day of issue is in it: the list is taken to be of unknown age")
    return PartyList(
        name.rpartition(".")[0] or name,
        name,
        min(days, default=None),
        told_apart(parties, problems),
        last=max(days, default=None),
        problems=tuple(problems),
    )


def _check(head: list[str], name: str) -> None:
    hint = f"columns are {', '.join(COLUMNS)}, each once"
    for place, one in enumerate(head):
        if one not in COLUMNS:
            raise FormatError(f"`{name}` has a column `{one}` that means nothing here", hint=hint)
        if one in head[:place]:
            raise FormatError(f"`{name}` has two columns `{one}`", hint=hint)


def _stays(cells: dict[str, str], where: str, problems: list[str]) -> tuple[Stay, ...]:
    """Return what `from` and `to` say; nothing where they cannot be read, and then it stands there always."""
    said = {key: clean(cells.get(key)) for key in ("from", "to")}
    days = {key: day_of(value) if len(value) == len("2026-07-31") else None for key, value in said.items()}
    wrong = [key for key, value in said.items() if value and days[key] is None]
    problems += [f"{where}: `{said[key]}` in `{key}` is no day, as 2026-07-31" for key in wrong]
    start, end = days["from"], days["to"]
    if start is not None and end is not None and end <= start:
        problems.append(f"{where}: is off from {end} and on from {start}; taken to be on it still")
        end = None
    try:
        if start is None:
            # Off it from a day, and nobody says since when it was on it.
            return () if end is None else (Stay(end.plus(-1), _LONG_AGO, end.plus(-1), end),)
        until = None if end is None else end.plus(-1)
        return (Stay(start, start.plus(-1), until, end, exact=True),)
    except OverflowError:
        problems.append(f"{where}: a day before the calendar begins, not used")
        return ()
