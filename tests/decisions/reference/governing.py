"""Section 7: which of several instruments govern, what supplements them, and what forbids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from decisions.reference.facts import Facts
from decisions.reference.grounds import Ground, carriers, ground
from decisions.reference.outcomes import DENY, PERMIT, UNDETERMINED, any_of, together
from decisions.reference.prohibitions import matches
from decisions.reference.rules import Rule
from servanda.model.clauses import (
    Equivalence,
    How,
    Prohibition,
    Purpose,
    Relation,
    Scope,
    ThirdParty,
)
from servanda.model.decision import Outcome
from servanda.model.duty import DutyKind
from servanda.model.label import Portion
from servanda.model.status import Phase, Status
from servanda.model.text import Text


@dataclass(frozen=True)
class Governed:
    """What the instruments say together, and those that govern; none where none permits."""

    outcome: Outcome
    governing: tuple[Ground, ...] = ()


def governed(facts: Facts, portion: Portion) -> Governed:
    """Section 7: any of the carriers; the most specific of those that permit; what forbids."""
    grounds = [ground(facts, name, portion) for name in carriers(facts)]
    outcome = any_of(one.outcome for one in grounds)
    if outcome is not PERMIT:
        return Governed(outcome)
    permitting = [one for one in grounds if one.outcome is PERMIT]
    governing = [
        one for one in permitting if not any(outranks(facts, other.name, one.name) for other in permitting)
    ]
    governing = governing or permitting
    forbidden = forbids(facts, portion, [one.name for one in governing])
    return Governed(forbidden, tuple(governing))


def texts(facts: Facts, name: str) -> list[Text]:
    """Return the versions in force, one for each reading and world."""
    return [facts.text(name, status) for status in facts.statuses[name]]


def outranks(facts: Facts, one: str, other: str) -> bool:
    """Section 7: say whether one is more specific than the other, in every reading and world."""
    if one == other:
        return False
    pairs = [(mine, theirs) for mine in texts(facts, one) for theirs in texts(facts, other)]
    return all(more_specific(facts, mine, theirs) for mine, theirs in pairs)


def more_specific(facts: Facts, mine: Text, theirs: Text) -> bool:
    """Section 7: it prevails over the other, supplements it, or has a scope of fewer topics.

    What a text says of the other goes before a comparison of their topics.
    """
    if goes_before(facts, mine, theirs):
        return True
    if goes_before(facts, theirs, mine):
        return False
    few, many = topics(mine), topics(theirs)
    return bool(few) and (not many or few < many) and facts.holds(Rule.NARROWER)


def goes_before(facts: Facts, mine: Text, theirs: Text) -> bool:
    """Section 7: say whether a text says that it prevails over another, or supplements it."""
    prevails = relates(mine, How.PREVAILS, theirs.id) and facts.holds(Rule.PREVAILS)
    return prevails or (relates(mine, How.SUPPLEMENTS, theirs.id) and facts.holds(Rule.SUPPLEMENTS))


def relates(text: Text, how: How, other: str) -> bool:
    """Say whether a text names another instrument in a relation."""
    return any(clause.how is how and other in clause.of for _, clause in text.clauses(Relation))


def topics(text: Text) -> frozenset[str]:
    """Return the topics of a scope; none where they are free."""
    return frozenset(topic for _, clause in text.clauses(Scope) for topic in clause.topics)


def forbids(facts: Facts, portion: Portion, governing: list[str]) -> Outcome:
    """Section 7: judge every prohibition that matches against the instruments that govern."""
    outcomes = []
    for name in facts.registry.instruments:
        matching = list(forbidding(facts, name, portion))
        if not any(matching):
            continue
        outcome = against(facts, name, governing)
        if None in matching or not all(matching):
            somewhere = facts.bar(Rule.PROHIBITION_SOMEWHERE, UNDETERMINED)
            outcome = PERMIT if outcome is PERMIT else somewhere
        outcomes.append(facts.bar(Rule.PROHIBITION, outcome))
    return together(outcomes)


def forbidding(facts: Facts, name: str, portion: Portion) -> Iterator[bool]:
    """Section 7: say for each reading and world whether a prohibition in force forbids.

    Where nobody knows whether it is in force, both are worlds.
    """
    for status in facts.statuses[name]:
        text = facts.text(name, status)
        both = binds_both(facts, text, status)
        clauses = [clause for _, clause in text.clauses(Prohibition)]
        found = both and any(matches(facts, clause, portion) for clause in clauses)
        if status.phase is Phase.UNKNOWN:
            yield False
            yield found
        else:
            yield found and status.phase.works


def binds_both(facts: Facts, text: Text, status: Status) -> bool:
    """Section 7: say whether both are bound at that instant; by the text where nobody knows its phase."""
    bound = text.parties if status.phase is Phase.UNKNOWN else status.bound
    return facts.among(facts.request.holder, bound) and facts.among(facts.request.recipient, bound)


def against(facts: Facts, name: str, governing: list[str]) -> Outcome:
    """Section 7: the permit stands, or is denied, or the two are in conflict."""
    if all(outranks(facts, one, name) for one in governing) and facts.holds(Rule.PROHIBITION_OUTRANKED):
        return PERMIT
    if all(outranks(facts, name, one) for one in governing) and facts.holds(Rule.PROHIBITION_OUTRANKS):
        return DENY
    return UNDETERMINED


def duties(facts: Facts, governing: tuple[Ground, ...]) -> frozenset[DutyKind]:
    """Section 7: return the duties of what governs, and of what supplements it."""
    found: set[DutyKind] = set()
    names = {one.name for one in governing}
    for name in names:
        for text in texts(facts, name):
            found |= duties_of(text)
    for name in facts.registry.instruments:
        for status in facts.statuses[name]:
            text = facts.text(name, status)
            both = binds_both(facts, text, status)
            supplements = any(relates(text, How.SUPPLEMENTS, one) for one in names)
            if both and supplements and status.phase.works and facts.holds(Rule.SUPPLEMENT_DUTIES):
                found |= duties_of(text)
    return frozenset(found)


def duties_of(text: Text) -> set[DutyKind]:
    """Return the duties that the clauses of a text carry."""
    found: set[DutyKind] = set()
    for clause in text.clause.values():
        found |= set(getattr(clause, "duties", ()))
        if isinstance(clause, Equivalence):
            found.add(DutyKind.MARK)
        if isinstance(clause, ThirdParty):
            found.add(DutyKind.NO_THIRD_PARTY)
        if isinstance(clause, Purpose):
            found.add(DutyKind.PURPOSE)
    return found
