"""The rule of order: every envelope once, in sequence; the same again is the same, another is an error."""

from __future__ import annotations

from enum import Enum

from servanda.errors import SequenceError


class Arrival(Enum):
    """What to do with an envelope that arrived."""

    NEW = "new"
    AGAIN = "again"
    """It was accepted before: the same receipt answers it."""


def arrival(sequence: int, digest: str, last: int, known: str | None) -> Arrival:
    """Return what an envelope is, after `last` accepted; `known` is the digest held at its sequence.

    Raises:
        SequenceError: one before it is missing, another was accepted under its number, or it has none.
    """
    if sequence < 1:
        raise SequenceError(f"envelope {sequence} has no place in the order", hint="numbers begin with 1")
    if sequence <= last:
        if known == digest:
            return Arrival.AGAIN
        raise SequenceError(
            f"envelope {sequence} contradicts the one accepted under that number",
            hint="the sender signed two different envelopes: keep both as evidence",
        )
    if sequence != last + 1:
        raise SequenceError(f"envelope {sequence} came before {last + 1}", hint=f"send {last + 1} first")
    return Arrival.NEW
