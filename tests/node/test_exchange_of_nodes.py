"""What two nodes owe each other on the way: order, receipts, evidence, and what a liar can do."""

from __future__ import annotations

import json

import msgspec
import pytest
from sqlalchemy import select

from node.federation import Federation
from servanda.errors import ExchangeError, FormatError, SequenceError, SignatureError
from servanda.exchange import (
    Envelope,
    EnvelopeKind,
    parse_signed,
    read_envelope,
    seal_envelope,
    sign_document,
)
from servanda.node import views
from servanda.node.clock import DrivenClock
from servanda.node.posting import post
from servanda.node.receiving import PeerDesk
from servanda.node.sending import deliver_due, waiting
from servanda.node.tables import INBOX, OUTBOX
from servanda.register import Entry, EntryKind
from servanda.register.store import CHECKPOINT, LEAF, NODE


def wires(federation: Federation, sender: str) -> list[bytes]:
    with federation.nodes[sender].reading() as connection:
        rows = connection.execute(select(OUTBOX.c.wire).order_by(OUTBOX.c.sequence))
        return [bytes(row.wire) for row in rows]


def test_the_same_envelope_again_gets_the_same_receipt_and_does_nothing(small: Federation) -> None:
    small.act("A", "a-b", "notice", "announce")
    (first, *_) = wires(small, "A")
    desk = PeerDesk(small.nodes["B"])
    receipt = desk.accept(first)
    assert desk.accept(first) == receipt
    with small.nodes["B"].reading() as connection:
        assert len(connection.execute(select(INBOX)).all()) == 1


def test_an_envelope_before_its_turn_is_refused_and_nothing_is_kept(small: Federation) -> None:
    small.act("A", "a-b", "one", "announce")
    _, second = wires(small, "A")
    with pytest.raises(SequenceError, match="send 1 first"):
        PeerDesk(small.nodes["B"]).accept(second)
    assert PeerDesk(small.nodes["B"]).last_sequence("A") == 0


def test_two_envelopes_of_one_number_are_an_error_and_the_first_stands(small: Federation) -> None:
    small.act("A", "a-b", "one", "announce")
    (first, _) = wires(small, "A")
    desk = PeerDesk(small.nodes["B"])
    desk.accept(first)
    envelope = read_envelope(parse_signed(first))
    other = seal_envelope(msgspec.structs.replace(envelope, body={}), small.nodes["A"].identity)
    with pytest.raises(SequenceError, match="contradicts"):
        desk.accept(other.wire())


def test_a_changed_bit_is_a_signature_that_does_not_hold(small: Federation) -> None:
    small.act("A", "a-b", "one", "announce")
    signed = parse_signed(wires(small, "A")[0])
    changed = signed.document.replace(b'"sequence":1', b'"sequence":9')
    forged = parse_signed(type(signed)(changed, signed.signature).wire())
    with pytest.raises(SignatureError, match="not that of A"):
        PeerDesk(small.nodes["B"]).accept(forged.wire())


def test_what_is_for_another_party_is_refused(federation: Federation) -> None:
    federation.act("A", "a-b", "one", "announce")
    with pytest.raises(FormatError, match="from A to B"):
        PeerDesk(federation.nodes["C"]).accept(wires(federation, "A")[0])


@pytest.mark.parametrize("wire", [b"", b"{}", b"[]", b'{"document":"","signature":""}', b"\xff" * 40])
def test_noise_is_one_clear_error(small: Federation, wire: bytes) -> None:
    with pytest.raises((FormatError, SignatureError)):
        PeerDesk(small.nodes["B"]).accept(wire)


def test_a_release_without_its_attachment_waits_for_it(small: Federation) -> None:
    small.release("A", "B")
    with pytest.raises(ExchangeError, match="not here yet"):
        PeerDesk(small.nodes["B"]).accept(wires(small, "A")[0])
    assert small.settle() == 1


def test_contents_that_make_no_sense_are_receipted_as_not_accepted_and_do_not_block(
    small: Federation,
) -> None:
    node = small.nodes["A"]
    envelope = Envelope("x", "A", "B", 1, EnvelopeKind.RELEASE, "2020-06-01T12:00:00Z", {"label": 7})
    receipt = PeerDesk(small.nodes["B"]).accept(seal_envelope(envelope, node.identity).wire())
    plain = json.loads(parse_signed(receipt).document)
    assert not plain["accepted"]
    assert "malformed" in plain["reason"]
    assert PeerDesk(small.nodes["B"]).last_sequence("A") == 1


