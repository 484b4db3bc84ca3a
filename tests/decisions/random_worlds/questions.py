"""Questions made by chance: most can be permitted; some are errors; many stand exactly at a turn."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import msgspec

from decisions.random_worlds.labels import SOURCES, person, portion
from decisions.random_worlds.texts import FORMS, PURPOSES
from decisions.random_worlds.times import DAYS, FUTURE, INSTANTS, MICROSECOND, NOW, PAST, chance
from servanda.model.decision import ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.when import Instant, When, zone

SEATS = tuple(zone(name) for name in ("UTC", "Asia/Seoul", "America/New_York"))


def question(dice: Random, registry: Registry, known: Instant) -> ReleaseRequest:
    """Draw a question, mostly between parties of one instrument."""
    people = dict(registry.parties)
    instrument = dice.choice(tuple(registry.instruments.values()))
    pair = dice.sample(instrument.parties, 2) if chance(dice, 0.9) else dice.sample(tuple(people), 2)
    holder, recipient = (kin(dice, registry, code) for code in pair)
    originator = holder
    if chance(dice, 0.45):
        originator = recipient if chance(dice, 0.15) else dice.choice(tuple(people))
    own = portion(dice, people, originator, dice.choice(("o1", "o1", "o2", "")))
    lineage = tuple(
        portion(
            dice, people, holder if chance(dice, 0.6) else dice.choice(tuple(people)), dice.choice(SOURCES)
        )
        for _ in range(dice.choice((0, 0, 0, 0, 0, 1, 1, 2, 3)))
    )
    asked = ReleaseRequest(
        holder,
        recipient,
        own.originators,
        own.marking,
        instant(dice, registry),
        own.topics,
        dice.choice(("", "", *PURPOSES)),
        dice.choice(("electronic", *FORMS)),
        own.object_id,
        known,
        own.caveats,
        own.given_for,
        lineage,
        person(dice, people, recipient) if chance(dice, 0.35) else None,
    )
    return wrong(dice, asked) if chance(dice, 0.02) else asked


def kin(dice: Random, registry: Registry, code: str) -> str:
    """Draw a party, or seldom what it is part of, or a part of it."""
    if not chance(dice, 0.15):
        return code
    parts = [one.code for one in registry.parties.values() if one.part_of == code]
    return dice.choice((*parts, registry.parties[code].part_of or code))


def instant(dice: Random, registry: Registry) -> Instant:
    """Draw an instant: most often now, or exactly at a turn, or a microsecond before."""
    drawn = dice.random()
    if drawn < 0.3:
        return NOW
    turn = dice.choice((*INSTANTS, *INSTANTS, *PAST, *FUTURE))
    if drawn < 0.5:
        turn = dice.choice([day.span(where)[0] for day in DAYS for where in SEATS])
    elif drawn < 0.75:
        acts = [act for one in registry.instruments.values() for act in one.acts]
        if acts:
            act = dice.choice(acts)
            turns = [act.seen, *ends(getattr(act, "expires", None)), *ends(act.done)]
            turn = dice.choice(turns)
    return Instant(turn.utc - MICROSECOND) if chance(dice, 0.35) else turn


def ends(when: When | None) -> list[Instant]:
    """Return where a time begins and ends, seen from a few places."""
    if when is None or when.precision == "unknown":
        return []
    return [when] if isinstance(when, Instant) else [edge for where in SEATS for edge in when.span(where)]


def wrong(dice: Random, asked: ReleaseRequest) -> ReleaseRequest:
    """Return a question that is an error, in one way."""
    first = asked.portions[-1]
    match dice.randrange(7):
        case 0:
            return replace(asked, recipient="NOBODY")
        case 1:
            return replace(asked, recipient=asked.holder)
        case 2:
            return replace(asked, originators=())
        case 3:
            return replace(asked, marking="NO-WORD")
        case 4:
            return replace(asked, originators=(*asked.originators, "NOBODY"))
        case 5:
            return replace(asked, lineage=(*asked.lineage, msgspec.structs.replace(first, marking="NO-WORD")))
    own = msgspec.structs.replace(first, object_id=asked.object_id or "o1")
    return replace(asked, object_id=own.object_id, lineage=(*asked.lineage, own))
