"""The manifest of an OpenTDF container: `0.manifest.json`, typed.

Unknown fields of foreign containers are read over; what is needed must be there and well formed, and what
is not understood here (another cipher, another kind of split) is refused rather than guessed.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

import msgspec

from servanda.errors import ContainerError
from servanda.vault.archive import MOST_MANIFEST as MOST_BYTES
from servanda.vault.archive import PAYLOAD
from servanda.vault.once import refuse_twice

IV_BYTES = 12
TAG_BYTES = 16
OVERHEAD = IV_BYTES + TAG_BYTES
MOST_SEGMENT_BYTES = 64 << 20
SCHEMA_VERSION = "4.3.0"


class _Part(msgspec.Struct, frozen=True, rename="camel", kw_only=True, omit_defaults=True):
    """A part of the manifest; names are camelCase in the file, and what is not said is left out."""


class PolicyBinding(_Part, frozen=True, kw_only=True):
    """HMAC over the policy, keyed with the key share."""

    alg: str
    hash: str


class KeyAccess(_Part, frozen=True, kw_only=True):
    """A key share, wrapped for one key access service."""

    type: str
    url: str
    protocol: str
    wrapped_key: str
    policy_binding: PolicyBinding | str
    kid: str | None = None
    sid: str | None = None
    schema_version: str | None = None

    def wrapped(self) -> bytes:
        """Return the wrapped share.

        Raises:
            ContainerError: not base64.
        """
        return decode(self.wrapped_key, "wrappedKey")

    def binding(self) -> PolicyBinding:
        """Return the policy's binding; the oldest containers write its hash alone."""
        if isinstance(self.policy_binding, str):
            return PolicyBinding(alg="HS256", hash=self.policy_binding)
        return self.policy_binding


class Method(_Part, frozen=True, kw_only=True):
    """How the payload is encrypted."""

    algorithm: str
    is_streamable: bool | None = None
    iv: str | None = None


class Segment(_Part, frozen=True, kw_only=True):
    """One segment: its hash (base64) and its sizes in bytes, the defaults where it states none."""

    hash: str
    segment_size: int | None = None
    encrypted_segment_size: int | None = None


class RootSignature(_Part, frozen=True, kw_only=True):
    """HMAC-SHA256 over all segment hashes, keyed with the payload key."""

    alg: str
    sig: str


class Integrity(_Part, frozen=True, kw_only=True):
    """What holds the segments together, in their order."""

    root_signature: RootSignature
    segment_hash_alg: str
    segments: tuple[Segment, ...]
    segment_size_default: int
    encrypted_segment_size_default: int | None = None


class Encryption(_Part, frozen=True, kw_only=True):
    """Everything about the key and the payload's integrity."""

    type: str
    key_access: tuple[KeyAccess, ...]
    method: Method
    integrity_information: Integrity
    policy: str


class Payload(_Part, frozen=True, kw_only=True):
    """Where the payload is, and what it is when decrypted."""

    type: str
    url: str
    protocol: str
    is_encrypted: bool
    mime_type: str | None = None


class Statement(_Part, frozen=True, kw_only=True):
    """What an assertion says; text, or in foreign containers any JSON."""

    format: str | None = None
    value: Any
    schema: str | None = None


class Binding(_Part, frozen=True, kw_only=True):
    """A JWS over the assertion's hash and the container's context."""

    method: str
    signature: str


class Assertion(_Part, frozen=True, kw_only=True):
    """A statement bound to this container, so that it cannot move to another."""

    id: str
    type: str
    scope: str
    applies_to_state: str | None = None
    statement: Statement
    binding: Binding | None = None


class Manifest(_Part, frozen=True, kw_only=True):
    """The whole manifest."""

    payload: Payload
    encryption_information: Encryption
    assertions: tuple[Assertion, ...] | None = None
    schema_version: str | None = None


def print_manifest(manifest: Manifest) -> bytes:
    """Print a manifest as JSON."""
    return msgspec.json.encode(manifest)


def parse_manifest(data: bytes) -> Manifest:
    """Read a manifest; the inverse of printing one.

    Raises:
        ContainerError: malformed, too long, a name twice in one object, sizes that cannot be, or a way of
            protection that is not understood here.
    """
    if len(data) > MOST_BYTES:
        raise ContainerError(f"the manifest is longer than {MOST_BYTES} bytes")
    refuse_twice(data, "the manifest")
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise ContainerError(f"the manifest is malformed: {wrong}") from wrong
    _check_understood(manifest)
    _check_sizes(manifest.encryption_information.integrity_information)
    identities = [one.id for one in manifest.assertions or ()]
    if len(set(identities)) != len(identities):
        raise ContainerError("two assertions of the manifest have the same id")
    return manifest


def _check_understood(manifest: Manifest) -> None:
    encryption, payload = manifest.encryption_information, manifest.payload
    integrity = encryption.integrity_information
    known = (
        ("payload.type", payload.type, ("reference",)),
        ("payload.url", payload.url, (PAYLOAD,)),
        ("payload.protocol", payload.protocol, ("zip",)),
        ("encryptionInformation.type", encryption.type, ("split",)),
        ("method.algorithm", encryption.method.algorithm, ("AES-256-GCM",)),
        ("rootSignature.alg", integrity.root_signature.alg, ("HS256",)),
        ("segmentHashAlg", integrity.segment_hash_alg, ("GMAC", "HS256")),
    )
    for what, value, understood in known:
        if value not in understood:
            raise ContainerError(f"`{what}` of the manifest is `{value[:40]}`, not {' or '.join(understood)}")
    if not payload.is_encrypted:
        raise ContainerError("the payload is not encrypted")
    if not encryption.key_access:
        raise ContainerError("the manifest has no key access")


def _check_sizes(integrity: Integrity) -> None:
    """Refuse sizes that AES-256-GCM does not give, or that are too large to hold one segment."""
    if not 0 <= integrity.segment_size_default <= MOST_SEGMENT_BYTES:
        raise ContainerError("the manifest states a segment size that cannot be")
    for number, segment in enumerate(integrity.segments):
        plain_size, size = plain_and_encrypted(segment, integrity)
        if not 0 <= plain_size <= MOST_SEGMENT_BYTES or size != plain_size + OVERHEAD:
            raise ContainerError(f"the manifest states a size of segment {number} that cannot be")


def plain_and_encrypted(segment: Segment, integrity: Integrity) -> tuple[int, int]:
    """Return the plain and encrypted size of a segment, by the defaults where it states none."""
    stated, encrypted = segment.segment_size, segment.encrypted_segment_size
    plain_size = integrity.segment_size_default if stated is None else stated
    if encrypted is None:
        encrypted = integrity.encrypted_segment_size_default if stated is None else None
    return plain_size, plain_size + OVERHEAD if encrypted is None else encrypted


def decode(text: str, what: str) -> bytes:
    """Read base64 of the manifest.

    Raises:
        ContainerError: it is not.
    """
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise ContainerError(f"`{what}` of the manifest is not base64") from wrong


def plain(value: object) -> Any:  # noqa: ANN401 - any JSON
    """Return a part of the manifest as plain JSON."""
    return msgspec.to_builtins(value)
