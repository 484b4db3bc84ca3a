"""`servanda decide` in depth: caveats, what went into an object, persons, ways, and when it may change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from node.federation import write_catalogue
from servanda.doors.cli import run
from servanda.doors.cli.decided import HEADINGS

ROOT = Path(__file__).parents[2]
AT = "2020-06-01T12:00:00Z"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder of agreements between A, B and C."""
    folder = tmp_path_factory.mktemp("own")
    write_catalogue(folder / "catalogue")
    return str(folder / "catalogue")


def words(own: str, holder: str = "A", recipient: str = "B", *more: str) -> list[str]:
    parties = ["--holder", holder, "--recipient", recipient, "--marking", f"{holder}-secret"]
    at = [] if "--at" in more else ["--at", AT]
    return ["decide", "--catalogue", own, *parties, *at, *more]


def ask(capsys: pytest.CaptureFixture[str], command: list[str], status: int) -> Any:  # noqa: ANN401
    assert run([*command, "--json"]) == status
    return json.loads(capsys.readouterr().out)


def text(capsys: pytest.CaptureFixture[str], command: list[str], status: int) -> str:
    assert run(command) == status
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("caveat", "status"),
    [
        ("no-foreign", 3),
        ("releasable-to:B", 0),
        ("releasable-to:C", 3),
        ("eyes-only:A,B", 0),
        ("eyes-only:A,C", 3),
        ("embargo:2020-06-01T12:00:00Z", 0),
        ("embargo:2020-06-01T12:00:01Z", 3),
        ("originator-controlled", 0),
        ("noforn", 2),
        ("releasable-to:", 2),
        ("embargo:soon", 2),
    ],
)
def test_a_caveat_is_judged_and_a_wrong_one_says_what_to_write(
    capsys: pytest.CaptureFixture[str], own: str, caveat: str, status: int
) -> None:
    assert run(words(own, "A", "B", "--caveat", caveat)) == status
    said = capsys.readouterr()
    assert ("write " in said.err) is (status == 2)
    assert (caveat in said.out) is (status != 2)


def test_what_went_into_it_needs_its_originators_consent(
    capsys: pytest.CaptureFixture[str], own: str
) -> None:
    found = ask(capsys, words(own, "B", "C", "--portion", "A:A-secret:missile"), 3)
    assert found["request"]["lineage"] == [
        {
            "object": "",
            "originators": ["A"],
            "marking": "A-secret",
            "topics": ["missile"],
            "caveats": [],
            "given_for": [],
        }
    ]
    (step,) = found["changes"]
    assert (step["kind"], step["by"]) == ("consent", ["A"])
    assert step["sets"] == {"originator": "A", "holder": "B", "recipient": "C"}
    assert step["cites"]
    assert found["changes"] == found["ways"][0]
    said = text(capsys, words(own, "B", "C", "--portion", "A:A-secret:missile"), 3)
    assert "also in it: A-secret of A, about missile" in said


def test_every_way_is_numbered_cheapest_first_and_says_what_must_come_together(
    capsys: pytest.CaptureFixture[str], own: str
) -> None:
    more = ["--portion", "A:A-secret", "--caveat", "embargo:2020-07-01T00:00:00Z"]
    found = ask(capsys, words(own, "B", "C", *more), 3)
    assert [[step["kind"] for step in way] for way in found["ways"]] == [
        ["wait", "consent"],
        ["lift-caveat", "consent"],
    ]
    said = text(capsys, words(own, "B", "C", *more), 3)
    assert "would permit it: any one, cheapest first\n  1  " in said
    assert "\n     and " in said
    assert "\n  2  " in said


def test_until_comes_with_what_changes_it_and_since_when_it_is_so(
    capsys: pytest.CaptureFixture[str], own: str
) -> None:
    more = ["--caveat", "embargo:2020-07-01T00:00:00Z"]
    found = ask(capsys, words(own, "A", "B", *more), 3)
    assert found["until"] == "2020-07-01T00:00:00+00:00"
    assert [one["says"] for one in found["turns"]] == ["the embargo ends"]
    assert "may change 2020-07-01T00:00:00+00:00: the embargo ends" in text(
        capsys, words(own, "A", "B", *more), 3
    )
    found = ask(capsys, words(own, "A", "B", *more, "--at", "2020-07-01T00:00:00Z"), 0)
    assert (found["since"], found["until"], found["turns"]) == ("2020-07-01T00:00:00+00:00", None, [])
    assert found["ways"] == found["changes"] == []


def test_what_it_was_given_for_narrows_what_it_may_be_released_for(
    capsys: pytest.CaptureFixture[str], own: str
) -> None:
    given = ["--given-for", "planning"]
    assert run(words(own, "A", "B", *given, "--purpose", "planning")) == 0
    assert run(words(own, "A", "B", *given)) == 3
    assert run(words(own, "A", "B", *given, "--purpose", "advertising")) == 3
    assert "given for planning alone" in capsys.readouterr().out


def test_a_person_must_be_named_before_anything_is_said_of_one(
    capsys: pytest.CaptureFixture[str], own: str
) -> None:
    for more in (["--nationality", "B"], ["--facility", "yard"], ["--visiting", "yard"]):
        assert run(words(own, "A", "B", *more)) == 2
        assert "name the person with --person" in capsys.readouterr().err
    eyes = ["--caveat", "eyes-only:A,B", "--person", "ito"]
    found = ask(capsys, words(own, "A", "B", *eyes, "--nationality", "C"), 3)
    assert found["request"]["person"]["nationalities"] == ["C"]
    assert "only nationals of A, B may see it, not C" in json.dumps(found["because"])


@pytest.mark.parametrize("portion", ["A", ":A-secret", "A:", "A:A-secert", "Q:A-secret"])
def test_a_portion_that_cannot_be_is_bad_use(
    capsys: pytest.CaptureFixture[str], own: str, portion: str
) -> None:
    assert run(words(own, "B", "C", "--portion", portion)) == 2
    assert "error: " in capsys.readouterr().err


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("ja", 1), ("ko", 2), ("ja-JP", 1)])
def test_the_answer_is_said_in_the_language_that_was_asked_for(
    capsys: pytest.CaptureFixture[str], own: str, language: str, place: int
) -> None:
    command = words(own, "B", "C", "--portion", "A:A-secret", "--language", language)
    said = text(capsys, command, 3)
    for name in ("because", "ways", "also in it"):
        assert HEADINGS[name][place] in said
    found = ask(capsys, command, 3)
    assert found["language"] == language[:2]
    assert found["changes"][0]["kind"] == "consent"


def test_a_language_that_nobody_speaks_here_is_bad_use(capsys: pytest.CaptureFixture[str], own: str) -> None:
    assert run(words(own, "A", "B", "--language", "fr")) == 2
    assert "ask for en, ja, ko" in capsys.readouterr().err


def test_every_key_of_the_answer_is_in_the_specification(
    capsys: pytest.CaptureFixture[str], own: str
) -> None:
    page = (ROOT / "spec" / "answers.md").read_text().partition("## `decide`")[2].partition("## ")[0]
    found = ask(capsys, words(own, "B", "C", "--portion", "A:A-secret"), 3)
    step = found["changes"][0]
    for keys in (found, found["request"], found["request"]["lineage"][0], step):
        assert [key for key in keys if f"`{key}`" not in page] == []
