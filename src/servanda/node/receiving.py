"""What comes from peers: verified, put in order, taken in, recorded and receipted in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import func, select

from servanda.errors import ExchangeError, FormatError, ServandaError
from servanda.exchange import (
    Arrival,
    Envelope,
    EnvelopeKind,
    Receipt,
    Signed,
    arrival,
    open_envelope,
    parse_signed,
    read_envelope,
    seal_receipt,
)
from servanda.node.acting import take_act
from servanda.node.giving import answer_key_request
from servanda.node.house import Node, Work
from servanda.node.reporting import take_report
from servanda.node.tables import INBOX, PEER_CHECKPOINT
from servanda.node.taking import take_release
from servanda.register import EntryKind

MOST_KEPT = 1000
"""How many checkpoints of a peer's register are given back at once."""


class PeerDesk:
    """The node's side of the listener for peers: bytes in, bytes out."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def has_attachment(self, digest: str) -> bool:
        """Say whether an object is here already."""
        return self._node.objects.has(digest)

    def take_attachment(self, digest: str, chunks: Iterator[bytes]) -> None:
        """Take an object in, whole or not at all."""
        with self._node.keeping_objects():
            self._node.objects.take(digest, chunks)

    def accept(self, wire: bytes) -> bytes:
        """Accept a signed envelope and return the signed receipt; the same again, the same receipt.

        Raises:
            FormatError: malformed, or not for this party.
            SignatureError: not signed by its sender.
            SequenceError: one before it is missing, or it contradicts an accepted one.
            ExchangeError: its attachment is not here yet.
        """
        node = self._node
        signed = parse_signed(wire)
        sender = read_envelope(signed).sender
        envelope = open_envelope(signed, node.peer_identity(sender), node.party).envelope
        if envelope.sequence == 0:
            raise FormatError("an envelope without a number is no message to keep")
        with node.keeping_objects(), node.writing() as work:
            last, known, receipt = _before(work, envelope)
            if arrival(envelope.sequence, signed.digest, last, known) is Arrival.AGAIN:
                return receipt
            for attachment in envelope.attachments:
                if not node.objects.has(attachment.digest):
                    raise ExchangeError(f"attachment {attachment.digest[:12]}... is not here yet")
            return _keep(node, work, envelope, signed)

    def answer(self, wire: bytes) -> bytes:
        """Answer a signed request for a key; decided again at this instant."""
        return answer_key_request(self._node, wire)

    def last_sequence(self, sender: str) -> int:
        """Return the number of the last envelope accepted from a sender."""
        with self._node.reading() as connection:
            query = select(func.max(INBOX.c.sequence)).where(INBOX.c.sender == sender)
            return int(connection.execute(query).scalar() or 0)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the register of `old` entries is the beginning of that of `new`."""
        with self._node.reading() as connection:
            return self._node.log(connection).consistency(old, new)

    def kept(self, party: str) -> list[str]:
        """Return the newest checkpoints of a party's register that are kept here."""
        query = select(PEER_CHECKPOINT.c.note).where(PEER_CHECKPOINT.c.party == party)
        with self._node.reading() as connection:
            rows = connection.execute(query.order_by(PEER_CHECKPOINT.c.size.desc()).limit(MOST_KEPT))
            return [str(row.note) for row in rows]

    def checkpoint(self) -> str:
        """Return the newest checkpoint of the register, signed now."""
        with self._node.writing() as work:
            return work.log.publish(self._node.origin, self._node.identity.key)


def _before(work: Work, envelope: Envelope) -> tuple[int, str | None, bytes]:
    sender = INBOX.c.sender == envelope.sender
    last = work.connection.execute(select(func.max(INBOX.c.sequence)).where(sender)).scalar()
    query = select(INBOX.c.digest, INBOX.c.receipt)
    row = work.connection.execute(query.where(sender, INBOX.c.sequence == envelope.sequence)).first()
    if row is None:
        return int(last or 0), None, b""
    return int(last or 0), str(row.digest), bytes(row.receipt)


def _keep(node: Node, work: Work, envelope: Envelope, signed: Signed) -> bytes:
    reason = ""
    savepoint = work.connection.begin_nested()
    try:
        _take(node, work, envelope)
        savepoint.commit()
    except (FormatError, KeyError, TypeError, ValueError, msgspec.ValidationError) as wrong:
        savepoint.rollback()
        reason = f"the contents are malformed: {wrong}"
    except ServandaError as wrong:
        savepoint.rollback()
        reason = str(wrong)
    position = work.record(
        EntryKind.RECEIVED,
        {
            "envelope": signed.digest,
            "from": envelope.sender,
            "sequence": envelope.sequence,
            "kind": envelope.kind.value,
            "refused": reason,
        },
    )
    receipt = seal_receipt(
        Receipt(
            digest=signed.digest,
            sender=envelope.sender,
            recipient=node.party,
            sequence=envelope.sequence,
            received=work.stamp,
            position=position,
            checkpoint=work.log.publish(node.origin, node.identity.key),
            accepted=not reason,
            reason=reason,
        ),
        node.identity,
    ).wire()
    work.connection.execute(
        INBOX.insert().values(
            sender=envelope.sender,
            sequence=envelope.sequence,
            envelope_id=envelope.id,
            kind=envelope.kind.value,
            digest=signed.digest,
            wire=signed.wire(),
            received=work.stamp,
            receipt=receipt,
        )
    )
    return receipt


def _take(node: Node, work: Work, envelope: Envelope) -> None:
    match envelope.kind:
        case EnvelopeKind.ACT | EnvelopeKind.RECALL:
            take_act(node, work, envelope.body, envelope.sender)
        case EnvelopeKind.RELEASE:
            take_release(node, work, envelope)
        case EnvelopeKind.STATUS_REPORT:
            take_report(work, envelope.body, envelope.sender)
        case EnvelopeKind.DESTRUCTION | EnvelopeKind.COMPROMISE:
            kind = EntryKind(envelope.kind.value)
            work.record(kind, {"by": envelope.sender, "report": envelope.body})
        case EnvelopeKind.VOID:
            work.record(EntryKind.STATEMENT, {"void": envelope.sequence, "from": envelope.sender})
        case EnvelopeKind.KEY_REQUEST | EnvelopeKind.KEY_ANSWER:
            raise FormatError(f"a {envelope.kind.value} is asked and answered, not posted")


def read_receipt(wire: bytes) -> dict[str, Any]:
    """Return a receipt as JSON, for display; it was verified when it was taken in."""
    found: dict[str, Any] = json.loads(parse_signed(wire).document)
    return found
