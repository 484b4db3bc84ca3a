"""The third-party rule: nothing passes on unless each originator has said yes, and still does."""

from __future__ import annotations

import msgspec

from servanda.decisions import sentences as s
from servanda.decisions.changes import change, record_hour
from servanda.decisions.finding import PASS, Finding, any_of, bars, gap, passes, together
from servanda.decisions.index import Index
from servanda.decisions.marking import known_level
from servanda.decisions.parties import bound_as
from servanda.decisions.recorded import Recorded, expiry
from servanda.model.act import Consent, Recall, WithdrawConsent
from servanda.model.cite import Because, Said, because
from servanda.model.clauses import ThirdParty
from servanda.model.decision import ChangeKind, ReleaseRequest
from servanda.model.duty import Duty, DutyKind
from servanda.model.label import Portion
from servanda.model.when import FOREVER, Instant

RULE = "the originator's control"


def consented(index: Index, portion: Portion, request: ReleaseRequest, *, controlled: bool) -> Finding:
    """Check that every originator who is neither holder nor recipient consents to this release.

    `controlled` says that a caveat of the object leaves it to its originators object by object.
    """
    findings = []
    for originator in portion.originators:
        if index.same(originator, request.recipient):
            continue
        findings.append(_not_recalled(index, originator, portion, request))
        if not index.same(originator, request.holder):
            findings.append(_consent_of(index, originator, portion, request, controlled=controlled))
    return together(tuple(findings)) if findings else PASS


def conditions(index: Index, portion: Portion, request: ReleaseRequest) -> tuple[Duty, ...]:
    """Return the conditions of the consents that a release rests on, as duties of the item."""
    found = []
    for originator in portion.originators:
        if index.same(originator, request.recipient) or index.same(originator, request.holder):
            continue
        for record in _covering(index, originator, portion, request, controlled=False):
            if (
                record.act.conditions
                and _working(index, originator, record, request).outcome.value == "permit"
            ):
                found += [
                    Duty(
                        DutyKind.CONDITION,
                        because(
                            s.CONDITION(one),
                            instrument=record.instrument,
                            act=record.act.id,
                            confirmed=record.act.confirmed,
                        ),
                        "unlimited",
                    )
                    for one in record.act.conditions
                ]
    return tuple(found)


def _not_recalled(index: Index, originator: str, portion: Portion, request: ReleaseRequest) -> Finding:
    findings = [PASS]
    for record in index.acts_by(Recall, originator):
        act = record.act
        if not _names(act.objects, portion, request):
            continue
        if act.parties and not index.among(request.recipient, act.parties):
            continue
        held = record.done(request.at)
        done = (because(s.ACT_DONE(act.id), instrument=record.instrument, act=act.id, when=str(act.done)),)
        if held.so is False:
            findings.append(passes(until=held.until, turns=done))
            continue
        said = s.RECALLED if held.so else s.RECALL_OPEN
        reason = because(
            said(originator, str(act.done)), instrument=record.instrument, act=act.id, when=str(act.done)
        )
        cure = change(ChangeKind.CONSENT, (originator,), s.REVOKE_RECALL(originator), recall=act.id)
        findings.append(bars((reason,), cure, since=held.since, until=held.until, turns=done))
    return together(tuple(findings))


def _names(objects: tuple[str, ...], portion: Portion, request: ReleaseRequest) -> bool:
    """Say whether an act names the object itself or the source that the portion comes from."""
    return bool(objects) and any(name and name in objects for name in (request.object_id, portion.object_id))


def _covering(
    index: Index, originator: str, portion: Portion, request: ReleaseRequest, *, controlled: bool
) -> list[Recorded[Consent]]:
    return [
        record
        for record in index.acts_by(Consent, originator)
        if _covers(index, record.act, portion, request) and (record.act.objects or not controlled)
    ]


def _covers(index: Index, act: Consent, portion: Portion, request: ReleaseRequest) -> bool:
    return (
        index.among(request.recipient, act.recipients)
        and (not act.holders or index.among(request.holder, act.holders))
        and (not act.objects or _names(act.objects, portion, request))
        and (not act.topics or (bool(portion.topics) and set(portion.topics) <= set(act.topics)))
        and (not act.markings or _marked_so(index, act.markings, portion))
        and (not act.purposes or request.purpose in act.purposes)
    )


def _marked_so(index: Index, markings: tuple[str, ...], portion: Portion) -> bool:
    """Say whether a marking is among those named, in any of its spellings."""
    level = known_level(index.registry, portion.originators[0], portion.marking)
    spellings = {portion.marking} if level is None else {portion.marking, level.word, *level.also}
    return not spellings.isdisjoint(markings)


