"""RFC 6962 section 2.1 word for word: recursive, slow, and independent of the code under test."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import settings

from servanda.register import Entry, EntryKind, Verifier, verifier_of

CALM = settings(deadline=None)
"""A busy machine is no fault."""

ORIGIN = "servanda:KR"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
VERIFIER: Verifier = verifier_of(ORIGIN, KEY)


def entry_of(position: int, word: str = "entry") -> Entry:
    return Entry(EntryKind.STATEMENT, "2019-11-22T09:00:00Z", {word: position})


def mth(data: Sequence[bytes]) -> bytes:
    """Return the Merkle tree hash of entries."""
    if not data:
        return hashlib.sha256().digest()
    if len(data) == 1:
        return hashlib.sha256(b"\0" + data[0]).digest()
    k = split(len(data))
    return hashlib.sha256(b"\1" + mth(data[:k]) + mth(data[k:])).digest()


def path(m: int, data: Sequence[bytes]) -> list[bytes]:
    """Return PATH(m, D[n])."""
    if len(data) == 1:
        return []
    k = split(len(data))
    if m < k:
        return [*path(m, data[:k]), mth(data[k:])]
    return [*path(m - k, data[k:]), mth(data[:k])]


def proof(m: int, data: Sequence[bytes]) -> list[bytes]:
    """Return PROOF(m, D[n]) for 0 < m <= n."""
    return subproof(m, data, known=True)


def subproof(m: int, data: Sequence[bytes], *, known: bool) -> list[bytes]:
    if m == len(data):
        return [] if known else [mth(data)]
    k = split(len(data))
    if m <= k:
        return [*subproof(m, data[:k], known=known), mth(data[k:])]
    return [*subproof(m - k, data[k:], known=False), mth(data[:k])]


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k
