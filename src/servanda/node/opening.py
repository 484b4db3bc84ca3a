"""Opening: the receiver asks, the originator decides again at that instant, and both record it."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from servanda.errors import (
    ContainerError,
    FormatError,
    KeyAccessError,
    RefusedError,
    ServandaError,
    UnknownNameError,
    VaultError,
)
from servanda.exchange import (
    Envelope,
    EnvelopeKind,
    Peer,
    Signed,
    open_envelope,
    parse_signed,
    read_envelope,
    seal_envelope,
)
from servanda.formats.when import parse_instant
from servanda.model.decision import Outcome
from servanda.node.deciding import Label, Ruling, read_label, refuse, rule, summary
from servanda.node.house import Node, stamp
from servanda.node.releasing import held, label_of
from servanda.node.tables import ITEM, RELEASE
from servanda.register import EntryKind
from servanda.vault import KeyAccess, PrivateKey, inspect, rewrap, unseal, unwrap

FRESH = timedelta(minutes=5)
"""How far apart two nodes' clocks may be when one asks the other for a key."""


def open_item(node: Node, object_id: str, destination: Path, peer: Peer | None) -> Label:
    """Decrypt an object that is held to a file, with a key that its originator gives now.

    `peer` is the originator's node; None for what this party originated itself.

    Raises:
        RefusedError: this party's own law, or the originator, does not permit it at this instant.
        UnreachableError: the originator's node does not answer.
        ContainerError: the container was altered.
    """
    with node.writing() as work:
        row = held(work, object_id)
        label = label_of(row)
        refused = None
        if row.obtained_from is not None:
            request = label.request(row.obtained_from, node.party, work.at)
            decision = rule(node.registry(work.connection), request).decision
            if decision.outcome is not Outcome.PERMIT:
                refused = refuse(node, work, decision, f"opening of {label.name}")
    if refused is not None:
        raise refused
    container = node.objects.path(str(row.container))
    access = inspect(container).encryption_information
    if row.obtained_from is None:
        key = node.kas.unwrap(access.key_access[0].wrapped())
    else:
        key = _ask(node, label, str(row.obtained_from), access.key_access[0], access.policy, peer)
    inside = unseal(container, key, destination)
    if any(inside.get(name) != value for name, value in _bound(label).items()):
        destination.unlink(missing_ok=True)
        raise ContainerError(
            f"the label of {object_id} is not the one in its container",
            hint="whoever handed it over has changed it; tell its originator",
        )
    with node.writing() as work:
        work.record(EntryKind.OPENED, {"object": object_id, "to": destination.name})
    return label


def _bound(label: Label) -> dict[str, Any]:
    """Return what a label in a message must share with the one bound to the container."""
    return {
        "object_id": label.object_id,
        "originators": list(label.originators),
        "marking": label.marking,
        "topics": list(label.topics),
        "purpose": label.purpose,
    }


def _ask(
    node: Node, label: Label, came_from: str, access: KeyAccess, policy: str, peer: Peer | None
) -> bytes:
    if peer is None:
        raise KeyAccessError(f"the node of {label.originators[0]} is not a peer of this one")
    session = PrivateKey.generate()
    originator = label.originators[0]
    request = Envelope(
        id=str(uuid.uuid4()),
        sender=node.party,
        recipient=originator,
        sequence=0,
        kind=EnvelopeKind.KEY_REQUEST,
        sent=stamp(node.now()),
        body={
            "object": label.object_id,
            "from": came_from,
            "access": msgspec.to_builtins(access),
            "policy": policy,
            "session": session.public_pem,
        },
    )
    signed = seal_envelope(request, node.identity)
    answered = parse_signed(peer.ask_key(signed.wire()))
    answer = open_envelope(answered, node.peer_identity(originator), node.party).envelope
    if answer.kind is not EnvelopeKind.KEY_ANSWER or answer.body.get("request") != signed.digest:
        raise FormatError(f"{originator} answers something else than was asked")
    return unwrap(session, str(answer.body.get("key")))


def answer_key_request(node: Node, wire: bytes) -> bytes:
    """Decide a request for a key at this instant, and answer it; both outcomes are on record.

    Raises:
        RefusedError: the decision is not a permit.
        KeyAccessError: the key is not ours, or bound to another policy.
        FormatError: malformed, or not of these minutes.
    """
    signed = parse_signed(wire)
    sender = read_envelope(signed).sender
    envelope = open_envelope(signed, node.peer_identity(sender), node.party).envelope
    if envelope.kind is not EnvelopeKind.KEY_REQUEST:
        raise FormatError("not a request for a key")
    refused: ServandaError | None = None
    answer = b""
    with node.writing() as work:
        age = abs(work.at.utc - parse_instant(envelope.sent).utc)
        if age > FRESH:
            raise FormatError("the request is not of these minutes", hint="set the clocks right")
        label = _label(node, work.connection, str(envelope.body.get("object")))
        came_from = str(envelope.body.get("from"))
        ruling = rule(node.registry(work.connection), label.request(came_from, sender, work.at))
        record = {"asker": sender, "request": signed.digest, "decision": summary(ruling.decision)}
        first = sender if came_from == node.party else came_from
        if not _released(work.connection, label.object_id, first):
            refused = RefusedError(f"{label.object_id} was never released to {first}")
            work.record(EntryKind.REFUSAL, {"doing": "key access", "why": refused.message, **record})
        elif ruling.decision.outcome is not Outcome.PERMIT:
            refused = refuse(node, work, ruling.decision, f"key of {label.object_id} for {sender}")
        else:
            try:
                key = _rewrap(node, envelope.body, ruling, sender)
                work.record(EntryKind.KEY_ACCESS, record)
                answer = _answer(node, work.stamp, sender, signed, key)
            except (VaultError, RefusedError, FormatError) as wrong:
                refused = wrong
        if refused is not None and not isinstance(refused, RefusedError):
            work.record(EntryKind.REFUSAL, {"doing": "key access", "why": refused.message, **record})
    if refused is not None:
        raise refused
    return answer


def _rewrap(node: Node, body: dict[str, Any], ruling: Ruling, asker: str) -> str:
    try:
        access = msgspec.convert(body.get("access"), KeyAccess)
        policy, session = str(body["policy"]), str(body["session"])
    except (msgspec.ValidationError, KeyError) as wrong:
        raise FormatError("the request for a key is malformed") from wrong
    return rewrap(node.kas, access, policy, session, ruling, asker)


def _answer(node: Node, at: str, sender: str, request: Signed, key: str) -> bytes:
    envelope = Envelope(
        id=str(uuid.uuid4()),
        sender=node.party,
        recipient=sender,
        sequence=0,
        kind=EnvelopeKind.KEY_ANSWER,
        sent=at,
        body={"request": request.digest, "key": key},
    )
    return seal_envelope(envelope, node.identity).wire()


def _label(node: Node, connection: Any, object_id: str) -> Label:  # noqa: ANN401 - Connection
    row = connection.execute(
        select(ITEM).where(ITEM.c.object_id == object_id, ITEM.c.role == "originated")
    ).first()
    if row is None:
        raise UnknownNameError(f"{node.party} did not originate `{object_id}`")
    return read_label(json.loads(row.label))


def _released(connection: Any, object_id: str, recipient: str) -> bool:  # noqa: ANN401 - Connection
    query = select(RELEASE.c.release_id).where(
        RELEASE.c.object_id == object_id, RELEASE.c.recipient == recipient
    )
    return connection.execute(query).first() is not None
