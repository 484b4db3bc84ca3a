"""The words of the model as plain JSON values and back, and the hashes that identify them."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from servanda.errors import FormatError
from servanda.formats.canonical import canonical, digest, parse_canonical
from servanda.formats.when import parse_duration, parse_instant, parse_when
from servanda.model.act import Act
from servanda.model.clauses import PROVENANCE
from servanda.model.text import Text
from servanda.model.when import Duration, Instant, When

T = TypeVar("T")

_TEXT_PROVENANCE = frozenset({"source", "confirmed", "note", "unread"})


def to_builtins(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value of the model as dicts, lists, text and integers."""
    return msgspec.to_builtins(value, enc_hook=_print)


def _print(value: object) -> str:
    if isinstance(value, When | Duration):
        return str(value)
    raise NotImplementedError(type(value).__name__)


def read_hook(kind: type, value: object) -> object:
    """Read the times and durations of the model from text, for msgspec."""
    if not isinstance(value, str):
        raise ValueError("expected text")  # noqa: TRY004 - msgspec turns ValueError into its own
    try:
        if kind is Duration:
            return parse_duration(value)
        if kind is Instant:
            return parse_instant(value)
        if kind is When:
            return parse_when(value)
    except FormatError as wrong:
        raise ValueError(str(wrong)) from wrong
    raise NotImplementedError(kind.__name__)


def from_builtins(kind: type[T], value: object) -> T:
    """Return the model's value that plain JSON says, strictly; the inverse of `to_builtins`.

    Raises:
        FormatError: an unknown or missing field, or a wrong word.
    """
    try:
        return msgspec.convert(value, kind, dec_hook=read_hook, strict=True)
    except msgspec.ValidationError as wrong:
        raise FormatError(str(wrong)) from wrong


def text_bytes(text: Text) -> bytes:
    """Return the canonical bytes of what was signed: the text without our remarks on it."""
    plain = to_builtins(text)
    for field in _TEXT_PROVENANCE:
        plain.pop(field, None)
    for clause in plain.get("clause", {}).values():
        for field in PROVENANCE:
            clause.pop(field, None)
    return canonical(plain)


def text_digest(text: Text) -> str:
    """Return the hash that identifies a text; remarks of ours do not change it."""
    return digest(text_bytes(text))


def act_bytes(act: Act) -> bytes:
    """Return the canonical bytes of an act, the form in which it travels and is kept."""
    return canonical(to_builtins(act))


def act_from_bytes(data: bytes) -> Act:
    """Read an act from its canonical bytes; the inverse of `act_bytes`.

    Raises:
        FormatError: not canonical, or not an act.
    """
    return from_builtins(Act, parse_canonical(data))  # type: ignore[arg-type]  # a union of types
