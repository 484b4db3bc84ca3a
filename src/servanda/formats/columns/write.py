"""Answers as Arrow or Parquet, batch by batch: one row for each permit, a list of parties, or a mask.

| form | columns |
|---|---|
| `LONG` | `object_id`, `party`, `permitted`: a row for each object and party |
| `LISTS` | `object_id`, `parties`: those that may have it |
| `MASKS` | `object_id`, `mask`: uint64, or a list of so many; bit `p` is party `p` of the metadata |

The schema's metadata says what was asked: `servanda.parties` (JSON, in the order of their bits),
`servanda.at` and `servanda.known` (RFC 3339), `servanda.tzdata`, and `servanda.registry` where it is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from servanda.errors import FormatError
from servanda.model.when import FOREVER, TZDATA_VERSION, Instant

_WIDE = 64
_MOST_ROWS = 1 << 20


class Form(Enum):
    """The shape of the rows of an answer."""

    LONG = "long"
    LISTS = "lists"
    MASKS = "masks"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an answer is an answer to: the parties in the order of their bits, when, and on what grounds."""

    parties: tuple[str, ...]
    at: Instant
    known: Instant = FOREVER
    registry: str = ""
    tzdata: str = TZDATA_VERSION


def answer_schema(stamp: Stamp, form: Form, object_id: pa.DataType | None = None) -> pa.Schema:
    """Return the schema of answers, with what was asked in its metadata."""
    name = pa.field("object_id", object_id or pa.string(), nullable=True)
    party = pa.dictionary(pa.uint16(), pa.string())
    words = -(-len(stamp.parties) // _WIDE)
    mask = pa.uint64() if words <= 1 else pa.list_(pa.uint64(), words)
    fields = {
        Form.LONG: [pa.field("party", party), pa.field("permitted", pa.bool_())],
        Form.LISTS: [pa.field("parties", pa.large_list(party))],
        Form.MASKS: [pa.field("mask", mask)],
    }
    metadata = {
        "servanda.parties": json.dumps(stamp.parties, ensure_ascii=False),
        "servanda.at": str(stamp.at),
        "servanda.known": str(stamp.known),
        "servanda.tzdata": stamp.tzdata,
    }
    if stamp.registry:
        metadata["servanda.registry"] = stamp.registry
    return pa.schema([name, *fields[form]], metadata)


def answer_batches(
    answers: Iterable[tuple[pa.Array, NDArray[np.unsignedinteger]]], stamp: Stamp, form: Form
) -> Iterator[pa.RecordBatch]:
    """Turn names of objects and their answers, words[n, W], into record batches as they come."""
    schema = None
    for names, words in answers:
        if len(names) != len(words):
            raise FormatError(f"{len(names)} objects have {len(words)} answers")
        if schema is None:
            schema = answer_schema(stamp, form, names.type)
        step = max(1, _MOST_ROWS // len(stamp.parties)) if form is Form.LONG else max(1, len(words))
        for start in range(0, len(words), step):
            part = slice(start, start + step)
            yield pa.record_batch(_columns(names[part], words[part], stamp, form, schema), schema=schema)


def write_answers(
    path: Path,
    answers: Iterable[tuple[pa.Array, NDArray[np.unsignedinteger]]],
    stamp: Stamp,
    form: Form,
) -> int:
    """Write answers to a Parquet file, or to an Arrow file where it ends in `.arrow`; return the rows.

    No more than a batch is held.
    """
    rows = 0
    batches = answer_batches(answers, stamp, form)
    first = next(batches, None)
    schema = answer_schema(stamp, form) if first is None else first.schema
    arrow = path.suffix in {".arrow", ".feather", ".ipc"}
    with pa.ipc.new_file(str(path), schema) if arrow else pq.ParquetWriter(path, schema) as writer:
        while first is not None:
            writer.write_batch(first)
            rows += first.num_rows
            first = next(batches, None)
    return rows


def _columns(
    names: pa.Array, words: NDArray[np.unsignedinteger], stamp: Stamp, form: Form, schema: pa.Schema
) -> list[pa.Array]:
    parties = pa.array(stamp.parties, pa.string())
    count = len(parties)
    if form is Form.MASKS:
        flat = pa.array(words.astype(np.uint64).ravel())
        mask = schema.field("mask").type
        return [names, flat if mask == pa.uint64() else pa.FixedSizeListArray.from_arrays(flat, type=mask)]
    bits = _bits(words, count)
    if form is Form.LISTS:
        offsets = np.concatenate([[0], np.cumsum(bits.sum(axis=1, dtype=np.int64))])
        found = np.nonzero(bits)[1].astype(np.uint16)
        listed = pa.DictionaryArray.from_arrays(pa.array(found), parties)
        return [names, pa.LargeListArray.from_arrays(pa.array(offsets), listed)]
    places = pa.array(np.tile(np.arange(count, dtype=np.uint16), len(names)))
    repeated = names.take(pa.array(np.repeat(np.arange(len(names)), count)))
    return [repeated, pa.DictionaryArray.from_arrays(places, parties), pa.array(bits.ravel())]


def _bits(words: NDArray[np.unsignedinteger], parties: int) -> NDArray[np.bool_]:
    little = np.ascontiguousarray(words.astype(words.dtype.newbyteorder("<"), copy=False))
    octets = little.view(np.uint8).reshape(len(words), little.itemsize * little.shape[1])
    return np.unpackbits(octets, axis=1, count=parties, bitorder="little").view(np.bool_)
