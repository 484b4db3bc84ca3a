"""The full answer to one question: the rule, and for a refusal every way and every detour."""

from __future__ import annotations

import msgspec

from servanda.decisions.index import Index
from servanda.decisions.release import rule
from servanda.decisions.routes import routes
from servanda.decisions.variants import ways
from servanda.model.decision import Decision, Judgement, Outcome, ReleaseRequest
from servanda.model.instrument import Registry


def judge(registry: Registry, request: ReleaseRequest) -> Decision:
    """Decide a request without looking for detours; this is what enforcement asks.

    Raises:
        UnknownNameError: a party or marking of the request is not known.
        QuestionError: holder and recipient are the same, nobody is named as originator, or an object
            derives from itself.
    """
    return Decision(request, judgement(Index(registry, request.known), request))


def decide(registry: Registry, request: ReleaseRequest) -> Decision:
    """Decide a request, with the detours where it is not permitted.

    Raises:
        UnknownNameError: a party or marking of the request is not known.
        QuestionError: holder and recipient are the same, nobody is named as originator, or an object
            derives from itself.
    """
    index = Index(registry, request.known)
    decision = Decision(request, judgement(index, request))
    if decision.outcome is Outcome.PERMIT:
        return decision
    return msgspec.structs.replace(decision, routes=routes(index, request))


def judgement(index: Index, request: ReleaseRequest) -> Judgement:
    """Judge a request, with every way to a permit where it is refused."""
    found = rule(index, request)
    if found.outcome is Outcome.PERMIT:
        return found
    return msgspec.structs.replace(found, ways=ways(index, request))
