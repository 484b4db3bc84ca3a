"""One instrument as a ground for a release: every clause that speaks of it, over every reading."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.decisions import sentences as s
from servanda.decisions.changes import change
from servanda.decisions.finding import Finding, across, bars, gap, passes, together
from servanda.decisions.index import Index
from servanda.decisions.marking import ceiled, known_level, marked
from servanda.decisions.prohibition import not_forbidden
from servanda.decisions.scope import purposed, scoped
from servanda.model.act import Regrade
from servanda.model.cite import because
from servanda.model.decision import Change, ChangeKind, Outcome, ReleaseRequest
from servanda.model.instrument import Instrument
from servanda.model.label import Portion
from servanda.model.status import Phase, Settled, Status
from servanda.model.text import Text
from servanda.model.when import Instant


class Ground(msgspec.Struct, frozen=True):
    """What one instrument says of a portion, the recipient's words, and the texts that may be in force.

    `equivalents` are the words to be used by each of the texts.
    """

    instrument: Instrument
    finding: Finding
    words: tuple[str, ...]
    texts: tuple[Text, ...]
    equivalents: tuple[str, ...]


def grounds(index: Index, portion: Portion, request: ReleaseRequest) -> tuple[Ground, ...]:
    """Return what each instrument says that binds holder and recipient and can carry a release."""
    return tuple(
        ground(index, instrument, portion, request)
        for instrument in index.carriers(request.holder, request.recipient)
    )


def ground(index: Index, instrument: Instrument, portion: Portion, request: ReleaseRequest) -> Ground:
    """Ask one instrument: in every reading and every possible world, and compare the outcomes."""
    standing = forced(index, instrument, request.holder, request.recipient, request.at)
    findings: list[Finding] = []
    words: tuple[str, ...] = ()
    texts = []
    said: dict[int, Outcome] = {}
    equivalents: dict[str, None] = {}
    for version, force in standing.by_version:
        text = instrument.text(version)
        texts.append(text)
        clauses, called = _clauses(index, text, portion, request)
        words = gravest(index, request.recipient, (words, called))
        equivalents.update(dict.fromkeys(called[:1]))
        said[version] = worst(one.outcome for one in clauses)
        findings.append(together((force, *clauses)))
    judged = across(tuple(findings))
    if standing.disputed:
        read = {
            reader: frozenset(worst((force, said[version])) for version, force in worlds)
            for reader, worlds in standing.read
        }
        if len(set(read.values())) > 1:
            judged = together((judged, _disputed(instrument, read)))
    return Ground(instrument, together((judged, standing.timed)), words, tuple(texts), tuple(equivalents))


class Force(msgspec.Struct, frozen=True):
    """Whether an instrument is in force between two parties: by version over all its worlds, and by reader.

    `timed` says from when until when, and what turns it.
    """

    by_version: tuple[tuple[int, Finding], ...]
    read: tuple[tuple[str, tuple[tuple[int, Outcome], ...]], ...]
    disputed: bool
    timed: Finding


def forced(index: Index, instrument: Instrument, holder: str, recipient: str, at: Instant) -> Force:
    """Return whether an instrument is in force between two parties; worked out once for each stretch."""
    standing = index.life(instrument.id).at(at)
    known: Force | None = index.forces.get((instrument.id, holder, recipient, standing.since))
    if known is not None:
        return known
    found: dict[int, list[Finding]] = {}
    read = []
    for reader, statuses in standing.answer.readings:
        worlds = []
        for status in statuses:
            text = instrument.text(status.version)
            force = in_force(index, text, status, holder, recipient)
            found.setdefault(status.version, []).append(force)
            worlds.append((status.version, force.outcome))
        read.append((reader, tuple(worlds)))
    made = Force(
        tuple((version, _doubted(instrument, forces)) for version, forces in found.items()),
        tuple(read),
        standing.answer.sure is Settled.DISPUTED,
        passes(since=standing.since, until=standing.until, turns=standing.turns),
    )
    index.forces[instrument.id, holder, recipient, standing.since] = made
    return made


def _doubted(instrument: Instrument, forces: list[Finding]) -> Finding:
    """Return what all worlds say of its force; where it may be in force and may not, that is said first."""
    found = across(tuple(forces))
    if found.outcome is not Outcome.UNDETERMINED or len({one.outcome for one in forces}) == 1:
        return found
    doubt = because(s.IN_DOUBT(instrument.id), instrument=instrument.id)
    return msgspec.structs.replace(found, because=(doubt, *found.because))


def could_ever(index: Index, request: ReleaseRequest, counted: frozenset[Outcome]) -> bool:
    """Say whether some text between the parties lets a request through in `counted`, whatever its status.

    False only where that is so at every instant; where clauses turn on time, or a regrading may reach the
    object, it may be.
    """
    if index.acts(Regrade):
        return True
    for portion in request.portions:
        originator = portion.originators[0]
        if any(len(one.texts) > 1 for one in index.tables(originator, request.holder)):
            continue
        carriers = index.carriers(request.holder, request.recipient)
        outcomes = (
            worst(one.outcome for one in _clauses(index, text, portion, request)[0])
            for instrument in carriers
            for text in instrument.texts
        )
        if not any(outcome in counted for outcome in outcomes):
            return False
    return True


def gravest(index: Index, party: str, words: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words of the gravest marking, by a party's own ranks; the first of those that are equal."""

    def rank(several: tuple[str, ...]) -> int:
        level = known_level(index.registry, party, several[0])
        return level.rank if level is not None else -1

    return max((one for one in words if one), key=rank, default=())


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Return what holds of outcomes that must all permit."""
    found = set(outcomes)
    for outcome in (Outcome.DENY, Outcome.UNDETERMINED):
        if outcome in found:
            return outcome
    return Outcome.PERMIT


def _clauses(
    index: Index, text: Text, portion: Portion, request: ReleaseRequest
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Return what the clauses of a text say, whatever its status, and the recipient's words."""
    equivalent = marked(index, text, portion, request.holder, request.recipient, request.at)
    found = (
        equivalent.finding,
        ceiled(index, text, equivalent, request.form),
        scoped(text, portion.topics, request.form),
        purposed(text, request.purpose, portion.given_for),
        not_forbidden(index, text, portion, request),
    )
    return found, equivalent.words


