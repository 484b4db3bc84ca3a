"""Changes that would turn a refusal, made from their sentences."""

from __future__ import annotations

from servanda.decisions import sentences as s
from servanda.model.cite import Because, Said
from servanda.model.decision import Change, ChangeKind


def change(
    kind: ChangeKind,
    by: tuple[str, ...],
    said: Said,
    because: tuple[Because, ...] = (),
    **sets: str,
) -> Change:
    """Return a change that says a sentence; `sets` are its machine-readable names and values."""
    return Change(kind, by, said.english, because, tuple(sets.items()), said.code, said.values)


def record_hour(by: tuple[str, ...], act: str, instrument: str) -> Change:
    """Return the change that an act's open hour becomes known."""
    return change(ChangeKind.CLAUSE, by, s.RECORD_HOUR(act, instrument), act=act)


def amend(parties: tuple[str, ...], instrument: str, article: str) -> Change:
    """Return the change that the parties amend an article."""
    return change(ChangeKind.ACT, parties, s.AMEND_TEXT(instrument, article), amend=instrument)
