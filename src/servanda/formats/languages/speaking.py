"""A sentence of an answer in a language: its template there, with its values put into the holes.

A hole `{0}` takes a value as it is; `{0:when}` prints a time, `{0:list}` a list of codes, `{0:article}` and
`{0:articles}` addresses, `{0:missing}` what was not read, `{0:sides}` the outcomes of readers, `{0:own}`
somebody's own words, and any other name words of the vocabulary, as `{0:phase}`. Values are only ever put
in, never read as templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Protocol

from servanda.errors import FormatError
from servanda.formats.languages.citations import article, cite
from servanda.formats.languages.dates import when
from servanda.formats.languages.ja import SENTENCES as JA
from servanda.formats.languages.ko import SENTENCES as KO
from servanda.formats.languages.vocabulary import look_up
from servanda.model.cite import Because
from servanda.model.decision import Change

LANGUAGES = ("en", "ja", "ko")
"""The languages of answers, as BCP 47 names them."""
SENTENCES: Mapping[str, Mapping[str, str]] = {"ja": JA, "ko": KO}
_COMMA = {"ja": "、", "ko": ", "}
_IN_ENGLISH = {"ja": "［英文］{}", "ko": "[영문] {}"}


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


def say_missing(missing: str, language: str) -> str:
    """Say in a language what an answer names as missing: a kind of clause, or of an instrument's.

    Raises:
        FormatError: nothing here speaks that language.
    """
    if language == "en":
        return missing
    _known(language)
    said = _listed(missing, "missing", language)
    return said if said != missing else _own(missing, language)


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
        return _own(english, language)
    found = parts(template)
    if any(hole is not None and hole >= len(values) for _, hole, _ in found):
        # A reason from another house may be malformed: its English is all that is sure.
        return _own(english, language)
    return "".join(
        before + ("" if hole is None else _value(values[hole], kind, language))
        for before, hole, kind in found
    )


@cache
def parts(template: str) -> tuple[tuple[str, int | None, str], ...]:
    """Return a template as its pieces: words, then the number and kind of the hole after them."""
    return tuple(
        (before, None if name is None else int(name), kind or "")
        for before, name, kind, _ in Formatter().parse(template)
    )


def _value(value: str, kind: str, language: str) -> str:
    match kind:
        case "":
            return value
        case "when":
            return look_up("time", when(value, language), language)
        case "own":
            return _own(value, language)
        case "article":
            return article(value, language)
        case "sides":
            return _COMMA[language].join(_side(one, language) for one in value.split("; "))
    return _COMMA[language].join(_listed(one, kind, language) for one in value.split(", "))


def _listed(one: str, kind: str, language: str) -> str:
    match kind:
        case "list":
            return one
        case "articles":
            return article(one, language)
        case "missing":
            # After the instrument, where it is another's clause that was not read.
            where, colon, clause = one.rpartition(": ")
            return where + colon + look_up("clause", clause, language)
    return look_up(kind, one, language)


def _side(one: str, language: str) -> str:
    """Say one of `JP reads deny/permit`."""
    reader, _, outcomes = one.partition(" reads ")
    words = "/".join(look_up("outcome", outcome, language) for outcome in outcomes.split("/"))
    return f"{reader}: {words}"


def _own(english: str, language: str) -> str:
    return _IN_ENGLISH[language].format(english) if english else ""


def _known(language: str) -> None:
    if language not in SENTENCES:
        raise FormatError(f"no answers in the language `{language}`", hint=f"ask for {', '.join(LANGUAGES)}")
