"""Protected objects: what goes in comes out, and anything altered on the way is refused whole."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.errors import ContainerError, KeyAccessError, RefusedError, VaultError
from servanda.vault import (
    KasPublicKey,
    Policy,
    PrivateKey,
    Sealed,
    inspect,
    parse_manifest,
    parse_policy,
    print_manifest,
    rewrap,
    seal,
    unseal,
    unwrap,
)
from vault.conftest import LABEL, SEGMENT

PERMIT = SimpleNamespace(outcome="permit", object_id="object-1", recipient="KR")


def public(service: PrivateKey) -> KasPublicKey:
    return KasPublicKey("https://kas.example/", "kas-1", service.public_pem)


def key_of(sealed: Path, service: PrivateKey) -> bytes:
    return service.unwrap(inspect(sealed).encryption_information.key_access[0].wrapped())


@pytest.mark.parametrize("size", [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 5 << 20])
def test_what_is_sealed_comes_out_with_its_label(tmp_path: Path, service: PrivateKey, size: int) -> None:
    data = bytes(size)
    segment = SEGMENT if size < 1000 else 1 << 20
    done = seal(BytesIO(data), tmp_path / "c", Policy("object-1"), LABEL, (public(service),), segment)
    assert (done.plain_size, done.plain_digest) == (size, hashlib.sha256(data).hexdigest())
    label = unseal(tmp_path / "c", key_of(tmp_path / "c", service), tmp_path / "out")
    assert label == LABEL
    assert (tmp_path / "out").read_bytes() == data


def by_the_specification(path: Path, key: rsa.RSAPrivateKey) -> bytes:
    """Open a container straight from the OpenTDF specification, with nothing of ours."""
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("0.manifest.json"))
        payload = archive.read("0.payload")
    encryption = manifest["encryptionInformation"]
    (access,) = encryption["keyAccess"]
    oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)  # noqa: S303 - the format
    share = key.decrypt(base64.b64decode(access["wrappedKey"]), oaep)
    bound = hmac.new(share, encryption["policy"].encode(), hashlib.sha256).hexdigest().encode()
    assert base64.b64decode(access["policyBinding"]["hash"]) == bound
    integrity = encryption["integrityInformation"]
    tags, plain, place = b"", b"", 0
    for segment in integrity["segments"]:
        size = segment.get("encryptedSegmentSize", integrity["encryptedSegmentSizeDefault"])
        piece, place = payload[place : place + size], place + size
        assert base64.b64decode(segment["hash"]) == piece[-16:]
        tags += piece[-16:]
        plain += AESGCM(share).decrypt(piece[:12], piece[12:], None)
    root = hmac.new(share, tags, hashlib.sha256).digest()
    assert base64.b64decode(integrity["rootSignature"]["sig"]) == root
    assert place == len(payload)
    return plain


def test_an_independent_reader_opens_our_container(
    sealed: Sealed, service: PrivateKey, tmp_path: Path
) -> None:
    service.save(tmp_path / "kas.key")
    key = serialization.load_pem_private_key((tmp_path / "kas.key").read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    assert by_the_specification(sealed.path, key) == bytes(number % 251 for number in range(250))


def test_a_key_is_given_for_the_session_that_asked_and_no_other(
    sealed: Sealed, service: PrivateKey, session: PrivateKey
) -> None:
    encryption = inspect(sealed.path).encryption_information
    wrapped = rewrap(service, encryption.key_access[0], encryption.policy, session.public_pem, PERMIT, "KR")
    assert unwrap(session, wrapped) == key_of(sealed.path, service)
    with pytest.raises(KeyAccessError):
        unwrap(service, wrapped)


@pytest.mark.parametrize(
    ("permit", "asker"),
    [
        ({"outcome": "deny"}, "KR"),
        ({"outcome": "undetermined"}, "KR"),
        ({"outcome": "Permit"}, "KR"),
        ({"object_id": "object-2"}, "KR"),
        ({"recipient": "US"}, "KR"),
        ({}, "US"),
    ],
)
def test_no_key_without_a_permit_for_this_object_and_this_asker(
    sealed: Sealed, service: PrivateKey, session: PrivateKey, permit: dict[str, str], asker: str
) -> None:
    encryption = inspect(sealed.path).encryption_information
    wrong = SimpleNamespace(**{**vars(PERMIT), **permit})
    with pytest.raises(RefusedError):
        rewrap(service, encryption.key_access[0], encryption.policy, session.public_pem, wrong, asker)


def test_no_key_for_another_policy_than_the_one_that_was_bound(
    sealed: Sealed, service: PrivateKey, session: PrivateKey
) -> None:
    access = inspect(sealed.path).encryption_information.key_access[0]
    other = Policy("object-1", dissem=("everybody",)).encoded()
    with pytest.raises(KeyAccessError, match="not bound"):
        rewrap(service, access, other, session.public_pem, PERMIT, "KR")


def rewritten(path: Path, change: Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]) -> Path:
    """Write the container again with its manifest and payload changed."""
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("0.manifest.json"))
        payload = archive.read("0.payload")
    manifest, payload = change(manifest, payload)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("0.payload", payload)
        archive.writestr("0.manifest.json", json.dumps(manifest))
    return path


def segments(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = manifest["encryptionInformation"]["integrityInformation"]["segments"]
    return found


FULL = SEGMENT + 28


def swapped(manifest: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    rows = segments(manifest)
    rows[0], rows[1] = rows[1], rows[0]
    return manifest, payload[FULL : 2 * FULL] + payload[:FULL] + payload[2 * FULL :]


def dropped(manifest: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    segments(manifest).pop()
    return manifest, payload[: 2 * FULL]


def doubled(manifest: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    segments(manifest).insert(0, segments(manifest)[0])
    return manifest, payload[:FULL] + payload


def lengthened(manifest: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    return manifest, payload + b"x"


def milder(manifest: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    manifest["assertions"][0]["statement"]["value"] = '{"marking":"open"}'
    return manifest, payload


def unlabelled(manifest: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    return {**manifest, "assertions": []}, payload


def negative(manifest: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    segments(manifest)[0]["encryptedSegmentSize"] = -1
    return manifest, payload


def huge(manifest: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    segments(manifest)[0]["encryptedSegmentSize"] = 1 << 60
    return manifest, payload


@pytest.mark.parametrize(
    "change", [swapped, dropped, doubled, lengthened, milder, unlabelled, negative, huge]
)
def test_whatever_is_changed_nothing_comes_out(
    sealed: Sealed,
    service: PrivateKey,
    tmp_path: Path,
    change: Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]],
) -> None:
    key = key_of(sealed.path, service)
    with pytest.raises(ContainerError):
        unseal(rewritten(sealed.path, change), key, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sealed"]


def test_a_label_cannot_move_to_another_container(
    sealed: Sealed, service: PrivateKey, tmp_path: Path
) -> None:
    other = seal(BytesIO(b"x"), tmp_path / "o", Policy("object-2"), {"marking": "open"}, (public(service),))
    with zipfile.ZipFile(other.path) as archive:
        assertions = json.loads(archive.read("0.manifest.json"))["assertions"]
    key = key_of(sealed.path, service)
    rewritten(sealed.path, lambda manifest, payload: ({**manifest, "assertions": assertions}, payload))
    with pytest.raises(ContainerError, match="not bound"):
        unseal(sealed.path, key, tmp_path / "out")


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_flipped_bit_of_a_container_is_refused_or_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, service: PrivateKey, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("flip")
    plain = bytes(range(250))
    done = seal(BytesIO(plain), folder / "c", Policy("object-1"), LABEL, (public(service),), SEGMENT)
    key = key_of(done.path, service)
    whole = bytearray(done.path.read_bytes())
    place = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[place // 8] ^= 1 << place % 8
    done.path.write_bytes(whole)
    try:
        label = unseal(done.path, key, folder / "out")
    except VaultError:
        assert not (folder / "out").exists()
        return
    assert ((folder / "out").read_bytes(), label) == (plain, LABEL)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_noise_is_no_container_no_manifest_and_no_policy(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes
) -> None:
    path = tmp_path_factory.mktemp("noise") / "c"
    path.write_bytes(noise)
    with pytest.raises(ContainerError):
        inspect(path)
    with pytest.raises(ContainerError):
        parse_manifest(noise)
    with pytest.raises(ContainerError):
        parse_policy(noise.decode("latin-1"))


def test_a_container_with_other_members_is_refused(sealed: Sealed) -> None:
    with zipfile.ZipFile(sealed.path, "a") as archive:
        archive.writestr("../../etc/passwd", "x")
    with pytest.raises(ContainerError, match="not a container"):
        inspect(sealed.path)


def test_manifests_and_policies_read_back_as_printed(sealed: Sealed) -> None:
    manifest = inspect(sealed.path)
    assert parse_manifest(print_manifest(manifest)) == manifest
    policy = Policy("u", ("https://a/attr/b/value/c",), ("KR",))
    assert parse_policy(policy.encoded()) == policy


def test_a_wrong_key_opens_nothing(sealed: Sealed, tmp_path: Path) -> None:
    with pytest.raises(ContainerError):
        unseal(sealed.path, bytes(32), tmp_path / "out")


def test_without_a_service_nothing_is_sealed(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="no key access service"):
        seal(BytesIO(b""), tmp_path / "c", Policy("u"), {}, ())
    assert list(tmp_path.iterdir()) == []


LARGE = """
import sys
from pathlib import Path
from servanda.vault import KasPublicKey, Policy, PrivateKey, inspect, seal, unseal
folder = Path(sys.argv[1])
key = PrivateKey.generate()
source = folder / "large"
with source.open("wb") as file:
    file.truncate(2 << 30)
with source.open("rb") as stream:
    done = seal(stream, folder / "c", Policy("u"), {}, (KasPublicKey("https://k/", "k", key.public_pem),))
share = key.unwrap(inspect(done.path).encryption_information.key_access[0].wrapped())
unseal(done.path, share, folder / "out")
assert (folder / "out").stat().st_size == 2 << 30
status = Path("/proc/self/status").read_text()
print(status.split("VmHWM:")[1].split()[0])
"""


@pytest.mark.slow
def test_two_gigabytes_pass_through_a_memory_of_a_few_segments(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LARGE, str(tmp_path)], check=True, capture_output=True, text=True
    )
    # Kilobytes; getrusage would count the memory of the process that started it.
    assert int(done.stdout) < 150 * 1024
    for path in tmp_path.iterdir():
        path.unlink()
