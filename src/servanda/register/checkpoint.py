"""Checkpoints (C2SP tlog-checkpoint): a register's origin, size and root, as a signed note.

::

    <origin>
    <size>
    <base64 root>
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from servanda.errors import FormatError
from servanda.register.hashing import HASH_BYTES
from servanda.register.note import Note, Verifier, parse_note, verify


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a register was at a size; prints to the three lines above, without extensions."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint; the inverse of printing one.

    Raises:
        FormatError: malformed, with leading zeros, or with extension lines.
    """
    lines = text.split("\n")
    try:
        origin, size, encoded, rest = lines
        root = base64.b64decode(encoded, validate=True)
        checkpoint = Checkpoint(origin, int(size), root)
    except (ValueError, binascii.Error) as wrong:
        raise FormatError("not a checkpoint: three lines are needed") from wrong
    if rest or not origin or len(root) != HASH_BYTES or str(checkpoint) != text:
        raise FormatError("not a checkpoint: it does not print as it was read")
    return checkpoint


def read_checkpoint(data: str, verifiers: tuple[Verifier, ...]) -> Checkpoint:
    """Read and verify a signed checkpoint.

    Raises:
        FormatError: malformed.
        ProofError: no known key has signed it, or a signature fails.
    """
    note: Note = parse_note(data)
    verify(note, verifiers)
    return parse_checkpoint(note.text)
