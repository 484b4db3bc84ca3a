"""The tables: what the migrations make is what the code believes, step by step, on both databases."""

from __future__ import annotations

import itertools
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, Text, delete, insert, inspect, select, text
from sqlalchemy.sql.sqltypes import BigInteger, Integer, LargeBinary

from servanda.errors import StorageError
from servanda.formats.when import parse_instant
from servanda.model.when import Instant
from servanda.node import database as ground
from servanda.node.database import Database
from servanda.node.house import stamp
from servanda.node.migrations import REVISIONS
from servanda.node.tables import ACT, COPY, ITEM, OUTBOX, RELEASE, node_tables
from servanda.register import register_tables

INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(9998, 1, 1), timezones=st.timezones())  # noqa: DTZ001 - it adds the zone
PLACES = {"act_by_position": "act", "outbox_waiting": "outbox"}


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def act(position: int, name: str) -> dict[str, object]:
    return {"digest": name, "instrument": "a-b", "act_id": name, "body": b"\x00\xff", "position": position}


def item(name: str) -> dict[str, object]:
    words = {column.name: "" for column in ITEM.columns if isinstance(column.type, Text)}
    return {**words, "object_id": name, "size": 1 << 40}


def test_the_migrated_schema_is_that_of_the_two_rooms(database_url: str) -> None:
    database = Database.open(database_url)
    with database.reading() as connection:
        assert tables(connection) == set(node_tables.tables) | set(register_tables.tables)
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, [node_tables, register_tables]) == []
    database.close()


def test_every_earlier_revision_comes_to_the_last_and_keeps_what_it_holds(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "REVISIONS", REVISIONS[:1])
    database = Database.open(database_url)
    with database.writing() as connection:
        connection.execute(insert(ACT), act(7, "kept"))
        assert {name for name in PLACES if name in indexes(connection)} == set()
    database.close()
    monkeypatch.undo()
    database = Database.open(database_url)
    with database.reading() as connection:
        assert connection.execute(select(ACT.c.position)).scalars().all() == [7]
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [
            REVISIONS[-1].name
        ]
        assert indexes(connection) >= set(PLACES)
    database.close()


def indexes(connection: Connection) -> set[str | None]:
    found = inspect(connection)
    return {one["name"] for table in set(PLACES.values()) for one in found.get_indexes(table)}


def test_revisions_are_in_order_and_each_has_its_own_name() -> None:
    names = [revision.name for revision in REVISIONS]
    assert names == [f"{number:04}" for number in range(1, len(REVISIONS) + 1)]


def test_only_types_that_both_databases_have_are_used() -> None:
    columns = itertools.chain.from_iterable(table.columns for table in node_tables.tables.values())
    assert {type(column.type) for column in columns} == {BigInteger, Integer, LargeBinary, Text}


@given(INSTANTS, INSTANTS)
def test_instants_sort_as_their_text_and_read_back(one: datetime, other: datetime) -> None:
    first, second = Instant(one), Instant(other)
    assert (stamp(first) < stamp(second)) is (first.utc < second.utc)
    assert parse_instant(stamp(first)) == first
    assert len(stamp(first)) == len("2019-11-22T09:00:00.000000Z")


def test_bytes_and_large_numbers_come_back_as_they_went(database_url: str) -> None:
    database = Database.open(database_url)
    with database.writing() as connection:
        connection.execute(insert(ACT), act((1 << 63) - 1, "極秘 군사 II급 비밀 \U0001f512"))
    with database.reading() as connection:
        row = connection.execute(select(ACT)).one()
    assert (row.position, bytes(row.body), row.act_id) == (
        (1 << 63) - 1,
        b"\x00\xff",
        "極秘 군사 II급 비밀 \U0001f512",
    )
    database.close()


def refused(database: Database, *rows: tuple[Table, dict[str, object]]) -> str:
    def put() -> None:
        with database.writing() as connection:
            for table, values in rows:
                connection.execute(insert(table), values)

    with pytest.raises(StorageError) as wrong:
        put()
    return str(wrong.value)


def test_an_act_is_recorded_once_for_its_instrument(database_url: str) -> None:
    database = Database.open(database_url)
    second = {**act(2, "one"), "digest": "other"}
    assert "unique" in refused(database, (ACT, act(1, "one")), (ACT, second)).lower()
    with database.reading() as connection:
        assert connection.execute(select(ACT)).all() == []
    database.close()


def test_a_release_and_a_copy_are_of_an_object_that_is_here(database_url: str) -> None:
    database = Database.open(database_url)
    copy = {"object_id": "gone", "number": 1, "for_whom": "B", "made": ""}
    release = {
        "release_id": "r",
        "object_id": "gone",
        "recipient": "B",
        "at": "",
        "decision": "{}",
        "sequence": 1,
    }
    for table, values in ((COPY, copy), (RELEASE, release)):
        assert "foreign key" in refused(database, (table, values)).lower()
    with database.writing() as connection:
        connection.execute(insert(ITEM), item("gone"))
        connection.execute(insert(COPY), copy)
    with pytest.raises(StorageError, match=r"(?i)foreign key"), database.writing() as connection:
        connection.execute(delete(ITEM))
    database.close()


def test_an_envelope_has_one_number_and_one_name(database_url: str) -> None:
    database = Database.open(database_url)
    words = {column.name: "" for column in OUTBOX.columns if isinstance(column.type, Text)}
    row = {**words, "recipient": "B", "sequence": 1, "envelope_id": "a", "wire": b"", "attempts": 0}
    assert "unique" in refused(database, (OUTBOX, row), (OUTBOX, {**row, "envelope_id": "b"})).lower()
    assert "unique" in refused(database, (OUTBOX, row), (OUTBOX, {**row, "sequence": 2})).lower()
    database.close()


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT max(position) FROM act", "act_by_position"),
        (
            "SELECT * FROM outbox WHERE recipient = 'B' AND state = 'queued' ORDER BY sequence LIMIT 1",
            "outbox_waiting",
        ),
    ],
)
def test_what_is_asked_at_every_step_is_found_by_an_index(tmp_path: Path, query: str, index: str) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/plan.db")
    with database.reading() as connection:
        plan = str(connection.execute(text("EXPLAIN QUERY PLAN " + query)).all())
    assert index in plan
    assert "TEMP B-TREE" not in plan
    database.close()
