"""Names of the made-up world in our words: parties, levels, instants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from servanda.model.when import Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(micros: int) -> Instant:
    """Return an instant from microseconds since 1970 (UTC)."""
    return Instant(_EPOCH + timedelta(microseconds=micros))


def code(party: int) -> str:
    """Return the code of a party by its number."""
    return f"P{party:03d}"


def word(party: int, level: int) -> str:
    """Return a party's own word for a level."""
    return f"{code(party)}-L{level}"
