"""Carries signed envelopes between nodes and proves that they arrived; never judges."""

from __future__ import annotations

from servanda.exchange.authority import make_authority, make_certificate
from servanda.exchange.envelope import (
    Attachment,
    Envelope,
    EnvelopeKind,
    Received,
    open_envelope,
    read_envelope,
    seal_envelope,
)
from servanda.exchange.https import HttpsPeer
from servanda.exchange.identity import Identity, PublicIdentity, parse_identity
from servanda.exchange.peer import MemoryPeer, Peer
from servanda.exchange.receipt import Receipt, open_receipt, seal_receipt
from servanda.exchange.receiver import Receiver
from servanda.exchange.retry import next_try
from servanda.exchange.sequence import Arrival, arrival
from servanda.exchange.signed import Signed, parse_signed, sign_document
from servanda.exchange.tls import client_context, server_context

__all__ = [
    "Arrival",
    "Attachment",
    "Envelope",
    "EnvelopeKind",
    "HttpsPeer",
    "Identity",
    "MemoryPeer",
    "Peer",
    "PublicIdentity",
    "Receipt",
    "Received",
    "Receiver",
    "Signed",
    "arrival",
    "client_context",
    "make_authority",
    "make_certificate",
    "next_try",
    "open_envelope",
    "open_receipt",
    "parse_identity",
    "parse_signed",
    "read_envelope",
    "seal_envelope",
    "seal_receipt",
    "server_context",
    "sign_document",
]
