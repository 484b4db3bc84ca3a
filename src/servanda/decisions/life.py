"""The life of one instrument as known at one instant: each stretch of it is asked once."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime

import msgspec

from servanda.decisions import sentences as s
from servanda.model.cite import Because, because
from servanda.model.instrument import Instrument, Registry
from servanda.model.status import Answer, Standpoint, Status
from servanda.model.when import BEGINNING, FOREVER, Instant
from servanda.status import ask, breakpoints, changes
from servanda.status.worlds import spans, zones


class Standing(msgspec.Struct, frozen=True):
    """Where an instrument stands from `since` until `until`, and what `turns` it then."""

    answer: Answer[Status]
    since: Instant
    until: Instant
    turns: tuple[Because, ...]


class Life:
    """Every stretch of an instrument's life that was asked for; a stretch is computed once.

    The memory is an aid to speed alone: the same question has the same answer for ever.
    """

    __slots__ = ("_breaks", "_known", "_name", "_registry", "_standings", "_starts")

    def __init__(self, registry: Registry, name: str, known: Instant) -> None:
        self._registry = registry
        self._name = name
        self._known = known
        self._breaks = (BEGINNING, *breakpoints(registry, name, known))
        self._starts: list[datetime] = []
        self._standings: list[Standing] = []

    def at(self, at: Instant) -> Standing:
        """Return where it stands at an instant."""
        place = bisect_right(self._starts, at.utc) - 1
        if place >= 0:
            found = self._standings[place]
            if at < found.until:
                return found
        return self._walk(at)

    def _walk(self, at: Instant) -> Standing:
        """Ask stretch by stretch, from the last act before `at` or the last stretch known after it."""
        start = max(one for one in self._breaks if one <= at)
        place = bisect_right(self._starts, at.utc) - 1
        if place >= 0:
            start = max(start, self._standings[place].until)
        while True:
            answer = ask(self._registry, self._name, Standpoint(start, self._known))
            until = min(changes(answer), min((one for one in self._breaks if one > start), default=FOREVER))
            standing = Standing(answer, start, until, self._turns(answer, until))
            place = bisect_right(self._starts, start.utc)
            self._starts.insert(place, start.utc)
            self._standings.insert(place, standing)
            if at < until:
                return standing
            start = until

    def _turns(self, answer: Answer[Status], until: Instant) -> tuple[Because, ...]:
        if until == FOREVER:
            return ()
        when = str(until)
        found: dict[Because, None] = {}
        for status in answer.values:
            for said, at in (
                (s.ENDS, status.ends),
                (s.RENEWS, status.renews),
                (s.ENTERS, status.enters),
                (s.NOTICE_CLOSES, status.notice_by),
                (s.NOTICE_TAKES_EFFECT, status.notice.effect if status.notice else None),
            ):
                if at == until:
                    found[because(said(self._name), instrument=self._name, when=when)] = None
        instrument = self._registry.instrument(self._name)
        for act in _acts_at(instrument, until, self._known):
            found[because(s.ACT_DONE(act), instrument=self._name, act=act, when=when)] = None
        return tuple(found) or (because(s.STATUS_CHANGES(self._name), instrument=self._name, when=when),)


def _acts_at(instrument: Instrument, until: Instant, known: Instant) -> list[str]:
    """Return the acts that begin to count, or certainly count, at an instant."""
    return [
        act.id
        for act in instrument.acts
        if act.seen <= known
        and any(until in spans(act, where, instrument.conventions) for where in zones(instrument))
    ]
