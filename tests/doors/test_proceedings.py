"""Proceedings and packages on the command line, with the same commands and JSON as agreements."""

from __future__ import annotations

import json
from typing import Any

import pytest

from servanda.doors.cli import run

AT = ["--at", "2019-10-01T12:00:00+02:00"]


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401
    assert run([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def text(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(list(words)) == 0
    return " ".join(capsys.readouterr().out.split())


def test_status_says_the_stage_what_is_due_and_who_may_do_what(capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, "status", "wto-ds590", *AT)
    assert (found["phase"], found["standing"]["stage"]) == ("under_way", "consultations")
    due = {one["name"]: one for one in found["standing"]["due"]}
    assert due["reply"]["state"] == "met"
    assert due["enter-consultations"]["until"] == "2019-10-12T00:00:00+02:00"
    (panel,) = [one for one in found["standing"]["ways"] if one["step"] == "request-panel"]
    assert (panel["party"], panel["from"]) == ("KR", "2019-11-11T00:00:00+01:00")
    assert {one["article"] for one in panel["because"]} == {"6.2", "4.7"}


def test_an_agreement_has_no_standing_and_says_on_what_its_acts_hang(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = ask(capsys, "status", "jp-kr-2016", "--at", "2020-01-15T12:00:00+09:00", "--reading", "KR")
    assert found["standing"] is None
    assert [(one["act"], one["on"], one["holds"]) for one in found["hanging"]] == [
        ("kr-suspension-2019", "jp-kr-export-dialogue", "holds")
    ]


def test_deadlines_of_proceedings_stand_in_the_same_list_and_calendar(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = ask(capsys, "deadlines", "--at", "2019-09-12T12:00:00+02:00", "--within", "100")["deadlines"]
    kinds = {(one["instrument"], one["kind"]) for one in rows}
    assert {("wto-ds590", "limit"), ("wto-ds590", "opens"), ("jp-kr-2016", "end")} <= kinds
    assert run(["deadlines", "wto-ds590", "--at", "2019-09-12T12:00:00+02:00", "--ics"]) == 0
    assert "BEGIN:VEVENT" in capsys.readouterr().out


def test_status_timeline_and_explain_print_a_proceeding_for_people(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = text(capsys, "status", "wto-ds590", *AT)
    assert "enter-consultations JP running 2019-10-12T00:00:00+02:00 wto-dsu v1 art. 4.3" in shown
    assert "KR request-panel 2019-11-11T00:00:00+01:" in shown
    life = text(
        capsys, "timeline", "wto-ds590", "--from", "2019-09-01T00:00:00Z", "--to", "2024-01-01T00:00:00Z"
    )
    assert "withdrawn" in life
    assert "resting" in life
    said = text(capsys, "explain", "wto-ds590", *AT)
    assert "It stands at the stage consultations." in said
    assert "KR may from 2019-11-11T00:00:00+01:00: request-panel." in said


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_explain_tells_the_package_in_every_language(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    at = ["--at", "2020-07-01T00:00:00+09:00", "--language", language]
    told = ask(capsys, "explain", "package-2019-11-22", *at)
    assert {one["instrument"] for one in told["parts"]} == {
        "jp-kr-2016",
        "wto-ds590",
        "jp-kr-export-dialogue",
    }
    assert all(one["source"] for one in (*told["parts"], *told["afterwards"]))
    shown = text(capsys, "explain", "package-2019-11-22", *at)
    assert "2019-11-22T18:00:00+09:00" in shown
    assert "wideo.ovh" in shown.replace(" ", "")


def test_whatif_prints_the_matter_that_a_broken_dialogue_raises(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--at", "2020-01-15T12:00:00+09:00", "--topic", "dprk-missile"]
    shown = text(capsys, "whatif", "--assume", "step jp-kr-export-dialogue break-off JP", *words)
    assert "matter pending: kr-suspension-2019 of KR on jp-kr-2016" in shown
    assert "KR could then end jp-kr-2016: at will" in shown
    assert "no flow changes" in shown


def test_a_matter_raised_is_on_the_screen_of_whoever_asks_for_the_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = [
        "--at",
        "2020-01-15T12:00:00+09:00",
        "--assume",
        "step jp-kr-export-dialogue break-off JP 2020-01-10T09:00:00+09:00",
    ]
    shown = text(capsys, "status", "jp-kr-2016", *words)
    assert "matter pending: kr-suspension-2019 hangs on jp-kr-export-dialogue" in shown
    assert "nothing follows by itself" in shown


@pytest.mark.parametrize(("language", "stage"), [("ja", "段階：「協議」。"), ("ko", "단계: '협의'.")])
def test_explain_speaks_of_a_proceeding_in_the_language_of_its_reader(
    capsys: pytest.CaptureFixture[str], language: str, stage: str
) -> None:
    found = ask(capsys, "explain", "wto-ds590", *AT, "--language", language)
    assert found["language"] == language
    assert stage in found["sentences"]
    assert all("request-consultations by" not in one["says"] for one in found["acts"])
