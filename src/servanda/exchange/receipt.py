"""Receipts: the receiver's signature that an envelope arrived, and when."""

from __future__ import annotations

import msgspec

from servanda.errors import FormatError
from servanda.exchange.fields import require_digest, require_utc
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
    """Sign a receipt as the recipient of the envelope.

    Raises:
        FormatError: it is not the identity's own.
    """
    if receipt.recipient != identity.party:
        raise FormatError(f"{identity.party} cannot sign for {receipt.recipient}")
    return sign_document(msgspec.to_builtins(receipt), identity)


def open_receipt(signed: Signed, recipient: PublicIdentity) -> Receipt:
    """Read a receipt and check that the recipient of the envelope signed it.

    Raises:
        FormatError: malformed, or of another party.
        SignatureError: not signed by the recipient.
    """
    receipt = signed.read(FORMAT, Receipt)
    require_digest(receipt.digest, "the digest")
    require_utc(receipt.received, "`received`")
    if receipt.sequence < 1 or receipt.position < 0:
        raise FormatError("not a receipt: no envelope and no entry has such a number")
    if receipt.accepted == bool(receipt.reason):
        raise FormatError("not a receipt: it gives a reason if, and only if, it does not accept")
    if receipt.recipient != recipient.party:
        raise FormatError(f"the receipt is of {receipt.recipient}, not of {recipient.party}")
    signed.verify(FORMAT, recipient)
    return receipt
