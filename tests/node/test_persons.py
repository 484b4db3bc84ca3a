"""A person at a key access: both sides ask the law about that person, and both registers say who it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from node.federation import Federation
from servanda.errors import FormatError, RefusedError
from servanda.model.label import Person
from servanda.node import views
from servanda.node.arming import Arming
from servanda.node.opening import open_item
from servanda.node.releasing import release_file
from servanda.node.spelled import read_caveat
from servanda.node.tables import ACT, KEY_ACCESS

ITO = Person("ito", ("B",))
ACCESS = """
[clause."8"]
kind = "access"
duties = ["need-to-know", "cleared-persons-only", "assurance-before-access"]
"""


@pytest.fixture
def strict(small: Federation) -> Federation:
    """Two nodes under an agreement that asks for a listing, a clearance and an assurance."""
    text = small.folder / "catalogue" / "a-b" / "text-1.toml"
    text.write_text(text.read_text() + ACCESS)
    for party in "AB":
        small.reopen(party)
    return small


def held(federation: Federation) -> str:
    object_id = federation.release("A", "B").object_id
    federation.settle()
    return object_id


def open_at_b(federation: Federation, object_id: str, to: Path, person: Person | None) -> bytes:
    open_item(federation.nodes["B"], object_id, to, federation.reach("A"), person)
    return to.read_bytes()


def granted(federation: Federation) -> None:
    """Everything that lets ito open what B receives."""
    federation.act("B", "a-b", "listed", "list-persons", '{ persons = ["ito"] }')
    federation.act(
        "B",
        "a-b",
        "cleared",
        "clear-person",
        '{ person = "ito", level = "B-secret", expires = 2020-06-20T00:00:00Z }',
    )
    federation.act("B", "a-b", "assured", "assure-persons", '{ persons = ["ito"], to = "A" }')
    federation.settle()


def test_a_person_who_is_not_listed_cleared_and_assured_opens_nothing(
    strict: Federation, tmp_path: Path
) -> None:
    object_id = held(strict)
    with pytest.raises(RefusedError):
        open_at_b(strict, object_id, tmp_path / "out", ITO)
    granted(strict)
    assert open_at_b(strict, object_id, tmp_path / "out", ITO) == b"secret"
    with pytest.raises(RefusedError, match="kim"):
        open_at_b(strict, object_id, tmp_path / "other", Person("kim"))
    assert open_at_b(strict, object_id, tmp_path / "party", None) == b"secret"


def test_both_registers_say_who_opened_it(strict: Federation, tmp_path: Path) -> None:
    object_id = held(strict)
    granted(strict)
    open_at_b(strict, object_id, tmp_path / "out", ITO)
    (theirs,) = views.entries(strict.nodes["A"], 1)
    (ours,) = views.entries(strict.nodes["B"], 1)
    assert (theirs["kind"], ours["kind"]) == ("key-access", "opened")
    assert theirs["body"]["person"] == ours["body"]["person"] == {"id": "ito", "nationalities": ["B"]}
    assert theirs["body"]["decision"]["person"]["id"] == "ito"
    with strict.nodes["A"].reading() as connection:
        (given,) = connection.execute(select(KEY_ACCESS)).all()
    assert "ito" in given.person


@pytest.mark.parametrize("of", ["listed", "cleared", "assured"])
def test_what_is_revoked_closes_the_access_of_that_person(
    strict: Federation, tmp_path: Path, of: str
) -> None:
    object_id = held(strict)
    granted(strict)
    open_at_b(strict, object_id, tmp_path / "out", ITO)
    strict.act("B", "a-b", "revoked", "revoke", of=of)
    strict.settle()
    with pytest.raises(RefusedError):
        open_at_b(strict, object_id, tmp_path / "again", ITO)
    assert not (tmp_path / "again").exists()


def test_the_originator_refuses_also_where_the_receiver_sees_no_reason(
    strict: Federation, tmp_path: Path
) -> None:
    object_id = held(strict)
    granted(strict)
    strict.act("B", "a-b", "revoked", "revoke", of="cleared")
    strict.settle()
    with strict.nodes["B"].writing() as work:
        work.connection.execute(ACT.delete().where(ACT.c.act_id == "revoked"))
    strict.reopen("B")
    with pytest.raises(RefusedError, match="ito"):
        open_at_b(strict, object_id, tmp_path / "out", ITO)
    assert [one["kind"] for one in views.entries(strict.nodes["A"], 1)] == ["refusal"]


def test_a_clearance_that_expires_closes_the_access_at_that_instant_by_itself(
    strict: Federation, tmp_path: Path
) -> None:
    object_id = held(strict)
    granted(strict)
    open_at_b(strict, object_id, tmp_path / "out", ITO)
    open_at_b(strict, object_id, tmp_path / "party", None)
    arming = Arming(strict.nodes["A"])
    assert arming.ask() == []
    strict.at("2020-06-20T00:00:00Z")
    (changed,) = arming.ask()
    assert changed.changed == "key-access-closed"
    entry = views.entries(strict.nodes["A"], 1)[0]
    assert entry["body"]["person"]["id"] == "ito"
    with pytest.raises(RefusedError):
        open_at_b(strict, object_id, tmp_path / "late", ITO)


def test_eyes_only_asks_for_the_person_s_every_nationality(small: Federation, tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    paper.write_bytes(b"x")
    eyes = (read_caveat("eyes-only:A,B"),)
    object_id = release_file(small.nodes["A"], paper, "B", "A-secret", caveats=eyes).object_id
    small.settle()
    assert open_at_b(small, object_id, tmp_path / "one", ITO) == b"x"
    for number, person in enumerate((Person("kim", ("B", "C")), Person("lee"))):
        with pytest.raises(RefusedError, match="national"):
            open_at_b(small, object_id, tmp_path / str(number), person)


def test_a_person_that_is_none_is_malformed(small: Federation, tmp_path: Path) -> None:
    object_id = held(small)
    wrong = Person(7, ("B",))  # type: ignore[arg-type]
    with pytest.raises((FormatError, TypeError)):
        open_at_b(small, object_id, tmp_path / "out", wrong)
    assert not (tmp_path / "out").exists()