def _consent_of(
    index: Index, originator: str, portion: Portion, request: ReleaseRequest, *, controlled: bool
) -> Finding:
    covering = _covering(index, originator, portion, request, controlled=controlled)
    working = [_working(index, originator, record, request) for record in covering]
    if any(one.outcome.value == "permit" for one in working):
        return any_of(tuple(working))
    clause = third_party_rules(index, originator, request.holder)
    give, none = (s.GET_NAMED_CONSENT, s.NO_NAMED_CONSENT) if controlled else (s.GET_CONSENT, s.NO_CONSENT)
    ask_for = change(
        ChangeKind.CONSENT,
        (originator,),
        give(originator, request.holder, request.recipient),
        clause,
        originator=originator,
        holder=request.holder,
        recipient=request.recipient,
        **({"object": request.object_id or portion.object_id} if controlled else {}),
    )
    missing = because(none(originator, request.holder, request.recipient), instrument=clause[0].instrument)
    found = any_of((bars((*clause, missing), ask_for), *working))
    if found.outcome.value == "deny":
        return msgspec.structs.replace(
            found, because=tuple(dict.fromkeys((*clause, missing, *found.because)))
        )
    return found


def third_party_rules(index: Index, originator: str, holder: str) -> tuple[Because, ...]:
    """Cite the third-party rules of the texts between the originator and the holder."""
    found = []
    for instrument in index.binding(originator, holder):
        text = instrument.texts[-1]
        if bound_as(index.registry, originator, text.parties):
            found += [text.because(address, s.RULE()) for address, _ in text.clauses(ThirdParty)]
    return tuple(found) or (because(s.RULE(), rule=RULE),)


def _working(index: Index, originator: str, record: Recorded[Consent], request: ReleaseRequest) -> Finding:
    act, at = record.act, request.at
    held = record.done(at)
    counts = (_of(record, s.ACT_DONE(act.id)),)
    if held.so is False:
        wait = change(ChangeKind.WAIT, (), s.WAIT_UNTIL(str(record.certain)), until=str(record.certain))
        reason = _of(record, s.CONSENT_LATER(act.id))
        return bars((reason,), wait, until=held.until, turns=counts)
    said = s.CONSENTED(", ".join(act.by), str(act.done), ", ".join(act.recipients))
    findings = [passes(_of(record, said), since=held.since)]
    if held.so is None:
        reason = _of(record, s.CONSENT_OPEN(act.id))
        unknown = f"{record.instrument}: the hour of {act.id}"
        found = gap((reason,), unknown, record_hour(act.by, act.id, record.instrument))
        findings = [msgspec.structs.replace(found, since=held.since, until=held.until, turns=counts)]
    findings.append(_not_withdrawn(index, originator, record, at))
    findings.append(_not_expired(index, record, at))
    findings += [_resting(index, record, name, at) for name in act.rests_on]
    return together(tuple(findings))


def _of(record: Recorded[Consent], said: Said, when: str = "") -> Because:
    return because(
        said,
        instrument=record.instrument,
        act=record.act.id,
        confirmed=record.act.confirmed,
        when=when or str(record.act.done),
    )


def _not_withdrawn(index: Index, originator: str, record: Recorded[Consent], at: Instant) -> Finding:
    since, until = record.first, FOREVER
    turns: list[Because] = []
    for one in index.acts(WithdrawConsent):
        if one.act.of != record.act.id or not index.among(originator, one.act.by):
            continue
        if at >= one.first:
            reason = because(
                s.CONSENT_WITHDRAWN(record.act.id, str(one.act.done)),
                instrument=one.instrument,
                act=one.act.id,
                when=str(one.act.done),
            )
            return bars((reason,), since=one.first)
        if one.first <= until:
            until = one.first
            turns = [
                because(s.ACT_DONE(one.act.id), instrument=one.instrument, act=one.act.id, when=str(until))
            ]
    return passes(since=since, until=until, turns=tuple(turns))


def _not_expired(index: Index, record: Recorded[Consent], at: Instant) -> Finding:
    act = record.act
    if act.expires is None:
        return PASS
    first, certain = expiry(index.registry.instrument(record.instrument), act.expires)
    ends = (_of(record, s.EXPIRES(act.id), str(act.expires)),)
    if at < first:
        return passes(until=first, turns=ends)
    if at >= certain:
        return bars((_of(record, s.CONSENT_EXPIRED(act.id, str(act.expires))),), since=certain)
    reason = _of(record, s.CONSENT_EXPIRY_OPEN(act.id))
    found = gap((reason,), f"{record.instrument}: when {act.id} expires")
    return msgspec.structs.replace(found, since=first, until=certain, turns=ends)


def _resting(index: Index, record: Recorded[Consent], name: str, at: Instant) -> Finding:
    if name not in index.registry.instruments:
        return gap((_of(record, s.RESTS_ON(name)),), f"what {name} is")
    standing = index.life(name).at(at)
    phases = {status.phase.works for status in standing.answer.values}
    stands = tuple(dict.fromkeys(one for value in standing.answer.values for one in value.because))
    time = {"since": standing.since, "until": standing.until, "turns": standing.turns}
    if phases == {True}:
        return passes(_of(record, s.RESTS_ON(name)), **time)  # type: ignore[arg-type]  # times by name
    if phases == {False}:
        found = bars((_of(record, s.RESTS_ON_NOTHING(name)), *stands))
    else:
        found = gap((_of(record, s.RESTS_ON(name)), *stands), f"whether {name} is in force")
    return msgspec.structs.replace(found, **time)
