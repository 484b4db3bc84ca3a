"""Names of places in the U.S. files as ISO 3166-1 codes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from servanda.model.destination import destinations

_OTHER_NAMES = {
    "Burma": "MM",
    "Central African Republic": "CF",
    "Congo (Democratic Republic of)": "CD",
    "Congo (Democratic Republic of the)": "CD",
    "Congo (Republic of the)": "CG",
    "Cote d'Ivoire": "CI",
    "Cote d'lvoire": "CI",
    "Eswatini": "SZ",
    "Korea, North": "KP",
    "Korea, South": "KR",
    "Samoa": "WS",
    "Sint Maarten (the Dutch two-fifths of the island of Saint Martin)": "SX",
    "St. Vincent and the Grenadines": "VC",
    "Saint Vincent and the Grenadines": "VC",
    "United Kingdom": "GB",
    "China (PRC)": "CN",
    "Micronesia, Federated States of": "FM",
    "The Bahamas": "BS",
    "hong kong": "HK",
    "cayman islands": "KY",
    "liechtenstein": "LI",
}
"""Names in the files for which the tz database has another; spellings are the files' own."""
_WITHOUT_CODE = frozenset({"Kosovo"})
"""Places in the files that have no code in ISO 3166-1, so that no question names them."""


def places(chart: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the code of every name of the country chart that has one; Kosovo has none in ISO 3166-1."""
    by_name = {_plain(name): code for code, name in destinations().items()}
    found: dict[str, str] = dict(_OTHER_NAMES)
    rows = (*chart["countries"], *chart["embargoed"])
    spoken = {_plain(alias): name for alias, name in chart["aliases"].items()}
    for code_name, code in by_name.items():
        row = spoken.get(code_name)
        if row is not None:
            found.setdefault(row, code)
    for name in rows:
        if (code_of_name := by_name.get(_plain(name))) is not None:
            found.setdefault(name, code_of_name)
    return found


def members_of(
    names: Iterable[str], aliases: Mapping[str, str], known: Mapping[str, str]
) -> tuple[str | None, ...]:
    """Return the codes of a group's members, None for a name that nobody placed.

    A destination that is an alias of a member, as Hong Kong of China, is a member with it.
    """
    by_name = {_plain(one): code for code, one in destinations().items()}
    inside = [name for name in names if name not in _WITHOUT_CODE]
    found = [known.get(name) or by_name.get(_plain(name)) for name in inside]
    with_them = [known.get(alias) for alias, name in aliases.items() if name in inside]
    return tuple(dict.fromkeys((*found, *(code for code in with_them if code))))


def _plain(name: str) -> str:
    bare = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    return (
        bare.lower().replace("&", "and").replace(".", "").replace("saint ", "st ").replace("’", "'").strip()
    )
