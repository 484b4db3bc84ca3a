"""Names of any script in Latin letters, with what was taken out of them or read into them.

Transliteration is by character (`anyascii`): Hangul in the Revised Romanisation, Han characters in pinyin,
Cyrillic as passports have it. Kana take their small letters into account. Han characters of a Japanese name
are read the Chinese way, since nothing in them says how they are read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

_HIDDEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
"""Characters that show nothing, or only turn the direction of what follows."""
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o", "ャ": "a", "ュ": "u", "ョ": "o"}
_KANA = re.compile(r"[\u3040-\u30ff]+")
_SYLLABLE = re.compile(r"(?<=[A-Za-z])(?=[A-Z])")
_LAST_LATIN = 0x24F
_LATIN_GAP = re.compile(r"[^\W\d_]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Latin:
    """A name in ASCII letters: how it was written, and what was done to it.

    `script` names a script other than Latin that it holds; `hidden` counts characters that show nothing.
    """

    text: str
    script: str = ""
    hidden: int = 0


def shown(name: str) -> str:
    """Return a name without the characters that show nothing, its letters in their plain forms."""
    return _HIDDEN.sub("", unicodedata.normalize("NFKC", name))


def latin(name: str) -> Latin:
    """Return a name in Latin letters, as wide as it was: case and punctuation stay."""
    whole = unicodedata.normalize("NFKC", name)
    shown = _HIDDEN.sub("", whole)
    hidden = len(whole) - len(shown)
    if shown.isascii():
        return Latin(shown, "", hidden)
    script = _script(shown)
    if not script:
        return Latin(anyascii(shown), "", hidden)
    text = "".join(_piece(one, script) for one in _pieces(shown))
    return Latin(text, script, hidden)


def _script(text: str) -> str:
    """Return the first script of a text that is not Latin; empty where it has Latin letters alone."""
    for one in text:
        if ord(one) > _LAST_LATIN and _LATIN_GAP.match(one):
            found = _script_of(one)
            if found != "LATIN":
                return found
    return ""


@lru_cache(maxsize=8192)
def _script_of(one: str) -> str:
    name = unicodedata.name(one, "").split(" ", 1)[0]
    if name.startswith("CJK"):
        return "HAN"
    return name if name in _NAMED else "LATIN" if name in ("MODIFIER", "COMBINING", "") else name


_NAMED = frozenset({"HANGUL", "CYRILLIC", "HIRAGANA", "KATAKANA", "ARABIC", "GREEK", "HEBREW", "THAI"})


def _pieces(text: str) -> list[str]:
    """Divide a text at the edges of its kana."""
    found, at = [], 0
    for one in _KANA.finditer(text):
        found += [text[at : one.start()], one.group()]
        at = one.end()
    return [*found, text[at:]]


def _piece(text: str, script: str) -> str:
    if text.isascii():
        return text
    if _KANA.fullmatch(text):
        return _kana(text)
    found = anyascii(text)
    # Syllables of Hangul and Han begin with a capital each: so they can be told apart.
    return _SYLLABLE.sub(" ", found) if script in ("HANGUL", "HAN") else found


def _kana(text: str) -> str:
    """Romanise kana: small ya, yu, yo join the letter before, small tsu doubles the one after, bars go."""
    found: list[str] = []
    double = False
    for one in text:
        if one in _SMALL and found and found[-1].endswith("i"):
            stem = found[-1][:-1]
            found[-1] = stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + _SMALL[one]
        elif one in "っッ":
            double = True
        elif one in "ー・゠":
            found.append(" " if one == "・" else "")
        else:
            letter = _HEPBURN.get(one) or anyascii(one)
            found.append(letter[:1] + letter if double else letter)
            double = False
    return "".join(found)


_HEPBURN = {
    **dict.fromkeys("しシ", "shi"),
    **dict.fromkeys("ちチ", "chi"),
    **dict.fromkeys("つツ", "tsu"),
    **dict.fromkeys("じジぢヂ", "ji"),
    **dict.fromkeys("ふフ", "fu"),
}
