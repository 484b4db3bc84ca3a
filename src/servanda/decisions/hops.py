"""One hop of a route: the earliest instant at which it can be made, and what it needs by then."""

from __future__ import annotations

from dataclasses import replace

from servanda.decisions import sentences as s
from servanda.decisions.changes import change
from servanda.decisions.index import Index
from servanda.decisions.network import asked_for
from servanda.decisions.release import rule
from servanda.model.decision import Change, ChangeKind, Hop, Judgement, ReleaseRequest, Way
from servanda.model.label import Embargo
from servanda.model.when import FOREVER, Instant

MOST_WAITS = 4
"""How many instants ahead, each the next at which anything changes, a hop may wait for."""


def hop(index: Index, request: ReleaseRequest, most_waits: int = MOST_WAITS) -> Hop | Instant:
    """Return the hop that a request asks for, as early as it can be made.

    Where it is closed, return the instant before which it does not open: FOREVER where it never does.

    A hop that is closed at its instant may open by itself, as when an agreement enters into force or an
    embargo ends; then waiting is the first thing that it needs. What it needs is asked by `rule` alone: to
    give less, or to mark it lower, would be another request.
    """
    at = request.at
    for _ in range(most_waits + 1):
        found = rule(index, replace(request, at=at))
        needs = asked_for(found)
        if needs is not None:
            return _made(request, found, needs, at)
        at = _next(request, found, at)
        if at == FOREVER:
            break
    return at


def _made(request: ReleaseRequest, found: Judgement, needs: Way, at: Instant) -> Hop:
    if at > request.at:
        needs = (wait_until(at), *needs)
    return Hop(
        request.holder,
        request.recipient,
        found.via,
        found.equivalent,
        needs,
        found.outcome,
        found.because,
        at,
    )


def wait_until(at: Instant) -> Change:
    """Return the step that nobody takes: an instant comes."""
    return change(ChangeKind.WAIT, (), s.WAIT_UNTIL(str(at)), until=str(at))


def _next(request: ReleaseRequest, found: Judgement, at: Instant) -> Instant:
    """Return the next instant at which a closed hop may open: not before the last embargo ends."""
    held_back = [
        caveat.until
        for portion in request.portions
        for caveat in portion.caveats
        if isinstance(caveat, Embargo) and caveat.until > at
    ]
    return max((found.until, *held_back)) if held_back and found.until <= max(held_back) else found.until
