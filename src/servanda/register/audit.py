"""The audit of a register: everything recomputed from its entries, and held against its checkpoints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from servanda.errors import FormatError, ProofError
from servanda.register.checkpoint import Checkpoint, read_checkpoint
from servanda.register.entry import parse_entry
from servanda.register.hashing import HASH_BYTES, leaf_hash, node_hash
from servanda.register.log import Register
from servanda.register.note import Verifier
from servanda.register.tree import root

Finding = tuple[int | None, str]
"""The position from which something is wrong, where one can be told, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found; `problems` is empty where all is as it was signed.

    `size` counts the entries from 0 up to the first that is missing; `first_altered` is the lowest
    position that a problem reaches, None without problems or where only a signature fails.
    """

    size: int
    root: bytes
    checkpoints: int
    problems: tuple[str, ...]
    first_altered: int | None = None


def audit(register: Register, verifiers: tuple[Verifier, ...], others: tuple[str, ...] = ()) -> Audit:
    """Recompute leaves, nodes and roots, and compare them with every checkpoint.

    `others` are checkpoints of this register that the other side has kept: they show a rewriting
    that the owner of the register has made in its own database and signed anew. Without them an
    owner who also removes its own checkpoints is not found out.

    Reads every row once and holds 64 bytes for each entry.
    """
    levels, findings = _leaves(register)
    _grow(levels)
    findings += _nodes(register, levels)
    published = (*register.checkpoints(), *others)
    findings += _checkpoints(register.origin, levels, published, verifiers)
    size = len(levels[0]) // HASH_BYTES
    positions = [position for position, _ in findings if position is not None]
    return Audit(
        size,
        _root(levels, size),
        len(published),
        tuple(problem for _, problem in findings),
        min(positions, default=None),
    )


def _leaves(register: Register) -> tuple[list[bytearray], list[Finding]]:
    """Return level 0, recomputed from the entries, and what is wrong with them."""
    hashes = bytearray()
    findings: list[Finding] = []
    for expected, (position, data, stored) in enumerate(register.leaves()):
        if position != expected:
            findings.append((expected, f"entry {expected}: gone, the next is {position}"))
            break
        found = leaf_hash(data)
        if found != stored:
            findings.append((position, f"entry {position}: altered, its bytes do not give its leaf hash"))
        try:
            parse_entry(data)
        except FormatError as wrong:
            findings.append((position, f"entry {position}: {wrong}"))
        hashes += found
    return [hashes], findings


def _grow(levels: list[bytearray]) -> None:
    """Add the levels above the leaves, as far as nodes are complete."""
    while (width := len(levels[-1]) // HASH_BYTES) > 1:
        below = bytes(levels[-1])
        levels.append(bytearray())
        for at in range(0, width // 2 * 2 * HASH_BYTES, 2 * HASH_BYTES):
            middle, end = at + HASH_BYTES, at + 2 * HASH_BYTES
            levels[-1] += node_hash(below[at:middle], below[middle:end])


def _nodes(register: Register, levels: list[bytearray]) -> list[Finding]:
    """Compare the stored nodes with the recomputed ones: altered, one too many, or missing."""
    findings: list[Finding] = []
    missing = {
        (level, index)
        for level, hashes in enumerate(levels[1:], 1)
        for index in range(len(hashes) // HASH_BYTES)
    }
    for level, index, stored in register.nodes():
        if (level, index) not in missing:
            findings.append((None, f"node {level}/{index}: there is no such node in this register"))
            continue
        missing.discard((level, index))
        if _at(levels, level, index) != stored:
            findings.append((index << level, f"node {level}/{index}: altered"))
    findings += [(index << level, f"node {level}/{index}: gone") for level, index in sorted(missing)]
    return findings


def _checkpoints(
    origin: str, levels: list[bytearray], notes: Iterable[str], verifiers: tuple[Verifier, ...]
) -> list[Finding]:
    """Hold every checkpoint against the entries; between a good one and a bad one lies the change."""
    findings: list[Finding] = []
    good, bad, size = 0, [], len(levels[0]) // HASH_BYTES
    for note in notes:
        try:
            one = read_checkpoint(note, verifiers)
        except (FormatError, ProofError) as wrong:
            findings.append((None, f"a checkpoint does not hold: {wrong}"))
            continue
        if one.origin != origin:
            findings.append((None, f"a checkpoint is of another register, `{one.origin}`"))
        elif one.size > size:
            findings.append((size, f"checkpoint of {one.size}: entries from {size} on are gone"))
        elif _root(levels, one.size) == one.root:
            good = max(good, one.size)
        else:
            bad.append(one)
    return findings + [_rewritten(one, good) for one in bad]


def _rewritten(one: Checkpoint, good: int) -> Finding:
    since = good if good < one.size else 0
    return since, f"checkpoint of {one.size}: the entries no longer give its root: rewritten"


def _at(levels: list[bytearray], level: int, index: int) -> bytes:
    return bytes(levels[level][index * HASH_BYTES : (index + 1) * HASH_BYTES])


def _root(levels: list[bytearray], size: int) -> bytes:
    return root(lambda level, index: _at(levels, level, index), size)
