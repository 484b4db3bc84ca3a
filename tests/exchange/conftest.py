"""Fixtures of the room."""

from __future__ import annotations

import pytest

from exchange.listener import Keys


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Keys of A, B and C under one authority, made once."""
    return Keys.make(tmp_path_factory.mktemp("keys"), "ABC")
