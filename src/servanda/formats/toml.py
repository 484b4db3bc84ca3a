"""TOML for people: bytes to plain values, with days and instants as text and nothing guessed."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from typing import Any

from servanda.errors import CatalogueError

MOST_BYTES = 1 << 20


def read_toml(data: bytes, file: str) -> dict[str, Any]:
    """Read a TOML document into dicts, lists, text, integers and booleans.

    Raises:
        CatalogueError: not UTF-8, not TOML, a local time, a floating-point number, too long.
    """
    if len(data) > MOST_BYTES:
        raise CatalogueError(f"`{file}` is longer than {MOST_BYTES} bytes", (), hint="split it")
    try:
        found = tomllib.loads(data.decode())
    except UnicodeDecodeError as wrong:
        raise CatalogueError(f"`{file}` is not UTF-8: {wrong}", (), hint="save as UTF-8") from wrong
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as wrong:
        hint = "dates are 2019-11-23, instants 2019-11-23T00:00:00+09:00, text stands in quotes"
        raise CatalogueError(f"`{file}` is not TOML: {wrong}", (), hint=hint) from wrong
    problems: list[str] = []
    plain = _plain(found, "", problems)
    if problems:
        raise CatalogueError(f"`{file}` has {len(problems)} problems", tuple(problems))
    assert isinstance(plain, dict)
    return plain


def _plain(value: object, path: str, problems: list[str]) -> object:
    match value:
        case dict():
            return {key: _plain(one, f"{path}.{key}".lstrip("."), problems) for key, one in value.items()}
        case list():
            return [_plain(one, f"{path}[{number}]", problems) for number, one in enumerate(value)]
        case datetime():
            if value.tzinfo is None:
                problems.append(
                    f"{path}: `{value.isoformat()}` has no offset: add one such as +09:00, or "
                    "write the day alone if the hour is not known"
                )
            return value.isoformat()
        case date():
            return value.isoformat()
        case time():
            problems.append(f"{path}: `{value}` is an hour without a day: write the instant")
            return str(value)
        case float():
            problems.append(
                f'{path}: `{value}` is a floating-point number: an address stands in quotes, "21.3"'
            )
            return str(value)
    return value
