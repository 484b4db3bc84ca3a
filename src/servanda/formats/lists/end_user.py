"""METI's Foreign End User List as records: `entity_name`, `aliases`, `addresses`, `reason`.

Records read off a printed table may have the name glued to the country in `addresses`. Where the country
is one that other records name, the rest is certainly the name; it is mended, and told.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from servanda.formats.lists.reading import clean, day_of, name_of, texts
from servanda.model.listed import EntityKind, Listed, PartyList

CODE = "JP-EUL"
TITLE = "METI Foreign End User List"
_ISSUED = re.compile(r"/(\d{4})/(\d\d)/\1\2(\d\d)\d*/")
"""METI's address of a revision names its day: /2025/09/20250929006/."""
_CONCERNS = {
    "N": "nuclear",
    "M": "missile",
    "C": "chemical",
    "B": "biological",
    "CW": "conventional weapons",
}


def recognises(plain: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Say whether this is the list."""
    return (
        isinstance(plain, list)
        and bool(plain)
        and isinstance(plain[0], dict)
        and {"entity_name", "addresses"} <= plain[0].keys()
    )


def read(plain: list[Any], name: str) -> PartyList:  # noqa: ARG001 - every reader takes both
    """Read the list."""
    problems: list[str] = []
    records = [one for one in plain if isinstance(one, dict)]
    if len(records) < len(plain):
        problems.append(f"{len(plain) - len(records)} entries are no records, left out")
    countries = _countries(records)
    parties = []
    for number, record in enumerate(records):
        where = clean(record.get("id")) or f"record {number + 1}"
        made = _listed(record, where, countries, problems)
        if made is not None:
            parties.append(made)
    url = next((clean(one.get("source_url")) for one in records if clean(one.get("source_url"))), "")
    found = _ISSUED.search(url)
    issued = day_of("-".join(found.groups())) if found else None
    if issued is None:
        problems.append("the day of issue is not in it: the list is taken to be of unknown age")
    return PartyList(CODE, TITLE, issued, tuple(parties), url=url, problems=tuple(problems))


def _countries(records: list[dict[str, Any]]) -> list[str]:
    """Return the countries of the records whose name is where it should be, the longest first."""
    seen = Counter(
        address
        for record in records
        if clean(record.get("entity_name"))
        for address in texts(record.get("addresses"))[:1]
    )
    return sorted(seen, key=len, reverse=True)


def _listed(record: dict[str, Any], where: str, known: list[str], problems: list[str]) -> Listed | None:
    chief = name_of(record.get("entity_name"), where, problems)
    aliases = tuple(dict.fromkeys(name_of(one, where, problems) for one in texts(record.get("aliases"))))
    addresses = texts(record.get("addresses"))
    country = addresses[0] if addresses else ""
    if not chief:
        glued = next((one for one in known if country.startswith(one + " ")), None)
        if glued is not None:
            chief, country = country.removeprefix(glued).strip(), glued
            problems.append(f"{where}: the name stood in the address; read as `{chief}` of {glued}")
        elif aliases:
            chief, aliases = aliases[0], aliases[1:]
            problems.append(f"{where}: has no name; its first alias `{chief}` stands for it")
        else:
            problems.append(f"{where}: has no name and no alias, left out: {country or 'nothing'}")
            return None
    reason = clean(record.get("reason"))
    letters = dict.fromkeys(re.findall(r"\b(?:CW|[NMCB])\b", reason))
    return Listed(
        id=where,
        name=chief,
        aliases=tuple(one for one in aliases if one),
        kind=EntityKind.ORGANISATION,
        countries=(country,) if country else (),
        reasons=tuple(f"{letter}: {_CONCERNS[letter]}" for letter in letters),
        title=TITLE,
        effect="a licence is needed unless the goods are clearly not for a use of concern; no embargo",
        citation="Export Trade Control Order, catch-all controls; the list is for reference in judging them",
        url=clean(record.get("source_url")),
    )
