"""Section 5: the third-party rule; one working consent of every originator, at every hop."""

from __future__ import annotations

from dataclasses import dataclass

from decisions.reference.facts import Done, Facts
from decisions.reference.outcomes import DENY, PERMIT, UNDETERMINED, any_of, together
from decisions.reference.rules import Rule
from servanda.model.act import Consent, WithdrawConsent
from servanda.model.decision import Outcome
from servanda.model.instrument import Instrument
from servanda.model.label import Portion


@dataclass(frozen=True)
class Consented:
    """What the consents say, and whether one that works has conditions."""

    outcome: Outcome
    conditions: bool = False


def consents(facts: Facts, portion: Portion, *, controlled: bool) -> Consented:
    """Section 5: ask each originator that is neither holder nor recipient."""
    outcomes, conditions = [], False
    for originator in portion.originators:
        if facts.among(originator, (facts.request.holder, facts.request.recipient)):
            continue
        found = consent_of(facts, originator, portion, controlled=controlled)
        outcomes.append(facts.bar(Rule.THIRD_PARTY, found.outcome))
        conditions = conditions or found.conditions
    return Consented(together(outcomes), conditions)


def consent_of(facts: Facts, originator: str, portion: Portion, *, controlled: bool) -> Consented:
    """Section 5: any of the consents of one originator that cover this hop."""
    outcomes, conditions = [], False
    for act, instrument in facts.acts(Consent):
        if not facts.among(originator, act.by) and facts.holds(Rule.CONSENT_BY):
            continue
        if controlled and not act.objects:
            continue
        if not covers(facts, act, portion):
            continue
        outcome = works(facts, originator, act, instrument)
        outcomes.append(outcome)
        if outcome is PERMIT and act.conditions and facts.holds(Rule.CONSENT_CONDITION):
            conditions = True
    return Consented(any_of(outcomes), conditions)


def covers(facts: Facts, act: Consent, portion: Portion) -> bool:
    """Section 5: say whether a consent covers this hop; what is empty does not limit."""
    request = facts.request
    objects = {name for name in (request.object_id, portion.object_id) if name}
    first = portion.originators[0]
    marked = any(facts.same_marking(first, portion.marking, word) for word in act.markings)
    topics = bool(portion.topics) and set(portion.topics) <= set(act.topics)
    limits = (
        (Rule.CONSENT_RECIPIENT, facts.among(request.recipient, act.recipients)),
        (Rule.CONSENT_HOLDER, not act.holders or facts.among(request.holder, act.holders)),
        (Rule.CONSENT_OBJECT, not act.objects or bool(objects & set(act.objects))),
        (Rule.CONSENT_TOPIC, not act.topics or topics),
        (Rule.CONSENT_MARKING, not act.markings or marked),
        (Rule.CONSENT_PURPOSE, not act.purposes or request.purpose in act.purposes),
    )
    return not any(not within and facts.holds(rule) for rule, within in limits)


def works(facts: Facts, originator: str, act: Consent, instrument: Instrument) -> Outcome:
    """Section 5: done, not withdrawn, not expired, and all that it rests on works."""
    hour = facts.done(act, instrument)
    if hour is Done.NO:
        return DENY
    outcomes = [PERMIT if hour is Done.YES else UNDETERMINED]
    if withdrawn(facts, originator, act):
        outcomes.append(facts.bar(Rule.CONSENT_WITHDRAWN, DENY))
    over = facts.over(act.expires, instrument)
    if over is not Done.NO:
        outcomes.append(facts.bar(Rule.CONSENT_EXPIRED, DENY if over is Done.YES else UNDETERMINED))
    for name in act.rests_on:
        stands = [status.phase.works for status in facts.statuses[name]]
        if not all(stands):
            outcomes.append(facts.bar(Rule.CONSENT_RESTS, UNDETERMINED if any(stands) else DENY))
    return together(outcomes)


def withdrawn(facts: Facts, originator: str, consent: Consent) -> bool:
    """Section 5: say whether the originator withdrew it; an open withdrawal counts."""
    for act, instrument in facts.acts(WithdrawConsent):
        if act.of != consent.id or not facts.among(originator, act.by):
            continue
        if facts.done(act, instrument) is not Done.NO:
            return True
    return False
