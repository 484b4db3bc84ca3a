"""The two hashes of a Merkle tree (RFC 6962 section 2.1, SHA-256)."""

from __future__ import annotations

import hashlib

EMPTY_ROOT = hashlib.sha256(b"").digest()
HASH_BYTES = 32


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf; the prefix 0 keeps leaves and nodes apart."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node; the prefix 1 keeps nodes and leaves apart."""
    return hashlib.sha256(b"\x01" + left + right).digest()
