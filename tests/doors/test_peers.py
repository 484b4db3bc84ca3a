"""The listener for peers: the rules of a node hold over the wire as in memory; nothing stays half done."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import anyio
import msgspec
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exchange.listener import Keys, listening, reaching
from node.federation import Federation
from servanda import errors
from servanda.doors.http.peers import peers_app, problem
from servanda.errors import (
    ExchangeError,
    FormatError,
    SequenceError,
    ServandaError,
    SignatureError,
    StorageError,
    UnknownNameError,
)
from servanda.exchange import (
    Attachment,
    Envelope,
    EnvelopeKind,
    Identity,
    MemoryPeer,
    Peer,
    open_receipt,
    parse_signed,
    seal_envelope,
)
from servanda.exchange.https import PROBLEMS
from servanda.node.house import Node
from servanda.node.receiving import PeerDesk

MEBI = 1 << 20
PATIENCE_SECONDS = 20


@dataclass
class Reached:
    """Node B, as A reaches it in one way or another."""

    node: Node
    peer: Peer
    sender: Identity

    def message(self, sequence: int, recipient: str = "B", **changes: object) -> bytes:
        envelope = Envelope(
            "7", "A", recipient, sequence, EnvelopeKind.COMPROMISE, "2020-06-01T12:00:00Z", {"what": sequence}
        )
        return seal_envelope(msgspec.structs.replace(envelope, **changes), self.sender).wire()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys.make(tmp_path_factory.mktemp("keys"), "ABC")


@pytest.fixture(params=["memory", "https"])
def reached(request: pytest.FixtureRequest, small: Federation, keys: Keys) -> Iterator[Reached]:
    """B reached in memory and over HTTPS: one test for both, so that they are twins."""
    node, sender = small.nodes["B"], small.nodes["A"].identity
    desk = PeerDesk(node)
    if request.param == "memory":
        yield Reached(node, MemoryPeer(desk), sender)
        return
    with listening(peers_app(desk), keys.server("B")) as url, reaching("B", url, keys.client("A")) as peer:
        yield Reached(node, peer, sender)


def test_the_same_again_gets_the_same_receipt_byte_for_byte(reached: Reached) -> None:
    wire = reached.message(1)
    receipt = reached.peer.deliver(wire)
    assert reached.peer.deliver(wire) == receipt
    found = open_receipt(parse_signed(receipt), reached.node.identity.public)
    assert (found.digest, found.sequence, found.sender) == (parse_signed(wire).digest, 1, "A")
    assert reached.peer.last_sequence("A") == 1


def test_out_of_order_is_refused_until_its_turn_comes(reached: Reached) -> None:
    first, second, third = (reached.message(number) for number in (1, 2, 3))
    with pytest.raises(SequenceError, match="send 1 first"):
        reached.peer.deliver(second)
    reached.peer.deliver(first)
    with pytest.raises(SequenceError, match="send 2 first"):
        reached.peer.deliver(third)
    reached.peer.deliver(second)
    reached.peer.deliver(third)
    assert reached.peer.last_sequence("A") == 3


def test_another_message_under_an_accepted_number_is_a_conflict_and_the_first_stands(
    reached: Reached,
) -> None:
    receipt = reached.peer.deliver(reached.message(1))
    with pytest.raises(SequenceError, match="contradicts"):
        reached.peer.deliver(reached.message(1, body={"what": "else"}))
    assert reached.peer.deliver(reached.message(1)) == receipt


def test_a_turned_bit_of_what_is_signed_or_of_the_signature_is_refused(reached: Reached) -> None:
    signed = parse_signed(reached.message(1))
    place = signed.document.index(b"2020")
    document = bytearray(signed.document)
    document[place + 3] ^= 1
    signature = bytearray(signed.signature)
    signature[7] ^= 128
    for forged in (
        type(signed)(bytes(document), signed.signature),
        type(signed)(signed.document, bytes(signature)),
    ):
        with pytest.raises(SignatureError, match="not that of A"):
            reached.peer.deliver(forged.wire())
    assert reached.peer.last_sequence("A") == 0


def test_what_is_not_for_this_party_or_from_nobody_known_is_refused(reached: Reached) -> None:
    with pytest.raises(FormatError, match="from A to C"):
        reached.peer.deliver(reached.message(1, recipient="C"))
    stranger = Identity.generate("Z")
    envelope = Envelope("7", "Z", "B", 1, EnvelopeKind.ACT, "2020-06-01T12:00:00Z", {})
    with pytest.raises(ServandaError, match="Z"):
        reached.peer.deliver(seal_envelope(envelope, stranger).wire())


def test_a_message_before_its_attachment_is_refused_and_taken_after_it(
    reached: Reached, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"secret" * 1000)
    digest = hashlib.sha256(b"secret" * 1000).hexdigest()
    wire = reached.message(1, attachments=(Attachment(digest, 6000),))
    with pytest.raises(ExchangeError, match="not here yet"):
        reached.peer.deliver(wire)
    reached.peer.send_attachment(digest, tmp_path / "file")
    reached.peer.send_attachment(digest, tmp_path / "none")  # it is there: nothing is read
    assert reached.peer.deliver(wire)


def test_noise_is_refused_at_every_door(reached: Reached, tmp_path: Path) -> None:
    for asking in (reached.peer.deliver, reached.peer.ask_key):
        for wire in (b"", b"{}", b"\xff" * 99, b"[" * 100_000, reached.message(0)[:-9]):
            with pytest.raises(FormatError):
                asking(wire)
    with pytest.raises(FormatError, match="not a request for a key"):
        reached.peer.ask_key(reached.message(1))
    with pytest.raises(FormatError, match="is not a digest"):
        MemoryPeer(PeerDesk(reached.node)).send_attachment("../../x", tmp_path / "none")
    with pytest.raises(ServandaError):
        reached.peer.send_attachment("../../x", tmp_path / "none")
    with pytest.raises(ServandaError):
        reached.peer.consistency(7, 10**30)


def test_a_message_too_long_is_refused_with_its_reason_though_it_was_still_being_sent(
    reached: Reached,
) -> None:
    for _ in range(3):
        with pytest.raises(FormatError, match="longer than"):
            reached.peer.deliver(b"x" * (8 * MEBI))


def test_a_wrong_file_is_refused_with_its_reason_and_nothing_stays(reached: Reached, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(5 * MEBI))
    with pytest.raises(FormatError, match="the object is not 000000000000"):
        reached.peer.send_attachment("0" * 64, tmp_path / "file")
    assert [path for path in (reached.node.home / "objects").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_has_a_type_that_the_other_side_knows(name: str) -> None:
    kind = getattr(errors, name)
    wrong = kind("why", ("one",)) if name == "CatalogueError" else kind("why", hint="what to do")
    answer = json.loads(answered(wrong).body)
    assert answer["detail"] == "why"
    assert PROBLEMS[answer["type"]].__name__ == answer["title"]
    nearest = next((one for one in kind.__mro__ if one in PROBLEMS.values()), ExchangeError)
    assert PROBLEMS[answer["type"]] is nearest
    assert answer["status"] == answered(wrong).status_code >= 400


def test_the_specification_names_every_error_with_its_status_and_every_request() -> None:
    page = (Path(__file__).parents[2] / "spec" / "envelope.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("|")]
    for kind in PROBLEMS.values():
        (row,) = (line for line in rows if f"`{kind.__name__}`" in line)
        assert f"| {answered(kind('why')).status_code}" in row
    for route in peers_app(Failing(FormatError("why"))).routes:  # type: ignore[arg-type]  # fails at everything
        assert isinstance(route, Route)
        where = route.path.replace(":int", "")
        for method in (route.methods or set()) - (
            {"HEAD"} if "PUT" not in (route.methods or set()) else set()
        ):
            assert f"`{method} {where}`" in page


def answered(wrong: ServandaError) -> Response:
    return anyio.run(problem, Request({"type": "http"}), wrong)


@dataclass
class Failing:
    """A house in which everything goes wrong in one way."""

    wrong: ServandaError

    def __getattr__(self, name: str) -> Callable[..., object]:
        def fail(*_arguments: object) -> object:
            if name == "has_attachment":
                return False
            raise self.wrong

        return fail


@pytest.mark.parametrize(
    "wrong",
    [SequenceError("a"), UnknownNameError("b"), StorageError("c", hint="make room"), ExchangeError("d")],
    ids=lambda wrong: type(wrong).__name__,
)
def test_an_error_is_of_the_same_class_on_both_sides(
    keys: Keys, tmp_path: Path, wrong: ServandaError
) -> None:
    (tmp_path / "file").write_bytes(bytes(3 * MEBI))
    app = peers_app(Failing(wrong))  # type: ignore[arg-type]  # fails at everything
    with listening(app, keys.server("B")) as url, reaching("B", url, keys.client("A")) as peer:
        for asking in (
            lambda: peer.deliver(b""),
            lambda: peer.ask_key(b""),
            lambda: peer.kept("A"),
            lambda: peer.send_attachment("0" * 64, tmp_path / "file"),
        ):
            with pytest.raises(type(wrong)) as found:
                asking()
            assert type(found.value) is type(wrong)
            assert found.value.hint == wrong.hint


def test_many_at_once_are_each_taken_once(small: Federation, keys: Keys) -> None:
    node = small.nodes["B"]
    reach = Reached(node, MemoryPeer(PeerDesk(node)), small.nodes["A"].identity)
    wire = reach.message(1)
    receipts: list[bytes] = []
    with listening(peers_app(PeerDesk(node)), keys.server("B")) as url:

        def deliver() -> None:
            with reaching("B", url, keys.client("A")) as peer:
                receipts.append(peer.deliver(wire))

        threads = [threading.Thread(target=deliver) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
    assert len(receipts) == 12
    assert len(set(receipts)) == 1
