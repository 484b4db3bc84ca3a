"""Section 6: what one carrier says of a portion, in each reading and possible world."""

from __future__ import annotations

from dataclasses import dataclass

from decisions.reference.facts import Facts
from decisions.reference.markings import Marked, marking
from decisions.reference.outcomes import DENY, PERMIT, UNDETERMINED, across, together
from decisions.reference.prohibitions import matches
from decisions.reference.rules import Rule
from servanda.model.clauses import Ceiling, Prohibition, Purpose, Scope
from servanda.model.decision import Outcome
from servanda.model.label import Portion
from servanda.model.status import Phase, Status
from servanda.model.text import InstrumentKind, Text

CARRY = (
    InstrumentKind.PROTECTION_AGREEMENT,
    InstrumentKind.EXCHANGE_OF_NOTES,
    InstrumentKind.ARRANGEMENT,
)


@dataclass(frozen=True)
class Ground:
    """What a carrier says, and the receiver's word in every world where it says yes."""

    name: str
    outcome: Outcome
    equivalents: tuple[str, ...]


def carriers(facts: Facts) -> list[str]:
    """Section 6: return the instruments that can carry the release, in order."""
    found = []
    for name, instrument in facts.registry.instruments.items():
        latest = instrument.texts[-1]
        if not facts.binds(latest, facts.request.holder) or not facts.binds(latest, facts.request.recipient):
            continue
        carries = all(clause.carries for _, clause in latest.clauses(Scope))
        if (latest.kind in CARRY and carries) or not facts.holds(Rule.CARRIER):
            found.append(name)
    return found


def ground(facts: Facts, name: str, portion: Portion) -> Ground:
    """Section 6: judge a portion by one carrier, across its readings and worlds."""
    outcomes: list[Outcome] = []
    equivalents: list[str] = []
    for status in facts.statuses[name]:
        text = facts.text(name, status)
        marked = marking(facts, text, portion)
        outcome = together(
            (
                in_force(facts, text, status),
                marked.outcome,
                ceiling(facts, text, marked),
                scope(facts, text, portion),
                purpose(facts, text, portion),
                forbidden(facts, text, portion),
            )
        )
        outcomes.append(outcome)
        equivalents += marked.words[:1] if outcome is PERMIT else ()
    if len(set(outcomes)) > 1 and not facts.holds(Rule.ACROSS):
        outcomes = outcomes[:1]
    return Ground(name, across(outcomes), tuple(equivalents))


def in_force(facts: Facts, text: Text, status: Status) -> Outcome:
    """Section 6.1: in force or provisional, both bound, nothing suspended."""
    request = facts.request
    unknown = status.phase is Phase.UNKNOWN
    parties = text.parties if unknown else status.bound
    bound = facts.among(request.holder, parties) and facts.among(request.recipient, parties)
    if unknown:
        unread = facts.bar(Rule.PHASE_UNKNOWN, UNDETERMINED)
        return together((unread, facts.bar(Rule.BOTH_BOUND, PERMIT if bound else DENY)))
    return together(
        (
            facts.bar(Rule.IN_FORCE, PERMIT if status.phase.works else DENY),
            facts.bar(Rule.BOTH_BOUND, PERMIT if bound or not status.phase.works else DENY),
            facts.bar(Rule.CLAUSES_SUSPENDED, UNDETERMINED if status.suspended_clauses else PERMIT),
        )
    )


def ceiling(facts: Facts, text: Text, marked: Marked) -> Outcome:
    """Section 6.3: the giver's word that entered the table is not graver than the giver's ceiling."""
    if not marked.giver:
        return PERMIT
    outcomes = []
    for _, clause in text.clauses(Ceiling):
        outcomes.append(facts.bar(Rule.CEILING, below(facts, clause.highest, marked)))
        if facts.request.form == "electronic":
            outcomes.append(facts.bar(Rule.CEILING_ELECTRONIC, below(facts, clause.electronic, marked)))
    return together(outcomes)


def below(facts: Facts, highest: dict[str, str], marked: Marked) -> Outcome:
    """Section 6.3: compare by the giver's own ranks; a party that is absent has no ceiling."""
    outcomes = []
    for party, word in highest.items():
        if facts.same(party, marked.giver):
            most, given = facts.level(marked.giver, word), facts.level(marked.giver, marked.word)
            if most is None or given is None:
                outcomes.append(facts.bar(Rule.CEILING_UNKNOWN, UNDETERMINED))
            else:
                outcomes.append(DENY if given.rank > most.rank else PERMIT)
    return together(outcomes)


def scope(facts: Facts, text: Text, portion: Portion) -> Outcome:
    """Section 6.4: every topic and the form are among the scope's; what is empty is free."""
    found = [clause for _, clause in text.clauses(Scope)]
    if not found and "scope" in text.unread:
        return facts.bar(Rule.SCOPE_UNREAD, UNDETERMINED)
    outcomes = []
    for clause in found:
        within = bool(portion.topics) and set(portion.topics) <= set(clause.topics)
        outcomes.append(facts.bar(Rule.SCOPE_TOPICS, PERMIT if not clause.topics or within else DENY))
        formed = not clause.forms or facts.request.form in clause.forms
        outcomes.append(facts.bar(Rule.SCOPE_FORM, PERMIT if formed else DENY))
    return together(outcomes)


def purpose(facts: Facts, text: Text, portion: Portion) -> Outcome:
    """Section 6.5: the purpose is one that the clause allows, and one that it was given for."""
    named = facts.request.purpose
    outcomes = []
    for _, clause in text.clauses(Purpose):
        free = not clause.allows or not named
        outcomes.append(facts.bar(Rule.PURPOSE, PERMIT if free or named in clause.allows else DENY))
    given = not portion.given_for or named in portion.given_for
    outcomes.append(facts.bar(Rule.GIVEN_FOR, PERMIT if given else DENY))
    return together(outcomes)


def forbidden(facts: Facts, text: Text, portion: Portion) -> Outcome:
    """Section 7: what a text itself forbids it does not permit."""
    found = any(matches(facts, clause, portion) for _, clause in text.clauses(Prohibition))
    return facts.bar(Rule.PROHIBITION_OWN, DENY if found else PERMIT)
