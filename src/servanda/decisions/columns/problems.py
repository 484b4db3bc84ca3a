"""Rows that are never permitted, and why: all of them counted, the first of them listed."""

from __future__ import annotations

from dataclasses import dataclass, field

LISTED = 100
"""Problems that are listed where the caller does not say otherwise."""

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One row, counted from 0, and what is wrong with it."""

    row: int
    what: str


@dataclass(slots=True)
class Problems:
    """What was wrong with the rows of a source. Owned by whoever reads it; grows to `most` and no further."""

    most: int = LISTED
    count: int = 0
    listed: list[Problem] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether nothing more will be listed."""
        return len(self.listed) >= self.most

    def add(self, row: int, what: str) -> None:
        """Count a row, and list it while there is room."""
        self.count += 1
        if not self.full:
            self.listed.append(Problem(row, what))


def shown(value: object) -> str:
    """Return a value as it is shown in a problem: in backticks, and cut where it is long."""
    text = str(value).replace("\n", " ")
    return f"`{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}`"
