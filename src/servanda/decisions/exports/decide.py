"""May these goods go there? One question over every reading and possible world of a regime."""

from __future__ import annotations

from dataclasses import dataclass, replace

from servanda.decisions.exports import force
from servanda.decisions.exports.catchall import catch_all
from servanda.decisions.exports.chart import by_chart
from servanda.decisions.exports.force import Reading, World, because_act
from servanda.decisions.exports.lists import Meant, meant, requirement
from servanda.decisions.exports.membership import Member, groups_of
from servanda.decisions.exports.sentences import (
    AHEAD,
    BEFORE_KNOWN,
    DISPUTED,
    EVERYWHERE,
    HOUR_OPEN,
    LIST_UNREAD,
    NO_DESTINATION,
    TURNS,
    TURNS_KNOWN,
    TURNS_RULE,
)
from servanda.decisions.exports.types import papers, review, together, types
from servanda.decisions.exports.value import exempt
from servanda.decisions.exports.weighing import Part, weigh
from servanda.errors import QuestionError
from servanda.model.act import REGIME_ACTS, Act
from servanda.model.cite import Because, because
from servanda.model.clauses import CatchAll, CountryGroup, Papers, Requirement
from servanda.model.destination import destinations
from servanda.model.export import Ahead, ExportAnswer, ExportOutcome, ExportRequest, Finding
from servanda.model.instrument import Instrument
from servanda.model.text import InstrumentKind
from servanda.model.when import BEGINNING, FOREVER, Instant


def decide_export(instrument: Instrument, request: ExportRequest) -> ExportAnswer:
    """Answer an export under a regime, with since when and until when the answer is the same.

    Raises:
        QuestionError: the instrument is no export-control regime, or the destination is its own territory.
    """
    asked = _asked(instrument, request)
    acts = force.known_acts(instrument, request.known)
    found, item = finding(instrument, acts, asked)
    since, until = _stretch(instrument, acts, asked, found)
    return ExportAnswer(
        asked,
        found,
        item,
        since,
        until,
        turns(instrument, acts, until),
        _ahead(instrument, acts, asked.at),
        _checked(instrument),
    )


def _asked(instrument: Instrument, request: ExportRequest) -> ExportRequest:
    if instrument.texts[-1].kind is not InstrumentKind.EXPORT_CONTROL:
        raise QuestionError(
            f"`{instrument.id}` is no export-control regime", hint="name one of kind export-control"
        )
    code = request.destination.strip().upper()
    if code in instrument.parties:
        raise QuestionError(f"`{code}` is the regime's own territory, so nothing is exported to it")
    return replace(request, destination=code, currency=request.currency.strip().upper())


def finding(instrument: Instrument, acts: tuple[Act, ...], request: ExportRequest) -> tuple[Finding, str]:
    """Return what the regime says at one instant, and the item in the words of its list."""
    judged = [
        (reading, [judge(world, request) for world in reading.worlds])
        for reading in force.readings(instrument, acts, request.at)
    ]
    every = [one for _, found in judged for one in found]
    first = every[0]
    if len(every) == 1:
        return first.finding, first.item
    return _across(instrument, judged), first.item


@dataclass(frozen=True, slots=True)
class Judged:
    """What one world says."""

    finding: Finding
    item: str


def judge(world: World, request: ExportRequest) -> Judged:
    """Return what a regime says of a request in one world."""
    text, code = world.text, request.destination
    if code not in destinations():
        reason = because(NO_DESTINATION(request.destination), instrument=text.id)
        return Judged(Finding(ExportOutcome.CANNOT_TELL, missing=(reason,)), "")
    found = requirement(world, request.covers)
    if found is None:
        reason = because(LIST_UNREAD(request.covers.value), instrument=text.id)
        return Judged(Finding(ExportOutcome.CANNOT_TELL, missing=(reason,)), "")
    address, rule = found
    if not world.begun(rule.known_from):
        reason = text.because(address, BEFORE_KNOWN(str(rule.known_from)))
        return Judged(Finding(ExportOutcome.CANNOT_TELL, missing=(reason,)), "")
    excluded = tuple(dict.fromkeys(one for _, clause in text.clauses(CatchAll) for one in clause.excludes))
    item = meant(world, request.item, request.covers, excluded)
    part = _weighed(world, request, address, rule, item)
    kinds = types(world, request, item)
    needs_papers = part.outcome is not ExportOutcome.NOT_REQUIRED
    return Judged(
        Finding(
            part.outcome,
            part.because,
            part.missing,
            groups_of(world, code),
            kinds,
            papers(world) if needs_papers else (),
            review(world, code) if needs_papers else None,
            rule.elsewhere,
        ),
        item.item.words if item.item is not None else "",
    )


