"""The federation of A, B and C, on each kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from node.federation import Federation, found


@pytest.fixture
def federation(tmp_path: Path, databases: Callable[[str], str]) -> Iterator[Federation]:
    """Three nodes that know each other."""
    made = found(tmp_path / "federation", databases)
    yield made
    made.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Federation]:
    """Two nodes on SQLite, for what has nothing to do with the kind of database."""
    (tmp_path / "db").mkdir()
    made = found(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / 'db' / name}.db", "AB")
    yield made
    made.close()
