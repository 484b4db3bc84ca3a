"""Fixtures of the whole suite."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import postgres

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
