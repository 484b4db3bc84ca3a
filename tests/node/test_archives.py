"""A whole archive is answered as each of its objects would be, and what is wrong in it permits nothing."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from asking import instant
from decisions.test_histories import world
from servanda.decisions import Index, Omit, suppose
from servanda.decisions.release import rule
from servanda.errors import FormatError, UnknownNameError
from servanda.formats.columns import Form
from servanda.formats.words import from_builtins
from servanda.model.decision import Outcome, ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.label import Caveat
from servanda.model.when import FOREVER, Instant
from servanda.node.archives import answer_archive, compare_archive

PARTIES = ("JP", "KR", "US", "AT", "EU")
EVE, MIDNIGHT = instant("2019-11-22 12:00"), instant("2019-11-23 00:00")
CAVEATS: tuple[list[dict[str, Any]], ...] = (
    [],
    [],
    [{"kind": "releasable-to", "parties": ["KR", "AT"]}],
    [{"kind": "no-foreign"}],
    [{"kind": "originator-controlled"}],
    [{"kind": "embargo", "until": "2019-11-22T15:00:00Z"}],
    [{"kind": "no-foreign"}, {"kind": "releasable-to", "parties": ["KR"]}],
)
TEXTS = pa.list_(pa.string())
SCHEMA = pa.schema(
    [
        ("object_id", pa.string()),
        ("holder", pa.string()),
        ("originators", TEXTS),
        ("marking", pa.string()),
        ("topics", TEXTS),
        ("purpose", pa.string()),
        ("given_for", TEXTS),
        ("form", pa.string()),
        ("caveats", pa.string()),
    ]
)


def rows(registry: Registry, count: int) -> list[dict[str, Any]]:
    chance = random.Random(22)  # noqa: S311 - a table for a test
    found = []
    for number in range(count):
        originator = chance.choice(("JP", "KR", "US"))
        words = [level.word for level in registry.party(originator).levels]
        found.append(
            {
                "object_id": chance.choice(("named", f"o{number}")) if number % 9 == 0 else f"o{number}",
                "holder": chance.choice(PARTIES[:3]),
                "originators": [originator],
                "marking": chance.choice((*words, "PINK")) if number % 7 == 0 else chance.choice(words),
                "topics": chance.choice(([], ["dprk-missile"], ["fishing", "dprk-missile"])),
                "purpose": chance.choice(("", "defence")),
                "given_for": chance.choice(([], [], ["defence"])),
                "form": chance.choice(("electronic", "oral")),
                "caveats": json.dumps(chance.choice(CAVEATS)),
            }
        )
    return found


def written(tmp_path: Path, objects: list[dict[str, Any]]) -> Path:
    path = tmp_path / "objects.parquet"
    pq.write_table(pa.Table.from_pylist(objects, SCHEMA), path)
    return path


def may_have(registry: Registry, row: dict[str, Any], at: Instant) -> set[str]:
    """Ask the law about one object, party by party."""
    caveats = tuple(from_builtins(Caveat, one) for one in json.loads(row["caveats"]))
    index = Index(registry)
    found = set()
    for party in PARTIES:
        if party == row["holder"]:
            continue
        request = ReleaseRequest(
            row["holder"],
            party,
            tuple(row["originators"]),
            row["marking"],
            at,
            tuple(row["topics"]),
            row["purpose"],
            row["form"],
            row["object_id"],
            caveats=caveats,
            given_for=tuple(row["given_for"]),
        )
        try:
            if rule(index, request).outcome is Outcome.PERMIT:
                found.add(party)
        except UnknownNameError:
            return set()
    return found


def contradicts(row: dict[str, Any]) -> bool:
    """For no foreign party and yet for Korea by name: a contradiction, unless it is Korea's own."""
    return bool(row["caveats"].count("kind") > 1 and row["originators"] != ["KR"])


def test_each_object_of_a_table_is_answered_as_if_it_were_asked_alone(tmp_path: Path) -> None:
    registry = world()
    objects = rows(registry, 300)
    source, target = written(tmp_path, objects), tmp_path / "answer.parquet"
    answered = answer_archive(registry, source, target, EVE, FOREVER, PARTIES, Form.LISTS)
    told = pq.read_table(target).to_pylist()
    assert answered.rows == len(told) == len(objects)
    permitted = 0
    for row, answer in zip(objects, told, strict=True):
        expected = set() if contradicts(row) else may_have(registry, row, EVE)
        assert set(answer["parties"]) == expected, row
        permitted += len(expected)
    assert permitted > 50
    wrong = [row for row in objects if row["marking"] == "PINK" or contradicts(row)]
    assert answered.problems.count == len(wrong) > 5


def test_what_a_lapse_loses_is_the_difference_object_by_object(tmp_path: Path) -> None:
    registry = world()
    lapsed = suppose(registry, (Omit("kr-suspension-2019"),))
    objects = rows(registry, 200)
    source, target = written(tmp_path, objects), tmp_path / "moves.parquet"
    compared = compare_archive(registry, source, target, (EVE, FOREVER), (MIDNIGHT, FOREVER), PARTIES, lapsed)
    expected = set()
    for place, row in enumerate(objects):
        if contradicts(row):
            continue
        before, after = may_have(registry, row, EVE), may_have(lapsed, row, MIDNIGHT)
        expected |= {(place, row["object_id"], party, "lost") for party in before - after}
        expected |= {(place, row["object_id"], party, "gained") for party in after - before}
    told = [(one["object_id"], one["party"], one["change"]) for one in pq.read_table(target).to_pylist()]
    assert sorted(told) == sorted(one[1:] for one in expected)
    assert sum(compared.lost.values()) == sum(one[3] == "lost" for one in expected) > 20


def test_a_later_knowledge_time_can_be_compared_with_an_earlier_one(tmp_path: Path) -> None:
    registry = world()
    objects = [row for row in rows(registry, 100) if row["holder"] != "US"]
    source, target = written(tmp_path, objects), tmp_path / "moves.parquet"
    september = instant("2019-09-01 00:00")
    compared = compare_archive(registry, source, target, (MIDNIGHT, september), (MIDNIGHT, FOREVER), PARTIES)
    assert compared.lost == {}
    assert sum(compared.gained.values()) > 10


def test_a_party_nobody_knows_and_a_column_of_another_type_are_clear_errors(tmp_path: Path) -> None:
    registry = world()
    source = written(tmp_path, rows(registry, 5))
    with pytest.raises(UnknownNameError, match="ZZ"):
        answer_archive(registry, source, tmp_path / "x.parquet", EVE, FOREVER, ("JP", "ZZ"), Form.LISTS)
    bad = tmp_path / "bad.parquet"
    table = pq.read_table(source)
    place = table.schema.get_field_index("marking")
    pq.write_table(table.set_column(place, "marking", pa.array([1] * len(table))), bad)
    with pytest.raises(FormatError, match="marking"):
        answer_archive(registry, bad, tmp_path / "x.parquet", EVE, FOREVER, PARTIES, Form.LISTS)
    assert not (tmp_path / "x.parquet").exists()
