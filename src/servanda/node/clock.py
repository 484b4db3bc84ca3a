"""The only place that asks the time.

Everything below takes the instant as an argument. `SystemClock` asks the machine, `DrivenClock` a small
file (for demonstrations and exercises, and shown as such), `GuardedClock` refuses to run backwards.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from servanda.errors import ClockError, FormatError
from servanda.formats.when import parse_instant

TOLERANCE = timedelta(seconds=2)
"""How far a clock may step back before it is not to be trusted: network time corrects by less."""
LONGEST_SECONDS = 60.0
"""How long is waited at most before a clock is looked at again."""
LOOK_SECONDS = 0.2
"""How long is waited before a driven clock is looked at again."""
_MOST_BYTES = 200  # an instant with its zone is far shorter; a wrong file is not read whole


class Clock(Protocol):
    """Tells the instant, in UTC."""

    name: str

    def now(self) -> datetime:
        """Return this instant."""

    def seconds_until(self, at: datetime) -> float:
        """Return how long to wait before it is worth looking at again, for an instant ahead."""


class SystemClock:
    """The machine's own clock."""

    name = "system"

    def now(self) -> datetime:
        """Return the machine's instant."""
        return datetime.now(UTC)

    def seconds_until(self, at: datetime) -> float:
        """Return how long it is until an instant, or a minute: a clock may be set right meanwhile."""
        return min(max((at - self.now()).total_seconds(), 0.0), LONGEST_SECONDS)


class DrivenClock:
    """A clock that somebody drives, by writing an instant into a file; shown wherever it is used."""

    name = "driven"

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """Return the instant that the file holds.

        Raises:
            ClockError: the file is gone or holds no instant.
        """
        try:
            with self._path.open("rb") as file:
                return parse_instant(file.read(_MOST_BYTES).decode("ascii").strip()).utc
        except (OSError, FormatError, UnicodeDecodeError) as wrong:
            raise ClockError(
                f"the driven clock `{self._path}` cannot be read: {getattr(wrong, 'message', wrong)}",
                hint="write an instant such as 2019-11-22T18:00:00+09:00 into it",
            ) from wrong

    def seconds_until(self, at: datetime) -> float:
        """Return how long until its file is looked at: it jumps, and nobody says when."""
        return 0.0 if at <= self.now() else LOOK_SECONDS


class GuardedClock:
    """A clock held against the latest instant that this node has recorded."""

    def __init__(self, inner: Clock, floor: Callable[[], datetime | None]) -> None:
        self._inner = inner
        self._floor = floor
        self.name = inner.name

    def now(self) -> datetime:
        """Return the instant, never earlier than what is recorded.

        Raises:
            ClockError: the clock stands more than the tolerance before the record.
        """
        at, floor = self._inner.now(), self._floor()
        if floor is None or at >= floor:
            return at
        if floor - at <= TOLERANCE:
            return floor
        raise ClockError(
            f"the clock says {at.isoformat()}, but this node has recorded {floor.isoformat()}",
            hint="set the clock right; until then nothing is released, received or opened",
        )
