"""A key access service, a session, and something sealed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from servanda.vault import KasPublicKey, Policy, PrivateKey, Sealed, seal

LABEL = {"marking": "極秘", "object_id": "object-1"}
SEGMENT = 100


@pytest.fixture(scope="session")
def service() -> PrivateKey:
    """A key access service's key; made once, for making one is slow."""
    return PrivateKey.generate()


@pytest.fixture(scope="session")
def session() -> PrivateKey:
    """A receiver's session key."""
    return PrivateKey.generate()


@pytest.fixture
def sealed(tmp_path: Path, service: PrivateKey) -> Sealed:
    """Two and a half segments, sealed."""
    public = KasPublicKey("https://kas.example/", "kas-1", service.public_pem)
    data = bytes(number % 251 for number in range(250))
    return seal(BytesIO(data), tmp_path / "sealed", Policy("object-1"), LABEL, (public,), SEGMENT)
