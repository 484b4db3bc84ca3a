"""From labels to objects: what the law makes of each label, spread over all that bear it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.columns.embargoes import Embargoes
from servanda.decisions.columns.intern import Interner
from servanda.decisions.columns.labels import Label
from servanda.decisions.columns.masks import Words, from_integers, no_party
from servanda.decisions.columns.objects import Barriers, Codes, Objects, narrow
from servanda.decisions.columns.problems import Problem, Problems
from servanda.errors import QuestionError


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the law makes of one label.

    `signature` is its column in the history. Bit `p` of `clear` says that no lasting caveat bars party `p`;
    `later` are embargoes: the microsecond at which one ends, and the bits of the parties it bars till then. A
    label that is `wrong` (it contradicts itself, it names whom nobody knows) permits nothing.
    """

    signature: int
    clear: int
    later: tuple[tuple[int, int], ...] = ()
    wrong: str = ""


Compile = Callable[[Sequence[Label]], Sequence[Meaning]]
"""The law: one meaning for each label, in their order."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """The meanings of an interner's labels, as columns; row 0 is no label, and may go to nobody."""

    signature: Codes
    barriers: Barriers
    embargoes: Embargoes
    wrong: dict[int, str]

    def objects(self, numbers: NDArray[np.unsignedinteger]) -> Objects:
        """Return the objects that bear labels of these numbers."""
        label = narrow(numbers, len(self.signature))
        return Objects(self.signature, self.barriers, self.embargoes, label)

    def note(self, numbers: NDArray[np.unsignedinteger], problems: Problems, start: int = 0) -> None:
        """Add the rows whose label is wrong; `start` is the place of the first row in its source."""
        if self.wrong:
            wrong = np.zeros(len(self.signature), np.bool_)
            wrong[list(self.wrong)] = True
            rows = np.flatnonzero(wrong[numbers])
            listed = rows[: problems.most - len(problems.listed)].tolist()
            problems.listed += [Problem(start + row, self.wrong[int(numbers[row])]) for row in listed]
            problems.count += len(rows)


def meanings(interner: Interner, law: Compile, parties: int) -> Meanings:
    """Ask the law once for each different label."""
    made = law(interner.labels)
    if len(made) != len(interner.labels):
        raise QuestionError(f"{len(interner.labels)} labels have {len(made)} meanings")
    clear: Words = no_party(1, parties)
    if made:
        own = from_integers([0 if one.wrong else one.clear for one in made], parties)
        clear = np.concatenate([clear, own])
    signature = [0, *(one.signature for one in made)]
    later = [(row, until, bits) for row, one in enumerate(made, 1) for until, bits in one.later]
    return Meanings(
        narrow(signature, max(signature) + 1),
        Barriers(clear),
        Embargoes.of(
            [row for row, _, _ in later],
            [until for _, until, _ in later],
            from_integers([bits for _, _, bits in later], parties),
        ),
        {row: one.wrong for row, one in enumerate(made, 1) if one.wrong},
    )
