"""OFAC's Specially Designated Nationals as CSV without a header, with `alt.csv`, `add.csv` and comments.

Source: https://ofac.treasury.gov, the legacy delimited files; `-0-` says that there is nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from servanda.formats.lists.reading import clean, name_of, rows_of
from servanda.model.listed import EntityKind, Listed, PartyList

CODE = "US-SDN"
TITLE = "OFAC Specially Designated Nationals"
COLUMNS = 12
_KINDS = {"individual": EntityKind.PERSON, "vessel": EntityKind.VESSEL, "aircraft": EntityKind.AIRCRAFT}
CITATION = "31 C.F.R. chapter V"
EFFECT = "property is blocked and dealings are prohibited to U.S. persons, as the programme says"


def recognises(text: str) -> bool:
    """Say whether rows begin with a number and have the columns of the list."""
    for _, row in rows_of(text[:65_536].rpartition("\n")[0] or text, "list"):
        return row[0].strip().isdigit() and len(row) >= COLUMNS
    return False


def read(text: str, name: str, beside: Mapping[str, str]) -> PartyList:
    """Read the list with the files beside it: those whose names hold `alt` and `add`.

    Without a day of issue in the file its age is unknown.
    """
    problems = ["the day of issue is not in the file: the list is taken to be of unknown age"]
    strong, weak = _aliases(beside, problems)
    countries = _countries(beside)
    parties = []
    for line, row in rows_of(text, name):
        where = f"{name} line {line}"
        number = row[0].strip()
        chief = name_of(row[1] if len(row) > 1 else "", where, problems)
        if not number.isdigit() or not chief:
            problems.append(f"{where}: has no number or no name, left out")
            continue
        if len(row) < COLUMNS:
            problems.append(f"{where}: has {len(row)} of {COLUMNS} columns")
        cells = [*row, *[""] * COLUMNS]
        parties.append(
            Listed(
                id=number,
                name=chief,
                aliases=tuple(strong.get(number, ())),
                weak=tuple(weak.get(number, ())),
                kind=_KINDS.get(clean(cells[2]).lower(), EntityKind.ORGANISATION),
                countries=tuple(countries.get(number, ())),
                reasons=tuple(one for one in clean(cells[3]).replace("] [", ";").split(";") if one),
                title=TITLE,
                effect=EFFECT,
                citation=CITATION,
            )
        )
    return PartyList(CODE, TITLE, None, tuple(parties), citation=CITATION, problems=tuple(problems))


def _aliases(
    beside: Mapping[str, str], problems: list[str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the strong and the weak aliases by the number of their party; a.k.a. `weak` as the list says."""
    strong: dict[str, list[str]] = {}
    weak: dict[str, list[str]] = {}
    for name, text in beside.items():
        if "alt" not in name.lower():
            continue
        for line, row in rows_of(text, name):
            cells = [*row, "", "", "", "", ""]
            alias = name_of(cells[3], f"{name} line {line}", problems)
            if not cells[0].strip().isdigit() or not alias:
                problems.append(f"{name} line {line}: has no number or no alias, left out")
                continue
            into = weak if "weak" in (cells[2] + cells[4]).lower() else strong
            into.setdefault(cells[0].strip(), []).append(alias)
    return strong, weak


def _countries(beside: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in beside.items():
        if "add" not in name.lower():
            continue
        for _, row in rows_of(text, name):
            country = clean(row[4]) if len(row) > 4 else ""  # noqa: PLR2004 - the fifth column
            known = found.setdefault(row[0].strip(), [])
            if country and country not in known:
                known.append(country)
    return found
