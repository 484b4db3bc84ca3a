"""From the law to columns: for every pair of parties and every kind of object, when it may be given.

The answers are those of the single question, over every kind, pair and epoch.
"""

from __future__ import annotations

import numpy as np

from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.history import History, PairHistory
from servanda.decisions.holding import Holding, Kept
from servanda.decisions.index import Index
from servanda.decisions.kinds import Kind
from servanda.decisions.sieves import micros
from servanda.decisions.touched import touched
from servanda.model.when import Period


class Kinds:
    """The kinds of object of a bulk question, numbered as signatures: those of a holder stand together.

    `numbers` int64[kinds] is the signature of each kind in the order in which they were given. What is worked
    out between two parties is kept for the next registry in which only statuses differ.
    """

    def __init__(self, kinds: tuple[Kind, ...], parties: tuple[str, ...]) -> None:
        places = {code: place for place, code in enumerate(parties)}
        order = sorted(range(len(kinds)), key=lambda place: places[kinds[place].holder])
        self.parties = parties
        self.numbers = np.empty(len(kinds), dtype=np.int64)
        self.numbers[order] = np.arange(len(kinds))
        held: dict[str, list[Kind]] = {code: [] for code in parties}
        for place in order:
            held[kinds[place].holder].append(kinds[place])
        self.first = np.cumsum([0, *(len(held[code]) for code in parties)]).astype(np.int64)
        self._places = places
        self._holdings = {code: Holding(tuple(several)) for code, several in held.items() if several}
        # Owned by `history` alone, and of the registry that it was last asked about.
        self._kept: dict[tuple[str, str], Kept] = {}

    def history(self, index: Index, period: Period) -> History:
        """Return when each kind may go to each party within a period.

        Outside the period nothing may go: what was not worked out is refused.

        Raises:
            UnknownNameError: a party or marking of a kind is not known.
            QuestionError: a kind is no question that has an answer.
        """
        self._kept = {}
        pairs = (
            self._pair(index, holder, recipient, period, self._kept.setdefault((holder, recipient), Kept()))
            for holder in self._holdings
            for recipient in self.parties
            if not index.same(holder, recipient)
        )
        return History(self.parties, self.first, tuple(one for one in pairs if one is not None))

    def supposing(self, almanac: Almanac, before: Index, after: Index, period: Period) -> Almanac:
        """Return the almanac of another registry, working out only the pairs that it can touch.

        `almanac` is of the registry that `history` was last asked about, which is that of `before`.
        """
        pairs, without = [], []
        reach = touched(before, after)
        for holder, recipient in reach.pairs:
            if holder not in self._holdings or recipient not in self._places or after.same(holder, recipient):
                continue
            deep = (holder, recipient) in reach.deep
            known = Kept() if deep else self._kept.get((holder, recipient), Kept())
            kept = Kept(dict(known.clauses), known.consents)
            found = self._pair(after, holder, recipient, period, kept)
            if found is None:
                without.append((self._places[holder], self._places[recipient]))
            else:
                pairs.append(found)
        return almanac.supposing(pairs, without)

    def _pair(
        self, index: Index, holder: str, recipient: str, period: Period, kept: Kept
    ) -> PairHistory | None:
        found = self._holdings[holder].to(index, recipient, period, kept)
        if found is None:
            return None
        return PairHistory(self._places[holder], self._places[recipient], *found)


__all__ = ["Kinds", "micros"]
