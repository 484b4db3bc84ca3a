"""The course of a proceeding up to an instant: the steps that had effect, and the stages it went through.

It is walked act by act; where a limit that leads somewhere passes in between, that follows first. Nothing
of it is stored: asked about an earlier instant, or as known earlier, it is walked again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.model.act import Act, Fulfil, Halt, Meet, Resume, TakeStep, Undertake, step_of
from servanda.model.cite import Because, Said
from servanda.model.clauses import Proceeding
from servanda.model.when import Instant
from servanda.status.entry import because_act, shown
from servanda.status.notices import Remark
from servanda.status.procedure import Placed, Rules, parties_of
from servanda.status.sentences_proceedings import (
    FOLLOWED,
    FULFILLED,
    HALTED,
    NO_SUCH_STEP,
    NOT_AT,
    NOT_BEFORE_BEGUN,
    NOT_THEIRS,
    NOTHING_TO_RESUME,
    RESUMED,
    STAGE_SINCE,
    TAKEN,
    TAKEN_TO,
    UNDERTAKEN,
    WAITS_FOR,
)
from servanda.status.worlds import World


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that had effect: the act that completed it, by whom, and when."""

    act: TakeStep | Meet
    name: str
    by: tuple[str, ...]
    at: Instant


@dataclass(frozen=True, slots=True)
class Spell:
    """A stay at a stage: from when, and what led there."""

    stage: str
    start: Instant
    because: tuple[Because, ...]
    by_limit: bool = False


@dataclass(slots=True)
class Course:
    """A proceeding on its way; owned by the one walk that fills it."""

    rules: Rules
    proceeding: Proceeding
    world: World
    taken: list[Taken] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    halts: dict[str, Halt] = field(default_factory=dict)
    undertaken: dict[str, Undertake] = field(default_factory=dict)
    fulfilled: set[str] = field(default_factory=set)
    followed: set[tuple[str, Instant]] = field(default_factory=set)
    """The limits that have led somewhere, each with the instant from which it ran."""
    waiting: dict[str, list[Taken]] = field(default_factory=dict)
    """Steps that parties take together, of which some have taken theirs."""

    @property
    def stage(self) -> str:
        """The stage at which it stands; empty before it has begun."""
        return self.spells[-1].stage if self.spells else ""

    def last(self, step: str) -> Taken | None:
        """Return the last taking of a step that had effect since the proceeding began."""
        return next((one for one in reversed(self.taken) if one.name == step), None)

    def remark(self, act: Act, said: Said, *, effective: bool) -> None:
        """Keep what an act did, or why it did nothing."""
        self.remarks.append(Remark(act.id, effective, said))


def refusal(course: Course, act: TakeStep | Meet) -> Said | None:
    """Say why a step can have no effect at the stage, or not by whom it is; None where it can."""
    name = step_of(act)
    if not any(course.rules.named(name)):
        return NO_SUCH_STEP(name)
    fitting = [one for one in course.rules.fitting(course.stage) if one.step.name == name]
    if not fitting:
        return NOT_AT(name, course.stage) if course.stage else NOT_BEFORE_BEGUN(name)
    return None if _theirs(course, fitting, act) else NOT_THEIRS(name, ", ".join(act.by))


def _theirs(course: Course, fitting: list[Placed], act: TakeStep | Meet) -> list[Placed]:
    return [one for one in fitting if set(act.by) & set(parties_of(course.proceeding, one.step.by))]


def take(course: Course, act: TakeStep | Meet, at: Instant, refused: Said | None) -> None:
    """Take a step at an instant; `refused` says why it has no effect, as where no limit has opened it."""
    if refused is not None:
        course.remark(act, refused, effective=False)
        return
    fitting = [one for one in course.rules.fitting(course.stage) if one.step.name == step_of(act)]
    _taken(course, _theirs(course, fitting, act)[0], act, at)


def _taken(course: Course, placed: Placed, act: TakeStep | Meet, at: Instant) -> None:
    step = placed.step
    own = Taken(act, step.name, act.by, at)
    together = [*course.waiting.pop(step.name, []), own]
    by = tuple(dict.fromkeys(party for one in together for party in one.by))
    lacking = [one for one in parties_of(course.proceeding, step.by) if one not in by]
    if step.together and lacking:
        course.waiting[step.name] = together
        course.remark(act, WAITS_FOR(step.name, ", ".join(lacking)), effective=True)
        return
    for one in [name for name, halt in course.halts.items() if set(halt.by) <= set(by)]:
        # Who takes a step has taken the proceeding up again.
        del course.halts[one]
    if step.begins and (not course.stage or course.rules.stage(course.stage)[1].final):
        course.taken.clear()
        course.undertaken.clear()
    course.taken.append(Taken(act, step.name, by, at))
    to = _before(course) if step.returns else step.to
    said = TAKEN_TO(step.name, ", ".join(by), to) if to else TAKEN(step.name, ", ".join(by))
    course.remark(act, said, effective=True)
    if to:
        when = shown(act.done, course.world.where)
        taken = because_act(course.world.text.id, act, TAKEN(step.name, ", ".join(by)), when)
        stands = course.rules.text.because(placed.address, STAGE_SINCE(to, when), when)
        course.waiting.clear()
        course.spells.append(Spell(to, at, (stands, taken)))


def _before(course: Course) -> str:
    """Return the stage at which it stood before the one at which it stands."""
    return next((one.stage for one in reversed(course.spells) if one.stage != course.stage), course.stage)


def follow(course: Course, address: str, limit: str, stage: str, at: Instant) -> None:
    """Enter the stage that follows by itself when a limit has passed."""
    when = at.within(course.world.where)
    reason = course.rules.text.because(address, FOLLOWED(limit, when, stage), when)
    course.waiting.clear()
    course.spells.append(Spell(stage, at, (reason,), by_limit=True))


def conduct(course: Course, act: Act) -> None:
    """Keep what a party did besides steps: a halt, an undertaking, and what became of them."""
    match act:
        case Halt():
            if course.stage and not course.rules.stage(course.stage)[1].final:
                course.halts[act.id] = act
            course.remark(
                act,
                HALTED(", ".join(act.by), shown(act.done, course.world.where)),
                effective=bool(course.stage),
            )
        case Resume():
            halt = course.halts.get(act.of)
            lasts = halt is not None and set(halt.by) <= set(act.by)
            if lasts:
                del course.halts[act.of]
            said = RESUMED(", ".join(act.by)) if lasts else NOTHING_TO_RESUME(act.of)
            course.remark(act, said, effective=lasts)
        case Undertake():
            course.undertaken[act.id] = act
            course.remark(act, UNDERTAKEN(", ".join(act.by), act.what), effective=True)
        case Fulfil():
            course.fulfilled.add(act.of)
            course.remark(act, FULFILLED(act.of), effective=act.of in course.undertaken)
