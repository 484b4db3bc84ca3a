"""The U.S. public files: what the chart says, what it does not, and from which day on."""

from __future__ import annotations

import json
from functools import cache

import pytest

from asking import instant
from servanda.decisions.exports import decide_export
from servanda.errors import FormatError
from servanda.formats.regimes import US_FILES, read_us
from servanda.model.clauses import ControlList, CountryChart, CountryGroup
from servanda.model.clauses.exports import Concern
from servanda.model.export import ExportAnswer, ExportOutcome, ExportRequest, Openness
from servanda.model.instrument import Instrument
from shared_data import data

REQUIRED, NOT, CANNOT = (
    ExportOutcome.LICENCE_REQUIRED,
    ExportOutcome.NOT_REQUIRED,
    ExportOutcome.CANNOT_TELL,
)


@cache
def regime() -> Instrument:
    return read_us({name: data(f"us/{name}").read_bytes() for name in US_FILES})


def asked(item: str, to: str, at: str = "2026-08-01T00:00:00Z", **more: object) -> ExportAnswer:
    request = ExportRequest("us-ear", item, to, instant(at), **more)  # type: ignore[arg-type]
    return decide_export(regime(), request)


@pytest.mark.parametrize(
    ("item", "to", "outcome"),
    [
        ("3C002", "KR", NOT),
        ("3C002.a", "KR", NOT),
        ("3c002", "JP", NOT),
        ("3C002", "CN", REQUIRED),
        ("3C002", "HK", REQUIRED),
        ("1C009", "KR", NOT),
        ("0A983", "KR", REQUIRED),
        ("5E980", "JP", REQUIRED),
        ("EAR99", "KR", NOT),
        # CW and AT are named as reasons, and the entry's table has a row for CB alone.
        ("1C350", "KR", CANNOT),
        # MT and RS columns are marked, for a part of the entry.
        ("3A001", "KR", CANNOT),
        ("EAR99", "KP", CANNOT),
        ("3C002", "IR", CANNOT),
        ("EAR99", "RU", CANNOT),
        # Footnote 10 asks for a licence that the marks do not show.
        ("0A501", "GB", CANNOT),
        ("9A001", "AQ", CANNOT),
        ("0A002", "KR", CANNOT),
        ("9Z999", "KR", CANNOT),
        ("3C002", "XX", CANNOT),
    ],
)
def test_the_chart_answers_where_it_is_plain_and_else_nobody_can_tell(
    item: str, to: str, outcome: ExportOutcome
) -> None:
    answer = asked(item, to)
    assert answer.outcome is outcome
    assert bool(answer.finding.missing) is (outcome is CANNOT)


def test_japan_and_the_rok_have_the_same_row() -> None:
    chart = regime().texts[0].first(CountryChart)
    assert chart is not None
    assert chart[1].marks["JP"] == chart[1].marks["KR"] == ("CB 1", "NS 1", "MT 1", "RS 1")


def test_any_day_before_the_issue_of_the_files_is_cannot_tell() -> None:
    assert asked("3C002", "KR", "2026-07-23T03:59:59Z").outcome is CANNOT
    assert asked("3C002", "KR", "2026-07-23T04:00:00Z").outcome is NOT
    assert asked("3C002", "CN", "2019-07-04T00:00:00Z").outcome is CANNOT


def test_what_the_files_do_not_hold_is_named_as_not_looked_at() -> None:
    elsewhere = " ".join(asked("EAR99", "KR").finding.elsewhere)
    assert all(part in elsewhere for part in ("Four through Ten", "744", "746"))


@pytest.mark.parametrize("more", [{"informed": True}, {"concern": Concern.WMD}])
def test_a_concern_or_a_notice_is_not_modelled_and_so_nobody_can_tell(more: dict[str, object]) -> None:
    assert asked("EAR99", "KR", **more).outcome is CANNOT
    assert asked("3C002", "CN", **more).outcome is REQUIRED


def test_licence_exceptions_are_those_that_the_entry_names_and_their_groups_are_looked_up() -> None:
    found = {one.name: one.standing for one in asked("3C002", "CN").finding.types}
    assert found == {"LVS": Openness.UNKNOWN, "GBS": Openness.CLOSED}
    found = {one.name: one.standing for one in asked("3C002", "KR").finding.types}
    assert found == {"LVS": Openness.UNKNOWN, "GBS": Openness.UNKNOWN}
    assert {one.standing for one in asked("0A983", "KR").finding.types} == {Openness.CLOSED}


def test_every_citation_is_of_title_15() -> None:
    found = asked("3C002", "CN").finding
    every = (*found.because, *(reason for one in found.types for reason in one.because))
    assert every
    assert [one.cite() for one in every if "15 C.F.R. " not in one.cite()] == []
    assert "art." not in " ".join(one.cite() for one in every)


def test_every_row_and_every_member_of_a_group_is_placed() -> None:
    files = {name: json.loads(data(f"us/{name}").read_bytes()) for name in US_FILES}
    text = regime().texts[0]
    chart = text.first(CountryChart)
    assert chart is not None
    # Kosovo has no code in ISO 3166-1.
    assert len(chart[1].marks) == files["country-chart.json"]["countryCount"] - 1
    assert set(chart[1].pointers) == {"CU", "IR", "KP", "SY"}
    assert [address for address, group in text.clauses(CountryGroup) if not group.complete] == []
    listed = text.first(ControlList)
    assert listed is not None
    assert len(listed[1].items) == files["ccl.json"]["entryCount"]


def test_every_entry_to_every_destination_is_answered_and_only_a_plain_chart_says_not_required() -> None:
    """Straight from the file: `not required` only where every row is a whole-entry column without a mark."""
    ccl = json.loads(data("us/ccl.json").read_bytes())["entries"]
    chart = json.loads(data("us/country-chart.json").read_bytes())["countries"]
    marks = set(chart["Korea, South"]["marks"])
    wrong = []
    for row in ccl:
        plain = [one["countryChart"].rstrip(". ") for one in row["countryChart"]]
        columns = {one.replace(" Column ", " ") for one in plain if len(one) == len("NS Column 1")}
        outcome = asked(row["eccn"], "KR").outcome
        if outcome is NOT and (columns & marks or not columns or len(columns) < len(set(plain))):
            parts = [one for one in row["countryChart"] if "entire entry" not in one["control"]]
            if not parts or columns & marks:
                wrong.append(row["eccn"])
        if outcome is REQUIRED and not columns & marks and "orldwide" not in json.dumps(row):
            wrong.append(row["eccn"])
    assert [one for one in wrong if one not in ("0A983", "5A980", "5D980", "5E980")] == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ccl.json": None}, "`ccl.json` is missing"),
        ({"ccl.json": b"{"}, "is no JSON"),
        ({"ccl.json": b"[]"}, "holds no object"),
        ({"ccl.json": b'{"ecfrIssueDate": "2026-07-22"}'}, "not of one issue date"),
        ({"ccl.json": b'{"ecfrIssueDate": "2026-07-23"}'}, "not of the form"),
    ],
)
def test_files_that_are_not_what_they_should_be_are_refused(
    change: dict[str, bytes | None], says: str
) -> None:
    files = {name: data(f"us/{name}").read_bytes() for name in US_FILES}
    for name, content in change.items():
        files.pop(name)
        if content is not None:
            files[name] = content
    with pytest.raises(FormatError, match=says):
        read_us(files)
