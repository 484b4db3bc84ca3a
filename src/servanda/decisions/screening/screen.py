"""Screening: names against lists, through an index built once, every hit with its evidence."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Indel

from servanda.decisions.screening.evidence import Evidence, Hit, How
from servanda.decisions.screening.lookalikes import by_look
from servanda.decisions.screening.names import MOST_CHARACTERS, Name, normalise, readings
from servanda.decisions.screening.scoring import VOWELLESS, Scored, score
from servanda.decisions.screening.scripts import shown
from servanda.decisions.screening.trigrams import Floats, Large, Trigrams
from servanda.errors import QuestionError
from servanda.model.listed import Listed, Membership, PartyList
from servanda.model.when import Day

LEAST = 75.0
"""A hit below this score is none: it was the point at which harmless names of the benchmark began to hit."""
BLOCKS = 88.0
"""A hit from this score on holds a transaction until somebody has decided on it."""
LONGEST = 10_000
"""A name of more characters is no name."""

_WORTH, _WORTH_TOGETHER, _WORTH_OF_SOUND = 0.8, 0.78, 0.88
"""A candidate that is less alike, word by word sorted, written together, or by sound, is not looked at."""
_SAME_SOUND, _NO_VOWELS = 0.48, 0.38
"""What sounds the same must have so many of its letters too; less where its script writes no vowels."""
_BY_LETTERS = (0.38, 1.3, 0.34)
_BY_SOUND = (0.34, 1.25, 0.5)
"""Share, reach and overlap of the trigrams looked up; measured on real lists, see benchmarks/screening."""
_MOST_OF_A_WORD = 400
"""A word in more names than this says too little to look its names up by it alone."""
_MOST_LOOKED_AT, _MOST_PARTS = 40, 12
_NONE: Floats = np.empty(0, dtype=np.float32)
_RAREST = 1.15
"""What a word says that no name has; the commonest says 0.15."""


class Screen:
    """Lists made ready to be asked; what it holds follows from the lists and never changes."""

    def __init__(self, lists: Sequence[PartyList]) -> None:
        self.lists = tuple(lists)
        self._places: list[tuple[int, int]] = []
        self._given: list[str] = []
        self._read: list[str] = []
        plain: list[str] = []
        bones: list[str] = []
        hearts: list[str] = []
        words: Counter[str] = Counter()
        by_word: dict[str, list[int]] = {}
        for number, one in enumerate(self.lists):
            for place, listed in enumerate(one.parties):
                for given, reading in _each(listed):
                    name = normalise(reading)
                    if not name.words:
                        continue
                    entry = len(self._given)
                    self._places.append((number, place))
                    self._given.append(given)
                    self._read.append(reading)
                    plain.append(name.plain)
                    bones.append(name.bones)
                    hearts.append("".join(name.kernel))
                    # Words of a form of several words are in no kernel, until a slip in one breaks the form.
                    words.update({*name.kernel, *name.plain.split()})
                    for word in set(name.kernel):
                        by_word.setdefault(word, []).append(entry)
        self._plain, self._bones, self._hearts = plain, bones, hearts
        self._often = words
        self._by_word = {
            word: np.array(entries, dtype=np.int32)
            for word, entries in by_word.items()
            if len(entries) <= _MOST_OF_A_WORD
        }
        self._trigrams = Trigrams.of(plain)
        self._sounds = Trigrams.of(bones)
        most = math.log(2 + len(plain))
        self._weights = {word: _RAREST - math.log(2 + many) / most for word, many in words.items()}

    @classmethod
    def of(cls, lists: Iterable[PartyList]) -> Screen:
        """Arrange lists; a second for sixty thousand names."""
        return cls(tuple(lists))

    @property
    def names(self) -> int:
        """How many names it holds."""
        return len(self._given)

    def find(
        self, name: str, *, limit: int = 20, least: float = LEAST, at: Day | None = None
    ) -> tuple[Hit, ...]:
        """Return the listed parties whose names are near a name, the nearest first.

        `at` asks who stood on a list on a day: who certainly did not is left out, and of whom nobody can say
        so is told with the hit.

        Raises:
            QuestionError: the name has no letter or digit, or is longer than any name.
        """
        found = [self._find(asked, limit, least, at) for asked in ready(name)]
        return found[0] if len(found) == 1 else _merged(found, limit)

    def _find(self, asked: Name, limit: int, least: float, at: Day | None) -> tuple[Hit, ...]:
        letters = self._trigrams.near_one(asked.plain, *_BY_LETTERS).tolist()
        sounds = self._sounds.near_one(asked.bones, *_BY_SOUND).tolist()
        worth = self._worth(asked, list(dict.fromkeys((*letters, *sounds))))
        return self._hits(asked, list(dict.fromkeys((*worth, *self._parts(asked)))), limit, least, at)

    def find_all(
        self,
        names: Sequence[str],
        *,
        limit: int = 20,
        least: float = LEAST,
        at: Day | None = None,
        workers: int = 1,
    ) -> list[tuple[Hit, ...]]:
        """Return the hits of many names, in their order: as `find`, but for parts of names.

        Whole names are compared here; that a few words are part of a longer name only `find` looks for.

        Raises:
            QuestionError: as for `find`; the name is told.
        """
        read = {name: ready(name) for name in dict.fromkeys(names)}
        asked = list({one.given: one for each in read.values() for one in each}.values())
        whose, entries = self._near(asked, workers)
        kept = self._worthy(asked, whose, entries, workers)
        found: dict[str, tuple[Hit, ...]] = {}
        for number, own in _grouped(whose[kept], entries[kept]):
            found[asked[number].given] = self._hits(asked[number], own, limit, least, at)
        hits = {name: [found.get(one.given, ()) for one in each] for name, each in read.items()}
        return [hits[name][0] if len(hits[name]) == 1 else _merged(hits[name], limit) for name in names]

    def _near(self, asked: Sequence[Name], workers: int) -> tuple[Large, Large]:
        """Return pairs of a name asked about and an entry that may be near it."""
        with ThreadPoolExecutor(max(1, min(2, workers))) as pool:
            letters = pool.submit(self._trigrams.near, [one.plain for one in asked], *_BY_LETTERS)
            sounds = pool.submit(self._sounds.near, [one.bones for one in asked], *_BY_SOUND)
            by_letters, by_sound = letters.result(), sounds.result()
        keys = np.concatenate([pairs[0] * self.names + pairs[1] for pairs in (by_letters, by_sound)])
        keys.sort()
        once = np.ones(len(keys), dtype=bool)
        once[1:] = keys[1:] != keys[:-1]
        whose, entries = np.divmod(keys[once], max(1, self.names))
        return whose, entries

    def _parts(self, asked: Name) -> list[int]:
        """Return entries that hold the rarest words asked for among others, the shortest first."""
        known = [word for word in dict.fromkeys(asked.kernel) if word in self._by_word]
        if not known:
            return []
        rarest = sorted(known, key=self._often.__getitem__)[:2]
        found = self._by_word[rarest[0]]
        for word in rarest[1:]:
            both = np.intersect1d(found, self._by_word[word], assume_unique=True)
            found = both if len(both) else found
        lengths = self._trigrams.lengths[found]
        return [int(one) for one in found[np.argsort(lengths, kind="stable")[:_MOST_PARTS]]]

    def _worth(self, asked: Name, entries: list[int]) -> list[int]:
        """Return the entries worth a look word by word, the likeliest first."""
        if not entries:
            return []
        letters = _alike(asked.plain, self._plain, entries)
        sounds = _alike(asked.bones, self._bones, entries)
        near = letters >= _WORTH
        left = np.flatnonzero(~near).tolist()
        hearts = _alike("".join(asked.kernel), self._hearts, [entries[one] for one in left])
        near[left] = _sounds_near(sounds[left], hearts, np.array(asked.script in VOWELLESS))
        letters[left] = np.maximum(letters[left], hearts)
        able = np.flatnonzero(near)
        likely = np.maximum(letters, sounds)[able]
        order = able[np.argsort(-likely, kind="stable")[:_MOST_LOOKED_AT]]
        return [entries[one] for one in order.tolist()]

    def _worthy(self, asked: Sequence[Name], whose: Large, entries: Large, workers: int) -> Large:
        """Return which of many pairs are worth a look."""
        mine, theirs = whose.tolist(), entries.tolist()

        def alike(own: Sequence[str], kept: Sequence[str], pairs: Large, least: float) -> Floats:
            places = pairs.tolist()
            return process.cpdist(
                [own[mine[one]] for one in places],
                [kept[theirs[one]] for one in places],
                scorer=Indel.normalized_similarity,
                score_cutoff=least,
                workers=workers,
            )

        every = np.arange(len(mine))
        letters = alike([one.plain for one in asked], self._plain, every, _WORTH)
        kept = letters > 0
        left = np.flatnonzero(~kept)
        sounds = alike([one.bones for one in asked], self._bones, left, _WORTH_OF_SOUND)
        left = left[sounds > 0]
        sounds = sounds[sounds > 0]
        hearts = alike(["".join(one.kernel) for one in asked], self._hearts, left, _NO_VOWELS)
        vowelless = np.array([one.script in VOWELLESS for one in asked], dtype=bool)[whose[left]]
        kept[left[_sounds_near(sounds, hearts, vowelless)]] = True
        return np.flatnonzero(kept)

    def _weigh(self, word: str) -> float:
        """Return what a word says: the rarer, the more."""
        return self._weights.get(word, _RAREST)

    def _hits(
        self, asked: Name, entries: Sequence[int], limit: int, least: float, at: Day | None
    ) -> tuple[Hit, ...]:
        best: dict[tuple[int, int], tuple[Scored, str]] = {}
        known: dict[str, Scored] = {}
        # A weak alias that is nearer must not hide a name of the party that blocks.
        blocking: set[tuple[int, int]] = set()
        for entry in entries:
            given, read = self._given[entry], self._read[entry]
            found = known.get(read)
            if found is None:
                # Many parties of a list have one name.
                found = known[read] = score(asked, _ready(read), self._weigh)
            if found.score < least:
                continue
            place = self._places[entry]
            if found.score >= BLOCKS and given not in self._party(place).weak:
                blocking.add(place)
            if place not in best or found.score > best[place][0].score:
                best[place] = (found, given)
        hits = [
            hit
            for place, (found, given) in best.items()
            if (hit := self._hit(place, found, given, at, blocks=place in blocking)) is not None
        ]
        hits.sort(key=_rank)
        return tuple(hits[:limit])

    def _party(self, place: tuple[int, int]) -> Listed:
        return self.lists[place[0]].parties[place[1]]

    def _hit(
        self, place: tuple[int, int], found: Scored, given: str, at: Day | None, *, blocks: bool
    ) -> Hit | None:
        of, listed = self.lists[place[0]], self._party(place)
        membership = Membership.LISTED if at is None and not listed.stays else Membership.UNKNOWN
        if at is not None:
            membership = of.membership(listed, at)
        elif listed.stays and of.latest is not None:
            membership = of.membership(listed, of.latest)
        if membership is Membership.NOT_LISTED:
            return None
        weak = (Evidence(How.WEAK, "", given),) if given in listed.weak else ()
        evidence = (*found.evidence, *weak)
        return Hit(listed, of.code, given, round(found.score, 2), evidence, membership, blocks)


def _alike(asked: str, kept: Sequence[str], entries: Sequence[int]) -> Floats:
    """Return how much of their letters a text shares with those of some entries."""
    texts = [kept[one] for one in entries]
    return process.cdist([asked], texts, scorer=Indel.normalized_similarity)[0] if texts else _NONE


def _sounds_near(sounds: Floats, hearts: Floats, vowelless: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Say of which candidates the sound is near enough, and the letters written together beside it."""
    same = (sounds >= 1) & (hearts >= _SAME_SOUND)
    found: npt.NDArray[np.bool_] = (sounds >= _WORTH_OF_SOUND) & (
        (hearts >= _WORTH_TOGETHER) | (vowelless & (hearts >= _NO_VOWELS))
    )
    return found | same | (hearts >= _WORTH_OF_SOUND)


