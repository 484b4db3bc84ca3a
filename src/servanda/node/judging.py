"""The law of one state of the record, arranged once and asked by every thread of a node.

What was known at an instant is what the last act seen by then left behind: between two such instants every
question is asked of the same arrangement.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager

from servanda.decisions import Index, judgement
from servanda.model.decision import Decision, ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.when import BEGINNING, FOREVER, Instant

_MOST_KEPT = 4
"""Arrangements kept at once; a node that only goes forward needs one."""


class Judging:
    """A registry with its arrangements, each made when it is first asked for."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        acts = (act for one in registry.instruments.values() for act in one.acts)
        self._seen = sorted({act.seen.utc for act in acts})
        # An index learns as it is asked, so one thread at a time: the lock owns all of them.
        self._lock = threading.Lock()
        self._indexes: dict[Instant, Index] = {}

    def judge(self, request: ReleaseRequest) -> Decision:
        """Decide a request without looking for detours.

        Raises:
            UnknownNameError: a party or marking of the request is not known.
            QuestionError: holder and recipient are the same, nobody is named as originator, or an object
                derives from itself.
        """
        with self.index(request.known) as index:
            return Decision(request, judgement(index, request))

    @contextmanager
    def index(self, known: Instant) -> Iterator[Index]:
        """Yield the arrangement of what was known at an instant, for this thread alone."""
        last = self.last_seen(known)
        with self._lock:
            found = self._indexes.get(last)
            if found is None:
                while len(self._indexes) >= _MOST_KEPT:
                    self._indexes.pop(next(iter(self._indexes)))
                found = self._indexes[last] = Index(self.registry, last)
            yield found

    def learns(self, after: Instant) -> Instant:
        """Return the next instant at which an act that is on record comes to be known."""
        place = bisect_right(self._seen, after.utc)
        return Instant(self._seen[place]) if place < len(self._seen) else FOREVER

    def last_seen(self, known: Instant) -> Instant:
        """Return when the last act that was known at an instant had come to be known."""
        place = bisect_right(self._seen, known.utc)
        return Instant(self._seen[place - 1]) if place else BEGINNING
