"""Fixtures of the whole suite."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import postgres
from node.federation import Federation, found

Databases = Callable[[str], str]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a private PostgreSQL server."""
    with postgres.server() as admin:
        yield admin


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Databases:
    """Return a function that makes an empty database, on each of the two kinds in turn."""
    if request.param == "sqlite":
        return lambda name: f"sqlite:///{tmp_path / name}.db"
    admin = request.getfixturevalue("postgresql")
    return lambda name: postgres.fresh_database(admin, f"{name}_{uuid.uuid4().hex[:8]}")


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
