"""How many objects may go to each party, without looking at the objects again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.lots import Lots
from servanda.decisions.columns.masks import holds, spread


@dataclass(frozen=True, slots=True)
class Tally:
    """`unbarred` int64[S, P]: how many objects of a signature no lasting caveat bars from a party."""

    lots: Lots
    unbarred: NDArray[np.int64]

    def counts(self, almanac: Almanac, at: int) -> NDArray[np.int64]:
        """Return how many objects may go to each party at an instant, int64[P]."""
        self.lots.check(almanac)
        parties = almanac.parties
        table = almanac.table(at)
        counts = np.zeros(parties, np.int64)
        for party in range(parties):
            counts[party] = self.unbarred[holds(table, party), party].sum()
        embargoes = self.lots.embargoes
        here = embargoes.active(at)
        if len(here):
            lots = embargoes.row[here]
            kept = table[self.lots.signature(lots)] & self.lots.barrier[lots] & embargoes.barred[here]
            counts -= self.lots.sizes(lots) @ spread(kept, parties)
        return counts


def tally(lots: Lots, parties: int) -> Tally:
    """Count the objects of each signature that each party is not barred from; once for all instants."""
    unbarred = np.zeros((len(lots.first) - 1, parties), np.int64)
    sizes = lots.sizes(slice(0, len(lots)))
    before = np.zeros(len(lots) + 1, np.int64)
    for party in range(parties):
        np.cumsum(holds(lots.barrier, party) * sizes, out=before[1:])
        unbarred[:, party] = np.diff(before[lots.first])
    return Tally(lots, unbarred)
