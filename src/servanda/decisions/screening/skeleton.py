"""The skeleton of a name: what is left of it when spellings that sound alike are made the same.

Consonants fall into classes that romanisations confuse (k g q, ch j zh, s z sh ts, p b, t d, f v w, l r);
vowels go, but for a mark where a word begins with one. Words that are spellings of one Korean surname are one
word. Romanisations compared: Revised and McCune-Reischauer for Korean, Hepburn and Kunrei for Japanese,
pinyin and Wade-Giles for Chinese, BGN/PCGN and ISO 9 for Cyrillic, the many of Arabic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_KOREAN: tuple[tuple[str, ...], ...] = (
    ("lee", "yi", "rhee", "ri", "li", "i", "rhie", "ree"),
    ("park", "pak", "bak", "bag", "bark"),
    ("kim", "gim", "ghim"),
    ("choi", "choe", "choy", "chwe"),
    ("jung", "jeong", "chung", "chong", "cheong", "jong"),
    ("kang", "gang"),
    ("cho", "jo", "joh"),
    ("yoon", "yun", "youn"),
    ("jang", "chang", "jahng"),
    ("lim", "im", "rim", "yim"),
    ("han", "hahn"),
    ("oh", "o"),
    ("seo", "suh", "so", "su"),
    ("shin", "sin", "shinn"),
    ("kwon", "gwon", "kwun"),
    ("hwang", "whang"),
    ("ahn", "an"),
    ("song", "soung"),
    ("yoo", "yu", "ryu", "you", "ryoo", "lyu", "liu"),
    ("hong", "houng"),
    ("jeon", "chon", "jun", "chun", "cheon"),
    ("ko", "go", "koh"),
    ("moon", "mun"),
    ("yang", "ryang"),
    ("bae", "pae", "bai"),
    ("baek", "paek", "paik", "baik"),
    ("heo", "hur", "huh", "ho"),
    ("nam", "nahm"),
    ("noh", "roh", "no", "ro"),
    ("ha", "hah"),
    ("kwak", "gwak", "kwag"),
    ("seong", "sung", "song"),
    ("cha", "tcha"),
    ("joo", "ju", "chu"),
    ("woo", "u", "wu"),
    ("koo", "gu", "ku", "goo"),
    ("min", "minn"),
    ("jin", "chin"),
    ("eom", "um", "om"),
    ("won", "weon"),
    ("kong", "gong"),
    ("hyun", "hyeon", "hyon"),
    ("byun", "byeon", "pyon"),
    ("yeo", "yuh", "yo"),
    ("chu", "choo"),
)
"""Spellings of Korean surnames that are in use side by side; words of one row are one for the skeleton."""
SURNAME = {spelling: row[0] for row in reversed(_KOREAN) for spelling in row}

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"[`'’]", ""),
        (r"^hs", "s"),
        (r"ng", "n"),
        (r"ph", "f"),
        (r"shch|sch", "s"),
        (r"tch|ch|dzh|zh|dj|j|q(?=i|u[aen])", "j"),
        (r"sh|ts|tz|cz|c(?=[eiy])|x|z|s", "s"),
        (r"kh|gh|ck|[kgqc]", "k"),
        (r"th|dh|[td]", "t"),
        (r"bh|[pb]", "p"),
        (r"[fvw]", "f"),
        (r"[lr]", "r"),
    )
)
_VOWELS = re.compile(r"[aeiouyh]+")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """Return the skeleton of one word of small ASCII letters; digits stay."""
    text = word
    for pattern, into in _RULES:
        text = pattern.sub(into, text)
    begins = "a" if text[:1] in set("aeiouyh") else ""
    return _TWICE.sub(r"\1", begins + _VOWELS.sub("", text))


def joined(words: Iterable[str]) -> str:
    """Return the skeleton of words as if they were one: where one ends and the next begins does not sound."""
    first, *others = (skeleton(surname(word)) for word in words)
    return _TWICE.sub(r"\1", first + "".join(one.removeprefix("a") for one in others))


@lru_cache(maxsize=1 << 15)
def surname(word: str) -> str:
    """Return the one spelling for all of a Korean surname; other words stay."""
    return SURNAME.get(word, word)