def _disputed(instrument: Instrument, read: dict[str, frozenset[Outcome]]) -> Finding:
    sides = "; ".join(
        f"{who} reads {'/'.join(sorted(one.value for one in outcomes))}" for who, outcomes in read.items()
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
        unknown = gap(status.because, name, cure)
        return together((unknown, *_bound_by(index, text, text.parties, status, holder, recipient)))
    if not status.phase.works:
        reason = because(s.IS_PHASE(text.id, status.phase.value.replace("_", " ")), instrument=text.id)
        # The reasons of the end before those of the beginning: who is refused reads the first of them.
        found = bars((reason, *reversed(status.because)), _revival(text, status))
        return msgspec.structs.replace(found, missing=tuple(f"{text.id}: {kind}" for kind in status.missing))
    unbound = _bound_by(index, text, status.bound, status, holder, recipient)
    if unbound:
        return together(unbound)
    if status.suspended_clauses:
        shown = ", ".join(status.suspended_clauses)
        cure = change(ChangeKind.ACT, text.parties, s.RESUME_CLAUSES(shown, text.id), revive=text.id)
        reason = because(s.CLAUSES_SUSPENDED(shown), instrument=text.id)
        return gap((reason,), f"{text.id}: what holds while art. {shown} is suspended", cure)
    return passes(*status.because)


def _bound_by(
    index: Index, text: Text, parties: tuple[str, ...], status: Status, holder: str, recipient: str
) -> tuple[Finding, ...]:
    """Return what bars whoever is not bound."""
    found = []
    for party in (holder, recipient):
        if not index.among(party, parties):
            reason = because(s.NOT_BOUND(party), instrument=text.id)
            cure = change(ChangeKind.ACT, (party,), s.ACCEDE(party, text.id), revive=text.id)
            found.append(bars((reason, *status.because), cure))
    return tuple(found)


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
