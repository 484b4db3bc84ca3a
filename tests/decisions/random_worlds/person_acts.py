"""Grants to persons and facilities made by chance: mostly generous, with gaps, ends and revocations."""

from __future__ import annotations

from random import Random

from decisions.random_worlds.labels import FACILITIES, OBJECTS, PEOPLE
from decisions.random_worlds.life_acts import Diary
from decisions.random_worlds.originator_acts import author, maybe
from decisions.random_worlds.texts import TOPICS, word
from decisions.random_worlds.times import FUTURE, INSTANTS, PAST, chance, expiry, some
from servanda.model.act import (
    Act,
    AssurePersons,
    ClearFacility,
    ClearPerson,
    InspectFacility,
    ListPersons,
    PermitVisit,
    Revoke,
)
from servanda.model.party import Party
from servanda.model.when import Duration

EACH = (Duration(days=1), Duration(months=1), Duration(months=9), Duration(years=1))


def person_acts(dice: Random, diary: Diary, people: dict[str, Party]) -> list[Act]:
    """Draw what each party granted to the same few persons and facilities."""
    acts: list[Act] = []
    for code in people:
        by = author(dice, people, code, 0.1)
        if chance(dice, 0.9):
            acts.append(listing(dice, diary, by))
        if chance(dice, 0.9):
            acts.append(clearance(dice, diary, people, code, by))
        if chance(dice, 0.7):
            acts += assurances(dice, diary, people, by)
        if chance(dice, 0.7):
            acts += [visit(dice, diary, people, code, by) for _ in range(2)]
        if chance(dice, 0.6):
            acts += facility(dice, diary, people, code, by)
    for act in tuple(acts):
        if chance(dice, 0.06):
            by = act.by if chance(dice, 0.7) else some(dice, tuple(people), 1, 1)
            acts.append(Revoke(**diary.deed(by), of=act.id))
    return acts


def listing(dice: Random, diary: Diary, by: tuple[str, ...]) -> ListPersons:
    """Draw a list of those who need to know."""
    return ListPersons(
        **diary.deed(by),
        persons=some(dice, (*PEOPLE, PEOPLE[0])),
        objects=maybe(dice, 0.2, OBJECTS),
        topics=some(dice, TOPICS, 1, 3) if chance(dice, 0.2) else (),
        expires=expiry(dice, 0.15),
    )


def clearance(
    dice: Random, diary: Diary, people: dict[str, Party], code: str, by: tuple[str, ...]
) -> ClearPerson:
    """Draw a clearance, mostly for the highest level."""
    grade = "TOP" if chance(dice, 0.6) else ""
    return ClearPerson(
        **diary.deed(by),
        person=dice.choice((*PEOPLE, PEOPLE[0])),
        level=word(dice, people, code, grade),
        expires=expiry(dice, 0.15),
    )


def assurances(
    dice: Random, diary: Diary, people: dict[str, Party], by: tuple[str, ...]
) -> list[AssurePersons]:
    """Draw assurances to a few originators."""
    return [
        AssurePersons(**diary.deed(by), persons=some(dice, PEOPLE), to=to, expires=expiry(dice, 0.15))
        for to in some(dice, tuple(people), 2, 6)
    ]


def visit(
    dice: Random, diary: Diary, people: dict[str, Party], code: str, by: tuple[str, ...]
) -> PermitVisit:
    """Draw a permit to visit."""
    starts = dice.choice(PAST) if chance(dice, 0.7) else dice.choice(INSTANTS)
    ends = dice.choice(FUTURE) if chance(dice, 0.7) else dice.choice(INSTANTS)
    return PermitVisit(
        **diary.deed(by),
        persons=some(dice, PEOPLE),
        facility=dice.choice(FACILITIES),
        highest=word(dice, people, code, "TOP" if chance(dice, 0.5) else ""),
        starts=starts,
        ends=ends,
    )


def facility(
    dice: Random, diary: Diary, people: dict[str, Party], code: str, by: tuple[str, ...]
) -> list[Act]:
    """Draw the clearance of a facility, and inspections of it."""
    name = dice.choice(FACILITIES)
    each = dice.choice(EACH) if chance(dice, 0.6) else None
    level = word(dice, people, code, "TOP" if chance(dice, 0.6) else "")
    deed = diary.deed(by)
    acts: list[Act] = [
        ClearFacility(**deed, facility=name, level=level, expires=expiry(dice, 0.15), inspected_each=each)
    ]
    return acts + [
        InspectFacility(**diary.deed(by), facility=name, passed=chance(dice, 0.75))
        for _ in range(dice.choice((0, 1, 1, 2, 3)))
    ]
