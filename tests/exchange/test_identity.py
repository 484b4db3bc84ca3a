"""A party's key: for its owner alone, whole or not there, and never shown."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import FormatError, NodeError
from servanda.exchange import Identity, PublicIdentity, parse_identity
from servanda.exchange.identity import write_secret

PEM, PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8


def test_a_key_never_shows_itself() -> None:
    key = Ed25519PrivateKey.generate()
    identity = Identity("JP", key)
    secret = key.private_bytes_raw()
    assert repr(identity) == str(identity) == "Identity(JP)"
    assert secret.hex() not in repr(identity.public)
    with pytest.raises(TypeError):
        pickle.dumps(identity)


def test_the_file_is_what_every_tool_reads(tmp_path: Path) -> None:
    identity = Identity.generate("JP")
    identity.save(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    read = serialization.load_pem_private_key((tmp_path / "key").read_bytes(), None)
    assert isinstance(read, Ed25519PrivateKey)
    assert read.public_key().public_bytes_raw() == identity.public.public
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    write_secret(tmp_path / "key", b"first")
    with pytest.raises(NodeError, match="cannot be written"):
        write_secret(tmp_path / "key", b"second")
    assert (tmp_path / "key").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
    with pytest.raises(NodeError, match="cannot be written"):
        write_secret(tmp_path / "none" / "key", b"third")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is shown by a device of Linux")
def test_on_a_full_disk_no_part_of_a_key_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servanda.exchange.identity.os.fsync", _full)
    with pytest.raises(NodeError, match="No space left"):
        write_secret(tmp_path / "key", b"first")
    assert list(tmp_path.iterdir()) == []


def _full(_handle: int) -> None:
    with Path("/dev/full").open("wb", buffering=0) as device:
        device.write(b"x")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"noise",
        ec.generate_private_key(ec.SECP256R1()).private_bytes(PEM, PKCS8, serialization.NoEncryption()),
        Ed25519PrivateKey.generate().private_bytes(
            PEM, PKCS8, serialization.BestAvailableEncryption(b"password")
        ),
    ],
    ids=["empty", "noise", "of another kind", "encrypted"],
)
def test_a_file_that_is_no_key_is_one_clear_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "key").write_bytes(data)
    with pytest.raises(NodeError, match="the identity `key`"):
        Identity.load("JP", tmp_path / "key")


@given(st.binary(min_size=32, max_size=32), st.from_regex(r"[^:]{1,9}", fullmatch=True))
def test_a_public_identity_reads_back_as_it_was_printed(public: bytes, party: str) -> None:
    identity = PublicIdentity(party, public)
    assert parse_identity(str(identity)) == identity


@pytest.mark.parametrize("text", ["JP", "JP:", ":" + "A" * 43 + "=", "JP:AAAA", "JP:" + "A" * 42 + "B="])
def test_only_one_text_is_a_public_identity(text: str) -> None:
    with pytest.raises(FormatError):
        parse_identity(text)
