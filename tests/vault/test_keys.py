"""Keys: they are kept to their owner, never show themselves, and none that is too weak is used."""

from __future__ import annotations

import copy
import logging
import os
import pickle
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.errors import KeyAccessError
from servanda.vault import KasPublicKey, PrivateKey
from servanda.vault.keys import wrap


def private_pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> str:
    found = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return found.decode()


def test_a_key_reads_back_as_saved_and_only_its_owner_may_read_it(
    tmp_path: Path, service: PrivateKey
) -> None:
    before = os.umask(0)
    try:
        service.save(tmp_path / "kas.key")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "kas.key").stat().st_mode) == 0o600
    again = PrivateKey.load(tmp_path / "kas.key")
    assert again.public_pem == service.public_pem
    assert again.unwrap(wrap(service.public_pem, b"share")) == b"share"


def test_a_key_is_of_3072_bits(service: PrivateKey) -> None:
    key = serialization.load_pem_public_key(service.public_pem.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 3072


def test_a_key_that_is_there_is_never_written_over(tmp_path: Path, service: PrivateKey) -> None:
    (tmp_path / "kas.key").write_bytes(b"older")
    with pytest.raises(KeyAccessError, match="cannot be written"):
        service.save(tmp_path / "kas.key")
    assert (tmp_path / "kas.key").read_bytes() == b"older"


def test_a_key_is_not_written_where_there_is_no_folder(tmp_path: Path, service: PrivateKey) -> None:
    with pytest.raises(KeyAccessError, match="cannot be written"):
        service.save(tmp_path / "no" / "kas.key")


def test_a_private_key_never_shows_itself(service: PrivateKey, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").warning("%s %r", service, service)
    shown = f"{service} {service!r} {[service]} {caplog.text}"
    assert "PrivateKey(...)" in shown
    assert "BEGIN" not in shown
    assert "object at" not in shown
    assert not hasattr(service, "__dict__")
    with pytest.raises(TypeError):
        pickle.dumps(service)
    assert repr(copy.copy(service)) == "PrivateKey(...)"


@pytest.mark.parametrize("content", [b"", b"x", b"-----BEGIN PRIVATE KEY-----\nAAAA\n", None])
def test_what_is_no_key_is_not_loaded(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "kas.key").write_bytes(content)
    with pytest.raises(KeyAccessError, match="cannot be read"):
        PrivateKey.load(tmp_path / "kas.key")


def test_a_key_cut_short_anywhere_is_not_loaded(tmp_path: Path, service: PrivateKey) -> None:
    service.save(tmp_path / "kas.key")
    whole = (tmp_path / "kas.key").read_bytes()
    for length in range(0, len(whole) - 2, 97):
        (tmp_path / "kas.key").write_bytes(whole[:length])
        with pytest.raises(KeyAccessError):
            PrivateKey.load(tmp_path / "kas.key")


@pytest.mark.parametrize("kind", ["weak", "elliptic", "edwards"])
def test_a_key_too_weak_or_of_another_kind_is_neither_loaded_nor_wrapped_for(
    tmp_path: Path, kind: str
) -> None:
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
    if kind == "weak":
        key = rsa.generate_private_key(65537, 1024)  # noqa: S505 - what must be refused
    elif kind == "elliptic":
        key = ec.generate_private_key(ec.SECP256R1())
    else:
        key = ed25519.Ed25519PrivateKey.generate()
    (tmp_path / "kas.key").write_bytes(private_pem(key))
    with pytest.raises(KeyAccessError, match="RSA"):
        PrivateKey.load(tmp_path / "kas.key")
    with pytest.raises(KeyAccessError, match="RSA"):
        KasPublicKey("https://kas.example/", "k", public_pem(key)).wrap(bytes(32))


@settings(max_examples=200, deadline=None)
@given(place=st.integers(0, 620), put=st.text(max_size=6), gone=st.integers(0, 6))
def test_a_public_key_with_anything_changed_is_a_key_or_is_refused(
    service: PrivateKey, place: int, put: str, gone: int
) -> None:
    pem = service.public_pem
    try:
        sealed = wrap(pem[:place] + put + pem[place + gone :], bytes(32))
    except KeyAccessError:
        return
    assert len(sealed) >= 256


@given(st.binary(max_size=500))
def test_bytes_that_were_not_wrapped_for_this_key_unwrap_to_nothing(
    service: PrivateKey, noise: bytes
) -> None:
    with pytest.raises(KeyAccessError):
        service.unwrap(noise)
