"""The listener for peers over real mutual TLS 1.3, and the page for one's own officers."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from node.federation import Federation
from node.test_kills import with_real_ports
from servanda.doors.http.serving import Running, run_node
from servanda.errors import (
    ExchangeError,
    FormatError,
    NodeError,
    RefusedError,
    SequenceError,
    SignatureError,
    UnreachableError,
)
from servanda.exchange import HttpsPeer, client_context, make_authority, make_certificate
from servanda.node.clock import SystemClock
from servanda.node.house import Node


class Served:
    """A node that is served, and how its friend and its enemies reach it."""

    def __init__(self, homes: dict[str, Path]) -> None:
        self.homes = homes
        self.node = Node.open(homes["B"])
        self.running = Running(self.node)
        self.running.start()
        self.url = f"https://127.0.0.1:{self.node.config.peer_port}"
        self.page = f"http://127.0.0.1:{self.node.config.local_port}"

    def peer(self, keys: Path, authority: Path | None = None, expected: str = "B") -> HttpsPeer:
        context = client_context(keys / "tls.pem", keys / "tls.key", authority or keys / "ca.pem")
        return HttpsPeer(expected, self.url, context)


@pytest.fixture
def served(small: Federation) -> Iterator[Served]:
    """Node B at work."""
    found = Served(with_real_ports(small))
    for _ in range(100):
        try:
            httpx2.get(found.page + "/style.css", trust_env=False)
            break
        except httpx2.HTTPError:
            found.running._stopping.wait(0.05)
    yield found
    found.running.stop()
    found.node.close()


def test_a_peer_with_a_certificate_of_the_authority_gets_through(served: Served) -> None:
    peer = served.peer(served.homes["A"] / "keys")
    assert peer.last_sequence("A") == 0
    assert "servanda:B" in peer.checkpoint()
    peer.close()


def test_errors_keep_their_class_over_the_wire(served: Served) -> None:
    peer = served.peer(served.homes["A"] / "keys")
    with pytest.raises(FormatError, match="not a signed document"):
        peer.deliver(b"{}")
    for kind in (SequenceError, SignatureError, RefusedError):
        assert kind.__name__ in {one.__name__ for one in ExchangeError.__subclasses__()} | {"RefusedError"}
    peer.close()


def test_a_certificate_of_another_authority_is_kept_out(served: Served, tmp_path: Path) -> None:
    at = SystemClock().now()
    make_authority(tmp_path / "other", at)
    make_certificate(tmp_path / "other", tmp_path / "keys", "A", at)
    peer = served.peer(tmp_path / "keys", served.homes["A"] / "keys" / "ca.pem")
    with pytest.raises(UnreachableError):
        peer.checkpoint()


def test_a_node_with_another_partys_certificate_is_not_taken_for_it(served: Served) -> None:
    with pytest.raises(UnreachableError, match="certificate"):
        served.peer(served.homes["A"] / "keys", expected="C").checkpoint()


def test_an_expired_certificate_is_kept_out(served: Served, tmp_path: Path) -> None:
    authority = served.homes["A"].parent / "authority"
    make_certificate(
        authority, tmp_path / "keys", "A", SystemClock().now() - timedelta(days=40), valid_days=2
    )
    peer = served.peer(tmp_path / "keys", authority / "ca.pem")
    with pytest.raises(UnreachableError):
        peer.checkpoint()


def test_a_server_of_another_authority_is_not_believed(served: Served, tmp_path: Path) -> None:
    make_authority(tmp_path / "other", SystemClock().now())
    peer = served.peer(served.homes["A"] / "keys", tmp_path / "other" / "ca.pem")
    with pytest.raises(UnreachableError):
        peer.checkpoint()


def test_without_a_certificate_nobody_gets_in(served: Served) -> None:
    context = ssl.create_default_context(cafile=str(served.homes["A"] / "keys" / "ca.pem"))
    with pytest.raises(httpx2.HTTPError):
        httpx2.get(served.url + "/peer/v1/checkpoint", verify=context, trust_env=False)


def test_tls_1_2_is_refused(served: Served) -> None:
    keys = served.homes["A"] / "keys"
    context = client_context(keys / "tls.pem", keys / "tls.key", keys / "ca.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(UnreachableError):
        HttpsPeer("B", served.url, context).checkpoint()


def test_a_large_attachment_arrives_whole_and_a_wrong_one_leaves_nothing(
    served: Served, tmp_path: Path
) -> None:
    data = b"0123456789abcdef" * (1 << 20)
    path = tmp_path / "large"
    path.write_bytes(data)
    peer = served.peer(served.homes["A"] / "keys")
    digest = hashlib.sha256(data).hexdigest()
    peer.send_attachment(digest, path)
    assert served.node.objects.path(digest).stat().st_size == len(data)
    with pytest.raises(FormatError, match="the object is not"):
        peer.send_attachment("0" * 64, path)
    assert not served.node.objects.has("0" * 64)
    assert not list((served.node.home / "objects" / "incoming").iterdir())
    peer.close()


def test_a_message_too_long_is_refused(served: Served) -> None:
    peer = served.peer(served.homes["A"] / "keys")
    with pytest.raises((FormatError, UnreachableError)):
        peer.deliver(b"x" * (4 << 20))
    peer.close()


def test_the_page_shows_the_agreements_the_inbox_and_a_strict_policy(served: Served) -> None:
    answer = httpx2.get(served.page + "/", trust_env=False)
    assert answer.status_code == 200
    assert "a-b" in answer.text
    assert "Inbox" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text
    page = httpx2.get(served.page + "/instruments/a-b", trust_env=False)
    assert "in force" in page.text
    assert httpx2.get(served.page + "/api/v1/status/a-b", trust_env=False).json()["phase"] == "in_force"
    assert "BEGIN:VCALENDAR" in httpx2.get(served.page + "/deadlines.ics", trust_env=False).text


def test_an_unknown_page_is_not_found_and_says_why(served: Served) -> None:
    answer = httpx2.get(served.page + "/instruments/a-c-d", trust_env=False)
    assert answer.status_code == 404
    assert "no instrument" in answer.json()["detail"]


def test_a_page_of_another_site_cannot_reach_the_node_by_its_own_name(served: Served) -> None:
    answer = httpx2.get(served.page + "/", headers={"Host": "evil.example"}, trust_env=False)
    assert answer.status_code == 400


def test_a_port_that_is_taken_is_one_clear_error(served: Served) -> None:
    with pytest.raises(NodeError, match="does another process listen"):
        run_node(served.homes["B"])
