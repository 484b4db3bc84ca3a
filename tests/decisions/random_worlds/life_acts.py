"""Acts in the life of an instrument made by chance: entry, notices, suspension, positions, corrections."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from random import Random
from typing import TypedDict

from decisions.random_worlds.texts import effect
from decisions.random_worlds.times import DAYS, FUTURE, INSTANTS, PAST, chance, done, some
from servanda.model.act import (
    Act,
    Amend,
    Announce,
    ApplyProvisionally,
    Correct,
    Extend,
    GiveNotice,
    NotifyCompletion,
    Object,
    Reads,
    ResumeNotice,
    ResumeOperation,
    Sign,
    Supersede,
    SuspendNotice,
    SuspendOperation,
    SuspensionMode,
    TakePosition,
    Terminate,
    WithdrawNotice,
)
from servanda.model.text import Text
from servanda.model.when import Instant, When

MOST_COARSE = 3


class Deeds(TypedDict):
    """What every act has."""

    id: str
    by: tuple[str, ...]
    done: When
    seen: Instant


class Diary:
    """Draws what every act has; only a few acts of one instrument have an hour that can be open."""

    def __init__(self, dice: Random, name: str) -> None:
        self.dice = dice
        self.name = name
        self.number = count(1)
        self.coarse = 0

    def deed(self, by: tuple[str, ...], *, past: bool = False) -> Deeds:
        """Draw an act's id, time and sight."""
        when: When
        when, seen = done(self.dice, coarse=self.coarse < MOST_COARSE)
        if past:
            when = seen = PAST[0]
        self.coarse += not isinstance(when, Instant)
        return {"id": f"{self.name}-{next(self.number):02d}", "by": by, "done": when, "seen": seen}


def life_acts(dice: Random, diary: Diary, texts: list[Text], strangers: tuple[str, ...]) -> list[Act]:
    """Draw the acts of one instrument's life."""
    bound = texts[-1].parties
    acts: list[Act] = []
    settled = chance(dice, 0.75)
    if chance(dice, 0.96):
        acts.append(Sign(**diary.deed(texts[0].parties, past=settled)))
    acts += [NotifyCompletion(**diary.deed((code,), past=settled)) for code in texts[0].parties]
    if chance(dice, 0.04):
        acts.append(ApplyProvisionally(**diary.deed(bound)))
    if len(texts) > 1:
        everybody = tuple(dict.fromkeys((*texts[0].parties, *bound)))
        acts.append(Amend(**diary.deed(everybody), version=2, effect=effect(dice)))
        if chance(dice, 0.25):
            acts.append(position(dice, diary, acts[-1], everybody))
    if chance(dice, 0.4):
        acts += [make(dice, diary, bound) for make in dice.sample(ENDINGS, dice.randint(1, 2))]
        acts += about(dice, diary, acts, bound)
    if chance(dice, 0.45):
        target = dice.choice(acts[-3:]) if acts else None
        if target is not None:
            acts.append(position(dice, diary, target, (*bound, *strangers)))
    return acts


def _notice(dice: Random, diary: Diary, bound: tuple[str, ...]) -> Act:
    deed = diary.deed(some(dice, bound, 1, 1))
    if chance(dice, 0.5):
        deed["done"] = deed["seen"] = PAST[1]
    return GiveNotice(**deed)


def _suspension(dice: Random, diary: Diary, bound: tuple[str, ...]) -> Act:
    clauses = dice.choice(((), (), ("4",), ("5", "10")))
    return SuspendOperation(**diary.deed(some(dice, bound, 1, 1)), clauses=clauses)


def _termination(dice: Random, diary: Diary, bound: tuple[str, ...]) -> Act:
    return Terminate(**diary.deed(bound), effect=dice.choice((None, *DAYS, *INSTANTS)))


def _succession(dice: Random, diary: Diary, bound: tuple[str, ...]) -> Act:
    return Supersede(**diary.deed(bound), successor="another", effect=dice.choice((*DAYS, *FUTURE)))


def _extension(dice: Random, diary: Diary, bound: tuple[str, ...]) -> Act:
    return Extend(**diary.deed(bound, past=True), until=dice.choice((*DAYS, *FUTURE)))


def _announcement(dice: Random, diary: Diary, bound: tuple[str, ...]) -> Act:
    return Announce(**diary.deed(some(dice, bound, 1, 1)))


Make = Callable[[Random, Diary, tuple[str, ...]], Act]
ENDINGS: tuple[Make, ...] = (
    _notice,
    _notice,
    _suspension,
    _suspension,
    _termination,
    _succession,
    _extension,
    _announcement,
)


def about(dice: Random, diary: Diary, acts: list[Act], bound: tuple[str, ...]) -> list[Act]:
    """Draw acts that speak of notices and suspensions."""
    found: list[Act] = []
    for act in acts:
        if not chance(dice, 0.5):
            continue
        by = act.by if chance(dice, 0.8) else some(dice, bound, 1, 1)
        if isinstance(act, GiveNotice):
            drawn = dice.randrange(3)
            if drawn == 0:
                found.append(WithdrawNotice(**diary.deed(by), of=act.id))
            else:
                mode = dice.choice(tuple(SuspensionMode))
                found.append(SuspendNotice(**diary.deed(by), of=act.id, mode=mode))
            if drawn == 1:
                found.append(ResumeNotice(**diary.deed(by), of=found[-1].id))
        if isinstance(act, SuspendOperation):
            found.append(ResumeOperation(**diary.deed(by), of=act.id))
    return found


def position(dice: Random, diary: Diary, target: Act, who: tuple[str, ...]) -> Act:
    """Draw a position or an objection, that makes a dispute."""
    by = some(dice, who, 1, 1)
    if chance(dice, 0.4):
        return Object(**diary.deed(by), of=target.id)
    return TakePosition(**diary.deed(by), of=target.id, reads=dice.choice(tuple(Reads)))


def correction(dice: Random, diary: Diary, target: Act, who: tuple[str, ...]) -> Correct:
    """Draw a correction of the record, mostly by an author of the act."""
    by = target.by[:1] if chance(dice, 0.8) else some(dice, who, 1, 1)
    deed = diary.deed(by)
    drawn = dice.random()
    if drawn < 0.4:
        return Correct(**deed, of=target.id, strikes=True)
    if drawn < 0.8:
        return Correct(**deed, of=target.id, set_done=done(dice, coarse=True)[0])
    return Correct(**deed, of=target.id, set_by=some(dice, who, 1, 2))
