"""A labelled set: names of the list as people write them, made without any help from our matcher.

Slips are random edits with a fixed seed. Originals in other scripts are made from the list's own romanisation
by published tables read backwards: BGN/PCGN for Cyrillic, McCune-Reischauer as North Korean names are listed
for Hangul. Romanisation variants replace letters by those of another table: ISO 9 and German for Russian, the
Revised Romanisation for Korean, Wade-Giles for pinyin, and the common spellings of Arabic names.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.screening.syllables import HANGUL
from servanda.model.listed import EntityKind, Listed, PartyList

LEAST = 5
"""A shorter name in Latin letters is not asked."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FORM = re.compile(
    r"[,\s]+(co\.?,?\s*ltd\.?|company limited|limited|ltd\.?|llc|inc\.?|corp(oration|\.)?|gmbh|o?jsc)\s*$",
    re.IGNORECASE,
)


def _table(words: str) -> tuple[tuple[str, str], ...]:
    """Read a table written as `from>to`, an underscore for a space."""
    pairs = (pair.partition(">") for pair in words.split())
    return tuple((one.replace("_", " "), other.replace("_", " ")) for one, _, other in pairs)


CYRILLIC = _table(
    "shch>щ zh>ж kh>х ts>ц ch>ч sh>ш yu>ю ya>я yy>ый iy>ий ey>ей ay>ай oy>ой a>а b>б v>в g>г d>д e>е z>з i>и "
    "k>к l>л m>м n>н o>о p>п r>р s>с t>т u>у f>ф y>ы '>ь"
)
ISO_9 = _table("shch>sc zh>z kh>h ts>c ch>c sh>s yu>ju ya>ja y>j")
GERMAN = _table("shch>schtsch zh>sch kh>ch v>w z>s ch>tsch sh>sch y>j")
REVISED = _table("ch>j k>g p>b t>d o>eo")
WADE = _table("ng>ng sh>sh zh>ch ch>ch' x>hs q>ch' j>ch b>p p>p' d>t t>t' g>k k>k' z>ts c>ts' r>j")
ARABIC = _table(
    "mohammad>muhammed muhammad>mohamed ahmad>ahmed husayn>hussein abd_al->abdul_ al->el- q>k aa>a iy>i ou>u"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A name as somebody writes it, and the party that is meant (its place in the list); None for nobody."""

    group: str
    asked: str
    party: int | None


def make(of: PartyList, each: int) -> list[Case]:
    """Return the labelled set: `each` cases of every group, where the list has as many."""
    chance = random.Random(20191122)  # noqa: S311 - a sample, no secret
    places = list(range(len(of.parties)))
    chance.shuffle(places)
    cases: list[Case] = []
    for group, suits, change in _groups(chance):
        found = 0
        for place in places:
            one = of.parties[place]
            asked = change(one.name) if suits(one) else ""
            if asked and asked != one.name and (len(asked) > LEAST or not asked.isascii()):
                cases.append(Case(group, asked, place))
                found += 1
                if found == each:
                    break
    return cases + _harmless(of, chance, each)


def _groups(
    chance: random.Random,
) -> list[tuple[str, Callable[[Listed], bool], Callable[[str], str]]]:
    def of(*countries: str) -> Callable[[Listed], bool]:
        return lambda one: one.name.isascii() and bool(set(one.countries) & set(countries))

    def person(*countries: str) -> Callable[[Listed], bool]:
        return lambda one: of(*countries)(one) and one.kind is EntityKind.PERSON

    def any_name(one: Listed) -> bool:
        return one.name.isascii() and len(one.name) > 9

    return [
        ("slips: one letter", any_name, lambda name: slip(name, chance)),
        ("slips: two letters", any_name, lambda name: slip(slip(name, chance), chance)),
        ("order of words", any_name, lambda name: _turned(name, chance)),
        ("company form left out or other", any_name, _reformed),
        ("joined or divided", any_name, lambda name: _joined(name, chance)),
        ("initials", lambda one: any_name(one) and one.kind is EntityKind.PERSON, _initials),
        ("transliterated: Cyrillic", person("RU", "BY"), _to_cyrillic),
        ("transliterated: Hangul", person("KP"), _to_hangul),
        ("transliterated: ISO 9", person("RU", "BY"), lambda name: _replaced(name, ISO_9)),
        ("transliterated: German", person("RU", "BY"), lambda name: _replaced(name, GERMAN)),
        ("transliterated: Revised Romanisation", person("KP"), lambda name: _replaced(name, REVISED)),
        ("transliterated: Wade-Giles", person("CN"), lambda name: _replaced(name, WADE)),
        (
            "transliterated: Arabic",
            person("IQ", "SY", "LB", "SA", "YE", "EG"),
            lambda name: _replaced(name, ARABIC),
        ),
    ]


def slip(name: str, chance: random.Random) -> str:
    """Return a name with one letter left out, added, replaced, or changed with its neighbour."""
    places = [place for place, one in enumerate(name) if one.isalpha()]
    at = chance.choice(places)
    letter = chance.choice(LETTERS)
    match chance.randrange(4):
        case 0:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + letter + name[at:]
        case 2:
            return name[:at] + letter + name[at + 1 :]
    after = min(at + 1, len(name) - 1)
    return name[:at] + name[after] + name[at] + name[after + 1 :]


def _turned(name: str, chance: random.Random) -> str:
    words = name.replace(",", " ").split()
    if len(words) < 2:
        return ""
    turn = chance.randrange(1, len(words))
    return " ".join(words[turn:] + words[:turn])


def _reformed(name: str) -> str:
    return FORM.sub("", name) if FORM.search(name) else ""


def _joined(name: str, chance: random.Random) -> str:
    words = name.split()
    if len(words) < 2:
        return ""
    at = chance.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1].lower(), *words[at + 2 :]])


def _initials(name: str) -> str:
    last, comma, first = name.partition(", ")
    given = first.split()
    return (
        f"{given[0]} {' '.join(one[0] + '.' for one in given[1:])} {last}" if comma and len(given) > 1 else ""
    )


def _to_cyrillic(name: str) -> str:
    return (
        _replaced(name, CYRILLIC)
        if not re.search(r"[wqxhj]", re.sub("zh|kh|ch|sh", "", name.lower()))
        else ""
    )


def _to_hangul(name: str) -> str:
    syllables = re.findall(r"[a-z']+", name.lower())
    found = [HANGUL.get(one.replace("'", "")) for one in syllables]
    return "".join(one for one in found if one) if found and all(found) else ""


def _replaced(name: str, table: tuple[tuple[str, str], ...]) -> str:
    low = name.lower()
    longest = sorted(table, key=lambda row: -len(row[0]))
    pattern = re.compile("|".join(re.escape(row[0]) for row in longest))
    into = dict(table)
    return pattern.sub(lambda found: into[found.group()], low)


def _harmless(of: PartyList, chance: random.Random, each: int) -> list[Case]:
    """Return names of nobody on the list: words of the list put together anew, three to a name."""
    words = sorted(
        {word.lower() for one in of.parties for word in one.name.split() if word.isalpha() and len(word) > 3}
    )
    whole = {" ".join(sorted(name.lower().split())) for one in of.parties for name in one.names}
    cases: list[Case] = []
    while len(cases) < each:
        made = chance.sample(words, 3)
        if " ".join(sorted(made)) not in whole:
            cases.append(Case("harmless", " ".join(made), None))
    return cases