def _weighed(world: World, request: ExportRequest, address: str, rule: Requirement, item: Meant) -> Part:
    """Return what the rules say of the item: the list or its chart, the exemption, or catch-all control."""
    named = Part.clear(*item.because)
    if item.missing:
        return Part(item.because, item.missing)
    if rule.chart:
        found = weigh([named, *by_chart(world, request, rule.chart, item.item)])
        return replace(found, because=tuple(dict.fromkeys((*item.because, *found.because))))
    if item.item is None:
        found = weigh([named, *catch_all(world, request, item)])
        return replace(found, because=tuple(dict.fromkeys((*item.because, *found.because))))
    small, reasons = exempt(world, request, item.item)
    listed = (*item.because, world.text.because(address, EVERYWHERE()))
    if small is Member.YES:
        return Part((*listed, *reasons))
    if small is Member.UNKNOWN:
        return Part(listed, reasons)
    return Part((*listed, *reasons), required=True)


def _across(instrument: Instrument, judged: list[tuple[Reading, list[Judged]]]) -> Finding:
    """Compare the answers of readings and worlds: all the same, that one; else nobody can tell."""
    every = [one.finding for _, found in judged for one in found]
    outcomes = {one.outcome for one in every}
    kinds = together([one.types for one in every])
    reasons = tuple(dict.fromkeys(reason for one in every for reason in one.because))
    missing = dict.fromkeys(reason for one in every for reason in one.missing)
    same = len({_essence(one) for one in every}) == 1
    if not same:
        text = instrument.texts[-1]
        for act in dict.fromkeys(act for reading, _ in judged for act in reading.open):
            missing[because_act(text, act, HOUR_OPEN(act.id))] = None
        if any(_outcomes(found) != _outcomes(judged[0][1]) for _, found in judged):
            missing[because(DISPUTED(instrument.id), instrument=text.id)] = None
    groups = tuple(dict.fromkeys(name for one in every for name in one.groups))
    if len({one.groups for one in every}) > 1:
        groups = (f"not known: {' or '.join(groups)}",)
    settled = outcomes.pop() if len(outcomes) == 1 else ExportOutcome.CANNOT_TELL
    return replace(
        every[0], outcome=settled, because=reasons, missing=tuple(missing), groups=groups, types=kinds
    )


def _outcomes(found: list[Judged]) -> set[ExportOutcome]:
    return {one.finding.outcome for one in found}


def _essence(found: Finding) -> tuple[object, ...]:
    """Return what makes an answer another one, without the sentences."""
    return (
        found.outcome,
        found.groups,
        tuple((one.name, one.standing, one.validity) for one in found.types),
        tuple((one.says, one.certain) for one in found.papers),
        found.review and (found.review.days, found.review.documents, found.review.bulk),
        tuple((one.code, one.article, one.act) for one in found.missing),
    )


def _stretch(
    instrument: Instrument, acts: tuple[Act, ...], request: ExportRequest, found: Finding
) -> tuple[Instant, Instant]:
    """Return the half-open stretch around the instant in which the answer is the same."""
    starts = (BEGINNING, *force.edges(instrument, acts))
    essence = _essence(found)

    def same(at: Instant) -> bool:
        return _essence(finding(instrument, acts, replace(request, at=at))[0]) == essence

    here = max(number for number, start in enumerate(starts) if start <= request.at)
    first = here
    while first > 0 and same(starts[first - 1]):
        first -= 1
    until = next((start for start in starts[here + 1 :] if not same(start)), FOREVER)
    return starts[first], until


def turns(instrument: Instrument, acts: tuple[Act, ...], until: Instant) -> tuple[Because, ...]:
    """Return what begins at an instant: acts that come into force, and rules that begin to apply."""
    if until == FOREVER:
        return ()
    text, where = instrument.texts[-1], force.zone_of(instrument)
    found = tuple(
        because_act(text, act, TURNS(act.id), until.within(where))
        for act in acts
        if isinstance(act, REGIME_ACTS) and until in force.effect(act, where)
    )
    found += tuple(
        text.because(address, TURNS_RULE(), until.within(where))
        for address, clause in text.clauses(Papers)
        if clause.since is not None and clause.since.span(where)[0] == until
    )
    return found or (because(TURNS_KNOWN(), instrument=text.id, when=until.within(where)),)


def _ahead(instrument: Instrument, acts: tuple[Act, ...], at: Instant) -> tuple[Ahead, ...]:
    """Return the changes done by the instant and not yet in force: promulgated, not effective."""
    text, where = instrument.texts[-1], force.zone_of(instrument)
    found = []
    for act in acts:
        if not isinstance(act, REGIME_ACTS) or not force.done_by(act, where, at):
            continue
        first = force.effect(act, where)[0]
        if act.effect is not None and first > at:
            says = AHEAD(force.spoken(first, where))
            found.append(Ahead(act.id, first, because_act(text, act, says, first.within(where))))
    return tuple(sorted(found, key=lambda one: (one.effect, one.act)))


def _checked(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """Return the lists and tables that somebody compared with their source, and the last day on which."""
    return tuple(
        (address, str(clause.checked))
        for address, clause in instrument.texts[-1].clause.items()
        if isinstance(clause, Requirement | CountryGroup) and clause.checked is not None
    )
