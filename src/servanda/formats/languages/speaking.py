"""A sentence of an answer in a language: its template there, with its values put into the holes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from servanda.errors import FormatError
from servanda.formats.languages.citations import cite
from servanda.formats.languages.holes import filled, listed, own
from servanda.formats.languages.ja import SENTENCES as JA
from servanda.formats.languages.ko import SENTENCES as KO
from servanda.formats.languages.vocabulary import look_up
from servanda.model.cite import Because
from servanda.model.decision import Change
from servanda.model.duty import Duty

LANGUAGES = ("en", "ja", "ko")
"""The languages of answers, as BCP 47 names them."""
SENTENCES: Mapping[str, Mapping[str, str]] = {"ja": JA, "ko": KO}
_IN_BRACKETS = {"ja": "{}（{}）", "ko": "{}({})"}


class Spoken(Protocol):
    """Anything that says a sentence: a reason, a deadline, what became of an act."""

    @property
    def says(self) -> str:
        """The sentence in English."""

    @property
    def code(self) -> str:
        """Its template; empty for somebody's own words."""

    @property
    def values(self) -> tuple[str, ...]:
        """What stands in its holes."""


class SpokenLine(Spoken, Protocol):
    """A line of an answer in words; a line may frame a reason and its citation."""

    @property
    def because(self) -> Because | None:
        """The reason that the line frames."""


def say(one: Spoken, language: str) -> str:
    """Say a sentence in a language; words without a template stay English, and are marked so.

    Raises:
        FormatError: nothing here speaks that language.
    """
    return _said(one.says, one.code, one.values, language)


def say_change(change: Change, language: str) -> str:
    """Say in a language what somebody would do that a refusal becomes a permit.

    Raises:
        FormatError: nothing here speaks that language.
    """
    return _said(change.what, change.code, change.values, language)


def say_line(line: SpokenLine, language: str) -> str:
    """Say a line of an explanation in a language; the reason that it frames is said in it too.

    Raises:
        FormatError: nothing here speaks that language.
    """
    values = line.values
    if line.because is not None and language in SENTENCES:
        values = (say(line.because, language), cite(line.because, language))
    return _said(line.says, line.code, values, language)


def say_duty(duty: Duty, language: str) -> str:
    """Say a duty in a language: by its kind, and after it what the clause says in words of its own.

    Raises:
        FormatError: nothing here speaks that language.
    """
    reason = duty.because
    if language == "en" or reason.code:
        return say(reason, language)
    kind = word("duty", duty.kind.value, language)
    gist = reason.says if reason.says != duty.kind.value else ""
    return _IN_BRACKETS[language].format(kind, own(gist, language)) if gist else kind


def say_missing(missing: str, language: str) -> str:
    """Say in a language what an answer names as missing: a kind of clause, or of an instrument's.

    Raises:
        FormatError: nothing here speaks that language.
    """
    if language == "en":
        return missing
    _known(language)
    said = listed(missing, "missing", language)
    return said if said != missing else own(missing, language)


def word(kind: str, value: str, language: str) -> str:
    """Return a word of the model in a language: `word("phase", "in_force", "ko")`.

    Raises:
        FormatError: nothing here speaks that language.
    """
    if language == "en":
        return value.replace("_", " ").replace("-", " ")
    _known(language)
    return look_up(kind, value, language)


def _said(english: str, code: str, values: tuple[str, ...], language: str) -> str:
    if language == "en":
        return english
    _known(language)
    template = SENTENCES[language].get(code)
    if template is None:
        return own(english, language)
    said = filled(template, values, language)
    # A reason from another house may be malformed: its English is all that is sure.
    return own(english, language) if said is None else said


def _known(language: str) -> None:
    if language not in SENTENCES:
        raise FormatError(f"no answers in the language `{language}`", hint=f"ask for {', '.join(LANGUAGES)}")
