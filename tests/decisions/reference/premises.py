"""Section 8: where it would be opened: a facility visited, or a contractor's facility."""

from __future__ import annotations

from itertools import chain, combinations

from decisions.reference.facts import Done, Facts
from decisions.reference.grants import enough, grants
from decisions.reference.markings import known_as
from decisions.reference.outcomes import DENY, PERMIT, UNDETERMINED, across, any_of, together
from decisions.reference.rules import Rule
from servanda.model.act import ClearFacility, InspectFacility, PermitVisit
from servanda.model.decision import Outcome
from servanda.model.instrument import Instrument
from servanda.model.label import Person, Portion
from servanda.model.when import Duration, zone
from servanda.status.count import after
from servanda.status.entry import day_of


def visit(facts: Facts, portion: Portion, person: Person) -> Outcome:
    """Section 8: a permit to visit by the holder or the originator, that lasts and reaches high enough."""
    found = []
    request = facts.request
    for act, _, outcome in grants(facts, PermitVisit):
        hosts = [author for author in act.by if facts.among(author, (request.holder, *portion.originators))]
        if not hosts or person.id not in act.persons or person.visiting != act.facility:
            continue
        if not act.starts <= request.at < act.ends and facts.holds(Rule.VISIT_TIME):
            continue
        high = any_of(high_enough(facts, portion, host, act.highest) for host in hosts)
        found.append(together((outcome, facts.bar(Rule.VISIT_LEVEL, high))))
    return any_of(found)


def high_enough(facts: Facts, portion: Portion, host: str, highest: str) -> Outcome:
    """Section 8: the highest level of a visit is not below the portion's marking as the host knows it."""
    first = portion.originators[0]
    if facts.same(host, first):
        levels = [facts.level(first, portion.marking)]
    else:
        outcome, words = known_as(facts, portion, host)
        if outcome is not PERMIT:
            return outcome
        levels = [facts.level(host, word) for word in words]
    most = facts.level(host, highest)
    ranks = [level.rank for level in levels if level is not None]
    if most is None or len(ranks) < len(levels):
        return UNDETERMINED
    return PERMIT if max(ranks) <= most.rank else DENY


def facility(facts: Facts, person: Person, equivalent: str) -> Outcome:
    """Section 8: a facility clearance by the recipient, grave enough, inspected where it asks for it."""
    found = []
    recipient = facts.request.recipient
    if facts.level(recipient, equivalent) is None:
        return UNDETERMINED
    for act, _, outcome in grants(facts, ClearFacility):
        if not facts.among(recipient, act.by) or act.facility != person.facility:
            continue
        level = facts.level(recipient, act.level)
        outcomes = [outcome, enough(facts, level, equivalent)]
        if act.inspected_each is not None:
            passed = inspected(facts, act, act.inspected_each)
            outcomes.append(facts.bar(Rule.INSPECTED, passed))
        found.append(together(outcomes))
    return any_of(found)


def inspected(facts: Facts, clearance: ClearFacility, each: Duration) -> Outcome:
    """Section 8: the latest inspection passed and is good still; one whose hour is open, both ways."""
    sure, unsure = [], []
    for act, instrument in facts.acts(InspectFacility):
        by_same = any(facts.among(author, clearance.by) for author in act.by)
        if act.facility != clearance.facility or not by_same:
            continue
        hour = facts.done(act, instrument)
        if hour is Done.YES:
            sure.append((act, instrument))
        if hour is Done.OPEN:
            unsure.append((act, instrument))
    sizes = range(len(unsure) + 1)
    chosen = chain.from_iterable(combinations(unsure, size) for size in sizes)
    return across(latest_passed(facts, [*sure, *one], each) for one in chosen)


def latest_passed(facts: Facts, done: list[tuple[InspectFacility, Instrument]], each: Duration) -> Outcome:
    """Section 8: judge the latest of some inspections; the interval is counted in the seat's zone."""
    if not done:
        return DENY
    act = max(done, key=lambda one: (facts.began(*one), one[0].id))[0]
    where = zone(facts.registry.party(facts.request.recipient).seat)
    good_until = after(day_of(act.done, where), each).start(where)
    return PERMIT if act.passed and facts.request.at < good_until else DENY
