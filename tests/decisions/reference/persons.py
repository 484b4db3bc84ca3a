"""Section 8: who opens it, where a person is named."""

from __future__ import annotations

from decisions.reference.facts import Facts
from decisions.reference.grants import enough, grants
from decisions.reference.grounds import Ground
from decisions.reference.outcomes import PERMIT, UNDETERMINED, across, any_of, together
from decisions.reference.premises import facility, visit
from decisions.reference.rules import Rule
from servanda.model.act import AssurePersons, ClearPerson, ListPersons
from servanda.model.clauses import Access
from servanda.model.decision import Outcome
from servanda.model.duty import DutyKind
from servanda.model.label import Person, Portion


def persons(facts: Facts, portion: Portion, governing: tuple[Ground, ...]) -> Outcome:
    """Section 8: judge the person under each governing instrument, and where it would be opened."""
    person = facts.request.person
    if person is None or not governing:
        return PERMIT
    own = facts.among(facts.request.recipient, portion.originators)
    if own and facts.holds(Rule.OWN_PERSONS):
        return PERMIT
    words = {word for one in governing for word in one.equivalents}
    outcomes = [under(facts, one, portion, person) for one in governing]
    if person.visiting:
        outcomes.append(facts.bar(Rule.VISIT, visit(facts, portion, person)))
    if person.facility:
        outcomes += [facts.bar(Rule.FACILITY, facility(facts, person, word)) for word in words]
    return together(outcomes)


def under(facts: Facts, governing: Ground, portion: Portion, person: Person) -> Outcome:
    """Section 8: judge by the access clauses of one governing instrument, in the version in force."""
    judged = []
    words = set(governing.equivalents)
    for status in facts.statuses[governing.name]:
        outcomes = []
        for _, clause in facts.text(governing.name, status).clauses(Access):
            if DutyKind.NEED_TO_KNOW in clause.duties:
                outcomes.append(facts.bar(Rule.NEED_TO_KNOW, listed(facts, portion, person)))
            if DutyKind.CLEARANCE in clause.duties:
                outcomes += [facts.bar(Rule.CLEARED, cleared(facts, clause, person, word)) for word in words]
            if DutyKind.ASSURANCE in clause.duties:
                outcomes.append(facts.bar(Rule.ASSURED, assured(facts, portion, person)))
        judged.append(together(outcomes))
    return across(judged)


def listed(facts: Facts, portion: Portion, person: Person) -> Outcome:
    """Section 8: a listing by the recipient or the originator names the person and covers the portion."""
    found = []
    objects = {name for name in (facts.request.object_id, portion.object_id) if name}
    for act, _, outcome in grants(facts, ListPersons):
        by = any(facts.among(author, (facts.request.recipient, *portion.originators)) for author in act.by)
        within = not act.objects or bool(objects & set(act.objects))
        about = not act.topics or (bool(portion.topics) and set(portion.topics) <= set(act.topics))
        if by and person.id in act.persons and within and about:
            found.append(outcome)
    return any_of(found)


def cleared(facts: Facts, clause: Access, person: Person, equivalent: str) -> Outcome:
    """Section 8: a clearance by the recipient, its whole or part; not asked for below a level."""
    recipient = facts.request.recipient
    level = facts.level(recipient, equivalent)
    if level is None:
        return UNDETERMINED
    for party, word in clause.cleared_from.items():
        if not facts.same(party, recipient):
            continue
        lowest = facts.level(recipient, word)
        if lowest is None:
            return UNDETERMINED
        if level.rank < lowest.rank and facts.holds(Rule.CLEARED_FROM):
            return PERMIT
    found = []
    for act, _, outcome in grants(facts, ClearPerson):
        if facts.among(recipient, act.by) and act.person == person.id:
            found.append(together((outcome, enough(facts, facts.level(recipient, act.level), equivalent))))
    return any_of(found)


def assured(facts: Facts, portion: Portion, person: Person) -> Outcome:
    """Section 8: an assurance by the recipient to each originator names the person."""
    outcomes = []
    for originator in portion.originators:
        found = []
        for act, _, outcome in grants(facts, AssurePersons):
            by = facts.among(facts.request.recipient, act.by)
            if by and facts.same(act.to, originator) and person.id in act.persons:
                found.append(outcome)
        outcomes.append(any_of(found))
    return together(outcomes)
