"""Protected objects: sealed into and opened from OpenTDF containers, segment by segment.

Memory is bounded by one segment and the manifest. Neither a container nor a plain text gets its name before
it is whole, verified and on the disk (`durable`).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from servanda.errors import ContainerError, KeyAccessError, VaultError
from servanda.vault.archive import MANIFEST, MOST_MANIFEST, PAYLOAD, Archive, member, opened
from servanda.vault.assertion import label_assertion, label_text, read_label
from servanda.vault.durable import appearing
from servanda.vault.keys import KasPublicKey
from servanda.vault.manifest import (
    MOST_SEGMENT_BYTES,
    SCHEMA_VERSION,
    Encryption,
    KeyAccess,
    Manifest,
    Method,
    Payload,
    PolicyBinding,
    Segment,
    parse_manifest,
    plain_and_encrypted,
    print_manifest,
)
from servanda.vault.policy import Policy, bind, check_binding, parse_policy
from servanda.vault.segments import (
    KEY_BYTES,
    SEGMENT_BYTES,
    aggregate,
    check_root,
    decrypted,
    encrypt_segment,
    integrity_of,
)

MOST_SEGMENTS = 1 << 16
"""So many segments are described in a manifest well below its greatest length."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What came of sealing: sizes in bytes, digests as hexadecimal SHA-256."""

    object_id: str
    path: Path
    plain_size: int
    plain_digest: str
    size: int
    digest: str
    manifest: Manifest


def seal(
    source: BinaryIO,
    destination: Path,
    policy: Policy,
    label: Mapping[str, Any],
    services: Sequence[KasPublicKey],
    segment_bytes: int = SEGMENT_BYTES,
) -> Sealed:
    """Encrypt a stream into a container that only the given key access services can open.

    Each service alone can give the key. Nothing is written before policy, label and keys are found sound.

    Raises:
        VaultError: no service is given, the label or the policy cannot be written, the stream cannot be read
            or is too long for segments of this size, or the disk does not take it.
        KeyAccessError: a service's key is not one that can be used.
    """
    if not services:
        raise VaultError("no key access service to wrap the key for")
    if not 1 <= segment_bytes <= MOST_SEGMENT_BYTES:
        raise VaultError(f"a segment has 1 to {MOST_SEGMENT_BYTES} bytes, not {segment_bytes}")
    encoded, text = policy.encoded(), label_text(label)
    if parse_policy(encoded) != policy:
        raise VaultError("the policy would not read back as it is")
    key = secrets.token_bytes(KEY_BYTES)
    access = tuple(_access(one, key, encoded) for one in services)
    plain = hashlib.sha256()
    segments: list[Segment] = []
    size = 0
    with appearing(destination) as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            with archive.open(member(PAYLOAD), "w", force_zip64=True) as payload:
                for chunk in _chunks(source, segment_bytes):
                    size += len(chunk)
                    plain.update(chunk)
                    data, segment = encrypt_segment(chunk, key)
                    payload.write(data)
                    segments.append(segment)
            manifest = _manifest(key, encoded, segments, text, access, segment_bytes)
            archive.writestr(member(MANIFEST), _printed(manifest))
        digest, length = _digest(out)
    return Sealed(policy.uuid, destination, size, plain.hexdigest(), length, digest, manifest)


def _chunks(source: BinaryIO, length: int) -> Iterator[bytes]:
    """Yield the stream in full segments and a last shorter one; an empty stream is one empty segment."""
    chunk = _read_full(source, length)
    yield chunk
    number = 1
    while len(chunk) == length and (chunk := _read_full(source, length)):
        number += 1
        if number > MOST_SEGMENTS:
            raise VaultError(f"more than {MOST_SEGMENTS} segments", hint="seal it in larger segments")
        yield chunk


def _read_full(source: BinaryIO, length: int) -> bytes:
    """Read a whole segment, also from a pipe that gives less at a time."""
    parts, missing = [], length
    try:
        while missing and (part := source.read(missing)):
            parts.append(part)
            missing -= len(part)
    except OSError as wrong:
        raise VaultError(f"the document cannot be read: {wrong.strerror or wrong}") from wrong
    return b"".join(parts)


