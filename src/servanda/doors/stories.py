"""The story of a package as JSON-ready values; `spec/answers.md` documents every key."""

from __future__ import annotations

from typing import Any, TypeAlias

from servanda.doors import answers
from servanda.formats.languages import say, say_line
from servanda.model.act import kind_of
from servanda.status import Part, Story, tell

Json: TypeAlias = dict[str, Any]


def story(found: Story, language: str) -> Json:
    """Return a package with its sentences in a language, its parts, its causes and what came afterwards."""
    package = found.package
    return {
        "package": package.id,
        "title": package.title,
        "done": found.done,
        "source": package.source,
        "confirmed": package.confirmed,
        "note": package.note,
        "sentences": ["  " * line.indent + say_line(line, language) for line in tell(found, language)],
        "causes": [_part(one, language) for one in found.causes],
        "parts": [_part(one, language) for one in found.parts],
        "afterwards": [_part(one, language) for one in found.afterwards],
        "language": language,
    }


def _part(one: Part, language: str) -> Json:
    act = one.act
    return {
        "instrument": one.instrument,
        "act": act.id,
        "kind": kind_of(act),
        "by": list(act.by),
        "done": one.done,
        "known": one.known,
        "says": say(one, language),
        "hanging": [answers.hanging(each) for each in one.hanging],
        "source": act.source,
        "confirmed": act.confirmed,
        "note": act.note,
    }
