"""A whole archive goes from Parquet to Parquet in bounded room, and each row says what the law says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from decisions.columns.worlds import Thing, may_have, random_history, recipients
from servanda.decisions.columns import (
    Almanac,
    Interner,
    Label,
    Meaning,
    Problems,
    Vocabulary,
    meanings,
    releasable,
    who_may_see,
)
from servanda.formats.columns import Form, Stamp, read_objects, write_answers
from servanda.formats.when import parse_instant
from servanda.model.label import Embargo, ReleasableTo

PARTIES = tuple(f"P{place}" for place in range(70))
AT = parse_instant("1970-01-01T00:00:00.000400Z")
VOCABULARY = Vocabulary(frozenset(PARTIES), dict.fromkeys(PARTIES, frozenset({"m0", "m1", "m2"})))
HISTORY = random_history(3, len(PARTIES), each=3, pairs=900)


def signature_of(holder: str, marking: str) -> int | None:
    """A toy of a law: a holder's signatures are its markings, as far as it has any."""
    low, high = HISTORY.first[PARTIES.index(holder) : PARTIES.index(holder) + 2].tolist()
    place = low + int(marking[1:])
    return place if place < high else None


def law(labels: Sequence[Label]) -> list[Meaning]:
    made = []
    for one in labels:
        clear, later = (1 << len(PARTIES)) - 1, []
        for caveat in one.portion.caveats:
            if isinstance(caveat, ReleasableTo):
                clear &= sum(1 << PARTIES.index(party) for party in caveat.parties)
            elif isinstance(caveat, Embargo):
                later.append((caveat.until.utc.microsecond, 0b111111 << 20))
        signature = signature_of(one.holder, one.portion.marking)
        wrong = "" if signature is not None else "no such word"
        made.append(Meaning(signature or 0, clear, tuple(later), wrong))
    return made


def archive(count: int) -> tuple[list[dict[str, Any]], list[Thing | None]]:
    """Rows as they are written, and what each of them is: nothing, where it should be refused."""
    random = np.random.default_rng(4)
    rows: list[dict[str, Any]] = []
    things: list[Thing | None] = []
    for number in range(count):
        holder, marking = f"P{random.integers(0, 72)}", f"m{random.integers(0, 4)}"
        listed = sorted(random.choice(70, 30, replace=False).tolist()) if random.random() < 0.5 else None
        until = int(random.integers(300, 500)) if random.random() < 0.3 else None
        caveats: list[dict[str, Any]] = []
        if listed is not None:
            caveats.append({"kind": "releasable-to", "parties": [f"P{party}" for party in listed]})
        if until is not None:
            caveats.append({"kind": "embargo", "until": f"1970-01-01T00:00:00.{until:06d}Z"})
        rows.append(
            {
                "object_id": f"o{number}",
                "holder": holder,
                "originators": holder,
                "marking": marking,
                "topics": [],
                "given_for": "",
                "caveats": json.dumps(caveats),
            }
        )
        known = holder in PARTIES and marking != "m3"
        signature = signature_of(holder, marking) if known else None
        embargoes = () if until is None else ((until, frozenset(range(20, 26))),)
        unbarred = frozenset(range(70)) if listed is None else frozenset(listed)
        things.append(None if signature is None else Thing(signature, unbarred, embargoes))
    return rows, things


def test_an_archive_is_answered_batch_by_batch_as_row_by_row(tmp_path: Path) -> None:
    rows, things = archive(600)
    schema = pa.schema(
        [(name, pa.list_(pa.string()) if name == "topics" else pa.string()) for name in rows[0]]
    )
    pq.write_table(pa.Table.from_pylist(rows, schema), tmp_path / "in.parquet")
    interner, problems, again = Interner(VOCABULARY), Problems(), Problems()
    for batch in read_objects(tmp_path / "in.parquet", batch=100):
        interner.add(batch, again)
    made, almanac = meanings(interner, law, len(PARTIES)), Almanac(HISTORY)

    def answers() -> Iterator[tuple[pa.Array, Any]]:
        for batch in read_objects(tmp_path / "in.parquet", batch=64):
            numbers = interner.add(batch, problems)
            made.note(numbers, problems, batch.start)
            (answer,) = releasable(almanac, made.objects(numbers), AT.utc.microsecond)
            yield batch.object_id, answer.words

    write_answers(tmp_path / "out.parquet", answers(), Stamp(PARTIES, AT), Form.LISTS)
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["object_id"] for row in found] == [row["object_id"] for row in rows]
    for row, thing in zip(found, things, strict=True):
        assert row["parties"] == ([] if thing is None else allowed(thing))
    assert problems.count == sum(thing is None for thing in things)
    assert sum(len(row["parties"]) for row in found) > 500


def allowed(thing: Thing) -> list[str]:
    lawful = recipients(HISTORY, thing.signature, 400)
    return [name for party, name in enumerate(PARTIES) if may_have(thing, lawful, party, 400)]


def test_one_object_of_an_archive_is_seen_by_whom_its_row_says() -> None:
    rows, things = archive(200)
    schema = pa.schema(
        [(name, pa.list_(pa.string()) if name == "topics" else pa.string()) for name in rows[0]]
    )
    interner = Interner(VOCABULARY)
    (batch,) = read_objects(pa.Table.from_pylist(rows, schema))
    numbers = interner.add(batch, Problems())
    objects = meanings(interner, law, len(PARTIES)).objects(numbers)
    almanac = Almanac(HISTORY)
    for item, thing in enumerate(things):
        seen = [PARTIES[party] for party in who_may_see(almanac, objects, item, 400)]
        assert seen == ([] if thing is None else allowed(thing))
