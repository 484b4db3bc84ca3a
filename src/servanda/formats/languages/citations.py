"""Where a reason comes from, as each language cites it; the address of the article is kept."""

from __future__ import annotations

from servanda.formats.languages.vocabulary import look_up
from servanda.model.cite import Because, names_itself


def cite(because: Because, language: str) -> str:
    """Print the citation of a reason.

    The words before an address differ by language, the address never does, so that the same article
    is found in every authentic text.
    """
    if language == "en":
        return because.cite()
    if because.article:
        return f"{because.instrument} v{because.version} {article(because.article, language)}"
    if because.act:
        return f"{because.instrument} {look_up('cite', 'act', language)} {because.act}".strip()
    if because.rule:
        return rule(because.rule, language)
    return because.instrument


def article(address: str, language: str) -> str:
    """Print the address of a clause: an article, a place in an annex, or one whose number was not read."""
    if address.startswith("?"):
        return look_up("cite", "unnumbered", language).format(look_up("clause", address[1:], language))
    if not address[:1].isdigit():
        for kind in ("clause", "part"):
            if (known := look_up(kind, address, language)) != address:
                return known
    if names_itself(address):
        return address
    place, _, part = address.partition(", ")
    tail = f", {look_up('part', part, language)}" if part else ""
    if place.startswith("annex"):
        return f"{look_up('cite', 'annex', language)}{place[len('annex') :].strip()}{tail}"
    return look_up("cite", "article", language).format(place) + tail


def rule(name: str, language: str) -> str:
    """Print a rule that stands outside the text: of the law of treaties, or a convention of ours."""
    document, _, number = name.partition(":")
    if document == "vclt":
        return look_up("cite", "vclt", language).format(number)
    if document == "convention":
        return look_up("cite", "convention", language).format(look_up("convention", number, language))
    return look_up("rule", name, language)
