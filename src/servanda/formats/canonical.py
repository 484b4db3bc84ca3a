"""Canonical JSON (RFC 8785): the one byte form of a value, for hashes and signatures."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import rfc8785

from servanda.errors import FormatError

MOST_BYTES = 1 << 20


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a JSON value without floating-point numbers.

    Raises:
        FormatError: the value holds a float, an integer beyond 2^53 or something that is not JSON.
    """
    try:
        _refuse_floats(value)
        return bytes(rfc8785.dumps(value))  # type: ignore[arg-type]  # checked by the call itself
    except (rfc8785.CanonicalizationError, ValueError, RecursionError) as wrong:
        raise FormatError(f"not canonical JSON: {wrong}") from wrong


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise FormatError(f"`{value}` is a floating-point number", hint="write an integer or text")
    if isinstance(value, dict):
        for one in value.values():
            _refuse_floats(one)
    elif isinstance(value, list | tuple):
        for one in value:
            _refuse_floats(one)


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def parse_canonical(data: bytes, most_bytes: int = MOST_BYTES) -> Any:  # noqa: ANN401 - any JSON
    """Read canonical JSON; what prints to other bytes than these is refused.

    Raises:
        FormatError: too long, not JSON, a name twice in an object, or not canonical.
    """
    if len(data) > most_bytes:
        raise FormatError(f"{len(data)} bytes are more than the {most_bytes} allowed")
    try:
        value = json.loads(data, object_pairs_hook=_once, parse_float=_no_float)
    except (ValueError, RecursionError) as wrong:
        raise FormatError(f"not JSON: {wrong}") from wrong
    if canonical(value) != data:
        raise FormatError("not in canonical form", hint="print it as RFC 8785 says")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise ValueError(f"`{twice[0]}` stands twice in one object")
    return found


def _no_float(text: str) -> float:
    raise ValueError(f"`{text}` is a floating-point number")
