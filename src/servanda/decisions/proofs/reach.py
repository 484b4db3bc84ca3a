"""Where information can get to, by any chain of releases, and when at the earliest.

A chain is time-respecting: its instants do not go backwards (equal ones are allowed) and each lies within
the period of its arc. Receipt is immediate. The law is finite and monotone (to hold something earlier never
closes a way), so the earliest instant per party decides everything, as Dijkstra's algorithm finds it.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from servanda.decisions.proofs.arcs import Arc
from servanda.model.when import BEGINNING, Instant


@dataclass(frozen=True, slots=True)
class Release:
    """A dated hop: at `at`, the release that `arc` permits."""

    at: Instant
    arc: Arc

    def __str__(self) -> str:
        under = ", ".join((*self.arc.via, *(consent.act for consent in self.arc.consents)))
        cited = "; ".join(self.arc.cites)
        return f"{self.at}  {self.arc.holder} to {self.arc.recipient}  {under}  [{cited}]"


Chain = tuple[Release, ...]
"""Releases in their order; empty for one who holds it from the start."""


@dataclass(frozen=True, slots=True)
class _Way:
    """All arcs of one pair by start; `ends[i]` is the latest end among the first i + 1."""

    recipient: str
    arcs: tuple[Arc, ...]
    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]

    def next(self, now: datetime) -> tuple[datetime, Arc] | None:
        """Return the first instant at or after `now` at which one holds, and that one."""
        position = bisect_right(self.ends, now)
        if position == len(self.arcs):
            return None
        return max(now, self.starts[position]), self.arcs[position]


class Network:
    """Arcs of one kind of information, indexed once for any number of questions.

    Building takes O(m log m) for m arcs. A pair's arcs may overlap.
    """

    __slots__ = ("_ways", "arcs")

    def __init__(self, arcs: Iterable[Arc]) -> None:
        self.arcs = tuple(arcs)
        pairs: dict[tuple[str, str], list[Arc]] = defaultdict(list)
        for arc in sorted(self.arcs, key=lambda arc: (arc.start.utc, arc.end.utc)):
            pairs[arc.holder, arc.recipient].append(arc)
        ways: dict[str, list[_Way]] = defaultdict(list)
        for (holder, recipient), found in sorted(pairs.items()):
            ends, latest = [], found[0].end.utc
            for arc in found:
                latest = max(latest, arc.end.utc)
                ends.append(latest)
            starts = tuple(arc.start.utc for arc in found)
            ways[holder].append(_Way(recipient, tuple(found), starts, tuple(ends)))
        self._ways: Mapping[str, list[_Way]] = dict(ways)

    def onward(self, holder: str, now: datetime) -> Iterator[tuple[str, datetime, Arc]]:
        """Return to whom a holder can pass it on from `now`, when first, and by which arc."""
        for way in self._ways.get(holder, ()):
            found = way.next(now)
            if found is not None:
                yield way.recipient, *found

    def earliest(self, holders: Iterable[str], since: Instant = BEGINNING) -> dict[str, Instant]:
        """Return the earliest instant at which each party can hold it; absent: never.

        `holders` have it at `since`. Takes O(p log m) for p pairs and m arcs.
        """
        soonest = dict.fromkeys(holders, since.utc)
        queue = [(since.utc, holder) for holder in soonest]
        heapq.heapify(queue)
        while queue:
            now, holder = heapq.heappop(queue)
            if soonest[holder] < now:
                continue
            for recipient, at, _ in self.onward(holder, now):
                if recipient not in soonest or at < soonest[recipient]:
                    soonest[recipient] = at
                    heapq.heappush(queue, (at, recipient))
        return {party: Instant(at) for party, at in sorted(soonest.items())}


@dataclass(frozen=True, slots=True)
class _Arrival:
    """One way of getting it: when, by which arc, and how the arc's holder got it."""

    at: datetime
    arc: Arc | None = None
    before: _Arrival | None = None

    def chain(self) -> Chain:
        found: list[Release] = []
        here: _Arrival | None = self
        while here is not None and here.arc is not None:
            found.append(Release(Instant(here.at), here.arc))
            here = here.before
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class Reach:
    """Who can come to hold it, by which chain; made by `reach`."""

    holders: tuple[str, ...]
    since: Instant
    earliest: Mapping[str, Instant]
    """The closed set: each party that can ever hold it, and when at the earliest. All others never can."""
    _fewest: Mapping[str, _Arrival]
    _soonest: Mapping[str, _Arrival]

    def fewest(self, party: str) -> Chain | None:
        """Return a chain with the fewest releases, of these one that arrives earliest; None: never."""
        found = self._fewest.get(party)
        return None if found is None else found.chain()

    def soonest(self, party: str) -> Chain | None:
        """Return a chain that arrives earliest, of these one with the fewest releases; None: never."""
        found = self._soonest.get(party)
        return None if found is None else found.chain()


def reach(network: Network, holders: Iterable[str], since: Instant = BEGINNING) -> Reach:
    """Find every party that can come to hold what `holders` have at `since`, with both chains to each.

    Round k holds the earliest arrivals by at most k releases, so the first arrival of a party has the
    fewest releases and its last improvement is the earliest of all. Only what improved is passed on;
    there are at most as many rounds as the longest of these chains has releases.
    """
    sources = tuple(sorted(set(holders)))
    fresh = {holder: _Arrival(since.utc) for holder in sources}
    fewest = dict(fresh)
    soonest = dict(fresh)
    while fresh:
        better: dict[str, _Arrival] = {}
        for holder, arrival in fresh.items():
            for recipient, at, arc in network.onward(holder, arrival.at):
                known = better.get(recipient) or soonest.get(recipient)
                if known is None or at < known.at:
                    better[recipient] = _Arrival(at, arc, arrival)
        for party, arrival in better.items():
            fewest.setdefault(party, arrival)
            soonest[party] = arrival
        fresh = better
    earliest = {party: Instant(found.at) for party, found in sorted(soonest.items())}
    return Reach(sources, since, earliest, fewest, soonest)
