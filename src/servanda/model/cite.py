"""Citations: where in a text, an act or a rule of law an answer comes from."""

from __future__ import annotations

import msgspec


class Because(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One reason of an answer: a sentence, and the article, act or rule that carries it."""

    says: str
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

    def cite(self) -> str:
        """Print the citation as people write it."""
        if self.article:
            return f"{self.instrument} v{self.version} art. {self.article}"
        if self.act:
            return f"{self.instrument} act {self.act}"
        if self.rule.startswith("vclt:"):
            return f"Vienna Convention on the Law of Treaties art. {self.rule[5:]}"
        return self.rule or self.instrument
