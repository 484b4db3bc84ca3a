"""Tables of objects are read a batch at a time, and a bad one says what is wrong with it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from servanda.errors import FormatError
from servanda.formats.columns import Coded, Form, Stamp, answer_batches, read_objects, write_answers
from servanda.formats.when import parse_instant
from servanda.model.label import Embargo, EyesOnly, NoForeign, OriginatorControlled, ReleasableTo

GOOD: dict[str, Any] = {
    "object_id": ["a", "b", "c"],
    "holder": ["JP", "JP", "KR"],
    "originators": [["JP"], ["JP", "US"], ["KR"]],
    "marking": ["極秘", "極秘", "군사 II급 비밀"],
    "topics": [["x", "y"], ["y", "x", "y"], []],
    "purpose": ["", "defence", ""],
    "given_for": [[], ["defence"], []],
    "form": ["electronic", "document", "oral"],
    "caveats": [
        '[{"kind": "no-foreign"}]',
        '[{"kind": "releasable-to", "parties": ["KR"]}, {"kind": "originator-controlled"}]',
        '[{"kind": "embargo", "until": "2019-11-23T00:00:00+09:00"}]',
    ],
}
MIDNIGHT = parse_instant("2019-11-23T00:00:00+09:00")
STRUCTS = [
    [{"kind": "no-foreign"}],
    [{"kind": "releasable-to", "parties": ["KR"]}, {"kind": "originator-controlled"}],
    [{"kind": "embargo", "until": datetime(2019, 11, 22, 15, tzinfo=UTC)}],
]
STAMP = Stamp(tuple(f"P{place}" for place in range(70)), MIDNIGHT, registry="5e")


def table(**columns: object) -> pa.Table:
    return pa.table(GOOD | columns)


def values(column: Coded) -> list[Any]:
    return [
        f"WRONG {column.wrong[code]}" if code in column.wrong else column.values[code]
        for code in column.codes
    ]


def only(source: pa.Table, name: str) -> list[Any]:
    return [value for rows in read_objects(source) for value in values(rows.columns[name])]


def test_a_table_is_read_in_the_words_of_the_model(tmp_path: Path) -> None:
    pq.write_table(table(), tmp_path / "o.parquet")
    with pa.ipc.new_file(str(tmp_path / "o.arrow"), table().schema) as file:
        file.write_table(table())
    for source in (table(), table().to_reader(), tmp_path / "o.parquet", tmp_path / "o.arrow"):
        (rows,) = read_objects(source)
        read = {name: values(column) for name, column in rows.columns.items()}
        assert read["originators"] == [("JP",), ("JP", "US"), ("KR",)]
        assert read["marking"] == GOOD["marking"]
        assert read["topics"] == [("x", "y"), ("x", "y"), ()]
        assert read["given_for"] == [(), ("defence",), ()]
        assert read["caveats"] == [
            (NoForeign(),),
            (ReleasableTo(("KR",)), OriginatorControlled()),
            (Embargo(MIDNIGHT),),
        ]
        assert read["object_id"] == ["", "", ""]
        assert rows.object_id.to_pylist() == ["a", "b", "c"]


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())],
    ids=str,
)
def test_text_may_be_kept_in_any_way_that_arrow_knows(kind: pa.DataType) -> None:
    plain = pa.array(GOOD["marking"]).cast(pa.large_string())
    text = plain.dictionary_encode() if pa.types.is_dictionary(kind) else plain.cast(kind)
    source = table(holder=["JP"] * 3, marking=text, originators=text, object_id=text)
    (rows,) = read_objects(source, named=frozenset({"極秘", "z"}))
    assert values(rows.columns["marking"]) == GOOD["marking"]
    assert values(rows.columns["originators"]) == [(word,) for word in GOOD["marking"]]
    assert values(rows.columns["object_id"]) == ["極秘", "極秘", ""]


def test_caveats_may_be_structs() -> None:
    text = pa.list_(pa.string())
    until = pa.timestamp("us", "UTC")
    kind = pa.list_(pa.struct([("kind", pa.string()), ("parties", text), ("until", until)]))
    assert only(table(caveats=pa.array(STRUCTS, kind)), "caveats") == only(table(), "caveats")
    assert only(table(caveats=[[], [], [None]]), "caveats")[:2] == [(), ()]
    fixed = pa.array([[{"kind": "eyes-only", "nationalities": ["JP", "KR"]}], None, [None]])
    fixed = fixed.cast(pa.list_(fixed.type.value_type, 1))
    first, null, hollow = only(table(caveats=fixed), "caveats")
    assert first == (EyesOnly(("JP", "KR")),)
    assert null.startswith("WRONG there is no list")
    assert hollow.startswith("WRONG")


def test_lists_that_only_look_alike_are_told_apart() -> None:
    lists = [["a,b"], ["a", "b"], ["0,1"], ["0", "1"], [], [""], None, ["a", None], ["b", "a"], ["a", "b"]]
    many = {name: [column[0]] * len(lists) for name, column in GOOD.items()}
    got = only(pa.table(many | {"topics": pa.array(lists, pa.list_(pa.string()))}), "topics")
    assert got[:5] == [("a,b",), ("a", "b"), ("0,1",), ("0", "1"), ()]
    assert [value.startswith("WRONG") for value in got[5:8]] == [True, True, True]
    assert got[8:] == [("a", "b"), ("a", "b")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 30_000, "not JSON"),
        ("[" + " " * 70_000 + "]", "more than"),
        ('[{"kind": "noforn"}]', "noforn"),
        ('[{"kind": "releasable-to"}]', "parties"),
        ('[{"kind": "releasable-to", "parties": ["JP"], "parties": ["KR"]}]', "twice"),
        ('[{"kind": "embargo", "until": "2019-11-23"}]', "2019-11-23"),
        ('[{"kind": "no-foreign", "extra": 1}]', "extra"),
        ("null", "array"),
    ],
)
def test_caveats_that_are_none_are_wrong_and_never_left_out(text: str, says: str) -> None:
    wrong, *good = only(table(caveats=[text, "[]", "[]"]), "caveats")
    assert wrong.startswith("WRONG")
    assert says in wrong
    assert good == [(), ()]


def test_nothing_missing_is_taken_for_something_empty() -> None:
    for name in ("holder", "originators", "marking", "topics", "given_for", "caveats", "form", "purpose"):
        kind = table().schema.field(name).type
        if name == "given_for":
            kind = pa.list_(pa.string())
        first, *_ = only(table(**{name: pa.array([None, *GOOD[name][1:]], kind)}), name)
        assert first.startswith("WRONG")
    assert [one[:5] for one in only(table(object_id=["a", None, ""]), "object_id")] == ["", "WRONG", "WRONG"]


def test_text_and_instants_that_python_cannot_hold_are_wrong_row_by_row() -> None:
    broken = pa.array([b"ok", b"\xff", b"ok"]).view(pa.string())
    assert [one[:5] for one in only(table(marking=broken), "marking")] == ["ok", "WRONG", "ok"]
    far = pa.array([0, 2**60, 0], pa.int64()).view(pa.timestamp("us", "UTC"))
    kinds = pa.array(["embargo"] * 3)
    caveats = pa.ListArray.from_arrays(
        [0, 1, 2, 3], pa.StructArray.from_arrays([kinds, far], ["kind", "until"])
    )
    assert [one[0:5] == "WRONG" for one in only(table(caveats=caveats), "caveats")] == [False, True, False]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"marking": [1, 2, 3]}, "column `marking` of the table should be text and is `int64`"),
        ({"topics": ["a", "b", "c"]}, "column `topics` of the table should be list of text and is `string`"),
        ({"caveats": pa.array([[{"sort": "x"}]] * 3)}, "column `caveats`"),
        ({"caveats": pa.array([[{"kind": "x", "until": datetime(2020, 1, 1)}]] * 3)}, "zoned instant"),  # noqa: DTZ001
        ({"originators": pa.array([[1]] * 3)}, "column `originators`"),
    ],
)
def test_a_column_of_another_type_is_named_with_what_was_expected(change: dict[str, Any], says: str) -> None:
    with pytest.raises(FormatError) as caught:
        list(read_objects(table(**change)))
    assert says in str(caught.value)
    assert caught.value.hint


def test_a_column_that_is_missing_or_there_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="the table has no column `caveats`"):
        list(read_objects(table().drop_columns(["caveats"])))
    with pytest.raises(FormatError, match="has 2 columns `marking`"):
        list(read_objects(table().append_column("marking", pa.array(["x"] * 3))))
    assert only(table().drop_columns(["form"]), "form") == ["electronic"] * 3
    assert only(table().drop_columns(["purpose"]), "purpose") == [""] * 3
    (tmp_path / "no").write_bytes(b"PAR1 and nothing more")
    (tmp_path / "none").write_bytes(b"")
    for name in ("no", "none", "absent"):
        with pytest.raises(FormatError, match="cannot be read"):
            list(read_objects(tmp_path / name))


def test_batches_follow_one_another_and_none_is_larger_than_asked(tmp_path: Path) -> None:
    large = pa.concat_tables([table()] * 1_000).combine_chunks()
    held = pa.total_allocated_bytes()
    pq.write_table(large, tmp_path / "o.parquet", row_group_size=500)
    for source in (large, large.to_reader(), tmp_path / "o.parquet"):
        seen = 0
        for rows in read_objects(source, batch=700):
            assert rows.start == seen
            assert 0 < len(rows) <= 700
            seen += len(rows)
            assert pa.total_allocated_bytes() - held < 1 << 20
        assert seen == 3_000


@pytest.mark.parametrize("parties", [1, 30, 32, 33, 64, 65, 70])
@pytest.mark.parametrize("ending", ["parquet", "arrow"])
def test_answers_say_the_same_in_every_form_and_what_they_answer(
    tmp_path: Path, parties: int, ending: str
) -> None:
    stamp = Stamp(STAMP.parties[:parties], MIDNIGHT, registry="5e")
    bits = np.random.default_rng(1).random((40, parties)) < 0.4
    words = np.zeros((40, 1), np.uint32) if parties <= 32 else np.zeros((40, -(-parties // 64)), np.uint64)
    size = 8 * words.itemsize
    for row, party in np.argwhere(bits).tolist():
        words[row, party // size] |= words.dtype.type(1 << party % size)
    names = pa.array([f"o{row}" for row in range(40)])
    expected = {(f"o{row}", f"P{party}") for row, party in np.argwhere(bits).tolist()}
    found = {}
    for form in Form:
        path = tmp_path / f"{form.value}.{ending}"
        rows = write_answers(path, [(names[:25], words[:25]), (names[25:], words[25:])], stamp, form)
        made = pq.read_table(path) if ending == "parquet" else pa.ipc.open_file(str(path)).read_all()
        assert made.num_rows == rows
        assert json.loads(made.schema.metadata[b"servanda.parties"]) == list(stamp.parties)
        assert made.schema.metadata[b"servanda.at"] == b"2019-11-22T15:00:00Z"
        assert made.schema.metadata[b"servanda.registry"] == b"5e"
        assert {b"servanda.known", b"servanda.tzdata"} <= made.schema.metadata.keys()
        found[form] = made.to_pylist()
    assert {(row["object_id"], row["party"]) for row in found[Form.LONG] if row["permitted"]} == expected
    assert len(found[Form.LONG]) == 40 * parties
    assert {(row["object_id"], party) for row in found[Form.LISTS] for party in row["parties"]} == expected
    for row in found[Form.MASKS]:
        masks = row["mask"] if parties > 64 else [row["mask"]]
        whole = sum(mask << 64 * place for place, mask in enumerate(masks))
        may = {(row["object_id"], name) for place, name in enumerate(stamp.parties) if whole >> place & 1}
        assert may == {pair for pair in expected if pair[0] == row["object_id"]}


def test_no_answers_are_an_empty_table(tmp_path: Path) -> None:
    for form in Form:
        assert write_answers(tmp_path / "none.parquet", [], STAMP, form) == 0
        assert pq.read_table(tmp_path / "none.parquet").num_rows == 0
    with pytest.raises(FormatError, match="2 objects have 3 answers"):
        list(answer_batches([(pa.array(["a", "b"]), np.zeros((3, 2), np.uint64))], STAMP, Form.MASKS))
