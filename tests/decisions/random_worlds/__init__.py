"""Small registries and questions made by chance, to set two engines against each other.

Everything comes from a seed: `world(seed)` is one registry, and `world(seed).request(number)` one question
to it, so that a difference can be asked again alone. Most of a world permits; each complication comes seldom,
so that what turns an answer is mostly one thing.
"""

from __future__ import annotations

from decisions.random_worlds.world import World, world

__all__ = ["World", "world"]
