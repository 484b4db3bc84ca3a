"""Who may open it: need to know, clearance, assurance; rank alone opens nothing."""

from __future__ import annotations

from servanda.decisions import sentences_persons as s
from servanda.decisions.changes import change
from servanda.decisions.choosing import chosen
from servanda.decisions.finding import Finding, gap, passes, together
from servanda.decisions.grants import OPEN, Good, good, told_of
from servanda.decisions.index import Index
from servanda.decisions.marking import known_level
from servanda.decisions.parties import bound_as
from servanda.decisions.recorded import Recorded
from servanda.model.act import AssurePersons, ClearPerson, ListPersons
from servanda.model.clauses import Access
from servanda.model.decision import ChangeKind, ReleaseRequest
from servanda.model.duty import DutyKind
from servanda.model.label import Portion
from servanda.model.text import Text


def access(
    index: Index, text: Text, request: ReleaseRequest, portion: Portion, words: tuple[str, ...]
) -> Finding:
    """Check by the access clauses of a text that a person may open a portion that its party may have.

    `words` are the recipient's for the portion's marking, one for each text that may be in force.
    """
    person = request.person
    if person is None:
        return passes()
    findings = []
    for address, clause in text.clauses(Access):
        if DutyKind.NEED_TO_KNOW in clause.duties:
            findings.append(_listed(index, text, address, request, portion, person.id))
        if DutyKind.CLEARANCE in clause.duties:
            findings += [_cleared(index, text, address, clause, request, word, person.id) for word in words]
        if DutyKind.ASSURANCE in clause.duties:
            findings.append(_assured(index, text, address, request, portion, person.id))
    return together(tuple(findings)) if findings else passes()


def _listed(
    index: Index, text: Text, address: str, request: ReleaseRequest, portion: Portion, person: str
) -> Finding:
    authors = tuple(dict.fromkeys((request.recipient, *portion.originators)))
    records = {record.act.id: record for one in authors for record in index.acts_by(ListPersons, one)}
    covering = [
        record
        for record in records.values()
        if person in record.act.persons
        and (not record.act.objects or _names(record.act.objects, portion, request))
        and (not record.act.topics or (portion.topics and set(portion.topics) <= set(record.act.topics)))
    ]
    cure = change(ChangeKind.LIST, (request.recipient,), s.LIST(request.recipient, person), person=person)
    return chosen(
        ((good(index, one, request.at), told_of(one, s.LISTED(person))) for one in covering),
        (text.because(address, s.NOT_LISTED(person)),),
        cure,
    )


def _cleared(
    index: Index,
    text: Text,
    address: str,
    clause: Access,
    request: ReleaseRequest,
    word: str,
    person: str,
) -> Finding:
    recipient = request.recipient
    needed = known_level(index.registry, recipient, word)
    if needed is None:
        return _unknown(text, address, word, recipient)
    from_word = clause.cleared_from.get(bound_as(index.registry, recipient, text.parties) or "")
    if from_word is not None:
        least = known_level(index.registry, recipient, from_word)
        if least is None:
            return _unknown(text, address, from_word, recipient)
        if needed.rank < least.rank:
            return passes(text.because(address, s.NO_CLEARANCE_ASKED(word, from_word)))
    candidates = []
    for record in index.acts_by(ClearPerson, recipient):
        if record.act.person != person:
            continue
        level = known_level(index.registry, recipient, record.act.level)
        held = good(index, record, request.at)
        if level is None:
            held = _level_unknown(record, held, recipient)
        elif level.rank < needed.rank:
            continue
        candidates.append((held, told_of(record, s.CLEARED(person, record.act.level))))
    cure = change(ChangeKind.CLEAR, (recipient,), s.CLEAR(recipient, person, word), person=person, level=word)
    return chosen(candidates, (text.because(address, s.NOT_CLEARED(person, recipient, word)),), cure)


def _level_unknown(record: Recorded[ClearPerson], held: Good, party: str) -> Good:
    """Return a grant of which nobody knows how high it goes: open, where it would otherwise be good."""
    if held.so is False:
        return held
    reason = told_of(record, s.LEVEL_UNKNOWN(record.act.level, party))
    missing = f"the marking {record.act.level} of {party}"
    return Good(OPEN, (reason,), held.since, held.until, held.turns, missing)


def _assured(
    index: Index, text: Text, address: str, request: ReleaseRequest, portion: Portion, person: str
) -> Finding:
    recipient, originator = request.recipient, portion.originators[0]
    covering = [
        record
        for record in index.acts_by(AssurePersons, recipient)
        if person in record.act.persons and index.among(originator, (record.act.to,))
    ]
    cure = change(
        ChangeKind.ASSURE,
        (recipient,),
        s.ASSURE(recipient, originator, person),
        person=person,
        to=originator,
    )
    return chosen(
        ((good(index, one, request.at), told_of(one, s.ASSURED(recipient, person))) for one in covering),
        (text.because(address, s.NOT_ASSURED(recipient, originator, person)),),
        cure,
    )


def _names(objects: tuple[str, ...], portion: Portion, request: ReleaseRequest) -> bool:
    return any(name and name in objects for name in (request.object_id, portion.object_id))


def _unknown(text: Text, address: str, word: str, party: str) -> Finding:
    reason = text.because(address, s.LEVEL_UNKNOWN(word, party))
    return gap((reason,), f"the marking {word} of {party}")
