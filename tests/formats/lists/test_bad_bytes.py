"""Bytes of any kind are read, or refused with a hint; nothing is dropped in silence and nothing crashes."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from servanda.errors import FormatError
from servanda.formats.lists import read_list, reading
from servanda.model.listed import PartyList

PLAIN = "name,aliases,country,id,from,to\n"


def check(found: PartyList) -> None:
    assert found.parties
    assert len({one.id for one in found.parties}) == len(found.parties)
    for party in found.parties:
        assert party.name
        for text in (party.id, *party.names, *party.countries, *party.reasons, *found.problems):
            text.encode()
            assert "\0" not in text
            assert "\x1b" not in text
        assert all(one and len(one) <= reading.LONGEST_NAME for one in party.names)


def read_or_refuse(raw: bytes, beside: dict[str, bytes] | None = None) -> None:
    said: FormatError | None = None
    try:
        check(read_list(raw, "a list", beside))
    except FormatError as wrong:
        said = wrong
    if said is not None:
        assert said.hint
        assert "\n" not in said.message


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf")
@example(b"\x1f\x8b\x08")
@example(b'name\n"open')
@example(b"name\ra\r\nb\n")
@example(b"<!DOCTYPE html><html>")
@example(b"[" * 100_000)
@example(b'{"results": [' + b"9" * 5000 + b"]}")
@example(b'{"entries": {}, "tables": []}')
@example(b'[{"entity_name": null, "addresses": null}]')
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    read_or_refuse(raw)


CELLS = st.text(alphabet=st.characters(codec="utf-8"), max_size=20)


@given(
    st.lists(st.lists(CELLS, max_size=14), max_size=5),
    st.sampled_from([PLAIN, "", "ent_num,name,type,program\n"]),
)
def test_any_table_is_read_or_refused(rows: list[list[str]], head: str) -> None:
    text = head + "".join(",".join(row) + "\n" for row in rows)
    days = b"snapshot\n2021-05-22\n"
    read_or_refuse(text.encode(), {"events": b"observed,event,ent_num,name,type,program\n", "days": days})


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.just("-0-")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)
KEYS = {
    "results": [
        "name",
        "alt_names",
        "source",
        "entity_number",
        "type",
        "addresses",
        "programs",
        "start_date",
    ],
    "entries": ["n", "a", "s", "t", "c", "e", "lr", "pg", "fr", "u"],
    "end_user": ["entity_name", "aliases", "addresses", "reason", "id", "source_url"],
}


@settings(max_examples=300)
@given(st.sampled_from(sorted(KEYS)), st.data())
def test_any_json_in_the_shape_of_a_list_is_read_or_refused(form: str, draws: st.DataObject) -> None:
    record = st.dictionaries(st.sampled_from(KEYS[form]), VALUES)
    records: object = draws.draw(st.lists(st.one_of(record, VALUES), max_size=4))
    if form != "end_user":
        extra = draws.draw(
            st.dictionaries(
                st.sampled_from(["tables", "listAuthority", "source", "retrievedAt", "total"]), VALUES
            )
        )
        records = {"tables": {"sources": ["EL"]}, **extra, form: records}
    read_or_refuse(json.dumps(records).encode())


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=6))
def test_every_record_of_a_published_list_is_a_party_or_a_line(names: list[str]) -> None:
    records = [{"name": one, "source": "EL"} for one in ["ALWAYS THERE", *names]]
    found = read_list(json.dumps({"results": records}).encode(), "consolidated.json")
    lost = sum("has no name, left out" in line for line in found.problems)
    assert len(found.parties) + lost == len(records)


def test_a_quote_that_is_never_closed_swallows_no_rows() -> None:
    for text in ('name\nA\n"B\nC\nD\n', 'name\n"A" Ltd\nB\n'):
        with pytest.raises(FormatError, match="is not CSV"):
            read_list(text.encode(), "own.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_with_a_mark_is_read(encoding: str) -> None:
    found = read_list("name\n株式会社例\n".encode(encoding), "own.csv")
    assert found.parties[0].name == "株式会社例"


@pytest.mark.parametrize("encoding", ["cp1252", "shift_jis", "euc_kr", "utf-16-le", "cp1251"])
def test_other_encodings_are_refused_and_never_guessed(encoding: str) -> None:
    text = {
        "cp1252": "Müller",
        "shift_jis": "株式会社",
        "euc_kr": "주식회사",
        "utf-16-le": "A",
        "cp1251": "ООО",
    }
    with pytest.raises(FormatError):
        read_list(f"name\n{text[encoding]}\n".encode(encoding), "own.csv")


def test_a_file_beside_a_list_that_has_none_is_told() -> None:
    found = read_list(b"name\nA\n", "own.csv", {"alt.csv": b"1,2\n"})
    assert any(line.startswith("alt.csv: nothing is read beside") for line in found.problems)


def test_too_many_bytes_and_too_many_records_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    with pytest.raises(FormatError, match="larger than 100 bytes"):
        read_list(b"name\n" + b"A\n" * 100, "own.csv")
    with pytest.raises(FormatError, match=r"`alt\.csv` is larger"):
        read_list(b"name\nA\n", "own.csv", {"alt.csv": b"x" * 101})
    monkeypatch.setattr(reading, "MOST_RECORDS", 10)
    with pytest.raises(FormatError, match="more than 10 records"):
        read_list(b"name\n" + b"A\n" * 20, "own.csv")


def test_a_name_as_long_as_a_book_is_kept_to_a_name_and_told() -> None:
    tracemalloc.start()
    found = read_list(("name\n" + "x (" * 300_000 + "\nB\n").encode(), "own.csv")
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()
    assert len(found.parties[0].name) == reading.LONGEST_NAME
    assert any("is kept to its first 2000" in line for line in found.problems)
