"""The commands of a party's node."""

from __future__ import annotations

from cyclopts import App


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    del app
