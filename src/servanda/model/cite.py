"""Citations: where in a text, an act or a rule of law an answer comes from, and how it is said."""

from __future__ import annotations

import msgspec


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A sentence: in English, and as the template and values from which other languages are made."""

    english: str
    code: str = ""
    """The template; empty where the sentence is somebody's own words and has no other language."""
    values: tuple[str, ...] = ()


class Template(msgspec.Struct, frozen=True):
    """A sentence with holes, `{0}` to `{9}`, known by its code in every language."""

    code: str
    english: str

    def __call__(self, *values: str) -> Said:
        """Return the sentence with its holes filled."""
        return Said(self.english.format(*values), self.code, values)


class Because(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One reason of an answer: a sentence, and the article, act or rule that carries it."""

    says: str
    """The sentence in English."""
    instrument: str = ""
    version: int = 0
    article: str = ""
    """The address of the clause in the text; the address is the citation."""
    act: str = ""
    """The id of the act in the instrument's record."""
    rule: str = ""
    """A rule outside the text: `vclt:68`, or `convention:month-end`."""
    confirmed: bool = True
    """False where only memory, not a source that was read, supports the field."""
    code: str = ""
    """The template of the sentence, from which other languages are made."""
    values: tuple[str, ...] = ()
    when: str = ""
    """The instant or day that the reason speaks of, as RFC 3339; empty where it speaks of none."""

    def cite(self) -> str:
        """Print the citation as people write it."""
        if self.article:
            kind = "" if names_itself(self.article) else "art. "
            return f"{self.instrument} v{self.version} {kind}{self.article}"
        if self.act:
            return f"{self.instrument} act {self.act}"
        if self.rule.startswith("vclt:"):
            return f"Vienna Convention on the Law of Treaties art. {self.rule[5:]}"
        return self.rule or self.instrument


def names_itself(address: str) -> bool:
    """Say whether an address is more than a number, as `Order art. 4` or `15 C.F.R. Part 738`."""
    words = address.split()
    title = next((word for word in words if not word.isdigit()), "")
    return title[:1].isupper() and (title[1:2].islower() or title == "C.F.R.")


def because(
    said: Said,
    *,
    instrument: str = "",
    version: int = 0,
    article: str = "",
    act: str = "",
    rule: str = "",
    confirmed: bool = True,
    when: str = "",
) -> Because:
    """Return a reason that says a sentence, with what carries it."""
    return Because(
        said.english, instrument, version, article, act, rule, confirmed, said.code, said.values, when
    )
