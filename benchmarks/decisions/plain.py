"""The rule of the made-up world in plain Python: what every subject has to agree with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from benchmarks.decisions.world import END, NOFORN, ORCON, START, Agreement, Consent, World


@dataclass(frozen=True, slots=True)
class Request:
    """May this object go to this party at this instant (microseconds since 1970, UTC)?"""

    thing: int
    recipient: int
    at: int


@dataclass(frozen=True, slots=True)
class Told:
    """The answer with its explanation: the agreements that permit it, or what bars it and where."""

    permit: bool
    agreements: tuple[int, ...]
    bars: tuple[str, ...]


class Plain:
    """The rule, over dictionaries; slow, and obviously right."""

    name = "plain Python"

    def __init__(self, world: World) -> None:
        self.world = world
        self.consents: defaultdict[tuple[int, int, int], list[Consent]] = defaultdict(list)
        for one in world.consents:
            self.consents[one.originator, one.holder, one.recipient].append(one)

    def decide(self, request: Request) -> Told:
        """Answer one request."""
        world, objects, thing = self.world, self.world.objects, request.thing
        holder, originator = int(objects.holder[thing]), int(objects.originator[thing])
        level, recipient = int(objects.level[thing]), request.recipient
        topics = world.topic_sets[objects.topics[thing]]
        bars = [] if recipient == originator else self._caveats(request)
        if originator not in (holder, recipient) and not self._consented(request):
            bars.append("no consent")
        found: list[int] = []
        for one in world.between.get((holder, recipient), ()):
            why = self._ground(one, holder, originator, recipient, level, topics, request.at)
            if why:
                bars.append(f"{one.number}: {why}")
            else:
                found.append(one.number)
        if not world.between.get((holder, recipient)):
            bars.append("no agreement")
        caveats_pass = not any(not bar[0].isdigit() for bar in bars)
        permit = bool(found) and caveats_pass
        return Told(permit, tuple(found) if permit else (), () if permit else tuple(bars))

    def _caveats(self, request: Request) -> list[str]:
        objects, thing = self.world.objects, request.thing
        bars = []
        if objects.caveats[thing] & NOFORN:
            bars.append("no foreign")
        listed = int(objects.releasable[thing])
        if listed >= 0 and request.recipient not in self.world.lists[listed]:
            bars.append("not on the release list")
        if request.at < objects.embargo[thing]:
            bars.append("embargo")
        return bars

    def _consented(self, request: Request) -> bool:
        objects, thing = self.world.objects, request.thing
        topics = self.world.topic_sets[objects.topics[thing]]
        controlled = bool(objects.caveats[thing] & ORCON)
        key = (int(objects.originator[thing]), int(objects.holder[thing]), request.recipient)
        return any(
            request.at < one.expires
            and (one.topics is None or topics <= one.topics)
            and (one.thing == thing if one.thing is not None else not controlled)
            for one in self.consents.get(key, ())
        )

    def _ground(
        self,
        one: Agreement,
        holder: int,
        originator: int,
        recipient: int,
        level: int,
        topics: frozenset[int],
        at: int,
    ) -> str:
        if not one.in_force(at):
            return "not in force"
        if not topics <= one.topics:
            return "topics"
        if originator == recipient:
            return ""
        if originator != holder:
            known = (
                other.equivalent(originator, level)
                for other in self.world.between.get((originator, holder), ())
            )
            held = next((found for found in known if found is not None), None)
            if held is None:
                return "marking unknown to the holder"
            level = held
        if one.equivalent(holder, level) is None:
            return "no equivalent"
        return "" if level <= one.ceiling(holder) else "ceiling"


def requests(world: World, count: int, seed: int = 6, *, hard: bool) -> list[Request]:
    """Return requests at random; hard ones are only of pairs that have an agreement."""
    random = np.random.default_rng(seed)
    neighbours: dict[int, list[int]] = {}
    for one, other in sorted(world.between):
        neighbours.setdefault(one, []).append(other)
    found: list[Request] = []
    while len(found) < count:
        thing = int(random.integers(len(world.objects)))
        holder = int(world.objects.holder[thing])
        choice = neighbours.get(holder) if hard else list(range(world.parties))
        if not choice:
            continue
        recipient = int(random.choice(choice))
        if recipient != holder:
            found.append(Request(thing, recipient, int(random.integers(START, END))))
    return found
