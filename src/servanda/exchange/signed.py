"""Signed documents: canonical JSON with an Ed25519 signature, kept byte for byte as received.

The signature covers the name of the format, a newline and the bytes, so that a signature over one kind of
document is none over another. On the wire: JSON {"document": base64, "signature": base64}.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from servanda.errors import FormatError
from servanda.exchange.identity import Identity, PublicIdentity
from servanda.formats.canonical import canonical, digest, parse_canonical

MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Signed:
    """A document's canonical bytes and the signature over them."""

    document: bytes
    signature: bytes

    @property
    def digest(self) -> str:
        """The hexadecimal SHA-256 of the document."""
        return digest(self.document)

    def wire(self) -> bytes:
        """Print to the wire form."""
        return json.dumps(
            {
                "document": base64.b64encode(self.document).decode(),
                "signature": base64.b64encode(self.signature).decode(),
            }
        ).encode()

    def verify(self, format_name: str, signer: PublicIdentity) -> None:
        """Check that the party has signed this document as one of this format.

        Raises:
            SignatureError: it has not.
        """
        signer.verify(self.signature, _covered(format_name, self.document))

    def plain(self, format_name: str) -> dict[str, Any]:
        """Return the document as JSON, strictly.

        Raises:
            FormatError: not canonical, not an object, or of another format.
        """
        found = parse_canonical(self.document, MOST_BYTES)
        if not isinstance(found, dict) or found.get("format") != format_name:
            raise FormatError(f"not a document of format {format_name}")
        return found


def sign_document(plain: dict[str, Any], identity: Identity) -> Signed:
    """Return a JSON object as a signed document; its `format` names what it is."""
    document = canonical(plain)
    return Signed(document, identity.sign(_covered(plain["format"], document)))


def parse_signed(wire: bytes) -> Signed:
    """Read the wire form; the inverse of `wire`. Nothing is verified.

    Raises:
        FormatError: malformed or too long.
    """
    if len(wire) > 2 * MOST_BYTES:
        raise FormatError("a message longer than allowed")
    try:
        plain = json.loads(wire)
        signed = Signed(
            base64.b64decode(plain["document"], validate=True),
            base64.b64decode(plain["signature"], validate=True),
        )
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError) as wrong:
        raise FormatError("not a signed document") from wrong
    if len(signed.document) > MOST_BYTES:
        raise FormatError("a message longer than allowed")
    return signed


def _covered(format_name: str, document: bytes) -> bytes:
    return format_name.encode() + b"\n" + document
