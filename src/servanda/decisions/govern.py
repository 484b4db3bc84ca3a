"""Several instruments at once: the most specific governs, supplements add, and conflicts are reported.

An instrument that does not cover a case is no bar to another that does; only a clause that forbids is. Where
one forbids what another permits, and neither goes before the other, nobody here chooses between them.
"""

from __future__ import annotations

import msgspec

from servanda.decisions import sentences as s
from servanda.decisions.changes import amend, change
from servanda.decisions.finding import Finding, any_of, bars, gap, passes, together
from servanda.decisions.ground import Ground
from servanda.decisions.index import Index
from servanda.decisions.parties import bound_as
from servanda.decisions.prohibition import forbidding_clause
from servanda.decisions.ways import both, one_of
from servanda.model.cite import Because, Said, because
from servanda.model.clauses import How, Relation, Scope
from servanda.model.decision import ChangeKind, Outcome, ReleaseRequest
from servanda.model.instrument import Instrument
from servanda.model.label import Portion
from servanda.model.status import Phase
from servanda.model.text import Text

_BEFORE = frozenset({How.PREVAILS, How.SUPPLEMENTS})


class Governed(msgspec.Struct, frozen=True):
    """The finding over all grounds together, and those of them that govern."""

    finding: Finding
    governing: tuple[Ground, ...]


class Forbids(msgspec.Struct, frozen=True):
    """An instrument that may forbid a release: why, and whether in every reading and world."""

    instrument: Instrument
    texts: tuple[Text, ...]
    reason: Because | None
    certain: bool
    timed: Finding


def governed(index: Index, found: tuple[Ground, ...], portion: Portion, request: ReleaseRequest) -> Governed:
    """Combine the grounds of a portion, and weigh them against what forbids it."""
    if not found:
        return Governed(_nothing(request), ())
    finding = any_of(tuple(one.finding for one in found))
    forbidding = _forbidding(index, portion, request)
    permitting = tuple(one for one in found if one.finding.outcome is Outcome.PERMIT)
    if not permitting:
        return Governed(_barred_besides(finding, forbidding), ())
    governing = (
        tuple(
            one
            for one in permitting
            if not any(before(other.texts, one.texts) for other in permitting if other is not one)
        )
        or permitting
    )
    reasons = [
        because(s.GOVERNS(one.instrument.id, other.instrument.id), instrument=one.instrument.id)
        for one in governing
        for other in permitting
        if before(one.texts, other.texts)
    ]
    # What was outranked gives no ground, but its end would change the answer all the same.
    findings = [
        together(tuple(one.finding for one in governing)),
        passes(*reasons, since=finding.since, until=finding.until, turns=finding.turns),
    ]
    findings += [_weighed(governing, one) for one in forbidding]
    findings += [_standing(index, other.id, request) for one in governing for other in _besides(index, one)]
    return Governed(together(tuple(findings)), governing)


def supplementing(
    index: Index, governing: tuple[Ground, ...], request: ReleaseRequest
) -> list[tuple[Ground, Text]]:
    """Return the texts that supplement a governing instrument and may be in force between the parties."""
    found: dict[tuple[str, int], tuple[Ground, Text]] = {}
    for one in governing:
        for other in _besides(index, one):
            standing = index.life(other.id).at(request.at)
            for status in standing.answer.values:
                text = other.text(status.version)
                if (
                    status.phase.works
                    and _bound(index, status.bound, request)
                    and _relates(text, How.SUPPLEMENTS, one.instrument.id)
                ):
                    found[other.id, text.version] = (one, text)
    return list(found.values())


def _besides(index: Index, one: Ground) -> tuple[Instrument, ...]:
    """Return the instruments that may supplement a governing one."""
    return index.supplements(one.instrument.id)


def _standing(index: Index, name: str, request: ReleaseRequest) -> Finding:
    """Return from when until when an instrument stands as it does; its end would change the duties."""
    standing = index.life(name).at(request.at)
    return passes(since=standing.since, until=standing.until, turns=standing.turns)


def before(mine: tuple[Text, ...], theirs: tuple[Text, ...]) -> bool:
    """Say whether an instrument goes before another, whichever of their texts may be in force."""
    return all(_more_specific(one, other) for one in mine for other in theirs)


