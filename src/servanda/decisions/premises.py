"""Where it may be opened: a facility that a person visits, and a contractor's facility."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from servanda.decisions import sentences_persons as s
from servanda.decisions.changes import change
from servanda.decisions.choosing import chosen
from servanda.decisions.finding import Finding, gap
from servanda.decisions.grants import NO, OPEN, YES, Good, every, good, told_of
from servanda.decisions.index import Index
from servanda.decisions.marking import known_level
from servanda.decisions.recorded import Recorded
from servanda.model.act import ClearFacility, InspectFacility, PermitVisit
from servanda.model.cite import Because, Said, because
from servanda.model.clauses import Contractors, Provision, Visits
from servanda.model.decision import ChangeKind, ReleaseRequest
from servanda.model.label import Portion
from servanda.model.party import Level
from servanda.model.text import Text
from servanda.model.when import Day, Duration, Instant, zone
from servanda.status.count import after


def premises(
    index: Index,
    text: Text,
    request: ReleaseRequest,
    portion: Portion,
    words: tuple[str, ...],
    host_words: Callable[[str], tuple[str, ...]],
) -> list[Finding]:
    """Check where a person would open a portion; `words` are the recipient's for its marking.

    `host_words` gives any party's own words for it.
    """
    person = request.person
    found = []
    if person is not None and person.visiting:
        found.append(visiting(index, text, request, portion, host_words))
    if person is not None and person.facility:
        found += [inside(index, text, request, word) for word in words]
    return found


def visiting(
    index: Index,
    text: Text,
    request: ReleaseRequest,
    portion: Portion,
    host_words: Callable[[str], tuple[str, ...]],
) -> Finding:
    """Check that a host permits the visit, up to what is to be seen (Japan-ROK art. 8)."""
    person = request.person
    assert person is not None
    hosts = tuple(dict.fromkeys((request.holder, *portion.originators)))
    records = {record.act.id: record for host in hosts for record in index.acts_by(PermitVisit, host)}
    candidates = []
    for record in records.values():
        act = record.act
        if person.id not in act.persons or act.facility != person.visiting:
            continue
        host = next(one for one in act.by if any(index.same(one, other) for other in hosts))
        levels = _levels(index, portion.originators[0], host, host_words(host))
        held = every([good(index, record, request.at), _high_enough(index, record, host, levels)])
        candidates.append((held, told_of(record, s.VISIT(person.id, act.facility, act.highest))))
    words = host_words(request.holder)
    word = words[0] if words else portion.marking
    cure = change(
        ChangeKind.VISIT,
        (request.holder,),
        s.PERMIT_VISIT(request.holder, person.id, person.visiting, word),
        person=person.id,
        facility=person.visiting,
        level=word,
    )
    reason = _cited(text, Visits, s.NO_VISIT(person.id, person.visiting, word))
    return chosen(candidates, (reason,), cure)


def inside(index: Index, text: Text, request: ReleaseRequest, word: str) -> Finding:
    """Check that a contractor's facility is cleared and inspected (Japan-ROK art. 16)."""
    person = request.person
    assert person is not None
    recipient, facility = request.recipient, person.facility
    needed = known_level(index.registry, recipient, word)
    if needed is None:
        reason = _cited(text, Contractors, s.LEVEL_UNKNOWN(word, recipient))
        return gap((reason,), f"the marking {word} of {recipient}")
    candidates = []
    lapsed = False
    for record in index.acts_by(ClearFacility, recipient):
        act = record.act
        if act.facility != facility:
            continue
        level = known_level(index.registry, recipient, act.level)
        if level is not None and level.rank < needed.rank:
            continue
        parts = [good(index, record, request.at)]
        if level is None:
            reason = told_of(record, s.LEVEL_UNKNOWN(act.level, recipient))
            parts.append(Good(OPEN, (reason,), missing=f"the marking {act.level} of {recipient}"))
        if act.inspected_each is not None:
            inspected = _inspected(index, record, act.inspected_each, request.at)
            lapsed = lapsed or (parts[0].so is True and inspected.so is not True)
            parts.append(inspected)
        candidates.append((every(parts), told_of(record, s.FACILITY(facility, act.level))))
    cure = change(
        ChangeKind.CLEAR_FACILITY,
        (recipient,),
        s.CLEAR_FACILITY(recipient, facility, word),
        facility=facility,
        level=word,
    )
    if lapsed:
        said = s.INSPECT(recipient, facility)
        cure = change(ChangeKind.INSPECT, (recipient,), said, facility=facility)
    reason = _cited(text, Contractors, s.NO_FACILITY(facility, recipient, word))
    return chosen(candidates, (reason,), cure)


