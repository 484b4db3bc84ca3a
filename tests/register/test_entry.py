"""Entries: one value, one sequence of bytes."""

from __future__ import annotations

import contextlib
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.naive import CALM
from servanda.errors import FormatError
from servanda.register import Entry, EntryKind, parse_entry
from servanda.register.entry import MOST_BYTES

AT = "2019-11-22T09:00:00Z"
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
BODIES = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), JSON, max_size=4)
INSTANTS = st.datetimes().map(lambda one: f"{one.isoformat()}Z")


def plain(**changed: object) -> dict[str, object]:
    return {"at": AT, "body": {}, "format": "servanda/entry@1", "kind": "act"} | changed


def written(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_the_wire_form_is_as_the_specification_shows_it() -> None:
    entry = Entry(EntryKind.RELEASE, AT, {"object": "o-1", "count": 2})
    data = (
        b'{"at":"2019-11-22T09:00:00Z","body":{"count":2,"object":"o-1"},'
        b'"format":"servanda/entry@1","kind":"release"}'
    )
    assert bytes(entry) == data
    assert parse_entry(data) == entry


@CALM
@given(st.sampled_from(EntryKind), INSTANTS, BODIES)
def test_parsing_an_entry_undoes_printing_it(kind: EntryKind, at: str, body: dict[str, object]) -> None:
    entry = Entry(kind, at, body)
    data = bytes(entry)
    assert parse_entry(data) == entry
    assert bytes(parse_entry(data)) == data


@pytest.mark.parametrize(
    "at",
    [
        "",
        "now",
        "2019-11-22",
        "2019-11-22T09:00:00",
        "2019-11-22T09:00:00+09:00",
        "2019-11-22t09:00:00z",
        "2019-02-29T00:00:00Z",
        "2019-11-22T24:00:00Z",
        "2019-11-22T09:00:60Z",
        "2019-11-22T09:00:00.Z",
        "2019-11-22T09:00:00.1234567Z",
        "٢٠١٩-11-22T09:00:00Z",
        "0000-01-01T00:00:00Z",
        "2019-11-22T09:00:00Z\n",
    ],
)
def test_only_an_instant_in_utc_is_an_instant_to_write_or_to_read(at: str) -> None:
    with pytest.raises(FormatError):
        bytes(Entry(EntryKind.ACT, at, {}))
    with pytest.raises(FormatError):
        parse_entry(written(plain(at=at)))


@pytest.mark.parametrize(
    "body", [{"a": 0.5}, {"a": 1e17}, {"a": float("nan")}, {"a": 2**53}, {"a": "\ud800"}, {1: 2}, {"a": {1}}]
)
def test_a_body_that_could_not_be_read_back_is_not_written(body: dict[str, object]) -> None:
    with pytest.raises(FormatError):
        bytes(Entry(EntryKind.ACT, AT, body))


def nested(depth: int) -> dict[str, object]:
    body: dict[str, object] = {}
    for _ in range(depth):
        body = {"": body}
    return body


@pytest.mark.parametrize("depth", [300, 400, 480, 600, 900, 5000])
def test_an_entry_nested_too_deep_is_refused_alike_by_writer_and_reader(depth: int) -> None:
    data = b'{"at":"%s","body":%s{}%s,"format":"servanda/entry@1","kind":"act"}' % (
        AT.encode(), b'{"":' * depth, b"}" * depth,
    )  # fmt: skip
    for attempt in (lambda: bytes(Entry(EntryKind.ACT, AT, nested(depth))), lambda: bytes(parse_entry(data))):
        try:
            assert attempt() == data
        except FormatError:
            continue


def test_an_entry_of_65535_bytes_is_the_longest() -> None:
    room = MOST_BYTES - len(bytes(Entry(EntryKind.ACT, AT, {"a": ""})))
    longest = bytes(Entry(EntryKind.ACT, AT, {"a": "x" * room}))
    assert len(longest) == MOST_BYTES
    assert bytes(parse_entry(longest)) == longest
    with pytest.raises(FormatError):
        bytes(Entry(EntryKind.ACT, AT, {"a": "x" * (room + 1)}))
    with pytest.raises(FormatError):
        parse_entry(longest.replace(b"xx", b"xxx", 1))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        written(plain(kind="gossip")),
        written(plain(kind=[])),
        written(plain(kind=None)),
        written(plain(at=5)),
        written(plain(body=[])),
        written(plain(body=None)),
        written(plain(format="servanda/entry@2")),
        written(plain(more=1)),
        written({"at": AT, "body": {}, "kind": "act"}),
        written(plain()) + b"\n",
        b" " + written(plain()),
        b"\xef\xbb\xbf" + written(plain()),
        written(plain()).decode().encode("utf-16"),
        written(plain()).replace(b'"body":{}', b'"body":{"a":1,"a":1}'),
        written(plain()).replace(b'"body":{}', b'"body":{"b":1,"a":1}'),
        written(plain()).replace(b'"body":{}', b'"body":{"a":NaN}'),
        written(plain()).replace(b'"body":{}', b'"body":{"a":1.0}'),
        written(plain()).replace(b'"body":{}', b'"body":{"a":-0}'),
        written(plain()).replace(b'"body":{}', b'"body":{"a":' + b"9" * 5000 + b"}"),
        written(plain()).replace(b'"body":{}', b'"body":{"a":"\\u0061"}'),
        written(plain()).replace(b'"body":{}', b'"body":{"a":"\\ud800"}'),
    ],
)
def test_what_is_not_a_canonical_entry_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        parse_entry(data)


@CALM
@given(st.binary(max_size=200))
def test_no_bytes_make_the_parser_fail_otherwise(data: bytes) -> None:
    with pytest.raises(FormatError):
        parse_entry(data)


@CALM
@given(JSON)
def test_no_json_makes_the_parser_fail_otherwise(value: object) -> None:
    with pytest.raises(FormatError):
        parse_entry(written(value))


@CALM
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_no_mutation_makes_the_parser_fail_otherwise(seed: int, edits: int) -> None:
    source = random.Random(seed)  # noqa: S311 - mutations, not keys
    data = bytearray(Entry(EntryKind.RECEIPT, AT, {"a": [1, {"b": None}], "c": "x"}).__bytes__())
    for _ in range(edits):
        at = source.randrange(len(data))
        data[at : at + source.randrange(3)] = source.randbytes(source.randrange(3))
    with contextlib.suppress(FormatError):
        assert bytes(parse_entry(bytes(data))) == data
