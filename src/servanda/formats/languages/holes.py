"""The holes of a template, and what each kind of hole makes of its value.

A hole `{0}` takes a value as it is; `{0:when}` prints a time, `{0:list}` a list of codes, `{0:article}` and
`{0:articles}` addresses, `{0:missing}` what was not read, `{0:sides}` the outcomes of readers, `{0:own}`
somebody's own words, and any other name words of the vocabulary, as `{0:phase}`. Values are only ever put
in, never read as templates.
"""

from __future__ import annotations

from functools import cache
from string import Formatter

from servanda.formats.languages.citations import article
from servanda.formats.languages.dates import when
from servanda.formats.languages.vocabulary import look_up

_COMMA = {"ja": "、", "ko": ", "}
_TOGETHER = {"ja": "（{}と共同）", "ko": "({} 공동)"}
_IN_ENGLISH = {"ja": "［英文］{}", "ko": "[영문] {}"}


def filled(template: str, values: tuple[str, ...], language: str) -> str | None:
    """Return a template with its values put in; None where it has holes for which there is no value."""
    found = parts(template)
    if any(hole is not None and hole >= len(values) for _, hole, _ in found):
        return None
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
            return own(value, language)
        case "article":
            return article(value, language)
        case "sides":
            return _COMMA[language].join(_side(one, language) for one in value.split("; "))
    return _COMMA[language].join(listed(one, kind, language) for one in value.split(", "))


def listed(one: str, kind: str, language: str) -> str:
    """Say one member of a list."""
    match kind:
        case "list":
            return one
        case "articles":
            return article(one, language)
        case "missing":
            # After the instrument, where it is another's clause that was not read.
            where, colon, clause = one.rpartition(": ")
            return where + colon + look_up("clause", clause, language)
        case "step":
            # A step that one takes together with others: `hold-consultations with JP`.
            step, together, others = one.partition(" with ")
            return look_up(kind, step, language) + (_TOGETHER[language].format(others) if together else "")
    return look_up(kind, one, language)


def _side(one: str, language: str) -> str:
    """Say one of `JP reads deny/permit`."""
    reader, _, outcomes = one.partition(" reads ")
    words = "/".join(look_up("outcome", outcome, language) for outcome in outcomes.split("/"))
    return f"{reader}: {words}"


def own(english: str, language: str) -> str:
    """Return words that exist in English alone, marked so."""
    return _IN_ENGLISH[language].format(english) if english else ""
