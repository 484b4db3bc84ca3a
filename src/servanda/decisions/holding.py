"""What one holder may give to one recipient, for all its kinds and over all of time.

The sieves are combined as the law combines them: all clauses of a text in every world, any instrument, every
consent. Where the law weighs more than that (several portions, a regrading, a clause that forbids), the
single question itself is asked, step by step.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.finding import Finding
from servanda.decisions.ground import in_force
from servanda.decisions.index import Index
from servanda.decisions.kinds import Kind
from servanda.decisions.release import rule
from servanda.decisions.sieves import Row, Sieve, Steps, Values, micros, steps
from servanda.model.act import Regrade
from servanda.model.decision import Outcome
from servanda.model.instrument import Instrument
from servanda.model.text import Text
from servanda.model.when import Instant, Period

Epochs = tuple[NDArray[np.int64], NDArray[np.bool_]]
"""The first microsecond of each epoch, and a row for each of them with what may go in it."""
_BEFORE = int(np.iinfo(np.int64).min)


@dataclass(slots=True)
class Kept:
    """What was worked out between two parties and stays true while only statuses change."""

    clauses: dict[tuple[str, int], tuple[Text, Sieve]] = field(default_factory=dict)
    consents: Sieve | None = None


class Holding:
    """All the kinds that one holder has."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self._values = Values(kinds)
        self._kinds = kinds
        self._several = np.array([len(one.portions) > 1 for one in kinds], dtype=np.bool_)

    def to(self, index: Index, recipient: str, period: Period, kept: Kept) -> Epochs | None:
        """Return the epochs towards a recipient and what may go in each, or None where nothing ever may.

        What is found in `kept` is not worked out again, and what is worked out is put there.
        """
        holder = self._values.holder
        carriers = index.carriers(holder, recipient)
        single = self._asked_whole(index, recipient)
        if not carriers and not (single.any() and index.acts(Regrade)):
            return None  # only what its originators have wholly freed needs no ground
        nothing = np.zeros(len(self._kinds), np.bool_)
        epochs = [(_BEFORE, nothing)]
        if carriers and not single.all():
            epochs = self._in_bulk(index, recipient, carriers, period, kept)
        starts = [start for start, _ in epochs]
        table = np.array([row for _, row in epochs])
        table[:, single] = False
        return self._one_by_one(index, recipient, period, np.flatnonzero(single), starts, table)

    def _asked_whole(self, index: Index, recipient: str) -> Row:
        """Say of each kind whether its question has to be asked whole."""
        if index.prohibiting(self._values.holder, recipient):
            return np.ones(len(self._kinds), np.bool_)
        acts = index.acts(Regrade)
        regraded = frozenset(name for one in acts for name in (*one.act.objects, one.act.extract_of))
        if not regraded:
            return self._several
        named = np.array([not names.isdisjoint(regraded) for names in self._values.names])
        both: Row = self._several | named
        return both

    def _in_bulk(
        self,
        index: Index,
        recipient: str,
        carriers: tuple[Instrument, ...],
        period: Period,
        kept: Kept,
    ) -> list[tuple[int, Row]]:
        start, end = micros(period.start), micros(period.end)
        nothing = np.zeros(len(self._kinds), np.bool_)
        if kept.consents is None:
            kept.consents = self._values.through_consents(index, recipient, period)
        edges = {start, *kept.consents.starts}
        forces = []
        for instrument in carriers:
            force = _forces(index, instrument, self._values.holder, recipient, period)
            sieves = {}
            for version in {one for _, versions in force for one in versions}:
                sieves[version] = self._clauses(index, instrument, version, recipient, period, kept)
                edges.update(sieves[version].starts)
            edges.update(at for at, _ in force)
            forces.append((force, sieves))
        epochs = [(_BEFORE, nothing)]
        for at in sorted(one for one in edges if start <= one < end):
            row = nothing.copy()
            for force, sieves in forces:
                versions = _versions_at(force, at)
                if versions:
                    row |= np.logical_and.reduce([sieves[one].at(at, nothing) for one in versions])
            row &= kept.consents.at(at, nothing)
            if not np.array_equal(row, epochs[-1][1]):
                epochs.append((at, row))
        epochs.append((end, nothing))
        return epochs

    def _clauses(
        self,
        index: Index,
        instrument: Instrument,
        version: int,
        recipient: str,
        period: Period,
        kept: Kept,
    ) -> Sieve:
        text = instrument.text(version)
        known = kept.clauses.get((instrument.id, version))
        if known is None or known[0] is not text:
            known = (text, self._values.through_clauses(index, text, recipient, period))
            kept.clauses[instrument.id, version] = known
        return known[1]

    def _one_by_one(
        self,
        index: Index,
        recipient: str,
        period: Period,
        single: NDArray[np.intp],
        starts: list[int],
        table: NDArray[np.bool_],
    ) -> Epochs | None:
        """Add the kinds whose question has to be asked whole, and return all epochs together."""
        asked = {place: self._asked(index, place, recipient, period) for place in single.tolist()}
        edges = sorted({*starts, *(start for one in asked.values() for start in one.starts)})
        whole = table[np.searchsorted(np.array(starts), np.array(edges), side="right") - 1]
        for place, one in asked.items():
            whole[:, place] = [one.at(start) for start in edges]
        if not whole.any():
            return None
        return np.array(edges, dtype=np.int64), whole

    def _asked(self, index: Index, place: int, recipient: str, period: Period) -> Steps:
        kind = self._kinds[place]

        def asked(at: Instant) -> Finding:
            found = rule(index, kind.request(recipient, at, index.known))
            return Finding(found.outcome, since=found.since, until=found.until)

        found = steps(asked, period)
        found.starts.append(micros(period.end))
        found.says.append(False)
        return found


def _forces(
    index: Index, instrument: Instrument, holder: str, recipient: str, period: Period
) -> list[tuple[int, tuple[int, ...]]]:
    """Return when an instrument is in force between two parties in every world, and in which versions."""
    life = index.life(instrument.id)
    found: list[tuple[int, tuple[int, ...]]] = []
    at = period.start
    while at < period.end:
        standing = life.at(at)
        versions: dict[int, None] = {}
        for status in standing.answer.values:
            text = instrument.text(status.version)
            if in_force(index, text, status, holder, recipient).outcome is not Outcome.PERMIT:
                versions = {}
                break
            versions[status.version] = None
        if not found or found[-1][1] != tuple(versions):
            found.append((micros(at), tuple(versions)))
        at = standing.until
    return found


def _versions_at(force: list[tuple[int, tuple[int, ...]]], at: int) -> tuple[int, ...]:
    found: tuple[int, ...] = ()
    for start, versions in force:
        if start > at:
            break
        found = versions
    return found
