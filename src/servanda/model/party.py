"""Parties of any kind, and the words they use to mark their information."""

from __future__ import annotations

from enum import Enum

import msgspec


class PartyKind(Enum):
    """What a party is; the kernel treats all alike."""

    STATE = "state"
    MINISTRY = "ministry"
    ORGANISATION = "organisation"
    COMPANY = "company"
    OTHER = "other"


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One marking of a party: its own `word`; a higher `rank` among its own is graver."""

    word: str
    rank: int
    also: tuple[str, ...] = ()
    """Other spellings that mean the same marking, as romanised forms."""
    confirmed: bool = True
    source: str = ""


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A state, ministry, international organisation or company that can be bound by a text."""

    code: str
    kind: PartyKind
    name: dict[str, str]
    """Its name by language (BCP 47 tag)."""
    seat: str
    """IANA zone of its seat; days that are the party's own are counted there."""
    part_of: str | None = None
    """The party for which this one acts, as a ministry for its state."""
    levels: tuple[Level, ...] = ()
    """Its marking policy, gravest first."""
    confirmed: bool = True
    source: str = ""

    def level(self, word: str) -> Level | None:
        """Return the level whose word or other spelling is `word`, or None."""
        for level in self.levels:
            if word == level.word or word in level.also:
                return level
        return None
