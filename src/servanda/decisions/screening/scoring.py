"""How near two names are: word by word, each weighed by how rare it is, with what was found.

A score of 100 is the same text; 99 the same but for case, accents and punctuation; 98.5 a general word in
another form; 98 words in another order; 97 other company forms; below that, what every word of either name
lacks in its best counterpart is taken off, weighed by its rarity. Nothing saturates: of two unequal hits the
nearer has the higher score.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, Indel, JaroWinkler

from servanda.decisions.screening.evidence import Evidence, How
from servanda.decisions.screening.names import Name
from servanda.decisions.screening.skeleton import skeleton, surname

Weigh = Callable[[str], float]

SAME, NORMALISED, GENERAL, ORDER, FORM = 100.0, 99.0, 98.5, 98.0, 97.0
_OTHER_SCRIPT = 0.75
MOST_OTHERWISE = 96.0
_SOUND, _SOUND_SHORT, _INITIAL, _JOINED = 0.93, 0.86, 0.8, 0.97
_LEAST_SLIP = 0.7
"""A pair of words that is less alike is no pair."""
_SHORT = 4
"""Words of so few letters must be the same, or sound the same: a slip in one makes another word."""
_BONES = 3
_ALIKE, _ALIKE_SHORT = 0.5, 0.6
_SOUND_LEAST, _SOUND_MOST = 0.85, 1.0
_CONSONANTS = 0.75
_NUMBER = re.compile(r"[0-9]+")
_VOWELS = str.maketrans("", "", "aeiouy")
VOWELLESS = frozenset({"ARABIC", "HEBREW"})
"""Scripts that do not write short vowels."""
"""Words that sound alike have at least so many letters the same; of few consonants, more."""
_LIKE, _AS_A_WHOLE = 0.89, 84.3
"""From how many letters the same a name is told as such, and the most that this alone can score: it never
blocks, since `28th Research Institute` and `36th Research Institute` are two."""
_PART, _CONTAINED = 0.55, 0.22
"""What a word costs that only the listed name has, of what one costs that is asked for and missing: less
still where nothing is missing, and what is asked for is all there."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A score with its evidence."""

    score: float
    evidence: tuple[Evidence, ...]


def score(asked: Name, listed: Name, weigh: Weigh) -> Scored:
    """Return how near a name is to one of a list."""
    found = _compared(asked, listed, weigh)
    notes = _notes(asked, listed)
    return Scored(found.score, (*found.evidence, *notes)) if notes else found


def _compared(asked: Name, listed: Name, weigh: Weigh) -> Scored:
    if asked.given == listed.given:
        return Scored(SAME, (Evidence(How.IDENTICAL),))
    # A name of another script was read by rule: of two that are the same otherwise it is the further.
    other = _OTHER_SCRIPT if asked.script != listed.script else 0.0
    if asked.words == listed.words and asked.plain != listed.plain and not other:
        return Scored(GENERAL, (Evidence(How.GENERAL, asked.plain, listed.plain),))
    if asked.words == listed.words:
        return Scored(NORMALISED - other, () if other else (Evidence(How.NORMALISED),))
    if asked.whole == listed.whole or asked.plain == listed.plain:
        return Scored(ORDER - other, (Evidence(How.ORDER),))
    if len(asked.kernel) == len(listed.kernel) and sorted(asked.kernel) == sorted(listed.kernel):
        forms = Evidence(How.FORM, " ".join(sorted(asked.forms)), " ".join(sorted(listed.forms)))
        order = () if asked.kernel == listed.kernel else (Evidence(How.ORDER),)
        return Scored(FORM - other - 0.5 * len(order), (forms, *order))
    return _worded(asked, listed, weigh)


def _notes(asked: Name, listed: Name) -> tuple[Evidence, ...]:
    notes = []
    if asked.hidden:
        notes.append(Evidence(How.HIDDEN))
    if asked.disguised:
        notes.append(Evidence(How.LOOK))
    if asked.cut:
        notes.append(Evidence(How.CUT))
    if asked.script != listed.script:
        read = (asked, listed)
        notes += [
            Evidence(How.SCRIPT, f"{name.given} read as {' '.join(name.words)}")
            for name in read
            if name.script
        ]
    return tuple(notes)


def _worded(asked: Name, listed: Name, weigh: Weigh) -> Scored:
    """Pair the words of both names, the nearest first, and weigh what is left."""
    vowelless = {asked.script, listed.script} & VOWELLESS
    pairs, evidence = _paired(asked.kernel, listed.kernel, loose=bool(vowelless))
    mine = {place: weigh(word) for place, word in enumerate(asked.kernel)}
    theirs = {place: weigh(word) for place, word in enumerate(listed.kernel)}
    whole, got = 0.0, 0.0
    for one, other, near in pairs:
        heavy = max(mine.pop(one), theirs.pop(other)) if near < 1 else mine.pop(one)
        theirs.pop(other, None)
        whole, got = whole + heavy, got + heavy * near
    lacking = sum(mine.values())
    extra = sum(theirs.values())
    if lacking:
        evidence.append(Evidence(How.PART, " ".join(asked.kernel[place] for place in mine)))
    if extra:
        evidence.append(Evidence(How.PART, "", " ".join(listed.kernel[place] for place in theirs)))
    whole += lacking + (_PART if lacking else _CONTAINED) * extra
    near = got / whole if whole else 0.0
    found = Scored(MOST_OTHERWISE * near, tuple(evidence))
    others = (_written_together(asked, listed), _as_a_whole(asked, listed))
    return max((found, *(one for one in others if one is not None)), key=lambda one: one.score)


