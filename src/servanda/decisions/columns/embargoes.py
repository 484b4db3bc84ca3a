"""Embargoes: few rows, each of which keeps some parties from something before an instant."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from servanda.decisions.columns.masks import Words, no_party

BEFORE_ANYTHING = int(np.iinfo(np.int64).min)
"""The start of an embargo that was there from the first."""


@dataclass(frozen=True, slots=True)
class Embargoes:
    """Embargoes in normal form: at any instant at most one holds for a row, and bars all that are barred.

    `row` int64[E] is ascending and says to which row it belongs; it holds from `since` until `until`,
    half-open, int64[E] microseconds; `barred` words[E, W] are the parties that it bars.
    """

    row: NDArray[np.int64]
    since: NDArray[np.int64]
    until: NDArray[np.int64]
    barred: Words

    @classmethod
    def none(cls, parties: int) -> Embargoes:
        """No embargo at all."""
        empty = np.zeros(0, np.int64)
        return cls(empty, empty, empty, no_party(0, parties))

    @classmethod
    def of(cls, row: ArrayLike, until: ArrayLike, barred: Words) -> Embargoes:
        """Arrange embargoes that are given in any order, several of them for one row if need be.

        `row` and `until` are integers [E], `barred` words[E, W]: the parties barred before `until`.
        """
        rows, ends = np.asarray(row, np.int64), np.asarray(until, np.int64)
        order = np.lexsort((ends, rows))
        rows, ends, masks = rows[order], ends[order], np.array(barred[order], barred.dtype)
        same = rows[1:] == rows[:-1]
        for here in np.flatnonzero(same)[::-1]:
            masks[here] |= masks[here + 1]
        starts = np.full(len(rows), BEFORE_ANYTHING, np.int64)
        starts[1:][same] = ends[:-1][same]
        lasts = starts < ends
        return cls(rows[lasts], starts[lasts], ends[lasts], masks[lasts])

    def __len__(self) -> int:
        return len(self.row)

    def active(self, at: int) -> NDArray[np.int64]:
        """Return which of them hold at an instant, as places in the columns; no row is named twice."""
        return np.flatnonzero((self.since <= at) & (at < self.until))

    def within(self, start: int, stop: int) -> Embargoes:
        """Return those of the rows `start` to `stop`, half-open, numbered from `start`."""
        low, high = np.searchsorted(self.row, (start, stop))
        part = slice(low, high)
        return Embargoes(self.row[part] - start, self.since[part], self.until[part], self.barred[part])

    def bar(self, answers: Words, at: int) -> None:
        """Take the parties that are barred at an instant out of `answers`, words[rows, W], in place."""
        if len(self.row):
            here = self.active(at)
            answers[self.row[here]] &= ~self.barred[here]
