"""The third-party rule: nothing passes on unless each originator has said yes, and still does."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.decisions.finding import Finding, bars, gap, passes, together
from servanda.decisions.parties import bound_as, same
from servanda.model.act import Act, Consent, Recall, WithdrawConsent
from servanda.model.cite import Because
from servanda.model.clauses import ThirdParty
from servanda.model.decision import Change, ChangeKind, ReleaseRequest
from servanda.model.instrument import Instrument, Registry
from servanda.model.status import Standpoint
from servanda.model.when import Day, Instant
from servanda.status import ask, believed, changes
from servanda.status.worlds import zones


def third_parties(registry: Registry, request: ReleaseRequest) -> Finding:
    """Check that every originator who is neither holder nor recipient consents to this release."""
    findings = []
    for originator in request.originators:
        if same(registry, originator, request.recipient):
            continue
        recalled = _recalled(registry, originator, request)
        if recalled is not None:
            findings.append(recalled)
        if not same(registry, originator, request.holder):
            findings.append(_consented(registry, originator, request))
    return together(tuple(findings)) if findings else passes()


def _done(act: Act, instrument: Instrument, at: Instant) -> bool | None:
    """Say whether an act was done by `at`: None where its hour is open."""
    edges = [act.done.span(where) for where in zones(instrument)]
    if all(first > at for first, _ in edges):
        return False
    if all(min(end, act.seen) <= at or first == act.done for first, end in edges):
        return True
    return None


def _of_kind(
    registry: Registry, kind: type[Consent | Recall | WithdrawConsent], known: Instant
) -> Iterator[tuple[Instrument, Consent | Recall | WithdrawConsent]]:
    for instrument in registry.instruments.values():
        if any(isinstance(act, kind) for act in instrument.acts):
            for act in believed(instrument.acts, known):
                if isinstance(act, kind):
                    yield instrument, act


def _recalled(registry: Registry, originator: str, request: ReleaseRequest) -> Finding | None:
    for instrument, act in _of_kind(registry, Recall, request.known):
        assert isinstance(act, Recall)
        if not any(same(registry, originator, by) for by in act.by) or not request.object_id:
            continue
        if request.object_id not in act.objects or _done(act, instrument, request.at) is False:
            continue
        if act.parties and not any(same(registry, one, request.recipient) for one in act.parties):
            continue
        reason = Because(
            says=f"recalled by its originator {originator} on {act.done}",
            instrument=instrument.id,
            act=act.id,
        )
        return bars((reason,))
    return None


def _consented(registry: Registry, originator: str, request: ReleaseRequest) -> Finding:
    clause = _clause(registry, originator, request)
    refused: list[Finding] = []
    withdrawn = {
        act.of
        for instrument, act in _of_kind(registry, WithdrawConsent, request.known)
        if isinstance(act, WithdrawConsent) and _done(act, instrument, request.at) is not False
    }
    for instrument, act in _of_kind(registry, Consent, request.known):
        assert isinstance(act, Consent)
        if not any(same(registry, originator, by) for by in act.by):
            continue
        if not _covers(registry, act, request) or act.id in withdrawn:
            continue
        finding = _working(registry, instrument, act, request)
        if finding.outcome.value == "permit":
            return together((passes(*clause), finding))
        refused.append(finding)
    ask_for = Change(
        ChangeKind.CONSENT,
        (originator,),
        f"{originator} consents in writing that {request.holder} gives it to {request.recipient}",
        clause,
    )
    says = f"no working consent of {originator} that {request.holder} may pass it to "
    reason = Because(says=says + request.recipient, instrument=clause[0].instrument)
    if any(finding.missing for finding in refused):
        return together(tuple(refused))
    return together((bars((*clause, reason), ask_for), *refused))


def _clause(registry: Registry, originator: str, request: ReleaseRequest) -> tuple[Because, ...]:
    """Cite the third-party rules of the texts between the originator and the holder."""
    says = "no release to a third party without the originator's prior approval"
    found = []
    for instrument in registry.instruments.values():
        text = instrument.texts[-1]
        if bound_as(registry, originator, text.parties) and bound_as(registry, request.holder, text.parties):
            found += [text.because(address, says) for address, _ in text.clauses(ThirdParty)]
    return tuple(found) or (Because(says=says, rule="the originator's control"),)


def _covers(registry: Registry, act: Consent, request: ReleaseRequest) -> bool:
    def named(codes: tuple[str, ...], code: str) -> bool:
        return any(same(registry, one, code) for one in codes if one in registry.parties)

    return (
        named(act.recipients, request.recipient)
        and (not act.holders or named(act.holders, request.holder))
        and (not act.objects or request.object_id in act.objects)
        and (not act.topics or (set(request.topics) <= set(act.topics) and bool(request.topics)))
        and (not act.markings or request.marking in act.markings)
        and (not act.purposes or request.purpose in act.purposes)
    )


def _working(registry: Registry, instrument: Instrument, act: Consent, request: ReleaseRequest) -> Finding:
    said = f"{', '.join(act.by)} consented on {act.done} to release to {', '.join(act.recipients)}"
    reason = Because(
        says=said,
        instrument=instrument.id,
        act=act.id,
        confirmed=act.confirmed,
    )
    done = _done(act, instrument, request.at)
    if done is False:
        return bars((Because(says="the consent is of a later day", act=act.id),))
    if done is None:
        unknown = Because(says="the hour of the consent is not known", act=act.id)
        return gap((unknown,), f"{instrument.id}: the hour of {act.id}")
    findings = [passes(reason)]
    if act.expires is not None:
        findings.append(_not_expired(act, instrument, request.at))
    for name in act.rests_on:
        answer = ask(registry, name, Standpoint(request.at, request.known))
        phases = {status.phase.works for status in answer.values}
        says = f"the consent rests on {name}"
        resting = tuple(dict.fromkeys(one for value in answer.values for one in value.because))
        cited = (Because(says=says, instrument=instrument.id, act=act.id), *resting)
        if phases == {True}:
            findings.append(passes(cited[0], until=changes(answer)))
        elif phases == {False}:
            fallen = Because(
                says=f"the consent rests on {name}, which is not in force",
                instrument=instrument.id,
                act=act.id,
            )
            findings.append(bars((fallen, *resting)))
        else:
            findings.append(gap(cited, f"whether {name} is in force"))
    return together(tuple(findings))


def _not_expired(act: Consent, instrument: Instrument, at: Instant) -> Finding:
    assert act.expires is not None
    where = zones(instrument)[0]
    # A consent until a day holds through that day; until an instant, up to that instant.
    last = act.expires.span(where)[1] if isinstance(act.expires, Day) else act.expires.span(where)[0]
    if at < last:
        return passes(until=last)
    says = f"the consent expired {last.within(where)}"
    return bars((Because(says=says, instrument=instrument.id, act=act.id),))
