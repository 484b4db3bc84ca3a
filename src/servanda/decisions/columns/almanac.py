"""The almanac: a history opened at any instant, for one question or for a table of all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.columns.history import History, PairHistory
from servanda.decisions.columns.masks import Words, no_party, place
from servanda.errors import QuestionError

_KEPT = 8

Key = tuple[int, int]
"""A holder and a recipient."""

_Row = tuple[list[int], list[bytes], int]
"""The starts of a pair's epochs, for each epoch a byte for each signature, and the first signature."""


class Almanac:
    """A `History` arranged to be asked; built once, good for every instant.

    One answer is a bisection in a plain list and one byte. A table is made once for an epoch of the
    whole network and kept while it is among the last few that were asked for.
    """

    def __init__(self, history: History) -> None:
        self.parties = len(history.parties)
        self.names = history.parties
        self.first = history.first
        self.signatures = int(history.first[-1])
        self.pairs: dict[Key, PairHistory] = {}
        self._rows: dict[Key, _Row] = {}
        self._firsts: list[int] = history.first.tolist()
        self._holders: list[int] = np.repeat(np.arange(self.parties), np.diff(history.first)).tolist()
        for pair in history.pairs:
            if (pair.holder, pair.recipient) in self.pairs:
                raise QuestionError(f"there are two histories {_named(pair)}")
            self._enter(pair)
        self.supposed: tuple[Almanac, frozenset[Key]] | None = None
        """The almanac that this one was supposed upon, and the pairs in which they may differ."""
        # Owned by `table` alone: the last tables, by epoch of the whole network.
        self._tables: OrderedDict[int, Words] = OrderedDict()

    def supposing(self, pairs: Iterable[PairHistory] = (), without: Iterable[Key] = ()) -> Almanac:
        """Return the almanac of the same signatures in which some pairs have another history, or none."""
        other = object.__new__(Almanac)
        other.parties, other.names, other.signatures = self.parties, self.names, self.signatures
        other.first, other._firsts, other._holders = self.first, self._firsts, self._holders
        other.pairs, other._rows, other._tables = dict(self.pairs), dict(self._rows), OrderedDict()
        changed = set(without)
        for key in changed:
            other.pairs.pop(key, None)
            other._rows.pop(key, None)
        for pair in pairs:
            changed.add((pair.holder, pair.recipient))
            other._enter(pair)
        other.supposed = self, frozenset(changed)
        return other

    def _enter(self, pair: PairHistory) -> None:
        if not (0 <= pair.holder < self.parties and 0 <= pair.recipient < self.parties):
            raise QuestionError(f"a history {_named(pair)} is of a party that is not there")
        low, high = self._firsts[pair.holder : pair.holder + 2]
        if pair.permits.shape != (len(pair.starts), high - low) or not len(pair.starts):
            raise QuestionError(f"the history {_named(pair)} has not an answer for each epoch and signature")
        starts = pair.starts.tolist()
        if any(later <= earlier for earlier, later in pairwise(starts)):
            raise QuestionError(f"the epochs {_named(pair)} do not ascend")
        key = pair.holder, pair.recipient
        whole, size = pair.permits.astype(np.bool_, copy=False).tobytes(), high - low
        rows = [whole[size * epoch : size * (epoch + 1)] for epoch in range(len(starts))]
        self.pairs[key], self._rows[key] = pair, (starts, rows, low)

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
        parties = self._recipients.get(self._holders[signature], ())
        return tuple(party for party in parties if self.permits(signature, party, at))

    @cached_property
    def _recipients(self) -> dict[int, list[int]]:
        of_holder: dict[int, list[int]] = {}
        for holder, recipient in sorted(self._rows):
            of_holder.setdefault(holder, []).append(recipient)
        return of_holder

    def signatures_of(self, holder: int) -> tuple[int, int]:
        """Return the first signature of a holder, and the first one after its last."""
        return self._firsts[holder], self._firsts[holder + 1]

    def holder(self, signature: int) -> int:
        """Return the party that holds the objects of a signature."""
        return self._holders[signature]

    def answers(self, key: Key, at: int) -> bytes:
        """Return the pair's answers at an instant, a byte for each of the holder's signatures; or nothing."""
        row = self._rows.get(key)
        if row is None:
            return b""
        epoch = bisect_right(row[0], at) - 1
        return row[1][epoch] if epoch >= 0 else b""

    def starts(self, key: Key) -> list[int]:
        """Return the first instants of the pair's epochs, ascending, in microseconds."""
        row = self._rows.get(key)
        return [] if row is None else row[0]

    def holders_for(self, party: int) -> list[int]:
        """Return the holders that have a history with the party as recipient, ascending."""
        return self._holders_for.get(party, [])

    @cached_property
    def _holders_for(self) -> dict[int, list[int]]:
        of_party: dict[int, list[int]] = {}
        for holder, recipient in sorted(self._rows):
            of_party.setdefault(recipient, []).append(holder)
        return of_party

    @cached_property
    def _calendar(self) -> tuple[NDArray[np.int64], list[Key]]:
        """Every start of an epoch, ascending, int64[N], and the pair of each."""
        keys = [key for key, (starts, _, _) in self._rows.items() for _ in starts]
        starts = np.array([start for row in self._rows.values() for start in row[0]], np.int64)
        order = np.argsort(starts, kind="stable")
        return starts[order], [keys[place] for place in order.tolist()]

    @cached_property
    def instants(self) -> NDArray[np.int64]:
        """Every instant at which an epoch of some pair starts, ascending, int64[N] microseconds."""
        return np.unique(self._calendar[0])

    @cached_property
    def _epochs(self) -> list[int]:
        return list(self.instants.tolist())

    def moved(self, after: int, through: int) -> set[Key]:
        """Return the pairs of which an epoch starts after one instant and not after the other."""
        starts, keys = self._calendar
        low, high = np.searchsorted(starts, (after, through), "right").tolist()
        return set(keys[low:high])

    def table(self, at: int) -> Words:
        """Return for each signature the parties it may go to at an instant, words[S, W]; read only."""
        epoch = bisect_right(self._epochs, at)
        if epoch in self._tables:
            self._tables.move_to_end(epoch)
            return self._tables[epoch]
        made = table(History(self.names, self.first, tuple(self.pairs.values())), at)
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


def _named(pair: PairHistory) -> str:
    return f"from party {pair.holder} to party {pair.recipient}"
