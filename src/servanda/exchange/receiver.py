"""What a node offers its peers: bytes in, bytes out, whatever carries them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class Receiver(Protocol):
    """A node as its peers meet it; it verifies everything itself, whoever carried it."""

    def has_attachment(self, digest: str) -> bool:
        """Say whether a file is here already."""

    def take_attachment(self, digest: str, chunks: Iterator[bytes]) -> None:
        """Take a file in; only whole and with this digest does it stay."""

    def accept(self, wire: bytes) -> bytes:
        """Accept a signed envelope and return the signed receipt."""

    def answer(self, wire: bytes) -> bytes:
        """Answer a signed request for a key with a signed answer."""

    def last_sequence(self, sender: str) -> int:
        """Return the number of the last envelope accepted from a sender; 0 when none."""

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the register of `old` entries is the beginning of that of `new`."""

    def kept(self, party: str) -> list[str]:
        """Return the checkpoints of a party's register that are kept here."""

    def checkpoint(self) -> str:
        """Return the newest checkpoint of the register."""
