"""Uploads: whole or not there, whoever is cut off, killed or slow, and through little memory."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from doors.test_peers import Reached
from exchange.listener import Keys, listening, reaching
from node.federation import Federation
from node.test_kills import with_real_ports
from servanda.doors.http import peers
from servanda.doors.http.peers import peers_app
from servanda.errors import UnreachableError
from servanda.exchange import client_context
from servanda.exchange.tls import party_host
from servanda.node.config import read_config
from servanda.node.receiving import PeerDesk

MEBI = 1 << 20
PATIENCE_SECONDS = 20


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys.make(tmp_path_factory.mktemp("keys"), "AB")


def left(home: Path) -> list[Path]:
    """Return the files under a node's objects, whole and unfinished."""
    return sorted(path for path in (home / "objects").rglob("*") if path.is_file())


@contextlib.contextmanager
def sending(
    url: str, context: ssl.SSLContext, digest: str, length: int
) -> Iterator[Callable[[bytes], http.client.HTTPResponse | None]]:
    """Begin an upload; yield how to send a piece of it, and with an empty piece to read the answer."""
    host, port = url.removeprefix("https://").split(":")
    with (
        socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=party_host("B")) as wire,
    ):
        head = f"PUT /peer/v1/attachments/{digest} HTTP/1.1\r\nHost: b\r\nContent-Length: {length}\r\n\r\n"
        wire.sendall(head.encode())

        def send(piece: bytes) -> http.client.HTTPResponse | None:
            if piece:
                wire.sendall(piece)
                return None
            response = http.client.HTTPResponse(wire)
            response.begin()
            return response

        yield send


def until(happened: Callable[[], bool]) -> None:
    for _ in range(PATIENCE_SECONDS * 50):
        if happened():
            return
        time.sleep(0.02)
    pytest.fail("it did not happen")


def test_an_upload_that_breaks_off_leaves_nothing_and_can_be_made_again(
    small: Federation, keys: Keys, tmp_path: Path
) -> None:
    node = small.nodes["B"]
    data = bytes(range(256)) * 4096 * 3
    digest = hashlib.sha256(data).hexdigest()
    (tmp_path / "file").write_bytes(data)
    with listening(peers_app(PeerDesk(node)), keys.server("B")) as url:
        with sending(url, keys.client("A"), digest, len(data)) as send:
            send(data[: 2 * MEBI])
            until(lambda: any(path.stat().st_size for path in left(node.home)))
        until(lambda: left(node.home) == [])
        with reaching("B", url, keys.client("A")) as peer:
            peer.send_attachment(digest, tmp_path / "file")
    assert [path.name for path in left(node.home)] == [digest]
    assert node.objects.path(digest).read_bytes() == data


def test_who_stops_sending_is_let_go_with_an_answer(
    small: Federation, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peers, "STALL_SECONDS", 0.3)
    node = small.nodes["B"]
    with (
        listening(peers_app(PeerDesk(node)), keys.server("B")) as url,
        sending(url, keys.client("A"), "0" * 64, 9 * MEBI) as send,
    ):
        send(bytes(MEBI))
        response = send(b"")
        assert response is not None
        assert response.status == 503
        assert "broke off" in json.loads(response.read())["detail"]
        assert response.getheader("Connection") == "close"
    assert left(node.home) == []


def test_slow_uploads_never_keep_a_message_waiting(
    small: Federation, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = small.nodes["B"]
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(listening(peers_app(PeerDesk(node)), keys.server("B")))
        for _ in range(peers.MOST_UPLOADS + 30):
            stack.enter_context(sending(url, keys.client("A"), "0" * 64, 9 * MEBI))(b"x")
        until(lambda: len(left(node.home)) == peers.MOST_UPLOADS)
        peer = stack.enter_context(reaching("B", url, keys.client("A")))
        reach = Reached(node, peer, small.nodes["A"].identity)
        assert peer.deliver(reach.message(1))
        monkeypatch.setattr(peers, "STALL_SECONDS", 0.1)


class Process:
    """Node B in a process of its own, that can be killed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = read_config(home).peer_port
        self.url = f"https://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "servanda", "node", "run", "--home", str(self.home)]
        with (self.home / "out").open("ab") as output:
            self.running = subprocess.Popen(command, stdout=output, stderr=output)
        until(self.answers)

    def answers(self) -> bool:
        assert self.running.poll() is None, (self.home / "out").read_text()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def kill(self) -> None:
        self.running.kill()
        self.running.wait(PATIENCE_SECONDS)

    def most_memory(self) -> int:
        status = Path(f"/proc/{self.running.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found
        return int(found[1]) * 1024


@pytest.fixture
def process(small: Federation) -> Iterator[Process]:
    found = Process(with_real_ports(small)["B"])
    yield found
    found.kill()


def context_of(process: Process) -> ssl.SSLContext:
    keys = process.home.parent / "A" / "keys"
    return client_context(keys / "tls.pem", keys / "tls.key", keys / "ca.pem")


def test_a_node_killed_amid_an_upload_keeps_nothing_of_it_and_takes_it_again(
    process: Process, tmp_path: Path
) -> None:
    data = bytes(range(256)) * 4096 * 8
    digest = hashlib.sha256(data).hexdigest()
    (tmp_path / "file").write_bytes(data)
    with (
        contextlib.suppress(OSError),  # the connection ends as the node does
        sending(process.url, context_of(process), digest, len(data)) as send,
    ):
        send(data[: 4 * MEBI])
        until(lambda: any(path.stat().st_size for path in left(process.home)))
        process.kill()
    assert digest not in [path.name for path in left(process.home)]
    process.start()
    assert left(process.home) == []
    with reaching("B", process.url, context_of(process)) as peer:
        peer.send_attachment(digest, tmp_path / "file")
    assert [path.name for path in left(process.home)] == [digest]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read as Linux tells it")
def test_a_large_file_streams_through_little_memory(process: Process, tmp_path: Path) -> None:
    size, piece = 96 * MEBI, bytes(MEBI)
    small, large = tmp_path / "small", tmp_path / "large"
    digest = hashlib.sha256()
    small.write_bytes(piece)
    with large.open("wb") as file:
        for number in range(96):
            file.write(bytes([number]) * MEBI)
            digest.update(bytes([number]) * MEBI)
    with reaching("B", process.url, context_of(process)) as peer:
        peer.send_attachment(hashlib.sha256(piece).hexdigest(), small)
        before = process.most_memory()
        peer.send_attachment(digest.hexdigest(), large)
        grown = process.most_memory() - before
    assert large.stat().st_size == size
    assert (process.home / "objects" / digest.hexdigest()[:2] / digest.hexdigest()).stat().st_size == size
    assert grown < 24 * MEBI


def test_a_killed_node_is_unreachable_and_nothing_else(process: Process) -> None:
    with reaching("B", process.url, context_of(process)) as peer:
        assert "servanda:B" in peer.checkpoint()
        process.kill()
        with pytest.raises(UnreachableError, match="tried again"):
            peer.checkpoint()
        process.start()
        assert "servanda:B" in peer.checkpoint()
