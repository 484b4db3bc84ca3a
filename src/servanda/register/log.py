"""What every register can do, wherever it is kept: append, prove, publish.

A kind of register says how rows are kept; everything that hashes or signs is said here, once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from servanda.errors import FormatError, RegisterError
from servanda.register.checkpoint import Checkpoint, read_checkpoint
from servanda.register.entry import Entry, parse_entry
from servanda.register.hashing import leaf_hash, node_hash
from servanda.register.note import Verifier, sign, verifier_of
from servanda.register.tree import completed_by, consistency, inclusion, root

Node = tuple[int, int, bytes]
"""Level, position and hash of a complete node above the leaves."""


class Register(ABC):
    """An append-only log of entries; `origin` names it in its checkpoints."""

    def __init__(self, origin: str) -> None:
        self.origin = origin

    @abstractmethod
    def size(self) -> int:
        """Return the number of entries."""

    @abstractmethod
    def leaf(self, position: int) -> tuple[bytes, bytes]:
        """Return an entry's bytes and its stored leaf hash, or raise RegisterError."""

    @abstractmethod
    def leaves(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield position, entry's bytes and stored leaf hash, in order."""

    @abstractmethod
    def node(self, level: int, position: int) -> bytes:
        """Return the stored hash of a complete node, or raise RegisterError."""

    @abstractmethod
    def nodes(self) -> Iterator[Node]:
        """Yield every stored node above the leaves, by level and position."""

    @abstractmethod
    def checkpoints(self) -> Iterator[str]:
        """Yield every published checkpoint, smallest first."""

    @abstractmethod
    def latest(self) -> str | None:
        """Return the checkpoint that was published last."""

    @abstractmethod
    def _claim(self) -> None:
        """Keep other writers out until the caller's transaction ends."""

    @abstractmethod
    def _keep_leaf(self, position: int, data: bytes, leaf: bytes, nodes: list[Node]) -> None:
        """Keep one leaf and the nodes that it completes, all or nothing."""

    @abstractmethod
    def _keep_checkpoint(self, size: int, note: str) -> None:
        """Keep a signed checkpoint."""

    def append(self, entry: Entry) -> int:
        """Append an entry and return its position, counted from 0; O(log n) reads and writes.

        Raises:
            FormatError: the entry has no canonical form, or is too long.
            RegisterError: a node that is needed is gone, or there are nodes beyond the last entry.
        """
        data = bytes(entry)
        self._claim()
        position = self.size()
        leaf = found = leaf_hash(data)
        nodes: list[Node] = []
        for level, index in completed_by(position):
            found = node_hash(self.node(level - 1, index * 2), found)
            nodes.append((level, index, found))
        self._keep_leaf(position, data, leaf, nodes)
        return position

    def entry(self, position: int) -> Entry:
        """Return one entry, after a check against its stored leaf hash.

        Raises:
            RegisterError: there is no such entry, or it was altered.
        """
        data, leaf = self.leaf(position)
        return _read(position, data, leaf)

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, Entry]]:
        """Yield positions and entries in order, each checked as `entry` does."""
        for position, data, leaf in self.leaves(start, stop):
            yield position, _read(position, data, leaf)

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the first `size` entries, or of all.

        Raises:
            RegisterError: there are not so many, or a node is gone.
        """
        return root(self.node, self._within(size))

    def inclusion(self, position: int, size: int | None = None) -> list[bytes]:
        """Return the audit path of an entry, from the leaf up.

        Raises:
            RegisterError: the entry is not among the first `size`.
        """
        within = self._within(size)
        if not 0 <= position < within:
            raise RegisterError(f"entry {position} is not among the first {within}")
        return inclusion(self.node, position, within)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """Return the proof that the register of `old` entries is the beginning of that of `new`.

        Raises:
            RegisterError: there are not so many entries, or `old` is more than `new`.
        """
        within = self._within(new)
        if not 0 <= old <= within:
            raise RegisterError(f"{old} entries are not the beginning of {within}")
        return consistency(self.node, old, within)

    def publish(self, name: str, key: Ed25519PrivateKey, earlier: tuple[Verifier, ...] = ()) -> str:
        """Sign and keep a checkpoint of all entries; the same size gives the same note.

        Nothing smaller than what was signed, and nothing inconsistent with it, is ever signed.
        Hand the note out only after the transaction is committed: what was seen outside must
        still be here after a crash. `earlier` are the keys that signed before this one.

        Raises:
            RegisterError: the entries are not a continuation of the last checkpoint, or that
                checkpoint itself does not hold.
        """
        self._claim()
        size, whole, latest = self.size(), self.root(), self.latest()
        if latest is not None:
            last = self._last(latest, (verifier_of(name, key), *earlier))
            if last.size > size or self.root(last.size) != last.root:
                raise RegisterError(
                    f"the register no longer continues its own checkpoint of {last.size} entries",
                    hint="it was altered or restored from an old copy; restore the newest copy",
                )
            if last.size == size:
                return latest
        note = str(sign(str(Checkpoint(self.origin, size, whole)), name, key))
        self._keep_checkpoint(size, note)
        return note

    def _last(self, note: str, verifiers: tuple[Verifier, ...]) -> Checkpoint:
        try:
            last = read_checkpoint(note, verifiers)
        except FormatError as wrong:
            raise RegisterError(f"the last checkpoint does not read: {wrong}") from wrong
        if last.origin != self.origin:
            raise RegisterError(f"the last checkpoint is of another register, `{last.origin}`")
        return last

    def _within(self, size: int | None) -> int:
        have = self.size()
        if size is None:
            return have
        if not 0 <= size <= have:
            raise RegisterError(f"the register has {have} entries, not {size}")
        return size


def _read(position: int, data: bytes, leaf: bytes) -> Entry:
    if leaf_hash(data) != leaf:
        raise RegisterError(
            f"entry {position} was altered: its bytes do not give its leaf hash",
            hint="audit the register and compare with the other side's checkpoints",
        )
    try:
        return parse_entry(data)
    except FormatError as wrong:
        raise RegisterError(f"entry {position} does not read: {wrong}") from wrong
