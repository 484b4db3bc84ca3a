"""Sections 1 and 2: what makes a question an error, and what regrading makes of a label."""

from __future__ import annotations

from itertools import chain, combinations

from decisions.reference.facts import Done, Facts
from decisions.reference.rules import Rule
from servanda.errors import QuestionError, ServandaError, UnknownNameError
from servanda.model.act import Regrade
from servanda.model.decision import ReleaseRequest
from servanda.model.instrument import Instrument, Registry
from servanda.model.label import Portion

Found = tuple[Regrade, Instrument]
Label = list[Portion]


def faults(registry: Registry, request: ReleaseRequest) -> list[ServandaError]:
    """Section 1: return everything for which the question is an error, not an answer."""
    found: list[ServandaError] = []
    parties = registry.parties
    codes = [request.holder, request.recipient]
    codes += [code for portion in request.portions for code in portion.originators]
    found += [UnknownNameError(f"no party `{code}`") for code in codes if code not in parties]
    if found:
        return found
    holder, recipient = parties[request.holder], parties[request.recipient]
    if holder == recipient or holder.part_of == recipient.code or recipient.part_of == holder.code:
        found.append(QuestionError("holder and recipient are one party"))
    for portion in request.portions:
        if not portion.originators:
            found.append(QuestionError("a portion has no originator"))
            continue
        first = parties[portion.originators[0]]
        whole = parties.get(first.part_of) if first.part_of else None
        if first.level(portion.marking) is None and (whole is None or whole.level(portion.marking) is None):
            found.append(UnknownNameError(f"`{portion.marking}` is no marking of `{first.code}`"))
    sources = [portion.object_id for portion in request.lineage]
    if request.object_id and request.object_id in sources:
        found.append(QuestionError(f"`{request.object_id}` is its own source"))
    return found


def labels(facts: Facts) -> list[Label]:
    """Section 2: return every label that the object can have; several where a regrade's hour is open."""
    open_ones: dict[str, Found] = {}
    for portion in facts.request.portions:
        for act, instrument in regrades(facts, portion):
            if facts.done(act, instrument) is Done.OPEN:
                open_ones[act.id] = (act, instrument)
    names = sorted(open_ones)
    chosen = list(chain.from_iterable(combinations(names, size) for size in range(len(names) + 1)))
    if open_ones and not facts.holds(Rule.REGRADED_OPEN):
        chosen = [()]
    return [label(facts, set(one)) for one in chosen]


def label(facts: Facts, counted: set[str]) -> Label:
    """Section 2: return the portions left, with every regrade that is done, and those counted too."""
    portions = []
    for portion in facts.request.portions:
        changed, freed = portion, False
        for act, instrument in regrades(facts, portion):
            if act.id in counted or facts.done(act, instrument) is Done.YES:
                changed, freed = regraded(changed, act), act.frees
        if not freed or not facts.holds(Rule.FREED):
            portions.append(changed)
    return portions


def regraded(portion: Portion, act: Regrade) -> Portion:
    """Section 2: return a portion as a regrade leaves it; fields that it leaves out stay as they were."""
    return Portion(
        portion.originators,
        portion.marking if act.marking is None else act.marking,
        portion.topics if act.topics is None else act.topics,
        portion.caveats if act.caveats is None else act.caveats,
        portion.given_for,
        portion.object_id,
    )


def regrades(facts: Facts, portion: Portion) -> list[Found]:
    """Section 2: return the regrades that change a portion, by `done`, then id."""
    found = []
    for act, instrument in facts.acts(Regrade):
        if not names(facts, act, portion) or not facts.holds(Rule.REGRADED):
            continue
        by_all = all(facts.among(originator, act.by) for originator in portion.originators)
        if not by_all and facts.holds(Rule.REGRADED_BY_ALL):
            continue
        if facts.done(act, instrument) is not Done.NO:
            found.append((act, instrument))
    found.sort(key=lambda one: (facts.began(*one), one[0].id))
    if len(found) > 1 and not facts.holds(Rule.REGRADED_IN_ORDER):
        found.reverse()
    return found


def names(facts: Facts, act: Regrade, portion: Portion) -> bool:
    """Section 2: say whether a regrade is about a portion."""
    if not portion.object_id:
        return False
    if act.extract_of:
        meant = act.extract_of == portion.object_id and facts.request.object_id in act.objects
        return meant and bool(facts.request.object_id) and facts.holds(Rule.REGRADED_EXTRACT)
    return portion.object_id in act.objects
