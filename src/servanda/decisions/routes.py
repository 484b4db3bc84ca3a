"""Detours: lawful ways through a third party when the direct one is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from servanda.decisions.ground import carries
from servanda.decisions.parties import bound_as, same
from servanda.model.clauses import Scope
from servanda.model.decision import ChangeKind, Decision, Hop, Outcome, ReleaseRequest, Route
from servanda.model.instrument import Registry
from servanda.model.party import PartyKind
from servanda.model.status import Standpoint
from servanda.status import ask

Judge = Callable[[Registry, ReleaseRequest], Decision]

_ASKABLE = (ChangeKind.CONSENT, ChangeKind.CLAUSE)


def routes(registry: Registry, request: ReleaseRequest, judge: Judge) -> tuple[Route, ...]:
    """Return every detour through one third party, with what each hop still needs.

    A hop counts when it is permitted, or when all that it lacks can be asked for: an originator's
    consent, or a clause that nobody has read. Arrangements that foresee the detour come first, then
    those that need least.
    """
    found = []
    for party in registry.parties.values():
        code = party.code
        if party.kind is PartyKind.MINISTRY or same(registry, code, request.holder):
            continue
        if same(registry, code, request.recipient) or not _linked(registry, request, code):
            continue
        first = judge(registry, replace(request, recipient=code))
        second = judge(registry, replace(request, holder=code))
        hops = (_hop(first), _hop(second))
        if all(_open(hop) for hop in hops):
            found.append(Route((code,), _under(registry, request, code), hops))
    found.sort(key=lambda route: (not route.under, _needs(route), route.through))
    return tuple(found)


def _linked(registry: Registry, request: ReleaseRequest, code: str) -> bool:
    instruments = registry.instruments.values()
    return any(carries(registry, one, request.holder, code) for one in instruments) and any(
        carries(registry, one, code, request.recipient) for one in instruments
    )


def _hop(decision: Decision) -> Hop:
    return Hop(
        decision.request.holder,
        decision.request.recipient,
        decision.via,
        decision.equivalent,
        decision.changes,
        decision.outcome,
        decision.because,
    )


def _open(hop: Hop) -> bool:
    if hop.outcome is Outcome.PERMIT:
        return True
    return bool(hop.needs) and all(need.kind in _ASKABLE for need in hop.needs)


def _needs(route: Route) -> int:
    return sum(len(hop.needs) for hop in route.hops)


def _under(registry: Registry, request: ReleaseRequest, hub: str) -> tuple[str, ...]:
    """Return the arrangements that foresee passing through `hub` and that work at that instant."""
    found = []
    for instrument in registry.instruments.values():
        text = instrument.texts[-1]
        scope = text.first(Scope)
        if scope is None or scope[1].hub is None or not same(registry, scope[1].hub, hub):
            continue
        if not set(request.topics) <= set(scope[1].topics) or not request.topics:
            continue
        parties = (request.holder, request.recipient)
        if any(bound_as(registry, party, text.parties) is None for party in parties):
            continue
        answer = ask(registry, instrument.id, Standpoint(request.at, request.known))
        if all(status.phase.works for status in answer.values):
            found.append(instrument.id)
    return tuple(found)
