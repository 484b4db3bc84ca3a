"""A hit of a screening: which listed party, by which of its names, how near, and what matched how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from servanda.model.listed import Listed, Membership


class How(Enum):
    """How a word, or a name as a whole, matched."""

    IDENTICAL = "identical"
    NORMALISED = "identical but for case, accents and punctuation"
    ORDER = "words in another order"
    FORM = "company forms differ"
    GENERAL = "a general word in another form"
    SCRIPT = "transliterated"
    SOUND = "spelt otherwise, sounds alike"
    SLIP = "letters differ"
    JOINED = "written as one word or several"
    INITIAL = "initial"
    ACRONYM = "acronym"
    WHOLE = "most letters of the whole are the same"
    PART = "words that the other has not"
    HIDDEN = "characters that show nothing were taken out"
    LOOK = "letters of another script that look the same were read by their look"
    CUT = "only the beginning of a very long name was compared"
    WEAK = "the list calls this alias weak"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for or against a match: how, and the words of either side."""

    how: How
    asked: str = ""
    listed: str = ""

    def __str__(self) -> str:
        words = f"{self.asked} / {self.listed}" if self.asked and self.listed else self.asked or self.listed
        return f"{self.how.value}: {words}" if words else self.how.value


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed party whose name is near the one asked about.

    `score` is at most 100: identical; below 100 each kind of difference costs, so that of two hits the nearer
    ranks higher. `membership` says whether the party stood on the list on the day asked about. `blocks` is
    True where the match is near enough that nothing may go out before somebody has decided on it.
    """

    listed: Listed
    list_code: str
    matched_name: str
    score: float
    evidence: tuple[Evidence, ...]
    membership: Membership
    blocks: bool
