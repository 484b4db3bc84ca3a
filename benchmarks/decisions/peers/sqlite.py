"""SQLite: a prepared join over indexed tables; topics and levels as bit masks, its best form."""

from __future__ import annotations

import sqlite3

from benchmarks.decisions.peers import Facts, directions
from benchmarks.decisions.world import World

_ASK = """
SELECT number FROM ground
WHERE holder = ? AND recipient = ? AND starts <= ? AND ? < ends AND (? & ~topics) = 0 AND (levels & ?) != 0
LIMIT 1
"""


class Sqlite:
    """One row for an agreement, direction and period; caveats and consent folded by the caller."""

    name = "SQLite"

    def __init__(self, world: World) -> None:
        self.version = f"sqlite {sqlite3.sqlite_version}"
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE TABLE ground (holder INT, recipient INT, starts INT, ends INT, topics INT, levels INT, "
            "number INT)"
        )
        rows = [
            (one.holder, one.recipient, start, end, mask(one.topics), mask(one.levels), one.number)
            for one in directions(world)
            for start, end in one.periods
        ]
        self._connection.executemany("INSERT INTO ground VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._connection.execute("CREATE INDEX by_pair ON ground (holder, recipient, starts)")
        self._cursor = self._connection.cursor()

    def prepared(self, asked: list[Facts]) -> list[tuple[int, ...] | None]:
        """Return each question as parameters, None where a caveat or a missing consent bars it."""
        return [None if barred(one) else _parameters(one) for one in asked]

    def decide(self, asked: tuple[int, ...] | None) -> bool:
        """Answer one prepared request."""
        return asked is not None and self._cursor.execute(_ASK, asked).fetchone() is not None


def barred(one: Facts) -> bool:
    """Say whether a caveat or a missing consent bars a release, whatever the agreements say."""
    if one.third and one.at >= one.consented_until:
        return True
    if one.back:
        return False
    listed = one.releasable is None or one.recipient in one.releasable
    return one.noforn or not listed or one.at < one.embargo


def mask(members: tuple[int, ...]) -> int:
    """Return a set of small numbers as bits."""
    return sum(1 << one for one in members)


def _parameters(one: Facts) -> tuple[int, ...]:
    levels = -1 if one.back else (1 << one.level if one.level >= 0 else 0)
    return (one.holder, one.recipient, one.at, one.at, mask(one.topics), levels)
