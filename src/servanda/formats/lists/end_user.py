"""METI's Foreign End User List as records: `entity_name`, `aliases`, `addresses` (a country), `reason`.

Records read off a printed table may have the name glued to the country. Where the country is one that other
records name, the rest is certainly the name; it is mended, and told. Names that the list gives in Latin
letters and in those of their country stand together in one field: both are aliases.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

from servanda.formats.lists.reading import clean, day_of, texts, told_apart
from servanda.formats.lists.several import names_of
from servanda.model.listed import EntityKind, Listed, PartyList

CODE = "JP-EUL"
TITLE = "METI Foreign End User List"
_ISSUED = re.compile(r"/([0-9]{4})/([0-9]{2})/\1\2([0-9]{2})[0-9]*/")
"""METI's address of a revision names its day: /2025/09/20250929006/."""
_CONCERNS = {
    "N": "nuclear",
    "M": "missile",
    "C": "chemical",
    "B": "biological",
    "CW": "conventional weapons",
}
_LETTER = re.compile(r"(?<![A-Za-z])(?:CW|[NMCB])(?![A-Za-z])")
"""A letter of concern; kana and Han characters may touch it."""


def recognises(plain: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Say whether this is the list."""
    return isinstance(plain, list) and any(
        isinstance(one, dict) and {"entity_name", "addresses"} <= one.keys() for one in plain[:100]
    )


def read(plain: list[Any], name: str) -> PartyList:  # noqa: ARG001 - every reader takes both
    """Read the list."""
    problems: list[str] = []
    records = [one for one in plain if isinstance(one, dict)]
    if len(records) < len(plain):
        problems.append(f"{len(plain) - len(records)} entries are no records, left out")
    countries = _countries(records)
    parties: list[Listed] = []
    for number, record in enumerate(records):
        where = clean(record.get("id")) or f"record {number + 1}"
        made = _listed(record, where, countries, problems)
        if made is not None:
            parties.append(made)
    urls = list(dict.fromkeys(url for one in records if (url := clean(one.get("source_url")))))
    days = sorted({day for one in urls if (day := _issued(one)) is not None})
    if not days:
        problems.append("the day of issue is not in it: the list is taken to be of unknown age")
    elif len(days) > 1:
        problems.append(f"its records are of {len(days)} revisions; taken to be of the oldest, {days[0]}")
    return PartyList(
        CODE,
        TITLE,
        days[0] if days else None,
        told_apart(parties, problems),
        url=urls[0] if urls else "",
        problems=tuple(problems),
    )


def _issued(url: str) -> Any:  # noqa: ANN401 - a Day, or None
    found = _ISSUED.search(url)
    return day_of("-".join(found.groups())) if found else None


def _countries(records: list[dict[str, Any]]) -> list[str]:
    """Return the countries of the records whose name is where it should be, the longest first."""
    seen = Counter(
        clean(address)
        for record in records
        if clean(record.get("entity_name"))
        for address in texts(record.get("addresses"))
    )
    return sorted(seen, key=len, reverse=True)


def _listed(record: dict[str, Any], where: str, known: list[str], problems: list[str]) -> Listed | None:
    named, aliases = record.get("entity_name"), record.get("aliases")
    addresses = [clean(one) for one in texts(record.get("addresses"))]
    if not clean(named) and addresses:
        country = addresses[0]
        glued = next((one for one in known if country.startswith(one + " ")), None)
        if glued is not None:
            named, addresses[0] = country.removeprefix(glued).strip(), glued
            problems.append(f"{where}: the name stood in the address; read as `{named}` of {glued}")
    chief, others = names_of(named, aliases, where, problems)
    if not chief and others:
        chief, others = others[0], others[1:]
        problems.append(f"{where}: has no name; its first alias `{chief}` stands for it")
    if not chief:
        problems.append(f"{where}: has no name and no alias, left out: {'; '.join(addresses) or 'nothing'}")
        return None
    reason = unicodedata.normalize("NFKC", clean(record.get("reason")))
    letters = tuple(dict.fromkeys(_LETTER.findall(reason)))
    if not letters:
        problems.append(f"{where}: `{reason}` names no concern that is known here")
    return Listed(
        id=where,
        name=chief,
        aliases=others,
        kind=EntityKind.ORGANISATION,
        countries=tuple(dict.fromkeys(one for one in addresses if one)),
        reasons=tuple(f"{letter}: {_CONCERNS[letter]}" for letter in letters)
        or ((reason,) if reason else ()),
        title=TITLE,
        effect="a licence is needed unless the goods are clearly not for a use of concern; no embargo",
        citation="Export Trade Control Order, catch-all controls; the list is for reference in judging them",
        url=clean(record.get("source_url")),
    )
