"""Files that appear under their name only when they are whole, verified and on the disk.

Order of durable steps: the bytes go to a file without a name, where the system has such files, else to one
with a hidden temporary name; they are flushed; the file gets its name; its folder is flushed. A crash before
the name leaves nothing (or a hidden `.part` file that nobody takes for the real one); after it, the whole.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from servanda.errors import VaultError

_NO_SUCH_FILES = {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT}
_HINTS = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room on the disk",
    errno.ENOENT: "make its folder first",
    errno.EACCES: "choose a folder that may be written",
}


@contextmanager
def appearing(destination: Path) -> Iterator[IO[bytes]]:
    """Give a file to write and read that gets its name when the block ends without an error.

    Only its owner may read it (mode 0600). What has that name already is replaced.

    Raises:
        VaultError: the file cannot be written; then nothing is left of it.
    """
    temporary = destination.with_name(f".{secrets.token_hex(8)}.part")
    try:
        folder = os.open(destination.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            handle, named = _open(temporary)
            with os.fdopen(handle, "w+b") as out:
                yield out
                out.flush()
                os.fsync(handle)
                if not named:
                    # a folder's handle makes this linkat(2), which alone follows the link in /proc
                    os.link(f"/proc/self/fd/{handle}", temporary.name, dst_dir_fd=folder)
            temporary.replace(destination)
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as wrong:
        raise VaultError(
            f"`{destination.name}` cannot be written: {wrong.strerror or wrong}",
            hint=_HINTS.get(wrong.errno or 0, ""),
        ) from wrong
    finally:
        if temporary.exists():
            temporary.unlink()


def _open(temporary: Path) -> tuple[int, bool]:
    """Open a new file, without a name if that can be; say whether it has one."""
    unnamed = getattr(os, "O_TMPFILE", None)
    if unnamed is not None and Path("/proc/self/fd").is_dir():
        try:
            return os.open(temporary.parent, os.O_RDWR | unnamed, 0o600), False
        except OSError as wrong:
            if wrong.errno not in _NO_SUCH_FILES:
                raise
    return os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), True
