"""An object that goes from hand to hand: the originator gives its key at the end of any chain, or not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from node.federation import Federation, found
from servanda.errors import (
    FormatError,
    QuestionError,
    RefusedError,
    ServandaError,
    SignatureError,
)
from servanda.exchange import EnvelopeKind, parse_signed, read_envelope, sign_document
from servanda.node import handover, views
from servanda.node.handover import FORMAT, read_path
from servanda.node.keeping import copy_item, destroy_item, report_compromise
from servanda.node.opening import open_item
from servanda.node.releasing import release_item
from servanda.node.tables import ACT, ITEM, KEY_ACCESS

CONSENT = '{ recipients = ["C", "D", "E"] }'


@pytest.fixture
def five(tmp_path: Path) -> Iterator[Federation]:
    """Five nodes, so that a chain may have four links."""
    (tmp_path / "db").mkdir()
    made = found(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / 'db' / name}.db", "ABCDE")
    yield made
    made.close()


def passed_on(federation: Federation, hands: str) -> str:
    """Something of A's that has gone from hand to hand with A's consent; its name."""
    federation.act("A", "a-b", "consent", "consent", CONSENT)
    done = federation.release("A", hands[0])
    federation.settle()
    for holder, recipient in pairwise(hands):
        release_item(federation.nodes[holder], done.object_id, recipient)
        federation.settle()
    return done.object_id


def open_at(federation: Federation, party: str, object_id: str, to: Path) -> bytes:
    open_item(federation.nodes[party], object_id, to, federation.reach("A"))
    return to.read_bytes()


def path_of(federation: Federation, party: str) -> list[dict[str, Any]]:
    with federation.nodes[party].reading() as connection:
        found: list[dict[str, Any]] = json.loads(connection.execute(select(ITEM.c.path)).scalar_one())
    return found


def with_path(federation: Federation, party: str, path: list[dict[str, Any]]) -> None:
    with federation.nodes[party].writing() as work:
        work.connection.execute(ITEM.update().values(path=json.dumps(path)))


def test_at_the_end_of_a_chain_of_any_length_the_originator_gives_the_key(
    five: Federation, tmp_path: Path
) -> None:
    object_id = passed_on(five, "BCDE")
    assert open_at(five, "E", object_id, tmp_path / "out") == b"secret"
    entry = views.entries(five.nodes["A"], 1)[0]
    assert entry["kind"] == "key-access"
    assert entry["body"]["path"] == ["A", "B", "C", "D", "E"]
    with five.nodes["A"].reading() as connection:
        (given,) = connection.execute(select(KEY_ACCESS)).all()
    assert (given.asker, json.loads(given.path)) == ("E", ["A", "B", "C", "D", "E"])


def test_every_link_is_judged_at_the_instant_of_the_access(five: Federation, tmp_path: Path) -> None:
    object_id = passed_on(five, "BCDE")
    five.act("B", "b-c", "notice", "give-notice")
    five.settle()
    five.at("2020-06-02T23:59:59Z")
    assert open_at(five, "E", object_id, tmp_path / "before") == b"secret"
    five.at("2020-06-03T00:00:00Z")
    with pytest.raises(RefusedError, match=r"link B to C.*b-c v1 art. 6"):
        open_at(five, "E", object_id, tmp_path / "after")
    assert open_at(five, "B", object_id, tmp_path / "direct") == b"secret"
    assert views.entries(five.nodes["A"], 2)[1]["body"]["path"] == ["A", "B", "C", "D", "E"]


@pytest.mark.parametrize("author", ["B", "C"])
def test_the_originator_learns_how_a_link_stands_also_what_was_done_before_it_was_made(
    five: Federation, tmp_path: Path, author: str
) -> None:
    five.act(author, "b-c", "notice", "give-notice")
    five.settle()
    object_id = passed_on(five, "BC")
    assert open_at(five, "C", object_id, tmp_path / "before") == b"secret"
    five.at("2020-06-03T00:00:00Z")
    with five.nodes["C"].writing() as work:  # C does not see that it has ended
        work.connection.execute(ACT.delete().where(ACT.c.act_id == "notice"))
    five.reopen("C")
    with pytest.raises(RefusedError, match=r"link B to C"):
        open_at(five, "C", object_id, tmp_path / "after")


def test_a_consent_that_is_withdrawn_closes_every_chain_that_rested_on_it(
    five: Federation, tmp_path: Path
) -> None:
    object_id = passed_on(five, "BCD")
    five.act("A", "a-b", "withdrawn", "withdraw-consent", of="consent")
    with pytest.raises(RefusedError, match="withdrawn"):
        open_at(five, "D", object_id, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_permit_along_a_chain_holds_until_anything_may_change_for_any_link(
    five: Federation, tmp_path: Path
) -> None:
    object_id = passed_on(five, "BCD")
    five.act("B", "b-c", "notice", "give-notice")
    five.settle()
    open_at(five, "D", object_id, tmp_path / "out")
    decision = views.entries(five.nodes["A"], 1)[0]["body"]["decision"]
    assert decision["until"] == "2020-06-03T00:00:00Z"


def test_a_link_that_is_cut_out_opens_nothing(five: Federation, tmp_path: Path) -> None:
    object_id = passed_on(five, "BCD")
    path = path_of(five, "D")
    for shorter in (path[1:], path[:1] + path[2:], [], path[::-1]):
        with_path(five, "D", shorter)
        with pytest.raises(RefusedError, match="was never released to D"):
            open_at(five, "D", object_id, tmp_path / "out")
    refusals = [one for one in views.entries(five.nodes["A"], 20) if one["kind"] == "refusal"]
    assert len(refusals) == 4


def forged(federation: Federation, wire: dict[str, Any], signer: str, **changed: str) -> dict[str, Any]:
    """A link with other words, signed by somebody."""
    plain = json.loads(parse_signed(json.dumps(wire).encode()).document) | changed
    return json.loads(sign_document(plain, federation.nodes[signer].identity).wire())  # type: ignore[no-any-return]


def test_nobody_signs_a_link_for_another(five: Federation, tmp_path: Path) -> None:
    object_id = passed_on(five, "BCD")
    first, second, third = path_of(five, "D")
    for path in (
        [first, forged(five, second, "D", to="D")],
        [forged(five, first, "D", to="D")],
        [first, forged(five, second, "D"), third],
    ):
        with_path(five, "D", path)
        with pytest.raises((SignatureError, RefusedError)):
            open_at(five, "D", object_id, tmp_path / "out")
    with_path(five, "D", [first, second, third])
    assert open_at(five, "D", object_id, tmp_path / "out") == b"secret"


def test_a_link_of_another_object_is_no_link_of_this_one(five: Federation, tmp_path: Path) -> None:
    object_id = passed_on(five, "BCD")
    five.release("A", "B")
    first, second, third = path_of(five, "D")
    with_path(five, "D", [first, forged(five, second, "B", object="another"), third])
    with pytest.raises(RefusedError, match="not one of object"):
        open_at(five, "D", object_id, tmp_path / "out")


def test_a_first_link_that_is_no_release_on_record_opens_nothing(five: Federation, tmp_path: Path) -> None:
    object_id = passed_on(five, "BCD")
    first, second, third = path_of(five, "D")
    with_path(five, "D", [forged(five, first, "A", release="made-up"), second, third])
    with pytest.raises(RefusedError, match="was never released to B"):
        open_at(five, "D", object_id, tmp_path / "out")


@pytest.mark.parametrize("path", [None, 7, [], {}, [7], [{"document": "", "signature": ""}], [{}] * 33])
def test_what_is_no_path_is_one_clear_error(path: object) -> None:
    with pytest.raises(FormatError):
        read_path(path, "o", "A", "B")


def test_a_chain_has_an_end(five: Federation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "MOST_LINKS", 3)
    object_id = passed_on(five, "BCD")
    with pytest.raises(QuestionError, match="has gone through 3 hands"):
        release_item(five.nodes["D"], object_id, "E")


def test_a_release_whose_path_does_not_lead_here_is_not_taken(five: Federation) -> None:
    passed_on(five, "BC")
    path = path_of(five, "C")
    with_path(five, "B", path)  # as if B had it from C already
    five.release("A", "B")
    with five.nodes["B"].reading() as connection:
        name = str(connection.execute(select(ITEM.c.object_id)).scalar())
    with pytest.raises(ServandaError):
        _deliver_onward(five, name)
    five.settle()


def _deliver_onward(federation: Federation, name: str) -> None:
    release_item(federation.nodes["B"], name, "D")
    federation.settle()
    with federation.nodes["B"].reading() as connection:
        (refused,) = views.outbox(connection)
    assert refused["state"] == "refused"
    raise RefusedError(str(refused["error"]))


def test_what_was_destroyed_may_come_again_and_pass_through_one_hand_twice(
    five: Federation, tmp_path: Path
) -> None:
    five.act("A", "a-b", "consent", "consent", '{ recipients = ["B", "C"] }')
    object_id = five.release("A", "B").object_id
    five.settle()
    release_item(five.nodes["B"], object_id, "C")
    five.settle()
    destroy_item(five.nodes["B"], object_id, "burning")
    release_item(five.nodes["C"], object_id, "B")
    five.settle()
    links = read_path(path_of(five, "B"), object_id, "A", "B")
    assert [one.to for one in links] == ["B", "C", "B"]
    assert open_at(five, "B", object_id, tmp_path / "out") == b"secret"


def test_the_chain_travels_in_the_message_and_the_officer_does_not(five: Federation) -> None:
    passed_on(five, "BC")
    with five.nodes["C"].reading() as connection:
        wire = bytes(connection.exec_driver_sql("SELECT wire FROM inbox WHERE kind = 'release'").scalar_one())
    envelope = read_envelope(parse_signed(wire))
    assert envelope.kind is EnvelopeKind.RELEASE
    assert sorted(envelope.body) == ["container", "decision", "label", "path", "release"]
    assert all(parse_signed(json.dumps(one).encode()).plain(FORMAT) for one in envelope.body["path"])


def test_what_comes_again_keeps_its_copies_its_state_and_the_better_of_two_ways(
    five: Federation, tmp_path: Path
) -> None:
    five.act("A", "a-b", "consent", "consent", '{ recipients = ["B", "C"] }')
    object_id = five.release("A", "B").object_id
    release_item(five.nodes["A"], object_id, "C")
    five.settle()
    copy_item(five.nodes["C"], object_id, "an officer")
    report_compromise(five.nodes["C"], object_id, "a bag was left in a train")
    release_item(five.nodes["B"], object_id, "C")
    five.settle()
    with five.nodes["C"].reading() as connection:
        (item,) = views.items(connection, "received")
    assert (item["from"], item["state"], item["copies"]) == ("A", "compromised", 1)
    assert [one["instrument"] for one in item["under"]] == ["b-c", "a-c"]
    five.act("C", "a-c", "notice", "give-notice")
    five.settle()
    five.at("2020-06-04T00:00:00Z")
    with pytest.raises(RefusedError):
        open_at(five, "C", object_id, tmp_path / "out")
    release_item(five.nodes["B"], object_id, "C")
    five.settle()
    assert open_at(five, "C", object_id, tmp_path / "out") == b"secret"


def test_a_label_by_whoever_passed_it_on_never_replaces_the_originator_s(
    five: Federation, tmp_path: Path
) -> None:
    five.act("A", "a-b", "consent", "consent", '{ recipients = ["B", "C"] }')
    object_id = five.release("A", "B").object_id
    five.settle()
    with five.nodes["B"].writing() as work:
        label = json.loads(work.connection.execute(select(ITEM.c.label)).scalar_one())
        work.connection.execute(ITEM.update().values(label=json.dumps(label | {"purpose": "advertising"})))
    release_item(five.nodes["B"], object_id, "C")
    five.settle()
    release_item(five.nodes["A"], object_id, "C")
    five.settle()
    assert open_at(five, "C", object_id, tmp_path / "out") == b"secret"
    release_item(five.nodes["B"], object_id, "C")
    five.settle()
    with five.nodes["B"].reading() as connection:
        (refused,) = views.outbox(connection)
    assert "labelled otherwise" in str(refused["error"])
