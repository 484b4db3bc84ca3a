"""OFAC's Specially Designated Nationals as CSV without a header, with the three files beside it.

`-0-` says that there is nothing. The files beside it, `alt.csv`, `add.csv` and `sdn_comments.csv`, are known
by their columns: aliases (5, the third aka, fka or nka), addresses (6), and what of the remarks did not fit
into 1,000 characters (2). Weak aliases are not in `alt.csv`: they stand in the remarks, as `a.k.a. 'BNC'`.

Sources: https://ofac.treasury.gov, the data specification of the legacy files, and FAQ 122 and 123.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from servanda.formats.lists.reading import clean, name_of, rows_of, told_apart
from servanda.formats.lists.several import names_of
from servanda.model.listed import EntityKind, Listed, PartyList

CODE = "US-SDN"
TITLE = "OFAC Specially Designated Nationals"
COLUMNS = 12
_ALIASES, _ADDRESSES, _COMMENTS = 5, 6, 2
_REMARKS, _LONGEST_REMARKS = 11, 1000
_KINDS = {"individual": EntityKind.PERSON, "vessel": EntityKind.VESSEL, "aircraft": EntityKind.AIRCRAFT}
CITATION = "31 C.F.R. chapter V"
EFFECT = "property is blocked and dealings are prohibited to U.S. persons, as the programme says"
_KNOWN_AS = re.compile(r"(?:[afn]\.k\.a\.|d\.b\.a\.) '(.+)'\.?")
_SEEMS = re.compile(r"(?:[afn]\.k\.a\.|d\.b\.a\.) ")


@dataclass(slots=True)
class _Beside:
    """What the files beside the list say, by the number of the party."""

    strong: dict[str, list[str]] = field(default_factory=dict)
    weak: dict[str, list[str]] = field(default_factory=dict)
    countries: dict[str, dict[str, None]] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)


def recognises(text: str) -> bool:
    """Say whether rows begin with a number and have the columns of the list."""
    for _, row in rows_of(text[:65_536].rpartition("\n")[0] or text, "list"):
        return row[0].strip().isdigit() and len(row) >= COLUMNS
    return False


def read(text: str, name: str, files: Mapping[str, str]) -> PartyList:
    """Read the list with the files beside it.

    Without a day of issue in the file its age is unknown.
    """
    problems = ["the day of issue is not in the file: the list is taken to be of unknown age"]
    beside = _Beside()
    for other, content in files.items():
        _read_beside(content, other, beside, problems)
    parties: list[Listed] = []
    for line, row in rows_of(text, name):
        where = f"{name} line {line}"
        one = _listed(row, where, beside, problems)
        if one is None:
            problems.append(f"{where}: has no number or no name, left out")
        else:
            parties.append(one)
    orphans = (beside.strong.keys() | beside.weak.keys() | beside.remarks.keys()) - {
        one.id for one in parties
    }
    problems += [f"`{one}` has aliases or remarks and is not in the list" for one in sorted(orphans, key=int)]
    return PartyList(
        CODE, TITLE, None, told_apart(parties, problems), citation=CITATION, problems=tuple(problems)
    )


def _listed(row: list[str], where: str, beside: _Beside, problems: list[str]) -> Listed | None:
    number = row[0].strip()
    chief, aliases = names_of(row[1] if len(row) > 1 else "", beside.strong.get(number, []), where, problems)
    if not number.isdecimal() or not chief:
        return None
    if len(row) != COLUMNS:
        problems.append(f"{where}: has {len(row)} of {COLUMNS} columns")
    cells = [*row, *[""] * COLUMNS]
    remarks = clean(cells[_REMARKS]) + beside.remarks.get(number, "")
    if len(cells[_REMARKS]) >= _LONGEST_REMARKS and number not in beside.remarks:
        problems.append(f"{where}: the rest of its remarks is in sdn_comments.csv, and that is not beside it")
    weak = dict.fromkeys((*beside.weak.get(number, ()), *_in_remarks(remarks, where, problems)))
    return Listed(
        id=number,
        name=chief,
        aliases=aliases,
        weak=tuple(one for one in weak if one and one != chief and one not in aliases),
        kind=_KINDS.get(clean(cells[2]).lower(), EntityKind.ORGANISATION),
        countries=tuple(beside.countries.get(number, ())),
        reasons=programmes(cells[3]),
        title=TITLE,
        effect=EFFECT,
        citation=CITATION,
    )


def programmes(cell: str) -> tuple[str, ...]:
    """Return the programmes of a cell, divided as `SDGT] [IFSR`."""
    return tuple(one for each in clean(cell).replace("] [", ";").split(";") if (one := each.strip(" []")))


def _in_remarks(remarks: str, where: str, problems: list[str]) -> list[str]:
    """Return the weak aliases that remarks hold, and tell of one that cannot be read."""
    found = []
    for one in remarks.split("; "):
        alias = _KNOWN_AS.fullmatch(one.strip())
        if alias is not None:
            found.append(name_of(alias.group(1), where, problems))
        elif _SEEMS.match(one.strip()):
            problems.append(f"{where}: an alias in its remarks cannot be read: `{clean(one)[:80]}`")
    return found


def _read_beside(text: str, name: str, beside: _Beside, problems: list[str]) -> None:
    """Read a file beside the list; what kind it is its rows say."""
    strange = 0
    for line, row in rows_of(text, name):
        number = row[0].strip()
        where = f"{name} line {line}"
        if not number.isdecimal():
            strange += 1
        elif len(row) == _ALIASES and row[2].strip().lower() in ("aka", "fka", "nka"):
            weak = "weak" in row[4].lower()
            (beside.weak if weak else beside.strong).setdefault(number, []).append(row[3])
        elif len(row) == _ADDRESSES:
            if country := clean(row[4]):
                beside.countries.setdefault(number, {})[country] = None
        elif len(row) == _COMMENTS:
            beside.remarks[number] = beside.remarks.get(number, "") + row[1]
        else:
            problems.append(
                f"{where}: has {len(row)} columns, neither alias nor address nor remark, left out"
            )
    if strange:
        problems.append(f"{name}: {strange} rows begin with no number of a party, left out")
