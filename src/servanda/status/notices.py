"""A notice from its receipt to its effect: given, suspended, resumed, withdrawn, or without effect.

Each notice is a small machine over the acts that speak of it, in the order in which they were done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from servanda.model.act import (
    Act,
    GiveNotice,
    ResumeNotice,
    SuspendNotice,
    SuspensionMode,
    WithdrawNotice,
)
from servanda.model.cite import Because
from servanda.model.clauses import Counts
from servanda.model.status import NoticeState, NoticeStatus
from servanda.model.when import Instant
from servanda.status.count import days_between
from servanda.status.ending import Ways
from servanda.status.entry import because_act, day_of
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
    says: str


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
        says = f"{', '.join(act.by)} is not a party: the notice has no effect"
        return Told(
            act,
            None,
            None,
            Fate.VOID,
            NoticeState.PENDING,
            0,
            (),
            (Remark(act.id, effective=False, says=says),),
        )
    received = at
    if ways.counts is Counts.DISPATCH and act.dated is not None:
        received = day_of(act.dated, world.where).start(world.where)
    effect = ways.effect(received)
    says = f"notice by {', '.join(act.by)} received {_when(act, world)}"
    because: list[Because] = [because_act(text.id, act, says)]
    remark = Remark(act.id, effective=True, says=says)
    if effect is None:
        return Told(act, None, None, Fate.LIVE, NoticeState.PENDING, 0, tuple(because), (remark,))
    because.append(ways.because(f"takes effect {effect.within(world.where)}"))
    if ways.too_late(received):
        says = (
            "received too late for the period then running, "
            f"so it works for the next: {effect.within(world.where)}"
        )
        remark = Remark(act.id, effective=True, says=says)
        because.append(because_act(text.id, act, says))
    return Told(act, effect, effect, Fate.LIVE, NoticeState.PENDING, 0, tuple(because), (remark,))


def _when(act: Act, world: World) -> str:
    return act.done.within(world.where) if isinstance(act.done, Instant) else str(act.done)


def _after(told: Told, happening: Happening, world: World) -> Told:
    act = happening.act
    if told.fate is not Fate.LIVE or told.act.id not in _speaks_of(act, world):
        return told
    at = happening.at
    if not set(act.by) & set(told.act.by):
        return _without_effect(told, act, "not done by the party whose notice it is")
    over = told.state is NoticeState.PENDING and told.effect is not None and at >= told.effect
    if over:
        assert told.effect is not None
        late = f"done after the notice had taken effect at {told.effect.within(world.where)}"
        return _without_effect(told, act, f"{late}: nothing revives (VCLT 68)")
    match act:
        case WithdrawNotice():
            return _withdrawn(told, act, world, f"notice withdrawn {_when(act, world)}")
        case SuspendNotice(mode=SuspensionMode.REVOKED):
            return _withdrawn(told, act, world, f"notice revoked {_when(act, world)}")
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


def _without_effect(told: Told, act: Act, why: str) -> Told:
    return replace(told, remarks=(*told.remarks, Remark(act.id, effective=False, says=why)))


def _withdrawn(told: Told, act: Act, world: World, says: str) -> Told:
    return replace(
        told,
        fate=Fate.WITHDRAWN,
        effect=None,
        because=(
            *told.because,
            because_act(world.text.id, act, says),
            Because(
                says="a notice may be revoked at any time before it takes effect",
                instrument=world.text.id,
                rule="vclt:68",
            ),
        ),
        remarks=(*told.remarks, Remark(act.id, effective=True, says=says)),
    )


def _suspended(told: Told, act: SuspendNotice, at: Instant, world: World) -> Told:
    if told.state is not NoticeState.PENDING:
        return _without_effect(told, act, "the notice is suspended already")
    tolled = act.mode is SuspensionMode.TOLLED
    resting = 0
    if tolled and told.effect is not None:
        resting = days_between(at.day(world.where), told.effect.day(world.where))
        says = f"clock of the notice stopped {_when(act, world)} with {resting} days left"
    else:
        says = f"effect of the notice suspended {_when(act, world)}"
    return replace(
        told,
        state=NoticeState.TOLLED if tolled else NoticeState.SUSPENDED,
        effect=None,
        resting=resting,
        because=(*told.because, because_act(world.text.id, act, says)),
        remarks=(*told.remarks, Remark(act.id, effective=True, says=says)),
    )


def _resumed(told: Told, act: ResumeNotice, at: Instant, world: World) -> Told:
    if told.state is NoticeState.PENDING:
        return _without_effect(told, act, "the notice is not suspended")
    effect = told.original
    if told.state is NoticeState.TOLLED and told.original is not None:
        effect = at.day(world.where).plus(told.resting).start(world.where)
    elif told.original is not None:
        effect = max(told.original, at)
    runs = f", takes effect {effect.within(world.where)}" if effect is not None else ""
    says = f"notice resumed {_when(act, world)}{runs}"
    return replace(
        told,
        state=NoticeState.PENDING,
        effect=effect,
        because=(*told.because, because_act(world.text.id, act, says)),
        remarks=(*told.remarks, Remark(act.id, effective=True, says=says)),
    )
