"""Validation in plain words: every problem of a document, where it is, and what would be right."""

from __future__ import annotations

import difflib
import re
from enum import Enum
from typing import Any, get_args

import msgspec

from servanda.formats.words import read_hook

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
        return f"`{word}` is not a word for this{_meant(word, _words(kind, value, path))}", path, ""
    if found := _BAD_TAG.match(message):
        word, path = found.group(1), found.group(2) or ""
        return f"`{word}` is not a kind{_meant(word, _tags(kind, value, path))}", path, ""
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


def _tags(kind: Any, value: Any, path: str) -> list[str]:  # noqa: ANN401
    """Return the words that choose among the classes at the path's parent."""
    parent = ".".join(_parts(path)[:-1])
    return [str(one.__struct_config__.tag) for one in _at(kind, value, parent) if _is_struct(one)]


def _words(kind: Any, value: Any, path: str) -> list[str]:  # noqa: ANN401
    """Return the words that a field at the path can be."""
    enums = (one for one in _at(kind, value, path) if isinstance(one, type) and issubclass(one, Enum))
    return [str(member.value) for one in enums for member in one]


def _fields_at(kind: Any, value: Any, path: str) -> list[str]:  # noqa: ANN401
    """Return the fields of the class at the path."""
    structs = [one for one in _at(kind, value, path) if _is_struct(one)]
    chosen = _chosen(structs, _value_at(value, path))
    return [field.name for one in chosen for field in msgspec.structs.fields(one)]


def _at(kind: Any, value: Any, path: str) -> list[Any]:  # noqa: ANN401
    """Return the types that a path leads to, through the classes that the value has chosen."""
    types = _leaves(kind)
    for part in _parts(path):
        if part.startswith("["):
            continue
        structs = _chosen([one for one in types if _is_struct(one)], value)
        types = [
            leaf
            for one in structs
            for field in msgspec.structs.fields(one)
            if field.name == part
            for leaf in _leaves(field.type)
        ]
        value = value.get(part) if isinstance(value, dict) else None
    return types


def _chosen(structs: list[Any], value: Any) -> list[Any]:  # noqa: ANN401
    """Return the classes whose tag the value bears; all of them where it bears none."""
    if not isinstance(value, dict):
        return structs
    bearing = [
        one
        for one in structs
        if one.__struct_config__.tag_field is not None
        and value.get(one.__struct_config__.tag_field) == one.__struct_config__.tag
    ]
    return bearing or structs


def _value_at(value: Any, path: str) -> Any:  # noqa: ANN401
    for part in _parts(path):
        if isinstance(value, dict):
            value = value.get(part)
    return value


def _parts(path: str) -> list[str]:
    return re.findall(r"[^.\[\]]+|\[\d*\.*\]", path)


def _is_struct(kind: Any) -> bool:  # noqa: ANN401
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _leaves(kind: Any) -> list[Any]:  # noqa: ANN401
    arguments = get_args(kind)
    if not arguments:
        return [kind]
    return [leaf for argument in arguments for leaf in _leaves(argument)]
