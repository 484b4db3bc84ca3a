"""What a catalogue knows, what rests on memory alone, and what nobody has read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import get_args

from servanda.model.act import Sign
from servanda.model.clauses import Clause
from servanda.model.instrument import Instrument, Registry


@dataclass(frozen=True, slots=True)
class Field:
    """How one field is covered over all instruments; the four figures add up to all of them."""

    field: str
    known: int
    unconfirmed: int
    unknown: int
    none: int
    """The text was read and has no such provision."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """A whole catalogue, field by field."""

    instruments: int
    acts: int
    fields: tuple[Field, ...]


def coverage(registry: Registry) -> Coverage:
    """Count every field of every instrument as known, unconfirmed, unknown or not there."""
    instruments = tuple(registry.instruments.values())
    kinds = [str(kind.__struct_config__.tag) for kind in get_args(Clause)]
    fields = [_signature(instruments)]
    for kind in kinds:
        counted = Counter(_clause(instrument, kind) for instrument in instruments)
        fields.append(
            Field(
                kind,
                counted["known"],
                counted["unconfirmed"],
                counted["unknown"],
                counted["none"],
            )
        )
    return Coverage(len(instruments), sum(len(one.acts) for one in instruments), tuple(fields))


def _signature(instruments: tuple[Instrument, ...]) -> Field:
    found = [[act for act in one.acts if isinstance(act, Sign)] for one in instruments]
    confirmed = sum(1 for acts in found if acts and all(act.confirmed for act in acts))
    doubtful = sum(1 for acts in found if acts) - confirmed
    return Field("signature", confirmed, doubtful, sum(1 for acts in found if not acts), 0)


def _clause(instrument: Instrument, kind: str) -> str:
    text = instrument.texts[-1]
    of_kind = [clause for clause in text.clause.values() if clause.__struct_config__.tag == kind]
    if of_kind:
        return "known" if all(clause.confirmed for clause in of_kind) else "unconfirmed"
    return "unknown" if kind in text.unread else "none"
