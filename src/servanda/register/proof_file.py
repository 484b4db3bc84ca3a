"""Proof files (C2SP tlog-proof): the evidence, off line, that an entry stands in a register.

::

    c2sp.org/tlog-proof@v1
    extra <base64>                 may be absent; nothing authenticates it
    index <position>
    <base64 hash>                  none or more, the leaf's sibling first

    <the signed checkpoint, as it was published>
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from servanda.errors import FormatError, ProofError, RegisterError
from servanda.register.checkpoint import MOST_ENTRIES, Checkpoint, parse_checkpoint, read_checkpoint
from servanda.register.hashing import HASH_BYTES, leaf_hash
from servanda.register.log import Register
from servanda.register.note import MOST_BYTES, Verifier, parse_note
from servanda.register.verify import verify_inclusion

HEADER = "c2sp.org/tlog-proof@v1"
_MOST_HASHES = 63  # no register has more levels
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class ProofFile:
    """Where an entry stands, the path to the root, and the signed checkpoint; prints as above."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def __str__(self) -> str:
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {base64.b64encode(self.extra).decode()}")
        lines.append(f"index {self.index}")
        lines += [base64.b64encode(one).decode() for one in self.path]
        return "\n".join(lines) + "\n\n" + self.checkpoint


def parse_proof(text: str) -> ProofFile:
    """Read a proof file; the inverse of printing one. Nothing is verified.

    Raises:
        FormatError: malformed, or too long.
    """
    if len(text) > 2 * MOST_BYTES:
        raise FormatError("not a proof: too long")
    head, found, checkpoint = text.partition("\n\n")
    header, *lines = head.split("\n")
    if not found or header != HEADER or not lines:
        raise FormatError(f"not a proof: it does not begin with `{HEADER}` and an index")
    extra = _decode(lines.pop(0)[6:]) if lines[0].startswith("extra ") else None
    index = _INDEX.fullmatch(lines[0]) if lines else None
    if index is None or int(index[1]) > MOST_ENTRIES:
        raise FormatError("not a proof: the line `index` is missing or malformed")
    path = tuple(_decode(line) for line in lines[1:])
    if len(path) > _MOST_HASHES or any(len(one) != HASH_BYTES for one in path):
        raise FormatError("not a proof: its hashes are too many, or not of 32 bytes")
    parse_checkpoint(parse_note(checkpoint).text)
    proof = ProofFile(int(index[1]), path, checkpoint, extra)
    if str(proof) != text:
        raise FormatError("not a proof: it does not print as it was read")
    return proof


def _decode(line: str) -> bytes:
    try:
        return base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise FormatError(f"not a proof: `{line[:60]}` is not base64") from wrong


def prove(register: Register, position: int) -> ProofFile:
    """Return the proof of an entry under the newest checkpoint.

    Raises:
        RegisterError: there is no such entry, or no checkpoint covers it yet.
    """
    latest = register.latest()
    if latest is None:
        raise RegisterError("the register has no checkpoint yet", hint="publish one")
    try:
        size = parse_checkpoint(parse_note(latest).text).size
    except FormatError as wrong:
        raise RegisterError(f"the last checkpoint does not read: {wrong}") from wrong
    return ProofFile(position, tuple(register.inclusion(position, size)), latest)


def verify_proof(proof: ProofFile, entry: bytes, origin: str, verifiers: tuple[Verifier, ...]) -> Checkpoint:
    """Check, from these values alone, that an entry stands in the register `origin`.

    Returns the checkpoint that it stands under. `extra` plays no part: nobody signed it.

    Raises:
        FormatError: the checkpoint is malformed.
        ProofError: a signature, the origin or the path does not hold.
    """
    checkpoint = read_checkpoint(proof.checkpoint, verifiers)
    if checkpoint.origin != origin:
        raise ProofError(f"the proof is of another register, `{checkpoint.origin}`")
    verify_inclusion(leaf_hash(entry), proof.index, checkpoint.size, proof.path, checkpoint.root)
    return checkpoint
