"""A name made ready to be compared: Latin letters, words in one form each, company forms apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from servanda.decisions.screening.forms import FORMS, NATIVE, WORDS
from servanda.decisions.screening.scripts import latin
from servanda.decisions.screening.skeleton import skeleton, surname

MOST_CHARACTERS = 500
"""Of a longer name only so much is compared, and that is told."""
_WORD = re.compile(r"[a-z0-9]+")
_ENOUGH = 4
"""Fewer Latin letters are part of a name beside them, as in `3M株式会社`, and not a name of their own."""
_LATIN = re.compile(r"[A-Za-z]")
_ACRONYM = re.compile(r"[(（]\s*([A-Z][A-Z0-9-]{2,9})\s*[)）]")
_EMPTY = re.compile(r"[(（]\s*[)）]")
_OTHER = re.compile(
    r"[\u0370-\u1cff\u2e80-\ud7ff\uf900-\ufaff\uff66-\uffdc]"
    r"(?:[\s·・]*[\u0370-\u1cff\u2e80-\ud7ff\uf900-\ufaff\uff66-\uffdc])*"
)
"""A run of letters that are not Latin, with the space inside it."""
_DOTTED = re.compile(r"\b((?:[a-z]\.){2,}[a-z]?)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as given and as compared.

    `words` are all of its words in their order, `kernel` those that are no company form; `forms` the company
    forms. `whole` is every word, sorted, and `plain` the same before words were brought into one form;
    `bones` is the skeleton of the kernel, written without spaces.
    """

    given: str
    words: tuple[str, ...]
    kernel: tuple[str, ...]
    forms: frozenset[str]
    whole: str
    plain: str
    bones: str
    script: str = ""
    hidden: int = 0
    cut: bool = False


def readings(name: str) -> tuple[str, ...]:
    """Return the names that a name is: one, or more where one entry writes it in several ways.

    Lists write `Sberbank (Сбербанк)` and `Bhabha Atomic Research Centre (BARC)`: each part is the whole name.
    """
    own = _OTHER.findall(name)
    latin_part = _OTHER.sub(" ", name) if own else name
    if own and len(_LATIN.findall(latin_part)) < _ENOUGH:
        return (name,)
    acronyms = [one for one in _ACRONYM.findall(latin_part) if not _says_a_form(one)]
    if not own and not acronyms:
        return (name,)
    bare = " ".join(_EMPTY.sub(" ", _ACRONYM.sub(" ", latin_part)).split())
    if len(_LATIN.findall(bare)) < _ENOUGH:
        return (name,)
    return tuple(dict.fromkeys((bare, *(" ".join(own),) * (len(own) > 0), *acronyms)))


def _german(low: str) -> str:
    """Read Slavic names in the German way of writing them, as `Jurij Petrowitsch`, in the English one."""
    for own, into in (("schtsch", "shch"), ("tsch", "ch"), ("sch", "sh"), ("w", "v"), ("j", "y")):
        low = low.replace(own, into)
    return low


def _says_a_form(word: str) -> bool:
    low = word.lower()
    return low in FORMS or low in WORDS


def normalise(name: str) -> Name:
    """Return a name ready to be compared; one without letters or digits has no words."""
    cut = len(name) > MOST_CHARACTERS
    text = name[:MOST_CHARACTERS]
    if not text.isascii():
        for form, into in NATIVE:
            text = text.replace(form, into)
    read = latin(text)
    low = read.text.lower().replace("&", " and ")
    if "." in low:
        low = _DOTTED.sub(lambda found: found.group().replace(".", ""), low)
    low = low.replace("'", "").replace("`", "")
    if "tsch" in low:
        low = _german(low)
    plain = _WORD.findall(low)
    words = tuple(into for one in plain if (into := WORDS.get(one, one))) or tuple(plain)
    kernel = tuple(one for one in words if one not in FORMS) or words
    return Name(
        given=name,
        words=words,
        kernel=kernel,
        forms=frozenset(words) & FORMS,
        whole=" ".join(sorted(words)),
        plain=" ".join(sorted(plain)),
        bones="".join(skeleton(surname(one)) for one in kernel),
        script=read.script,
        hidden=read.hidden,
        cut=cut,
    )
