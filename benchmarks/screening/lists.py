"""The real lists, from the folder that `SERVANDA_DATA` names or `shared/data` beside the checkout."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from servanda.formats.lists import read_list
from servanda.model.listed import PartyList

FOLDER = Path(os.environ.get("SERVANDA_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")


@cache
def read(name: str) -> PartyList:
    """Return a list of the folder; leave with a reason where it is not there."""
    file = FOLDER / name
    if not file.exists():
        sys.exit(f"the public list `{name}` is not here: set SERVANDA_DATA to the folder that holds it")
    return read_list(file.read_bytes(), file.name)


def consolidated() -> PartyList:
    """Return the U.S. Consolidated Screening List."""
    return read("us/screening-list.json")


def end_users() -> PartyList:
    """Return METI's Foreign End User List."""
    return read("meti/end_user_list.json")


def names(of: PartyList) -> tuple[list[str], list[int]]:
    """Return every name of a list, and the place of the party whose it is."""
    rows = [(name, place) for place, one in enumerate(of.parties) for name in one.names]
    return [name for name, _ in rows], [place for _, place in rows]
