"""Packages: acts on several instruments that their authors did as one."""

from __future__ import annotations

import msgspec

from servanda.model.when import When


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An act of an instrument's record."""

    instrument: str
    act: str


class Package(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was done in one breath: its acts name it, each on its own instrument.

    `cause` are the acts that it answers. What it is said to be about stands in `gist`, in our own words.
    """

    id: str
    title: dict[str, str]
    done: When
    gist: str = ""
    cause: tuple[Member, ...] = ()
    source: str = ""
    confirmed: bool = True
    note: str = ""
