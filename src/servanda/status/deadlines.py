"""Deadlines: the instants ahead that an officer must not miss, each with its article."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from servanda.model.cite import Because
from servanda.model.clauses import EntryIntoForce, Term
from servanda.model.instrument import Registry
from servanda.model.status import NoticeState, Phase, Standpoint, Status
from servanda.model.when import Instant
from servanda.status.ask import ask


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


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """One instant ahead; `readers` are those in whose reading it stands."""

    at: Instant
    instrument: str
    kind: DeadlineKind = DeadlineKind.NOTICE_BY
    says: str = ""
    because: tuple[Because, ...] = ()
    readers: tuple[str, ...] = ()


def deadlines(registry: Registry, name: str, standpoint: Standpoint) -> tuple[Deadline, ...]:
    """Return the deadlines of an instrument after `standpoint.at`, soonest first.

    Where the parties' readings differ, a deadline names those in whose reading it stands.

    Raises:
        UnknownNameError: the instrument is not in the registry.
    """
    instrument = registry.instrument(name)
    found: dict[tuple[Instant, DeadlineKind, str], tuple[tuple[Because, ...], list[str]]] = {}
    answer = ask(registry, name, standpoint)
    for reader, statuses in answer.readings:
        for status in statuses:
            for at, kind, says, address in _ahead(status, standpoint.at):
                because: tuple[Because, ...] = ()
                text = instrument.text(status.version)
                if address is not None and text.first(address) is not None:
                    clause = text.first(address)
                    assert clause is not None
                    because = (text.because(clause[0], says),)
                _, whose = found.setdefault((at, kind, says), (because, []))
                if reader not in whose:
                    whose.append(reader)
    return tuple(
        sorted(
            (
                Deadline(at, name, kind, says, because, tuple(whose))
                for (at, kind, says), (because, whose) in found.items()
            ),
            key=lambda one: (one.at, one.kind.value, one.says),
        )
    )


Ahead = tuple[Instant, DeadlineKind, str, type[Term] | type[EntryIntoForce] | None]


def _ahead(status: Status, at: Instant) -> list[Ahead]:
    ahead: list[Ahead] = []
    if status.notice_by is not None:
        says = "a notice received from this instant on no longer ends the current period"
        ahead.append((status.notice_by, DeadlineKind.NOTICE_BY, says, Term))
    if status.renews is not None:
        ahead.append((status.renews, DeadlineKind.EXTENSION, "extended by itself", Term))
    if status.ends is not None:
        says = "ends unless something is done before"
        if status.notice is not None and status.notice.state is NoticeState.PENDING:
            says = f"ends by the notice {status.notice.act} unless it is withdrawn before"
        ahead.append((status.ends, DeadlineKind.END, says, Term))
    if status.phase in (Phase.NOT_IN_FORCE, Phase.PROVISIONAL) and status.enters is not None:
        ahead.append((status.enters, DeadlineKind.ENTRY, "enters into force", EntryIntoForce))
    return [one for one in ahead if one[0] > at]