def _levels(index: Index, originator: str, host: str, words: tuple[str, ...]) -> list[Level | None]:
    """Return the levels that a host's words name; its own information may be marked in its part's policy."""
    owner = originator if index.same(originator, host) else host
    return [known_level(index.registry, owner, word) for word in words]


def _high_enough(index: Index, record: Recorded[PermitVisit], host: str, levels: list[Level | None]) -> Good:
    highest = known_level(index.registry, host, record.act.highest)
    known = [level for level in levels if level is not None]
    if highest is None or not known or len(known) != len(levels):
        reason = told_of(record, s.LEVEL_UNKNOWN(record.act.highest, host))
        return Good(OPEN, (reason,), missing=f"how high {record.act.id} goes")
    if max(level.rank for level in known) > highest.rank:
        return Good(NO, (told_of(record, s.VISIT_TOO_LOW(record.act.id, highest.word)),))
    return Good(YES)


def _inspected(index: Index, cleared: Recorded[ClearFacility], each: Duration, at: Instant) -> Good:
    """Say whether the last inspection by the clearing party was passed and is not due again.

    Inspections whose hour is open are counted both ways.
    """
    facility, party = cleared.act.facility, cleared.act.by[0]
    records = sorted(
        (one for one in index.acts_by(InspectFacility, party) if one.act.facility == facility),
        key=lambda one: (one.first, one.act.id),
    )
    held = [(record, record.done(at)) for record in records]
    sure = [record for record, one in held if one.so]
    ways = [_last(index, cleared, sure, each, at)]
    ways += [_last(index, cleared, [*sure, record], each, at) for record, one in held if one.so is None]
    found = ways[0]
    if len({one.so for one in ways}) > 1:
        record = next(record for record, one in held if one.so is None)
        missing = f"{record.instrument}: the hour of {record.act.id}"
        found = Good(OPEN, (_of(record, s.HOUR_OPEN(record.act.id)),), missing=missing)
    turns = [
        Good(YES, since=one.since, until=one.until, turns=(_of(record, s.COUNTS(record.act.id)),))
        for record, one in held
    ]
    timed = every([*(Good(YES, since=one.since, until=one.until, turns=one.turns) for one in ways), *turns])
    return Good(found.so, found.because, timed.since, timed.until, timed.turns, found.missing)


def _last(
    index: Index,
    cleared: Recorded[ClearFacility],
    done: list[Recorded[InspectFacility]],
    each: Duration,
    at: Instant,
) -> Good:
    """Say what the last of the inspections done leaves: passed and not yet due again, or not."""
    facility, party = cleared.act.facility, cleared.act.by[0]
    if not done:
        return Good(NO, (because(s.NOT_INSPECTED(facility, party), instrument=cleared.instrument),))
    last = max(done, key=lambda one: (one.first, one.act.id))
    if not last.act.passed:
        return Good(NO, (_of(last, s.INSPECTION_FAILED(facility)),))
    where = zone(index.registry.party(party).seat)
    first, certain = (after(day, each).span(where)[0] for day in _days(last, where))
    turns = (_of(last, s.INSPECTION_DUE(facility), str(first)),)
    if at < first:
        return Good(YES, (_of(last, s.INSPECTED(facility)),), until=first, turns=turns)
    if at >= certain:
        lapsed = s.INSPECTION_LAPSED(facility, str(certain))
        return Good(NO, (_of(last, lapsed),), since=certain)
    missing = f"{last.instrument}: the day of {last.act.id}"
    return Good(OPEN, (_of(last, s.INSPECTION_OPEN(facility)),), first, certain, turns, missing)


def _days(record: Recorded[InspectFacility], where: ZoneInfo) -> tuple[Day, Day]:
    """Return the first and the last day that an inspection can be of."""
    done = record.act.done
    if isinstance(done, Day):
        return done, done
    if isinstance(done, Instant):
        return done.day(where), done.day(where)
    return record.first.day(where), record.certain.day(where)


def _cited(text: Text, kind: type[Provision], said: Said) -> Because:
    found = text.first(kind)
    return text.because(found[0], said) if found is not None else because(said, instrument=text.id)


def _of(record: Recorded[InspectFacility], said: Said, when: str = "") -> Because:
    act = record.act
    return because(
        said,
        instrument=record.instrument,
        act=act.id,
        confirmed=act.confirmed,
        when=when or str(act.done),
    )
