"""What an instrument covers: topics and forms, and the purposes that it and the originator allow."""

from __future__ import annotations

from servanda.decisions import sentences as s
from servanda.decisions.changes import amend, change
from servanda.decisions.finding import PASS, Finding, bars, gap, passes
from servanda.model.cite import because
from servanda.model.clauses import Purpose, Scope
from servanda.model.decision import ChangeKind
from servanda.model.text import Text


def scoped(text: Text, topics: tuple[str, ...], form: str) -> Finding:
    """Check that every topic, and the form, is within the scope of a text."""
    found = text.first(Scope)
    if found is None:
        if "scope" not in text.unread:
            return PASS
        reason = because(s.SCOPE_UNREAD(), instrument=text.id)
        cure = change(ChangeKind.CLAUSE, text.parties, s.READ_CLAUSE("scope", text.id), read=text.id)
        return gap((reason,), f"{text.id}: scope", cure)
    address, scope = found
    wider = amend(text.parties, text.id, address)
    if scope.topics:
        covered = ", ".join(scope.topics)
        if not topics:
            return bars((text.because(address, s.NO_TOPIC(covered)),), wider)
        outside = sorted(set(topics) - set(scope.topics))
        if outside:
            return bars((text.because(address, s.OUTSIDE_TOPICS(covered, ", ".join(outside))),), wider)
    if scope.forms and form not in scope.forms:
        return bars((text.because(address, s.OUTSIDE_FORMS(", ".join(scope.forms), form)),), wider)
    return passes(text.because(address, scope.subject or s.COVERED()))


def purposed(text: Text, purpose: str, given_for: tuple[str, ...]) -> Finding:
    """Check the purpose of a release against the text's own, and against what it was given for."""
    found = text.first(Purpose)
    if given_for and purpose not in given_for:
        allowed = ", ".join(given_for)
        said = s.NOT_GIVEN_FOR(allowed, purpose) if purpose else s.NO_PURPOSE(allowed)
        reason = text.because(found[0], said) if found else because(said, instrument=text.id)
        return bars((reason,))
    if found is None or not found[1].allows or not purpose:
        return PASS
    address, clause = found
    if purpose in clause.allows:
        return passes(text.because(address, s.FOR_PURPOSE(purpose)))
    said = s.OUTSIDE_PURPOSE(", ".join(clause.allows), purpose)
    return bars((text.because(address, said),), amend(text.parties, text.id, address))
