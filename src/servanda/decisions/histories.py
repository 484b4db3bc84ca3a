"""From the law to columns: for every pair of parties and every kind of object, when it may be given.

The same clause functions as for a single question are asked once for each value that they look at (a marking,
a set of topics, a purpose), and their answers are combined as the law combines them: all clauses of a text in
every world, any instrument, every consent. Where the law weighs more than that (several portions, acts that
name the object, a clause that forbids), the single question itself is asked, step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.history import History, PairHistory
from servanda.decisions.consents import consented
from servanda.decisions.finding import Finding, together
from servanda.decisions.ground import in_force
from servanda.decisions.index import Index
from servanda.decisions.kinds import Kind
from servanda.decisions.marking import ceiled, marked
from servanda.decisions.release import rule
from servanda.decisions.scope import purposed, scoped
from servanda.decisions.touched import touched
from servanda.model.act import Consent, Regrade
from servanda.model.decision import Outcome
from servanda.model.instrument import Instrument
from servanda.model.label import Portion
from servanda.model.text import Text
from servanda.model.when import Instant, Period

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BEFORE = np.iinfo(np.int64).min
T = TypeVar("T")
Epochs = tuple[NDArray[np.int64], NDArray[np.bool_]]
"""The first microsecond of each epoch, and a row for each of them with what may go in it."""
Steps = list[tuple[int, bool]]
"""From which microsecond on something is so, ascending; before the first it is not."""


def micros(at: Instant) -> int:
    """Return an instant as microseconds since 1970-01-01T00:00Z."""
    return (at.utc - _EPOCH) // _MICROSECOND


class Kinds:
    """The kinds of object of a bulk question, numbered as signatures: those of a holder stand together.

    `numbers` int64[kinds] is the signature of each kind in the order in which they were given.
    """

    def __init__(self, kinds: tuple[Kind, ...], parties: tuple[str, ...]) -> None:
        order = sorted(range(len(kinds)), key=lambda place: parties.index(kinds[place].holder))
        self.parties = parties
        self.numbers = np.empty(len(kinds), dtype=np.int64)
        self.numbers[order] = np.arange(len(kinds))
        held: dict[str, list[Kind]] = {code: [] for code in parties}
        for place in order:
            held[kinds[place].holder].append(kinds[place])
        self.first = np.cumsum([0, *(len(held[code]) for code in parties)]).astype(np.int64)
        self._holdings = {code: Holding(tuple(several)) for code, several in held.items() if several}

    def history(self, index: Index, period: Period) -> History:
        """Return when each kind may go to each party within a period.

        Outside the period nothing may go: what was not worked out is refused.

        Raises:
            UnknownNameError: a party or marking of a kind is not known.
            QuestionError: a kind is no question that has an answer.
        """
        pairs = (
            self.pair(index, holder, recipient, period)
            for holder in self._holdings
            for recipient in self.parties
            if not index.same(holder, recipient)
        )
        return History(self.parties, self.first, tuple(one for one in pairs if one is not None))

    def pair(self, index: Index, holder: str, recipient: str, period: Period) -> PairHistory | None:
        """Return the history between two parties, or None where nothing may ever go."""
        holding = self._holdings.get(holder)
        found = None if holding is None else holding.to(index, recipient, period)
        if found is None:
            return None
        return PairHistory(self.parties.index(holder), self.parties.index(recipient), *found)

    def supposing(self, almanac: Almanac, before: Index, after: Index, period: Period) -> Almanac:
        """Return the almanac of another registry, working out only the pairs that it can touch."""
        pairs, without = [], []
        places = {code: place for place, code in enumerate(self.parties)}
        for holder, recipient in touched(before, after):
            if holder not in self._holdings or recipient not in places or after.same(holder, recipient):
                continue
            found = self.pair(after, holder, recipient, period)
            if found is None:
                without.append((places[holder], places[recipient]))
            else:
                pairs.append(found)
        return almanac.supposing(pairs, without)


class Holding:
    """What one holder has, by kind, with the values that the clauses look at told apart."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self._kinds = kinds
        self._plain = np.array([_plain(one) for one in kinds], dtype=np.bool_)
        own = [one.portions[0] for one in kinds]
        self._marking = _coded([(one.originators[0], one.marking) for one in own])
        self._content = _coded([(one.topics, kind.form) for one, kind in zip(own, kinds, strict=True)])
        self._purpose = _coded([(kind.purpose, one.given_for) for one, kind in zip(own, kinds, strict=True)])
        self._consent = _coded(
            [
                (one.originators, one.topics, one.marking, kind.purpose, kind.controlled)
                for one, kind in zip(own, kinds, strict=True)
            ]
        )

    def to(self, index: Index, recipient: str, period: Period) -> Epochs | None:
        """Return the epochs towards a recipient and what may go in each, or None where nothing ever may."""
        holder = self._kinds[0].holder
        carriers = index.carriers(holder, recipient)
        weighs = bool(index.prohibiting(holder, recipient))
        single = np.ones_like(self._plain) if weighs else ~self._plain
        if not carriers and not (single.any() and index.acts(Regrade)):
            return None  # only what its originators have wholly freed needs no ground
        permits: list[tuple[int, NDArray[np.bool_]]] = [(_BEFORE, np.zeros(len(self._kinds), np.bool_))]
        if not weighs and carriers:
            permits = self._in_bulk(index, recipient, carriers, period)
        starts = [start for start, _ in permits]
        table = np.array([row for _, row in permits])
        table[:, single] = False
        return self._one_by_one(index, recipient, period, np.flatnonzero(single), starts, table)

    def _in_bulk(
        self, index: Index, recipient: str, carriers: tuple[Instrument, ...], period: Period
    ) -> list[tuple[int, NDArray[np.bool_]]]:
        clauses: dict[tuple[str, int], tuple[set[int], Callable[[Instant], NDArray[np.bool_]]]] = {}
        edges = {micros(period.start), micros(period.end)}
        forces = []
        for instrument in carriers:
            force = _forces(index, instrument, self._kinds[0].holder, recipient, period)
            forces.append((instrument, force))
            edges.update(start for start, _ in force)
            for version in {one for _, versions in force for one in versions}:
                found = self._clauses(index, instrument.text(version), recipient, period)
                clauses[instrument.id, version] = found
                edges |= found[0]
        consents, more = self._consents(index, recipient, period)
        edges |= more
        inside = sorted(one for one in edges if micros(period.start) <= one < micros(period.end))
        permits = [(int(_BEFORE), np.zeros(len(self._kinds), np.bool_))]
        for start in inside:
            at = Instant(_EPOCH + start * _MICROSECOND)
            row = np.zeros(len(self._kinds), np.bool_)
            for instrument, force in forces:
                versions = _last(force, start, ())
                if versions:
                    ground = np.ones(len(self._kinds), np.bool_)
                    for version in versions:
                        ground &= clauses[instrument.id, version][1](at)
                    row |= ground
            row &= np.array([_last(one, start, default=False) for one in consents])[self._consent[1]]
            if not (row == permits[-1][1]).all():
                permits.append((start, row))
        permits.append((micros(period.end), np.zeros(len(self._kinds), np.bool_)))
        return permits

    def _clauses(
        self, index: Index, text: Text, recipient: str, period: Period
    ) -> tuple[set[int], Callable[[Instant], NDArray[np.bool_]]]:
        """Return what the clauses of a text let through at an instant, and when that changes."""
        holder = self._kinds[0].holder
        content = _told([scoped(text, topics, form) for topics, form in self._content[0]])
        purpose = _told([purposed(text, purpose, given) for purpose, given in self._purpose[0]])
        fixed = content[self._content[1]] & purpose[self._purpose[1]]
        forms = sorted({kind.form for kind in self._kinds})
        form_of = np.array([forms.index(kind.form) for kind in self._kinds])
        steps: dict[tuple[int, int], Steps] = {}
        edges: set[int] = set()
        portions: dict[int, Portion] = {}
        for kind, code in zip(self._kinds, self._marking[1], strict=True):
            portions.setdefault(int(code), kind.portions[0])
        for code, portion in portions.items():
            for number, form in enumerate(forms):

                def asked(at: Instant, portion: Portion = portion, form: str = form) -> Finding:
                    return together(
                        (
                            marked(index, text, portion, holder, recipient, at).finding,
                            ceiled(index, text, portion, holder, recipient, form, at),
                        )
                    )

                steps[code, number] = found = _steps(asked, period)
                edges.update(start for start, _ in found)

        def let_through(at: Instant) -> NDArray[np.bool_]:
            table = np.zeros((len(self._marking[0]), len(forms)), np.bool_)
            for (code, number), found in steps.items():
                table[code, number] = _last(found, micros(at), default=False)
            through: NDArray[np.bool_] = fixed & table[self._marking[1], form_of]
            return through

        return edges, let_through

    def _consents(self, index: Index, recipient: str, period: Period) -> tuple[list[Steps], set[int]]:
        found: list[Steps] = []
        edges: set[int] = set()
        always = [(micros(period.start), True)]
        portions: dict[int, Kind] = {}
        for kind, code in zip(self._kinds, self._consent[1], strict=True):
            portions.setdefault(int(code), kind)
        for code in range(len(self._consent[0])):
            kind = portions[code]
            portion = kind.portions[0]
            others = [
                one
                for one in portion.originators
                if not index.same(one, recipient) and not index.same(one, kind.holder)
            ]
            if not others:
                found.append(always)
                continue
            if any(not self._may_consent(index, one, kind.holder, recipient) for one in others):
                found.append([])
                continue

            def asked(at: Instant, kind: Kind = kind) -> Finding:
                request = kind.request(recipient, at, index.known)
                return consented(index, kind.portions[0], request, controlled=kind.controlled)

            found.append(_steps(asked, period))
            edges.update(start for start, _ in found[-1])
        return found, edges

    def _may_consent(self, index: Index, originator: str, holder: str, recipient: str) -> bool:
        """Say whether any consent on record could cover this hop for an object that no act names."""
        return any(
            not one.act.objects
            and index.among(recipient, one.act.recipients)
            and (not one.act.holders or index.among(holder, one.act.holders))
            for one in index.acts_by(Consent, originator)
        )

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
        asked = {int(place): self._asked(index, int(place), recipient, period) for place in single}
        edges = sorted({*starts, *(start for steps in asked.values() for start, _ in steps)})
        rows = np.searchsorted(np.array(starts), np.array(edges), side="right") - 1
        whole = table[rows]
        for place, steps in asked.items():
            whole[:, place] = [_last(steps, start, default=False) for start in edges]
        if not whole.any():
            return None
        return np.array(edges, dtype=np.int64), whole

    def _asked(self, index: Index, place: int, recipient: str, period: Period) -> Steps:
        kind = self._kinds[place]

        def asked(at: Instant) -> Finding:
            found = rule(index, kind.request(recipient, at, index.known))
            return Finding(found.outcome, since=found.since, until=found.until)

        steps = _steps(asked, period)
        return [*steps, (micros(period.end), False)] if steps else []


