"""Signed notes (C2SP signed-note): a text and any number of signatures under it.

::

    <text, ends in a newline>

    — <key name> <base64(key id, 4 bytes || signature)>

Unknown keys are ignored; a known key whose signature fails rejects the whole note.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from servanda.errors import FormatError, ProofError

ED25519 = 1
MOST_BYTES = 1 << 20
MOST_SIGNATURES = 100
_ID_BYTES = 4
# A surrogate has no UTF-8, so what holds one cannot be signed.
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f\ud800-\udfff]+")
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_LINE = re.compile(r"— (\S+) ([A-Za-z0-9+/]+={0,2})")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name and id, and the signature."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"— {self.name} {base64.b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text with its signatures; prints to the wire form above."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name; prints as a vkey, `name+hex id+base64(type || key)`."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name, newline, type, key)."""
        named = self.name.encode() + b"\n" + bytes([ED25519]) + self.public
        return hashlib.sha256(named).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        key = base64.b64encode(bytes([ED25519]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    def holds(self, text: str, signature: bytes) -> bool:
        """Say whether a signature over a text is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


def parse_verifier(vkey: str) -> Verifier:
    """Read a vkey; the inverse of printing one.

    Raises:
        FormatError: malformed, or its id is not that of its key.
    """
    parts = vkey.split("+", 2)
    try:
        name, key_id, encoded = parts
        key = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise FormatError(f"`{vkey[:80]}` is not a verifier key") from wrong
    if len(key) != 33 or key[0] != ED25519 or not _NAME.fullmatch(name):  # noqa: PLR2004 - type, key
        raise FormatError(f"`{vkey[:80]}` is not an Ed25519 verifier key")
    verifier = Verifier(name, key[1:])
    if str(verifier) != vkey or key_id != verifier.key_id.hex():
        raise FormatError(f"the id of `{vkey[:80]}` is not that of its key")
    return verifier


def verifier_of(name: str, key: Ed25519PrivateKey) -> Verifier:
    """Return the verifier whose signatures a key makes under a name."""
    return Verifier(name, key.public_key().public_bytes_raw())


def sign(text: str, name: str, key: Ed25519PrivateKey) -> Note:
    """Return a note with one signature.

    Raises:
        FormatError: the text does not end in a newline or holds control characters, or the name
            cannot be a key's.
    """
    if not text.endswith("\n") or _FORBIDDEN.search(text):
        raise FormatError("a text with control characters, or without a newline at its end, cannot be signed")
    if not _NAME.fullmatch(name):
        raise FormatError(f"`{name}` cannot be the name of a key", hint="no spaces, no plus sign")
    return Note(text, (Signature(name, verifier_of(name, key).key_id, key.sign(text.encode())),))


def parse_note(data: str) -> Note:
    """Read a note; the inverse of printing one. Nothing is verified.

    Raises:
        FormatError: malformed or too long.
    """
    if len(data) > MOST_BYTES or _FORBIDDEN.search(data):
        raise FormatError("not a note: too long, or control characters in it")
    text, found, rest = data.rpartition("\n\n")
    if not found or not rest.endswith("\n"):
        raise FormatError("not a note: no signatures after an empty line")
    signatures: list[Signature] = []
    for line in rest[:-1].split("\n"):
        match = _LINE.fullmatch(line)
        if match is None or len(signatures) >= MOST_SIGNATURES:
            raise FormatError("not a note: a signature line is malformed")
        try:
            raw = base64.b64decode(match.group(2), validate=True)
        except binascii.Error as wrong:
            raise FormatError("not a note: a signature is not base64") from wrong
        if len(raw) <= _ID_BYTES or not _NAME.fullmatch(match.group(1)):
            raise FormatError("not a note: a signature line is malformed")
        signatures.append(Signature(match.group(1), raw[:_ID_BYTES], raw[_ID_BYTES:]))
    note = Note(text + "\n", tuple(signatures))
    if str(note) != data:
        raise FormatError("not a note: it does not print as it was read")
    return note


def verify_note(note: Note, verifiers: tuple[Verifier, ...]) -> tuple[str, ...]:
    """Return the names of the known keys that have signed, each once.

    Raises:
        ProofError: a known key's signature fails, or no known key has signed.
    """
    signed: dict[Verifier, str] = {}
    for signature in note.signatures:
        for verifier in verifiers:
            known = verifier.name == signature.name
            if known and hmac.compare_digest(verifier.key_id, signature.key_id):
                if not verifier.holds(note.text, signature.signature):
                    raise ProofError(f"the signature of `{verifier.name}` does not hold")
                signed[verifier] = verifier.name
    if not signed:
        raise ProofError("no known key has signed this note")
    return tuple(signed.values())
