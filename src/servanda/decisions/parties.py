"""Who stands for whom: a ministry for its state, a state for its ministries."""

from __future__ import annotations

from servanda.model.instrument import Registry


def stands_for(registry: Registry, code: str) -> frozenset[str]:
    """Return the codes that can bind a party: its own, and that of what it is part of."""
    party = registry.party(code)
    return frozenset({code} | ({party.part_of} if party.part_of else set()))


def bound_as(registry: Registry, code: str, parties: tuple[str, ...]) -> str | None:
    """Return the party of a text as which `code` is bound, or None.

    A part is bound by what binds the whole; a whole is bound through its own part's arrangement.
    """
    for name in stands_for(registry, code):
        if name in parties:
            return name
    for name in parties:
        if name in registry.parties and registry.parties[name].part_of == code:
            return name
    return None


def same(registry: Registry, one: str, other: str) -> bool:
    """Say whether two codes are the same party, or part and whole."""
    return one in stands_for(registry, other) or other in stands_for(registry, one)
