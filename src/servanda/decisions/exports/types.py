"""Types of licence: which can be used for the case, which cannot, and why; and the papers with them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from servanda.decisions.exports.force import World, because_act, spoken
from servanda.decisions.exports.lists import Meant
from servanda.decisions.exports.membership import Member, in_any, label, membership
from servanda.decisions.exports.sentences import (
    PAPER,
    PAPER_UNREAD,
    REVIEWED,
    TYPE_ANY,
    TYPE_BEFORE,
    TYPE_BULK,
    TYPE_CONDITION,
    TYPE_GROUP,
    TYPE_ITEM,
    TYPE_LIMITED,
    TYPE_MATRIX,
    TYPE_OPEN,
    TYPE_STATED,
    TYPE_UNCLASSIFIED,
    TYPE_UNLISTED,
)
from servanda.model.act import EaseLimit, LiftLimit, LimitLicences
from servanda.model.cite import Because
from servanda.model.clauses import LicenceType, Papers, Review
from servanda.model.clauses.exports import Covers, Need
from servanda.model.destination import named
from servanda.model.export import ExportRequest, Openness, Paper, ReviewTime, TypeAnswer


@dataclass(frozen=True, slots=True)
class _Found:
    standing: Openness
    because: tuple[Because, ...]


def types(world: World, request: ExportRequest, item: Meant) -> tuple[TypeAnswer, ...]:
    """Return every type of licence of the regime, in the order of its text, with whether it can be used."""
    answers = []
    for address, clause in world.text.clauses(LicenceType):
        if clause.by_item:
            words = item.item.exceptions.get(clause.name) if item.item is not None else None
            if words is None:
                continue
            found = _by_item(world, request, address, clause, words)
        else:
            found = _limited(world, request, address, clause, item) or _plainly(
                world, request, address, clause
            )
        if item.unlisted and clause.bulk and found.standing is Openness.OPEN:
            # The source speaks of listed items; of what only a concern or a notice controls nobody said so.
            found = _Found(Openness.UNKNOWN, (world.text.because(address, TYPE_UNLISTED()),))
        if found.standing is Openness.OPEN and (doubt := _may_be_limited(world, request, clause, item)):
            found = _Found(Openness.UNKNOWN, doubt)
        validity = clause.validity
        provided = ""
        for act in _eased(world, request, clause, item):
            validity, provided = act.validity or validity, act.provided
        lacks = _lacking(clause, request)
        answers.append(
            TypeAnswer(
                clause.name,
                clause.title,
                found.standing,
                found.because,
                clause.needs,
                lacks,
                validity,
                provided,
            )
        )
    return tuple(answers)


def _lacking(clause: LicenceType, request: ExportRequest) -> tuple[Need, ...]:
    if request.holds is None:
        return ()
    return tuple(need for need in clause.needs if need.is_held and need not in request.holds)


def _limits(world: World, request: ExportRequest, item: Meant) -> list[LimitLicences]:
    """Return the limits on the item and destination that nobody has lifted."""
    lifted = {act.of for act in world.acts if isinstance(act, LiftLimit)}
    return [act for act in _ever_limited(world, request, item) if act.id not in lifted]


def _ever_limited(world: World, request: ExportRequest, item: Meant) -> list[LimitLicences]:
    technology = request.covers is Covers.TECHNOLOGY
    return [
        act
        for act in world.acts
        if isinstance(act, LimitLicences)
        and item.item is not None
        and item.item.number in act.items
        and request.destination in act.destinations
        and (act.technology or not technology)
    ]


def _may_be_limited(
    world: World, request: ExportRequest, clause: LicenceType, item: Meant
) -> tuple[Because, ...]:
    """Return limits that would close the type, were the item one of theirs: it is not classified so far."""
    lifted = {act.of for act in world.acts if isinstance(act, LiftLimit)}
    coarse = item.asked + "("
    return tuple(
        because_act(world.text, act, TYPE_UNCLASSIFIED(act.id))
        for act in world.acts
        if isinstance(act, LimitLicences)
        and act.id not in lifted
        and clause.name in act.excludes
        and request.destination in act.destinations
        and (item.missing or (item.asked and any(one.casefold().startswith(coarse) for one in act.items)))
    )


def _eased(world: World, request: ExportRequest, clause: LicenceType, item: Meant) -> list[EaseLimit]:
    if item.item is None:
        return []
    about = {act.id for act in _ever_limited(world, request, item)}
    number = item.item.number
    # The source speaks of resist itself; whether its technology was eased too nobody said.
    goods = request.covers is Covers.GOODS
    return [
        act
        for act in world.acts
        if isinstance(act, EaseLimit)
        and act.of in about
        and number in act.items
        and clause.name in act.opens
        and goods
    ]


def _limited(
    world: World, request: ExportRequest, address: str, clause: LicenceType, item: Meant
) -> _Found | None:
    """Return what acts say of a type for the item and destination; None where they say nothing of it."""
    eased = _eased(world, request, clause, item)
    if eased:
        act = eased[-1]
        reason = because_act(
            world.text, act, TYPE_CONDITION(act.provided), spoken(act.effect or act.done, world.where)
        )
        return _Found(Openness.OPEN, (reason, world.text.because(address, clause.gist)))
    limits = [act for act in _limits(world, request, item) if clause.name in act.excludes]
    if limits:
        says = TYPE_LIMITED(named(request.destination))
        return _Found(
            Openness.CLOSED,
            tuple(
                because_act(world.text, act, says, spoken(act.effect or act.done, world.where))
                for act in limits
            ),
        )
    about = {act.id for act in _ever_limited(world, request, item)}
    stated = [
        act
        for act in world.acts
        if isinstance(act, LiftLimit) and act.of in about and clause.name in act.opens
    ]
    if stated:
        act_ = stated[-1]
        reason = because_act(world.text, act_, TYPE_STATED(), spoken(act_.effect or act_.done, world.where))
        return _Found(Openness.OPEN, (reason,))
    return None


def _plainly(world: World, request: ExportRequest, address: str, clause: LicenceType) -> _Found:
    code, to = request.destination, named(request.destination)
    if not world.begun(clause.known_from):
        reason = world.text.because(address, TYPE_BEFORE(str(clause.known_from)))
        return _Found(Openness.UNKNOWN, (reason,))
    if clause.destinations:
        found = in_any(world, clause.destinations, code)
        groups = " or ".join(label(world, one) for one in clause.destinations)
        if found.member is Member.NO:
            says = TYPE_GROUP(to, groups)
            return _Found(Openness.CLOSED, (world.text.because(address, says), *_moved(world, clause, code)))
        if found.member is Member.UNKNOWN:
            return _Found(Openness.UNKNOWN, found.because)
        if not clause.matrix:
            return _Found(Openness.OPEN, (world.text.because(address, TYPE_OPEN(groups)), *found.because))
    if clause.matrix:
        reason = world.text.because(address, TYPE_MATRIX(clause.matrix))
        return _Found(Openness.UNKNOWN, (reason, *_on_bulk(world, code, clause)))
    return _Found(Openness.OPEN, (world.text.because(address, TYPE_ANY()),))


def _moved(world: World, clause: LicenceType, code: str) -> tuple[Because, ...]:
    """Cite the acts that took a destination out of the groups that a type is for."""
    found = [membership(world, address, code) for address in clause.destinations]
    return tuple(reason for one in found for reason in one.because if reason.act)


def _on_bulk(world: World, code: str, clause: LicenceType) -> tuple[Because, ...]:
    if not clause.bulk:
        return ()
    return tuple(
        world.text.because(address, TYPE_BULK(label(world, rule.group), rule.bulk))
        for address, rule in world.text.clauses(Review)
        if rule.bulk and membership(world, rule.group, code).member is Member.YES
    )


def _by_item(world: World, request: ExportRequest, address: str, clause: LicenceType, words: str) -> _Found:
    """Return what an item says of an exception: N/A closes it, all else has conditions not read."""
    reason = world.text.because(address, TYPE_ITEM(words))
    if words.strip().rstrip(".").casefold() == "n/a":
        return _Found(Openness.CLOSED, (reason,))
    if clause.destinations and in_any(world, clause.destinations, request.destination).member is Member.NO:
        groups = " or ".join(label(world, one) for one in clause.destinations)
        says = TYPE_GROUP(named(request.destination), groups)
        return _Found(Openness.CLOSED, (world.text.because(address, says), reason))
    return _Found(Openness.UNKNOWN, (reason,))


def papers(world: World) -> tuple[Paper, ...]:
    """Return what an application needs and what is owed after it, as far as the texts were read."""
    found = []
    for address, clause in world.text.clauses(Papers):
        if not world.begun(clause.since):
            continue
        for what in clause.what:
            says = PAPER_UNREAD(what, clause.depends_on) if clause.depends_on else PAPER(what)
            reason = world.text.because(address, says)
            found.append(Paper(what, not clause.depends_on, clause.after, reason))
    return tuple(found)


def review(world: World, code: str) -> ReviewTime | None:
    """Return how long the authority looks, where the destination's group is known and a rule speaks of it."""
    for address, rule in world.text.clauses(Review):
        if membership(world, rule.group, code).member is Member.YES:
            says = REVIEWED(str(rule.days), str(rule.documents), label(world, rule.group))
            return ReviewTime(rule.days, rule.documents, rule.bulk, world.text.because(address, says))
    return None


def together(found: list[tuple[TypeAnswer, ...]]) -> tuple[TypeAnswer, ...]:
    """Return one answer for each type over several worlds: where they differ nobody can tell."""
    combined = []
    for one in found[0]:
        same = [other for types_ in found for other in types_ if other.name == one.name]
        standings = {other.standing for other in same}
        reasons = tuple(dict.fromkeys(reason for other in same for reason in other.because))
        standing = standings.pop() if len(standings) == 1 else Openness.UNKNOWN
        combined.append(replace(one, standing=standing, because=reasons))
    return tuple(combined)
