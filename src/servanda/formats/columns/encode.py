"""Arrow columns as numbers: each different value once, and for each row which one it has.

Lists and structs are told apart by the numbers of their parts written one after another, so that no word,
whatever characters it has, can make two values look like one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import types

from servanda.errors import FormatError

_UNREADABLE = (ValueError, OverflowError, pa.ArrowException)
"""Text that is not UTF-8, and instants beyond the calendar."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column: row `i` has `values[codes[i]]`; `wrong` says what is wrong with a code that has no value."""

    codes: NDArray[np.int32]
    values: list[Any]
    wrong: dict[int, str] = field(default_factory=dict)


def constant(value: object, rows: int) -> Coded:
    """Return a column that has one value everywhere."""
    return Coded(np.zeros(rows, np.int32), [value])


def encode(array: pa.Array, read: Callable[[Any], object]) -> Coded:
    """Return a column's values as `read` understands them; a `FormatError` of it makes the value wrong."""
    codes, firsts = _numbered(array)
    values: list[object] = []
    wrong: dict[int, str] = {}
    different = firsts if isinstance(firsts, pa.Array) else array.take(pa.array(firsts))
    for code, plain in enumerate(_plain(different)):
        try:
            values.append(read(plain.as_py() if isinstance(plain, pa.Scalar) else plain))
        except (FormatError, *_UNREADABLE) as problem:
            values.append(None)
            wrong[code] = str(problem)
    return Coded(codes, values, wrong)


def _plain(array: pa.Array) -> Iterable[Any]:
    """Return the values for Python, or what stands for each, where not all can be had."""
    try:
        return list(array.to_pylist())
    except _UNREADABLE:
        return list(array)


def encode_named(array: pa.Array, named: frozenset[str]) -> Coded:
    """Return a column of names in which only those of `named` are told apart; all others are empty text.

    A row that has no name is wrong.
    """
    known = sorted(named)
    text = decoded(array)
    found = pc.index_in(text, value_set=pa.array(known, text.type))
    codes = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32) + 1
    nameless = pc.equal(pc.binary_length(text), 0).fill_null(fill_value=True)
    codes[nameless.to_numpy(zero_copy_only=False)] = len(known) + 1
    return Coded(codes, ["", *known, None], {len(known) + 1: "there is no name"})


def decoded(array: pa.Array) -> pa.Array:
    """Return text as itself where it is kept as numbers in a dictionary, or as views."""
    if types.is_dictionary(array.type):
        array = array.dictionary_decode()
    return array.cast(pa.large_string()) if types.is_string_view(array.type) else array


def _numbered(array: pa.Array) -> tuple[NDArray[np.int32], pa.Array | NDArray[np.int64]]:
    """Return each row's number; and the different values, or for each number a row that has it."""
    if types.is_list(array.type) or types.is_large_list(array.type) or types.is_fixed_size_list(array.type):
        return _of_joined(_joined_list(array))
    if types.is_struct(array.type):
        return _of_joined(_joined_struct(array))
    coded = pc.dictionary_encode(decoded(array), null_encoding="encode")
    return coded.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), coded.dictionary


def _of_joined(joined: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    codes, values = _numbered(joined)
    first = np.zeros(len(values), np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return codes, first


def _joined_list(array: pa.Array) -> pa.Array:
    """Return for each list the numbers of its elements, as `3,0,7`; null stays null."""
    if types.is_fixed_size_list(array.type):
        array = array.cast(pa.large_list(array.type.value_type))
    lengths = pc.list_value_length(array).fill_null(0).to_numpy(zero_copy_only=False)
    offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    numbers, _ = _numbered(array.flatten())
    words = pa.array(numbers).cast(pa.large_string())
    lists = pa.LargeListArray.from_arrays(pa.array(offsets), words)
    joined = pc.binary_join(lists, pa.scalar(",", pa.large_string()))
    if array.null_count:
        joined = pc.if_else(array.is_valid(), joined, pa.scalar(None, joined.type))
    return joined


def _joined_struct(array: pa.Array) -> pa.Array:
    """Return for each struct the numbers of its fields, as `3,0,7`; null stays null."""
    parts = [pa.array(_numbered(part)[0]).cast(pa.large_string()) for part in array.flatten()]
    joined = pc.binary_join_element_wise(*parts, pa.scalar(",", pa.large_string()))
    if array.null_count:
        joined = pc.if_else(array.is_valid(), joined, pa.scalar(None, joined.type))
    return joined
