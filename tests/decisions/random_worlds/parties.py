"""Parties made by chance: states with words of their own, and ministries that are part of one."""

from __future__ import annotations

from random import Random

from decisions.random_worlds.times import chance
from servanda.model.party import Level, Party, PartyKind

SEATS = ("UTC", "Asia/Seoul", "Asia/Tokyo", "America/New_York")
GRADES = ("TOP", "MID", "LOW")


def parties(dice: Random) -> dict[str, Party]:
    """Draw three or four states, and up to two ministries."""
    found = {code: state(dice, code) for code in "ABCD"[: dice.randint(3, 4)]}
    for whole in dice.sample(sorted(found), dice.choice((0, 1, 1, 2))):
        code = f"{whole}-M"
        levels = own_levels(dice, code) if chance(dice, 0.25) else ()
        found[code] = Party(code, PartyKind.MINISTRY, {"en": code}, found[whole].seat, whole, levels)
    return found


def state(dice: Random, code: str) -> Party:
    """Draw a state."""
    levels = () if chance(dice, 0.015) else own_levels(dice, code)
    return Party(code, PartyKind.STATE, {"en": code}, dice.choice(SEATS), None, levels)


def own_levels(dice: Random, code: str) -> tuple[Level, ...]:
    """Draw a marking policy: three grades, some with other spellings, some with two words for one rank."""
    levels = []
    for rank, grade in enumerate(reversed(GRADES), start=1):
        also = (f"{code} {grade.lower()}",) if chance(dice, 0.4) else ()
        levels.append(Level(f"{code}-{grade}", rank, also))
        if chance(dice, 0.15):
            levels.append(Level(f"{code}-{grade}-TOO", rank))
    return tuple(reversed(levels))


def words(party: Party, whole: Party | None = None) -> tuple[str, ...]:
    """Return every word that a party can mark with, in every spelling."""
    levels = party.levels or (whole.levels if whole is not None else ())
    return tuple(word for level in levels for word in (level.word, *level.also))
