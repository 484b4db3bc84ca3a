"""The node's objects on disk, by the SHA-256 of their bytes; whole and durable, or not there."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from servanda.errors import FormatError, StorageError

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Objects:
    """A folder of protected objects: `<first two digits>/<digest>`."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes

    def path(self, digest: str) -> Path:
        """Return where an object is, or would be.

        Raises:
            FormatError: not a SHA-256 in hexadecimal.
        """
        if not _DIGEST.fullmatch(digest):
            raise FormatError(f"`{digest[:80]}` is not a digest")
        return self._folder / digest[:2] / digest

    def has(self, digest: str) -> bool:
        """Say whether an object is here."""
        return self.path(digest).is_file()

    def take(self, digest: str, chunks: Iterator[bytes]) -> None:
        """Write an object; it appears only when whole, with this digest, and on the disk.

        Raises:
            StorageError: too long, or the disk is full.
            FormatError: the bytes have another digest.
        """
        path = self.path(digest)
        temporary = self.temporary()
        found, size = hashlib.sha256(), 0
        try:
            with temporary.open("xb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > self._most:
                        raise StorageError(f"an object longer than the {self._most} bytes allowed")
                    found.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            if found.hexdigest() != digest:
                raise FormatError(f"the object is not {digest[:12]}..., but {found.hexdigest()[:12]}...")
            self._place(temporary, path)
        except OSError as wrong:
            raise StorageError(f"an object cannot be written: {wrong}", hint="make room") from wrong
        finally:
            temporary.unlink(missing_ok=True)

    def adopt(self, temporary: Path, digest: str) -> None:
        """Give a durable file of this folder its name."""
        self._place(temporary, self.path(digest))

    def temporary(self) -> Path:
        """Return a fresh name for a file that is not yet an object."""
        folder = self._folder / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / secrets.token_hex(16)

    def remove(self, digest: str) -> None:
        """Remove an object's bytes; without its key it could not be read anyway."""
        self.path(digest).unlink(missing_ok=True)

    def sweep(self, known: set[str]) -> int:
        """Remove what a crash left: unfinished files, and objects that no record names."""
        swept = 0
        for path in self._folder.glob("*/*"):
            if path.parent.name == "incoming" or path.name not in known:
                path.unlink(missing_ok=True)
                swept += 1
        return swept

    def _place(self, temporary: Path, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(path)
        for folder in (path.parent, path.parent.parent):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
