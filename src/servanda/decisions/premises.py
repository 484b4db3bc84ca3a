"""Where it may be opened: a facility that a person visits, and a contractor's facility."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
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
        held = every([good(index, record, request.at), _high_enough(index, record, host, host_words(host))])
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


def _high_enough(index: Index, record: Recorded[PermitVisit], host: str, words: tuple[str, ...]) -> Good:
    highest = known_level(index.registry, host, record.act.highest)
    levels = [known_level(index.registry, host, word) for word in words]
    known = [level for level in levels if level is not None]
    if highest is None or not known or len(known) != len(levels):
        reason = told_of(record, s.LEVEL_UNKNOWN(record.act.highest, host))
        return Good(OPEN, (reason,), missing=f"how high {record.act.id} goes")
    if max(level.rank for level in known) > highest.rank:
        return Good(NO, (told_of(record, s.VISIT_TOO_LOW(record.act.id, highest.word)),))
    return Good(YES)


def _inspected(index: Index, cleared: Recorded[ClearFacility], each: Duration, at: Instant) -> Good:
    """Say whether the last inspection by the clearing party was passed and is not due again."""
    facility, party = cleared.act.facility, cleared.act.by[0]
    records = sorted(
        (one for one in index.acts_by(InspectFacility, party) if one.act.facility == facility),
        key=lambda one: (one.first, one.act.id),
    )
    last: Recorded[InspectFacility] | None = None
    coming = None
    for record in records:
        held = record.done(at)
        if held.so is None:
            missing = f"{record.instrument}: the hour of {record.act.id}"
            reason = _of(record, s.HOUR_OPEN(record.act.id))
            counts = (_of(record, s.COUNTS(record.act.id)),)
            return Good(OPEN, (reason,), held.since, held.until, counts, missing)
        if held.so:
            last = record
        elif coming is None:
            coming = record
    until = coming.first if coming is not None else None
    turns = (_of(coming, s.COUNTS(coming.act.id)),) if coming is not None else ()
    parts = [Good(YES, until=until, turns=turns)] if until is not None else []
    if last is None:
        missing_one = because(s.NOT_INSPECTED(facility, party), instrument=cleared.instrument)
        return every([Good(NO, (missing_one,)), *parts])
    if not last.act.passed:
        failed = _of(last, s.INSPECTION_FAILED(facility))
        return every([Good(NO, (failed,), since=last.certain), *parts])
    return every([_not_due(index, last, each, party, at), *parts])


def _not_due(index: Index, last: Recorded[InspectFacility], each: Duration, party: str, at: Instant) -> Good:
    first, certain = due(last, each, index.registry.party(party).seat)
    facility = last.act.facility
    turns = (_of(last, s.INSPECTION_DUE(facility), str(first)),)
    if at < first:
        return Good(YES, (_of(last, s.INSPECTED(facility)),), last.certain, first, turns)
    if at >= certain:
        return Good(
            so=False, because=(_of(last, s.INSPECTION_LAPSED(facility, str(certain))),), since=certain
        )
    missing = f"{last.instrument}: the hour of {last.act.id}"
    return Good(OPEN, (_of(last, s.INSPECTION_OPEN(facility)),), first, certain, turns, missing)


def due(record: Recorded[InspectFacility], each: Duration, seat: str) -> tuple[Instant, Instant]:
    """Return when an inspection may first, and certainly, be due again, counted in the seat's zone."""
    where = zone(seat)
    return _later(record.first, each, where), _later(record.certain, each, where)


def _later(at: Instant, each: Duration, where: ZoneInfo) -> Instant:
    local = at.utc.astimezone(where)
    day = after(Day(local.date()), each).date
    return Instant(datetime.combine(day, local.time(), where))


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
