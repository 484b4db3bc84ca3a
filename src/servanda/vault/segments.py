"""Segments: the payload piece by piece, each authentic, and all of them in their order.

Wire form of a segment: IV (12 bytes), AES-256-GCM ciphertext, tag (16 bytes); no associated data. Its hash
is the tag (`GMAC`) or an HMAC-SHA256 over it (`HS256`), base64; the root signature is HMAC-SHA256 over the
hashes as they stand, one after the other, keyed with the payload key (OpenTDF, integrity information).
Older clients write hashes and signature as hexadecimal inside the base64; both forms are read.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from servanda.errors import ContainerError, KeyAccessError
from servanda.vault.archive import Archive
from servanda.vault.manifest import (
    IV_BYTES,
    OVERHEAD,
    TAG_BYTES,
    Integrity,
    RootSignature,
    Segment,
    decode,
    plain_and_encrypted,
)

KEY_BYTES = 32
SEGMENT_BYTES = 1 << 20


def encrypt_segment(chunk: bytes, key: bytes) -> tuple[bytes, Segment]:
    """Encrypt a segment under a random IV, and describe it.

    Random IVs of 96 bits are safe for far more segments than a manifest holds, since no key seals twice.
    """
    iv = secrets.token_bytes(IV_BYTES)
    sealed = iv + AESGCM(key).encrypt(iv, chunk, None)
    tag = base64.b64encode(sealed[-TAG_BYTES:]).decode()
    return sealed, Segment(hash=tag, segment_size=len(chunk), encrypted_segment_size=len(sealed))


def aggregate(segments: Sequence[Segment]) -> bytes:
    """Return the hashes of all segments, one after the other: what signatures over a container cover.

    Raises:
        ContainerError: a hash is not base64.
    """
    return b"".join(decode(one.hash, "segments.hash") for one in segments)


def integrity_of(segments: Sequence[Segment], segment_bytes: int, key: bytes) -> Integrity:
    """Sign the segments in their order."""
    root = hmac.digest(key, aggregate(segments), hashlib.sha256)
    return Integrity(
        root_signature=RootSignature(alg="HS256", sig=base64.b64encode(root).decode()),
        segment_hash_alg="GMAC",
        segments=tuple(segments),
        segment_size_default=segment_bytes,
        encrypted_segment_size_default=segment_bytes + OVERHEAD,
    )


def check_root(integrity: Integrity, key: bytes) -> None:
    """Check that these are the segments, all and in the order, that were sealed with this key.

    Raises:
        KeyAccessError: not a payload key at all.
        ContainerError: other segments, or another key.
    """
    if len(key) != KEY_BYTES:
        raise KeyAccessError(f"a payload key has {KEY_BYTES} bytes, this one {len(key)}")
    root = hmac.digest(key, aggregate(integrity.segments), hashlib.sha256)
    if not _either(decode(integrity.root_signature.sig, "rootSignature.sig"), root):
        raise ContainerError("the segments are not those that were sealed with this key")


def decrypted(archive: Archive, integrity: Integrity, key: bytes) -> Iterator[bytes]:
    """Yield the plain segments, each verified before it is yielded; `check_root` comes first.

    Raises:
        ContainerError: a segment is cut short, altered or another one, or bytes are left over.
    """
    cipher = AESGCM(key)
    for number, segment in enumerate(integrity.segments):
        _, size = plain_and_encrypted(segment, integrity)
        data = archive.read(size)
        if len(data) != size:
            raise ContainerError(f"segment {number} is cut short")
        if integrity.segment_hash_alg == "GMAC":
            digest = data[-TAG_BYTES:]
        else:
            digest = hmac.digest(key, data, hashlib.sha256)
        if not _either(decode(segment.hash, "segments.hash"), digest):
            raise ContainerError(f"segment {number} is not the one that was sealed there")
        try:
            yield cipher.decrypt(data[:IV_BYTES], data[IV_BYTES:], None)
        except InvalidTag as wrong:
            raise ContainerError(f"segment {number} was altered") from wrong
    if archive.read(1):
        raise ContainerError("the payload is longer than its segments")


def _either(given: bytes, digest: bytes) -> bool:
    """Say, in constant time, whether these bytes are the digest, raw or in hexadecimal."""
    raw = hmac.compare_digest(given, digest)
    as_hex = hmac.compare_digest(given, digest.hex().encode())
    return raw or as_hex
