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


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found; `problems` is empty where all is as it was signed.

    `size` counts the entries from 0 up to the first that is missing; `checkpoints` those looked at.
    Every entry before `proven` is as it was when a checkpoint that holds was signed.
    `first_altered` is the lowest position that a problem points at, None where none points at
    entries (a signature that fails, a node too many). Between `proven` and it, nothing is vouched for.
    """

    size: int
    root: bytes
    checkpoints: int
    problems: tuple[str, ...]
    proven: int = 0
    first_altered: int | None = None


@dataclass(frozen=True, slots=True)
class _Finding:
    """A problem, and the positions among which its cause lies, `start` to before `stop`."""

    problem: str
    start: int | None = None
    stop: int = 0


def audit(register: Register, verifiers: tuple[Verifier, ...], others: tuple[str, ...] = ()) -> Audit:
    """Recompute leaves, nodes and roots, and compare them with every checkpoint.

    `verifiers` are the keys of this register, its earlier ones too. `others` are checkpoints of it
    that the other side has kept: they show a rewriting that the owner of the register has made in
    its own database and signed anew. Without them an owner who also removes its own checkpoints is
    not found out.

    Reads every row once and holds 64 bytes for each entry.
    """
    levels, findings = _leaves(register)
    _grow(levels)
    findings += _nodes(register, levels)
    published = (*register.checkpoints(), *others)
    proven, wrong = _checkpoints(register.origin, levels, published, verifiers)
    findings += wrong
    size = len(levels[0]) // HASH_BYTES
    problems = tuple(one.problem for one in findings)
    return Audit(size, _root(levels, size), len(published), problems, proven, _first(findings))


def _leaves(register: Register) -> tuple[list[bytearray], list[_Finding]]:
    """Return level 0, recomputed from the entries, and what is wrong with them."""
    hashes = bytearray()
    findings: list[_Finding] = []
    for expected, (position, data, stored) in enumerate(register.leaves()):
        if position != expected:
            problem = f"entry {expected}: gone, the next is {position}"
            findings.append(_Finding(problem, expected, expected + 1))
            break
        found = leaf_hash(data)
        if found != stored:
            problem = f"entry {position}: altered, its bytes do not give its leaf hash"
            findings.append(_Finding(problem, position, position + 1))
        try:
            parse_entry(data)
        except FormatError as wrong:
            findings.append(_Finding(f"entry {position}: {wrong}", position, position + 1))
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


def _nodes(register: Register, levels: list[bytearray]) -> list[_Finding]:
    """Compare the stored nodes with the recomputed ones: altered, one too many, or missing."""
    findings: list[_Finding] = []
    # One byte for each node that must be there, so that what was not seen is known at the end.
    seen = [bytearray(len(hashes) // HASH_BYTES) for hashes in levels]
    for level, index, stored in register.nodes():
        if not (0 < level < len(levels) and 0 <= index < len(seen[level])):
            findings.append(_Finding(f"node {level}/{index}: there is no such node in this register"))
            continue
        seen[level][index] = 1
        if _at(levels, level, index) != stored:
            findings.append(_above(level, index, "altered"))
    for level, marks in enumerate(seen[1:], 1):
        findings += [_above(level, index, "gone") for index, mark in enumerate(marks) if not mark]
    return findings


def _above(level: int, index: int, what: str) -> _Finding:
    return _Finding(f"node {level}/{index}: {what}", index << level, (index + 1) << level)


def _checkpoints(
    origin: str, levels: list[bytearray], notes: Iterable[str], verifiers: tuple[Verifier, ...]
) -> tuple[int, list[_Finding]]:
    """Hold every checkpoint against the entries; return the largest size that holds, and the rest."""
    findings: list[_Finding] = []
    bad: list[Checkpoint] = []
    good = {0}
    size = len(levels[0]) // HASH_BYTES
    for note in notes:
        try:
            one = read_checkpoint(note, verifiers)
        except (FormatError, ProofError) as wrong:
            findings.append(_Finding(f"a checkpoint does not hold: {wrong}"))
            continue
        if one.origin != origin:
            findings.append(_Finding(f"a checkpoint is of another register, `{one.origin}`"))
        elif one.size > size:
            problem = f"checkpoint of {one.size}: entries from {size} on are gone"
            findings.append(_Finding(problem, size, one.size))
        elif _root(levels, one.size) == one.root:
            good.add(one.size)
        else:
            bad.append(one)
    for one in bad:
        # The change lies after the newest checkpoint that still holds below this one.
        since = max((held for held in good if held < one.size), default=0)
        problem = f"checkpoint of {one.size}: the entries no longer give its root: rewritten"
        findings.append(_Finding(problem, since, one.size))
    return max(good), findings


def _first(findings: Iterable[_Finding]) -> int | None:
    """Return the lowest start of a finding that holds no narrower one: the narrower is its cause."""
    spans = {(one.start, one.stop) for one in findings if one.start is not None}
    first, least_stop = None, None
    for start, stop in sorted(spans, key=lambda span: (-span[0], span[1])):
        if least_stop is None or stop < least_stop:
            first, least_stop = start, stop
    return first


def _at(levels: list[bytearray], level: int, index: int) -> bytes:
    return bytes(levels[level][index * HASH_BYTES : (index + 1) * HASH_BYTES])


def _root(levels: list[bytearray], size: int) -> bytes:
    return root(lambda level, index: _at(levels, level, index), size)
