"""What the commands read from their options: instants, standpoints, the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from servanda.model.status import Standpoint
from servanda.model.when import FOREVER, Instant
from servanda.node.law import Law, instant_of, now

At = Annotated[str | None, Parameter(name="--at", help="the instant asked about; now if left out")]
KnownAt = Annotated[
    str | None, Parameter(name="--known-at", help="count only what was known then; now if left out")
]
Reading = Annotated[str | None, Parameter(name="--reading", help="as this party reads the acts")]
AsJson = Annotated[bool, Parameter(name="--json", negative="", help="print JSON")]
Catalogue = Annotated[
    Path | None, Parameter(name="--catalogue", help="a folder of your own agreements, or a node's home")
]
Assume = Annotated[
    list[str] | None,
    Parameter(
        name="--assume",
        negative="",
        help=(
            "suppose `lapse INSTRUMENT [INSTANT]`, `leave PARTY [INSTANT]`, `conclude FOLDER`, `omit ACT`, "
            "`step PROCEEDING STEP PARTY [INSTANT]` or "
            "`add INSTRUMENT {id = ..., kind = ...}`; may be repeated, each on top of those before"
        ),
    ),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """A law to ask, and from where."""

    law: Law
    standpoint: Standpoint


def asked(
    catalogue: Path | None,
    assume: list[str] | None,
    at: str | None,
    known_at: str | None,
    reading: str | None = None,
) -> Asked:
    """Return what the common options mean.

    Raises:
        FormatError: an instant is not one.
    """
    law = Law.of(catalogue, tuple(assume or ()))
    instant = law.now if at is None else instant_of(at)
    known = FOREVER if known_at is None else instant_of(known_at)
    return Asked(law, Standpoint(instant, known, reader=reading))


def instant_or_now(words: str | None) -> Instant:
    """Return the instant that an option gives, or this machine's now."""
    return now() if words is None else instant_of(words)
