"""The look-up and the AND as one compiled loop, for those who installed `servanda[numba]`.

Nothing here is chosen on its own: whoever asks for it and has no numba is told so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.columns.embargoes import Embargoes
from servanda.decisions.columns.masks import Words
from servanda.decisions.columns.objects import Codes
from servanda.errors import QuestionError

_Kernel = Callable[..., None]


def fuse(found: Words, code: Codes, barrier: Words | None, out: Words, threads: int) -> None:
    """Set `out[i]` to `found[code[i]] & barrier[i]`, or to `found[code[i]]`, all words[n, W]."""
    if barrier is None:
        _run(_kernels()["take"], threads, found, code, out)
    elif out.shape[1] == 1:
        _run(_kernels()["one"], threads, found[:, 0], code, barrier[:, 0], out[:, 0])
    else:
        _run(_kernels()["many"], threads, found, code, barrier, out)


def fuse_coded(found: Words, code: Codes, masks: Words, mask: Codes, out: Words, threads: int) -> None:
    """Set `out[i]` to `found[code[i]] & masks[mask[i]]`, all words[n, W]."""
    _run(_kernels()["coded"], threads, found, code, masks, mask, out)


def bar(out: Words, held: Embargoes, start: int, at: int, threads: int) -> None:
    """Take out of `out` words[n, W], whose first row is `start`, whom an embargo bars at an instant."""
    low, high = np.searchsorted(held.row, (start, start + len(out)))
    part = slice(int(low), int(high))
    columns = (held.row[part], held.since[part], held.until[part], held.barred[part])
    _run(_embargo(), threads, *columns, np.array([start, at]), out)


def _run(kernel: _Kernel, threads: int, *columns: Words | Codes | NDArray[np.int64]) -> None:
    import numba  # noqa: PLC0415 - an extra

    settings: Any = numba.config
    before = numba.get_num_threads()
    numba.set_num_threads(max(1, min(threads, settings.NUMBA_NUM_THREADS)))
    try:
        kernel(*columns)
    finally:
        numba.set_num_threads(before)


@cache
def _compiler() -> tuple[Any, Any]:
    """Return what compiles a loop, and the range that it may share among threads."""
    try:
        import numba  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise QuestionError("numba is not installed", hint="pip install 'servanda[numba]'") from missing
    return numba.njit(parallel=True, nogil=True, boundscheck=False), numba.prange


@cache
def _kernels() -> dict[str, _Kernel]:
    compiled, prange = _compiler()

    def one(found: Any, code: Any, barrier: Any, out: Any) -> None:  # noqa: ANN401 - compiled code
        for i in prange(len(out)):
            out[i] = found[code[i]] & barrier[i]

    def many(found: Any, code: Any, barrier: Any, out: Any) -> None:  # noqa: ANN401 - compiled code
        for i in prange(len(out)):
            row = code[i]
            for word in range(out.shape[1]):
                out[i, word] = found[row, word] & barrier[i, word]

    def coded(found: Any, code: Any, masks: Any, mask: Any, out: Any) -> None:  # noqa: ANN401 - compiled code
        for i in prange(len(out)):
            row, other = code[i], mask[i]
            for word in range(out.shape[1]):
                out[i, word] = found[row, word] & masks[other, word]

    def take(found: Any, code: Any, out: Any) -> None:  # noqa: ANN401 - compiled code
        for i in prange(len(out)):
            row = code[i]
            for word in range(out.shape[1]):
                out[i, word] = found[row, word]

    return {kernel.__name__: compiled(kernel) for kernel in (one, many, coded, take)}


@cache
def _embargo() -> _Kernel:
    compiled, prange = _compiler()

    def held(row: Any, since: Any, until: Any, barred: Any, asked: Any, out: Any) -> None:  # noqa: ANN401
        start, at = asked[0], asked[1]
        # At any instant at most one embargo holds for a row, so no two of these touch the same.
        for i in prange(len(row)):
            if since[i] <= at < until[i]:
                for word in range(out.shape[1]):
                    out[row[i] - start, word] &= ~barred[i, word]

    kernel: _Kernel = compiled(held)
    return kernel
