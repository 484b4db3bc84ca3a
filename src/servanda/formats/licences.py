"""The terms of a licence as TOML (`servanda/licence@1`), and quantities as people type them."""

from __future__ import annotations

import re
from decimal import Decimal

from servanda.errors import CatalogueError, FormatError
from servanda.formats.canonical import canonical, parse_canonical
from servanda.formats.plainly import convert
from servanda.formats.toml import read_toml
from servanda.formats.words import from_builtins, to_builtins
from servanda.model.licence import Licence, positive
from servanda.model.licence_event import LicenceEvent, Plain

FORMAT = "servanda/licence@1"
_FIXED = ("id", "kind", "licence", "officer", "seen")
"""What a correction of a record leaves as it is."""
_AMOUNT = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,18})?", re.ASCII)


def read_terms(data: bytes, file: str, zone: str = "") -> Licence:
    """Read the terms of a licence; `zone` is that of the regime where the file names none.

    Raises:
        CatalogueError: the file has problems; those of its form are all listed.
        FormatError: a value is not one.
    """
    plain = read_toml(data, file)
    problems: list[str] = []
    if plain.pop("format", None) != FORMAT:
        problems.append(f'format: must be "{FORMAT}"')
    if zone:
        plain.setdefault("zone", zone)
    found: Licence | None = convert(Licence, plain, "licence", problems)
    if problems or found is None:
        raise CatalogueError(f"`{file}` is not a licence", tuple(problems))
    return found


def regime_of(data: bytes, file: str) -> str:
    """Return the regime that the terms name, empty where they name none.

    Raises:
        CatalogueError: not TOML.
    """
    return str(read_toml(data, file).get("regime", ""))


def parse_amount(text: str, what: str) -> Decimal:
    """Read a quantity or value as 12 or 12.5: digits, and a point before the parts of one.

    Raises:
        FormatError: it is not one, or zero, or absurd.
    """
    stripped = text.strip()
    if not _AMOUNT.fullmatch(stripped):
        hint = "write digits, and a point before parts of one: 1200.5"
        raise FormatError(f"{what} is `{text[:40]}`, which is not an amount above zero", hint=hint)
    if "." in stripped:
        stripped = stripped.rstrip("0").rstrip(".")
    return positive(Decimal(stripped), what)


def event_bytes(event: LicenceEvent) -> bytes:
    """Return the canonical bytes of a record of a licence, the form in which it is kept."""
    return canonical(to_builtins(event))


def event_from_bytes(data: bytes) -> LicenceEvent:
    """Read a record of a licence; the inverse of `event_bytes`.

    Raises:
        FormatError: not canonical, or not such a record.
    """
    return from_builtins(LicenceEvent, parse_canonical(data))  # type: ignore[arg-type]  # a union of types


def corrected(record: Plain, changes: str, where: str) -> Plain:
    """Return a record with fields replaced as an inline table says, `{ done = 2020-01-10 }`.

    Raises:
        CatalogueError: the fields are not those of such a record.
    """
    inner = changes.strip().removeprefix("{").removesuffix("}")
    plain = read_toml(f"record = {{{inner}}}".encode(), where)
    problems = [f"record: `{one}` cannot be corrected" for one in _FIXED if one in plain["record"]]
    if problems:
        raise CatalogueError(f"{where} is not a correction", tuple(problems))
    found = convert(Plain, {**to_builtins(record), **plain["record"]}, "record", problems)
    if problems or found is None:
        raise CatalogueError(f"{where} is not a correction", tuple(problems))
    made: Plain = found
    return made
