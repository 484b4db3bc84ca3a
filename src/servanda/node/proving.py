"""Proofs over a whole registry, with what another program needs to check them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from servanda.decisions.proofs import (
    Conflict,
    Judged,
    Policy,
    Proof,
    Redundancy,
    Without,
    World,
    conflicts,
    prove,
    redundant,
    stands,
    world,
    world_to_plain,
)
from servanda.errors import StorageError
from servanda.model.instrument import Registry
from servanda.model.when import BEGINNING, Instant, Period

AHEAD = timedelta(days=3650)
"""How far ahead of the instant asked about proofs look, where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof, the world of releases that it is about, and how often the law was asked for it."""

    proof: Proof
    world: World
    asked: int


def span_until(until: Instant) -> Period:
    """Return all of time up to an instant."""
    return Period(BEGINNING, until)


def ahead(at: Instant) -> Instant:
    """Return the instant up to which proofs look by themselves."""
    return Instant(at.utc + AHEAD)


def prove_policy(
    registry: Registry, policy: Policy, until: Instant, known: Instant, *, undetermined: bool
) -> Proved:
    """Prove a policy, or find the shortest sequence of dated releases against it.

    With `undetermined`, what cannot be determined counts as permitted: then what holds, holds however every
    unknown and every dispute is settled.
    """
    judged = Judged(registry, span_until(until), known, undetermined=undetermined)
    found = world(judged)
    return Proved(prove(policy, found), found, judged.asked)


def find_redundant(registry: Registry, until: Instant, known: Instant) -> tuple[Redundancy, ...]:
    """Say of each instrument whether taking it away would change any answer."""
    judged = Judged(registry, span_until(until), known)
    return redundant(tuple(registry.instruments), judged.kinds(), Without(judged))


def find_conflicts(registry: Registry, until: Instant, known: Instant) -> tuple[Conflict, ...]:
    """Return the cases and periods in which one instrument permits what another forbids."""
    judged = Judged(registry, span_until(until), known)
    return conflicts(stands(judged, judged.kinds()))


def write_proof(folder: Path, proved: Proved) -> tuple[Path, Path]:
    """Write a proof and its world, as the independent checker reads them.

    Raises:
        StorageError: they cannot be written.
    """
    proof, releases = folder / "proof.json", folder / "world.json"
    makers: tuple[tuple[Path, Callable[[], object]], ...] = (
        (proof, proved.proof.to_plain),
        (releases, lambda: world_to_plain(proved.world)),
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, plain in makers:
            path.write_text(json.dumps(plain(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as full:
        raise StorageError(f"`{folder}` cannot be written: {full}", hint="choose another place") from full
    return proof, releases
