"""What a node shows its own officers: items, messages, copies, differences, its register."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from servanda.errors import ServandaError, UnknownNameError
from servanda.exchange import Peer
from servanda.node.house import Node
from servanda.node.label import read_label
from servanda.node.reporting import Differing, differing
from servanda.node.spelled import print_caveat, print_portion
from servanda.node.tables import COPY, ITEM, OUTBOX, PEER_CHECKPOINT, RELEASE, STANDING
from servanda.register import Audit, Verifier, audit, prove, read_checkpoint


@dataclass(frozen=True, slots=True)
class Verification:
    """The audit of a node's own register, and of the checkpoints that peers have given it."""

    own: Audit
    peers: tuple[str, ...]


def items(connection: Connection, role: str) -> list[dict[str, Any]]:
    """Return the objects of one role, newest first, each with its duties and open copies."""
    rows = connection.execute(select(ITEM).where(ITEM.c.role == role).order_by(ITEM.c.obtained.desc()))
    found = []
    for row in rows:
        label = read_label(json.loads(row.label))
        copies = connection.execute(
            select(COPY.c.number).where(COPY.c.object_id == row.object_id, COPY.c.destroyed.is_(None))
        ).all()
        found.append(
            {
                "object": row.object_id,
                "name": row.name,
                "originators": list(label.everybody),
                "marking": label.marking,
                "topics": list(label.topics),
                "caveats": [print_caveat(one) for one in label.caveats],
                "given_for": list(label.given_for),
                "sources": list(label.sources),
                "lineage": [
                    {"object": one.object_id, "portion": print_portion(one)} for one in label.lineage
                ],
                "obtained": row.obtained,
                "from": row.obtained_from,
                "under": json.loads(row.held_under) if row.held_under else [],
                "state": row.state,
                "size": row.size,
                "copies": len(copies),
                "duties": json.loads(row.duties),
            }
        )
    return found


def releases(connection: Connection) -> list[dict[str, Any]]:
    """Return every release with its decision and whether its receipt is back, newest first."""
    query = select(RELEASE, ITEM.c.name).join(ITEM, ITEM.c.object_id == RELEASE.c.object_id)
    return [
        {
            "release": row.release_id,
            "object": row.object_id,
            "name": row.name,
            "recipient": row.recipient,
            "at": row.at,
            "received": row.received,
            "officer": row.officer,
            "decision": json.loads(row.decision),
        }
        for row in connection.execute(query.order_by(RELEASE.c.at.desc()))
    ]


def outbox(connection: Connection) -> list[dict[str, Any]]:
    """Return the envelopes that have no receipt yet, or were not accepted."""
    query = select(OUTBOX).where(OUTBOX.c.state != "delivered")
    return [
        {
            "to": row.recipient,
            "sequence": row.sequence,
            "kind": row.kind,
            "state": row.state,
            "attempts": row.attempts,
            "error": row.last_error,
        }
        for row in connection.execute(query.order_by(OUTBOX.c.recipient, OUTBOX.c.sequence))
    ]


def differences(node: Node) -> list[Differing]:
    """Return the instruments on which a peer's node computes something else than this one."""
    with node.reading() as connection:
        return differing(connection, node.registry(connection))


def verification(node: Node, kept: tuple[str, ...] = ()) -> Verification:
    """Recompute the whole register, and check what peers have signed of theirs.

    `kept` are checkpoints of this register that peers keep: only with them does a register show that
    its own keeper has rewritten it and signed it anew.
    """
    with node.reading() as connection:
        own = audit(node.log(connection), (node.verifier,), kept)
        notes = connection.execute(select(PEER_CHECKPOINT).order_by(PEER_CHECKPOINT.c.size)).all()
    peers = []
    for row in notes:
        verifier = Verifier(f"servanda:{row.party}", node.peer_identity(row.party).public)
        try:
            found = read_checkpoint(row.note, (verifier,))
            peers.append(f"{row.party}: {found.size} entries, root {found.root.hex()[:16]}")
        except ServandaError as wrong:
            peers.append(f"{row.party}: a checkpoint of {row.size} entries does not hold: {wrong}")
    return Verification(own, tuple(peers))


def kept_by_peers(node: Node, reach: Callable[[str], Peer]) -> tuple[str, ...]:
    """Ask every peer for the checkpoints of our register that it keeps.

    Raises:
        UnreachableError: a peer does not answer.
    """
    return tuple(note for one in node.config.peers for note in reach(one.party).kept(node.party))


def entries(node: Node, last: int = 20) -> list[dict[str, Any]]:
    """Return the last entries of the register, newest first."""
    with node.reading() as connection:
        log = node.log(connection)
        size = log.size()
        found = list(log.entries(max(0, size - last), size))
    return [
        {"position": position, "kind": entry.kind.value, "at": entry.at, "body": dict(entry.body)}
        for position, entry in reversed(found)
    ]


def changes(node: Node, last: int = 10) -> list[dict[str, Any]]:
    """Return what last stopped or went on again, newest first: flows, items and key accesses."""
    with node.reading() as connection:
        positions = select(STANDING.c.position).distinct().order_by(STANDING.c.position.desc()).limit(last)
        log = node.log(connection)
        found = []
        for row in connection.execute(positions):
            ((position, entry),) = log.entries(int(row.position), int(row.position) + 1)
            body = entry.body
            found.append(
                {
                    "changed": body["changed"],
                    "of": body["party"],
                    "objects": body["objects"],
                    "since": body["since"],
                    "cites": body["decision"]["cites"],
                    "position": position,
                }
            )
    return found


def seat(node: Node) -> str:
    """Return the zone of this party's seat, in which its officers read instants."""
    with node.reading() as connection:
        return node.registry(connection).party(node.party).seat


def originator(node: Node, object_id: str) -> str:
    """Return the party whose key access service gives an object's key.

    Raises:
        UnknownNameError: no such object.
    """
    with node.reading() as connection:
        found = connection.execute(select(ITEM.c.label).where(ITEM.c.object_id == object_id)).scalar()
    if found is None:
        raise UnknownNameError(f"no object `{object_id}`", hint="`servanda inbox` lists them")
    return str(json.loads(found)["originators"][0])


def proof(node: Node, position: int) -> str:
    """Return the proof that an entry is in the register, with a checkpoint signed now.

    Raises:
        RegisterError: there is no such entry.
    """
    with node.writing() as work:
        work.log.publish(node.origin, node.identity.key)
        return str(prove(work.log, position))
