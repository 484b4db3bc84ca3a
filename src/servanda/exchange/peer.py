"""A peer's node as this node reaches it, and its twin in memory (part of the product).

Nothing of a peer is trusted for the way it came: callers verify every signature.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from servanda.errors import StorageError
from servanda.exchange.receiver import Receiver

CHUNK = 1 << 20


class Peer(Protocol):
    """What one can ask of a peer."""

    def send_attachment(self, digest: str, path: Path) -> None:
        """Send a file, unless the peer has it."""

    def deliver(self, wire: bytes) -> bytes:
        """Deliver a signed envelope and return the signed receipt."""

    def ask_key(self, wire: bytes) -> bytes:
        """Ask for a key and return the signed answer."""

    def last_sequence(self, sender: str) -> int:
        """Return the number of the last envelope that the peer accepted from a sender."""

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the peer's register of `old` entries begins that of `new`."""

    def kept(self, party: str) -> list[str]:
        """Return the checkpoints of a party's register that the peer keeps."""

    def checkpoint(self) -> str:
        """Return the newest checkpoint of the peer's register."""


class MemoryPeer:
    """A peer in the same process: the same bytes, without a network."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def send_attachment(self, digest: str, path: Path) -> None:
        """Hand a file over, unless it is there."""
        if not self._receiver.has_attachment(digest):
            self._receiver.take_attachment(digest, read_chunks(path))

    def deliver(self, wire: bytes) -> bytes:
        """Hand a signed envelope over."""
        return self._receiver.accept(wire)

    def ask_key(self, wire: bytes) -> bytes:
        """Ask for a key."""
        return self._receiver.answer(wire)

    def last_sequence(self, sender: str) -> int:
        """Return the number of the last envelope accepted from a sender."""
        return self._receiver.last_sequence(sender)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the register of `old` entries begins that of `new`."""
        return self._receiver.consistency(old, new)

    def kept(self, party: str) -> list[str]:
        """Return the checkpoints of a party's register that are kept there."""
        return self._receiver.kept(party)

    def checkpoint(self) -> str:
        """Return the newest checkpoint."""
        return self._receiver.checkpoint()


def read_chunks(path: Path) -> Iterator[bytes]:
    """Read a file in pieces of a mebibyte, so that its size does not matter.

    Raises:
        StorageError: it is gone from the disk, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except FileNotFoundError as wrong:
        raise StorageError(f"the object `{path.name}` is gone from the disk") from wrong
    except OSError as wrong:
        raise StorageError(f"the object `{path.name}` cannot be read: {wrong}") from wrong
