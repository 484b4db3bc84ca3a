"""Detours: lawful ways through a third party when the direct one is closed."""

from __future__ import annotations

from dataclasses import replace

from servanda.decisions.index import Index
from servanda.decisions.parties import bound_as
from servanda.decisions.release import rule
from servanda.decisions.variants import ways
from servanda.model.clauses import Scope
from servanda.model.decision import ChangeKind, Hop, Outcome, ReleaseRequest, Route
from servanda.model.party import PartyKind

_ASKABLE = (ChangeKind.CONSENT, ChangeKind.CLAUSE)


def routes(index: Index, request: ReleaseRequest) -> tuple[Route, ...]:
    """Return every detour through one third party, with what each hop still needs.

    A hop counts when it is permitted, or when all that it lacks can be asked for: an originator's
    consent, or a clause that nobody has read. Arrangements that foresee the detour come first, then
    those that need least.
    """
    found = []
    for party in index.registry.parties.values():
        code = party.code
        if party.kind is PartyKind.MINISTRY or index.same(code, request.holder):
            continue
        if index.same(code, request.recipient) or not _linked(index, request, code):
            continue
        first = _hop(index, replace(request, recipient=code))
        second = _hop(index, replace(request, holder=code))
        hops = (first, second)
        if all(_open(hop) for hop in hops):
            found.append(Route((code,), _under(index, request, code), hops))
    found.sort(key=lambda route: (not route.under, _needs(route), route.through))
    return tuple(found)


def _linked(index: Index, request: ReleaseRequest, code: str) -> bool:
    return bool(index.carriers(request.holder, code) and index.carriers(code, request.recipient))


def _hop(index: Index, request: ReleaseRequest) -> Hop:
    found = rule(index, request)
    needs = () if found.outcome is Outcome.PERMIT else next(iter(ways(index, request)), ())
    return Hop(
        request.holder, request.recipient, found.via, found.equivalent, needs, found.outcome, found.because
    )


def _open(hop: Hop) -> bool:
    if hop.outcome is Outcome.PERMIT:
        return True
    return bool(hop.needs) and all(need.kind in _ASKABLE for need in hop.needs)


def _needs(route: Route) -> int:
    return sum(len(hop.needs) for hop in route.hops)


def _under(index: Index, request: ReleaseRequest, hub: str) -> tuple[str, ...]:
    """Return the arrangements that foresee passing through `hub` and that work at that instant."""
    found = []
    for instrument in index.binding(request.holder, request.recipient):
        text = instrument.texts[-1]
        scope = text.first(Scope)
        if scope is None or scope[1].hub is None or not index.same(scope[1].hub, hub):
            continue
        if not set(request.topics) <= set(scope[1].topics) or not request.topics:
            continue
        parties = (request.holder, request.recipient)
        if any(bound_as(index.registry, party, text.parties) is None for party in parties):
            continue
        answer = index.life(instrument.id).at(request.at).answer
        if all(status.phase.works for status in answer.values):
            found.append(instrument.id)
    return tuple(found)
