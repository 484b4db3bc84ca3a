"""A notice from its receipt to its effect: given, suspended, resumed, withdrawn, or without effect.

Each notice is a small machine over the acts that speak of it, in the order in which they were done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from msgspec import structs

from servanda.model.act import (
    Act,
    GiveNotice,
    ResumeNotice,
    SuspendNotice,
    SuspensionMode,
    WithdrawNotice,
)
from servanda.model.cite import Because, Said, Template, because
from servanda.model.clauses import Counts
from servanda.model.status import NoticeState, NoticeStatus
from servanda.model.when import Instant, Unknown
from servanda.status.count import days_between
from servanda.status.ending import Ways
from servanda.status.entry import because_act, day_of
from servanda.status.sentences import (
    CLOCK_STOPPED,
    MAY_BE_REVOKED,
    NOT_SUSPENDED,
    NOTHING_REVIVES,
    NOTICE_BY_STRANGER,
    NOTICE_OF_ANOTHER,
    NOTICE_RECEIVED,
    NOTICE_RESUMED,
    NOTICE_RESUMED_EFFECT,
    NOTICE_REVOKED,
    NOTICE_SUSPENDED,
    NOTICE_TOO_LATE,
    NOTICE_WITHDRAWN,
    SOMETIME,
    SUSPENDED_ALREADY,
    TAKES_EFFECT,
    WAS_TO_TAKE_EFFECT,
)
from servanda.status.worlds import Happening, World


class Fate(Enum):
    """What has become of a notice."""

    LIVE = "live"
    WITHDRAWN = "withdrawn"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Remark:
    """What an act did in law, or why it did nothing."""

    act: str
    effective: bool
    said: Said


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as it stands at an instant.

    `original` is when it would have taken effect had nobody touched it; `effect` when it does: None
    while suspended, or where the clause that would tell was not read.
    """

    act: GiveNotice
    original: Instant | None
    effect: Instant | None
    fate: Fate
    state: NoticeState
    resting: int
    because: tuple[Because, ...]
    remarks: tuple[Remark, ...]

    @property
    def status(self) -> NoticeStatus:
        """The notice as an answer shows it."""
        return NoticeStatus(self.act.id, self.act.by, self.state, self.effect)


def tell(world: World, ways: Ways) -> tuple[Told, ...]:
    """Return every notice in the world, each as it stands after the acts that speak of it."""
    found = []
    for happening in world.happenings:
        act = happening.act
        if isinstance(act, GiveNotice):
            told = _given(act, happening.at, world, ways)
            for later in world.happenings:
                told = _after(told, later, world)
            found.append(told)
    return tuple(found)


def _given(act: GiveNotice, at: Instant, world: World, ways: Ways) -> Told:
    text = world.text
    if not set(act.by) & set(text.parties):
        said = NOTICE_BY_STRANGER(", ".join(act.by))
        return Told(
            act,
            None,
            None,
            Fate.VOID,
            NoticeState.PENDING,
            0,
            (),
            (Remark(act.id, effective=False, said=said),),
        )
    received = at
    if ways.counts is Counts.DISPATCH and act.dated is not None:
        received = day_of(act.dated, world.where).start(world.where)
    effect = ways.effect(received)
    when, shown = _when(act, world)
    said = NOTICE_RECEIVED(", ".join(act.by), shown)
    reasons = [because_act(text.id, act, said, when)]
    remark = Remark(act.id, effective=True, said=said)
    if effect is None:
        return Told(act, None, None, Fate.LIVE, NoticeState.PENDING, 0, tuple(reasons), (remark,))
    takes = effect.within(world.where)
    reasons.append(ways.because(TAKES_EFFECT(takes), takes))
    if ways.too_late(received):
        said = NOTICE_TOO_LATE(takes)
        remark = Remark(act.id, effective=True, said=said)
        reasons.append(because_act(text.id, act, said, takes))
    return Told(act, effect, effect, Fate.LIVE, NoticeState.PENDING, 0, tuple(reasons), (remark,))


def _when(act: Act, world: World) -> tuple[str, str]:
    """Return when an act was done, empty where nobody knows, and how a sentence says so."""
    if isinstance(act.done, Unknown):
        return "", SOMETIME
    when = act.done.within(world.where) if isinstance(act.done, Instant) else str(act.done)
    return when, when


