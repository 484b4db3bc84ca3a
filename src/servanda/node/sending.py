"""The outbox: each peer's envelopes in order, again and again until the receipt is back.

A release that waited is decided again before it leaves. If it may no longer go and the peer never
accepted it, its number is taken by a void envelope, so that the sequence goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, select

from servanda.errors import ProofError, ServandaError, SignatureError
from servanda.exchange import (
    Envelope,
    EnvelopeKind,
    Peer,
    Receipt,
    next_try,
    open_receipt,
    parse_signed,
    read_envelope,
    seal_envelope,
)
from servanda.formats.when import parse_instant
from servanda.model.decision import Decision, Outcome
from servanda.model.when import Instant
from servanda.node.deciding import rule, summary
from servanda.node.house import Node, Work, stamp
from servanda.node.label import read_label
from servanda.node.tables import OUTBOX, PEER_CHECKPOINT, RELEASE
from servanda.register import EntryKind, Verifier, read_checkpoint, verify_consistency

Reach = Callable[[str], Peer]
"""Returns the way to a party's node."""


def deliver_due(node: Node, reach: Reach, monotonic: Callable[[], datetime] | None = None) -> int:
    """Send what is due to every peer, in order; return how many receipts came back.

    A peer that does not answer keeps only its own envelopes waiting. `monotonic` gives the instants for
    waiting between attempts; the node's clock when left out.
    """
    return sum(deliver_to(node, peer.party, reach, monotonic) for peer in node.config.peers)


def deliver_to(node: Node, party: str, reach: Reach, monotonic: Callable[[], datetime] | None = None) -> int:
    """Send what is due to one peer, in order; return how many receipts came back."""
    delivered = 0
    while True:
        at = monotonic() if monotonic is not None else node.now().utc
        row = _next(node, party, at)
        if row is None or not _deliver(node, row, reach, at):
            return delivered
        delivered += 1


def waiting(node: Node) -> int:
    """Return how many envelopes have no receipt yet."""
    with node.reading() as connection:
        rows = connection.execute(select(OUTBOX.c.sequence).where(OUTBOX.c.state == "queued"))
        return len(rows.all())


def _next(node: Node, party: str, at: datetime) -> Row[Any] | None:
    with node.reading() as connection:
        query = select(OUTBOX).where(OUTBOX.c.recipient == party, OUTBOX.c.state == "queued")
        row = connection.execute(query.order_by(OUTBOX.c.sequence).limit(1)).first()
    if row is None or (row.attempts and parse_instant(row.next_try).utc > at):
        return None
    return row


def _deliver(node: Node, row: Row[Any], reach: Reach, at: datetime) -> bool:
    try:
        peer = reach(row.recipient)
        envelope = read_envelope(parse_signed(bytes(row.wire)))
        if envelope.kind is EnvelopeKind.RELEASE:
            refused = _still_permitted(node, envelope)
            if refused is not None and peer.last_sequence(node.party) < envelope.sequence:
                _void(node, row, envelope, refused)
                return True
        for attachment in envelope.attachments:
            peer.send_attachment(attachment.digest, node.objects.path(attachment.digest))
        answered = peer.deliver(bytes(row.wire))
        receipt = open_receipt(parse_signed(answered), node.peer_identity(row.recipient))
        if receipt.digest != row.digest or receipt.recipient != row.recipient:
            raise SignatureError(f"the receipt of {row.recipient} is for another envelope")
        _checked(node, receipt, peer)
    except ServandaError as wrong:
        _failed(node, row, at, wrong)
        return False
    _received(node, row, receipt, answered)
    return True


def _still_permitted(node: Node, envelope: Envelope) -> Decision | None:
    """Return the decision that now stands in the way of a release, or None."""
    label = read_label(envelope.body["label"])
    at = node.now()
    with node.reading() as connection:
        request = label.request(node.party, envelope.recipient, at)
        decision = rule(node, connection, request).decision
    return None if decision.outcome is Outcome.PERMIT else decision


