"""Texts, conventions and parties as TOML, each read whole with every problem listed."""

from __future__ import annotations

from typing import Any

from servanda.errors import CatalogueError
from servanda.formats.plainly import convert
from servanda.formats.toml import read_toml
from servanda.model.clauses import Clause
from servanda.model.party import Party
from servanda.model.text import Conventions, Text

PARTIES = "servanda/parties@1"


def read_text(data: bytes, file: str) -> Text:
    """Read a text, clause by clause.

    Raises:
        CatalogueError: the file has problems; all are listed.
    """
    plain = read_toml(data, file)
    problems: list[str] = []
    clauses = plain.get("clause", {})
    if not isinstance(clauses, dict):
        problems.append('clause: write each as [clause."21(3)"]')
        clauses = {}
    good: dict[str, Any] = {}
    for address, clause in clauses.items():
        if not isinstance(clause, dict) or "kind" not in clause:
            inner = next(iter(clause), "") if isinstance(clause, dict) else ""
            problems.append(
                f'clause "{address}": has no `kind`; an address with a dot stands in quotes: '
                f'[clause."{address}.{inner}"]'
            )
        elif convert(Clause, clause, f'clause "{address}"', problems) is not None:
            good[address] = clause
    text: Text | None = convert(Text, {**plain, "clause": good}, "text", problems)
    if problems or text is None:
        raise CatalogueError(f"`{file}` has {len(problems)} problems", tuple(problems))
    return text


def read_conventions(data: bytes, file: str) -> Conventions:
    """Read the conventions of an instrument.

    Raises:
        CatalogueError: the file has problems; all are listed.
    """
    problems: list[str] = []
    found: Conventions | None = convert(Conventions, read_toml(data, file), "conventions", problems)
    if problems or found is None:
        raise CatalogueError(f"`{file}` has {len(problems)} problems", tuple(problems))
    return found


def read_parties(data: bytes, file: str) -> tuple[Party, ...]:
    """Read parties, `[party.JP]` each.

    Raises:
        CatalogueError: the file has problems; all are listed.
    """
    plain = read_toml(data, file)
    problems: list[str] = []
    if plain.get("format") != PARTIES:
        problems.append(f'format: must be "{PARTIES}", not `{plain.get("format")}`')
    problems += [f"there is no field `{key}`" for key in plain if key not in ("format", "party")]
    parties = []
    rows = plain.get("party", {})
    for code, row in (rows if isinstance(rows, dict) else {}).items():
        if isinstance(row, dict):
            party = convert(Party, {"code": code, **row}, f"party {code}", problems)
            if party is not None:
                parties.append(party)
        else:
            problems.append(f"party {code}: write it as [party.{code}]")
    if problems:
        raise CatalogueError(f"`{file}` has {len(problems)} problems", tuple(problems))
    return tuple(parties)
