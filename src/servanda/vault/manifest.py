"""The manifest of an OpenTDF container: `0.manifest.json`, typed.

Unknown fields of foreign containers are read over; what is needed must be there and well formed.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

import msgspec

from servanda.errors import ContainerError

MOST_BYTES = 10 << 20
IV_BYTES = 12
TAG_BYTES = 16
OVERHEAD = IV_BYTES + TAG_BYTES


class _Part(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A part of the manifest; names are camelCase in the file."""


class PolicyBinding(_Part, frozen=True, kw_only=True):
    """HMAC over the policy, keyed with the key share."""

    alg: str = "HS256"
    hash: str


class KeyAccess(_Part, frozen=True, kw_only=True, omit_defaults=True):
    """A key share, wrapped for one key access service."""

    type: str
    url: str
    protocol: str
    wrapped_key: str
    policy_binding: PolicyBinding
    kid: str = ""
    sid: str = ""
    schema_version: str = ""

    def wrapped(self) -> bytes:
        """Return the wrapped share.

        Raises:
            ContainerError: not base64.
        """
        return decode(self.wrapped_key, "wrappedKey")


class Method(_Part, frozen=True, kw_only=True):
    """How the payload is encrypted."""

    algorithm: str
    is_streamable: bool = True
    iv: str = ""


class Segment(_Part, frozen=True, kw_only=True):
    """One segment: its hash (base64 of the GCM tag) and sizes."""

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
    encrypted_segment_size_default: int


class Encryption(_Part, frozen=True, kw_only=True):
    """Everything about the key and the payload's integrity."""

    type: str
    key_access: tuple[KeyAccess, ...]
    method: Method
    integrity_information: Integrity
    policy: str


class Payload(_Part, frozen=True, kw_only=True):
    """Where the payload is."""

    type: str = "reference"
    url: str = "0.payload"
    protocol: str = "zip"
    mime_type: str = "application/octet-stream"
    is_encrypted: bool = True


class Statement(_Part, frozen=True, kw_only=True):
    """What an assertion says."""

    format: str
    value: str
    schema: str = ""


class Binding(_Part, frozen=True, kw_only=True):
    """A JWS over the assertion's hash and the container's context."""

    method: str
    signature: str


class Assertion(_Part, frozen=True, kw_only=True, omit_defaults=True):
    """A statement bound to this container, so that it cannot move to another."""

    id: str
    type: str
    scope: str
    applies_to_state: str = "unencrypted"
    statement: Statement
    binding: Binding


class Manifest(_Part, frozen=True, kw_only=True):
    """The whole manifest."""

    payload: Payload
    encryption_information: Encryption
    assertions: tuple[Assertion, ...] = ()
    schema_version: str = "4.3.0"


def print_manifest(manifest: Manifest) -> bytes:
    """Print a manifest as JSON."""
    return msgspec.json.encode(manifest)


def parse_manifest(data: bytes) -> Manifest:
    """Read a manifest; the inverse of printing one.

    Raises:
        ContainerError: malformed, too long, or with sizes that cannot be.
    """
    if len(data) > MOST_BYTES:
        raise ContainerError(f"the manifest is longer than {MOST_BYTES} bytes")
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise ContainerError(f"the manifest is malformed: {wrong}") from wrong
    integrity = manifest.encryption_information.integrity_information
    sizes = [integrity.segment_size_default, integrity.encrypted_segment_size_default]
    sizes += [size for one in integrity.segments for size in plain_and_encrypted(one, integrity)]
    if min(sizes) < 0 or max(sizes) > 1 << 30:
        raise ContainerError("the manifest states a segment size that cannot be")
    if not manifest.encryption_information.key_access:
        raise ContainerError("the manifest has no key access")
    return manifest


def plain_and_encrypted(segment: Segment, integrity: Integrity) -> tuple[int, int]:
    """Return the plain and encrypted size of a segment, by the defaults where it states none."""
    plain = integrity.segment_size_default if segment.segment_size is None else segment.segment_size
    encrypted = segment.encrypted_segment_size
    return plain, integrity.encrypted_segment_size_default if encrypted is None else encrypted


def decode(text: str, what: str) -> bytes:
    """Read base64 of the manifest.

    Raises:
        ContainerError: it is not.
    """
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise ContainerError(f"`{what}` of the manifest is not base64") from wrong


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a part of the manifest as plain JSON."""
    return msgspec.to_builtins(value)
