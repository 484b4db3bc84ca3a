"""The revisions of the schema, oldest first; each is one file, and none is ever changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from alembic.operations import Operations

from servanda.node.migrations import r0001_first, r0002_waiting, r0003_depth, r0004_licences, r0005_screening


@dataclass(frozen=True, slots=True)
class Revision:
    """One step of the schema."""

    name: str
    upgrade: Callable[[Operations], None]


REVISIONS = (
    Revision("0001", r0001_first.upgrade),
    Revision("0002", r0002_waiting.upgrade),
    Revision("0003", r0003_depth.upgrade),
    Revision("0004", r0004_licences.upgrade),
    Revision("0005", r0005_screening.upgrade),
)
