"""The pure questions of a Merkle tree (RFC 6962 section 2.1): root, inclusion path, consistency proof.

A tree of n leaves is split at the largest power of two below n. Nodes are addressed by level and
position: node (0, i) is leaf i, node (l, i) covers the leaves from i * 2^l to (i + 1) * 2^l. Only nodes
whose leaves are all there are stored, and they never change. Every answer reads O(log n) of them.
"""

from __future__ import annotations

from collections.abc import Callable

from servanda.register.hashing import EMPTY_ROOT, node_hash

NodeReader = Callable[[int, int], bytes]
"""Returns the stored hash of node (level, position)."""


def completed_by(position: int) -> list[tuple[int, int]]:
    """Return the nodes above the leaf `position` that become complete when it is appended."""
    found, level, index = [], 0, position
    while index & 1:
        level, index = level + 1, index >> 1
        found.append((level, index))
    return found


def root(read: NodeReader, size: int) -> bytes:
    """Return the root of the first `size` leaves."""
    return subtree(read, 0, size) if size else EMPTY_ROOT


def subtree(read: NodeReader, start: int, end: int) -> bytes:
    """Return MTH(D[start:end]) of RFC 6962; `start` is a multiple of the power of two that covers it."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return read(level, start >> level)
    split = start + _split(width)
    return node_hash(subtree(read, start, split), subtree(read, split, end))


def inclusion(read: NodeReader, position: int, size: int) -> list[bytes]:
    """Return the audit path of a leaf in the tree of `size` leaves, from the leaf up."""
    path: list[bytes] = []
    start, end = 0, size
    steps: list[tuple[int, int]] = []
    while end - start > 1:
        split = start + _split(end - start)
        if position < split:
            steps.append((split, end))
            end = split
        else:
            steps.append((start, split))
            start = split
    path.extend(subtree(read, *one) for one in reversed(steps))
    return path


def consistency(read: NodeReader, old: int, new: int) -> list[bytes]:
    """Return the proof that the tree of `old` leaves is the beginning of that of `new` leaves."""
    if old in (0, new):
        return []
    return _subproof(read, old, 0, new, whole=True)


def _subproof(read: NodeReader, old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    """Return SUBPROOF(m, D[start:end], b) of RFC 6962 section 2.1.2, `old` counted from `start`."""
    if old == end - start:
        return [] if whole else [subtree(read, start, end)]
    split = _split(end - start)
    if old <= split:
        left = _subproof(read, old, start, start + split, whole=whole)
        return [*left, subtree(read, start + split, end)]
    right = _subproof(read, old - split, start + split, end, whole=False)
    return [*right, subtree(read, start, start + split)]


def _split(width: int) -> int:
    """Return the largest power of two below a width above one."""
    return 1 << ((width - 1).bit_length() - 1)
