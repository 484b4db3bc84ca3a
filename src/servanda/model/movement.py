"""Movements: one holder's goods going to another, as a line of a record or of somebody's file."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from servanda.model.licence import dated, positive, words
from servanda.model.when import When


class Movement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Goods that left one holder for another.

    `licence` is empty where the line does not say under which they once left; they may then be of any
    that the holder had. `arrived` None with `arrival_told` says that no arrival is on record.
    """

    id: str
    origin: str
    to: str
    party: str
    """In whose hands they are at `to`."""
    item: str
    quantity: Decimal
    unit: str
    done: When
    licence: str = ""
    arrived: When | None = None
    arrival_told: bool = False
    """Whether the source tells arrivals at all; where it does not, each movement is taken to arrive."""
    received: Decimal | None = None
    """How much arrived, where that was not all."""
    consent: str = ""
    """The consent that the line names."""
    line: int = 0
    """The line of the file; 0 for the node's own record."""

    def __post_init__(self) -> None:
        for what in ("id", "origin", "to", "party", "item", "unit"):
            words(getattr(self, what), what)
        positive(self.quantity, "the quantity")
        dated(self.done, "the date")
        if self.arrived is not None:
            dated(self.arrived, "the arrival")
        if self.received is not None:
            positive(self.received, "what was received")
