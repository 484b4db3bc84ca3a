"""The zip around a container: exactly two stored members, in a directory of bounded size.

Wire form: `0.payload`, then `0.manifest.json`, both stored (method 0), ZIP64 where a size needs it (PKWARE
APPNOTE 6.3). What a zip may hold besides (other members, compression, encryption, comments, bytes before it,
a directory of any length) is refused before it is read.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from servanda.errors import ContainerError

PAYLOAD = "0.payload"
MANIFEST = "0.manifest.json"
MOST_MANIFEST = 10 << 20
MOST_DIRECTORY = 4096
_ENCRYPTED = 0x1
_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")


@dataclass(frozen=True, slots=True)
class Archive:
    """An open container: its manifest as bytes, its payload to be read once, and the payload's size."""

    name: str
    manifest: bytes
    payload_size: int
    _payload: IO[bytes]

    def read(self, size: int) -> bytes:
        """Read the next bytes of the payload, fewer at its end.

        Raises:
            ContainerError: damaged.
        """
        with _damage(self.name):
            return self._payload.read(size)


def member(name: str) -> zipfile.ZipInfo:
    """Name a member without the machine's time in it."""
    return zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a container to be read.

    Raises:
        ContainerError: it is gone, cannot be read, or is not a zip as described above.
    """
    with _damage(path.name):
        file = path.open("rb")
    with file:
        with _damage(path.name):
            _check_directory(file)
            archive = zipfile.ZipFile(file)
        with archive:
            with _damage(path.name):
                sizes = _sizes(archive)
                manifest = archive.read(MANIFEST)
                payload = archive.open(PAYLOAD)
            with payload:
                yield Archive(path.name, manifest, sizes[PAYLOAD], payload)


def _check_directory(file: IO[bytes]) -> None:
    """Refuse a directory that is not of two members, before a line of it is read."""
    length = file.seek(0, 2)
    least = _END.size + _END64.size + _LOCATOR.size
    file.seek(max(0, length - least))
    tail = file.read(least)
    if len(tail) < _END.size:
        raise ContainerError("not a container: too short for a zip")
    mark, _, _, here, entries, size, _, comment = _END.unpack(tail[-_END.size :])
    if mark != b"PK\x05\x06" or comment:
        raise ContainerError("not a container: it does not end as a zip without a comment does")
    if len(tail) == least:
        end64, locator = _END64.unpack(tail[: _END64.size]), tail[_END64.size : -_END.size]
        if locator[:4] == b"PK\x06\x07" and end64[0] == b"PK\x06\x06":
            here, entries, size = end64[6:9]
    members = len((PAYLOAD, MANIFEST))
    if here != members or entries != members or size > MOST_DIRECTORY:
        raise ContainerError(f"not a container: its directory has {entries} lines and {size} bytes")
    file.seek(0)


def _sizes(archive: zipfile.ZipFile) -> dict[str, int]:
    """Return the sizes of the two members after checking that there are these and no others."""
    found = archive.infolist()
    names = sorted(one.filename for one in found)
    if names != [MANIFEST, PAYLOAD]:
        raise ContainerError(f"not a container: it holds {', '.join(names[:5])[:200] or 'nothing'}")
    if min(one.header_offset for one in found) != 0:
        raise ContainerError("not a container: something stands before it")
    for one in found:
        if one.compress_type != zipfile.ZIP_STORED or one.compress_size != one.file_size:
            raise ContainerError(f"`{one.filename}` of a container is stored, never compressed")
        if one.flag_bits & _ENCRYPTED:
            raise ContainerError(f"`{one.filename}` of a container is not encrypted by the zip")
    sizes = {one.filename: one.file_size for one in found}
    if sizes[MANIFEST] > MOST_MANIFEST:
        raise ContainerError(f"the manifest is longer than {MOST_MANIFEST} bytes")
    return sizes


@contextmanager
def _damage(name: str) -> Iterator[None]:
    """Say in our words what reading a damaged zip, or no zip, runs into."""
    try:
        yield
    except FileNotFoundError as wrong:
        raise ContainerError(f"the container `{name}` is gone") from wrong
    except OSError as wrong:
        raise ContainerError(f"`{name}` cannot be read: {wrong.strerror or wrong}") from wrong
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        ValueError,
        OverflowError,
        struct.error,
    ) as wrong:
        # the last two come from some versions of the library only
        raise ContainerError(f"`{name}` is not a container, or damaged: {wrong}") from wrong
