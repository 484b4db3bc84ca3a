"""The columns of a table of objects, and what is said when one of them is missing or of another type.

| column | type | what it holds |
|---|---|---|
| `object_id` | text | the object's own name |
| `holder` | text | who has it |
| `originators` | text, or list of text | whose it is |
| `marking` | text | a word of the first originator's policy |
| `topics` | list of text | what it is about; order does not matter |
| `given_for` | text, or list of text | the purposes it was given for; empty leaves them free |
| `caveats` | text, or list of structs | JSON as in an act, or `kind`, `parties`, `nationalities`, `until` |
| `purpose` | text, may be left out | what it is asked for |
| `form` | text, may be left out | `electronic` where it is left out |

Text may be dictionary-encoded; lists that are all empty need no type of element. A null is never taken for
an empty value: its row is a problem.
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
from pyarrow import types

from servanda.errors import FormatError

DEFAULTS = {"purpose": "", "form": "electronic"}
"""Columns that may be left out, and what every row then has."""

_HINT = "the columns of a table of objects are described in servanda.formats.columns.schema"
_INSTANT_UNITS = ("s", "ms", "us")


def _is_text(kind: pa.DataType) -> bool:
    if types.is_dictionary(kind):
        return _is_text(kind.value_type)
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_list(kind: pa.DataType) -> bool:
    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def _is_texts(kind: pa.DataType) -> bool:
    return _is_list(kind) and (_is_text(kind.value_type) or types.is_null(kind.value_type))


def _is_instant(kind: pa.DataType) -> bool:
    zoned = types.is_timestamp(kind) and kind.tz is not None and kind.unit in _INSTANT_UNITS
    return zoned or _is_text(kind)


def _is_caveats(kind: pa.DataType) -> bool:
    if not (_is_list(kind) and types.is_struct(kind.value_type)):
        return _is_list(kind) and bool(types.is_null(kind.value_type))
    fields = {field.name: field.type for field in kind.value_type}
    allowed: dict[str, Callable[[pa.DataType], bool]] = {
        "kind": _is_text,
        "parties": _is_texts,
        "nationalities": _is_texts,
        "until": _is_instant,
    }
    whole = len(fields) == len(kind.value_type) and "kind" in fields
    return whole and all(name in allowed and allowed[name](one) for name, one in fields.items())


_EXPECTED: dict[str, tuple[str, Callable[[pa.DataType], bool]]] = {
    "object_id": ("text", _is_text),
    "holder": ("text", _is_text),
    "originators": ("text or list of text", lambda kind: _is_text(kind) or _is_texts(kind)),
    "marking": ("text", _is_text),
    "topics": ("list of text", _is_texts),
    "given_for": ("text or list of text", lambda kind: _is_text(kind) or _is_texts(kind)),
    "caveats": (
        "JSON text, or list of structs of kind, parties, nationalities and until (text or zoned instant)",
        lambda kind: _is_text(kind) or _is_caveats(kind),
    ),
    "purpose": ("text", _is_text),
    "form": ("text", _is_text),
}


def check_schema(schema: pa.Schema, source: str) -> None:
    """Refuse a table of objects that lacks a column, has one twice, or has one of another type.

    Raises:
        FormatError: names the column, what was expected and what was found.
    """
    for name, (expected, fits) in _EXPECTED.items():
        found = schema.get_all_field_indices(name)
        if not found and name in DEFAULTS:
            continue
        if not found:
            there = ", ".join(f"`{one}`" for one in schema.names) or "none"
            raise FormatError(f"{source} has no column `{name}` ({expected}); it has {there}", hint=_HINT)
        if len(found) > 1:
            raise FormatError(f"{source} has {len(found)} columns `{name}`", hint=_HINT)
        kind = schema.field(found[0]).type
        if not fits(kind):
            raise FormatError(f"column `{name}` of {source} should be {expected} and is `{kind}`", hint=_HINT)
