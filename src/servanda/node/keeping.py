"""What a holder owes for an item: counted copies, destruction with proof, reports of compromise."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select

from servanda.errors import UnknownNameError
from servanda.exchange import EnvelopeKind
from servanda.node.house import Node, Work
from servanda.node.posting import post
from servanda.node.releasing import held, label_of
from servanda.node.tables import COPY, ITEM
from servanda.register import EntryKind


def copy_item(node: Node, object_id: str, for_whom: str) -> int:
    """Record a copy of an item and return its number; every copy is counted.

    Raises:
        UnknownNameError: no such object is held.
    """
    with node.writing() as work:
        held(work, object_id)
        last = work.connection.execute(
            select(func.max(COPY.c.number)).where(COPY.c.object_id == object_id)
        ).scalar()
        number = int(last or 0) + 1
        work.connection.execute(
            COPY.insert().values(object_id=object_id, number=number, for_whom=for_whom, made=work.stamp)
        )
        work.record(EntryKind.COPY, {"object": object_id, "copy": number, "for": for_whom})
        return number


def destroy_item(node: Node, object_id: str, how: str, witnesses: tuple[str, ...] = ()) -> int:
    """Destroy an item and all its copies, and tell the originator; return the entry's position.

    The record comes first: a crash after it leaves a container that nobody can open, which is removed at
    the next start.

    Raises:
        UnknownNameError: no such object is held.
    """
    with node.writing() as work:
        row = held(work, object_id)
        open_copies = select(COPY.c.number).where(COPY.c.object_id == object_id, COPY.c.destroyed.is_(None))
        copies = [int(one.number) for one in work.connection.execute(open_copies)]
        body: dict[str, Any] = {
            "object": object_id,
            "container": str(row.container),
            "copies": copies,
            "how": how,
            "witnesses": list(witnesses),
        }
        position = work.record(EntryKind.DESTRUCTION, body)
        work.connection.execute(
            COPY.update()
            .where(COPY.c.object_id == object_id, COPY.c.destroyed.is_(None))
            .values(destroyed=work.stamp)
        )
        _state(work, object_id, "destroyed")
        _tell(node, work, row, EnvelopeKind.DESTRUCTION, {**body, "position": position})
    node.objects.remove(str(row.container))
    return position


def report_compromise(node: Node, object_id: str, what: str) -> int:
    """Record a loss or compromise, or its possibility, and tell the originator at once.

    Raises:
        UnknownNameError: no such object is held.
    """
    with node.writing() as work:
        row = held(work, object_id)
        body = {"object": object_id, "what": what}
        position = work.record(EntryKind.COMPROMISE, body)
        _state(work, object_id, "compromised")
        _tell(node, work, row, EnvelopeKind.COMPROMISE, {**body, "position": position})
        return position


def _state(work: Work, object_id: str, state: str) -> None:
    work.connection.execute(
        ITEM.update().where(ITEM.c.object_id == object_id).values(state=state, state_at=work.stamp)
    )


def _tell(node: Node, work: Work, row: Any, kind: EnvelopeKind, body: dict[str, Any]) -> None:  # noqa: ANN401
    """Tell the originators of all that is in it, and whoever handed it over."""
    parties = {*label_of(row).everybody, row.obtained_from} - {None, node.party}
    known = {peer.party for peer in node.config.peers}
    for party in sorted(parties & known):
        post(node, work, party, kind, body)


def duties_of(node: Node, object_id: str) -> list[dict[str, Any]]:
    """Return the duties that an item carries, whatever has become of the instrument.

    Raises:
        UnknownNameError: no such object.
    """
    with node.reading() as connection:
        found = connection.execute(select(ITEM.c.duties).where(ITEM.c.object_id == object_id)).scalar()
    if found is None:
        raise UnknownNameError(f"no object `{object_id}`", hint="`servanda inbox` lists them")
    duties: list[dict[str, Any]] = json.loads(found)
    return duties
