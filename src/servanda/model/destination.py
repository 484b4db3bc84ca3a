"""Destinations: ISO 3166-1 alpha-2 codes with English names, from the tz database that comes with us."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def destinations() -> Mapping[str, str]:
    """Return every code of ISO 3166-1 with a short English name, as `KR` and `Korea (South)`.

    Source: `iso3166.tab` of the IANA tz database (public domain), in the pinned package tzdata.
    """
    table = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {code: name for code, name in rows}  # noqa: C416 - a row is a list of two


def named(code: str) -> str:
    """Return a destination as people read it: its name and code, or the code alone where it is no code."""
    name = destinations().get(code)
    return f"{name} ({code})" if name else code
