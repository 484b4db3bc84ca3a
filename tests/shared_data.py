"""Public lists and events that tests read and that the project does not ship.

They lie in the folder that `SERVANDA_DATA` names, or in `shared/data` beside the checkout; a test that needs
one is skipped, with this as the reason, where it is absent.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("SERVANDA_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def data(name: str) -> Path:
    """Return a file of the folder, as `meti/end_user_list.json`; skip the test where it is absent."""
    file = FOLDER / name
    if not file.exists():
        pytest.skip(f"public data `{name}` is not here: set SERVANDA_DATA to the folder that holds it")
    return file