def test_nobody_can_act_for_another(federation: Federation) -> None:
    federation.act("A", "a-b", "notice", "give-notice")
    federation.settle()
    body = read_envelope(parse_signed(wires(federation, "A")[0])).body
    document = json.loads(parse_signed(json.dumps(body["signed"]).encode()).document)
    document["act"]["by"] = ["C"]
    forged = json.loads(sign_document(document, federation.nodes["A"].identity).wire())
    last = PeerDesk(federation.nodes["B"]).last_sequence("A")
    envelope = Envelope("x", "A", "B", last + 1, EnvelopeKind.ACT, "2020-06-01T12:00:00Z", {"signed": forged})
    receipt = PeerDesk(federation.nodes["B"]).accept(
        seal_envelope(envelope, federation.nodes["A"].identity).wire()
    )
    assert "signature is not that of C" in json.loads(parse_signed(receipt).document)["reason"]


def test_while_a_peer_is_away_nothing_is_lost_and_the_others_are_served(federation: Federation) -> None:
    federation.cut.parties.add("B")
    federation.release("A", "B")
    federation.release("A", "C")
    federation.settle()
    with federation.nodes["C"].reading() as connection:
        assert len(views.items(connection, "received")) == 1
    assert waiting(federation.nodes["A"]) == 1
    federation.cut.parties.clear()
    federation.at("2020-06-01T12:01:00Z")
    federation.settle()
    with federation.nodes["B"].reading() as connection:
        assert len(views.items(connection, "received")) == 1


def test_a_lost_receipt_does_not_double_a_release(small: Federation) -> None:
    small.release("A", "B")
    peer = small.reach("B")
    envelope = read_envelope(parse_signed(wires(small, "A")[0]))
    for attachment in envelope.attachments:
        peer.send_attachment(attachment.digest, small.nodes["A"].objects.path(attachment.digest))
    peer.deliver(wires(small, "A")[0])  # the answer gets lost
    assert deliver_due(small.nodes["A"], small.reach) == 1
    with small.nodes["B"].reading() as connection:
        assert len(views.items(connection, "received")) == 1


def test_two_nodes_that_compute_differently_say_so(small: Federation) -> None:
    small.cut.parties.add("B")
    small.act("A", "a-b", "notice", "give-notice")
    report = {
        "instrument": "a-b",
        "at": "2020-06-01T12:00:00.000000Z",
        "status": ["in_force/no notice/goes on"],
    }
    with small.nodes["B"].writing() as work:
        post(small.nodes["B"], work, "A", EnvelopeKind.STATUS_REPORT, report)
    small.settle()
    (different,) = views.differences(small.nodes["A"])
    assert (different.instrument, different.party) == ("a-b", "B")
    assert different.theirs != different.ours


def test_a_keeper_who_rewrites_its_register_is_found_out_by_the_other_side(small: Federation) -> None:
    small.act("B", "a-b", "one", "announce")
    small.settle()
    node = small.nodes["A"]
    with node.writing() as work:
        old = [entry for _, entry in work.log.entries()]
        for table in (LEAF, NODE, CHECKPOINT):
            work.connection.execute(table.delete())
        for entry in old:
            work.log.append(Entry(EntryKind.STATEMENT, entry.at, {"it": "never happened"}))
        work.log.publish(node.origin, node.identity.key)
    assert views.verification(node).own.problems == ()  # alone, it looks whole
    kept = views.kept_by_peers(node, small.reach)
    assert any("rewritten" in problem for problem in views.verification(node, kept).own.problems)
    small.act("B", "a-b", "two", "announce")
    small.settle()
    with small.nodes["B"].reading() as connection:
        errors = [line["error"] for line in views.outbox(connection)]
    assert any("rewritten" in str(error) for error in errors)


def test_an_act_from_a_clock_that_is_a_little_ahead_is_accepted_and_one_from_tomorrow_is_not(
    small: Federation,
) -> None:
    small.at("2020-06-01T12:00:03Z")
    small.act("A", "a-b", "ahead", "give-notice")
    (wire, *_) = wires(small, "A")
    small.at("2020-06-01T12:00:00Z")
    desk = PeerDesk(small.nodes["B"])
    assert json.loads(parse_signed(desk.accept(wire)).document)["accepted"]
    small.at("2020-06-09T12:00:00Z")
    small.act("A", "a-b", "far", "announce")
    later = wires(small, "A")
    small.nodes["B"]._clock = DrivenClock(small.folder / "still")
    (small.folder / "still").write_text("2020-06-01T12:00:10Z")
    answers = [json.loads(parse_signed(desk.accept(one)).document) for one in later[1:]]
    assert [one["accepted"] for one in answers if "after now" in one["reason"]] == [False]
