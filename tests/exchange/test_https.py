"""A peer is not trusted: whatever it answers is a value or an error of ours, and costs little."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from exchange.listener import Keys, listening, reaching
from servanda.errors import (
    ExchangeError,
    NodeError,
    ServandaError,
    StorageError,
    UnreachableError,
)
from servanda.exchange import HttpsPeer
from servanda.exchange.https import MOST_ANSWER, PROBLEM, PROBLEMS

ENDLESS = 64 << 20
PIECE = bytes(1 << 16)
ASKING: dict[str, Callable[[HttpsPeer], object]] = {
    "deliver": lambda peer: peer.deliver(b"x"),
    "ask_key": lambda peer: peer.ask_key(b"x"),
    "last_sequence": lambda peer: peer.last_sequence("A"),
    "consistency": lambda peer: peer.consistency(1, 2),
    "kept": lambda peer: peer.kept("A"),
    "checkpoint": lambda peer: peer.checkpoint(),
}


class Liar:
    """A peer that answers what it is told to, after a real handshake."""

    def __init__(self) -> None:
        self.answer: Callable[[], Response] = Response
        self.asked: list[str] = []

    async def __call__(self, scope: dict[str, object], receive: object, send: object) -> None:
        request = Request(scope, receive)  # type: ignore[arg-type]  # an ASGI application
        self.asked.append(request["raw_path"].decode())
        await request.body()
        await self.answer()(scope, receive, send)  # type: ignore[arg-type]  # as above


@pytest.fixture(scope="module")
def liar() -> Liar:
    return Liar()


@pytest.fixture(scope="module")
def peer(keys: Keys, liar: Liar) -> Iterator[HttpsPeer]:
    with (
        listening(liar, keys.server("B")) as url,  # type: ignore[arg-type]  # an ASGI application
        reaching("B", url, keys.client("A")) as found,
    ):
        yield found


async def endless() -> AsyncIterator[bytes]:
    for _ in range(ENDLESS // len(PIECE)):
        yield PIECE


@pytest.mark.parametrize("asking", ASKING.values(), ids=ASKING)
def test_an_answer_without_end_is_cut_off_and_never_held(
    peer: HttpsPeer, liar: Liar, asking: Callable[[HttpsPeer], object]
) -> None:
    liar.answer = lambda: StreamingResponse(endless())
    tracemalloc.start()
    with pytest.raises(ExchangeError, match="more than"):
        asking(peer)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5 * MOST_ANSWER < ENDLESS


@pytest.mark.parametrize(
    ("asking", "body"),
    [
        ("last_sequence", b""),
        ("last_sequence", b"-1"),
        ("last_sequence", b"9" * 5000),
        ("last_sequence", "\u0661".encode()),
        ("consistency", b"{}"),
        ("consistency", b"[1]"),
        ("consistency", b'["xy"]'),
        ("consistency", b"[" * 100_000),
        ("kept", b"{}"),
        ("kept", b"[null]"),
        ("kept", b"\xff"),
        ("kept", b"[" * 100_000),
        ("checkpoint", b"\xff\xfe"),
    ],
)
def test_an_answer_of_another_kind_is_one_clear_error(
    peer: HttpsPeer, liar: Liar, asking: str, body: bytes
) -> None:
    liar.answer = lambda: Response(body)
    with pytest.raises(ExchangeError, match="B answers no"):
        ASKING[asking](peer)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.sampled_from(sorted(ASKING)), st.binary(max_size=60), st.integers(200, 599))
def test_noise_is_a_value_or_an_error_of_ours(
    peer: HttpsPeer, liar: Liar, asking: str, body: bytes, status: int
) -> None:
    liar.answer = lambda: Response(b"" if status in (204, 304) else body, status)
    try:
        ASKING[asking](peer)
    except ServandaError:
        return
    assert status < 300


@pytest.mark.parametrize("kind", PROBLEMS.values(), ids=lambda kind: kind.__name__)
def test_a_problem_keeps_its_class_and_its_hint(
    peer: HttpsPeer, liar: Liar, kind: type[ServandaError]
) -> None:
    plain = {"type": PROBLEM + kind.__name__, "detail": "so it is", "hint": "do this"}
    liar.answer = lambda: Response(json.dumps(plain), 400)
    with pytest.raises(kind, match="B: so it is; do this") as found:
        peer.deliver(b"x")
    assert type(found.value) is kind


@pytest.mark.parametrize("name", ["ProofError", "RegisterError", "ClockError", "NodeError", "SystemExit"])
def test_a_peer_cannot_speak_of_our_own_house(peer: HttpsPeer, liar: Liar, name: str) -> None:
    liar.answer = lambda: Response(json.dumps({"type": PROBLEM + name, "detail": "rewritten"}), 400)
    with pytest.raises(ExchangeError) as found:
        peer.consistency(1, 2)
    assert type(found.value) is ExchangeError


def test_what_a_peer_says_is_one_short_line_that_a_terminal_can_show(peer: HttpsPeer, liar: Liar) -> None:
    plain = {"type": PROBLEM + "RefusedError", "detail": "no\x1b[2J\nerror: yes" + "!" * 5000, "hint": [7]}
    liar.answer = lambda: Response(json.dumps(plain), 403)
    with pytest.raises(ServandaError) as found:
        peer.deliver(b"x")
    assert found.value.message.isprintable()
    assert len(found.value.message) < 600
    assert found.value.hint == ""


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"[" * 100_000])
def test_a_failing_server_is_tried_again(peer: HttpsPeer, liar: Liar, body: bytes) -> None:
    liar.answer = lambda: Response(body, 502)
    with pytest.raises(UnreachableError, match="502"):
        peer.checkpoint()


def test_nobody_is_led_elsewhere(peer: HttpsPeer, liar: Liar) -> None:
    liar.answer = lambda: Response(status_code=307, headers={"Location": "/peer/v1/elsewhere"})
    liar.asked.clear()
    with pytest.raises(ExchangeError, match="307"):
        peer.deliver(b"x")
    assert liar.asked == ["/peer/v1/envelopes"]


def test_a_packed_answer_is_not_unpacked(peer: HttpsPeer, liar: Liar) -> None:
    liar.answer = lambda: Response(b"7", headers={"Content-Encoding": "gzip"})
    assert peer.last_sequence("A") == 7


def test_a_name_stays_one_part_of_the_address(peer: HttpsPeer, liar: Liar) -> None:
    liar.answer = lambda: Response(b"[]")
    liar.asked.clear()
    assert peer.kept("A/../B?c#d") == []
    assert liar.asked == ["/peer/v1/kept/A%2F..%2FB%3Fc%23d"]


def test_a_file_that_is_gone_here_is_said_to_be_gone_here(
    peer: HttpsPeer, liar: Liar, tmp_path: Path
) -> None:
    liar.answer = lambda: Response(status_code=404)
    with pytest.raises(StorageError, match="gone from the disk"):
        peer.send_attachment("0" * 64, tmp_path / "none")
    with pytest.raises(StorageError, match="cannot be read"):
        peer.send_attachment("0" * 64, tmp_path)


def test_who_does_not_listen_is_not_reached(keys: Keys, liar: Liar) -> None:
    with listening(liar, keys.server("B")) as url:  # type: ignore[arg-type]  # an ASGI application
        pass
    with reaching("B", url, keys.client("A")) as peer, pytest.raises(UnreachableError, match="tried again"):
        peer.checkpoint()


def test_an_address_that_is_none_is_refused(keys: Keys) -> None:
    with pytest.raises(NodeError, match="is none"):
        HttpsPeer("B", "https://[::bad", keys.client("A"))
    with (
        reaching("B", "nonsense", keys.client("A")) as peer,
        pytest.raises(UnreachableError, match="protocol"),
    ):
        peer.checkpoint()
