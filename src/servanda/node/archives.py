"""Whole archives: from a table of objects to a table of who may have what, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from servanda.decisions import Index
from servanda.decisions.archive import Archive
from servanda.decisions.columns import Interner, Problems, arrange, difference, meanings, releasable
from servanda.decisions.columns.flows import Flows
from servanda.decisions.columns.masks import count_by_party
from servanda.decisions.columns.meanings import Meanings
from servanda.decisions.sieves import micros
from servanda.errors import StorageError
from servanda.formats.columns import Form, Stamp, read_objects, write_answers
from servanda.model.instrument import Registry
from servanda.model.when import Instant, Period, zone


@dataclass(slots=True)
class Answered:
    """What came of a table: how many rows, to how many each party may be given, and what was wrong."""

    rows: int = 0
    permitted: dict[str, int] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two questions about one table, as counts; the rows are in the file."""

    rows: int
    gained: dict[str, int]
    lost: dict[str, int]
    problems: Problems


def answer_archive(
    registry: Registry,
    source: Path,
    target: Path,
    at: Instant,
    known: Instant,
    parties: tuple[str, ...],
    form: Form,
) -> Answered:
    """Write for every object of a table who may have it at an instant.

    Raises:
        FormatError: the table is not one of objects; the message names the column.
        UnknownNameError: a party is not known.
        StorageError: the answer cannot be written.
    """
    made = _Made.of(registry, source, known, parties, Period(at, _next(at)))
    answered = Answered(problems=Problems())
    counts = np.zeros(len(made.archive.parties), np.int64)

    def answers() -> Iterator[tuple[pa.Array, NDArray[Any]]]:
        nonlocal counts
        for rows, numbers in made.batches(answered.problems):
            made.meanings.note(numbers, answered.problems, rows.start)
            objects = made.meanings.objects(numbers)
            for one in releasable(made.archive.almanac, objects, micros(at)):
                counts = counts + count_by_party(one.words, len(counts))
                part = rows.object_id[one.start : one.start + len(one)]
                yield part, one.words

    stamp = Stamp(made.archive.parties, at, known)
    try:
        answered.rows = write_answers(target, answers(), stamp, form)
    except OSError as full:
        raise StorageError(f"`{target}` cannot be written: {full}", hint="choose another place") from full
    named = zip(made.archive.parties, counts.tolist(), strict=True)
    answered.permitted = {code: count for code, count in named if count}
    return answered


def compare_archive(
    registry: Registry,
    source: Path,
    target: Path,
    first: tuple[Instant, Instant],
    second: tuple[Instant, Instant],
    parties: tuple[str, ...],
    supposed: Registry | None = None,
) -> Compared:
    """Write what may be released in a second case and not in the first, and the reverse.

    `first` and `second` are each an instant and a knowledge time; `supposed` is the registry of the second
    question, where it is another.

    Raises:
        FormatError: the table is not one of objects.
        UnknownNameError: a party is not known.
        StorageError: the answer cannot be written.
    """
    span = Period(min(first[0], second[0]), _next(max(first[0], second[0])))
    made = _Made.of(registry, source, first[1], parties, span)
    problems = Problems()
    numbers = [found for _, found in made.batches(problems)]
    objects = made.meanings.objects(np.concatenate(numbers) if numbers else np.zeros(0, np.uint32))
    before = after = made.archive.almanac
    if supposed is not None or second[1] != first[1]:
        other = Index(supposed or registry, second[1])
        same_knowledge = second[1] == first[1]
        after = made.archive.supposing(other) if same_knowledge else made.again(other)
    lots = arrange(objects, before.signatures)
    moves = difference(lots, before, micros(first[0]), after, micros(second[0]))
    try:
        _write_moves(target, made, moves.gained, moves.lost)
    except OSError as full:
        raise StorageError(f"`{target}` cannot be written: {full}", hint="choose another place") from full
    return Compared(len(objects), made.counts(moves.gained), made.counts(moves.lost), problems)


@dataclass(slots=True)
class _Made:
    """A table whose labels have their meanings."""

    source: Path
    archive: Archive
    interner: Interner
    meanings: Meanings

    @classmethod
    def of(
        cls, registry: Registry, source: Path, known: Instant, parties: tuple[str, ...], period: Period
    ) -> _Made:
        for code in parties:
            registry.party(code)
        chosen = parties or tuple(registry.parties)
        archive = Archive(Index(registry, known), chosen, period)
        interner = Interner(archive.vocabulary())
        for rows in read_objects(source, named=archive.named):
            interner.add(rows, Problems(most=0))
        return cls(source, archive, interner, meanings(interner, archive.meanings, len(chosen)))

    def batches(self, problems: Problems) -> Iterator[tuple[Any, NDArray[np.uint32]]]:
        """Yield each batch of the table with the numbers of its labels."""
        for rows in read_objects(self.source, named=self.archive.named):
            yield rows, self.interner.add(rows, problems)

    def again(self, index: Index) -> Any:  # noqa: ANN401 - an almanac of the same labels
        """Return the history of the same labels as another knowledge time has it."""
        other = Archive(index, self.archive.parties, self.archive.period)
        other.meanings(self.interner.labels)
        return other.almanac

    def counts(self, flows: Flows) -> dict[str, int]:
        """Return how many objects there are for each party."""
        return {self.archive.parties[party]: count for party, count in sorted(flows.counts().items())}


def _write_moves(target: Path, made: _Made, gained: Flows, lost: Flows) -> None:
    """Write the rows that differ, in the order of the table, a batch at a time."""
    sides = [(name, *flows.arrays()) for name, flows in (("gained", gained), ("lost", lost))]
    thing = np.concatenate([one[1].astype(np.int64) for one in sides])
    party = np.concatenate([one[2] for one in sides])
    side = np.repeat(np.arange(2), [len(one[1]) for one in sides])
    order = np.lexsort((side, party, thing))
    thing, party, side = thing[order], party[order], side[order]
    names = pa.array(made.archive.parties)
    schema = pa.schema(
        [("object_id", pa.string()), ("party", pa.string()), ("change", pa.string())],
        {"servanda.parties": ",".join(made.archive.parties)},
    )
    words = pa.array(["gained", "lost"])
    with pq.ParquetWriter(target, schema) as writer:
        for rows in read_objects(made.source, named=made.archive.named):
            low, high = np.searchsorted(thing, (rows.start, rows.start + len(rows)))
            if low < high:
                here = slice(int(low), int(high))
                columns = [
                    rows.object_id.take(pa.array(thing[here] - rows.start)).cast(pa.string()),
                    names.take(pa.array(party[here])),
                    words.take(pa.array(side[here])),
                ]
                writer.write_batch(pa.record_batch(columns, schema=schema))


def _next(at: Instant) -> Instant:
    """Return the end of the shortest period that holds an instant."""
    return at.span(zone("UTC"))[1]
