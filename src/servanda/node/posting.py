"""Putting an envelope into the outbox, within the transaction of what it tells."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from servanda.exchange import Attachment, Envelope, EnvelopeKind, seal_envelope
from servanda.node.house import Node, Work
from servanda.node.tables import OUTBOX


def post(
    node: Node,
    work: Work,
    recipient: str,
    kind: EnvelopeKind,
    body: Mapping[str, Any],
    attachments: tuple[Attachment, ...] = (),
) -> int:
    """Queue an envelope for a peer and return its number; it is sent until its receipt is back.

    Raises:
        NodeError: there is no such peer.
    """
    node.config.peer(recipient)
    last = work.connection.execute(
        select(func.max(OUTBOX.c.sequence)).where(OUTBOX.c.recipient == recipient)
    ).scalar()
    sequence = int(last or 0) + 1
    envelope = Envelope(
        id=str(uuid.uuid4()),
        sender=node.party,
        recipient=recipient,
        sequence=sequence,
        kind=kind,
        sent=work.stamp,
        body=dict(body),
        attachments=attachments,
    )
    signed = seal_envelope(envelope, node.identity)
    work.connection.execute(
        OUTBOX.insert().values(
            recipient=recipient,
            sequence=sequence,
            envelope_id=envelope.id,
            kind=kind.value,
            digest=signed.digest,
            wire=signed.wire(),
            state="queued",
            attempts=0,
            next_try=work.stamp,
        )
    )
    return sequence
