"""Segments: the containers of other clients open in every form they write, and no segment out of place."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

import pytest

from servanda.errors import ContainerError, KeyAccessError, VaultError
from servanda.vault import (
    KasPublicKey,
    Policy,
    PrivateKey,
    Sealed,
    inspect,
    open_payload,
    parse_policy,
    rewrap,
    seal,
    unseal,
    unwrap,
)
from servanda.vault import container as container_module
from servanda.vault.archive import Archive
from servanda.vault.segments import decrypted, encrypt_segment, integrity_of
from vault import foreign

PIECES = [b"a" * 50, b"b" * 50, b"c" * 7]


@pytest.mark.parametrize("form", ["raw", "hex"])
@pytest.mark.parametrize("algorithm", ["GMAC", "HS256"])
@pytest.mark.parametrize("pieces", [PIECES, [b""], []])
def test_a_foreign_container_opens_in_every_form_of_its_digests(
    tmp_path: Path, service: PrivateKey, session: PrivateKey, pieces: list[bytes], algorithm: str, form: str
) -> None:
    foreign.write(tmp_path / "c", pieces, service.public_pem, algorithm=algorithm, form=form)
    encryption = inspect(tmp_path / "c").encryption_information
    permit = SimpleNamespace(outcome="permit", object_id=parse_policy(encryption.policy).uuid, recipient="KR")
    answer = rewrap(service, encryption.key_access[0], encryption.policy, session.public_pem, permit, "KR")
    open_payload(tmp_path / "c", unwrap(session, answer), tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"".join(pieces)


def test_a_container_without_our_label_is_not_unsealed_as_one_of_ours(
    tmp_path: Path, service: PrivateKey
) -> None:
    foreign.write(tmp_path / "c", PIECES, service.public_pem)
    with pytest.raises(ContainerError, match="no label"):
        unseal(tmp_path / "c", foreign.KEY, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def reordered(rows: list[dict[str, Any]], payload: bytes) -> bytes:
    rows[0], rows[1] = rows[1], rows[0]
    return payload[78:156] + payload[:78] + payload[156:]


def removed(rows: list[dict[str, Any]], payload: bytes) -> bytes:
    del rows[1]
    return payload[:78] + payload[156:]


def repeated(rows: list[dict[str, Any]], payload: bytes) -> bytes:
    rows.insert(1, rows[0])
    return payload[:78] + payload


def none_left(rows: list[dict[str, Any]], payload: bytes) -> bytes:
    rows.clear()
    return payload[:0]


def only_in_the_payload(rows: list[dict[str, Any]], payload: bytes) -> bytes:
    assert rows
    return payload[78:156] + payload[:78] + payload[156:]


def merged_hashes(rows: list[dict[str, Any]], payload: bytes) -> bytes:
    joined = foreign.base64.b64decode(rows[0]["hash"]) + foreign.base64.b64decode(rows[1]["hash"])
    rows[0:2] = [{"hash": foreign.b64(joined), "segmentSize": 128, "encryptedSegmentSize": 156}]
    return payload


@pytest.mark.parametrize(
    "change", [reordered, removed, repeated, none_left, only_in_the_payload, merged_hashes]
)
@pytest.mark.parametrize("algorithm", ["GMAC", "HS256"])
def test_segments_out_of_place_are_refused_and_nothing_is_left(
    tmp_path: Path,
    service: PrivateKey,
    change: Callable[[list[dict[str, Any]], bytes], bytes],
    algorithm: str,
) -> None:
    manifest = foreign.write(tmp_path / "c", PIECES, service.public_pem, algorithm=algorithm)
    with zipfile.ZipFile(tmp_path / "c") as archive:
        payload = archive.read("0.payload")
    payload = change(manifest["encryptionInformation"]["integrityInformation"]["segments"], payload)
    with zipfile.ZipFile(tmp_path / "c", "w") as archive:
        archive.writestr("0.payload", payload)
        archive.writestr("0.manifest.json", json.dumps(manifest))
    with pytest.raises(ContainerError):
        open_payload(tmp_path / "c", foreign.KEY, tmp_path / "out")
    assert [one.name for one in tmp_path.iterdir()] == ["c"]


def test_an_early_segment_that_is_sound_is_not_left_when_a_later_one_is_not(
    sealed: Sealed, service: PrivateKey, tmp_path: Path
) -> None:
    data = bytearray(sealed.path.read_bytes())
    with zipfile.ZipFile(sealed.path) as archive:
        payload = archive.read("0.payload")
    place = data.index(payload) + len(payload) - 20
    data[place] ^= 1
    sealed.path.write_bytes(data)
    key = service.unwrap(sealed.manifest.encryption_information.key_access[0].wrapped())
    (tmp_path / "out").write_bytes(b"an earlier one")
    with pytest.raises(ContainerError, match=r"segment 2|CRC"):
        unseal(sealed.path, key, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"an earlier one"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out", "sealed"]


def test_bytes_left_over_behind_the_last_segment_are_refused() -> None:
    data, segment = encrypt_segment(b"all", foreign.KEY)
    integrity = integrity_of((segment,), 10, foreign.KEY)
    longer = Archive("c", b"", len(data) + 1, BytesIO(data + b"x"))
    with pytest.raises(ContainerError, match="longer than its segments"):
        list(decrypted(longer, integrity, foreign.KEY))
    assert list(decrypted(Archive("c", b"", len(data), BytesIO(data)), integrity, foreign.KEY)) == [b"all"]


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_what_is_not_a_payload_key_opens_nothing(sealed: Sealed, tmp_path: Path, length: int) -> None:
    with pytest.raises(KeyAccessError):
        unseal(sealed.path, bytes(length), tmp_path / "out")
    with pytest.raises(KeyAccessError):
        open_payload(sealed.path, bytes(length), tmp_path / "out")


@pytest.mark.parametrize("segment", [0, -1, (64 << 20) + 1])
def test_segments_of_impossible_length_are_not_begun(
    tmp_path: Path, service: PrivateKey, segment: int
) -> None:
    with pytest.raises(VaultError, match="segment"):
        sealing(BytesIO(b"some"), tmp_path, service, segment)
    assert list(tmp_path.iterdir()) == []


def sealing(source: BinaryIO, folder: Path, service: PrivateKey, segment: int) -> Sealed:
    public = KasPublicKey("https://kas.example/", "kas-1", service.public_pem)
    return seal(source, folder / "c", Policy("u"), {}, (public,), segment)


class Dribbling(BytesIO):
    """A pipe that gives a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        return super().read(min(size, 3))


