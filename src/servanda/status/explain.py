"""An answer in sentences, and what became in law of every act, also of those without effect."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from servanda.model.act import (
    Acknowledge,
    Act,
    Announce,
    ChangeCatchAll,
    ChangeGroups,
    Consent,
    Correct,
    DesignateAuthority,
    EaseLimit,
    LiftLimit,
    LimitLicences,
    Object,
    Recall,
    TakePosition,
    WithdrawConsent,
    kind_of,
)
from servanda.model.cite import Because, Said
from servanda.model.instrument import Instrument, Registry
from servanda.model.status import Answer, EarliestEnd, Settled, Standpoint, Status, Terminability
from servanda.model.when import Instant, Unknown
from servanda.status.ask import ask
from servanda.status.believed import believed, corrects
from servanda.status.entry import shown
from servanda.status.notices import Remark
from servanda.status.read import positions, read
from servanda.status.sentences import (
    ACT_AHEAD,
    ACT_BY_STRANGER,
    ACT_OF_KIND,
    ACT_RECORDED,
    ANNOUNCED,
    AS_READ,
    AS_READ_SEVERAL,
    AT_WILL,
    BY_CONSENT,
    CORRECTS,
    DISPUTED,
    EARLIEST,
    EARLIEST_UNKNOWN,
    IT_ENDS,
    IT_IS,
    IT_RENEWS,
    NOT_KNOWN,
    NOT_THE_AUTHOR,
    NOTICE_IS,
    NOTICE_IS_EFFECT,
    OPEN,
    READ_SO,
    READS_AS,
    REASON,
    REASON_UNCONFIRMED,
    REGIME_AHEAD,
    REGIME_IN_FORCE,
    SETTLED,
    SPEAKS_OF,
)
from servanda.status.spoken import standing
from servanda.status.walk import walk
from servanda.status.worlds import worlds, zones


@dataclass(frozen=True, slots=True)
class Explained:
    """An act of the record with what it did in law as a reader has it.

    `code` and `values` say in every language what `says` says in English.
    """

    act: Act
    effective: bool
    says: str
    code: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer in words: `indent` steps in; `because` where the line gives a reason."""

    said: Said
    because: Because | None = None
    indent: int = 0

    @property
    def says(self) -> str:
        """The line in English."""
        return self.said.english

    @property
    def code(self) -> str:
        """The template of the line."""
        return self.said.code

    @property
    def values(self) -> tuple[str, ...]:
        """What stands in its holes; for a reason its sentence and its citation."""
        return self.said.values


def explain(registry: Registry, name: str, standpoint: Standpoint) -> tuple[str, ...]:
    """Say in English where an instrument stands and why, each reason with its citation.

    Raises:
        UnknownNameError: the instrument is not in the registry.
    """
    return tuple("  " * line.indent + line.says for line in lines(registry, name, standpoint))


def lines(registry: Registry, name: str, standpoint: Standpoint, language: str = "en") -> tuple[Line, ...]:
    """Return where an instrument stands and why, line by line, to be said in any language.

    `language` chooses the title of the instrument, where it has one in that language.

    Raises:
        UnknownNameError: the instrument is not in the registry.
    """
    answer = ask(registry, name, standpoint)
    instrument = registry.instrument(name)
    where = zones(instrument)[0]
    found = [Line(_head(answer, instrument, standpoint.at.within(where), language))]
    if answer.sure is Settled.SETTLED:
        found += _status(answer.values[0], where, 0)
        return tuple(found)
    for reader, statuses in answer.readings:
        several = AS_READ_SEVERAL(reader, str(len(statuses))) if len(statuses) > 1 else AS_READ(reader)
        found.append(Line(several))
        for status in statuses:
            found += _status(status, where, 1)
    return tuple(found)


def _head(answer: Answer[Status], instrument: Instrument, at: str, language: str) -> Said:
    titles = instrument.texts[-1].title
    title = titles.get(language, titles.get("en", instrument.id))
    sure = {Settled.SETTLED: SETTLED, Settled.OPEN: OPEN, Settled.DISPUTED: DISPUTED}[answer.sure]
    return sure(title, instrument.id, at)


