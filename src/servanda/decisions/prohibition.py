"""Prohibitions: what a text says may not be released, whatever else allows it."""

from __future__ import annotations

from servanda.decisions import sentences as s
from servanda.decisions.changes import amend
from servanda.decisions.finding import PASS, Finding, bars
from servanda.decisions.index import Index
from servanda.decisions.marking import known_level
from servanda.model.cite import Because
from servanda.model.clauses import Prohibition
from servanda.model.decision import ReleaseRequest
from servanda.model.label import Portion
from servanda.model.text import Text


def not_forbidden(index: Index, text: Text, portion: Portion, request: ReleaseRequest) -> Finding:
    """Check that a text does not itself forbid what it would carry."""
    reason = forbidding_clause(index, text, portion, request)
    return PASS if reason is None else bars((reason,), amend(text.parties, text.id, reason.article))


def forbidding_clause(index: Index, text: Text, portion: Portion, request: ReleaseRequest) -> Because | None:
    """Return the clause of a text that forbids the release, or None."""
    for address, clause in text.clauses(Prohibition):
        if clause.topics and set(clause.topics).isdisjoint(portion.topics):
            continue
        if clause.forms and request.form not in clause.forms:
            continue
        if clause.purposes and request.purpose not in clause.purposes:
            continue
        if clause.markings and not _marked_so(index, clause.markings, portion):
            continue
        return text.because(address, s.FORBIDDEN(text.id))
    return None


def _marked_so(index: Index, markings: dict[str, tuple[str, ...]], portion: Portion) -> bool:
    originator = portion.originators[0]
    level = known_level(index.registry, originator, portion.marking)
    spellings = {portion.marking} if level is None else {level.word, *level.also}
    return any(
        index.same(party, originator) and not spellings.isdisjoint(words)
        for party, words in markings.items()
        if party in index.registry.parties
    )
