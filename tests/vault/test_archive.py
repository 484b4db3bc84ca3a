"""The zip around a container: two stored members and nothing else, or it is no container."""

from __future__ import annotations

import struct
import warnings
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.errors import ContainerError
from servanda.vault import KasPublicKey, Policy, PrivateKey, Sealed, inspect, seal, unseal

END = struct.Struct("<4s4H2LH")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, service: PrivateKey) -> bytes:
    """The bytes of a container of two segments."""
    public = KasPublicKey("https://kas.example/", "kas-1", service.public_pem)
    path = tmp_path_factory.mktemp("whole") / "c"
    seal(BytesIO(b"x" * 70), path, Policy("object-1"), {"marking": "秘"}, (public,), 50)
    return path.read_bytes()


@pytest.fixture(scope="module")
def spot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place for one file after another."""
    return tmp_path_factory.mktemp("spot") / "c"


def test_a_container_cut_short_anywhere_is_refused(whole: bytes, spot: Path) -> None:
    for length in range(len(whole)):
        spot.write_bytes(whole[:length])
        with pytest.raises(ContainerError):
            inspect(spot)


def test_a_container_has_nothing_before_it_and_nothing_behind(whole: bytes, spot: Path) -> None:
    commented = whole[:-2] + b"\x05\0"
    for data in (
        b"#!/bin/sh\n" + whole,
        whole + b"\0",
        whole + b"x" * 100,
        whole + whole,
        commented,
        commented + b"hello",
    ):
        spot.write_bytes(data)
        with pytest.raises(ContainerError):
            inspect(spot)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_bytes_changed_put_in_or_taken_out_give_a_refusal_or_a_manifest(
    whole: bytes, spot: Path, data: st.DataObject
) -> None:
    changed = bytearray(whole)
    # the structures of the zip stand at both ends: half of the changes go there
    near_end = st.integers(max(0, len(whole) - 200), len(whole) - 1) | st.integers(0, 60)
    for _ in range(data.draw(st.integers(1, 4))):
        start = min(data.draw(st.integers(0, len(whole) - 1) | near_end), len(changed))
        changed[start : start + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    spot.write_bytes(changed)
    with suppress(ContainerError):
        inspect(spot)


def rezipped(path: Path, members: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the library warns of the doubles we mean
        with zipfile.ZipFile(path, "w", method) as archive:
            for name, data in members:
                archive.writestr(name, data)


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["0.payload"],
        ["0.manifest.json"],
        ["0.payload", "0.manifest.json", "extra"],
        ["0.payload", "0.manifest.json", "../../outside"],
        ["0.payload", "/0.manifest.json"],
        ["0.payload", "./0.manifest.json"],
        ["0.payload", "0.payload"],
        ["0.payload", "0.manifest.json", "0.manifest.json"],
        ["0.PAYLOAD", "0.manifest.json"],
        [f"{number}.payload" for number in range(200)],
    ],
)
def test_other_members_than_the_two_are_refused(sealed: Sealed, tmp_path: Path, names: list[str]) -> None:
    with zipfile.ZipFile(sealed.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rezipped(tmp_path / "c", [(name, parts.get(name, b"x")) for name in names])
    with pytest.raises(ContainerError, match="not a container"):
        inspect(tmp_path / "c")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_nothing_in_a_container_is_compressed_so_nothing_can_swell(spot: Path, method: int) -> None:
    rezipped(spot, [("0.payload", b""), ("0.manifest.json", bytes(50 << 20))], method)
    assert spot.stat().st_size < 1 << 20
    with pytest.raises(ContainerError, match="never compressed"):
        inspect(spot)


def test_a_manifest_longer_than_allowed_is_not_read(spot: Path) -> None:
    rezipped(spot, [("0.payload", b""), ("0.manifest.json", bytes((10 << 20) + 1))])
    damaged = bytearray(spot.read_bytes())
    damaged[5 << 20] ^= 1  # reading it would find this first
    spot.write_bytes(damaged)
    with pytest.raises(ContainerError, match="longer"):
        inspect(spot)


def test_a_directory_that_claims_to_be_long_is_not_read(whole: bytes, spot: Path) -> None:
    end = list(END.unpack(whole[-END.size :]))
    for place, value in ((5, 0xFFFFFFF0), (3, 65535), (4, 3)):
        changed = [*end[:place], value, *end[place + 1 :]]
        spot.write_bytes(whole[: -END.size] + END.pack(*changed))
        with pytest.raises(ContainerError):
            inspect(spot)


def test_a_zip_of_many_members_is_refused_by_its_count_alone(spot: Path) -> None:
    rezipped(spot, [(f"{number}", b"") for number in range(5000)])
    with pytest.raises(ContainerError, match="5000 lines"):
        inspect(spot)


@pytest.mark.parametrize("size", [0, 1, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF])
def test_a_member_that_claims_another_size_is_refused(whole: bytes, spot: Path, size: int) -> None:
    for member in (whole.index(b"PK\x01\x02"), whole.rindex(b"PK\x01\x02")):
        changed = bytearray(whole)
        struct.pack_into("<LL", changed, member + 20, size, size)
        spot.write_bytes(changed)
        with pytest.raises(ContainerError):
            inspect(spot)


def test_a_member_marked_as_encrypted_by_the_zip_is_refused(whole: bytes, spot: Path) -> None:
    changed = bytearray(whole)
    changed[whole.index(b"PK\x01\x02") + 8] |= 1
    spot.write_bytes(changed)
    with pytest.raises(ContainerError, match="encrypted"):
        inspect(spot)


@pytest.mark.parametrize(("offset", "value"), [(6, 0xFF), (8, 0x20), (8, 0x40)])
def test_a_member_that_needs_a_newer_or_stranger_zip_is_refused(
    whole: bytes, spot: Path, offset: int, value: int
) -> None:
    changed = bytearray(whole)
    changed[whole.index(b"PK\x01\x02") + offset] |= value
    spot.write_bytes(changed)
    with pytest.raises(ContainerError, match="not a container"):
        inspect(spot)


def test_sizes_of_eight_bytes_are_written_and_read_where_four_do_not_suffice(
    tmp_path: Path, service: PrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    public = KasPublicKey("https://kas.example/", "kas-1", service.public_pem)
    done = seal(BytesIO(b"x" * 500), tmp_path / "c", Policy("u"), {}, (public,), 200)
    data = done.path.read_bytes()
    assert b"PK\x06\x06" in data
    assert b"PK\x06\x07" in data
    key = service.unwrap(done.manifest.encryption_information.key_access[0].wrapped())
    assert inspect(done.path) == done.manifest
    assert unseal(done.path, key, tmp_path / "out") == {}
    assert (tmp_path / "out").read_bytes() == b"x" * 500
    place = data.rindex(b"PK\x06\x06")
    for offset, value in ((32, 1 << 40), (40, 1 << 40), (40, 1 << 63), (48, 1 << 63)):
        changed = bytearray(data)
        struct.pack_into("<Q", changed, place + offset, value)
        done.path.write_bytes(changed)
        with pytest.raises(ContainerError):
            inspect(done.path)


def test_the_payload_comes_first_and_neither_bears_a_time(whole: bytes) -> None:
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        found = archive.infolist()
    assert [one.filename for one in found] == ["0.payload", "0.manifest.json"]
    assert {one.date_time for one in found} == {(1980, 1, 1, 0, 0, 0)}


def test_what_is_gone_or_not_a_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ContainerError, match="is gone"):
        inspect(tmp_path / "nothing")
    with pytest.raises(ContainerError, match="cannot be read"):
        inspect(tmp_path)
