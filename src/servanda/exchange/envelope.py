"""Envelopes: what travels between nodes, in sequence, signed by its party."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

import msgspec

from servanda.errors import FormatError
from servanda.exchange.fields import require_digest, require_id, require_utc
from servanda.exchange.identity import Identity, PublicIdentity
from servanda.exchange.signed import Signed, sign_document

FORMAT = "servanda/envelope@1"


class EnvelopeKind(Enum):
    """The closed list of what travels."""

    ACT = "act"
    RELEASE = "release"
    RECALL = "recall"
    KEY_REQUEST = "key-request"
    KEY_ANSWER = "key-answer"
    STATUS_REPORT = "status-report"
    DESTRUCTION = "destruction"
    COMPROMISE = "compromise"
    VOID = "void"
    """Takes the number of an envelope that was never sent, because it no longer may be."""


class Attachment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that goes with an envelope: its hexadecimal SHA-256 and its size in bytes."""

    digest: str
    size: int


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message. `sequence` counts from 1 for each sender and recipient; 0 stands outside of it.

    `id` is a fresh UUID, `sent` RFC 3339 in UTC with a `Z`, `body` whatever the kind asks for; no
    floating-point number stands in it. Wire form: a signed document of format servanda/envelope@1.
    """

    id: str
    sender: str
    recipient: str
    sequence: int
    kind: EnvelopeKind
    sent: str
    body: dict[str, Any]
    attachments: tuple[Attachment, ...] = ()
    format: str = FORMAT


@dataclass(frozen=True, slots=True)
class Received:
    """An envelope whose signature has been verified, with the bytes as they came."""

    envelope: Envelope
    signed: Signed


def seal_envelope(envelope: Envelope, identity: Identity) -> Signed:
    """Sign an envelope.

    Raises:
        FormatError: it is not the identity's own.
    """
    if envelope.sender != identity.party:
        raise FormatError(f"{identity.party} cannot sign for {envelope.sender}")
    return sign_document(msgspec.to_builtins(envelope), identity)


def read_envelope(signed: Signed) -> Envelope:
    """Read an envelope without verifying its signature.

    Raises:
        FormatError: malformed.
    """
    envelope = signed.read(FORMAT, Envelope)
    require_id(envelope.id, "the id")
    require_utc(envelope.sent, "`sent`")
    if envelope.sequence < 0 or any(one.size < 0 for one in envelope.attachments):
        raise FormatError("not an envelope: a number below zero")
    for one in envelope.attachments:
        require_digest(one.digest, "attachment")
    return envelope


def open_envelope(signed: Signed, sender: PublicIdentity, recipient: str) -> Received:
    """Read an envelope and check that its sender signed it, for this recipient.

    Raises:
        FormatError: malformed, or for somebody else.
        SignatureError: not signed by the sender.
    """
    envelope = read_envelope(signed)
    if envelope.sender != sender.party or envelope.recipient != recipient:
        raise FormatError(f"the envelope is from {envelope.sender} to {envelope.recipient}")
    signed.verify(FORMAT, sender)
    return Received(envelope, signed)
