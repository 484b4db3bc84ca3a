"""Labels made by chance: caveats that fit and that contradict each other, and portions of a lineage."""

from __future__ import annotations

from random import Random

from decisions.random_worlds.parties import words
from decisions.random_worlds.texts import PURPOSES, TOPICS
from decisions.random_worlds.times import FUTURE, INSTANTS, PAST, chance, some
from servanda.model.label import (
    Caveat,
    Embargo,
    EyesOnly,
    NoForeign,
    OriginatorControlled,
    Person,
    Portion,
    ReleasableTo,
)
from servanda.model.party import Party

OBJECTS = ("o1", "o2", "s1", "s2", "s3")
SOURCES = OBJECTS[2:]
PEOPLE = ("p1", "p2")
FACILITIES = ("f1", "f2")


def caveat(dice: Random, people: dict[str, Party]) -> Caveat:
    """Draw a caveat."""
    codes = tuple(people)
    named = some(dice, codes, 2, 5)
    if chance(dice, 0.08):
        named = (*named[:1], "NOBODY")
    match dice.randrange(7):
        case 0:
            return NoForeign()
        case 1 | 2:
            return ReleasableTo(named)
        case 3:
            return OriginatorControlled()
        case 4 | 5:
            return EyesOnly(named)
    return Embargo(dice.choice((*INSTANTS, *PAST, *FUTURE)))


def portion(dice: Random, people: dict[str, Party], originator: str, object_id: str) -> Portion:
    """Draw what went into an object from one source; its first originator is given."""
    codes = tuple(people)
    originators: tuple[str, ...] = (originator,)
    if chance(dice, 0.12):
        originators = tuple(dict.fromkeys((originator, *some(dice, codes))))
    party = people[originator]
    whole = people.get(party.part_of) if party.part_of else None
    own = words(party, whole) or ("NONE",)
    count = dice.choice((0, 0, 0, 0, 0, 0, 1, 1, 2))
    return Portion(
        originators,
        dice.choice(own),
        some(dice, TOPICS) if chance(dice, 0.75) else (),
        tuple(caveat(dice, people) for _ in range(count)),
        some(dice, PURPOSES) if chance(dice, 0.08) else (),
        object_id,
    )


def person(dice: Random, people: dict[str, Party], recipient: str) -> Person:
    """Draw who would open it, and where."""
    whole = people[recipient].part_of or recipient
    nationalities: tuple[str, ...] = (whole,)
    if chance(dice, 0.3):
        nationalities = dice.choice(((), (recipient,), (*some(dice, tuple(people)), whole)))
    return Person(
        dice.choice((*PEOPLE, PEOPLE[0], PEOPLE[0])),
        tuple(dict.fromkeys(nationalities)),
        dice.choice(FACILITIES) if chance(dice, 0.2) else "",
        dice.choice(FACILITIES) if chance(dice, 0.2) else "",
    )
