"""Section 1: the decision on an object, together over its portions."""

from __future__ import annotations

from decisions.reference.caveats import caveats, originator_controlled, recalled
from decisions.reference.consents import consents
from decisions.reference.facts import Facts
from decisions.reference.governing import duties, governed
from decisions.reference.labels import Label, faults, labels
from decisions.reference.outcomes import PERMIT, UNDETERMINED, Verdict, across, together
from decisions.reference.persons import persons
from decisions.reference.rules import Rule
from servanda.model.decision import Outcome, ReleaseRequest
from servanda.model.duty import DutyKind
from servanda.model.instrument import Registry
from servanda.model.label import Portion


def reference(
    registry: Registry,
    request: ReleaseRequest,
    skip: frozenset[Rule] = frozenset(),
    fired: set[Rule] | None = None,
) -> Verdict:
    """Answer a question by the page alone; rules in `skip` are left out, `fired` learns which spoke.

    Raises:
        QuestionError: the question cannot be asked.
        UnknownNameError: a party or marking is not known.
    """
    wrong = faults(registry, request)
    if wrong:
        raise wrong[0]
    facts = Facts(registry, request, skip)
    verdicts = [of_label(facts, label) for label in labels(facts)]
    if fired is not None:
        fired |= facts.fired
    return combined(facts, across(one.outcome for one in verdicts), verdicts)


def of_label(facts: Facts, label: Label) -> Verdict:
    """Section 1: together over the portions that are left; where none is left it is a permit."""
    judged = label
    if len(label) > 1 and not facts.holds(Rule.SOURCES):
        judged = label[:1]
    verdicts = [of_portion(facts, portion, label) for portion in judged]
    return combined(facts, together(one.outcome for one in verdicts), verdicts)


def of_portion(facts: Facts, portion: Portion, label: Label) -> Verdict:
    """Section 1: together over sections 3 to 8; by section 2 a strange word of a regrade is undetermined."""
    if facts.level(portion.originators[0], portion.marking) is None and facts.holds(Rule.REGRADED_WORD):
        return Verdict(UNDETERMINED)
    controlled = originator_controlled(facts, portion, label)
    consented = consents(facts, portion, controlled=controlled)
    grounds = governed(facts, portion)
    outcome = together(
        (
            caveats(facts, portion, label),
            recalled(facts, portion),
            consented.outcome,
            grounds.outcome,
            persons(facts, portion, grounds.governing),
        )
    )
    if outcome is not PERMIT:
        return Verdict(outcome)
    return Verdict(
        PERMIT,
        frozenset(one.name for one in grounds.governing),
        facts.gravest(word for one in grounds.governing for word in one.equivalents),
        duties(facts, grounds.governing) | ({DutyKind.CONDITION} if consented.conditions else set()),
    )


def combined(facts: Facts, outcome: Outcome, verdicts: list[Verdict]) -> Verdict:
    """Section 1: the gravest equivalent, and every portion's instruments and duties."""
    if outcome is not PERMIT:
        return Verdict(outcome)
    words = [one.equivalent for one in verdicts if one.equivalent is not None]
    if len(set(words)) > 1 and not facts.holds(Rule.GRAVEST):
        words = words[:1]
    return Verdict(
        PERMIT,
        frozenset(name for one in verdicts for name in one.via),
        facts.gravest(words),
        frozenset(kind for one in verdicts for kind in one.duties),
    )
