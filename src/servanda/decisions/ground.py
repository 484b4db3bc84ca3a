"""One instrument as a ground for a release: every clause that speaks of it, over every reading."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.decisions.duties import duties
from servanda.decisions.equivalent import Equivalent, equivalent, own_level
from servanda.decisions.finding import Finding, across, bars, gap, passes, together
from servanda.decisions.parties import bound_as, same
from servanda.model.cite import Because
from servanda.model.clauses import Equivalence, Purpose, Scope
from servanda.model.decision import Change, ChangeKind, ReleaseRequest
from servanda.model.duty import Duty
from servanda.model.instrument import Instrument, Registry
from servanda.model.status import Answer, Phase, Settled, Standpoint, Status
from servanda.model.text import InstrumentKind, Text
from servanda.model.when import FOREVER, Instant
from servanda.status import ask, breakpoints, changes

_CARRIERS = (
    InstrumentKind.PROTECTION_AGREEMENT,
    InstrumentKind.EXCHANGE_OF_NOTES,
    InstrumentKind.ARRANGEMENT,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What one instrument says of a request."""

    instrument: str
    finding: Finding
    words: tuple[str, ...]
    duties: tuple[Duty, ...]


def grounds(registry: Registry, request: ReleaseRequest) -> tuple[Ground, ...]:
    """Return what each instrument says that binds holder and recipient and can carry a release."""
    return tuple(
        ground(registry, instrument, request)
        for instrument in registry.instruments.values()
        if carries(registry, instrument, request.holder, request.recipient)
    )


def carries(registry: Registry, instrument: Instrument, holder: str, recipient: str) -> bool:
    """Say whether an instrument is one between the two parties that can be a ground of release."""
    text = instrument.texts[-1]
    scope = text.first(Scope)
    return (
        text.kind in _CARRIERS
        and (scope is None or scope[1].carries)
        and bound_as(registry, holder, text.parties) is not None
        and bound_as(registry, recipient, text.parties) is not None
    )


def ground(registry: Registry, instrument: Instrument, request: ReleaseRequest) -> Ground:
    """Ask one instrument: in every reading and every possible world, and compare the outcomes."""
    answer = ask(registry, instrument.id, Standpoint(request.at, request.known))
    found: dict[str, Finding] = {}
    words: tuple[str, ...] = ()
    owed: tuple[Duty, ...] = ()
    findings = []
    for reader, statuses in answer.readings:
        for status in statuses:
            text = instrument.text(status.version)
            marked = _marked(registry, text, request)
            finding = together(
                (
                    _in_force(registry, text, status, request),
                    marked.finding,
                    _scope(text, request),
                    _purpose(text, request),
                    _operating(text, status),
                )
            )
            found[reader] = finding
            findings.append(finding)
            words = words or marked.words
            owed = owed or duties(text)
    judged = across(tuple(findings))
    if answer.sure is Settled.DISPUTED and len({one.outcome for one in found.values()}) > 1:
        sides = "; ".join(f"{who} reads {one.outcome.value}" for who, one in found.items())
        disputed = Because(says=f"the parties read it differently: {sides}", instrument=instrument.id)
        settle = Change(
            ChangeKind.SETTLE, instrument.parties, f"the parties settle how {instrument.id} is read"
        )
        judged = together((judged, gap((disputed,), f"{instrument.id}: disputed", settle)))
    return Ground(
        instrument.id,
        together((judged, passes(until=_until(registry, instrument, answer, request)))),
        words,
        owed,
    )


def _until(
    registry: Registry, instrument: Instrument, answer: Answer[Status], request: ReleaseRequest
) -> Instant:
    """Return the next instant at which the answer may change, by itself or by an act known of."""
    later = (one for one in breakpoints(registry, instrument.id, request.known) if one > request.at)
    return min(changes(answer), min(later, default=FOREVER))


def _in_force(registry: Registry, text: Text, status: Status, request: ReleaseRequest) -> Finding:
    if status.phase is Phase.UNKNOWN:
        name = ", ".join(f"{text.id}: {kind}" for kind in status.missing)
        cure = Change(ChangeKind.CLAUSE, text.parties, f"read what is missing of {name}")
        return gap(status.because, name, cure)
    if not status.phase.works:
        missing = tuple(f"{text.id}: {kind}" for kind in status.missing)
        says = f"{text.id} is {status.phase.value.replace('_', ' ')}"
        # The reasons of the end before those of the beginning: who is refused reads the first of them.
        reasons = (Because(says=says, instrument=text.id), *reversed(status.because))
        finding = bars(reasons, _revival(text, status))
        return Finding(finding.outcome, finding.because, finding.cures, missing)
    for party in (request.holder, request.recipient):
        if bound_as(registry, party, status.bound) is None:
            says = f"{party} is not bound by it at that instant"
            return bars((Because(says=says, instrument=text.id), *status.because))
    return passes(*status.because)


