"""Letters of one script that stand in a word of another because they look the same.

A word with letters of two scripts is no word of any language: somebody mistyped it, or hides it. Where every
foreign letter in it has a twin by look, it is read by its look: `Теchnologies` with a Cyrillic Те is
Technologies, and `Cбербанк` with a Latin C is Сбербанк. Twins as in Unicode's confusables (UTS #39), the
common ones of Cyrillic and Greek.
"""

from __future__ import annotations

import re
from functools import partial

_CYRILLIC = dict(zip("АВЕЗІЈКМНОРСЅТХУаеіјкорсѕхуһԁԛԝ", "ABE3IJKMHOPCSTXYaeijkopcsxyhdqw", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ", "ABEZHIKMNOPTYXaikvopux", strict=True))
_INTO_LATIN = {**_CYRILLIC, **_GREEK}
_INTO_CYRILLIC = {latin: twin for twin, latin in _CYRILLIC.items()}
_FOREIGN = re.compile(r"[\u0370-\u052f]")
_WORD = re.compile(r"[A-Za-z\u0370-\u052f]+")
_LATIN = re.compile(r"[A-Za-z]")


def by_look(text: str) -> str:
    """Return a text whose words of two scripts are read by their look; other words stay as they are."""
    if text.isascii() or _FOREIGN.search(text) is None:
        return text
    return _WORD.sub(lambda found: _read(found.group()), text)


def _read(word: str) -> str:
    if _LATIN.search(word) is None or _FOREIGN.search(word) is None:
        return word
    # By its look it must be a word of one script: else one letter of two would only be made one of three.
    for twins, script in ((_INTO_LATIN, str.isascii), (_INTO_CYRILLIC, _no_latin)):
        whole = "".join(twins.get(letter, letter) for letter in word)
        if script(whole):
            return whole
    return word


def _no_latin(word: str) -> bool:
    return _LATIN.search(word) is None


_MIXED = re.compile(r"\b(?=\w*[A-Za-z]\w*[A-Za-z])(?=\w*[0135])[A-Za-z0135]+\b")
_APART = re.compile(r"(?<!\w)(?:\w[ .·-]+){3,}\w(?!\w)")
_DIGITS = (str.maketrans("0135", "oies"), str.maketrans("0135", "oles"))


def spelt_with_digits(text: str) -> tuple[str, ...]:
    """Return a text with digits in words read as the letters they look like; `1` is i, or l."""
    if _MIXED.search(text) is None:
        return ()
    return tuple(_MIXED.sub(partial(_with_letters, letters), text) for letters in _DIGITS)


def _with_letters(letters: dict[int, int], word: re.Match[str]) -> str:
    return word.group().translate(letters)


def spelt_with_space(text: str) -> str:
    """Return a text in which letters written one by one (`H u a w e i`) are a word."""
    return _APART.sub(lambda found: re.sub(r"[ .·-]+", "", found.group()), text)
