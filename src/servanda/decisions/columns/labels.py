"""Labels as rows of a table: what is written of an object, and which words are known at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from servanda.decisions.columns.problems import shown
from servanda.model.label import Portion

OTHER_TOPIC = "*"
"""Stands for every topic that no clause and no act names; the law cannot tell one of them from another."""

COLUMNS = (
    "holder",
    "originators",
    "marking",
    "topics",
    "purpose",
    "given_for",
    "form",
    "caveats",
    "object_id",
)
"""The columns that make a label."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the law looks at in an object, without saying which object it is.

    The portion's `object_id` is empty unless acts name this very object; its topics are ascending.
    """

    holder: str
    portion: Portion
    purpose: str
    form: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that are known. A row with any other is a problem and never a permit.

    `words` are the markings of each party. `topics` are those that some clause or act names, and `forms` the
    forms of information; None takes every word as it is.
    """

    parties: frozenset[str]
    words: Mapping[str, frozenset[str]]
    topics: frozenset[str] | None = None
    forms: frozenset[str] | None = None

    def checks(self) -> Mapping[str, Callable[[object], str]]:
        """Return for some columns what is wrong with a value; empty text where nothing is."""
        every = frozenset[str]().union(*self.words.values())
        return {
            "holder": self._party,
            "originators": self._owners,
            "marking": lambda value: (
                "" if value in every else f"{shown(value)} is not a marking of any party"
            ),
            "form": lambda value: (
                "" if self.forms is None or value in self.forms else f"{shown(value)} is not a form"
            ),
        }

    def _party(self, value: object) -> str:
        return "" if value in self.parties else f"{shown(value)} is not a party"

    def _owners(self, value: object) -> str:
        if not isinstance(value, tuple) or not value:
            return "there is no originator"
        return next((wrong for one in value if (wrong := self._party(one))), "")

    def topic(self, topic: str) -> str:
        """Return a topic as the law sees it."""
        return topic if self.topics is None or topic in self.topics else OTHER_TOPIC

    def marks(self, originators: tuple[str, ...], marking: str) -> bool:
        """Return whether a marking is a word of the first originator."""
        return marking in self.words.get(originators[0], ())
