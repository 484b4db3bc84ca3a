"""Sets of parties as words of bits: bit `p` of a row stands for party `p`.

Up to 32 parties a row is one uint32; beyond, it is as many uint64 as it takes. Rows always stand in two
dimensions, `[rows, words]`, so that nothing else has to ask how many parties there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.unsignedinteger[Any]]
"""Rows of party masks: uint32[rows, 1] or uint64[rows, words]."""

_NARROW = 32
_WIDE = 64
_HALF = 16
_BLOCK = 1 << 16


def width(parties: int) -> int:
    """Return the words of one row for that many parties."""
    return 1 if parties <= _NARROW else -(-parties // _WIDE)


def word_type(parties: int) -> np.dtype[np.unsignedinteger[Any]]:
    """Return the type of one word for that many parties."""
    return np.dtype(np.uint32) if parties <= _NARROW else np.dtype(np.uint64)


def alike(some: Words, others: Words) -> bool:
    """Return whether two columns of masks have words of one type, and as many of them."""
    return some.dtype == others.dtype and some.shape[1:] == others.shape[1:]


def no_party(rows: int, parties: int) -> Words:
    """Return `rows` empty sets."""
    return np.zeros((rows, width(parties)), word_type(parties))


def every_party(rows: int, parties: int) -> Words:
    """Return `rows` sets of all parties; the bits beyond the last party are never set."""
    return np.repeat(mask_of(range(parties), parties), rows, axis=0)


def mask_of(members: Iterable[int], parties: int) -> Words:
    """Return one row with the bits of `members`, as words[1, W]."""
    row = no_party(1, parties)
    for party in members:
        word, bit = place(party, row)
        row[0, word] |= bit
    return row


def place(party: int, words: Words) -> tuple[int, np.unsignedinteger[Any]]:
    """Return the word in which the party's bit stands, and the word with that bit alone."""
    size = 8 * words.dtype.itemsize
    return party // size, words.dtype.type(1 << party % size)


def holds(words: Words, party: int) -> NDArray[np.bool_]:
    """Return, for each row, whether it has the party's bit, as bool[rows]."""
    word, bit = place(party, words)
    has: NDArray[np.bool_] = (words[:, word] & bit) != 0
    return has


def spread(words: Words, parties: int) -> NDArray[np.bool_]:
    """Return every bit as a truth value, bool[rows, parties]."""
    little = words.astype(words.dtype.newbyteorder("<"), copy=False)
    octets = np.ascontiguousarray(little).view(np.uint8)
    return np.unpackbits(octets, axis=1, bitorder="little")[:, :parties].view(np.bool_)


def gather(bits: NDArray[np.bool_]) -> Words:
    """Return the words of truth values bool[rows, parties]; the inverse of `spread`."""
    rows, parties = bits.shape
    words = no_party(rows, parties)
    octets = np.zeros((rows, words.dtype.itemsize * words.shape[1]), np.uint8)
    packed = np.packbits(bits, axis=1, bitorder="little")
    octets[:, : packed.shape[1]] = packed
    words[...] = octets.view(words.dtype.newbyteorder("<"))
    return words


def count_by_party(words: Words, parties: int) -> NDArray[np.int64]:
    """Return how many rows have each party's bit, int64[parties]; needs no more room than a block.

    Each half word is counted as a number, and the numbers taken apart into bits once at the end.
    """
    counts = np.zeros(words.shape[1] * words.dtype.itemsize * 8, np.int64)
    if len(words) < _BLOCK:
        few: NDArray[np.int64] = spread(words, parties).sum(axis=0, dtype=np.int64)
        return few
    values = np.arange(1 << _HALF, dtype=np.uint32)
    for low in range(0, len(counts), _HALF):
        word, shift = divmod(low, 8 * words.dtype.itemsize)
        seen = np.zeros(1 << _HALF, np.int64)
        for start, stop in pairwise((*range(0, len(words), _BLOCK), len(words))):
            half = (words[start:stop, word] >> words.dtype.type(shift)).astype(np.uint16)
            seen += np.bincount(half, minlength=1 << _HALF)
        for bit in range(_HALF):
            counts[low + bit] = seen[(values >> np.uint32(bit)) & np.uint32(1) == 1].sum()
    return counts[:parties]


def members(word_row: Words) -> tuple[int, ...]:
    """Return the parties of one row, words[W], ascending."""
    size = 8 * word_row.dtype.itemsize
    whole = sum(int(word) << size * place for place, word in enumerate(word_row))
    return tuple(bit for bit in range(whole.bit_length()) if whole >> bit & 1)


def from_integers(sets: Sequence[int], parties: int) -> Words:
    """Return rows of sets that are whole numbers, bit `p` for party `p`, as words[n, W]."""
    row = no_party(1, parties)
    size = row.dtype.itemsize * row.shape[1]
    octets = b"".join(bits.to_bytes(size, "little") for bits in sets)
    little = np.frombuffer(octets, row.dtype.newbyteorder("<")).reshape(len(sets), row.shape[1])
    return little.astype(row.dtype)
