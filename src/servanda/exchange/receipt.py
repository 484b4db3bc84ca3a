"""Receipts: the receiver's signature that an envelope arrived, and when."""

from __future__ import annotations

import msgspec

from servanda.errors import FormatError
from servanda.exchange.identity import Identity, PublicIdentity
from servanda.exchange.signed import Signed, sign_document

FORMAT = "servanda/receipt@1"


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the receiver signs: which envelope, when, and where it stands in the receiver's register.

    `digest` is that of the envelope's document, `position` and `checkpoint` are those of
    the receiver's register. Not accepted, with a reason, is an answer too: it is never tried again.
    """

    digest: str
    sender: str
    recipient: str
    sequence: int
    received: str
    position: int
    checkpoint: str
    accepted: bool
    reason: str
    format: str = FORMAT


def seal_receipt(receipt: Receipt, identity: Identity) -> Signed:
    """Sign a receipt as the recipient of the envelope."""
    return sign_document(msgspec.to_builtins(receipt), identity)


def open_receipt(signed: Signed, recipient: PublicIdentity) -> Receipt:
    """Read a receipt and check that the recipient of the envelope signed it.

    Raises:
        FormatError: malformed.
        SignatureError: not signed by the recipient.
    """
    try:
        receipt = msgspec.convert(signed.plain(FORMAT), Receipt, strict=True)
    except msgspec.ValidationError as wrong:
        raise FormatError(f"not a receipt: {wrong}") from wrong
    signed.verify(FORMAT, recipient)
    return receipt
