"""What is printed reads back the same; what is read prints back the same; noise is a clear error."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import catalogue
from servanda.errors import FormatError, ServandaError
from servanda.formats.acts import read_acts
from servanda.formats.canonical import canonical, parse_canonical
from servanda.formats.documents import read_text
from servanda.formats.schema import printed, schemas
from servanda.formats.when import parse_duration, parse_instant, parse_when
from servanda.formats.words import act_bytes, act_from_bytes, from_builtins, text_digest, to_builtins
from servanda.model.text import Text
from servanda.model.when import Day, Duration, Instant, Month, Unknown, When

instants = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)).map(Instant)  # noqa: DTZ001
days = st.dates(date(1900, 1, 1), date(2200, 1, 1)).map(Day)
months = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))
whens = st.one_of(instants, days, months, st.just(Unknown()))
durations = st.builds(Duration, st.integers(0, 99), st.integers(0, 99), st.integers(1, 999))
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(whens)
def test_times_read_back_as_printed(when: When) -> None:
    assert parse_when(str(when)) == when


@given(durations)
def test_durations_read_back_as_printed(length: Duration) -> None:
    assert parse_duration(str(length)) == length


@given(instants, st.integers(-14 * 60, 14 * 60))
def test_an_instant_is_the_same_in_every_offset(at: Instant, minutes: int) -> None:
    there = at.utc.astimezone(timezone(timedelta(minutes=minutes)))
    assert parse_instant(there.isoformat()) == at


@given(st.text(max_size=40))
def test_noise_is_never_a_time_by_accident(words: str) -> None:
    for parse in (parse_when, parse_instant, parse_duration):
        try:
            parse(words)
        except FormatError:
            continue


@pytest.mark.parametrize(
    "words",
    [
        "2019-11-22T24:00:00+09:00",
        "2019-11-22T18:00:60+09:00",
        "2019-02-29T00:00:00Z",
        "2019-11-22T18:00:00",
        "2019-11-22T18:00:00+09",
        "2019-11-22T18:00+09:00",
        "2019-W47-5",
        "20191122T180000Z",
        "2019-11-22T18:00:00.1234567Z",
        "2019-11-22T18:00:00+09:00[America/New_York]",
        "٢٠١٩-11-22T18:00:00Z",
    ],
)
def test_what_python_would_take_but_is_no_instant_is_refused(words: str) -> None:
    with pytest.raises(FormatError):
        parse_instant(words)


def test_a_zone_in_brackets_may_stand_where_it_agrees() -> None:
    assert str(parse_instant("2019-11-23T00:00:00+09:00[Asia/Seoul]")) == "2019-11-22T15:00:00Z"


@given(plain)
def test_canonical_json_reads_back_and_prints_the_same_bytes(value: object) -> None:
    data = canonical(value)
    assert parse_canonical(data) == value
    assert json.loads(data) == value


@given(st.binary(max_size=60))
def test_noise_is_never_canonical_by_accident(data: bytes) -> None:
    try:
        found = parse_canonical(data)
    except FormatError:
        return
    assert canonical(found) == data


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b"1.0",
        b"[1e2]",
        b' {"a":1}',
        b'"\\u0061"',
        b"NaN",
        b"9007199254740993",
    ],
)
def test_json_that_could_be_read_two_ways_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        parse_canonical(data)


def test_every_text_and_act_of_the_catalogue_survives_the_wire() -> None:
    for instrument in catalogue().instruments.values():
        for text in instrument.texts:
            assert from_builtins(Text, json.loads(canonical(to_builtins(text)))) == text
        for act in instrument.acts:
            assert act_from_bytes(act_bytes(act)) == act


def test_remarks_of_ours_do_not_change_the_hash_of_a_text_and_everything_else_does() -> None:
    text = catalogue().instrument("jp-kr-2016").texts[0]
    clause = text.clause["4"]
    remarked = msgspec.structs.replace(clause, source="elsewhere", confirmed=False, note="x", gist="y")
    same = msgspec.structs.replace(text, clause={**text.clause, "4": remarked}, note="z", source="q")
    assert text_digest(same) == text_digest(text)
    changed = msgspec.structs.replace(clause, outside=("TOP SECRET",))
    assert text_digest(msgspec.structs.replace(text, clause={**text.clause, "4": changed})) != text_digest(
        text
    )


def test_the_committed_schemas_are_those_of_the_types() -> None:
    folder = Path(__file__).parents[2] / "spec"
    for name, schema in schemas().items():
        assert (folder / name).read_text(encoding="utf-8") == printed(schema), name


@given(st.binary(max_size=200))
def test_noise_as_a_file_is_one_error_of_ours(data: bytes) -> None:
    for read in (read_text, read_acts):
        try:
            read(data, "noise.toml")
        except ServandaError:
            continue


LINES = (
    'format = "servanda/acts@1"',
    "act = [",
    '{ id = "a", kind = "announce", by = ["X"], done = 2020-01-01, seen = 2020-01-02T00:00:00Z },',
    "]",
)


@given(st.integers(0, 120), st.text(max_size=3))
def test_a_file_with_a_slip_of_the_pen_is_read_or_refused_and_nothing_else(place: int, slip: str) -> None:
    whole = "\n".join(LINES)
    data = (whole[:place] + slip + whole[place + 1 :]).encode("utf-8", "surrogatepass")
    try:
        read_acts(data, "acts.toml")
    except ServandaError:
        return
