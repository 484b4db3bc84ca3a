"""Verification of proofs, written from RFC 9162 section 2.1.3.2 and 2.1.4.2 apart from the prover."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from servanda.errors import ProofError
from servanda.register.hashing import EMPTY_ROOT, HASH_BYTES, node_hash


def verify_inclusion(leaf: bytes, position: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf hash stands at a position of the tree with this root.

    Raises:
        ProofError: it does not, or the proof is malformed.
    """
    if not 0 <= position < size or any(len(one) != HASH_BYTES for one in (leaf, root, *proof)):
        raise ProofError(f"no inclusion proof of entry {position} in a register of {size}")
    number, last, found = position, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("the inclusion proof is too long")
        if number & 1 or number == last:
            found = node_hash(sibling, found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        number, last = number >> 1, last >> 1
    if last or not hmac.compare_digest(found, root):
        raise ProofError(f"entry {position} is not in the register of {size} with this root")


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Check that the register of `old` entries is the beginning of that of `new`: nothing rewritten.

    Raises:
        ProofError: it is not, or the proof is malformed.
    """
    if not 0 <= old <= new or any(len(one) != HASH_BYTES for one in (old_root, new_root, *proof)):
        raise ProofError(f"no consistency proof from {old} to {new}")
    if old == 0 and not hmac.compare_digest(old_root, EMPTY_ROOT):
        raise ProofError("a register without entries has another root")
    if old == new:
        if proof or not hmac.compare_digest(old_root, new_root):
            raise ProofError(f"two registers of {old} entries have different roots")
        return
    if old == 0:
        if proof:
            raise ProofError("the consistency proof is too long")
        return
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        raise ProofError("the consistency proof is empty")
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofError("the consistency proof is too long")
        if number & 1 or number == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        number, last = number >> 1, last >> 1
    same_old = hmac.compare_digest(first, old_root)
    if last or not same_old or not hmac.compare_digest(second, new_root):
        raise ProofError(f"the register of {old} is not the beginning of that of {new}: rewritten")
