"""Acts as TOML: `act = [ { id = ..., kind = ..., by = [...], done = ..., seen = ... }, ... ]`."""

from __future__ import annotations

from servanda.errors import CatalogueError, FormatError
from servanda.formats.plainly import convert
from servanda.formats.toml import read_toml
from servanda.model.act import Act

FORMAT = "servanda/acts@1"


def read_acts(data: bytes, file: str) -> tuple[Act, ...]:
    """Read a file of acts, listing every problem in it.

    Raises:
        CatalogueError: the file has problems.
    """
    plain = read_toml(data, file)
    problems: list[str] = []
    if plain.get("format") != FORMAT:
        problems.append(f'format: must be "{FORMAT}", not `{plain.get("format")}`')
    problems += [f"there is no field `{key}`" for key in plain if key not in ("format", "act")]
    rows = plain.get("act", [])
    if not isinstance(rows, list):
        problems.append("act: must be a list in brackets")
        rows = []
    acts: list[Act] = []
    for number, row in enumerate(rows):
        name = row.get("id") if isinstance(row, dict) else None
        act = convert(Act, row, f"act {name or number + 1}", problems)
        if act is not None:
            acts.append(act)
    if problems:
        raise CatalogueError(f"`{file}` has {len(problems)} problems", tuple(problems))
    return tuple(acts)


def read_act(table: str, where: str) -> Act:
    """Read one act from an inline table, as `{ id = "a", kind = "announce", ... }`.

    Raises:
        FormatError: it is not one.
    """
    plain = read_toml(f"act = {table}".encode(), where)
    problems: list[str] = []
    act = convert(Act, plain["act"], "act", problems)
    if act is None:
        raise CatalogueError(f"{where} is not an act", tuple(problems))
    if not isinstance(act, Act):
        raise FormatError(f"{where} is not an act")
    return act
