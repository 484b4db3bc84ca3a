"""Ways to a permit: families of minimal sets of changes, cheapest first.

A family is an antichain: no set in it holds another. `FREE` holds the empty set, nothing is needed;
`NO_WAY` holds none, nothing helps. The operations are those of a monotone formula in disjunctive form.
"""

from __future__ import annotations

from servanda.model.decision import Change, Way

Ways = tuple[Way, ...]

FREE: Ways = ((),)
NO_WAY: Ways = ()

MOST_WAYS = 256
"""No family grows beyond this; the cheapest are kept."""


def one_of(changes: tuple[Change, ...]) -> Ways:
    """Return the family in which any one of the changes is enough."""
    return minimal([(change,) for change in changes])


def both(one: Ways, other: Ways) -> Ways:
    """Return the ways that serve two needs at once; changes that contradict one another do not."""
    if one == FREE:
        return other
    if other in (FREE, one):
        return one
    return minimal([way for a in one for b in other if (way := _joined(a, b)) is not None])


def either(one: Ways, other: Ways) -> Ways:
    """Return the ways that serve at least one of two needs."""
    if one == other or not other:
        return one
    return minimal([*one, *other])


def cost(way: Way) -> tuple[int, int, tuple[str, ...]]:
    """Return what ways are ordered by: the dearest step, then how many, then their words."""
    return (
        max([change.kind.cost for change in way], default=-1),
        len(way),
        tuple(change.what for change in way),
    )


def _joined(one: Way, other: Way) -> Way | None:
    joined = tuple(dict.fromkeys((*one, *other)))
    chosen: dict[tuple[str, tuple[str, ...], str], str] = {}
    for change in joined:
        for name, value in change.sets:
            # Two values for one thing, as two lower markings, cannot both be.
            if name in _SINGLE and chosen.setdefault((name, change.by, change.kind.value), value) != value:
                return None
    return joined


_SINGLE = frozenset({"marking", "form", "purpose", "topics"})


def minimal(ways: list[Way]) -> Ways:
    """Return the sets that hold no other, cheapest first."""
    if len(ways) <= 1:
        return tuple(ways)
    kept: list[tuple[frozenset[Change], Way]] = []
    for way in sorted(ways, key=lambda one: (len(one), cost(one))):
        found = frozenset(way)
        if not any(smaller <= found for smaller, _ in kept):
            kept.append((found, way))
    return tuple(sorted((way for _, way in kept), key=cost)[:MOST_WAYS])
