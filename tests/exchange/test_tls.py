"""Who gets through: TLS 1.3, a certificate of the pinned authority, and the name of the party asked for."""

from __future__ import annotations

import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.listener import Keys
from servanda.errors import NodeError
from servanda.exchange import client_context, make_authority, make_certificate, server_context
from servanda.exchange.tls import party_host


def handshake(client: ssl.SSLContext, server: ssl.SSLContext, expected: str) -> dict[str, object]:
    """Let two ends greet each other in memory; return the certificate that the server saw."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        client.wrap_bio(to_client, to_server, server_hostname=party_host(expected)),
        server.wrap_bio(to_server, to_client, server_side=True),
    ]
    for _ in range(4):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
    for end in ends:
        end.write(b"x")
        assert end.version() == "TLSv1.3"
    assert ends[0].read(1) == ends[1].read(1) == b"x"
    return dict(ends[1].getpeercert() or {})


def test_two_parties_of_the_authority_greet_each_other_and_the_server_knows_whom(keys: Keys) -> None:
    seen = handshake(keys.client("A"), keys.server("B"), "B")
    assert ("URI", "urn:servanda:party:A") in seen["subjectAltName"]  # type: ignore[operator]  # untyped
    assert seen["subject"] == ((("commonName", "A"),),)


def test_a_server_of_another_party_is_not_taken_for_the_one_asked_for(keys: Keys) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        handshake(keys.client("A"), keys.server("C"), "B")


@pytest.mark.parametrize("side", ["client", "server"])
def test_a_certificate_of_another_authority_is_refused_by_either_side(
    keys: Keys, tmp_path: Path, side: str
) -> None:
    other = Keys.make(tmp_path, "AB")
    stranger, pinned = tmp_path / side, keys.folder / "ca/ca.pem"
    make_certificate(other.folder / "ca", stranger, "A" if side == "client" else "B", keys.at)
    files = (stranger / "tls.pem", stranger / "tls.key", pinned)
    client = client_context(*files) if side == "client" else keys.client("A")
    server = server_context(*files) if side == "server" else keys.server("B")
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(client, server, "B")


@pytest.mark.parametrize(
    ("since", "why"),
    [(timedelta(days=-40), "expired"), (timedelta(days=30), "not yet valid")],
)
@pytest.mark.parametrize("side", ["client", "server"])
def test_a_certificate_outside_of_its_time_is_refused_by_either_side(
    keys: Keys, since: timedelta, why: str, side: str
) -> None:
    keys.issue("A" if side == "client" else "B", "untimely", since)
    client = keys.client("untimely" if side == "client" else "A")
    server = keys.server("untimely" if side == "server" else "B")
    (keys.folder / "untimely" / "tls.key").unlink()
    (keys.folder / "untimely" / "tls.pem").unlink()
    with pytest.raises(ssl.SSLCertVerificationError, match=why):
        handshake(client, server, "B")


def test_without_a_certificate_the_server_does_not_speak(keys: Keys) -> None:
    client = ssl.create_default_context(cafile=str(keys.folder / "ca/ca.pem"))
    with pytest.raises(ssl.SSLError, match=r"(?i)peer.did.not.return.a.certificate"):
        handshake(client, keys.server("B"), "B")


@pytest.mark.parametrize("old", ["client", "server"])
def test_tls_1_2_is_refused_by_either_side(keys: Keys, old: str) -> None:
    client, server = keys.client("A"), keys.server("B")
    assert client.minimum_version is server.minimum_version is ssl.TLSVersion.TLSv1_3
    weak = client if old == "client" else server
    weak.minimum_version = weak.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError, match=r"(?i)protocol"):
        handshake(client, server, "B")


def test_a_certificate_signs_no_other_certificate(keys: Keys, tmp_path: Path) -> None:
    (tmp_path / "false").mkdir()
    for mine, as_authority in (("tls.key", "ca.key"), ("tls.pem", "ca.pem")):
        (tmp_path / "false" / as_authority).write_bytes((keys.folder / "C" / mine).read_bytes())
    make_certificate(tmp_path / "false", tmp_path / "B", "B", keys.at)
    chain = tmp_path / "B" / "tls.pem"
    chain.write_bytes(chain.read_bytes() + (keys.folder / "C" / "tls.pem").read_bytes())
    server = server_context(chain, tmp_path / "B" / "tls.key", keys.folder / "ca/ca.pem")
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(keys.client("A"), server, "B")


def test_what_cannot_be_read_is_one_clear_error(keys: Keys, tmp_path: Path) -> None:
    noise = tmp_path / "noise"
    noise.write_bytes(b"noise")
    where = keys.folder / "A"
    for certificate, key, authority in (
        (tmp_path / "none", where / "tls.key", keys.folder / "ca/ca.pem"),
        (noise, where / "tls.key", keys.folder / "ca/ca.pem"),
        (where / "tls.pem", keys.folder / "B" / "tls.key", keys.folder / "ca/ca.pem"),
        (where / "tls.pem", where / "tls.key", noise),
    ):
        for context in (client_context, server_context):
            with pytest.raises(NodeError, match="cannot be used"):
                context(certificate, key, authority)


def test_the_keys_are_for_their_owner_and_an_authority_is_never_written_over(
    keys: Keys, tmp_path: Path
) -> None:
    for name in ("ca/ca.key", "ca/ca.pem", "A/tls.key", "A/tls.pem"):
        assert (keys.folder / name).stat().st_mode & 0o777 == 0o600
    make_authority(tmp_path, keys.at)
    before = (tmp_path / "ca.pem").read_bytes()
    with pytest.raises(NodeError, match="cannot be written"):
        make_authority(tmp_path, keys.at)
    assert (tmp_path / "ca.pem").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ca.key", "ca.pem"]


@pytest.mark.parametrize("noise", [b"", b"noise", b"-----BEGIN PRIVATE KEY-----\n"])
def test_an_authority_that_cannot_be_read_signs_nothing(tmp_path: Path, keys: Keys, noise: bytes) -> None:
    (tmp_path / "ca.key").write_bytes(noise)
    with pytest.raises(NodeError, match="cannot be read"):
        make_certificate(tmp_path, tmp_path / "A", "A", keys.at)
    assert not (tmp_path / "A").exists()


@pytest.mark.parametrize("party", ["", "A" * 65, "日" * 40])
def test_a_name_that_cannot_stand_in_a_certificate_is_refused(keys: Keys, tmp_path: Path, party: str) -> None:
    with pytest.raises(NodeError, match="cannot stand in a certificate"):
        make_certificate(keys.folder / "ca", tmp_path / "keys", party, keys.at)
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("party", ["JP-MOD", "jp", "日本", "St. Mary's", "A" * 64])
def test_any_other_name_greets_as_itself(keys: Keys, tmp_path: Path, party: str) -> None:
    make_certificate(keys.folder / "ca", tmp_path, party, keys.at)
    server = server_context(tmp_path / "tls.pem", tmp_path / "tls.key", keys.folder / "ca/ca.pem")
    handshake(keys.client("A"), server, party)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=2, unique=True))
def test_no_two_parties_have_one_name(parties: list[str]) -> None:
    one, other = map(party_host, parties)
    assert one.lower() != other.lower()
    assert all(0 < len(label) <= 63 for label in one.split("."))
