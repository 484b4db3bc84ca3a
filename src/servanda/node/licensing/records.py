"""The records of licences: read in their order, and written with their entry in the register."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from servanda.decisions.licences.life import Outcome
from servanda.decisions.licences.standing import Standing
from servanda.errors import UnknownNameError
from servanda.formats.canonical import digest
from servanda.formats.licences import event_bytes, event_from_bytes
from servanda.model.licence_event import LicenceEvent, Shipped, kind_of
from servanda.node.house import Work
from servanda.node.tables import LICENCE_EVENT
from servanda.register import EntryKind


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record that was written, where the licence stands with it, and what else it took the effect of."""

    event: LicenceEvent
    position: int
    standing: Standing
    again: bool = False
    """Whether it was on record already and nothing was written."""
    lost: tuple[Outcome, ...] = ()
    """Records that had effect before and have none now."""


def names(connection: Connection) -> list[str]:
    """Return the licences on record, in the order of their drafts."""
    query = select(LICENCE_EVENT.c.licence).group_by(LICENCE_EVENT.c.licence)
    return [
        str(row.licence) for row in connection.execute(query.order_by(func.min(LICENCE_EVENT.c.position)))
    ]


def events_of(connection: Connection, licence: str) -> tuple[LicenceEvent, ...]:
    """Return the records of a licence in their order.

    Raises:
        UnknownNameError: there is none of that name.
    """
    query = select(LICENCE_EVENT.c.body).where(LICENCE_EVENT.c.licence == licence)
    rows = connection.execute(query.order_by(LICENCE_EVENT.c.position)).all()
    if not rows:
        close = difflib.get_close_matches(licence, names(connection), n=3, cutoff=0.4)
        hint = f"did you mean {', '.join(f'`{one}`' for one in close)}?" if close else ""
        raise UnknownNameError(
            f"no licence `{licence[:70]}`", hint=hint or "`servanda licence list` lists them"
        )
    return tuple(event_from_bytes(bytes(row.body)) for row in rows)


def write(work: Work, event: LicenceEvent) -> int:
    """Write a record and its entry in the register; return the entry's position.

    The entry holds the hash of the record and what it is about; a shipment's entry its lines as well.
    """
    body = event_bytes(event)
    shipment = event.id if isinstance(event, Shipped) else None
    entry = {
        "licence": event.licence,
        "event": event.id,
        "doing": f"{kind_of(event)} {event.licence}",
        "officer": event.officer,
        "done": str(event.done),
        "digest": digest(body),
    }
    if isinstance(event, Shipped):
        entry["lines"] = "; ".join(f"{one.item}: {one.quantity} {one.unit}" for one in event.lines)
    position = work.record(EntryKind.SHIPMENT if shipment else EntryKind.LICENCE, entry)
    work.connection.execute(
        LICENCE_EVENT.insert().values(
            licence=event.licence,
            event_id=event.id,
            kind=kind_of(event),
            shipment=shipment,
            body=body,
            position=position,
        )
    )
    return position


def free_name(connection: Connection, licence: str, kind: str) -> str:
    """Return a name for the next record of a kind, as suspended-2."""
    query = select(LICENCE_EVENT.c.event_id).where(LICENCE_EVENT.c.licence == licence)
    taken = set(connection.execute(query).scalars())
    number = 1
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"
