"""A list of one's own as CSV: a line that names the columns, `name` among them, then one party a line."""

from __future__ import annotations

from servanda.errors import FormatError
from servanda.formats.lists.reading import clean, day_of, name_of, rows_of, texts
from servanda.model.listed import Listed, PartyList, Stay

COLUMNS = ("name", "aliases", "country", "id", "from", "to", "reason")


def recognises(text: str) -> bool:
    """Say whether the first line names columns, and `name` is one of them."""
    for _, row in rows_of(text[:65_536].rpartition("\n")[0] or text, "list"):
        return "name" in [cell.strip().lower() for cell in row]
    return False


def read(text: str, name: str) -> PartyList:
    """Read a list; `aliases` are divided by semicolons, `from` and `to` are days: on it from, off it from.

    Raises:
        FormatError: it has a column that means nothing here.
    """
    rows = list(rows_of(text, name))
    head = [cell.strip().lower() for cell in rows[0][1]]
    strange = [one for one in head if one and one not in COLUMNS]
    if strange:
        raise FormatError(
            f"`{name}` has a column `{strange[0]}` that means nothing here",
            hint=f"columns are {', '.join(COLUMNS)}",
        )
    problems: list[str] = []
    parties = []
    for line, row in rows[1:]:
        where = f"{name} line {line}"
        cells = dict(zip(head, [*row, *[""] * len(head)], strict=False))
        chief = name_of(cells.get("name"), where, problems)
        if not chief:
            problems.append(f"{where}: has no name, left out")
            continue
        parties.append(
            Listed(
                id=clean(cells.get("id")) or f"line {line}",
                name=chief,
                aliases=tuple(name_of(one, where, problems) for one in texts(cells.get("aliases", ""))),
                countries=texts(cells.get("country", "")),
                reasons=texts(cells.get("reason", "")),
                title=name,
                stays=_stays(cells, where, problems),
            )
        )
    days = [one.stays[0].seen_from for one in parties if one.stays]
    issued = min(days, default=None)
    if issued is None:
        problems.append("no day of issue is in it: the list is taken to be of unknown age")
    return PartyList(name.rpartition(".")[0] or name, name, issued, tuple(parties), problems=tuple(problems))


def _stays(cells: dict[str, str], where: str, problems: list[str]) -> tuple[Stay, ...]:
    said = {key: cells.get(key, "").strip() for key in ("from", "to")}
    days = {key: day_of(value) for key, value in said.items()}
    problems += [
        f"{where}: `{value}` in `{key}` is no day, as 2026-07-31"
        for key, value in said.items()
        if value and days[key] is None
    ]
    start, end = days["from"], days["to"]
    if start is None:
        return ()
    before = start.plus(-1)
    return (Stay(start, before) if end is None else Stay(start, before, end.plus(-1), end),)
