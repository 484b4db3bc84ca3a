"""Which part of a mixed stock can be of one licence: a flow through time with limits, and its exact bounds.

Every stock and every movement is an arc that carries some of the licence's goods, at most all that it holds.
Any flow that keeps all limits is a story that the record allows; the least and the most that an arc carries
over all such flows is all that can be known of it. Raising or lowering one arc within a flow that holds is a
search for augmenting paths (Ford and Fulkerson 1956; shortest first, Edmonds and Karp 1972). Amounts are
integers.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Arc:
    """One arc and how much of the licence's goods it carries in the flow at hand."""

    tail: int
    head: int
    limit: int
    flow: int
    fixed: bool = False
    """Whether the record says exactly how much it carries."""


@dataclass(slots=True)
class Mixture:
    """A flow that keeps all limits, and what else it could be."""

    arcs: list[Arc] = field(default_factory=list)
    at: list[list[Arc]] = field(default_factory=list)
    """The arcs that begin or end at each node."""
    looked: int = 0
    """How many arcs were looked at in all searches."""

    def node(self) -> int:
        """Add a place at a time."""
        self.at.append([])
        return len(self.at) - 1

    def arc(self, tail: int, head: int, limit: int, flow: int, *, fixed: bool = False) -> Arc:
        """Add an arc that carries some of the goods already."""
        made = Arc(tail, head, limit, flow, fixed)
        self.arcs.append(made)
        self.at[tail].append(made)
        self.at[head].append(made)
        return made

    def close(self, arc: Arc) -> int:
        """Let an arc carry nothing any more; return what it carried."""
        flow, arc.flow, arc.limit = arc.flow, 0, 0
        arc.fixed = True
        return flow

    def raise_by(self, arc: Arc, amount: int) -> int:
        """Let an arc carry up to so much more; return by how much it could be raised."""
        gained = self._push(arc.head, arc.tail, min(amount, arc.limit - arc.flow), arc)
        arc.flow += gained
        return gained

    def lower_by(self, arc: Arc, amount: int) -> int:
        """Let an arc carry up to so much less; return by how much it could be lowered."""
        gained = self._push(arc.tail, arc.head, min(amount, arc.flow), arc)
        arc.flow -= gained
        return gained

    def bounds(self, arc: Arc) -> tuple[int, int]:
        """Return the least and the most that an arc carries in any flow that keeps all limits."""
        if arc.fixed:
            return arc.flow, arc.flow
        self.raise_by(arc, arc.limit)
        most = arc.flow
        self.lower_by(arc, arc.flow)
        return arc.flow, most

    def _push(self, source: int, target: int, amount: int, without: Arc) -> int:
        """Move up to an amount more from one node to another around an arc; return how much it was."""
        moved = 0
        while moved < amount:
            path = self._path(source, target, without)
            if path is None:
                break
            step = min(amount - moved, *(_room(arc, node) for arc, node in path))
            for arc, node in path:
                arc.flow += step if arc.tail == node else -step
            moved += step
        return moved

    def _path(self, source: int, target: int, without: Arc) -> list[tuple[Arc, int]] | None:
        """Return the shortest way with room, as arcs and the node from which each is taken."""
        came: dict[int, tuple[Arc, int]] = {}
        todo = deque([source])
        while todo:
            node = todo.popleft()
            for arc in self.at[node]:
                self.looked += 1
                other = arc.head if arc.tail == node else arc.tail
                if arc is without or other in came or other == source or _room(arc, node) == 0:
                    continue
                came[other] = (arc, node)
                if other == target:
                    return _back(came, source, target)
                todo.append(other)
        return None


def _room(arc: Arc, node: int) -> int:
    """Return how much more an arc can take from a node: along it up to its limit, against it its flow."""
    if arc.fixed:
        return 0
    return arc.limit - arc.flow if arc.tail == node else arc.flow


def _back(came: dict[int, tuple[Arc, int]], source: int, target: int) -> list[tuple[Arc, int]]:
    path = []
    node = target
    while node != source:
        arc, before = came[node]
        path.append((arc, before))
        node = before
    return path