def _plain(kind: Kind) -> bool:
    """Say whether nothing about a kind needs its question to be asked whole."""
    return len(kind.portions) == 1 and not kind.object_id and not kind.portions[0].object_id


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
            force = in_force(index, text, status, holder, recipient)
            if force.outcome is not Outcome.PERMIT:
                versions = {}
                break
            versions[status.version] = None
        if not found or found[-1][1] != tuple(versions):
            found.append((micros(at), tuple(versions)))
        at = standing.until
    return found


def _steps(asked: Callable[[Instant], Finding], period: Period) -> Steps:
    """Ask a question from the start of a period to its end, each time at the instant when it may change."""
    found: Steps = []
    at = period.start
    while at < period.end:
        finding = asked(at)
        permits = finding.outcome is Outcome.PERMIT
        if permits != (found[-1][1] if found else False):
            found.append((micros(at), permits))
        at = finding.until
    return found


def _last(steps: list[tuple[int, T]], at: int, default: T) -> T:
    """Return what holds at an instant, from steps in the order of time."""
    found = default
    for start, value in steps:
        if start > at:
            break
        found = value
    return found


def _told(findings: Iterable[Finding]) -> NDArray[np.bool_]:
    return np.array([one.outcome is Outcome.PERMIT for one in findings], dtype=np.bool_)


def _coded(values: list[T]) -> tuple[list[T], NDArray[np.int64]]:
    """Return the values that occur, each once, and for each place which one it has."""
    codes: dict[T, int] = {}
    numbers = np.array([codes.setdefault(value, len(codes)) for value in values], dtype=np.int64)
    return list(codes), numbers
