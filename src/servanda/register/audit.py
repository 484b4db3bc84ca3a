"""The audit of a register: everything recomputed from its entries, and held against its checkpoints."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.errors import FormatError, ProofError, RegisterError
from servanda.register.checkpoint import read_checkpoint
from servanda.register.entry import parse_entry
from servanda.register.hashing import completed_by, leaf_hash, node_hash, root
from servanda.register.note import Verifier
from servanda.register.store import Register


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found; `problems` is empty where all is as it was signed."""

    size: int
    root: bytes
    checkpoints: int
    problems: tuple[str, ...]


def audit(register: Register, verifiers: tuple[Verifier, ...], others: tuple[str, ...] = ()) -> Audit:
    """Recompute leaves, nodes and roots, and compare them with every checkpoint.

    `others` are checkpoints of this register that the other side has kept: they show a rewriting
    that the owner of the register has made in its own database and signed anew.
    """
    problems: list[str] = []
    nodes: dict[tuple[int, int], bytes] = {}
    size = register.size()
    for position in range(size):
        try:
            data, stored = register.leaf(position)
            parse_entry(data)
        except (RegisterError, FormatError) as wrong:
            problems.append(f"entry {position}: {wrong}")
            data, stored = b"", b""
        found = leaf_hash(data)
        if found != stored:
            problems.append(f"entry {position}: altered, its bytes do not give its leaf hash")
        nodes[0, position] = found
        for level, index in completed_by(position):
            found = node_hash(nodes[level - 1, index * 2], found)
            nodes[level, index] = found
            problems += _node(register, level, index, found)
    published = (*register.checkpoints(), *others)
    for note in published:
        problems += _checkpoint(note, register.origin, verifiers, nodes, size)
    whole = root(lambda level, position: nodes[level, position], size)
    return Audit(size, whole, len(published), tuple(problems))


def _node(register: Register, level: int, index: int, found: bytes) -> list[str]:
    try:
        stored = register.node(level, index)
    except RegisterError as wrong:
        return [str(wrong)]
    return [] if stored == found else [f"node {level}/{index}: altered"]


def _checkpoint(
    note: str,
    origin: str,
    verifiers: tuple[Verifier, ...],
    nodes: dict[tuple[int, int], bytes],
    size: int,
) -> list[str]:
    try:
        one = read_checkpoint(note, verifiers)
    except (FormatError, ProofError) as wrong:
        return [f"a checkpoint does not hold: {wrong}"]
    if one.origin != origin:
        return [f"a checkpoint is of another register, `{one.origin}`"]
    if one.size > size:
        return [f"checkpoint of {one.size}: entries from {size} on are gone"]
    if root(lambda level, position: nodes[level, position], one.size) != one.root:
        return [f"checkpoint of {one.size}: the entries no longer give its root: rewritten"]
    return []
