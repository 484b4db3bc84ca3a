"""What an instrument covers: topics and forms, and the purposes that it and the originator allow."""

from __future__ import annotations

from servanda.decisions import sentences as s
from servanda.decisions.changes import amend, change
from servanda.decisions.finding import PASS, Finding, bars, gap, passes, together
from servanda.model.cite import because
from servanda.model.clauses import Purpose, Scope
from servanda.model.decision import ChangeKind
from servanda.model.text import Text


def scoped(text: Text, topics: tuple[str, ...], form: str) -> Finding:
    """Check that every topic, and the form, is within the scope of a text."""
    found = tuple(text.clauses(Scope))
    if found:
        return together(tuple(_within(text, address, scope, topics, form) for address, scope in found))
    if "scope" not in text.unread:
        return PASS
    reason = because(s.SCOPE_UNREAD(), instrument=text.id)
    cure = change(ChangeKind.CLAUSE, text.parties, s.READ_CLAUSE("scope", text.id), read=text.id)
    return gap((reason,), f"{text.id}: scope", cure)


def _within(text: Text, address: str, scope: Scope, topics: tuple[str, ...], form: str) -> Finding:
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
    found = tuple(text.clauses(Purpose))
    if given_for and purpose not in given_for:
        allowed = ", ".join(given_for)
        said = s.NOT_GIVEN_FOR(allowed, purpose) if purpose else s.NO_PURPOSE(allowed)
        reason = text.because(found[0][0], said) if found else because(said, instrument=text.id)
        return bars((reason,))
    limiting = [(address, clause) for address, clause in found if clause.allows and purpose]
    return together(tuple(_allowed(text, *one, purpose) for one in limiting)) if limiting else PASS


def _allowed(text: Text, address: str, clause: Purpose, purpose: str) -> Finding:
    if purpose in clause.allows:
        return passes(text.because(address, s.FOR_PURPOSE(purpose)))
    said = s.OUTSIDE_PURPOSE(", ".join(clause.allows), purpose)
    return bars((text.because(address, said),), amend(text.parties, text.id, address))