def _as_a_whole(asked: Name, listed: Name) -> Scored | None:
    """Compare all letters, words sorted: a weak sign, for names that differ in one word that matters."""
    near = Indel.normalized_similarity(asked.plain, listed.plain, score_cutoff=_LIKE)
    return Scored(_AS_A_WHOLE * near, (Evidence(How.WHOLE, asked.plain, listed.plain),)) if near else None


def _paired(
    asked: tuple[str, ...], listed: tuple[str, ...], *, loose: bool
) -> tuple[list[tuple[int, int, float]], list[Evidence]]:
    """Return pairs of places with how near their words are, each word in one pair at most."""
    pairs: list[tuple[int, int, float]] = []
    rest = list(listed)
    left: dict[int, str] = {}
    for one, mine in enumerate(asked):
        if mine in rest:
            other = rest.index(mine)
            rest[other] = ""
            pairs.append((one, other, 1.0))
        else:
            left[one] = mine
    free = {place: theirs for place, theirs in enumerate(rest) if theirs}
    able = [
        (near, -abs(one - other), one, other, how)
        for one, mine in left.items()
        for other, theirs in free.items()
        for near, how in (_alike(mine, theirs, loose=loose),)
        if near
    ]
    able.sort(key=lambda each: each[:2], reverse=True)
    evidence = []
    for near, _, one, other, how in able:
        if one in left and other in free:
            pairs.append((one, other, near))
            evidence.append(Evidence(how, left.pop(one), free.pop(other)))
    if _crossed(pairs):
        evidence.append(Evidence(How.ORDER))
    return pairs, evidence


def _crossed(pairs: list[tuple[int, int, float]]) -> bool:
    others = [other for _, other, _ in sorted(pairs)]
    return others != sorted(others)


def _alike(mine: str, theirs: str, *, loose: bool) -> tuple[float, How]:
    """Return how near two different words are, 0 where they are no pair, and in what way.

    With `loose` one of them was written without its vowels, and the consonants are all there is.
    """
    shorter = min(len(mine), len(theirs))
    if shorter == 1:
        initial = mine[0] == theirs[0] and not (mine + theirs).isdigit()
        return (_INITIAL, How.INITIAL) if initial else (0.0, How.SLIP)
    if not (mine.isalpha() and theirs.isalpha()):
        return 0.0, How.SLIP  # another number is another thing
    bones = _bones(mine)
    if loose:
        near = _by_consonants(mine, theirs)
        return (near * _SOUND, How.SOUND) if near >= _CONSONANTS else (0.0, How.SLIP)
    if bones and bones == _bones(theirs):
        near = OSA.normalized_similarity(mine, theirs)
        if surname(mine) == surname(theirs):
            return max(_SOUND, near), How.SOUND
        few = len(bones) <= _BONES
        if near >= (_ALIKE_SHORT if few else _ALIKE):
            return max(_SOUND_SHORT if few else _SOUND, near), How.SOUND
    elif shorter >= _SHORT:
        near = OSA.normalized_similarity(mine, theirs, score_cutoff=_ALIKE)
        near = (near + JaroWinkler.normalized_similarity(mine, theirs)) / 2 if near else 0.0
        return (near, How.SLIP) if near >= _LEAST_SLIP else (0.0, How.SLIP)
    return 0.0, How.SLIP


@lru_cache(maxsize=1 << 16)
def _bones(word: str) -> str:
    return skeleton(surname(word))


def _one_sound(mine: str, theirs: str) -> bool:
    return _bones(mine) == _bones(theirs) and OSA.normalized_similarity(mine, theirs) >= _ALIKE_SHORT


def _digits(text: str) -> str:
    return "".join(_NUMBER.findall(text))


def _by_consonants(mine: str, theirs: str) -> float:
    one, other = mine.translate(_VOWELS), theirs.translate(_VOWELS)
    return OSA.normalized_similarity(one, other) if one and other else 0.0


def _written_together(asked: Name, listed: Name) -> Scored | None:
    """Compare two names written without spaces: for joins, and for scripts that have none."""
    mine, theirs = "".join(asked.kernel), "".join(listed.kernel)
    if min(len(mine), len(theirs)) < _SHORT:
        return None
    if mine == theirs:
        return Scored(MOST_OTHERWISE * _JOINED, (Evidence(How.JOINED),))
    if not (mine.isalpha() and theirs.isalpha()) and _digits(mine) != _digits(theirs):
        return None  # another number is another thing
    near = OSA.normalized_similarity(mine, theirs)
    if {asked.script, listed.script} & VOWELLESS:
        near = _by_consonants(mine, theirs)
        return Scored(MOST_OTHERWISE * _SOUND * near, (Evidence(How.SOUND, mine, theirs),))
    if asked.bones == listed.bones and near >= _ALIKE:
        # All consonants the same and half of the letters: worth telling. Near enough to block only with most
        # of them, or where each word sounds like its own counterpart.
        each = len(asked.kernel) == len(listed.kernel) > 1 and all(
            one == other or surname(one) == surname(other) or _one_sound(one, other)
            for one, other in zip(asked.kernel, listed.kernel, strict=True)
        )
        most = _SOUND_MOST if len(asked.bones) > _BONES or each else _SOUND_SHORT
        least = _SOUND if each else _SOUND_LEAST
        near = min(most, least + (_SOUND_MOST - least) * (near - _ALIKE) / (1 - _ALIKE))
        return Scored(MOST_OTHERWISE * near, (Evidence(How.SOUND, mine, theirs),))
    if near >= 0.8:  # noqa: PLR2004 - below, words tell more
        return Scored(MOST_OTHERWISE * near * _JOINED, (Evidence(How.SLIP, mine, theirs),))
    return None
