"""Protected objects: sealed into and opened from OpenTDF containers, segment by segment.

Order of durable steps in `seal`: the container is written under a temporary name, flushed, and only then
given its name; a crash before that leaves a temporary file that nobody takes for a container. `unseal` does
the same with the plain text, so nothing that was not verified whole ever has a name.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from servanda.errors import ContainerError, VaultError
from servanda.vault.assertion import label_assertion, read_label, root_of
from servanda.vault.keys import KasPublicKey
from servanda.vault.manifest import (
    IV_BYTES,
    MOST_BYTES,
    OVERHEAD,
    TAG_BYTES,
    Encryption,
    Integrity,
    KeyAccess,
    Manifest,
    Method,
    Payload,
    PolicyBinding,
    RootSignature,
    Segment,
    decode,
    parse_manifest,
    plain_and_encrypted,
    print_manifest,
)
from servanda.vault.policy import Policy, bind

PAYLOAD = "0.payload"
MANIFEST = "0.manifest.json"
SEGMENT_BYTES = 1 << 20
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Sealed:
    """What came of sealing: sizes in bytes, digests as hexadecimal SHA-256."""

    object_id: str
    path: Path
    plain_size: int
    plain_digest: str
    size: int
    digest: str


def seal(
    source: BinaryIO,
    destination: Path,
    policy: Policy,
    label: Mapping[str, Any],
    services: Sequence[KasPublicKey],
    segment_bytes: int = SEGMENT_BYTES,
) -> Sealed:
    """Encrypt a stream into a container that only the given key access services can open.

    Memory is bounded by one segment. Each service alone can give the key.

    Raises:
        VaultError: no service is given, or the disk does not take it.
    """
    if not services:
        raise VaultError("no key access service to wrap the key for")
    key = secrets.token_bytes(KEY_BYTES)
    encoded = policy.encoded()
    plain = hashlib.sha256()
    segments: list[Segment] = []
    size = 0
    with (
        _appearing(destination) as out,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive,
    ):
        with archive.open(_member(PAYLOAD), "w", force_zip64=True) as payload:
            for chunk in _chunks(source, segment_bytes):
                size += len(chunk)
                plain.update(chunk)
                segments.append(_encrypt(chunk, key, payload))
        archive.writestr(
            _member(MANIFEST),
            print_manifest(_manifest(key, encoded, segments, label, services, segment_bytes)),
        )
    digest, container_size = file_digest(destination)
    return Sealed(policy.uuid, destination, size, plain.hexdigest(), container_size, digest)


def _member(name: str) -> zipfile.ZipInfo:
    """Name a member without the machine's time in it."""
    return zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))


def _chunks(source: BinaryIO, length: int) -> Iterator[bytes]:
    """Yield the stream in segments; an empty stream is one empty segment."""
    chunk = source.read(length)
    yield chunk
    while chunk and (chunk := source.read(length)):
        yield chunk


def _encrypt(chunk: bytes, key: bytes, payload: IO[bytes]) -> Segment:
    iv = secrets.token_bytes(IV_BYTES)
    sealed = AESGCM(key).encrypt(iv, chunk, None)
    payload.write(iv + sealed)
    tag = base64.b64encode(sealed[-TAG_BYTES:]).decode()
    return Segment(hash=tag, segment_size=len(chunk), encrypted_segment_size=len(chunk) + OVERHEAD)


def _manifest(
    key: bytes,
    encoded: str,
    segments: list[Segment],
    label: Mapping[str, Any],
    services: Sequence[KasPublicKey],
    segment_bytes: int,
) -> Manifest:
    root = _root(key, segments)
    access = tuple(
        KeyAccess(
            type="wrapped",
            url=one.url,
            protocol="kas",
            kid=one.kid,
            wrapped_key=base64.b64encode(one.wrap(key)).decode(),
            policy_binding=PolicyBinding(alg="HS256", hash=bind(key, encoded)),
            schema_version="1.0",
        )
        for one in services
    )
    return Manifest(
        payload=Payload(),
        encryption_information=Encryption(
            type="split",
            key_access=access,
            method=Method(algorithm="AES-256-GCM"),
            integrity_information=Integrity(
                root_signature=RootSignature(alg="HS256", sig=base64.b64encode(root).decode()),
                segment_hash_alg="GMAC",
                segments=tuple(segments),
                segment_size_default=segment_bytes,
                encrypted_segment_size_default=segment_bytes + OVERHEAD,
            ),
            policy=encoded,
        ),
        assertions=(label_assertion(label, key, root),),
    )


