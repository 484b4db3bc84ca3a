"""The commands as an officer or a script uses them; the answers that the issue of the house promised."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from node.federation import write_catalogue
from servanda.doors.cli import run

DECIDE = [
    "decide",
    "--holder",
    "JP",
    "--recipient",
    "KR",
    "--originator",
    "JP",
    "--marking",
    "極秘",
    "--topic",
    "dprk-missile",
]


def ask(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> Any:  # noqa: ANN401
    assert run([*words, "--json"]) == status
    return json.loads(capsys.readouterr().out)


def text(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert run(list(words)) == status
    return capsys.readouterr().out


def test_status_a_second_before_the_suspension(capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, "status", "jp-kr-2016", "--at", "2019-11-22T17:59:59+09:00")
    assert found["phase"] == "in_force"
    assert found["notice"]["state"] == "pending"
    assert found["ends"] == "2019-11-23T00:00:00+09:00"
    assert found["answer"] == "settled"
    assert all("article" in one or "act" in one or "rule" in one for one in found["because"])


def test_status_shows_disputed_readings_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, "status", "jp-kr-2016", "--at", "2019-11-23T00:00:00+09:00")
    assert found["answer"] == "disputed"
    assert found["phase"] == "in_force"
    assert found["readings"]["KR"][0]["earliest_end"]["KR"] == "at_will"
    assert found["readings"]["JP"][0]["earliest_end"]["KR"] == "2020-11-23T00:00:00+09:00"
    assert "notice" in found["differs"]


def test_status_as_known_then_and_as_one_party_reads_it(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["status", "jp-kr-2016", "--at", "2019-11-23T00:00:00+09:00"]
    assert ask(capsys, *words, "--known-at", "2019-09-01T00:00:00+09:00")["phase"] == "expired"
    korea = ask(capsys, *words, "--reading", "KR")
    assert (korea["answer"], korea["notice"]["state"]) == ("settled", "suspended")


def test_decide_permits_at_noon_of_22_november(capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, *DECIDE, "--at", "2019-11-22T12:00:00+09:00")
    assert found["outcome"] == "permit"
    assert found["via"] == ["jp-kr-2016"]
    assert found["equivalent"] == "군사 II급 비밀"
    assert "jp-kr-2016 v1 art. 4" in found["citations"]
    assert {duty["cite"] for duty in found["duties"]} >= {"jp-kr-2016 v1 art. 6(a)", "jp-kr-2016 v1 art. 17"}
    assert found["until"] == "2019-11-22T18:00:00+09:00"


def test_decide_denies_at_midnight_without_the_suspension_and_names_the_united_states(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = [*DECIDE, "--at", "2019-11-23T00:00:00+09:00", "--assume", "omit kr-suspension-2019"]
    found = ask(capsys, *words, status=3)
    assert found["outcome"] == "deny"
    assert [(one["through"], one["under"]) for one in found["routes"]] == [(["US"], ["tisa-2014"])]
    assert any("consents" in need["what"] for hop in found["routes"][0]["hops"] for need in hop["needs"])
    assert found["changes"]


def test_decide_says_undetermined_and_names_the_clause_nobody_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = [
        "decide",
        "--holder",
        "KR",
        "--recipient",
        "CH",
        "--marking",
        "대외비",
        "--at",
        "2024-01-01T00:00:00+09:00",
    ]
    found = ask(capsys, *words, status=4)
    assert found["missing"] == ["kr-ch-2022: scope"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["status", "jp-kr-2017"], "did you mean `jp-kr-2016`"),
        (["status", "jp-kr-2016", "--at", "2019-11-22"], "a day is not an instant"),
        (["status", "jp-kr-2016", "--at", "2019-11-31T00:00:00+09:00"], "does not exist"),
        (["status", "jp-kr-2016", "--at", "2019-11-22T12:00:00"], "has no offset"),
        (["status", "jp-kr-2016", "--reading", "US"], "readers are JP, KR"),
        (["decide", "--holder", "QQ", "--recipient", "KR", "--marking", "x"], "no party `QQ`"),
        ([*DECIDE[:-3], "SECRET"], "its markings are"),
        ([*DECIDE, "--assume", "forget it"], "is not a supposition"),
        ([*DECIDE, "--assume", "omit kr-suspension-2018"], "no act"),
        (["whatif"], "nothing is supposed"),
        (["status", "jp-kr-2016", "--catalogue", "/nonexistent"], "no folder"),
        (["inbox", "--home", "/nonexistent"], "no node"),
    ],
)
def test_wrong_use_is_one_sentence_and_what_to_do(
    capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    status = run(words)
    shown = capsys.readouterr()
    assert status == (1 if "inbox" in words else 2)
    assert says in " ".join(shown.err.split())
    assert "Traceback" not in shown.err
    assert shown.out == ""


def test_an_unknown_command_is_bad_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["releese"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_another_catalogue_needs_no_state_in_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write_catalogue(tmp_path / "own")
    own = ["--catalogue", str(tmp_path / "own"), "--at", "2021-01-01T00:00:00Z"]
    words = ["decide", "--holder", "A", "--recipient", "B", "--marking", "A-secret", *own]
    assert ask(capsys, *words)["equivalent"] == "B-secret"


def test_deadlines_as_a_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["deadlines", "jp-kr-2016", "--at", "2019-08-01T00:00:00+09:00", "--ics"]
    feed = Calendar.from_ical(text(capsys, *words))
    events = {str(one["summary"]): one["dtstart"].dt.isoformat() for one in feed.walk("VEVENT")}
    assert events["jp-kr-2016: extended by itself"] == "2019-11-23T00:00:00+09:00"
    assert "2019-08-25T00:00:00+09:00" in events.values()
    assert len({str(one["uid"]) for one in feed.walk("VEVENT")}) == len(events)


def test_whatif_the_gsomia_lapses_shows_the_flows_that_stop(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["whatif", "--at", "2019-11-23T00:00:00+09:00", "--assume", "omit kr-suspension-2019"]
    found = ask(capsys, *words, "--topic", "dprk-missile")
    assert [one["instrument"] for one in found["statuses"]] == ["jp-kr-2016"]
    stopped = {(one["holder"], one["recipient"], one["marking"]) for one in found["flows"]}
    assert {("JP", "KR", "極秘"), ("JP", "KR", "秘"), ("KR", "JP", "군사 II급 비밀")} <= stopped
    assert all(one["after"] == "deny" and one["duties_that_survive"] for one in found["flows"])


def test_timeline_follows_without_a_hole(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "timeline",
        "jp-kr-2016",
        "--from",
        "2016-11-01T00:00:00+09:00",
        "--to",
        "2024-01-01T00:00:00+09:00",
    ]
    found = ask(capsys, *words)["stretches"]
    assert all(one["to"] == two["from"] for one, two in pairwise(found))
    assert found[0]["from"] == "2016-11-01T00:00:00+09:00"
    assert found[-1]["to"] == "2024-01-01T00:00:00+09:00"


@pytest.mark.parametrize(
    "words",
    [
        ["status", "jp-kr-2016"],
        ["timeline", "jp-kr-2016"],
        ["deadlines"],
        ["explain", "jp-kr-2016"],
        [*DECIDE],
        ["catalogue", "report"],
        ["catalogue", "list"],
        ["whatif", "--assume", "omit kr-withdrawal-2023"],
        ["--help"],
        ["--version"],
    ],
)
def test_every_question_prints_something_for_people(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert len(text(capsys, *words)) > 5


def test_the_report_counts_every_instrument_in_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, "catalogue", "report")
    for field in found["fields"].values():
        assert sum(field.values()) == found["instruments"]