def _void(node: Node, row: Row[Any], envelope: Envelope, decision: Decision) -> None:
    """Put a void envelope in the place of a release that was not accepted and may no longer go."""
    with node.writing() as work:
        void = msgspec.structs.replace(
            envelope,
            kind=EnvelopeKind.VOID,
            body={"release": envelope.body["release"]},
            attachments=(),
            sent=work.stamp,
        )
        signed = seal_envelope(void, node.identity)
        work.connection.execute(
            OUTBOX.update()
            .where(OUTBOX.c.recipient == row.recipient, OUTBOX.c.sequence == row.sequence)
            .values(wire=signed.wire(), digest=signed.digest, kind="void", attempts=0)
        )
        work.connection.execute(
            RELEASE.update()
            .where(RELEASE.c.release_id == str(envelope.body["release"]))
            .values(received="stopped " + work.stamp)
        )
        doing = f"sending of {envelope.body['release']}"
        work.record(EntryKind.REFUSAL, {"doing": doing, "decision": summary(decision)})


def _failed(node: Node, row: Row[Any], at: datetime, wrong: ServandaError) -> None:
    with node.database.writing() as connection:
        again = next_try(at, row.attempts, row.envelope_id)
        connection.execute(
            OUTBOX.update()
            .where(OUTBOX.c.recipient == row.recipient, OUTBOX.c.sequence == row.sequence)
            .values(
                attempts=row.attempts + 1,
                next_try=stamp(Instant(again)),
                last_error=str(wrong)[:500],
            )
        )


def _checked(node: Node, receipt: Receipt, peer: Peer) -> None:
    """Hold the peer's checkpoint against the one it gave before: its register only ever grows.

    Raises:
        ProofError: its register of today does not begin with its register of then: it was rewritten.
    """
    party = receipt.recipient
    verifier = Verifier(f"servanda:{party}", node.peer_identity(party).public)
    found = read_checkpoint(receipt.checkpoint, (verifier,))
    if found.size <= receipt.position or found.origin != f"servanda:{party}":
        raise ProofError(f"the checkpoint of {party} does not cover its own entry")
    with node.reading() as connection:
        query = select(PEER_CHECKPOINT.c.note).where(PEER_CHECKPOINT.c.party == party)
        known = connection.execute(query.order_by(PEER_CHECKPOINT.c.size.desc()).limit(1)).scalar()
    if known is None:
        return
    before, after = sorted(
        (read_checkpoint(str(known), (verifier,)), found), key=lambda checkpoint: checkpoint.size
    )
    proof = [] if before.size == after.size else peer.consistency(before.size, after.size)
    verify_consistency(before.size, after.size, proof, before.root, after.root)


def _received(node: Node, row: Row[Any], receipt: Receipt, wire: bytes) -> None:
    with node.writing() as work:
        changed = work.connection.execute(
            OUTBOX.update()
            .where(
                OUTBOX.c.recipient == row.recipient,
                OUTBOX.c.sequence == row.sequence,
                OUTBOX.c.state == "queued",
            )
            .values(
                state="delivered" if receipt.accepted else "refused",
                receipt=wire,
                last_error=receipt.reason or None,
            )
        ).rowcount
        if not changed:
            return
        if row.kind == "release":
            release = json.loads(parse_signed(bytes(row.wire)).document)["body"]["release"]
            work.connection.execute(
                RELEASE.update().where(RELEASE.c.release_id == release).values(received=receipt.received)
            )
        work.record(
            EntryKind.RECEIPT,
            {
                "envelope": row.digest,
                "by": receipt.recipient,
                "sequence": receipt.sequence,
                "received": receipt.received,
                "accepted": receipt.accepted,
                "reason": receipt.reason,
            },
        )
        _keep_checkpoint(work, receipt)


def _keep_checkpoint(work: Work, receipt: Receipt) -> None:
    size = int(receipt.checkpoint.split("\n")[1])
    here = (PEER_CHECKPOINT.c.party == receipt.recipient) & (PEER_CHECKPOINT.c.size == size)
    if work.connection.execute(select(PEER_CHECKPOINT.c.size).where(here)).first() is None:
        work.connection.execute(
            PEER_CHECKPOINT.insert().values(party=receipt.recipient, size=size, note=receipt.checkpoint)
        )
