"""Objects as columns: what the law sees of each, and whom its caveats keep out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from servanda.decisions.columns.embargoes import Embargoes
from servanda.decisions.columns.masks import Words, alike
from servanda.errors import QuestionError

Codes = NDArray[np.unsignedinteger[Any]]
"""Numbers of something, uint16 where they are few and uint32 where they are many."""

_FEW = 1 << 16


def narrow(codes: ArrayLike, kinds: int) -> Codes:
    """Return codes below `kinds` in the smallest type that holds them all."""
    given = np.asarray(codes)
    if given.size and not 0 <= int(given.min()) <= int(given.max()) < kinds:
        raise QuestionError(f"there are codes beyond the {kinds} that were announced")
    return np.ascontiguousarray(given, np.uint16 if kinds <= _FEW else np.uint32)


@dataclass(frozen=True, slots=True)
class Barriers:
    """Whom no caveat bars, row by row: a set bit means that the party is not barred.

    Plain: `code` is None and `words` [rows, W] has a mask for each row. Coded: `words` [kinds, W] has each
    mask that occurs, and `code` [rows] says which one a row has.
    """

    words: Words
    code: Codes | None = None

    def __len__(self) -> int:
        return len(self.words) if self.code is None else len(self.code)

    def rows(self, which: slice | NDArray[np.integer]) -> Words:
        """Return the masks of some rows, words[n, W]."""
        return self.words[which] if self.code is None else self.words[self.code[which]]

    def coded(self) -> Barriers:
        """Return the same barriers with each mask kept once, where that is smaller; else themselves."""
        if self.code is not None or not len(self.words):
            return self
        whole = self.words.view(np.dtype((np.void, self.words.dtype.itemsize * self.words.shape[1])))
        values = self.words[:, 0] if self.words.shape[1] == 1 else whole[:, 0]
        _, first, code = np.unique(values, return_index=True, return_inverse=True)
        if len(first) > min(_FEW, len(self.words) // 2):
            return self
        return Barriers(self.words[first], narrow(code, len(first)))


@dataclass(frozen=True, slots=True)
class Objects:
    """Objects of a bulk question, as columns over rows.

    `signature` codes[rows] and `barriers` say what each row is, `embargoes` what keeps it back for a time.
    Without `label` there is one row for each object. With it rows are the labels that occur, and `label`
    codes[objects] says which one an object bears; then a question costs one look-up for each object.
    """

    signature: Codes
    barriers: Barriers
    embargoes: Embargoes
    label: Codes | None = None
    greatest: int = field(init=False)
    """The greatest signature that occurs; -1 where there are no rows."""

    def __post_init__(self) -> None:
        # A number that is too great would be taken for the last one, and could permit: looked at once, here.
        rows = len(self.signature)
        if len(self.barriers) != rows:
            raise QuestionError(f"{rows} signatures stand beside {len(self.barriers)} barriers")
        if self.barriers.code is not None and _greatest(self.barriers.code) >= len(self.barriers.words):
            raise QuestionError("a barrier has a code that names no mask")
        if self.label is not None and _greatest(self.label) >= rows:
            raise QuestionError("an object has a label that is no row")
        if not alike(self.embargoes.barred, self.barriers.words):
            raise QuestionError("embargoes and barriers are not masks of the same parties")
        if len(self.embargoes) and not 0 <= self.embargoes.row[0] <= self.embargoes.row[-1] < rows:
            raise QuestionError("an embargo is on a row that is not there")
        object.__setattr__(self, "greatest", _greatest(self.signature))

    def __len__(self) -> int:
        return len(self.signature) if self.label is None else len(self.label)

    def row(self, item: int) -> int:
        """Return the row of one object.

        Raises:
            QuestionError: there is no such object; a place is not counted from the end.
        """
        if not 0 <= item < len(self):
            raise QuestionError(f"there is no object {item} among {len(self)}")
        return item if self.label is None else int(self.label[item])


def _greatest(codes: Codes) -> int:
    return int(codes.max()) if len(codes) else -1
