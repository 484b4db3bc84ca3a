"""Words of the model in each language, by what they are words for."""

from __future__ import annotations

from collections.abc import Mapping

from servanda.formats.languages.ja_words import WORDS as JA
from servanda.formats.languages.ko_words import WORDS as KO

VOCABULARIES: Mapping[str, Mapping[str, Mapping[str, str]]] = {"ja": JA, "ko": KO}


def look_up(kind: str, value: str, language: str) -> str:
    """Return the word of a language for a word of the model; what nobody translated stays as it is.

    `not_in_force`, `not-in-force` and `not in force` are one word.
    """
    key = value.replace(" ", "-").replace("_", "-")
    return VOCABULARIES[language].get(kind, {}).get(key, value)
