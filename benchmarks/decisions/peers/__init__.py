"""Other engines on the same world. Each gets the facts in the form that suits it best.

What is worked out for all of them beforehand, in their favour: the marking as the holder knows it, whether
the originator gets back its own, and until when the consents on record cover this hop (0: none does).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from typing import Any, Protocol

from benchmarks.decisions.plain import Plain, Request
from benchmarks.decisions.world import NEVER, NOFORN, ORCON, World

FAR = 1 << 60
"""Later than anything; a number that every engine can hold."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One request with everything about its object spelled out; `level` is -1 where it has none."""

    holder: int
    recipient: int
    level: int
    topics: tuple[int, ...]
    back: bool
    third: bool
    noforn: bool
    releasable: tuple[int, ...] | None
    embargo: int
    consented_until: int
    at: int


class Peer(Protocol):
    """A subject that answers one request, made ready beforehand, with yes or no."""

    name: str

    def prepared(self, asked: list[Facts]) -> list[Any]:
        """Return requests in the form that the engine takes, as far as that can be done beforehand."""

    def decide(self, asked: Any) -> bool:  # noqa: ANN401 - each engine has a form of its own
        """Answer one prepared request."""


def facts(plain: Plain, asked: Request) -> Facts:
    """Return a request with everything about its object spelled out."""
    world, objects, thing = plain.world, plain.world.objects, asked.thing
    holder, originator = int(objects.holder[thing]), int(objects.originator[thing])
    level = int(objects.level[thing])
    if originator not in (holder, asked.recipient):
        known = (one.equivalent(originator, level) for one in world.between.get((originator, holder), ()))
        level = next((found for found in known if found is not None), -1)
    topics = world.topic_sets[objects.topics[thing]]
    listed = int(objects.releasable[thing])
    controlled = bool(objects.caveats[thing] & ORCON)
    until = [
        one.expires
        for one in plain.consents.get((originator, holder, asked.recipient), ())
        if (one.topics is None or topics <= one.topics)
        and (one.thing == thing if one.thing is not None else not controlled)
    ]
    return Facts(
        holder,
        asked.recipient,
        level,
        tuple(sorted(topics)),
        originator == asked.recipient,
        originator not in (holder, asked.recipient),
        bool(objects.caveats[thing] & NOFORN),
        tuple(sorted(world.lists[listed])) if listed >= 0 else None,
        int(objects.embargo[thing]),
        min(max(until, default=0), FAR),
        asked.at,
    )


@dataclass(frozen=True, slots=True)
class Direction:
    """One agreement in one direction, as a rule: which of the holder's levels pass, when, about what."""

    number: int
    holder: int
    recipient: int
    levels: tuple[int, ...]
    topics: tuple[int, ...]
    periods: tuple[tuple[int, int], ...]


def directions(world: World) -> list[Direction]:
    """Return every agreement in both directions."""
    found = []
    for one in world.agreements:
        for holder, recipient in (one.parties, one.parties[::-1]):
            levels = tuple(
                level for level in range(one.ceiling(holder) + 1) if one.equivalent(holder, level) is not None
            )
            topics = tuple(sorted(one.topics))
            found.append(Direction(one.number, holder, recipient, levels, topics, one.periods))
    return found


def version(package: str) -> str:
    """Return the version of an installed package."""
    return f"{package} {metadata.version(package)}"


__all__ = ["FAR", "NEVER", "Direction", "Facts", "Peer", "directions", "facts", "version"]
