"""A bell in a node's home: whoever records something rings it, and who waits for that wakes up.

It is a named pipe, so that a command in a process of its own wakes the process that serves. It carries
nothing and keeps nothing: nobody who does not listen misses anything that is not in the tables.
"""

from __future__ import annotations

import contextlib
import os
import select
import stat
from pathlib import Path

from servanda.errors import StorageError

NAME = "bell"


def ring(home: Path) -> None:
    """Wake whoever waits; where nobody does, nothing happens."""
    with contextlib.suppress(OSError):
        pipe = os.open(home / NAME, os.O_WRONLY | os.O_NONBLOCK)
        try:
            if stat.S_ISFIFO(os.fstat(pipe).st_mode):
                os.write(pipe, b"\a")
        finally:
            os.close(pipe)


class Bell:
    """The bell of a home, listened to until `close`."""

    def __init__(self, home: Path) -> None:
        path = home / NAME
        try:
            with contextlib.suppress(FileExistsError):
                os.mkfifo(path, 0o600)
            # Open at both ends: with nobody at the other end a pipe would say that it is over.
            self._pipe = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        except OSError as wrong:
            raise StorageError(f"the bell `{path}` cannot be made: {wrong.strerror}") from wrong
        if not stat.S_ISFIFO(os.fstat(self._pipe).st_mode):
            os.close(self._pipe)
            raise StorageError(f"`{path}` is no bell", hint="remove the file; the node makes its own")
        self._ended, self._end = os.pipe()

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until it rings or ends; say whether it did."""
        ready, _, _ = select.select([self._pipe, self._ended], [], [], seconds)
        if self._pipe not in ready:
            return bool(ready)
        with contextlib.suppress(BlockingIOError):
            while os.read(self._pipe, 4096):
                pass
        return True

    def end(self) -> None:
        """Let whoever waits go on, now and from now on."""
        os.write(self._end, b"\a")

    def close(self) -> None:
        """Listen no more."""
        for one in (self._pipe, self._ended, self._end):
            os.close(one)