def _access(service: KasPublicKey, key: bytes, encoded: str) -> KeyAccess:
    return KeyAccess(
        type="wrapped",
        url=service.url,
        protocol="kas",
        kid=service.kid,
        wrapped_key=base64.b64encode(service.wrap(key)).decode(),
        policy_binding=PolicyBinding(alg="HS256", hash=bind(key, encoded)),
        schema_version="1.0",
    )


def _manifest(
    key: bytes,
    encoded: str,
    segments: list[Segment],
    label: str,
    access: tuple[KeyAccess, ...],
    segment_bytes: int,
) -> Manifest:
    return Manifest(
        payload=Payload(
            type="reference",
            url=PAYLOAD,
            protocol="zip",
            is_encrypted=True,
            mime_type="application/octet-stream",
        ),
        encryption_information=Encryption(
            type="split",
            key_access=access,
            method=Method(algorithm="AES-256-GCM", is_streamable=True, iv=""),
            integrity_information=integrity_of(segments, segment_bytes, key),
            policy=encoded,
        ),
        assertions=(label_assertion(label, key, aggregate(segments)),),
        schema_version=SCHEMA_VERSION,
    )


def _printed(manifest: Manifest) -> bytes:
    data = print_manifest(manifest)
    if len(data) > MOST_MANIFEST:
        raise VaultError(f"the manifest would be longer than {MOST_MANIFEST} bytes")
    return data


def inspect(path: Path) -> Manifest:
    """Return a container's manifest, unverified: nothing in it is to be trusted before `unseal`.

    Raises:
        ContainerError: not a container, or cut short.
    """
    with opened(path) as archive:
        return _read_manifest(archive)


def unseal(path: Path, key: bytes, destination: Path) -> dict[str, Any]:
    """Decrypt one of our containers to a file and return its label, after verifying every part of it.

    Raises:
        ContainerError: anything was altered, cut, swapped, added or moved; nothing is left behind.
        KeyAccessError: not a payload key.
        VaultError: the file cannot be written.
    """
    with opened(path) as archive:
        manifest = _read_manifest(archive)
        encryption = manifest.encryption_information
        check_root(encryption.integrity_information, key)
        hashes = aggregate(encryption.integrity_information.segments)
        label = read_label(manifest.assertions or (), key, hashes)
        _check_policy(encryption, key)
        _write(archive, encryption, key, destination)
    return label


def open_payload(path: Path, key: bytes, destination: Path) -> None:
    """Decrypt any OpenTDF container to a file, verifying its segments; assertions are not looked at.

    For containers of others, which bear no label of ours and may split their key.

    Raises:
        ContainerError: a segment was altered, cut, swapped or added; nothing is left behind.
        KeyAccessError: not a payload key.
        VaultError: the file cannot be written.
    """
    with opened(path) as archive:
        encryption = _read_manifest(archive).encryption_information
        check_root(encryption.integrity_information, key)
        _write(archive, encryption, key, destination)


def _write(archive: Archive, encryption: Encryption, key: bytes, destination: Path) -> None:
    with appearing(destination) as out:
        for plain in decrypted(archive, encryption.integrity_information, key):
            out.write(plain)


def _check_policy(encryption: Encryption, key: bytes) -> None:
    """Check that the policy is the one that was sealed: every share of ours is the whole key."""
    parse_policy(encryption.policy)
    for access in encryption.key_access:
        try:
            check_binding(key, encryption.policy, access.binding().hash)
        except KeyAccessError as wrong:
            raise ContainerError("the policy is not the one that was sealed with this key") from wrong


def _read_manifest(archive: Archive) -> Manifest:
    manifest = parse_manifest(archive.manifest)
    integrity = manifest.encryption_information.integrity_information
    stated = sum(plain_and_encrypted(one, integrity)[1] for one in integrity.segments)
    if stated != archive.payload_size:
        raise ContainerError(
            f"the payload has {archive.payload_size} bytes, its segments {stated}",
            hint="fetch it again",
        )
    return manifest


def file_digest(path: Path) -> tuple[str, int]:
    """Return the hexadecimal SHA-256 and the size of a file."""
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: IO[bytes]) -> tuple[str, int]:
    file.seek(0)
    found, size = hashlib.sha256(), 0
    while chunk := file.read(SEGMENT_BYTES):
        found.update(chunk)
        size += len(chunk)
    return found.hexdigest(), size