def ready(name: str) -> tuple[Name, ...]:
    """Return a name ready to be asked about: once for each way in which it is written in it.

    Raises:
        QuestionError: it has no letter or digit, or is longer than any name.
    """
    if len(name) > LONGEST:
        raise QuestionError(
            f"a name of {len(name)} characters is longer than {LONGEST}",
            hint="give the name alone, without other text",
        )
    text = shown(name)
    if len(text) > MOST_CHARACTERS:
        raise QuestionError(
            f"a name of {len(text)} characters is longer than {MOST_CHARACTERS}",
            hint="give the name alone, without other text",
        )
    found = [one for reading in readings(name) if (one := normalise(reading)).words]
    if not found:
        said = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in name[:40])
        raise QuestionError(f"`{said}` has no letter and no digit", hint="give a name as it is written")
    hidden = len(unicodedata.normalize("NFKC", name)) - len(text)
    return tuple(replace(one, hidden=hidden, disguised=by_look(text) != text) for one in found)


def _merged(found: list[tuple[Hit, ...]], limit: int) -> tuple[Hit, ...]:
    """Return the hits of several readings of one name, each party by its best."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in (hit for hits in found for hit in hits):
        key = hit.list_code, hit.listed.id
        known = best.get(key)
        if known is None:
            best[key] = hit
        else:
            nearer = hit if hit.score > known.score else known
            best[key] = replace(nearer, blocks=hit.blocks or known.blocks)
    return tuple(sorted(best.values(), key=_rank)[:limit])


def _rank(hit: Hit) -> tuple[float, str, str, str]:
    return -hit.score, hit.list_code, hit.listed.id, hit.matched_name


@lru_cache(maxsize=1 << 14)
def _ready(given: str) -> Name:
    return normalise(given)


def _each(listed: Listed) -> Iterator[tuple[str, str]]:
    """Yield every name of a party as the list has it, and as it is read; each reading once."""
    for given in dict.fromkeys(listed.names):
        for reading in readings(given):
            yield given, reading


def _grouped(whose: Large, entries: Large) -> Iterator[tuple[int, list[int]]]:
    """Yield each name's number with its entries; both arrays are in the order of the numbers."""
    if not len(whose):
        return
    edges = np.flatnonzero(np.diff(whose)) + 1
    for one, own in zip(np.split(whose, edges), np.split(entries, edges), strict=True):
        yield int(one[0]), own.tolist()
