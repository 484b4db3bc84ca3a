"""Control of what no list names: a licence where the authority gives notice, or the exporter knows."""

from __future__ import annotations

from servanda.decisions.exports.force import World, because_act, spoken
from servanda.decisions.exports.lists import Meant
from servanda.decisions.exports.membership import Member, in_any, label
from servanda.decisions.exports.sentences import (
    CATCH_ALL_UNREAD,
    CHANGED,
    EXCLUDED,
    INFORM_SPARED,
    INFORMED,
    KNOW_ELSEWHERE,
    KNOW_SPARED,
    KNOWN,
    NO_CONCERN,
    NOT_ASSESSED,
    NOT_INFORMED,
    WIDENED,
)
from servanda.decisions.exports.weighing import Part
from servanda.model.act import ChangeCatchAll
from servanda.model.cite import because
from servanda.model.clauses import CatchAll
from servanda.model.clauses.exports import Concern
from servanda.model.destination import named
from servanda.model.export import ExportRequest

_WORDS = {Concern.WMD: "weapons of mass destruction", Concern.CONVENTIONAL: "conventional arms"}


def catch_all(world: World, request: ExportRequest, item: Meant) -> list[Part]:
    """Return what every catch-all clause of the regime says of an item that is on no list."""
    clauses = list(world.text.clauses(CatchAll))
    if not clauses:
        return [Part(missing=(because(CATCH_ALL_UNREAD(), instrument=world.text.id),))]
    found = []
    for address, clause in clauses:
        if item.excluded:
            found.append(Part.clear(world.text.because(address, EXCLUDED(item.excluded))))
        else:
            found += [_inform(world, request, address, clause), _know(world, request, address, clause)]
    return found


def _inform(world: World, request: ExportRequest, address: str, clause: CatchAll) -> Part:
    code, to = request.destination, named(request.destination)
    if not request.informed:
        return Part.clear(world.text.because(address, NOT_INFORMED()))
    widening = [act for act in _changes(world, address) if act.inform_reaches]
    reached = {group for act in widening for group in act.inform_reaches}
    spares = tuple(group for group in clause.inform_spares if group not in reached)
    spared = in_any(world, spares, code)
    if spared.member is Member.YES:
        says = INFORM_SPARED(to, " or ".join(label(world, one) for one in spares))
        return Part.clear(world.text.because(address, says), *spared.because)
    if spared.member is Member.UNKNOWN:
        return Part(missing=spared.because)
    # Only where the destination would have been spared before is the change a reason.
    before = in_any(world, tuple(reached), code).member is not Member.NO
    changed = (
        because_act(world.text, act, CHANGED(_since(world, act)), _since(world, act)) for act in widening
    )
    return Part.needs(world.text.because(address, INFORMED(to)), *(changed if before else ()))


def _know(world: World, request: ExportRequest, address: str, clause: CatchAll) -> Part:
    words, code, to = _WORDS[clause.concern], request.destination, named(request.destination)
    spared = in_any(world, clause.know_spares, code)
    if spared.member is Member.YES:
        says = KNOW_SPARED(to, " or ".join(label(world, one) for one in clause.know_spares))
        return Part.clear(world.text.because(address, says), *spared.because)
    if request.concern is not None and request.concern is not clause.concern:
        return Part.clear(world.text.because(address, NO_CONCERN(words)))
    missing = spared.because if spared.member is Member.UNKNOWN else ()
    if clause.know_only:
        counts = in_any(world, clause.know_only, code)
        if counts.member is Member.NO:
            widened = tuple(
                because_act(world.text, act, WIDENED(act.widens), _since(world, act))
                for act in _changes(world, address)
                if act.widens
            )
            if widened:
                return Part(missing=(*missing, *widened))
            return Part.clear(world.text.because(address, KNOW_ELSEWHERE(to, ", ".join(clause.know_only))))
        missing += counts.because if counts.member is Member.UNKNOWN else ()
    if request.concern is None:
        missing += (world.text.because(address, NOT_ASSESSED(words)),)
    return Part(missing=missing) if missing else Part.needs(world.text.because(address, KNOWN(words)))


def _since(world: World, act: ChangeCatchAll) -> str:
    return spoken(act.effect or act.done, world.where)


def _changes(world: World, address: str) -> list[ChangeCatchAll]:
    return [act for act in world.acts if isinstance(act, ChangeCatchAll) and address in act.clauses]
