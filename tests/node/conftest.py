"""Fixtures of the node's ground."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def database_url(databases: Callable[[str], str]) -> str:
    """The URL of an empty database: SQLite, and PostgreSQL."""
    return databases("ground")
