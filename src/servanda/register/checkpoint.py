"""Checkpoints (C2SP tlog-checkpoint): a register's origin, size and root, as a signed note.

::

    <origin>
    <size>
    <base64 root>
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from servanda.errors import FormatError
from servanda.register.hashing import HASH_BYTES
from servanda.register.note import Verifier, parse_note, verify_note

_TEXT = re.compile(r"([^\x00-\x1f\ud800-\udfff]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n")
MOST_ENTRIES = (1 << 63) - 1
"""A position is a BIGINT in the database."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a register was at a size; prints to the three lines above, without extensions.

    `root` has 32 bytes.
    """

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
    match = _TEXT.fullmatch(text)
    if match is None:
        raise FormatError("not a checkpoint: origin, size and root are needed, and nothing else")
    checkpoint = Checkpoint(match[1], int(match[2]), base64.b64decode(match[3], validate=True))
    # The last digit of base64 carries bits that nobody reads; only zeros there are the one form.
    if len(checkpoint.root) != HASH_BYTES or str(checkpoint) != text or checkpoint.size > MOST_ENTRIES:
        raise FormatError("not a checkpoint: it does not print as it was read")
    return checkpoint


def read_checkpoint(data: str, verifiers: tuple[Verifier, ...]) -> Checkpoint:
    """Read and verify a signed checkpoint; `verifiers` are keys of the register itself.

    One of them is enough, so a witness's key does not belong among them.

    Raises:
        FormatError: malformed.
        ProofError: no known key has signed it, or a signature fails.
    """
    note = parse_note(data)
    verify_note(note, verifiers)
    return parse_checkpoint(note.text)
