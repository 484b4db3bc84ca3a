"""Signed documents: canonical JSON with an Ed25519 signature, kept byte for byte as received.

The signature covers the name of the format, a newline and the bytes, so that a signature over one kind of
document is none over another. On the wire: JSON {"document": base64, "signature": base64}.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from servanda.errors import FormatError
from servanda.exchange.identity import Identity, PublicIdentity
from servanda.formats.canonical import canonical, digest, parse_canonical

MOST_BYTES = 1 << 20
MOST_WIRE = MOST_BYTES * 4 // 3 + 256
"""A document of the greatest length in base64, and what stands around it."""
SIGNATURE_BYTES = 64

Document = TypeVar("Document", bound=msgspec.Struct)


class _Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    document: str
    signature: str


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

    def read(self, format_name: str, kind: type[Document]) -> Document:
        """Return the document as a value that prints to these very bytes: every field is there, once.

        Raises:
            FormatError: not canonical, of another format, or a field is missing, unknown or wrong.
        """
        try:
            found = msgspec.convert(self.plain(format_name), kind, strict=True)
        except msgspec.ValidationError as wrong:
            raise FormatError(f"not a document of format {format_name}: {wrong}") from wrong
        if canonical(msgspec.to_builtins(found)) != self.document:
            raise FormatError(f"not a document of format {format_name}: a field is missing")
        return found


def sign_document(plain: dict[str, Any], identity: Identity) -> Signed:
    """Return a JSON object as a signed document; its `format` names what it is."""
    document = canonical(plain)
    return Signed(document, identity.sign(_covered(plain["format"], document)))


def parse_signed(wire: bytes) -> Signed:
    """Read the wire form; the inverse of `wire`. Nothing is verified.

    Raises:
        FormatError: malformed, too long, or with anything else beside the document and the signature.
    """
    if len(wire) > MOST_WIRE:
        raise FormatError("a message longer than allowed", hint=f"a document has at most {MOST_BYTES} bytes")
    try:
        plain = msgspec.json.decode(wire, type=_Wire)
        signed = Signed(_unbase64(plain.document), _unbase64(plain.signature))
    except (msgspec.DecodeError, ValueError, RecursionError) as wrong:
        raise FormatError("not a signed document") from wrong
    if len(signed.document) > MOST_BYTES:
        raise FormatError("a message longer than allowed", hint=f"a document has at most {MOST_BYTES} bytes")
    if len(signed.signature) != SIGNATURE_BYTES:
        raise FormatError("not a signed document: no Ed25519 signature")
    return signed


def _unbase64(text: str) -> bytes:
    found = base64.b64decode(text, validate=True)
    # One text for one sequence of bytes: RFC 4648, section 3.5, on pad bits.
    if base64.b64encode(found).decode() != text:
        raise ValueError("not the base64 of anything")
    return found


def _covered(format_name: str, document: bytes) -> bytes:
    return format_name.encode() + b"\n" + document
