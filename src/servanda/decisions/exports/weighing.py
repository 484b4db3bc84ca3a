"""How rules are weighed: one that needs a licence is enough, and what is missing clears nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from servanda.model.cite import Because
from servanda.model.export import ExportOutcome


@dataclass(frozen=True, slots=True)
class Part:
    """What one rule says: a licence is needed, it is not, or what is `missing` to tell."""

    because: tuple[Because, ...] = ()
    missing: tuple[Because, ...] = ()
    required: bool = False

    @classmethod
    def needs(cls, *because: Because) -> Part:
        """Return that a rule needs a licence."""
        return cls(because, required=True)

    @classmethod
    def clear(cls, *because: Because) -> Part:
        """Return that a rule was checked and needs no licence."""
        return cls(because)

    @property
    def outcome(self) -> ExportOutcome:
        """What the rule says."""
        if self.required:
            return ExportOutcome.LICENCE_REQUIRED
        return ExportOutcome.CANNOT_TELL if self.missing else ExportOutcome.NOT_REQUIRED


def weigh(parts: Iterable[Part]) -> Part:
    """Return what several rules say together; of rules that need a licence, those alone are the reason."""
    found = tuple(parts)
    needing = [part for part in found if part.required]
    said = needing or found
    return Part(
        tuple(dict.fromkeys(reason for part in said for reason in part.because)),
        () if needing else tuple(dict.fromkeys(reason for part in found for reason in part.missing)),
        bool(needing),
    )
