"""The almanac: a history opened at any instant, for one question or for a table of all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.columns.history import History, PairHistory
from servanda.decisions.columns.masks import Words, no_party, place
from servanda.errors import QuestionError

_KEPT = 8

_Row = tuple[list[int], list[bytes], int]
"""The starts of a pair's epochs, for each epoch a byte for each signature, and the first signature."""


class Almanac:
    """A `History` arranged to be asked; built once, good for every instant.

    One answer is a bisection in a plain list and one byte. A table is made once for an epoch of the
    whole network and kept while it is among the last few that were asked for.
    """

    def __init__(self, history: History) -> None:
        self.history = history
        self.parties = len(history.parties)
        self.signatures = int(history.first[-1])
        self.pairs: dict[tuple[int, int], PairHistory] = {}
        for pair in history.pairs:
            self._check(pair)
            self.pairs[pair.holder, pair.recipient] = pair
        firsts = history.first.tolist()
        self._rows: dict[tuple[int, int], _Row] = {
            key: (pair.starts.tolist(), [row.tobytes() for row in pair.permits], firsts[key[0]])
            for key, pair in self.pairs.items()
        }
        self._of_holder: dict[int, list[tuple[int, _Row]]] = {}
        for (holder, recipient), row in self._rows.items():
            self._of_holder.setdefault(holder, []).append((recipient, row))
        self._holders: list[int] = np.repeat(np.arange(len(firsts) - 1), np.diff(history.first)).tolist()
        # Owned by `table` alone: the last tables, by epoch of the whole network.
        self._tables: OrderedDict[int, Words] = OrderedDict()

    def _check(self, pair: PairHistory) -> None:
        key = f"from party {pair.holder} to party {pair.recipient}"
        first = self.history.first
        if not (0 <= pair.holder < self.parties and 0 <= pair.recipient < self.parties):
            raise QuestionError(f"a history {key} is of a party that is not there")
        if (pair.holder, pair.recipient) in self.pairs:
            raise QuestionError(f"there are two histories {key}")
        expected = (len(pair.starts), int(first[pair.holder + 1] - first[pair.holder]))
        if pair.permits.shape != expected or not expected[0]:
            raise QuestionError(f"the history {key} has {pair.permits.shape} answers and not {expected}")
        if not (pair.starts[1:] > pair.starts[:-1]).all():
            raise QuestionError(f"the epochs {key} do not ascend")

    def permits(self, signature: int, party: int, at: int) -> bool:
        """Return whether objects of the signature may go to the party at an instant, caveats apart."""
        row = self._rows.get((self._holders[signature], party))
        if row is None:
            return False
        starts, answers, first = row
        epoch = bisect_right(starts, at) - 1
        return epoch >= 0 and answers[epoch][signature - first] == 1

    def recipients(self, signature: int, at: int) -> tuple[int, ...]:
        """Return the parties to which objects of the signature may go at an instant, ascending."""
        may = []
        for party, (starts, answers, first) in self._of_holder.get(self._holders[signature], ()):
            epoch = bisect_right(starts, at) - 1
            if epoch >= 0 and answers[epoch][signature - first] == 1:
                may.append(party)
        return tuple(sorted(may))

    def holder(self, signature: int) -> int:
        """Return the party that holds the objects of a signature."""
        return self._holders[signature]

    @cached_property
    def instants(self) -> NDArray[np.int64]:
        """Every instant at which an epoch of some pair starts, ascending, int64[N] microseconds."""
        starts = [pair.starts for pair in self.history.pairs]
        return np.unique(np.concatenate(starts)) if starts else np.zeros(0, np.int64)

    @cached_property
    def _starts(self) -> list[int]:
        return list(self.instants.tolist())

    def table(self, at: int) -> Words:
        """Return for each signature the parties it may go to at an instant, words[S, W]; read only."""
        epoch = bisect_right(self._starts, at)
        if epoch in self._tables:
            self._tables.move_to_end(epoch)
            return self._tables[epoch]
        made = table(self.history, at)
        made.flags.writeable = False
        self._tables[epoch] = made
        if len(self._tables) > _KEPT:
            self._tables.popitem(last=False)
        return made


def table(history: History, at: int) -> Words:
    """Return for each signature the parties it may go to at an instant, words[S, W], made anew."""
    parties = len(history.parties)
    words = no_party(int(history.first[-1]), parties)
    for pair in history.pairs:
        epoch = int(np.searchsorted(pair.starts, at, "right")) - 1
        if epoch >= 0:
            word, bit = place(pair.recipient, words)
            own = slice(history.first[pair.holder], history.first[pair.holder + 1])
            words[own, word] |= pair.permits[epoch] * bit
    return words
