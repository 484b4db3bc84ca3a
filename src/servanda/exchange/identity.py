"""A party's signing identity: the Ed25519 key whose signature is the evidence."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from servanda.errors import FormatError, NodeError, SignatureError


@dataclass(frozen=True, slots=True)
class PublicIdentity:
    """A party and its public key; prints as `JP:<base64 of 32 bytes>`."""

    party: str
    public: bytes

    def __str__(self) -> str:
        return f"{self.party}:{base64.b64encode(self.public).decode()}"

    def verify(self, signature: bytes, message: bytes) -> None:
        """Check a signature of this party.

        Raises:
            SignatureError: it does not hold.
        """
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError) as wrong:
            raise SignatureError(f"the signature is not that of {self.party}") from wrong


def parse_identity(text: str) -> PublicIdentity:
    """Read a public identity; the inverse of printing one.

    Raises:
        FormatError: malformed.
    """
    party, _, encoded = text.partition(":")
    try:
        found = PublicIdentity(party, base64.b64decode(encoded, validate=True))
    except (ValueError, binascii.Error) as wrong:
        raise FormatError(f"`{text[:80]}` is not a public identity") from wrong
    if len(found.public) != 32 or not party or str(found) != text:  # noqa: PLR2004 - Ed25519
        raise FormatError(f"`{text[:80]}` is not a public identity")
    return found


class Identity:
    """A party's private signing key, which never shows itself."""

    __slots__ = ("_key", "party")

    def __init__(self, party: str, key: Ed25519PrivateKey) -> None:
        self.party = party
        self._key = key

    def __repr__(self) -> str:
        return f"Identity({self.party})"

    @classmethod
    def generate(cls, party: str) -> Identity:
        """Make a new identity."""
        return cls(party, Ed25519PrivateKey.generate())

    @classmethod
    def load(cls, party: str, path: Path) -> Identity:
        """Read an identity from its file.

        Raises:
            NodeError: no such file, or not an Ed25519 key.
        """
        try:
            key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as wrong:
            raise NodeError(f"the identity `{path.name}` cannot be read") from wrong
        if not isinstance(key, Ed25519PrivateKey):
            raise NodeError(f"the identity `{path.name}` is not an Ed25519 key")
        return cls(party, key)

    def save(self, path: Path) -> None:
        """Write the key to a new file that only its owner reads, durably.

        Raises:
            NodeError: the file exists already, or cannot be written.
        """
        data = self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        write_secret(path, data)

    @property
    def public(self) -> PublicIdentity:
        """The public side."""
        return PublicIdentity(self.party, self._key.public_key().public_bytes_raw())

    @property
    def key(self) -> Ed25519PrivateKey:
        """The key itself, for the register that signs checkpoints with it."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """Sign a message."""
        return self._key.sign(message)


def write_secret(path: Path, data: bytes) -> None:
    """Write a new file that only its owner reads, durably; whole, or not at all.

    It is written under another name, put on the disk, and then given its own, which must be free. A crash
    leaves at most the other name behind, and never a part of a key under its own.

    Raises:
        NodeError: the file exists already, or cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.link(unfinished, path)
        finally:
            unfinished.unlink()
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as wrong:
        raise NodeError(f"`{path.name}` cannot be written: {wrong}") from wrong
