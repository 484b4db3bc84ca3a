"""One instrument as a ground for a release: every clause that speaks of it, over every reading."""

from __future__ import annotations

import msgspec

from servanda.decisions import sentences as s
from servanda.decisions.changes import change
from servanda.decisions.finding import Finding, across, bars, gap, passes, together
from servanda.decisions.index import Index
from servanda.decisions.marking import ceiled, marked
from servanda.decisions.parties import bound_as
from servanda.decisions.prohibition import not_forbidden
from servanda.decisions.scope import purposed, scoped
from servanda.model.cite import because
from servanda.model.decision import Change, ChangeKind, Outcome, ReleaseRequest
from servanda.model.instrument import Instrument
from servanda.model.label import Portion
from servanda.model.status import Phase, Settled, Status
from servanda.model.text import Text


class Ground(msgspec.Struct, frozen=True):
    """What one instrument says of a portion, the recipient's words, and the texts that may be in force."""

    instrument: Instrument
    finding: Finding
    words: tuple[str, ...]
    texts: tuple[Text, ...]


def grounds(index: Index, portion: Portion, request: ReleaseRequest) -> tuple[Ground, ...]:
    """Return what each instrument says that binds holder and recipient and can carry a release."""
    return tuple(
        ground(index, instrument, portion, request)
        for instrument in index.carriers(request.holder, request.recipient)
    )


def ground(index: Index, instrument: Instrument, portion: Portion, request: ReleaseRequest) -> Ground:
    """Ask one instrument: in every reading and every possible world, and compare the outcomes."""
    standing = index.life(instrument.id).at(request.at)
    read: dict[str, tuple[Outcome, ...]] = {}
    findings: list[Finding] = []
    words: tuple[str, ...] = ()
    texts: dict[int, Text] = {}
    clauses: dict[int, tuple[Finding, ...]] = {}
    for reader, statuses in standing.answer.readings:
        outcomes = []
        for status in statuses:
            text = instrument.text(status.version)
            if text.version not in texts:
                texts[text.version] = text
                clauses[text.version], called = _clauses(index, text, portion, request)
                words = words or called
            force = in_force(index, text, status, request.holder, request.recipient)
            found = together((force, *clauses[text.version]))
            outcomes.append(found.outcome)
            findings.append(found)
        read[reader] = tuple(outcomes)
    judged = across(tuple(findings))
    if standing.answer.sure is Settled.DISPUTED and len({frozenset(one) for one in read.values()}) > 1:
        judged = together((judged, _disputed(instrument, read)))
    timed = passes(since=standing.since, until=standing.until, turns=standing.turns)
    return Ground(instrument, together((judged, timed)), words, tuple(texts.values()))


def _clauses(
    index: Index, text: Text, portion: Portion, request: ReleaseRequest
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Return what the clauses of a text say, whatever its status, and the recipient's words."""
    equivalent = marked(index, text, portion, request.holder, request.recipient, request.at)
    found = (
        equivalent.finding,
        ceiled(index, text, portion, request.holder, request.recipient, request.form, request.at),
        scoped(text, portion.topics, request.form),
        purposed(text, request.purpose, portion.given_for),
        not_forbidden(index, text, portion, request),
    )
    return found, equivalent.words


def _disputed(instrument: Instrument, read: dict[str, tuple[Outcome, ...]]) -> Finding:
    sides = "; ".join(
        f"{who} reads {'/'.join(sorted({one.value for one in outcomes}))}" for who, outcomes in read.items()
    )
    settle = change(
        ChangeKind.SETTLE, instrument.parties, s.SETTLE_READING(instrument.id), settle=instrument.id
    )
    reason = because(s.DISPUTED(sides), instrument=instrument.id)
    return gap((reason,), f"{instrument.id}: disputed", settle)


def in_force(index: Index, text: Text, status: Status, holder: str, recipient: str) -> Finding:
    """Check that a text works in one world, whole, and binds both sides."""
    if status.phase is Phase.UNKNOWN:
        kinds = ", ".join(status.missing)
        name = ", ".join(f"{text.id}: {kind}" for kind in status.missing)
        cure = change(ChangeKind.CLAUSE, text.parties, s.READ_CLAUSE(kinds, text.id), read=text.id)
        return gap(status.because, name, cure)
    if not status.phase.works:
        reason = because(s.IS_PHASE(text.id, status.phase.value.replace("_", " ")), instrument=text.id)
        # The reasons of the end before those of the beginning: who is refused reads the first of them.
        found = bars((reason, *reversed(status.because)), _revival(text, status))
        return msgspec.structs.replace(found, missing=tuple(f"{text.id}: {kind}" for kind in status.missing))
    for party in (holder, recipient):
        if bound_as(index.registry, party, status.bound) is None:
            reason = because(s.NOT_BOUND(party), instrument=text.id)
            cure = change(ChangeKind.ACT, (party,), s.ACCEDE(party, text.id), revive=text.id)
            return bars((reason, *status.because), cure)
    if status.suspended_clauses:
        shown = ", ".join(status.suspended_clauses)
        cure = change(ChangeKind.ACT, text.parties, s.RESUME_CLAUSES(shown, text.id), revive=text.id)
        reason = because(s.CLAUSES_SUSPENDED(shown), instrument=text.id)
        return gap((reason,), f"{text.id}: what holds while art. {shown} is suspended", cure)
    return passes(*status.because)


def _revival(text: Text, status: Status) -> Change:
    match status.phase:
        case Phase.NOT_IN_FORCE:
            said = s.ENTER(text.id)
        case Phase.SUSPENDED:
            said = s.RESUME(text.id)
        case Phase.SUPERSEDED:
            said = s.SUCCESSOR(text.id)
        case _:
            said = s.CONCLUDE_ANEW(", ".join(text.parties), text.id)
    return change(ChangeKind.ACT, text.parties, said, status.because[-1:], revive=text.id)
