"""Which instruments of two registries differ, and which rest on one that does."""

from __future__ import annotations

from servanda.model.clauses import How, Relation
from servanda.model.instrument import Instrument, Registry


def changed(before: Registry, after: Registry) -> frozenset[str]:
    """Return the instruments that differ, and those that rest on one that does."""
    one, other = before.instruments, after.instruments
    found = {name for name in one if other.get(name) is not one[name]} | (other.keys() - one.keys())
    if not found:
        return frozenset()
    resting: dict[str, set[str]] = {}
    for registry in (one, other):
        for instrument in registry.values():
            for below in _below(instrument):
                resting.setdefault(below, set()).add(instrument.id)
    todo = list(found)
    while todo:
        above = resting.get(todo.pop(), set()) - found
        found |= above
        todo += above
    return frozenset(found)


def _below(instrument: Instrument) -> set[str]:
    return {
        other
        for text in instrument.texts
        for _, relation in text.clauses(Relation)
        for other in relation.of
        if relation.how in (How.DEPENDS_ON, How.SUPPLEMENTS, How.PREVAILS)
    } | {act.condition.instrument for act in instrument.acts if act.condition is not None}