def _more_specific(one: Text, other: Text) -> bool:
    """Say whether a text prevails over another, supplements it, or is narrower in topics; its words first."""
    if _declared(one, other):
        return True
    if _declared(other, one):
        return False
    narrow, wide = _topics(one), _topics(other)
    return bool(narrow) and (not wide or narrow < wide)


def _declared(one: Text, other: Text) -> bool:
    return any(_relates(one, how, other.id) for how in _BEFORE)


def _relates(text: Text, how: How, other: str) -> bool:
    return any(relation.how is how and other in relation.of for _, relation in text.clauses(Relation))


def _topics(text: Text) -> frozenset[str]:
    return frozenset(topic for _, scope in text.clauses(Scope) for topic in scope.topics)


def _forbidding(index: Index, portion: Portion, request: ReleaseRequest) -> list[Forbids]:
    found = []
    for instrument in index.prohibiting(request.holder, request.recipient):
        statuses = index.life(instrument.id).at(request.at).answer.values
        matching: list[Because] = []
        certain = True
        for status in statuses:
            text = instrument.text(status.version)
            reason = None
            if status.phase.works and _bound(index, status.bound, request):
                reason = forbidding_clause(index, text, portion, request)
            elif status.phase is Phase.UNKNOWN and _bound(index, text.parties, request):
                # Nobody knows whether it is in force: it may forbid, and it may not.
                reason, certain = forbidding_clause(index, text, portion, request), False
            certain = certain and reason is not None
            if reason is not None:
                matching.append(reason)
        texts = tuple({one.version: instrument.text(one.version) for one in statuses}.values())
        timed = _standing(index, instrument.id, request)
        found.append(Forbids(instrument, texts, matching[0] if matching else None, certain, timed))
    return found


def _bound(index: Index, parties: tuple[str, ...], request: ReleaseRequest) -> bool:
    return all(
        bound_as(index.registry, one, parties) is not None for one in (request.holder, request.recipient)
    )


def _weighed(governing: tuple[Ground, ...], one: Forbids) -> Finding:
    """Weigh a prohibition against a permit: the one that goes before the other prevails."""
    if one.reason is None:
        return one.timed
    names = ", ".join(ground.instrument.id for ground in governing)
    name = one.instrument.id
    settle = change(
        ChangeKind.SETTLE,
        tuple(dict.fromkeys((*one.instrument.parties, *governing[0].instrument.parties))),
        s.SETTLE_CONFLICT(names, name),
        settle=name,
    )
    if all(before(ground.texts, one.texts) for ground in governing):
        found = passes(_same_place(one.reason, s.FORBIDDEN_OUTRANKED(name, names)))
    elif not one.certain:
        reason = _same_place(one.reason, s.MAY_FORBID(name))
        found = gap((reason,), f"whether {name} forbids it", settle)
    elif all(before(one.texts, ground.texts) for ground in governing):
        found = bars((one.reason,), amend(one.instrument.parties, name, one.reason.article))
    else:
        reason = _same_place(one.reason, s.CONFLICT(names, name))
        found = gap((reason,), f"conflict between {names} and {name}", settle)
    return together((found, one.timed))


def _barred_besides(finding: Finding, forbidding: list[Forbids]) -> Finding:
    """Return a refusal to which prohibitions add what else would have to change."""
    ways, reasons = finding.ways, list(finding.because)
    for one in forbidding:
        if one.reason is not None:
            reasons.append(one.reason)
            ways = both(ways, one_of((amend(one.instrument.parties, one.instrument.id, one.reason.article),)))
    return msgspec.structs.replace(finding, ways=ways, because=tuple(dict.fromkeys(reasons)))


def _same_place(reason: Because, said: Said) -> Because:
    return msgspec.structs.replace(reason, says=said.english, code=said.code, values=said.values)


def _nothing(request: ReleaseRequest) -> Finding:
    holder, recipient = request.holder, request.recipient
    conclude = change(
        ChangeKind.ACT, (holder, recipient), s.CONCLUDE(holder, recipient), revive=f"{holder}-{recipient}"
    )
    reason = because(s.NO_GROUND(holder, recipient), rule="default: nothing is released without a ground")
    return bars((reason,), conclude)
