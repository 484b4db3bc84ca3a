"""An answer in sentences, and what became in law of every act, also of those without effect."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.act import (
    Acknowledge,
    Act,
    Announce,
    Consent,
    Correct,
    DesignateAuthority,
    Object,
    Recall,
    TakePosition,
    WithdrawConsent,
    kind_of,
)
from servanda.model.instrument import Instrument, Registry
from servanda.model.status import Answer, Settled, Standpoint, Status, Terminability
from servanda.model.when import Instant, zone
from servanda.status.ask import ask
from servanda.status.believed import believed, corrects
from servanda.status.notices import Remark
from servanda.status.read import read
from servanda.status.walk import walk
from servanda.status.worlds import worlds, zones


@dataclass(frozen=True, slots=True)
class Explained:
    """An act of the record with what it did in law as a reader has it."""

    act: Act
    effective: bool
    says: str


def explain(registry: Registry, name: str, standpoint: Standpoint) -> tuple[str, ...]:
    """Say in sentences where an instrument stands and why, each reason with its citation.

    Raises:
        UnknownNameError: the instrument is not in the registry.
    """
    answer = ask(registry, name, standpoint)
    instrument = registry.instrument(name)
    lines = [_head(answer, instrument, standpoint)]
    if answer.sure is Settled.SETTLED:
        lines += _status(answer.values[0], instrument)
        return tuple(lines)
    for reader, statuses in answer.readings:
        several = f", who has {len(statuses)} possible answers" if len(statuses) > 1 else ""
        lines.append(f"As {reader} reads it{several}:")
        for status in statuses:
            lines += [f"  {line}" for line in _status(status, instrument)]
    return tuple(lines)


def _head(answer: Answer[Status], instrument: Instrument, standpoint: Standpoint) -> str:
    where = zones(instrument)[0]
    title = instrument.texts[-1].title.get("en", instrument.id)
    sure = {
        Settled.SETTLED: "The answer is settled.",
        Settled.OPEN: "The answer is open: something that it needs is not known.",
        Settled.DISPUTED: "The answer is disputed: the parties read the acts differently.",
    }[answer.sure]
    return f"{title} ({instrument.id}) at {standpoint.at.within(where)}. {sure}"


def _status(status: Status, instrument: Instrument) -> list[str]:
    where = zones(instrument)[0]
    phase = status.phase.value.replace("_", " ")
    lines = [f"It is {phase}."]
    if status.notice is not None:
        effect = status.notice.effect
        then = f", to take effect {effect.within(where)}" if effect is not None else ""
        lines.append(f"A notice ({status.notice.act}) is {status.notice.state.value}{then}.")
    if status.ends is not None:
        lines.append(f"It ends {status.ends.within(where)} if nothing is done before.")
    elif status.renews is not None:
        lines.append(f"It is extended by itself {status.renews.within(where)}.")
    for party, end in status.earliest_end:
        lines.append(f"{party}, acting now, could end it {_end(end, where.key)}.")
    for reason in status.because:
        doubt = "" if reason.confirmed else " (not confirmed)"
        lines.append(f"Because: {reason.says} [{reason.cite()}]{doubt}.")
    if status.missing:
        lines.append(f"Not known: {', '.join(status.missing)}.")
    return lines


def _end(end: Instant | Terminability, where: str) -> str:
    match end:
        case Instant():
            return f"at the earliest {end.within(zone(where))}"
        case Terminability.AT_WILL:
            return "at will"
        case Terminability.BY_CONSENT:
            return "only with the consent of all"
        case Terminability.UNKNOWN:
            return "at a time that is not known: the clause was not read"


def acts_explained(instrument: Instrument, standpoint: Standpoint) -> tuple[Explained, ...]:
    """Return every act known, in the order done, with what it did in law or why it did nothing.

    Nothing is dropped: an announcement, a notice that came too late or from a non-party, a
    withdrawal after the effect are kept and explained. `standpoint.reader` chooses a reading.
    """
    acts = believed(instrument.acts, standpoint.known)
    as_read = acts
    if standpoint.reader is not None:
        as_read = read(acts, standpoint.reader, instrument.parties)
    told: dict[str, Remark] = {}
    for world in worlds(instrument, as_read, standpoint.at, standpoint.text):
        for remark in walk(world, standpoint.at).remarks:
            told.setdefault(remark.act, remark)
    where = zones(instrument)[0]
    ordered = sorted(as_read, key=lambda act: (act.done.span(where)[0], act.id))
    return tuple(_explained(act, told, acts, instrument, standpoint.at) for act in ordered)


def _explained(
    act: Act, told: dict[str, Remark], acts: tuple[Act, ...], instrument: Instrument, at: Instant
) -> Explained:
    first = min(act.done.span(where)[0] for where in zones(instrument))
    if first > at:
        return Explained(act, effective=False, says="not yet done at that instant")
    if act.id in told:
        return Explained(act, told[act.id].effective, told[act.id].says)
    if not set(act.by) & set(instrument.parties) and not isinstance(act, TakePosition):
        says = f"{', '.join(act.by)} is not a party: kept on record, without effect"
        return Explained(act, effective=False, says=says)
    match act:
        case Announce():
            says = act.note or "an announcement has no legal effect"
            return Explained(act, effective=False, says=says)
        case Object() | Acknowledge():
            return Explained(act, effective=True, says=f"speaks of {act.of}")
        case TakePosition():
            says = f"{', '.join(act.by)} reads {act.of} as {act.reads.value}"
            return Explained(act, effective=True, says=says)
        case Correct():
            target = next((one for one in acts if one.id == act.of), None)
            counts = act.strikes or (target is not None and corrects(act, target))
            says = f"corrects the record of {act.of}"
            if not counts:
                says = f"not the author of {act.of}: kept on record, changes nothing"
            return Explained(act, effective=counts, says=says)
        case Consent() | WithdrawConsent() | Recall() | DesignateAuthority():
            return Explained(act, effective=True, says=kind_of(act).replace("-", " "))
    return Explained(act, effective=True, says=f"{kind_of(act).replace('-', ' ')} recorded")
