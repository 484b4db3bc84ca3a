"""Giving keys: every request decided at its own instant, along the whole chain by which the object went.

Each handover from the originator to the asker is judged as if it were made now. The chain is evidence: every
holder signed its own link, and the first is a release on this party's own record.
"""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from servanda.errors import (
    FormatError,
    RefusedError,
    ServandaError,
    SignatureError,
    UnknownNameError,
    VaultError,
)
from servanda.exchange import (
    Envelope,
    EnvelopeKind,
    Signed,
    open_envelope,
    parse_signed,
    read_envelope,
    seal_envelope,
)
from servanda.formats.when import parse_instant
from servanda.formats.words import from_builtins, to_builtins
from servanda.model.decision import Decision, Outcome
from servanda.model.label import Person
from servanda.model.when import FOREVER, Instant
from servanda.node.deciding import Ruling, dumps, refusal, rule, summary
from servanda.node.handover import Handover, read_path, verify_path
from servanda.node.house import Node, Work
from servanda.node.label import Label, read_label
from servanda.node.tables import ITEM, KEY_ACCESS, RELEASE
from servanda.register import EntryKind
from servanda.vault import KeyAccess, rewrap

FRESH = timedelta(minutes=5)
"""How far apart two nodes' clocks may be when one asks the other for a key."""


def answer_key_request(node: Node, wire: bytes) -> bytes:
    """Decide a request for a key at this instant, and answer it; both outcomes are on record.

    Raises:
        RefusedError: the decision on a link of the chain is not a permit.
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
        person = _person(envelope.body)
        record: dict[str, Any] = {
            "object": label.object_id,
            "asker": sender,
            "request": signed.digest,
        } | ({"person": to_builtins(person)} if person is not None else {})
        try:
            path = _path(node, work, label, envelope)
            record["path"] = [node.party, *(one.to for one in path)]
            decision = judged(node, work.connection, label, tuple(record["path"]), work.at, person)
            record["decision"] = summary(decision)
            if decision.outcome is not Outcome.PERMIT:
                link = f"{decision.request.holder} to {decision.request.recipient}"
                raise refusal(decision, f"key of {label.object_id} for {sender} (link {link})")
            key = _rewrap(node, envelope.body, Ruling(decision), sender)
            work.record(EntryKind.KEY_ACCESS, record)
            _keep(work, label, record, sender)
            answer = _answer(node, work.stamp, sender, signed, key, decision.until)
        except (VaultError, RefusedError, FormatError, SignatureError) as wrong:
            refused = wrong
            work.record(EntryKind.REFUSAL, {"doing": "key access", "why": wrong.message, **record})
    if refused is not None:
        raise refused
    return answer


def judged(
    node: Node,
    connection: Connection,
    label: Label,
    parties: tuple[str, ...],
    at: Instant,
    person: Person | None,
) -> Decision:
    """Judge every link of a chain at one instant: the first that is no permit, or the last of all.

    `parties` are the holders in order, the originator first; `person` is one of the last. A permit holds
    until anything may change for any link.
    """
    until = FOREVER
    decision = None
    for number, (holder, recipient) in enumerate(pairwise(parties), start=2):
        opener = person if number == len(parties) else None
        request = label.request(holder, recipient, at, opener)
        decision = rule(node, connection, request).decision
        if decision.outcome is not Outcome.PERMIT:
            return decision
        until = min(until, decision.until)
    assert decision is not None
    judgement = msgspec.structs.replace(decision.judgement, until=until)
    return msgspec.structs.replace(decision, judgement=judgement)


def _path(node: Node, work: Work, label: Label, envelope: Envelope) -> tuple[Handover, ...]:
    """Return the chain that the asker shows, after checking it from the first link to the last.

    Raises:
        RefusedError: it does not lead from a release of ours to the asker.
        SignatureError: a link is not signed by its holder.
    """
    shown = envelope.body.get("path")
    try:
        path = read_path(shown, label.object_id, node.party, envelope.sender)
    except FormatError as wrong:
        raise RefusedError(
            f"{label.object_id} was never released to {envelope.sender}: {wrong.message}"
        ) from wrong
    query = select(RELEASE.c.release_id).where(
        RELEASE.c.release_id == path[0].release,
        RELEASE.c.object_id == label.object_id,
        RELEASE.c.recipient == path[0].to,
    )
    if work.connection.execute(query).first() is None:
        raise RefusedError(f"{label.object_id} was never released to {path[0].to}")
    assert isinstance(shown, list)
    verify_path(shown, node.peer_identity)
    return path


def _person(body: Any) -> Person | None:  # noqa: ANN401 - JSON
    plain = body.get("person")
    return None if plain is None else from_builtins(Person, plain)


def _keep(work: Work, label: Label, record: dict[str, Any], asker: str) -> None:
    """Keep to whom the key was given, so that it is known when that would end."""
    person = dumps(record["person"]) if "person" in record else ""
    values = {"path": dumps(record["path"]), "given": work.stamp}
    here = (
        (KEY_ACCESS.c.object_id == label.object_id)
        & (KEY_ACCESS.c.asker == asker)
        & (KEY_ACCESS.c.person == person)
    )
    if work.connection.execute(KEY_ACCESS.update().where(here).values(**values)).rowcount == 0:
        work.connection.execute(
            KEY_ACCESS.insert().values(object_id=label.object_id, asker=asker, person=person, **values)
        )


def _rewrap(node: Node, body: dict[str, Any], ruling: Ruling, asker: str) -> str:
    try:
        access = msgspec.convert(body.get("access"), KeyAccess)
        policy, session = str(body["policy"]), str(body["session"])
    except (msgspec.ValidationError, KeyError) as wrong:
        raise FormatError("the request for a key is malformed") from wrong
    return rewrap(node.kas, access, policy, session, ruling, asker)


def _answer(node: Node, at: str, sender: str, request: Signed, key: str, until: Instant) -> bytes:
    envelope = Envelope(
        id=str(uuid.uuid4()),
        sender=node.party,
        recipient=sender,
        sequence=0,
        kind=EnvelopeKind.KEY_ANSWER,
        sent=at,
        body={"request": request.digest, "key": key, "until": "" if until == FOREVER else str(until)},
    )
    return seal_envelope(envelope, node.identity).wire()


def _label(node: Node, connection: Connection, object_id: str) -> Label:
    row = connection.execute(
        select(ITEM).where(ITEM.c.object_id == object_id, ITEM.c.role == "originated")
    ).first()
    if row is None:
        raise UnknownNameError(f"{node.party} did not originate `{object_id}`")
    return read_label(json.loads(row.label))
