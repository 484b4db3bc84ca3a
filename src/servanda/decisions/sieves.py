"""What one thing lets through, for every kind that a holder has, and from when on: clauses, and consents.

The clause functions of a single question are asked once for each value that they look at (a marking, a set of
topics, a purpose), for all the kinds that share it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.consents import consented
from servanda.decisions.finding import Finding, together
from servanda.decisions.index import Index
from servanda.decisions.kinds import Kind
from servanda.decisions.marking import ceiled, marked
from servanda.decisions.scope import purposed, scoped
from servanda.model.act import Consent
from servanda.model.decision import Outcome
from servanda.model.label import Portion
from servanda.model.text import Text
from servanda.model.when import Instant, Period

Row = NDArray[np.bool_]
T = TypeVar("T")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(at: Instant) -> int:
    """Return an instant as microseconds since 1970-01-01T00:00Z."""
    return (at.utc - _EPOCH) // _MICROSECOND


class Steps:
    """From which microsecond on something permits, ascending; before the first it does not."""

    __slots__ = ("says", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.says: list[bool] = []

    def at(self, at: int) -> bool:
        """Say whether it permits at a microsecond."""
        place = bisect_right(self.starts, at) - 1
        return place >= 0 and self.says[place]


def steps(asked: Callable[[Instant], Finding], period: Period) -> Steps:
    """Ask a question from the start of a period to its end, each time at the instant when it may change."""
    found = Steps()
    at = period.start
    while at < period.end:
        finding = asked(at)
        permits = finding.outcome is Outcome.PERMIT
        if permits != (found.says[-1] if found.says else False):
            found.starts.append(micros(at))
            found.says.append(permits)
        at = finding.until
    return found


class Sieve:
    """Which kinds something lets through, as rows over the kinds in the order of time."""

    __slots__ = ("rows", "starts")

    def __init__(self, told: list[Steps], which: NDArray[np.int64]) -> None:
        self.starts = sorted({start for one in told for start in one.starts})
        self.rows = [
            np.array([one.at(start) for one in told], dtype=np.bool_)[which] for start in self.starts
        ]

    def at(self, at: int, nothing: Row) -> Row:
        """Return the row at a microsecond; `nothing` before the first."""
        place = bisect_right(self.starts, at) - 1
        return self.rows[place] if place >= 0 else nothing


class Values:
    """The kinds of one holder with the values that the law looks at told apart."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self.kinds = kinds
        self.holder = kinds[0].holder
        own = [kind.portions[0] for kind in kinds]
        both = list(zip(own, kinds, strict=True))
        self.names = [frozenset((kind.object_id, one.object_id)) - {""} for one, kind in both]
        self._marking = _coded([(one.originators[0], one.marking, kind.form) for one, kind in both])
        self._content = _coded([(one.topics, kind.form) for one, kind in both])
        self._purpose = _coded([(kind.purpose, one.given_for) for one, kind in both])
        named = zip(both, self.names, strict=True)
        self._consent = _coded(
            [
                (one.originators, one.topics, one.marking, kind.purpose, kind.controlled, names)
                for (one, kind), names in named
            ]
        )

    def through_clauses(self, index: Index, text: Text, recipient: str, period: Period) -> Sieve:
        """Return what the clauses of a text let through to a recipient, whatever its status."""
        content = _permits([scoped(text, topics, form) for topics, form in self._content[0]])
        purpose = _permits([purposed(text, purpose, given) for purpose, given in self._purpose[0]])
        always = content[self._content[1]] & purpose[self._purpose[1]]
        told = []
        for originator, marking, form in self._marking[0]:
            portion = Portion((originator,), marking)

            def asked(at: Instant, portion: Portion = portion, form: str = form) -> Finding:
                word = marked(index, text, portion, self.holder, recipient, at)
                return together((word.finding, ceiled(index, text, word, form)))

            told.append(steps(asked, period))
        sieve = Sieve(told, self._marking[1])
        sieve.rows = [row & always for row in sieve.rows]
        return sieve

    def through_consents(self, index: Index, recipient: str, period: Period) -> Sieve:
        """Return what the consents of originators, and their recalls, let through to a recipient."""
        hops = _Hops(index, self.holder, recipient)
        first: dict[int, Kind] = {}
        for kind, code in zip(self.kinds, self._consent[1].tolist(), strict=True):
            first.setdefault(code, kind)
        always = Steps()
        always.starts, always.says = [micros(period.start)], [True]
        told = [
            self._consents_to(index, first[code], recipient, period, hops, always)
            for code in range(len(self._consent[0]))
        ]
        return Sieve(told, self._consent[1])

    def _consents_to(
        self, index: Index, kind: Kind, recipient: str, period: Period, hops: _Hops, always: Steps
    ) -> Steps:
        portion = kind.portions[0]
        name = kind.object_id or portion.object_id
        others = [
            one
            for one in portion.originators
            if not index.same(one, recipient) and not index.same(one, kind.holder)
        ]
        if not others and not name:
            return always
        if any(not _any_for(hops[one], name) for one in others):
            return Steps()

        def asked(at: Instant) -> Finding:
            request = kind.request(recipient, at, index.known)
            return consented(index, portion, request, controlled=kind.controlled)

        return steps(asked, period)


class _Hops(dict[str, list[Consent]]):
    """By originator, the consents that name a hop between two parties, whatever the instant."""

    def __init__(self, index: Index, holder: str, recipient: str) -> None:
        super().__init__()
        self._index, self._holder, self._recipient = index, holder, recipient

    def __missing__(self, originator: str) -> list[Consent]:
        index = self._index
        found = self[originator] = [
            one.act
            for one in index.acts_by(Consent, originator)
            if index.among(self._recipient, one.act.recipients)
            and (not one.act.holders or index.among(self._holder, one.act.holders))
        ]
        return found


def _any_for(consents: list[Consent], name: str) -> bool:
    """Say whether any of the consents could cover an object, which some act names or none does."""
    return any(not one.objects or (name and name in one.objects) for one in consents)


def _permits(findings: list[Finding]) -> Row:
    return np.array([one.outcome is Outcome.PERMIT for one in findings], dtype=np.bool_)


def _coded(values: list[T]) -> tuple[list[T], NDArray[np.int64]]:
    """Return the values that occur, each once, and for each place which one it has."""
    codes: dict[T, int] = {}
    numbers = np.array([codes.setdefault(value, len(codes)) for value in values], dtype=np.int64)
    return list(codes), numbers