def _status(status: Status, where: ZoneInfo, indent: int) -> list[Line]:
    said = [IT_IS(_word(status.phase.value))]
    notice = status.notice
    if notice is not None and notice.effect is not None:
        said.append(NOTICE_IS_EFFECT(notice.act, notice.state.value, notice.effect.within(where)))
    elif notice is not None:
        said.append(NOTICE_IS(notice.act, notice.state.value))
    if status.ends is not None:
        said.append(IT_ENDS(status.ends.within(where)))
    elif status.renews is not None:
        said.append(IT_RENEWS(status.renews.within(where)))
    said += [_earliest(party, end, where) for party, end in status.earliest_end]
    found = [Line(one, indent=indent) for one in said]
    found += [Line(one, indent=indent) for one in standing(status, where)]
    for reason in (*status.because, *(each for one in status.hanging for each in one.because)):
        template = REASON if reason.confirmed else REASON_UNCONFIRMED
        found.append(Line(template(reason.says, reason.cite()), reason, indent))
    if status.missing:
        found.append(Line(NOT_KNOWN(", ".join(status.missing)), indent=indent))
    return found


def _word(value: str) -> str:
    return value.replace("_", " ").replace("-", " ")


def _earliest(party: str, end: EarliestEnd, where: ZoneInfo) -> Said:
    match end:
        case Instant():
            return EARLIEST(party, end.within(where))
        case Terminability.AT_WILL:
            return AT_WILL(party)
        case Terminability.BY_CONSENT:
            return BY_CONSENT(party)
        case Terminability.UNKNOWN:
            return EARLIEST_UNKNOWN(party)


def acts_explained(instrument: Instrument, standpoint: Standpoint) -> tuple[Explained, ...]:
    """Return every act known, in the order done, with what it did in law or why it did nothing.

    Nothing is dropped: an announcement, a notice that came too late or from a non-party, a
    withdrawal after the effect are kept and explained. `standpoint.reader` chooses a reading.
    """
    acts = believed(instrument.acts, standpoint.known)
    as_read = acts
    read_so: dict[str, Said] = {}
    if standpoint.reader is not None:
        as_read = read(acts, standpoint.reader, instrument.parties)
        for name, one in positions(acts, standpoint.reader, instrument.parties).items():
            read_so[name] = READ_SO(", ".join(one.by), one.id)
    told: dict[str, Remark] = {}
    for world in worlds(instrument, as_read, standpoint.at, standpoint.text):
        for remark in walk(world, standpoint.at).remarks:
            told.setdefault(remark.act, remark)
    where = zones(instrument)[0]
    ordered = sorted(as_read, key=lambda act: (act.done.span(where)[0], act.id))
    found = []
    for act in ordered:
        effective, said = _explained(act, told, acts, instrument, standpoint.at)
        if act not in acts and said.english == act.note:
            said = read_so[act.id]
        found.append(Explained(act, effective, said.english, said.code, said.values))
    return tuple(found)


def _explained(
    act: Act, told: dict[str, Remark], acts: tuple[Act, ...], instrument: Instrument, at: Instant
) -> tuple[bool, Said]:
    """Return whether an act has effect in law, and what it did or why it did nothing."""
    first = min(act.done.span(where)[0] for where in zones(instrument))
    by, kind = ", ".join(act.by), _word(kind_of(act))
    if first > at:
        return False, ACT_AHEAD()
    if act.id in told:
        return told[act.id].effective, told[act.id].said
    if not set(act.by) & set(instrument.parties) and not isinstance(act, TakePosition):
        return False, ACT_BY_STRANGER(by)
    match act:
        case Announce():
            return False, Said(act.note) if act.note else ANNOUNCED()
        case Object() | Acknowledge():
            return True, SPEAKS_OF(act.of)
        case TakePosition():
            return True, READS_AS(by, act.of, act.reads.value)
        case Correct():
            target = next((one for one in acts if one.id == act.of), None)
            if act.strikes or (target is not None and corrects(act, target)):
                return True, CORRECTS(act.of)
            return False, NOT_THE_AUTHOR(act.of)
        case ChangeGroups() | LimitLicences() | EaseLimit() | LiftLimit() | ChangeCatchAll() if act.effect:
            where = zones(instrument)[0]
            if act.effect == Unknown():
                return True, ACT_RECORDED(kind)
            starts = act.effect.span(where)[0]
            template = REGIME_IN_FORCE if starts <= at else REGIME_AHEAD
            return starts <= at, template(kind, shown(act.effect, where))
        case Consent() | WithdrawConsent() | Recall() | DesignateAuthority():
            return True, ACT_OF_KIND(kind)
    return True, ACT_RECORDED(kind)
