"""One registry from a seed, and any number of questions to it, each by its own number."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from decisions.random_worlds.life_acts import Diary, correction, life_acts
from decisions.random_worlds.originator_acts import originator_acts
from decisions.random_worlds.parties import parties
from decisions.random_worlds.person_acts import person_acts
from decisions.random_worlds.questions import question
from decisions.random_worlds.texts import text
from decisions.random_worlds.times import INSTANTS, chance
from servanda.model.act import Act
from servanda.model.clauses import EntryIntoForce, LaterNotification, OnSignature
from servanda.model.decision import ReleaseRequest
from servanda.model.instrument import Instrument, Registry
from servanda.model.party import Party
from servanda.model.text import Conventions
from servanda.model.when import FOREVER, Instant


@dataclass(frozen=True)
class World:
    """A registry, and the two knowledge times at which it is asked."""

    seed: int
    registry: Registry
    known: tuple[Instant, ...]

    def request(self, number: int) -> ReleaseRequest:
        """Return one question to it, always the same for a number."""
        dice = Random(f"{self.seed}/{number}")  # noqa: S311 - the same for ever
        known = self.known[0] if chance(dice, 0.75) else self.known[1]
        return question(dice, self.registry, known)


def world(seed: int) -> World:
    """Return the registry of a seed."""
    dice = Random(seed)  # noqa: S311 - the same for ever
    people = parties(dice)
    found: dict[str, Instrument] = {}
    diaries: dict[str, Diary] = {}
    for number in range(1, dice.choice((1, 2, 2, 3, 3, 4, 5, 6)) + 1):
        name = f"i{number}"
        diaries[name] = Diary(dice, name)
        found[name] = instrument(dice, name, people, diaries[name], sorted(found))
    acts: dict[str, list[Act]] = {name: list(one.acts) for name, one in found.items()}
    names = tuple(found)
    home = dice.choice(names)
    acts[home] += person_acts(dice, diaries[home], people)
    home = dice.choice(names)
    acts[home] += originator_acts(dice, diaries[home], people, names)
    for name in names:
        if chance(dice, 0.25):
            acts[name].append(correction(dice, diaries[name], dice.choice(acts[name]), tuple(people)))
        dice.shuffle(acts[name])
    instruments = {name: one.with_acts(tuple(acts[name])) for name, one in found.items()}
    return World(seed, Registry(people, instruments), (FOREVER, dice.choice(INSTANTS)))


def instrument(
    dice: Random, name: str, people: dict[str, Party], diary: Diary, earlier: list[str]
) -> Instrument:
    """Draw an instrument: its parties, one or two texts, and the acts of its life."""
    states = tuple(code for code in people if people[code].part_of is None)
    bound = dice.sample(states, 2 if chance(dice, 0.6) else 3)
    ministries = [code for code, party in people.items() if party.part_of in bound]
    if ministries and chance(dice, 0.15):
        ministry = dice.choice(ministries)
        bound = [ministry if code == people[ministry].part_of else code for code in bound]
    texts = [text(dice, name, 1, tuple(bound), people, earlier)]
    if chance(dice, 0.35):
        rest = [code for code in states if code not in bound]
        more = (*bound, dice.choice(rest)) if rest and chance(dice, 0.15) else tuple(bound)
        texts.append(text(dice, name, 2, more, people, earlier))
    acts = life_acts(dice, diary, texts, tuple(people))
    zone = dice.choice(("UTC", "UTC", "Asia/Seoul", "America/New_York", None))
    entry = texts[0].first(EntryIntoForce)
    acted = entry is not None and isinstance(entry[1].rule, OnSignature | LaterNotification)
    rules = Conventions(
        zone=zone,
        first_day="from-act" if acted and chance(dice, 0.3) else "whole",
        presumed_to_continue="it always has" if chance(dice, 0.4) else "",
    )
    seats = {code: people[code].seat for code in texts[-1].parties}
    return Instrument(tuple(texts), tuple(acts), rules, {}, seats)
