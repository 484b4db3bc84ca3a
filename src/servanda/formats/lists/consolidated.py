"""The U.S. Consolidated Screening List: JSON and CSV as trade.gov publishes them, and a compact copy.

Source: https://www.trade.gov/consolidated-screening-list. The compact form says itself what its keys mean
(`fieldKey`, `tables`); it is put into the published form first, so that one function reads all three.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from servanda.errors import FormatError
from servanda.formats.lists.reading import MOST_RECORDS, clean, day_of, rows_of, texts, told_apart
from servanda.formats.lists.several import names_of
from servanda.formats.when import parse_instant
from servanda.model.listed import EntityKind, Listed, PartyList
from servanda.model.when import Instant

CODE = "US-CSL"
TITLE = "U.S. Consolidated Screening List"
COLUMNS = {"source", "entity_number", "name", "alt_names"}
"""Columns by which the CSV is known."""
_KINDS = {
    "individual": EntityKind.PERSON,
    "entity": EntityKind.ORGANISATION,
    "vessel": EntityKind.VESSEL,
    "aircraft": EntityKind.AIRCRAFT,
}
_COUNTRY = re.compile(r"(?:^|,\s*)([A-Z]{2})$")
_CONDITIONS = ("license_requirement", "license_policy")

Record = dict[str, Any]


def recognises(plain: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Say whether this is the list, in either form of JSON."""
    return isinstance(plain, dict) and (
        ("entries" in plain and "tables" in plain) or isinstance(plain.get("results"), list)
    )


def recognises_csv(text: str) -> bool:
    """Say whether the first line names the columns of the list."""
    for _, row in rows_of(text[:65_536].rpartition("\n")[0] or text, "list"):
        return {cell.strip().lower() for cell in row} >= COLUMNS
    return False


def read(plain: Record, name: str) -> PartyList:
    """Read the JSON in either form.

    Raises:
        FormatError: its records are not a list or too many, or it is one page of an answer and not the list.
    """
    compact = "entries" in plain
    records = plain["entries"] if compact else plain["results"]
    if not isinstance(records, list) or len(records) > MOST_RECORDS:
        raise FormatError(
            f"`{name}`: its records are no list, or more than {MOST_RECORDS}", hint="fetch it again"
        )
    said = plain.get("entryCount" if compact else "total")
    if isinstance(said, int) and said > len(records):
        raise FormatError(
            f"`{name}` holds {len(records)} of {said} records",
            hint="take the whole list, consolidated.json, and not one page of a search",
        )
    problems: list[str] = []
    tables = _table(plain.get("tables"))
    published = (
        (where, _published(record, tables) if compact else record)
        for where, record in _records(records, problems)
    )
    parties = _parties(published, _table(plain.get("listAuthority")), problems)
    generated = plain.get("sourceGeneratedAt") or next(
        (one.get("source_list_generated") for one in records[:1] if isinstance(one, dict)), None
    )
    return PartyList(
        CODE,
        TITLE,
        day_of(generated),
        parties,
        retrieved=_instant(plain.get("retrievedAt"), problems),
        citation=clean(plain.get("citation")),
        url=clean(_table(plain.get("source")).get("url")),
        problems=tuple(problems),
    )


def read_csv(text: str, name: str) -> PartyList:
    """Read the CSV; it does not say of which day it is."""
    rows = rows_of(text, name)
    head = [cell.strip().lower() for cell in next(rows)[1]]
    problems = ["the day of issue is not in it: the list is taken to be of unknown age"]

    def records() -> Iterator[tuple[str, Record]]:
        for line, row in rows:
            where = f"{name} line {line}"
            if len(row) != len(head):
                problems.append(f"{where}: has {len(row)} of {len(head)} columns")
            record: Record = dict(zip(head, row, strict=False))
            record["addresses"] = [
                {"country": found.group(1)}
                for one in texts(record.get("addresses"))
                if (found := _COUNTRY.search(one))
            ]
            yield where, record

    parties = _parties(records(), {}, problems)
    return PartyList(CODE, TITLE, None, parties, problems=tuple(problems))


