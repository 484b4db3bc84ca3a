"""The whole history of every answer, in one small table: who may get what, in every epoch of every pair.

A signature is everything about an object that the law looks at and that does not change with time:
holder, originators, marking, topics, purposes, form. Between two parties the answer for all signatures of a
holder changes only at a few instants; between them lies an epoch. Caveats are kept apart as masks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class PairHistory:
    """What one holder may give to one recipient, over all of time.

    `starts` are the first instants of its epochs, in microseconds since 1970-01-01T00:00Z, ascending, the
    first one before anything; an epoch ends where the next begins. `permits` has a row for each epoch and a
    column for each signature of the holder, in their order.
    """

    holder: int
    recipient: int
    starts: NDArray[np.int64]
    permits: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class History:
    """Every pair's history; the answer to any bulk question at any instant is read from it.

    `parties` are codes in the order of their bits. Signatures are numbered so that those of holder `h`
    are `first[h]` to `first[h + 1]`, half-open. Pairs that nothing binds are left out.
    """

    parties: tuple[str, ...]
    first: NDArray[np.int64]
    pairs: tuple[PairHistory, ...]
