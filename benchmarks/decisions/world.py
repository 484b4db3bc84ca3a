"""A made-up world for the benchmark, of the shape of the real one: the same for every subject, and for ever.

Thirty parties with five levels each, two hundred bilateral agreements with their histories, twelve topics,
five caveats. The rule, which `decide_plain` states in full: a release is permitted where an agreement between
holder and recipient is in force, covers the topics, has an equivalent for the marking and no lower ceiling;
no caveat bars the recipient; and every originator that is neither of the two has consented to this hop.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

DAY = 86_400_000_000
LEVELS = 5
TOPICS = 12
NOFORN, ORCON = 1, 2
NEVER = np.iinfo(np.int64).max


def day(year: int, month: int = 1, number: int = 1) -> int:
    """Return the start of a day in microseconds since 1970 (UTC)."""
    return int(datetime(year, month, number, tzinfo=UTC).timestamp()) * 1_000_000


START, END = day(2010), day(2030)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement: `rows` pairs levels of the first party with levels of the second, first match wins.

    `ceilings` holds the highest level that the first, and the second, may give. `periods` are half-open.
    """

    number: int
    parties: tuple[int, int]
    periods: tuple[tuple[int, int], ...]
    rows: tuple[tuple[int, int], ...]
    ceilings: tuple[int, int]
    topics: frozenset[int]

    def in_force(self, at: int) -> bool:
        """Say whether it is in force at an instant."""
        return any(start <= at < end for start, end in self.periods)

    def equivalent(self, giver: int, level: int) -> int | None:
        """Return the level of the other party for a level of `giver`, or None."""
        side = self.parties.index(giver)
        return next((row[1 - side] for row in self.rows if row[side] == level), None)

    def ceiling(self, giver: int) -> int:
        """Return the highest level that a party may give."""
        return self.ceilings[self.parties.index(giver)]


@dataclass(frozen=True, slots=True)
class Consent:
    """An originator lets a holder give to a recipient: about some topics or all, one object or any."""

    number: int
    originator: int
    holder: int
    recipient: int
    topics: frozenset[int] | None
    thing: int | None
    expires: int


@dataclass(frozen=True, slots=True)
class Objects:
    """Objects as columns; `topics` and `releasable` number sets of the world, -1 where there is none."""

    holder: NDArray[np.int16]
    originator: NDArray[np.int16]
    level: NDArray[np.int8]
    topics: NDArray[np.int16]
    caveats: NDArray[np.int8]
    releasable: NDArray[np.int16]
    embargo: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.holder)


@dataclass(frozen=True, slots=True)
class World:
    """Agreements, consents, and the sets of topics and of recipients that labels choose from."""

    parties: int
    agreements: tuple[Agreement, ...]
    consents: tuple[Consent, ...]
    topic_sets: tuple[frozenset[int], ...]
    lists: tuple[frozenset[int], ...]
    objects: Objects
    between: dict[tuple[int, int], tuple[Agreement, ...]]


def make(parties: int = 30, agreements: int = 200, objects: int = 100_000, seed: int = 2019) -> World:
    """Return a world; the same numbers give the same world."""
    random = np.random.default_rng(seed)
    made = tuple(_agreement(random, number, parties) for number in range(agreements))
    singles = [frozenset({topic}) for topic in range(TOPICS)]
    several = [
        frozenset(random.choice(TOPICS, 2 + number % 2, replace=False).tolist()) for number in range(6)
    ]
    lists = tuple(
        frozenset(random.choice(parties, int(random.integers(2, parties // 2 + 2)), replace=False).tolist())
        for _ in range(200)
    )
    between: dict[tuple[int, int], tuple[Agreement, ...]] = {}
    for one in made:
        for pair in (one.parties, one.parties[::-1]):
            between[pair] = (*between.get(pair, ()), one)
    topic_sets = (*singles, *several)
    columns = _objects(random, objects, parties, len(topic_sets), between)
    consents = _consents(random, columns, topic_sets, between)
    return World(parties, made, consents, topic_sets, lists, columns, between)


def _agreement(random: np.random.Generator, number: int, parties: int) -> Agreement:
    one, other = (int(party) for party in random.choice(parties, 2, replace=False))
    edges = np.sort(random.choice((END - START) // DAY, 6, replace=False)) * DAY + START
    count = int(random.integers(1, 4))
    periods = [(int(edges[2 * place]), int(edges[2 * place + 1])) for place in range(count)]
    if random.random() < 0.5:
        periods[-1] = (periods[-1][0], END)
    rows = [
        (level, int(np.clip(level + random.choice([-1, 0, 0, 0, 1]), 0, LEVELS - 1)))
        for level in range(LEVELS)
        if random.random() > 0.08
    ]
    ceilings = (int(random.integers(2, LEVELS)), int(random.integers(2, LEVELS)))
    topics = frozenset(random.choice(TOPICS, int(random.integers(4, TOPICS + 1)), replace=False).tolist())
    return Agreement(number, (one, other), tuple(periods), tuple(rows), ceilings, topics)


def _objects(
    random: np.random.Generator,
    count: int,
    parties: int,
    topic_sets: int,
    between: dict[tuple[int, int], tuple[Agreement, ...]],
) -> Objects:
    holder = random.integers(0, parties, count).astype(np.int16)
    originator = holder.copy()
    foreign = np.flatnonzero(random.random(count) < 0.15)
    sources = [np.array(sorted({b for a, b in between if a == party}) or [party]) for party in range(parties)]
    chosen = random.random(len(foreign))
    for party in range(parties):
        mine = holder[foreign] == party
        originator[foreign[mine]] = sources[party][(chosen[mine] * len(sources[party])).astype(np.int64)]
    caveats = np.where(random.random(count) < 0.05, NOFORN, 0)
    caveats |= np.where(random.random(count) < 0.10, ORCON, 0)
    listed = random.random(count) < 0.15
    embargoed = random.random(count) < 0.05
    until = random.integers(START // DAY, END // DAY, count) * DAY
    return Objects(
        holder,
        originator,
        random.integers(0, LEVELS, count).astype(np.int8),
        random.integers(0, topic_sets, count).astype(np.int16),
        caveats.astype(np.int8),
        np.where(listed & (caveats & NOFORN == 0), random.integers(0, 200, count), -1).astype(np.int16),
        np.where(embargoed, until, START - DAY),
    )


def _consents(
    random: np.random.Generator,
    objects: Objects,
    topic_sets: tuple[frozenset[int], ...],
    between: dict[tuple[int, int], tuple[Agreement, ...]],
) -> tuple[Consent, ...]:
    neighbours: dict[int, list[int]] = {}
    for one, other in sorted(between):
        neighbours.setdefault(one, []).append(other)
    found: list[Consent] = []
    foreign = np.flatnonzero(objects.holder != objects.originator)[:20_000]
    if not len(foreign):
        return ()
    for place in random.choice(foreign, 900):
        thing = int(place)
        holder, originator = int(objects.holder[thing]), int(objects.originator[thing])
        others = [one for one in neighbours.get(holder, []) if one != originator]
        if not others:
            continue
        recipient = int(random.choice(others))
        named = random.random() < 0.3
        topics = None if random.random() < 0.3 else topic_sets[objects.topics[thing]]
        expires = int(random.integers(START // DAY, END // DAY)) * DAY if random.random() < 0.5 else NEVER
        found.append(
            Consent(
                len(found),
                originator,
                holder,
                recipient,
                None if named else topics,
                thing if named else None,
                expires,
            )
        )
    return tuple(found)
