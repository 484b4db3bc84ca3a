"""A name stands once in a JSON object: two readers that pick different ones would see two documents."""

from __future__ import annotations

import json

from servanda.errors import ContainerError


def refuse_twice(data: bytes, what: str) -> None:
    """Refuse JSON where a name stands twice in one object; nothing is kept of what is read.

    Raises:
        ContainerError: it does, or this is not JSON in UTF-8.
    """
    try:
        json.loads(data.decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError) as wrong:
        raise ContainerError(f"{what} is malformed: {wrong}") from wrong


def _once(pairs: list[tuple[str, object]]) -> None:
    names = set()
    for name, _ in pairs:
        if name in names:
            raise ValueError(f"`{ascii(name)[1:41]}` stands twice in one object")
        names.add(name)