def _root(key: bytes, segments: Sequence[Segment]) -> bytes:
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for segment in segments:
        mac.update(decode(segment.hash, "segments.hash"))
    return mac.digest()


def inspect(path: Path) -> Manifest:
    """Return a container's manifest, unverified: nothing in it is to be trusted before `unseal`.

    Raises:
        ContainerError: not a container.
    """
    with _archive(path) as archive:
        return _read_manifest(archive)


def unseal(path: Path, key: bytes, destination: Path) -> dict[str, Any]:
    """Decrypt a container to a file and return its label, after verifying every part of it.

    Raises:
        ContainerError: anything was altered, cut, swapped, added or moved; nothing is left behind.
    """
    with _archive(path) as archive, _appearing(destination) as out:
        manifest = _read_manifest(archive)
        integrity = manifest.encryption_information.integrity_information
        root = _root(key, integrity.segments)
        if not hmac.compare_digest(root, root_of(integrity.root_signature.sig)):
            raise ContainerError("the segments are not those that were sealed with this key")
        label = read_label(manifest.assertions, key, root)
        with archive.open(PAYLOAD) as payload:
            for number, segment in enumerate(integrity.segments):
                out.write(_decrypt(payload, segment, integrity, key, number))
            if payload.read(1):
                raise ContainerError("the payload is longer than its segments")
    return label


def _decrypt(payload: IO[bytes], segment: Segment, integrity: Integrity, key: bytes, number: int) -> bytes:
    plain_size, size = plain_and_encrypted(segment, integrity)
    data = payload.read(size)
    if len(data) != size or size < OVERHEAD or plain_size != size - OVERHEAD:
        raise ContainerError(f"segment {number} is cut short or of another size")
    if not hmac.compare_digest(data[-TAG_BYTES:], decode(segment.hash, "segments.hash")):
        raise ContainerError(f"segment {number} is not the one that was sealed there")
    try:
        return AESGCM(key).decrypt(data[:IV_BYTES], data[IV_BYTES:], None)
    except InvalidTag as wrong:
        raise ContainerError(f"segment {number} was altered") from wrong


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    names = sorted(archive.namelist())
    if names != [MANIFEST, PAYLOAD]:
        raise ContainerError(f"not a container: it holds {', '.join(names[:5]) or 'nothing'}")
    for name in names:
        info = archive.getinfo(name)
        if info.compress_type != zipfile.ZIP_STORED and name == PAYLOAD:
            raise ContainerError("the payload of a container is never compressed")
    if archive.getinfo(MANIFEST).file_size > MOST_BYTES:
        raise ContainerError(f"the manifest is longer than {MOST_BYTES} bytes")
    manifest = parse_manifest(archive.read(MANIFEST))
    if manifest.encryption_information.method.algorithm != "AES-256-GCM":
        raise ContainerError("only AES-256-GCM is read")
    return manifest


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as wrong:
        raise ContainerError(f"not a container, or damaged: {wrong}") from wrong
    except (KeyError, RuntimeError, ValueError, OverflowError) as wrong:
        raise ContainerError(f"not a container, or damaged: {wrong}") from wrong
    except FileNotFoundError as wrong:
        raise ContainerError(f"the container `{path.name}` is gone") from wrong


@contextmanager
def _appearing(destination: Path) -> Iterator[BinaryIO]:
    """Write a file that appears under its name only when it is whole and durable."""
    temporary = destination.with_name(f".{destination.name}.{secrets.token_hex(8)}.part")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(destination)
        folder = os.open(destination.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as wrong:
        raise VaultError(
            f"`{destination.name}` cannot be written: {wrong}", hint="make room on the disk"
        ) from wrong
    finally:
        temporary.unlink(missing_ok=True)


def file_digest(path: Path) -> tuple[str, int]:
    """Return the hexadecimal SHA-256 and the size of a file."""
    found, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(SEGMENT_BYTES):
            found.update(chunk)
            size += len(chunk)
    return found.hexdigest(), size
