"""Answers in the languages of their readers: English, Japanese and Korean.

A sentence of ours has a code and values, and each language has a template for every code. What somebody
wrote in words of their own has no other language; it stays English and is marked so.
"""

from __future__ import annotations

from servanda.errors import FormatError
from servanda.formats.languages.citations import cite
from servanda.formats.languages.dates import when
from servanda.formats.languages.speaking import (
    LANGUAGES,
    Spoken,
    say,
    say_change,
    say_duty,
    say_line,
    say_missing,
    word,
)

__all__ = [
    "LANGUAGES",
    "Spoken",
    "chosen",
    "cite",
    "say",
    "say_change",
    "say_duty",
    "say_line",
    "say_missing",
    "when",
    "word",
]


def chosen(asked: str) -> str:
    """Return the language that a BCP 47 tag asks for: `ja-JP` is `ja`.

    Raises:
        FormatError: nothing here speaks that language.
    """
    language = asked.strip().replace("_", "-").split("-")[0].lower()
    if language not in LANGUAGES:
        raise FormatError(f"no answers in the language `{asked}`", hint=f"ask for {', '.join(LANGUAGES)}")
    return language
