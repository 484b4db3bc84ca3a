"""May this be released? The one decision that every release and every key access asks.

Permit only if every reading and every possible world permits, under at least one instrument, and
every originator has said yes. Always with reasons; with the smallest changes and the detours when
it is refused.
"""

from __future__ import annotations

from dataclasses import replace

from servanda.decisions.consents import third_parties
from servanda.decisions.finding import Finding, bars, together
from servanda.decisions.ground import Ground, grounds
from servanda.decisions.parties import same
from servanda.decisions.routes import routes
from servanda.errors import QuestionError
from servanda.model.cite import Because
from servanda.model.decision import Change, ChangeKind, Decision, Outcome, ReleaseRequest
from servanda.model.duty import Duty
from servanda.model.instrument import Registry
from servanda.model.when import TZDATA_VERSION


def decide(registry: Registry, request: ReleaseRequest) -> Decision:
    """Decide a request, with the detours where it is not permitted.

    Raises:
        UnknownNameError: a party or marking of the request is not known.
        QuestionError: holder and recipient are the same, or nobody is named as originator.
    """
    decision = judge(registry, request)
    if decision.outcome is Outcome.PERMIT:
        return decision
    return replace(decision, routes=routes(registry, request, judge))


def judge(registry: Registry, request: ReleaseRequest) -> Decision:
    """Decide a request without looking for detours; this is what enforcement asks."""
    _askable(registry, request)
    consent = third_parties(registry, request)
    found = grounds(registry, request)
    permitting = tuple(one for one in found if one.finding.outcome is Outcome.PERMIT)
    if permitting:
        basis = _merge(permitting)
    elif found:
        basis = _nearest(found)
    else:
        basis = _nothing(request)
    finding = together((basis, consent))
    permitted = finding.outcome is Outcome.PERMIT
    words = next((one.words for one in (permitting or found) if one.words), ())
    return Decision(
        outcome=finding.outcome,
        request=request,
        via=tuple(one.instrument for one in permitting),
        equivalent=words[0] if words else None,
        alternatives=words[1:],
        because=finding.because,
        duties=_duties(permitting) if permitted else (),
        missing=finding.missing,
        changes=finding.cures,
        routes=(),
        until=min((one.finding.until for one in found), default=finding.until)
        if not permitted
        else finding.until,
        tzdata=TZDATA_VERSION,
    )


def _askable(registry: Registry, request: ReleaseRequest) -> None:
    for code in (request.holder, request.recipient, *request.originators):
        registry.party(code)
    if not request.originators:
        raise QuestionError("nobody is named as originator", hint="name the party whose it is")
    if same(registry, request.holder, request.recipient):
        raise QuestionError(
            f"`{request.holder}` and `{request.recipient}` are the same party",
            hint="a release needs two",
        )


def _merge(permitting: tuple[Ground, ...]) -> Finding:
    return together(tuple(one.finding for one in permitting))


def _nearest(found: tuple[Ground, ...]) -> Finding:
    """Of grounds that do not permit, take those that lack least; a gap stays a gap."""
    open_ones = tuple(one for one in found if one.finding.outcome is Outcome.UNDETERMINED)
    candidates = open_ones or found
    fewest = min(len(one.finding.cures) for one in candidates)
    nearest = tuple(one for one in candidates if len(one.finding.cures) == fewest)
    finding = together(tuple(one.finding for one in nearest))
    return replace(finding, cures=nearest[0].finding.cures)


def _nothing(request: ReleaseRequest) -> Finding:
    says = f"no instrument is known that binds {request.holder} and {request.recipient}"
    conclude = Change(
        ChangeKind.ACT,
        (request.holder, request.recipient),
        f"{request.holder} and {request.recipient} conclude an agreement",
    )
    return bars((Because(says=says, rule="default: nothing is released without a ground"),), conclude)


def _duties(permitting: tuple[Ground, ...]) -> tuple[Duty, ...]:
    return tuple(dict.fromkeys(duty for one in permitting for duty in one.duties))
