"""Texts: one version of an instrument as signed, and the conventions we declare beside it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Literal, TypeVar

import msgspec

from servanda.model.cite import Because, Said
from servanda.model.clauses import Clause, Provision

P = TypeVar("P", bound=Provision)


class InstrumentKind(Enum):
    """What sort of instrument it is; one engine serves all."""

    PROTECTION_AGREEMENT = "protection-agreement"
    EXCHANGE_OF_NOTES = "exchange-of-notes"
    ARRANGEMENT = "arrangement"
    ALLIANCE = "alliance"
    EXPORT_CONTROL = "export-control"
    DISPUTE = "dispute"
    CONSULTATION = "consultation"
    TREATY = "treaty"
    """Any other agreement, as one that settles claims or disputes."""


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One version of an instrument, as signed; identified by the hash of its canonical bytes."""

    format: Literal["servanda/instrument@1"]
    id: str
    kind: InstrumentKind
    version: int
    title: dict[str, str]
    parties: tuple[str, ...]
    seat: dict[str, str] = msgspec.field(default_factory=dict)
    """IANA zone of each party's seat, where it differs from the party's own."""
    authentic: tuple[str, ...] = ()
    binding: bool = True
    depositary: str | None = None
    clause: dict[str, Clause] = msgspec.field(default_factory=dict)
    unread: tuple[str, ...] = ()
    """Kinds of clause that the text may have and that nobody here has read."""
    source: str = ""
    confirmed: bool = True
    note: str = ""

    def clauses(self, kind: type[P]) -> Iterator[tuple[str, P]]:
        """Yield address and clause of every clause of one kind, in the order of the text."""
        for address, clause in self.clause.items():
            if isinstance(clause, kind):
                yield address, clause

    def first(self, kind: type[P]) -> tuple[str, P] | None:
        """Return the first clause of one kind with its address, or None."""
        return next(self.clauses(kind), None)

    def because(self, address: str, says: str | Said, when: str = "") -> Because:
        """Cite the clause at `address`."""
        said = says if isinstance(says, Said) else Said(says)
        return Because(
            says=said.english,
            instrument=self.id,
            version=self.version,
            article=address,
            confirmed=self.clause[address].confirmed,
            code=said.code,
            values=said.values,
            when=when,
        )


class Conventions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """How we count where the text is silent: declared, recorded, and never part of the text."""

    format: Literal["servanda/conventions@1"] = "servanda/conventions@1"
    zone: str | None = None
    """Zone in which days begin and end. Absent: every party's seat is tried, and answers that
    differ are open."""
    notice_days: Literal["clear", "receipt-counts"] = "clear"
    """Days of a notice before a date: all of them clear days, or the day of receipt counts too."""
    rolling_from: Literal["day-after-receipt", "receipt-counts"] = "day-after-receipt"
    """Which day is the first of a rolling notice, or of a limit that runs from a step of a proceeding."""
    last_day: Literal["as-counted", "next-working-day"] = "as-counted"
    """What becomes of a limit whose last day is a Saturday or Sunday; holidays are not known here."""
    first_day: Literal["whole", "from-act"] = "whole"
    """In force on a day: the whole of that day, or only from the hour of the act."""
    month_end: Literal["clamp"] = "clamp"
    """A month step to a day that does not exist goes to the last day of that month."""
    presumed_to_continue: str = ""
    """Why an instrument whose term was not read is taken to run on; empty: it is not."""
    basis: str = "convention, not text"