def test_a_pipe_that_gives_little_at_a_time_still_makes_full_segments(
    tmp_path: Path, service: PrivateKey
) -> None:
    done = sealing(Dribbling(b"x" * 25), tmp_path, service, 10)
    rows = done.manifest.encryption_information.integrity_information.segments
    assert [one.segment_size for one in rows] == [10, 10, 5]


class Breaking(BytesIO):
    """A disk that fails in the middle."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 20:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_document_that_cannot_be_read_to_its_end_is_not_sealed(tmp_path: Path, service: PrivateKey) -> None:
    with pytest.raises(VaultError, match="cannot be read"):
        sealing(Breaking(b"x" * 100), tmp_path, service, 10)
    assert list(tmp_path.iterdir()) == []


def test_more_segments_than_a_manifest_holds_are_refused_with_what_to_do(
    tmp_path: Path, service: PrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container_module, "MOST_SEGMENTS", 3)
    assert sealing(BytesIO(b"x" * 30), tmp_path, service, 10).plain_size == 30
    (tmp_path / "c").unlink()
    with pytest.raises(VaultError, match="larger segments"):
        sealing(BytesIO(b"x" * 31), tmp_path, service, 10)
    assert list(tmp_path.iterdir()) == []


def test_no_initialisation_vector_is_used_twice(tmp_path: Path, service: PrivateKey) -> None:
    done = sealing(BytesIO(bytes(2000)), tmp_path, service, 1)
    with zipfile.ZipFile(done.path) as archive:
        payload = archive.read("0.payload")
    assert len({payload[place : place + 12] for place in range(0, len(payload), 29)}) == 2000
