"""Reading a catalogue from disk: the one that comes with Servanda, or a folder of one's own."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from servanda.errors import CatalogueError
from servanda.formats.catalogue import read_catalogue
from servanda.formats.toml import MOST_BYTES
from servanda.model.instrument import Registry


def load_catalogue(folder: Path | None = None) -> Registry:
    """Load a catalogue: `folder`, or the real agreements that come with Servanda.

    Raises:
        CatalogueError: there is no such folder, or its files have problems.
    """
    root: Traversable = folder if folder is not None else resources.files("servanda.catalogue")
    if not root.is_dir():
        raise CatalogueError(f"no folder `{folder}`", (), hint="name a folder of agreements")
    files: dict[str, bytes] = {}
    try:
        for inside in root.iterdir():
            if inside.is_dir() and not inside.name.startswith(("_", ".")):
                for file in inside.iterdir():
                    if file.name.endswith(".toml"):
                        files[f"{inside.name}/{file.name}"] = _read(file)
    except OSError as wrong:
        raise CatalogueError(f"`{folder}` cannot be read: {wrong}", ()) from wrong
    if not files:
        raise CatalogueError(
            f"`{folder}` holds no agreements",
            (),
            hint="it needs parties/*.toml and <id>/text-1.toml for each agreement",
        )
    return read_catalogue(files)


def _read(file: Traversable) -> bytes:
    """Read one byte more than is allowed, so that a longer file is refused and not cut."""
    with file.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)
