"""Acts that hang on a condition: whether it holds, and what its author may bring back where it does not.

Nothing follows in law from a condition that is broken. The parties see the matter; only an act settles it.
"""

from __future__ import annotations

from dataclasses import replace

from servanda.model.act import Act, Condition, Halt, SuspendNotice, SuspendOperation, WithdrawNotice
from servanda.model.cite import because
from servanda.model.instrument import Instrument
from servanda.model.status import Answer, Hanging, Holds, NoticeState, Phase, Standpoint, Status
from servanda.model.when import Instant
from servanda.status.sentences_proceedings import BROKEN, BROKEN_HALT, HOLDS, MAY_HOLD
from servanda.status.worlds import spans, zones

_RESTING = (NoticeState.SUSPENDED, NoticeState.TOLLED)


def conditional(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Return the acts whose author made them depend on something."""
    return tuple(act for act in acts if act.condition is not None)


def hang(
    status: Status, acts: tuple[Act, ...], others: dict[str, Answer[Status]], at: Instant, of: Instrument
) -> Status:
    """Return a status with what hangs in it; `others` are the instruments that its conditions speak of."""
    found = []
    changes = status.changes
    for act in acts:
        condition = act.condition
        if condition is None or not _in_effect(status, act, at, of):
            continue
        values = others[condition.instrument].values if condition.instrument in others else ()
        changes = min((changes, *(value.changes for value in values)))
        found.append(_hanging(act, condition, values, of))
    return replace(status, hanging=tuple(found), changes=changes) if found else status


def _in_effect(status: Status, act: Act, at: Instant, of: Instrument) -> bool:
    """Say whether what an act did still lasts: only then does it matter whether its condition holds."""
    if not any(_done(act, at, of)):
        return False
    match act:
        case SuspendNotice(of=notice):
            return (
                status.notice is not None and status.notice.act == notice and status.notice.state in _RESTING
            )
        case Halt():
            return status.standing is not None and act.id in status.standing.halted
        case SuspendOperation():
            return status.phase is Phase.SUSPENDED or bool(set(act.clauses) & set(status.suspended_clauses))
    return not status.phase.over


def _done(act: Act, at: Instant, of: Instrument) -> list[bool]:
    return [spans(act, where, of.conventions)[1] <= at for where in zones(of)]


def _hanging(act: Act, condition: Condition, values: tuple[Status, ...], of: Instrument) -> Hanging:
    held = {_holds(condition, value) for value in values}
    holds = Holds.UNKNOWN if len(held) != 1 else Holds.HOLDS if held == {True} else Holds.BROKEN
    raises = act.of if isinstance(act, SuspendNotice | WithdrawNotice) else act.id
    phases = ", ".join(dict.fromkeys(_word(value) for value in values))
    match holds:
        case Holds.HOLDS:
            said = HOLDS(condition.says, condition.instrument, phases)
        case Holds.BROKEN if isinstance(act, Halt):
            said = BROKEN_HALT(condition.says, condition.instrument, phases)
        case Holds.BROKEN:
            said = BROKEN(condition.says, condition.instrument, phases, raises)
        case Holds.UNKNOWN:
            said = MAY_HOLD(condition.says, condition.instrument)
    reason = because(said, instrument=of.id, act=act.id, confirmed=act.confirmed)
    return Hanging(act.id, act.by, condition.instrument, holds, raises, (reason,))


def _holds(condition: Condition, value: Status) -> bool:
    standing = value.standing
    if condition.stages and (standing is None or standing.stage not in condition.stages):
        return False
    if value.phase is Phase.UNDER_WAY:
        return standing is None or not standing.halted
    return value.phase.works


def _word(value: Status) -> str:
    resting = value.standing is not None and value.standing.halted
    return "halted" if resting else value.phase.value.replace("_", " ")


def standpoint_of_others(standpoint: Standpoint) -> Standpoint:
    """Return from where the other instrument is asked: whole, by the readers and the text of its own."""
    return replace(standpoint, reader=None, text=None)