def _records(records: list[Any], problems: list[str]) -> Iterator[tuple[str, Record]]:
    for number, record in enumerate(records):
        where = f"record {number + 1}"
        if isinstance(record, dict):
            yield where, record
        else:
            problems.append(f"{where}: is no record, left out")


def _published(record: Record, tables: Record) -> Record:
    """Return a compact record as trade.gov has it."""
    return {
        "name": record.get("n"),
        "alt_names": record.get("a"),
        "source": _look(tables, "sources", record.get("s")),
        "entity_number": record.get("e"),
        "type": record.get("t"),
        "addresses": [{"country": one} for one in texts(record.get("c"))],
        "programs": _look(tables, "programmes", record.get("pg")),
        "license_requirement": _look(tables, "licenceRequirements", record.get("lr")),
        "license_policy": _look(tables, "licencePolicies", record.get("lp")),
        "federal_register_notice": record.get("fr"),
        "source_list_url": _look(tables, "urls", record.get("u")),
    }


def _parties(
    records: Iterable[tuple[str, Record]], authority: Record, problems: list[str]
) -> tuple[Listed, ...]:
    parties = []
    for where, record in records:
        made = _listed(record, authority, where, problems)
        if made is None:
            problems.append(f"{where}: has no name, left out")
        else:
            parties.append(made)
    return told_apart(_numbered(parties), problems)


def _listed(record: Record, authority: Record, where: str, problems: list[str]) -> Listed | None:
    chief, aliases = names_of(record.get("name"), record.get("alt_names"), where, problems)
    if not chief:
        return None
    title = clean(record.get("source"))
    if not title:
        problems.append(f"{where}: `{chief}` does not say of which list it is")
    addresses = record.get("addresses")
    countries = dict.fromkeys(
        clean(one.get("country"))
        for one in (addresses if isinstance(addresses, list) else ())
        if isinstance(one, dict)
    )
    countries.pop("", None)
    law = _table(authority.get(title))
    cites = (clean(law.get("citation")), clean(record.get("federal_register_notice")))
    order = [clean(record.get(key)) for key in ("start_date", "end_date")]
    return Listed(
        # Not by trade.gov's own `id`: it is a hash of the record, and only one of the three forms has it.
        id=f"{title}:{_number(record.get('entity_number')) or chief}",
        name=chief,
        aliases=aliases,
        kind=_KINDS.get(clean(record.get("type")).lower(), EntityKind.UNKNOWN),
        countries=tuple(countries),
        reasons=(
            *(cleaned for one in texts(record.get("programs")) if (cleaned := clean(one))),
            *(cleaned for key in _CONDITIONS if (cleaned := clean(record.get(key)))),
            *([f"order of {order[0] or 'unknown'}, until {order[1] or 'unknown'}"] if any(order) else []),
        ),
        title=title,
        effect=clean(law.get("effect")),
        citation="; ".join(one for one in cites if one),
        url=clean(record.get("source_list_url")),
    )


def _numbered(parties: list[Listed]) -> Iterator[Listed]:
    """Tell records by their notice that have no number and one name: a person denied twice, for one."""
    often = Counter(one.id for one in parties)
    for one in parties:
        notice = one.citation.rpartition("; ")[2]
        yield replace(one, id=f"{one.id}:{notice}") if often[one.id] > 1 and notice else one


def _number(value: object) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else clean(value)


def _table(value: object) -> Record:
    return value if isinstance(value, dict) else {}


def _look(tables: Record, table: str, index: object) -> Any:  # noqa: ANN401 - text or texts
    """Return what a table of the compact form has at a place."""
    rows = tables.get(table)
    if isinstance(rows, list) and isinstance(index, int) and 0 <= index < len(rows):
        return rows[index]
    return None


def _instant(value: object, problems: list[str]) -> Instant | None:
    if not isinstance(value, str):
        return None
    try:
        return parse_instant(value)
    except FormatError:
        problems.append(f"`{clean(value)[:80]}` is no instant: when it was retrieved is not known")
        return None
