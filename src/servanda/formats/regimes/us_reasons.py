"""The reasons for control of an entry of the Commerce Control List, from the rows of its own table.

A row is read only where it is plain: one column of the chart, or a requirement for every destination.
Whatever else an entry says stays in its own words, and then nobody can tell from the chart alone.
"""

from __future__ import annotations

import re
from typing import Any

from servanda.model.clauses.exports import Ground

_COLUMN = re.compile(r"([A-Z]{2}) ?Column ?(\d)\.?")
_IN_ONE_CELL = re.compile(r"([A-Z]{2}) applies to entire entry ([A-Z]{2}) Column (\d)\.?")
_WHOLE = re.compile(r"[A-Z]{2} applies to entire entry\.?")
_CONTROL = re.compile(r"([A-Z]{2})\b")
_WORLDWIDE = re.compile(r"(Worldwide control\.|To or within any destination worldwide)")


def grounds(row: dict[str, Any]) -> tuple[Ground, ...]:
    """Return the reasons for control of an entry, also those for which its table has no row."""
    found = [_ground(one) for one in row["countryChart"]]
    named = _CONTROL.findall(row["reasonForControl"] or "")
    spoken_of = {one.control for one in found}
    # A reason that the entry names and its table has no row for is a requirement that was not read.
    found += [
        Ground(control=name, says="the entry names this reason, and its table has no row for it")
        for name in named
        if name not in spoken_of
    ]
    return tuple(found)


def _ground(one: dict[str, Any]) -> Ground:
    control, cell = " ".join(one["control"].split()), " ".join(one["countryChart"].split())
    if single := _IN_ONE_CELL.fullmatch(cell):
        return Ground(control=single.group(1), column=f"{single.group(2)} {single.group(3)}")
    name = _CONTROL.match(control)
    reason = name.group(1) if name else control
    whole = _WHOLE.fullmatch(control) is not None
    part = "" if whole else control
    if column := _COLUMN.fullmatch(cell):
        return Ground(control=reason, column=f"{column.group(1)} {column.group(2)}", part=part)
    if _WORLDWIDE.match(cell):
        return Ground(control=reason, everywhere=True, part=part, says=cell)
    return Ground(control=reason, part=part, says=f"{control}: {cell}" if cell != control else cell)
