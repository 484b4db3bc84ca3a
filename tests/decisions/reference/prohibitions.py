"""Section 7: whether a prohibition is about a portion and a request."""

from __future__ import annotations

from decisions.reference.facts import Facts
from decisions.reference.rules import Rule
from servanda.model.clauses import Prohibition
from servanda.model.label import Portion


def matches(facts: Facts, clause: Prohibition, portion: Portion) -> bool:
    """Section 7: say whether a prohibition is about this; what is empty does not limit."""
    request, first = facts.request, portion.originators[0]
    words = [word for party, words in clause.markings.items() if facts.same(party, first) for word in words]
    marked = any(facts.same_marking(first, portion.marking, word) for word in words)
    limits = (
        (Rule.PROHIBITION_TOPICS, not clause.topics or bool(set(portion.topics) & set(clause.topics))),
        (Rule.PROHIBITION_FORMS, not clause.forms or request.form in clause.forms),
        (Rule.PROHIBITION_PURPOSES, not clause.purposes or request.purpose in clause.purposes),
        (Rule.PROHIBITION_MARKINGS, not clause.markings or marked),
    )
    return not any(not within and facts.holds(rule) for rule, within in limits)
