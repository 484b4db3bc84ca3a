"""A register in memory: the twin of the one in a database, for simulations and for what need not last."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.errors import RegisterError
from servanda.register.log import Node, Register


class MemoryLog(Register):
    """A register that lives as long as this value, which owns its rows; there is no transaction."""

    def __init__(self, origin: str) -> None:
        super().__init__(origin)
        self._leaves: list[tuple[bytes, bytes]] = []
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._checkpoints: dict[int, str] = {}

    def size(self) -> int:
        """Return the number of entries."""
        return len(self._leaves)

    def leaf(self, position: int) -> tuple[bytes, bytes]:
        """Return an entry's bytes and its stored leaf hash, or raise RegisterError."""
        if not 0 <= position < len(self._leaves):
            raise RegisterError(f"the register has no entry {position}")
        return self._leaves[position]

    def leaves(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield position, entry's bytes and stored leaf hash, in order."""
        have = len(self._leaves)
        for position in range(max(start, 0), have if stop is None else min(stop, have)):
            yield position, *self._leaves[position]

    def node(self, level: int, position: int) -> bytes:
        """Return the stored hash of a complete node, or raise RegisterError."""
        if level == 0:
            return self.leaf(position)[1]
        found = self._nodes.get((level, position))
        if found is None:
            raise RegisterError(f"node {level}/{position} of the register is gone")
        return found

    def nodes(self) -> Iterator[Node]:
        """Yield every stored node above the leaves, by level and position."""
        for (level, position), found in sorted(self._nodes.items()):
            yield level, position, found

    def checkpoints(self) -> Iterator[str]:
        """Yield every published checkpoint, smallest first."""
        for size in sorted(self._checkpoints):
            yield self._checkpoints[size]

    def latest(self) -> str | None:
        """Return the checkpoint that was published last."""
        return self._checkpoints[max(self._checkpoints)] if self._checkpoints else None

    def _claim(self) -> None:
        """Nobody else writes here: one value has one owner."""

    def _keep_leaf(self, position: int, data: bytes, leaf: bytes, nodes: list[Node]) -> None:
        if any((level, index) in self._nodes for level, index, _ in nodes):
            raise RegisterError(f"position {position} of the register is taken")
        self._leaves.append((data, leaf))
        self._nodes.update({(level, index): found for level, index, found in nodes})

    def _keep_checkpoint(self, size: int, note: str) -> None:
        self._checkpoints[size] = note
