"""Names that hold several names: `X (a.k.a. Y)`, `X; Y`, `X (漢字)`, or words of law after a name.

Published lists have them where one name should stand. The field stays a name as the list has it, and what
stands inside it is added to the aliases, so that each can be found alone.
"""

from __future__ import annotations

import re

from servanda.formats.lists.reading import name_of, texts

_DOTTED = r"(?:[afn][./]\s?k[./]\s?a|d[./]\s?b[./]\s?a)\b\.?[\s,:]*"
_BRACKETED = re.compile(
    rf"[(\[]\s*(?:{_DOTTED}|[af]ka\b[\s,:]*)([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)(?:[)\]]|$)", re.IGNORECASE
)
_OPEN = re.compile(rf"(?:^|[\s,]+){_DOTTED}|\s*[,-]\s*AKA\s*[-:,]\s*|\s*,\s*aka\s+", re.IGNORECASE)
"""A bare `aka` outside brackets may begin a name (AKA INTEGRAL SERVICES) unless marks stand around it."""
_DIVIDES = re.compile(r";|\s・")
_MANY = re.compile(r"\s*[,-]\s*AKAS\s*[-:,]\s*", re.IGNORECASE)
"""After this all that follows are names, divided by commas."""
_SAYS_NO_NAME = re.compile(
    r"[;,]?\s*and any successors?,? .{0,60}thereof\.?$|[;,]?\s*and its sub-units and successors\.?$|"
    r"\s*\([^()]{0,40}\b(?:entity|individual|national|person)\)",
    re.IGNORECASE,
)
"""What the State Department's nonproliferation list writes after names."""
_HINTS = re.compile(
    r";|・|[af]ka|[afn][./]\s?k|d[./]\s?b|thereof|successors|\([^()]*(?:al|ty|on)\)", re.IGNORECASE
)
"""Without one of these a name is one name: most are, and are not looked at any longer."""
_EAST = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_IN_BRACKETS = re.compile(rf"^([^{_EAST}]*[A-Za-z][^{_EAST}]*?)\s*[(（](.*[{_EAST}].*)[)）]\s*$")
_BROKEN_LINE = re.compile(r"(?<=[\u2e80-\u9fff])\s+(?=[\u2e80-\u9fff])")
"""Han and kana are written without spaces: one between them is where a line of print ended."""
_AFTER_SPACE = re.compile(rf"^([^{_EAST}]*[A-Za-z][^{_EAST}]*?)\s+([{_EAST}][{_EAST}\s]*)$")


_LONGEST = 600
"""A longer text is not searched for names inside it: the patterns would take their time over it."""


def names_of(chief: object, others: object, where: str, problems: list[str]) -> tuple[str, tuple[str, ...]]:
    """Return a chief name and its aliases, each once; names that stand inside others are aliases too.

    `others` are a list, or one text divided by semicolons. What is no text, and a field that holds several
    names in a way in which no name is written, is told.
    """
    first = name_of(chief, where, problems)
    found = dict.fromkeys([first])
    if others is not None and not isinstance(others, (str, list)):
        problems.append(f"{where}: its aliases are neither a list nor a text, left out")
    for one in others if isinstance(others, list) else texts(others):
        if isinstance(one, str):
            found[name_of(one, where, problems)] = None
        elif one is not None:
            problems.append(f"{where}: an alias is no text, left out")
    for one in tuple(found):
        native = written_twice(one)
        inside = native or inner(one)
        if inside and not native:
            problems.append(f"{where}: `{one}` was read as {', '.join(f'`{part}`' for part in inside)} too")
        found.update(dict.fromkeys(inside))
    found.pop("", None)
    return first, tuple(one for one in found if one != first)


def written_twice(name: str) -> tuple[str, ...]:
    """Return both halves of a name that is given in Latin letters and once more in East Asian ones."""
    if name.isascii() or len(name) > _LONGEST:
        return ()
    found = _IN_BRACKETS.match(name) or _AFTER_SPACE.match(name)
    if found is None:
        return ()
    latin, native = found.groups()
    return latin.strip(), _BROKEN_LINE.sub("", native.strip())


def inner(name: str) -> tuple[str, ...]:
    """Return the names that stand inside a name; none where it is one name and nothing else."""
    if _HINTS.search(name) is None or len(name) > _LONGEST:
        return ()
    parts: list[str] = []
    first, *many = _MANY.split(_SAYS_NO_NAME.sub("", name))
    for piece in (*_DIVIDES.split(first), *(one for each in many for one in each.split(", "))):
        for whole in (_BRACKETED.sub(" ", piece), *_BRACKETED.findall(piece)):
            parts += _OPEN.split(whole)
    found = dict.fromkeys(" ".join(one.strip(" \t,;-").split()) for one in parts)
    names = tuple(one for one in found if len(one) > 1 and one.lower() != "and")
    return () if names == (name.strip(" \t,;-"),) else tuple(one for one in names if one != name)
