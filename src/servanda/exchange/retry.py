"""When to try again: soon at first, then ever more slowly, never all at once."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

FIRST = timedelta(milliseconds=200)
LONGEST = timedelta(minutes=5)


def next_try(failed_at: datetime, attempts: int, envelope_id: str) -> datetime:
    """Return the instant of the next attempt after `attempts` failures.

    Doubles from 0.2 s to five minutes, spread by up to a quarter that the envelope's id fixes.
    """
    wait = min(LONGEST, FIRST * (1 << min(attempts, 20)))
    share = int.from_bytes(hashlib.sha256(f"{envelope_id}/{attempts}".encode()).digest()[:2])
    return failed_at + wait + wait * (share / 65536 / 4)
