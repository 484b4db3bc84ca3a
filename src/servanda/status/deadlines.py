"""Deadlines: the instants ahead that an officer must not miss, each with its article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from servanda.model.cite import Because, Said
from servanda.model.clauses import EntryIntoForce, Term
from servanda.model.instrument import Registry
from servanda.model.status import DueState, NoticeState, Phase, Standpoint, Status
from servanda.model.when import Instant
from servanda.status.ask import ask
from servanda.status.sentences import (
    ENDS,
    ENDS_BY_NOTICE,
    ENTERS_INTO_FORCE,
    NOTICE_BY,
    RENEWS,
)
from servanda.status.sentences_proceedings import (
    DUE_BY,
    DUE_FOLLOW_UP,
    DUE_FROM,
    DUE_LEADS,
    DUE_OPENS,
    DUE_TARGET,
)
from servanda.status.worlds import zones


class DeadlineKind(Enum):
    """What happens at a deadline."""

    NOTICE_BY = "notice-by"
    """The first instant at which a notice comes too late for the current period."""
    EXTENSION = "extension"
    """It is extended by itself."""
    END = "end"
    """It ends if nobody acts."""
    ENTRY = "entry-into-force"
    """It enters into force."""
    LIMIT = "limit"
    """A limit of a proceeding passes."""
    TARGET = "target"
    """The day that a procedure aims at passes; nothing follows."""
    OPENS = "opens"
    """Steps of a proceeding open."""
    LAPSE = "lapse"
    """A limit passes, and another stage follows by itself."""
    FOLLOW_UP = "follow-up"
    """What a party undertook is due."""


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """One instant ahead; `readers` are those in whose reading it stands.

    `code` and `values` say in every language what `says` says in English.
    """

    at: Instant
    instrument: str
    kind: DeadlineKind = DeadlineKind.NOTICE_BY
    says: str = ""
    because: tuple[Because, ...] = ()
    readers: tuple[str, ...] = ()
    code: str = ""
    values: tuple[str, ...] = ()


def deadlines(registry: Registry, name: str, standpoint: Standpoint) -> tuple[Deadline, ...]:
    """Return the deadlines of an instrument after `standpoint.at`, soonest first.

    Where the parties' readings differ, a deadline names those in whose reading it stands.

    Raises:
        UnknownNameError: the instrument is not in the registry.
    """
    instrument = registry.instrument(name)
    where = zones(instrument)[0]
    found: dict[tuple[Instant, DeadlineKind, Said], tuple[tuple[Because, ...], list[str]]] = {}
    answer = ask(registry, name, standpoint)
    for reader, statuses in answer.readings:
        for status in statuses:
            for at, kind, said, reasons in _in_proceeding(status, standpoint.at):
                _, whose = found.setdefault((at, kind, said), (reasons, []))
                if reader not in whose:
                    whose.append(reader)
            for at, kind, said, address in _ahead(status, standpoint.at):
                because: tuple[Because, ...] = ()
                text = instrument.text(status.version)
                if address is not None and text.first(address) is not None:
                    clause = text.first(address)
                    assert clause is not None
                    because = (text.because(clause[0], said, at.within(where)),)
                _, whose = found.setdefault((at, kind, said), (because, []))
                if reader not in whose:
                    whose.append(reader)
    return tuple(
        sorted(
            (
                Deadline(at, name, kind, said.english, because, tuple(whose), said.code, said.values)
                for (at, kind, said), (because, whose) in found.items()
            ),
            key=lambda one: (one.at, one.kind.value, one.says),
        )
    )


_KINDS = {
    "latest": DeadlineKind.LIMIT,
    "target": DeadlineKind.TARGET,
    "earliest": DeadlineKind.OPENS,
    "follow-up": DeadlineKind.FOLLOW_UP,
}


def _in_proceeding(
    status: Status, at: Instant
) -> Iterator[tuple[Instant, DeadlineKind, Said, tuple[Because, ...]]]:
    """Yield what lies ahead in a proceeding, each with the article that sets it."""
    for due in status.standing.due if status.standing is not None else ():
        if due.state is not DueState.RUNNING or due.until is None or due.until <= at:
            continue
        kind = _KINDS[due.bound]
        match kind:
            case DeadlineKind.OPENS:
                said = DUE_OPENS(", ".join(due.opens))
            case DeadlineKind.TARGET:
                said = DUE_TARGET(due.name)
            case DeadlineKind.FOLLOW_UP:
                said = DUE_FOLLOW_UP(due.party, due.name)
            case _ if due.leads_to:
                kind, said = DeadlineKind.LAPSE, DUE_LEADS(due.name, due.leads_to)
            case _ if due.party:
                said = DUE_FROM(due.name, due.party)
            case _:
                said = DUE_BY(due.name)
        yield due.until, kind, said, due.because


Ahead = tuple[Instant, DeadlineKind, Said, type[Term] | type[EntryIntoForce] | None]


def _ahead(status: Status, at: Instant) -> list[Ahead]:
    ahead: list[Ahead] = []
    if status.notice_by is not None:
        ahead.append((status.notice_by, DeadlineKind.NOTICE_BY, NOTICE_BY(), Term))
    if status.renews is not None:
        ahead.append((status.renews, DeadlineKind.EXTENSION, RENEWS(), Term))
    if status.ends is not None:
        said = ENDS()
        if status.notice is not None and status.notice.state is NoticeState.PENDING:
            said = ENDS_BY_NOTICE(status.notice.act)
        ahead.append((status.ends, DeadlineKind.END, said, Term))
    if status.phase in (Phase.NOT_IN_FORCE, Phase.PROVISIONAL) and status.enters is not None:
        ahead.append((status.enters, DeadlineKind.ENTRY, ENTERS_INTO_FORCE(), EntryIntoForce))
    return [one for one in ahead if one[0] > at]
