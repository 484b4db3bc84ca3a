"""The node's objects on disk, by the SHA-256 of their bytes; whole and durable, or not there.

Order of durable steps: the bytes go to a file in `incoming`; their length and digest are checked; the file is
flushed; it gets its name; the folders are flushed. A crash before the name leaves a file in `incoming`, which
the sweep at the next start removes; after it, the whole object.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from servanda.errors import FormatError, StorageError

_DIGEST = re.compile(r"[0-9a-f]{64}")
_INCOMING = "incoming"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_HINTS = {
    errno.EACCES: "check whose folder it is",
    errno.EPERM: "check whose folder it is",
    errno.EROFS: "the disk is read-only",
    errno.EIO: "check the disk",
    errno.EMFILE: "let the process open more files",
    errno.ENFILE: "let the machine open more files",
}


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
            raise FormatError(f"`{digest[:80]}` is not a digest", hint="write 64 digits of 0-9 and a-f")
        return self._folder / digest[:2] / digest

    def has(self, digest: str) -> bool:
        """Say whether an object is here.

        Raises:
            FormatError: not a digest.
            StorageError: the folder cannot be read.
        """
        with _said("an object cannot be looked for"):
            return self.path(digest).is_file()

    def take(self, digest: str, chunks: Iterator[bytes]) -> None:
        """Write an object; it appears only when whole, with this digest, and on the disk.

        What goes wrong in `chunks` is raised as it is.

        Raises:
            StorageError: too long, or the disk does not take it; nothing is left of it.
            FormatError: the bytes have another digest; nothing is left of them.
        """
        path = self.path(digest)
        temporary = self.temporary()
        found, size = hashlib.sha256(), 0
        try:
            with _opened(temporary) as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > self._most:
                        raise StorageError(
                            f"an object longer than the {self._most} bytes allowed",
                            hint="`most_object_bytes` of the configuration allows more",
                        )
                    found.update(chunk)
                    with _said("an object cannot be written"):
                        file.write(chunk)
                with _said("an object cannot be written"):
                    file.flush()
                    os.fsync(file.fileno())
            if found.hexdigest() != digest:
                raise FormatError(
                    f"the object is not {digest[:12]}..., but {found.hexdigest()[:12]}...",
                    hint="send it again; nothing was kept",
                )
            self._place(temporary, path)
        finally:
            _forget(temporary)

    def adopt(self, temporary: Path, digest: str) -> None:
        """Give a durable file of this folder its name.

        Raises:
            FormatError: not a digest.
            StorageError: the disk does not take it; nothing is left of the file.
        """
        try:
            self._place(temporary, self.path(digest))
        finally:
            _forget(temporary)

    def temporary(self) -> Path:
        """Return a fresh name for a file that is not yet an object.

        Raises:
            StorageError: the folder cannot be made.
        """
        folder = self._folder / _INCOMING
        self._make(folder)
        return folder / secrets.token_hex(16)

    def remove(self, digest: str) -> None:
        """Remove an object's bytes; without its key it could not be read anyway.

        Raises:
            FormatError: not a digest.
            StorageError: it cannot be removed.
        """
        path = self.path(digest)
        with _said("an object cannot be removed"):
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                flush_folder(path.parent)

    def sweep(self, known: set[str]) -> int:
        """Remove what a crash left: unfinished files, and objects that no record names; return how many.

        What is not ours, by its name, is let alone. The caller makes sure that nothing is coming in.

        Raises:
            StorageError: a file cannot be removed.
        """
        swept = 0
        with _said("what a crash left cannot be removed"):
            for path in sorted(self._folder.glob("*/*")):
                unfinished = path.parent.name == _INCOMING
                object_here = _DIGEST.fullmatch(path.name) and path.parent.name == path.name[:2]
                if (unfinished or (object_here and path.name not in known)) and not path.is_dir():
                    path.unlink(missing_ok=True)
                    swept += 1
        return swept

    def _make(self, folder: Path) -> None:
        with _said(f"the folder `{folder}` cannot be made"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)

    def _place(self, temporary: Path, path: Path) -> None:
        self._make(path.parent)
        with _said("an object cannot be written"):
            temporary.replace(path)
            for folder in (path.parent, self._folder, self._folder.parent):
                flush_folder(folder)


def flush_folder(folder: Path) -> None:
    """Put a folder's names on the disk: a file that got its name before is there after a crash.

    Raises:
        OSError: the disk does not take it.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Give a new file that only its owner reads; closing it is part of writing it."""
    with _said("an object cannot be written"):
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    try:
        yield file
    finally:
        with _said("an object cannot be written"):
            file.close()


def _forget(path: Path) -> None:
    with _said("an unfinished object cannot be removed"):
        path.unlink(missing_ok=True)


@contextmanager
def _said(doing: str) -> Iterator[None]:
    """Say in our words what the disk says in its own."""
    try:
        yield
    except OSError as wrong:
        hint = "make room" if wrong.errno in _FULL else _HINTS.get(wrong.errno or 0, "check the folder")
        raise StorageError(f"{doing}: {wrong.strerror or wrong}", hint=hint) from wrong
