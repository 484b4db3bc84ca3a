"""The question turned round: when does an answer change, and who may see an object."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from servanda.decisions.index import Index
from servanda.decisions.release import rule
from servanda.model.decision import Judgement, Outcome, ReleaseRequest
from servanda.model.when import Instant, Period


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of time in which an answer stays the same; `first` is the judgement at its beginning."""

    start: Instant
    end: Instant
    first: Judgement


def over_time(index: Index, request: ReleaseRequest, period: Period) -> tuple[Stretch, ...]:
    """Return every stretch of an answer between two instants, half-open, in order and without a hole.

    A new stretch begins where the outcome, the instruments, the receiver's marking or what is missing
    changes; that a term was extended and nothing else is no change. `request.at` plays no part.
    """
    found: list[Stretch] = []
    at = period.start
    while at < period.end:
        judged = rule(index, replace(request, at=at))
        until = min(judged.until, period.end)
        if found and _same(found[-1].first, judged):
            found[-1] = Stretch(found[-1].start, until, found[-1].first)
        else:
            found.append(Stretch(at, until, judged))
        at = until
    return tuple(found)


def who(index: Index, request: ReleaseRequest) -> tuple[tuple[str, Judgement], ...]:
    """Return the judgement for every party that the holder could give it to, those who may have it first.

    `request.recipient` plays no part. Parties that nothing binds to the holder are left out.
    """
    found = [
        (code, rule(index, replace(request, recipient=code)))
        for code in index.registry.parties
        if not index.same(request.holder, code) and index.carriers(request.holder, code)
    ]
    order = (Outcome.PERMIT, Outcome.UNDETERMINED, Outcome.DENY)
    return tuple(sorted(found, key=lambda one: (order.index(one[1].outcome), one[0])))


def _same(one: Judgement, other: Judgement) -> bool:
    return (one.outcome, one.via, one.equivalent, one.missing) == (
        other.outcome,
        other.via,
        other.equivalent,
        other.missing,
    )
