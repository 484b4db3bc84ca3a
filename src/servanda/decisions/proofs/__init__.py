"""Proofs over all of time: what no sequence of releases can do, each with a certificate."""

from __future__ import annotations

from servanda.decisions.proofs.arcs import Approval, Arc, Information, World, world_to_plain
from servanda.decisions.proofs.certificate import Certificate, Claim
from servanda.decisions.proofs.conflicts import Conflict, Kind, Stand, conflicts
from servanda.decisions.proofs.policies import (
    NeverReaches,
    NoReachWithoutConsent,
    OnlyThrough,
    Policy,
    Proof,
    prove,
)
from servanda.decisions.proofs.reach import Chain, Network, Reach, Release, reach
from servanda.decisions.proofs.redundant import Redundancy, redundant
from servanda.decisions.proofs.stands import stands
from servanda.decisions.proofs.without import Without
from servanda.decisions.proofs.world import Judged, world

__all__ = [
    "Approval",
    "Arc",
    "Certificate",
    "Chain",
    "Claim",
    "Conflict",
    "Information",
    "Judged",
    "Kind",
    "Network",
    "NeverReaches",
    "NoReachWithoutConsent",
    "OnlyThrough",
    "Policy",
    "Proof",
    "Reach",
    "Redundancy",
    "Release",
    "Stand",
    "Without",
    "World",
    "conflicts",
    "prove",
    "reach",
    "redundant",
    "stands",
    "world",
    "world_to_plain",
]
