"""Opening: the receiver asks, the originator decides again at that instant, and both record it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from servanda.errors import (
    ContainerError,
    FormatError,
    KeyAccessError,
)
from servanda.exchange import Envelope, EnvelopeKind, Peer, open_envelope, parse_signed, seal_envelope
from servanda.formats.when import parse_instant
from servanda.formats.words import to_builtins
from servanda.model.decision import Outcome
from servanda.model.label import Person
from servanda.model.when import FOREVER, Instant
from servanda.node.deciding import refuse, rule
from servanda.node.house import Node, stamp
from servanda.node.label import Label, read_label
from servanda.node.releasing import held, label_of
from servanda.register import EntryKind
from servanda.vault import KeyAccess, PrivateKey, inspect, unseal, unwrap


@dataclass(frozen=True, slots=True)
class Given:
    """A key, and until when whoever gave it knows of nothing that would change that."""

    key: bytes
    until: Instant


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: an object here, how it came, and who would open it."""

    label: Label
    container: Path
    obtained_from: str | None
    path: list[dict[str, Any]]
    person: Person | None


def open_item(
    node: Node, object_id: str, destination: Path, peer: Peer | None, person: Person | None = None
) -> Label:
    """Decrypt an object that is held to a file, with a key that its originator gives now.

    `peer` is the originator's node; None for what this party originated itself. `person` is who opens it:
    the law then asks whether that person may. An opening that lasts beyond an instant at which anything may
    change is decided again when it is done, and leaves nothing where it is then refused.

    Raises:
        RefusedError: this party's own law, or the originator, does not permit it at this instant.
        UnreachableError: the originator's node does not answer.
        ContainerError: the container was altered.
    """
    asked, until = _ask_own_law(node, object_id, person)
    given = _key(node, asked, peer)
    inside = unseal(asked.container, given.key, destination)
    try:
        _check_label(asked.label, inside)
        if node.now() >= min(until, given.until):
            _ask_own_law(node, object_id, person)
            _key(node, asked, peer)
        with node.writing() as work:
            body: dict[str, Any] = {"object": object_id, "to": destination.name}
            if person is not None:
                body["person"] = to_builtins(person)
            work.record(EntryKind.OPENED, body)
    except BaseException:
        destination.unlink(missing_ok=True)
        raise
    return asked.label


def _ask_own_law(node: Node, object_id: str, person: Person | None) -> tuple[_Asked, Instant]:
    """Decide by this party's own law; return what is asked for, and until when that holds."""
    refused, until = None, FOREVER
    with node.writing() as work:
        row = held(work, object_id)
        label = label_of(row)
        if row.obtained_from is not None:
            request = label.request(row.obtained_from, node.party, work.at, person)
            decision = rule(node, work.connection, request).decision
            until = decision.until
            if decision.outcome is not Outcome.PERMIT:
                refused = refuse(work, decision, f"opening of {label.name}")
    if refused is not None:
        raise refused
    container = node.objects.path(str(row.container))
    return _Asked(label, container, row.obtained_from, json.loads(row.path), person), until


def _check_label(label: Label, inside: dict[str, Any]) -> None:
    try:
        same = read_label(inside).bound() == label.bound()
    except FormatError as wrong:
        raise ContainerError(f"the label in the container is malformed: {wrong.message}") from wrong
    if not same:
        raise ContainerError(
            f"the label of {label.object_id} is not the one in its container",
            hint="whoever handed it over has changed it; tell its originator",
        )


def _key(node: Node, asked: _Asked, peer: Peer | None) -> Given:
    information = inspect(asked.container).encryption_information
    access = information.key_access[0]
    if asked.obtained_from is None:
        return Given(node.kas.unwrap(access.wrapped()), FOREVER)
    return _ask(node, asked, access, information.policy, peer)


def _ask(node: Node, asked: _Asked, access: KeyAccess, policy: str, peer: Peer | None) -> Given:
    originator = asked.label.originators[0]
    if peer is None:
        raise KeyAccessError(f"the node of {originator} is not a peer of this one")
    session = PrivateKey.generate()
    body: dict[str, Any] = {
        "object": asked.label.object_id,
        "path": asked.path,
        "access": msgspec.to_builtins(access),
        "policy": policy,
        "session": session.public_pem,
    }
    if asked.person is not None:
        body["person"] = to_builtins(asked.person)
    request = Envelope(
        id=str(uuid.uuid4()),
        sender=node.party,
        recipient=originator,
        sequence=0,
        kind=EnvelopeKind.KEY_REQUEST,
        sent=stamp(node.now()),
        body=body,
    )
    signed = seal_envelope(request, node.identity)
    answered = parse_signed(peer.ask_key(signed.wire()))
    answer = open_envelope(answered, node.peer_identity(originator), node.party).envelope
    if answer.kind is not EnvelopeKind.KEY_ANSWER or answer.body.get("request") != signed.digest:
        raise FormatError(f"{originator} answers something else than was asked")
    until = str(answer.body.get("until") or "")
    return Given(unwrap(session, str(answer.body.get("key"))), parse_instant(until) if until else FOREVER)
