"""Acts of originators made by chance: consents good and bad, withdrawals, recalls, regradings."""

from __future__ import annotations

from random import Random

from decisions.random_worlds.labels import OBJECTS, caveat
from decisions.random_worlds.life_acts import Diary
from decisions.random_worlds.texts import PURPOSES, TOPICS, word
from decisions.random_worlds.times import chance, expiry, some
from servanda.model.act import Act, Consent, Recall, Regrade, WithdrawConsent
from servanda.model.party import Party


def maybe(dice: Random, share: float, names: tuple[str, ...]) -> tuple[str, ...]:
    """Draw a limit, or none."""
    return some(dice, names) if chance(dice, share) else ()


def author(dice: Random, people: dict[str, Party], code: str, share: float) -> tuple[str, ...]:
    """Draw who acts for a party: itself, its whole or part, or with some share somebody else."""
    if chance(dice, share):
        return some(dice, tuple(people), 1, 1)
    kin = [one.code for one in people.values() if one.part_of == code]
    whole = people[code].part_of
    kin += [whole] if whole else []
    return (dice.choice(kin),) if kin and chance(dice, 0.25) else (code,)


def originator_acts(
    dice: Random, diary: Diary, people: dict[str, Party], instruments: tuple[str, ...]
) -> list[Act]:
    """Draw what originators did about their information."""
    codes = tuple(people)
    acts: list[Act] = []
    for _ in range(dice.choice((0, 1, 2, 2, 3, 4))):
        acts.append(consent(dice, diary, people, instruments))
        if chance(dice, 0.25):
            by = acts[-1].by if chance(dice, 0.7) else some(dice, codes, 1, 1)
            acts.append(WithdrawConsent(**diary.deed(by), of=acts[-1].id))
    if chance(dice, 0.2):
        by = some(dice, codes, 1, 2)
        objects = some(dice, OBJECTS)
        acts.append(Recall(**diary.deed(by), objects=objects, parties=maybe(dice, 0.5, codes)))
    count = dice.choice((0, 0, 0, 1, 1, 2))
    return acts + [regrade(dice, diary, people) for _ in range(count)]


def consent(dice: Random, diary: Diary, people: dict[str, Party], instruments: tuple[str, ...]) -> Consent:
    """Draw a consent: whose, for whom, and within which limits."""
    codes = tuple(people)
    originator = dice.choice(codes)
    marked = dice.choice(codes) if chance(dice, 0.2) else originator
    return Consent(
        **diary.deed(author(dice, people, originator, 0.1)),
        recipients=some(dice, codes, 1, 3),
        holders=maybe(dice, 0.4, codes),
        objects=maybe(dice, 0.35, OBJECTS),
        topics=some(dice, TOPICS, 1, 3) if chance(dice, 0.25) else (),
        markings=tuple(word(dice, people, marked) for _ in range(2)) if chance(dice, 0.2) else (),
        purposes=maybe(dice, 0.15, PURPOSES),
        expires=expiry(dice, 0.25),
        rests_on=maybe(dice, 0.2, instruments),
        conditions=("return it",) if chance(dice, 0.2) else (),
    )


def regrade(dice: Random, diary: Diary, people: dict[str, Party]) -> Regrade:
    """Draw a regrading: by its originator or another, of a source or of an extract."""
    code = dice.choice(tuple(people))
    by = author(dice, people, code, 0.15)
    if chance(dice, 0.2):
        by = tuple(dict.fromkeys((*by, *some(dice, tuple(people)))))
    caveats = tuple(caveat(dice, people) for _ in range(dice.choice((0, 0, 1))))
    return Regrade(
        **diary.deed(by),
        objects=some(dice, OBJECTS),
        marking=word(dice, people, code) if chance(dice, 0.7) else None,
        topics=some(dice, TOPICS) if chance(dice, 0.2) else None,
        caveats=caveats if chance(dice, 0.3) else None,
        extract_of=dice.choice(OBJECTS) if chance(dice, 0.3) else "",
        frees=chance(dice, 0.2),
    )
