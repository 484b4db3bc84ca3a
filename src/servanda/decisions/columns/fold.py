"""Rows of many columns that are the same, found by their codes alone: exact, in one pass a column."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_ROOM = 1 << 20


def fold(columns: Sequence[tuple[NDArray[np.integer], int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each row the number of its combination, and for each combination a row that has it.

    Each column is codes[n] and how many codes there are; the answers are int64[n] and int64[combinations].
    """
    key = np.zeros(len(columns[0][0]), np.int64)
    kinds = 1
    for codes, many in columns:
        key = key * many + codes
        kinds *= many
        if kinds > _ROOM:
            key, first = _numbered(key, kinds)
            kinds = len(first)
    return _numbered(key, kinds)


def _numbered(key: NDArray[np.int64], kinds: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the keys that occur from 0 on."""
    if kinds > max(_ROOM, 4 * len(key)):
        _, first, number = np.unique(key, return_index=True, return_inverse=True)
        return number.astype(np.int64), first.astype(np.int64)
    row = np.full(kinds, -1, np.int64)
    row[key[::-1]] = np.arange(len(key) - 1, -1, -1)
    present = np.flatnonzero(row >= 0)
    number = np.empty(kinds, np.int64)
    number[present] = np.arange(len(present))
    return number[key], row[present]
