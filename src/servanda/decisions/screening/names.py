"""A name made ready to be compared: Latin letters, words in one form each, company forms apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from servanda.decisions.screening.forms import FORMS, MAY_HOLD_PHRASE, NATIVE, PHRASES, one_form
from servanda.decisions.screening.lookalikes import by_look, spelt_with_digits, spelt_with_space
from servanda.decisions.screening.meanings import in_english
from servanda.decisions.screening.scripts import latin, shown
from servanda.decisions.screening.skeleton import joined

MOST_CHARACTERS = 500
"""Of a longer name only so much is compared, and that is told."""
_WORD = re.compile(r"[a-z0-9]+")
_ENOUGH = 4
"""Fewer Latin letters are part of a name beside them, as in `3M株式会社`, and not a name of their own."""
_LATIN = re.compile(r"[A-Za-z]")
_ACRONYM = re.compile(r"[(（]\s*([A-Z][A-Z0-9-]{2,9})\s*[)）]")
_EMPTY = re.compile(r"[(（]\s*[)）]")
_OTHER = re.compile(
    r"(?<![A-Za-z0-9])[\u0370-\u1cff\u2e80-\ud7ff\uf900-\ufaff\uff66-\uffdc]"
    r"(?:[\s·・]*[\u0370-\u1cff\u2e80-\ud7ff\uf900-\ufaff\uff66-\uffdc])*(?![A-Za-z0-9])"
)
"""A run of letters that are not Latin, with the space inside it; never a part of a word."""
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
    disguised: bool = False


def readings(name: str) -> tuple[str, ...]:
    """Return the names that a name is: one, or more where one entry writes it in several ways.

    Lists write `Sberbank (Сбербанк)` and `Bhabha Atomic Research Centre (BARC)`: each part is the whole name.
    Words of trade are read by their sound and by their meaning, and what is hidden in a name by its look.
    """
    parts = _parts(name if name.isascii() else by_look(shown(name)))
    found = dict.fromkeys(parts if len(parts) > 1 or by_look(shown(name)) != shown(name) else (name,))
    for one in parts:
        for read in (" ".join(in_english(one).split()), *spelt_with_digits(one), spelt_with_space(one)):
            if read and read != one:
                found[read] = None
    return tuple(found)


def _parts(name: str) -> tuple[str, ...]:
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
    return low in FORMS or one_form(low) != low


def normalise(name: str) -> Name:
    """Return a name ready to be compared; one without letters or digits has no words."""
    whole = shown(name)
    cut = len(whole) > MOST_CHARACTERS
    text = whole[:MOST_CHARACTERS]
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
    kept = plain
    if MAY_HOLD_PHRASE.search(low):
        for phrase, form in PHRASES:
            low = phrase.sub(form, low)
        kept = _WORD.findall(low)
    words = tuple(into for one in kept if (into := one_form(one))) or tuple(plain)
    kernel = tuple(one for one in words if one not in FORMS) or words
    return Name(
        given=name,
        words=words,
        kernel=kernel,
        forms=frozenset(words) & FORMS,
        whole=" ".join(sorted(words)),
        plain=" ".join(sorted(plain)),
        bones=joined(kernel) if kernel else "",
        script=read.script,
        hidden=len(unicodedata.normalize("NFKC", name)) - len(whole),
        cut=cut,
    )
