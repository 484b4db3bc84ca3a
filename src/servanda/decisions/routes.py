"""Detours: every lawful way from a holder to a recipient through third parties, the cheapest first.

A route is a path on which no party comes twice; a ministry counts with its state. The search goes forward
from the holder, always on from the cheapest beginning, and only where the recipient can still be reached; so
the first routes are there long before the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count, islice

from servanda.decisions.hops import MOST_WAITS, hop
from servanda.decisions.index import Index
from servanda.decisions.network import Matter, Network, links
from servanda.decisions.parties import bound_as
from servanda.model.act import Regrade
from servanda.model.clauses import Scope
from servanda.model.decision import Change, Hop, ReleaseRequest, Route
from servanda.model.when import FOREVER, Instant

MOST_HOPS = 3
"""How long a route may be where nobody says otherwise: two third parties."""
MOST_ROUTES = 8
"""How many detours a decision names."""

Cost = tuple[int, int, int, Instant, tuple[str, ...]]
"""The dearest step, how many steps, how many hops, when the last can be made, through whom."""


def routes(
    index: Index,
    request: ReleaseRequest,
    *,
    most_hops: int = MOST_HOPS,
    limit: int = MOST_ROUTES,
    within: Network | None = None,
) -> tuple[Route, ...]:
    """Return the detours worth naming: arrangements that foresee one first, then the cheapest.

    A route that passes all the third parties of a cheaper one, and more, is left out. `within` is the network
    of the same instant, where it is at hand: then no hop waits, and what it knows to be closed is not asked.
    """
    search = Search(index, request, most_hops, MOST_WAITS if within is None else 0, within)
    found: list[Route] = []
    for one in search.routes():
        if one.hops[1:]:
            found.append(one)
            search.needless.append(frozenset(one.through))
        if len(found) == limit:
            break
    return tuple(found)


def lawful_routes(
    index: Index,
    request: ReleaseRequest,
    *,
    most_hops: int = MOST_HOPS,
    most_waits: int = MOST_WAITS,
    limit: int | None = None,
) -> Iterator[Route]:
    """Yield every lawful path from holder to recipient, the direct one among them, as they are found.

    No path has more than `most_hops` hops, and no hop waits for more than `most_waits` changes. A hop counts
    when it is permitted, or when all that it lacks can be asked for. Arrangements that foresee the detour
    come first; then those whose dearest step is cheapest, with fewer steps, fewer hops, and sooner.
    """
    return islice(Search(index, request, most_hops, most_waits).routes(), limit)


class Search:
    """One search for routes; parties named together in `needless` are not passed any more."""

    def __init__(
        self,
        index: Index,
        request: ReleaseRequest,
        most_hops: int,
        most_waits: int = MOST_WAITS,
        within: Network | None = None,
    ) -> None:
        self._within = within
        self._matter = Matter(request.originators[0], request.marking, request.topics)
        self._index = index
        self._request = request
        self._most_waits = most_waits
        self._links = links(index)
        self._hops: dict[tuple[str, str, Instant], Hop | Instant] = {}
        self._near = self._distances(most_hops)
        self._most_hops = most_hops
        self.needless: list[frozenset[str]] = []

    def routes(self) -> Iterator[Route]:
        """Yield the routes, the cheapest first."""
        foreseen = list(self._foreseen())
        yield from foreseen
        passed = {one.through for one in foreseen}
        start = self._request.at
        order = count()
        heap: list[tuple[Cost, int, tuple[Hop, ...]]] = [((-1, 0, 0, start, ()), next(order), ())]
        while heap:
            cost, _, hops = heappop(heap)
            through = cost[-1]
            if any(one <= frozenset(through) for one in self.needless):
                continue
            if hops and hops[-1].recipient == self._request.recipient:
                if through not in passed:
                    yield self._route(hops, ())
                continue
            for following in self._onward(hops):
                longer = (*hops, following)
                heappush(heap, (self._cost(longer), next(order), longer))

    def _onward(self, hops: tuple[Hop, ...]) -> Iterator[Hop]:
        last = hops[-1].recipient if hops else self._request.holder
        at = hops[-1].earliest if hops else self._request.at
        left = self._most_hops - len(hops) - 1
        visited = {self._request.holder, *(one.recipient for one in hops)}
        recipient = self._request.recipient
        for code in sorted(self._links.carried(last) | self._recipient_of(last)):
            if self._near.get(code, self._most_hops) > left:
                continue
            if code != recipient and self._index.same(code, recipient):
                continue
            if any(self._index.same(code, other) for other in visited):
                continue
            found = self._hop(last, code, at) if self._open(last, code) else None
            if isinstance(found, Hop):
                yield found

    def _recipient_of(self, holder: str) -> frozenset[str]:
        """Return the recipient itself where it is a ministry, which no list of neighbours names."""
        recipient = self._request.recipient
        return frozenset({recipient}) if self._index.carriers(holder, recipient) else frozenset()

    def _hop(self, holder: str, recipient: str, at: Instant) -> Hop | Instant:
        key = (holder, recipient, at)
        if key not in self._hops:
            asked = replace(self._request, holder=holder, recipient=recipient, at=at)
            if recipient != self._request.recipient:
                asked = replace(asked, person=None)  # who opens it at the end is no question on the way
            self._hops[key] = hop(self._index, asked, self._most_waits)
        return self._hops[key]

    def _may_end_with(self, code: str) -> bool:
        """Say whether a party may ever make the last hop to the recipient."""
        return self._open(code, self._request.recipient) and (
            self._hop(code, self._request.recipient, self._request.at) != FOREVER
        )

    def _open(self, holder: str, recipient: str) -> bool:
        """Say whether a hop is not known to be closed."""
        return self._within is None or self._within.open(self._matter, holder, recipient)

    def _distances(self, most_hops: int) -> dict[str, int]:
        """Return how many hops each party that could pass it on is at least from the recipient."""
        recipient = self._request.recipient
        found = {recipient: 0}
        edge = [recipient]
        for distance in range(1, most_hops):
            further = []
            for code in edge:
                for one in self._links.carried(code):
                    if one in found or not self._holds(one):
                        continue
                    if self._may_end_with(one) if distance == 1 else self._open(one, code):
                        found[one] = distance
                        further.append(one)
            edge = further
        return found

    def _holds(self, code: str) -> bool:
        """Say whether a party could hold all that is in it in words of its own; never too seldom.

        It could only where something binds it with each originator, or where that has been regraded.
        """
        if self._index.acts(Regrade):
            return True
        bound = self._links.bound(code)
        return all(
            self._index.same(one, code) or not bound.isdisjoint(self._index.family(one))
            for one in (portion.originators[0] for portion in self._request.portions)
        )

    def _foreseen(self) -> Iterator[Route]:
        """Yield the detours through one party that an arrangement in force foresees."""
        hubs: dict[str, list[str]] = {}
        for name, hub in _hubs(self._index, self._request):
            hubs.setdefault(hub, []).append(name)
        for hub, under in hubs.items():
            if self._index.same(hub, self._request.holder) or self._index.same(hub, self._request.recipient):
                continue
            first = self._hop(self._request.holder, hub, self._request.at)
            if isinstance(first, Hop):
                second = self._hop(hub, self._request.recipient, first.earliest)
                if isinstance(second, Hop):
                    yield self._route((first, second), tuple(under))

    def _cost(self, hops: tuple[Hop, ...]) -> Cost:
        steps: set[Change] = {step for one in hops for step in one.needs}
        through = tuple(one.recipient for one in hops if one.recipient != self._request.recipient)
        dearest = max((step.kind.cost for step in steps), default=-1)
        return dearest, len(steps), len(hops), hops[-1].earliest, through

    def _route(self, hops: tuple[Hop, ...], under: tuple[str, ...]) -> Route:
        through = tuple(one.recipient for one in hops[:-1])
        return Route(through, under, hops, hops[-1].earliest)


def _hubs(index: Index, request: ReleaseRequest) -> Iterator[tuple[str, str]]:
    """Yield the arrangements between both that foresee passing through a hub, and that work."""
    for instrument in index.binding(request.holder, request.recipient):
        text = instrument.texts[-1]
        scope = text.first(Scope)
        if scope is None or scope[1].hub is None or scope[1].hub not in index.registry.parties:
            continue
        if not set(request.topics) <= set(scope[1].topics) or not request.topics:
            continue
        parties = (request.holder, request.recipient)
        if any(bound_as(index.registry, party, text.parties) is None for party in parties):
            continue
        answer = index.life(instrument.id).at(request.at).answer
        if all(status.phase.works for status in answer.values):
            hub = index.registry.parties[scope[1].hub]
            yield instrument.id, hub.part_of or hub.code
