"""Tables of objects, read a batch at a time into numbers and the model's own words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from servanda.errors import FormatError
from servanda.formats.columns.encode import Coded, constant, decoded, encode, encode_named
from servanda.formats.columns.schema import DEFAULTS, check_schema
from servanda.formats.words import from_builtins
from servanda.model.label import Caveat
from servanda.model.when import Instant

BATCH = 1 << 17
"""Rows of a batch where the caller does not say otherwise."""

_MOST_TEXT = 1 << 16


@dataclass(frozen=True, slots=True)
class ObjectRows:
    """A batch of objects: how many came before it, their names, and the columns of their labels."""

    start: int
    object_id: pa.Array
    columns: Mapping[str, Coded]

    def __len__(self) -> int:
        return len(self.object_id)


def read_objects(
    source: Path | pa.Table | pa.RecordBatchReader, *, named: frozenset[str] = frozenset(), batch: int = BATCH
) -> Iterator[ObjectRows]:
    """Read objects from a Parquet or Arrow file, a table or a stream, never more than a batch at a time.

    `named` are the objects that acts name: only these keep their name in their label.

    Raises:
        FormatError: not such a file, or a column is missing or of another type.
    """
    start = 0
    for one in _batches(source, batch):
        yield _rows(one, start, named)
        start += one.num_rows


def _batches(source: Path | pa.Table | pa.RecordBatchReader, batch: int) -> Iterator[pa.RecordBatch]:
    if isinstance(source, pa.Table):
        check_schema(source.schema, "the table")
        yield from source.to_batches(batch)
    elif isinstance(source, pa.RecordBatchReader):
        check_schema(source.schema, "the stream")
        yield from _cut(source, batch)
    else:
        try:
            yield from _of_file(source, batch)
        except (pa.ArrowException, OSError) as wrong:
            hint = "write it as Parquet, or as an Arrow file"
            raise FormatError(f"`{source}` cannot be read: {wrong}", hint=hint) from wrong


def _of_file(path: Path, batch: int) -> Iterator[pa.RecordBatch]:
    with path.open("rb") as opened:
        parquet = opened.read(4) == b"PAR1"
    if parquet:
        with pq.ParquetFile(path) as file:
            check_schema(file.schema_arrow, f"`{path}`")
            wanted = [name for name in file.schema_arrow.names if name in _READERS or name == "object_id"]
            yield from file.iter_batches(batch, columns=wanted)
    else:
        with pa.memory_map(str(path)) as mapped, pa.ipc.open_file(mapped) as file:
            check_schema(file.schema, f"`{path}`")
            yield from _cut((file.get_batch(place) for place in range(file.num_record_batches)), batch)


def _cut(batches: Iterable[pa.RecordBatch], most: int) -> Iterator[pa.RecordBatch]:
    for one in batches:
        for start in range(0, one.num_rows, most):
            yield one.slice(start, most)


def _rows(batch: pa.RecordBatch, start: int, named: frozenset[str]) -> ObjectRows:
    columns = {}
    for name, read in _READERS.items():
        if name in batch.schema.names:
            columns[name] = encode(batch.column(name), read)
        else:
            columns[name] = constant(DEFAULTS[name], batch.num_rows)
    object_id = decoded(batch.column("object_id"))
    columns["object_id"] = encode_named(object_id, named)
    return ObjectRows(start, object_id, columns)


def _word(value: str | None) -> str:
    if value is None:
        raise FormatError("there is no value")
    return value


def _filled(value: str | None) -> str:
    if not value:
        raise FormatError("there is no value")
    return value


def _words(value: str | list[str | None] | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_filled(value),)
    if value is None:
        raise FormatError("there is no list", hint="write an empty list where there is nothing")
    return tuple(_filled(one) for one in value)


def _set(value: str | list[str | None] | None) -> tuple[str, ...]:
    """Words of which the order does not matter; empty text is no word."""
    return () if value == "" else tuple(sorted(set(_words(value))))


def _caveats(value: str | list[dict[str, Any] | None] | None) -> tuple[Caveat, ...]:
    if value is None:
        raise FormatError("there is no list", hint="write an empty list where there is nothing")
    if isinstance(value, str):
        plain = _parsed(value)
    else:
        plain = [None if one is None else {k: v for k, v in one.items() if v is not None} for one in value]
        for one in plain:
            if one is not None and isinstance(until := one.get("until"), datetime):
                one["until"] = str(Instant(until))
    found: tuple[Caveat, ...] = from_builtins(tuple[Caveat, ...], plain)
    return found


def _parsed(text: str) -> Any:  # noqa: ANN401 - any JSON
    if len(text) > _MOST_TEXT:
        raise FormatError(f"{len(text)} characters are more than the {_MOST_TEXT} allowed")
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as wrong:
        raise FormatError(f"not JSON: {wrong}") from wrong


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return dict(pairs)


_READERS = {
    "holder": _filled,
    "originators": _words,
    "marking": _filled,
    "topics": _set,
    "purpose": _word,
    "given_for": _set,
    "form": _filled,
    "caveats": _caveats,
}