def _revival(text: Text, status: Status) -> Change:
    match status.phase:
        case Phase.NOT_IN_FORCE:
            what = f"what {text.id} needs to enter into force is done"
        case Phase.SUSPENDED:
            what = f"operation of {text.id} is resumed"
        case Phase.SUPERSEDED:
            what = "the release is made under the instrument that superseded it"
        case _:
            what = (
                f"{', '.join(text.parties)} conclude a new agreement: {text.id} has ended, "
                "and nothing revives it"
            )
    return Change(ChangeKind.ACT, text.parties, what, status.because[-1:])


def _marked(registry: Registry, text: Text, request: ReleaseRequest) -> Equivalent:
    """Return the recipient's words for the marking, through the holder's own where it passes on."""
    originator = request.originators[0]
    level = own_level(registry, originator, request.marking)
    giver = bound_as(registry, originator, text.parties)
    receiver = bound_as(registry, request.recipient, text.parties)
    assert receiver is not None
    if same(registry, originator, request.recipient):
        says = f"{request.recipient} receives back what it originated, in its own marking"
        return Equivalent((level.word,), passes(Because(says=says, instrument=text.id)))
    if giver is not None:
        return equivalent(text, giver, frozenset({level.word, *level.also}), receiver)
    held = held_as(registry, originator, frozenset({level.word, *level.also}), request.holder)
    holder = bound_as(registry, request.holder, text.parties)
    assert holder is not None
    if not held.words:
        return held
    onward = equivalent(text, holder, frozenset(held.words), receiver)
    return Equivalent(onward.words, together((held.finding, onward.finding)))


def held_as(registry: Registry, originator: str, words: frozenset[str], holder: str) -> Equivalent:
    """Return the holder's own words for what it holds of an originator, by their agreements."""
    best: Equivalent | None = None
    for instrument in registry.instruments.values():
        text = instrument.texts[-1]
        giver = bound_as(registry, originator, text.parties)
        receiver = bound_as(registry, holder, text.parties)
        if giver is None or receiver is None or text.first(Equivalence) is None:
            continue
        found = equivalent(text, giver, words, receiver)
        if found.words:
            return found
        best = found
    if best is not None:
        return best
    shown = "/".join(sorted(words))
    says = f"nothing that was read tells as what {holder} holds {shown} of {originator}"
    name = f"the equivalent of {shown} between {originator} and {holder}"
    return Equivalent((), gap((Because(says=says),), name))


def _scope(text: Text, request: ReleaseRequest) -> Finding:
    found = text.first(Scope)
    if found is None:
        if "scope" in text.unread:
            says = "what it covers is not known: the clause was not read"
            cure = Change(ChangeKind.CLAUSE, text.parties, f"read the scope of {text.id}")
            return gap((Because(says=says, instrument=text.id),), f"{text.id}: scope", cure)
        return passes()
    address, scope = found
    outside = sorted(set(request.topics) - set(scope.topics)) if scope.topics else []
    if scope.topics and not request.topics:
        outside = ["no topic named"]
    if outside:
        says = f"covers only {', '.join(scope.topics)}, not {', '.join(outside)}"
        cure = Change(ChangeKind.NARROW, (request.holder,), "release only what it covers")
        return bars((text.because(address, says),), cure)
    if scope.forms and request.form not in scope.forms:
        says = f"covers the forms {', '.join(scope.forms)}, not {request.form}"
        cure = Change(ChangeKind.NARROW, (request.holder,), f"use a form of {text.id}")
        return bars((text.because(address, says),), cure)
    return passes(text.because(address, scope.subject or "within its subject"))


def _purpose(text: Text, request: ReleaseRequest) -> Finding:
    found = text.first(Purpose)
    if found is None or not found[1].allows or not request.purpose:
        return passes()
    address, purpose = found
    if request.purpose in purpose.allows:
        return passes(text.because(address, f"for {request.purpose}"))
    says = f"allows {', '.join(purpose.allows)}, not {request.purpose}"
    return bars((text.because(address, says),))


def _operating(text: Text, status: Status) -> Finding:
    if not status.suspended_clauses:
        return passes()
    shown = ", ".join(status.suspended_clauses)
    reason = Because(says=f"operation of art. {shown} is suspended", instrument=text.id)
    cure = Change(ChangeKind.ACT, text.parties, f"operation of art. {shown} is resumed")
    return gap((reason,), f"{text.id}: what holds while art. {shown} is suspended", cure)
