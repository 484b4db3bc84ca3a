"""Caveats, sources, officers, persons and armed instants from the command line, as an officer uses them."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from node.federation import Federation
from servanda.doors.cli import run
from servanda.node.arming import Arming
from servanda.node.opening import open_item

ROOT = Path(__file__).parents[2]


def home(federation: Federation, party: str) -> list[str]:
    return ["--home", str(federation.nodes[party].home)]


def paper(federation: Federation) -> str:
    path = federation.folder / "report.txt"
    path.write_bytes(b"secret")
    return str(path)


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401
    assert run([*words, "--json"]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def text(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert run(list(words)) == status
    said = capsys.readouterr()
    return said.out + said.err


def release(federation: Federation, holder: str, to: str, *more: str) -> list[str]:
    mark = ["--to", to, "--marking", f"{holder}-secret"]
    return ["release", paper(federation), *mark, *home(federation, holder), *more]


def test_a_release_says_what_is_in_it_who_decided_and_until_when(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    bound = ["--caveat", "releasable-to:B", "--given-for", "planning", "--purpose", "planning"]
    first = ask(capsys, *release(small, "A", "B", *bound))
    assert first["caveats"] == ["releasable-to:B"]
    small.settle()
    small.act("B", "a-b", "notice", "give-notice")
    more = ["--derived-from", first["object"], "--officer", "Col. Kim", "--purpose", "planning"]
    said = text(capsys, *release(small, "B", "A", *more))
    assert said.startswith("released to A by Col. Kim under a-b, marked there A-secret; object ")
    assert f"from {first['object']}: A-secret of A, releasable-to:B" in said
    assert "may change 2020-06-03T00:00:00+00:00: a-b ends; a notice about a-b takes effect" in said
    shown = text(capsys, "register", "show", *home(small, "B"), "--json")
    assert "Col. Kim" in shown


def test_the_officer_may_come_from_the_account(
    small: Federation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_OFFICER", "Col. Ito")
    assert ask(capsys, *release(small, "A", "B"))["officer"] == "Col. Ito"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--caveat", "noforn"], "write no-foreign, originator-controlled"),
        (["--caveat", "embargo:tomorrow"], "write embargo:2026"),
        (["--derived-from", "nothing"], "no object `nothing` is held here"),
        (["--id", "report"], "write a UUID"),
        (["--object", "x"], "keeps its label"),
    ],
)
def test_a_wrong_word_is_bad_use_and_says_what_to_write(
    small: Federation, capsys: pytest.CaptureFixture[str], more: list[str], says: str
) -> None:
    assert says in text(capsys, *release(small, "A", "B", *more), status=2)


def test_nothing_to_release_and_a_relabelled_object_are_bad_use(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    at = home(small, "A")
    assert "name a document" in text(capsys, "release", "--to", "B", *at, status=2)
    assert "name a document" in text(capsys, "release", paper(small), "--to", "B", *at, status=2)
    words = ["release", "--object", str(uuid.uuid4()), "--to", "B", "--caveat", "no-foreign", *at]
    assert "keeps its label" in text(capsys, *words, status=2)


def test_a_caveat_refuses_with_3_and_says_whose_it_is(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    said = text(capsys, *release(small, "A", "B", "--caveat", "no-foreign"), status=3)
    assert "its originator A marked it for no foreign party" in said
    assert "A lifts the caveat no-foreign" in said


def test_a_new_object_may_be_named_so_that_an_originator_can_speak_of_it(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    name = str(uuid.uuid4())
    assert ask(capsys, *release(small, "A", "B", "--id", name))["object"] == name
    assert "is on record" in text(capsys, *release(small, "A", "B", "--id", name), status=2)


def test_the_inbox_shows_what_binds_each_object(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(capsys, *release(small, "A", "B", "--caveat", "originator-controlled"))
    small.settle()
    (one,) = ask(capsys, "inbox", *home(small, "B"))
    assert (one["originators"], one["caveats"], one["lineage"]) == (["A"], ["originator-controlled"], [])


def test_person_acts_are_recorded_by_the_command_that_records_acts(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    more = '{ person = "ito", level = "A-secret", expires = 2021-01-01 }'
    words = ["act", "record", "a-b", *home(small, "A"), "--kind", "clear-person", "--more", more]
    assert ask(capsys, *words, "--id", "cleared")["kind"] == "clear-person"
    wrong = more.replace("A-secret", "A-sekret")
    assert "its markings are `A-secret`" in text(capsys, *words[:-1], wrong, "--id", "again", status=2)
    revoke = ["act", "record", "a-b", *home(small, "A"), "--kind", "revoke", "--of", "cleared", "--id", "end"]
    assert ask(capsys, *revoke)["kind"] == "revoke"


def test_a_node_shows_what_goes_on_until_when_and_what_has_stopped(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    status = ["node", "status", *home(small, "A")]
    assert "nothing was released" in text(capsys, *status)
    done = ask(capsys, *release(small, "A", "B"))
    small.settle()
    open_item(small.nodes["B"], done["object"], small.folder / "out", small.reach("A"))
    small.act("A", "a-b", "notice", "give-notice")
    found = ask(capsys, *status)
    assert found["goes_on"] == [
        {"what": "flow", "outcome": "permit", "count": 1},
        {"what": "key-access", "outcome": "permit", "count": 1},
    ]
    (ahead,) = found["ahead"]
    assert (ahead["at"], ahead["flow"], ahead["item"], ahead["key-access"]) == (
        "2020-06-03T00:00:00+00:00",
        1,
        0,
        1,
    )
    assert [one["says"] for one in ahead["turns"]] == ["a-b ends", "a notice about a-b takes effect"]
    assert "2020-06-03T00:00:00+00:00" in text(capsys, *status)
    small.at("2020-06-03T00:00:00Z")
    Arming(small.nodes["A"]).ask()
    found = ask(capsys, *status)
    assert {one["outcome"] for one in found["goes_on"]} == {"deny"}
    assert [one["changed"] for one in found["changed"]] == ["key-access-closed", "flow-stopped"]
    said = text(capsys, *status)
    assert "flow stopped" in said
    assert "by its driven clock" in said


def test_every_key_of_these_answers_is_in_the_specification(
    small: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "spec" / "answers.md").read_text()
    done = ask(capsys, *release(small, "A", "B"))
    small.settle()
    (one,) = ask(capsys, "inbox", *home(small, "B"))
    small.act("A", "a-b", "notice", "give-notice")
    status = ask(capsys, "node", "status", *home(small, "A"))
    small.at("2020-06-03T00:00:00Z")
    Arming(small.nodes["A"]).ask()
    changed = ask(capsys, "node", "status", *home(small, "A"))["changed"][0]
    for keys in (done, one, status, status["goes_on"][0], status["ahead"][0], changed):
        assert [key for key in keys if f"`{key}`" not in page] == []
