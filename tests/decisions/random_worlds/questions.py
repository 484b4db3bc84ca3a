"""Questions made by chance: most can be permitted; some are errors; many stand exactly at a turn."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import msgspec

from decisions.random_worlds.labels import SOURCES, person, portion
from decisions.random_worlds.texts import FORMS, PURPOSES
from decisions.random_worlds.times import DAYS, FUTURE, INSTANTS, MICROSECOND, NOW, PAST, chance
from servanda.model.act import Consent, Recall, Regrade
from servanda.model.decision import ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.when import Instant, When, zone

SEATS = tuple(zone(name) for name in ("UTC", "Asia/Seoul", "America/New_York"))


def question(dice: Random, registry: Registry, known: Instant) -> ReleaseRequest:
    """Draw a question: between parties of one instrument, and often about what some act is about."""
    people = dict(registry.parties)
    instrument = dice.choice(tuple(registry.instruments.values()))
    pair = dice.sample(instrument.parties, 2) if chance(dice, 0.9) else dice.sample(tuple(people), 2)
    holder, recipient = (kin(dice, registry, code) for code in pair)
    originator = holder
    if chance(dice, 0.3):
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
        dice.choice(("", "", "", *PURPOSES)),
        dice.choice(("electronic", *FORMS)),
        own.object_id,
        known,
        own.caveats,
        own.given_for,
        lineage,
        person(dice, people, recipient) if chance(dice, 0.35) else None,
    )
    if chance(dice, 0.35):
        asked = about_an_act(dice, registry, asked)
    return wrong(dice, asked) if chance(dice, 0.02) else asked


def about_an_act(dice: Random, registry: Registry, asked: ReleaseRequest) -> ReleaseRequest:
    """Turn a question towards what an originator consented to, called back or regraded."""
    acts = [
        act
        for instrument in registry.instruments.values()
        for act in instrument.acts
        if isinstance(act, Consent | Recall | Regrade)
    ]
    if not acts:
        return asked
    act = dice.choice(acts)
    people = dict(registry.parties)
    own = portion(dice, people, act.by[0], asked.object_id)
    about = [name for name in act.objects if name != own.object_id]
    if isinstance(act, Consent):
        own = portion(dice, people, act.by[0], dice.choice((*act.objects, own.object_id)))
        marked = [word for word in act.markings if level_of(registry, act.by[0], word)]
        if marked:
            own = msgspec.structs.replace(own, marking=marked[0])
        if act.topics and chance(dice, 0.7):
            own = msgspec.structs.replace(own, topics=act.topics[:1])
        recipient = dice.choice(act.recipients)
        holders = [code for code in act.holders or peers(registry, recipient) if code != recipient]
        if recipient != own.originators[0] and holders:
            asked = replace(asked, recipient=recipient, holder=dice.choice(holders))
        asked = replace(asked, purpose=dice.choice((*act.purposes, asked.purpose)))
    elif about and chance(dice, 0.5):
        part = msgspec.structs.replace(portion(dice, people, act.by[0], about[0]), originators=act.by)
        return replace(asked, lineage=(*asked.lineage[:1], part))
    elif act.objects:
        own = msgspec.structs.replace(own, object_id=act.objects[0], originators=act.by)
        if chance(dice, 0.6):
            asked = replace(asked, holder=act.by[0])
    return replace(
        asked,
        originators=own.originators,
        marking=own.marking,
        topics=own.topics,
        object_id=own.object_id,
        lineage=tuple(one for one in asked.lineage if one.object_id != own.object_id),
    )


def level_of(registry: Registry, code: str, word: str) -> bool:
    """Say whether a word is one of a party's own."""
    return registry.parties[code].level(word) is not None


def peers(registry: Registry, code: str) -> list[str]:
    """Return those that an instrument binds together with a party."""
    bound = [one.parties for one in registry.instruments.values() if code in one.parties]
    return [other for parties in bound for other in parties]


def kin(dice: Random, registry: Registry, code: str) -> str:
    """Draw a party, or seldom what it is part of, or a part of it."""
    if not chance(dice, 0.15):
        return code
    parts = [one.code for one in registry.parties.values() if one.part_of == code]
    return dice.choice((*parts, registry.parties[code].part_of or code))


def instant(dice: Random, registry: Registry) -> Instant:
    """Draw an instant: most often now, or exactly at a turn, or a microsecond before."""
    drawn = dice.random()
    if drawn < 0.4:
        return NOW
    turn = dice.choice((*INSTANTS, *INSTANTS, *INSTANTS, *PAST, *FUTURE))
    if drawn < 0.55:
        turn = dice.choice([day.span(where)[0] for day in DAYS for where in SEATS])
    elif drawn < 0.75:
        acts = [act for one in registry.instruments.values() for act in one.acts if act.done != PAST[0]]
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