def _after(told: Told, happening: Happening, world: World) -> Told:
    act = happening.act
    if told.fate is not Fate.LIVE or told.act.id not in _speaks_of(act, world):
        return told
    at = happening.at
    if not set(act.by) & set(told.act.by):
        return _without_effect(told, act, NOTICE_OF_ANOTHER())
    over = told.state is NoticeState.PENDING and told.effect is not None and at >= told.effect
    if over:
        assert told.effect is not None
        return _without_effect(told, act, NOTHING_REVIVES(told.effect.within(world.where)))
    match act:
        case WithdrawNotice():
            return _withdrawn(told, act, world, NOTICE_WITHDRAWN)
        case SuspendNotice(mode=SuspensionMode.REVOKED):
            return _withdrawn(told, act, world, NOTICE_REVOKED)
        case SuspendNotice():
            return _suspended(told, act, at, world)
        case ResumeNotice():
            return _resumed(told, act, at, world)
    return told


def _speaks_of(act: Act, world: World) -> tuple[str, ...]:
    """Return the ids of the notices that an act speaks of, through a suspension if need be."""
    match act:
        case SuspendNotice(of=of):
            return (of,)
        case WithdrawNotice(of=of, also=also):
            return (of, *also)
        case ResumeNotice(of=of):
            through = (one.act for one in world.happenings if one.act.id == of)
            return (of, *(one.of for one in through if isinstance(one, SuspendNotice)))
    return ()


def _without_effect(told: Told, act: Act, why: Said) -> Told:
    return replace(told, remarks=(*told.remarks, Remark(act.id, effective=False, said=why)))


def _withdrawn(told: Told, act: Act, world: World, template: Template) -> Told:
    when, shown = _when(act, world)
    said = template(shown)
    return replace(
        told,
        fate=Fate.WITHDRAWN,
        effect=None,
        because=(
            *_overtaken(told.because),
            because_act(world.text.id, act, said, when),
            because(MAY_BE_REVOKED(), instrument=world.text.id, rule="vclt:68"),
        ),
        remarks=(*told.remarks, Remark(act.id, effective=True, said=said)),
    )


def _overtaken(reasons: tuple[Because, ...]) -> tuple[Because, ...]:
    """Return the reasons of a notice that no longer takes effect when it was to."""
    said = WAS_TO_TAKE_EFFECT
    return tuple(
        structs.replace(one, says=said(*one.values).english, code=said.code)
        if one.code == TAKES_EFFECT.code
        else one
        for one in reasons
    )


def _suspended(told: Told, act: SuspendNotice, at: Instant, world: World) -> Told:
    if told.state is not NoticeState.PENDING:
        return _without_effect(told, act, SUSPENDED_ALREADY())
    tolled = act.mode is SuspensionMode.TOLLED
    resting = 0
    when, shown = _when(act, world)
    if tolled and told.effect is not None:
        resting = days_between(at.day(world.where), told.effect.day(world.where))
        said = CLOCK_STOPPED(shown, str(resting))
    else:
        said = NOTICE_SUSPENDED(shown)
    return replace(
        told,
        state=NoticeState.TOLLED if tolled else NoticeState.SUSPENDED,
        effect=None,
        resting=resting,
        because=(*_overtaken(told.because), because_act(world.text.id, act, said, when)),
        remarks=(*told.remarks, Remark(act.id, effective=True, said=said)),
    )


def _resumed(told: Told, act: ResumeNotice, at: Instant, world: World) -> Told:
    if told.state is NoticeState.PENDING:
        return _without_effect(told, act, NOT_SUSPENDED())
    effect = told.original
    if told.state is NoticeState.TOLLED and told.original is not None:
        effect = at.day(world.where).plus(told.resting).start(world.where)
    elif told.original is not None:
        effect = max(told.original, at)
    when, shown = _when(act, world)
    said = NOTICE_RESUMED(shown)
    if effect is not None:
        said = NOTICE_RESUMED_EFFECT(shown, effect.within(world.where))
    return replace(
        told,
        state=NoticeState.PENDING,
        effect=effect,
        because=(*told.because, because_act(world.text.id, act, said, when)),
        remarks=(*told.remarks, Remark(act.id, effective=True, said=said)),
    )
