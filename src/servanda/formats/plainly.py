"""Validation in plain words: every problem of a document, where it is, and what would be right."""

from __future__ import annotations

import difflib
import re
from enum import Enum
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec

from servanda.formats.words import read_hook

T = TypeVar("T")

_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `(.+?)`(?: - at `\$\.?(.*)`)?$")
_MISSING = re.compile(r"Object missing required field `(.+?)`(?: - at `\$\.?(.*)`)?$")
_BAD_ENUM = re.compile(r"Invalid enum value '?(.+?)'?(?: - at `\$\.?(.*)`)?$")
_BAD_TAG = re.compile(r"Invalid value '(.+?)' - at `\$\.?(.*)`$")
_AT = re.compile(r"^(.*) - at `\$\.?(.*)`$", re.DOTALL)


def convert(kind: Any, value: Any, where: str, problems: list[str]) -> Any:  # noqa: ANN401
    """Return the model's value, or None after adding every problem found to `problems`.

    A field that is wrong is reported and taken out, and the rest is read again, so that one run
    shows all of them.
    """
    for _ in range(40):
        try:
            return msgspec.convert(value, kind, dec_hook=read_hook, strict=True)
        except msgspec.ValidationError as wrong:
            message = str(wrong)
        said, path, again = _plainly(message, kind, value)
        problems.append(f"{where}{'.' + path if path else ''}: {said}")
        if not again or not _drop(value, path, again):
            return None
    return None


def _plainly(message: str, kind: Any, value: Any) -> tuple[str, str, str]:  # noqa: ANN401
    """Return the message in plain words, the path, and a field that can be taken out."""
    if found := _UNKNOWN_FIELD.match(message):
        field, path = found.group(1), found.group(2) or ""
        known = _fields_at(kind, value, path)
        return f"there is no field `{field}`{_meant(field, known)}", path, field
    if found := _MISSING.match(message):
        return f"the field `{found.group(1)}` is missing", found.group(2) or "", ""
    if found := _BAD_ENUM.match(message):
        word, path = found.group(1), found.group(2) or ""
        return f"`{word}` is not a word for this{_meant(word, _words(kind))}", path, ""
    if found := _BAD_TAG.match(message):
        word, path = found.group(1), found.group(2) or ""
        return f"`{word}` is not a kind{_meant(word, _tags(kind))}", path, ""
    if found := _AT.match(message):
        return _lower(found.group(1)), found.group(2), ""
    return _lower(message), "", ""


def _lower(text: str) -> str:
    text = text.replace("`str`", "text").replace("`int`", "a number").replace("`bool`", "true or false")
    text = text.replace("`array`", "a list in brackets").replace("`object`", "a table in braces")
    return text[:1].lower() + text[1:]


def _meant(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    listed = f"; it can be {', '.join(sorted(set(known)))}" if known else ""
    return f", did you mean `{close[0]}`?{listed}" if close else listed


def _drop(value: Any, path: str, field: str) -> bool:  # noqa: ANN401
    """Take one unknown field out of a document, so that the next problem can be found."""
    for part in re.findall(r"[^.\[\]]+|\[\d+\]", path):
        try:
            value = value[int(part[1:-1])] if part.startswith("[") else value[part]
        except (KeyError, IndexError, TypeError):
            return False
    return isinstance(value, dict) and value.pop(field, None) is not None


def members(kind: Any) -> list[Any]:  # noqa: ANN401
    """Return the classes of a union, or the class itself."""
    if get_origin(kind) in (UnionType, Union):
        return [one for arm in get_args(kind) for one in members(arm)]
    return [kind]


def _tags(kind: Any) -> list[str]:  # noqa: ANN401
    found = []
    for one in _structs(kind, set()):
        tag = one.__struct_config__.tag
        if tag is not None:
            found.append(str(tag))
    return found


def _words(kind: Any) -> list[str]:  # noqa: ANN401
    found: list[str] = []
    for one in _structs(kind, set()):
        for field in msgspec.structs.fields(one):
            for arm in _leaves(field.type):
                if isinstance(arm, type) and issubclass(arm, Enum):
                    found += [str(member.value) for member in arm]
    return found


def _fields_at(kind: Any, value: Any, path: str) -> list[str]:  # noqa: ANN401
    tag = value.get("kind") if isinstance(value, dict) else None
    structs = _structs(kind, set())
    if path:
        return [field.name for one in structs for field in msgspec.structs.fields(one)]
    chosen = [one for one in members(kind) if getattr(one, "__struct_config__", None)]
    tagged = [one for one in chosen if tag is not None and one.__struct_config__.tag == tag]
    return [field.name for one in tagged or chosen for field in msgspec.structs.fields(one)]


def _structs(kind: Any, seen: set[Any]) -> list[Any]:  # noqa: ANN401
    found = []
    for one in _leaves(kind):
        if isinstance(one, type) and issubclass(one, msgspec.Struct) and one not in seen:
            seen.add(one)
            found.append(one)
            for field in msgspec.structs.fields(one):
                found += _structs(field.type, seen)
    return found


def _leaves(kind: Any) -> list[Any]:  # noqa: ANN401
    arguments = get_args(kind)
    if not arguments:
        return [kind]
    return [leaf for argument in arguments for leaf in _leaves(argument)]
