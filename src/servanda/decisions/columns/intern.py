"""Interning: millions of rows become the few different labels that they bear, each told apart once.

A row costs a few array operations; only a label that was not met before costs more. Whatever is malformed or
unknown is set aside before it becomes a label, so that a million unknown words leave nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.columns.fold import fold
from servanda.decisions.columns.labels import COLUMNS, Label, Vocabulary
from servanda.decisions.columns.problems import Problems, shown
from servanda.model.label import Portion

_TOPICS = COLUMNS.index("topics")

NO_LABEL = 0
"""The number that stands for a row without a label: never a permit."""

MOST_LABELS = 1 << 20
"""Different labels that are taken where the caller does not say otherwise; further ones are problems."""


class Column(Protocol):
    """One column of some rows: row `i` has `values[codes[i]]`."""

    @property
    def codes(self) -> NDArray[np.int32]:
        """The code of each row, int32[n]."""

    @property
    def values(self) -> Sequence[Any]:
        """The values, in the model's own words: text, tuples of text, tuples of caveats."""

    @property
    def wrong(self) -> Mapping[int, str]:
        """Codes that stand for no value, and what is wrong with each."""


class Rows(Protocol):
    """Some rows of a source: the place of the first, and the columns of a label by name."""

    @property
    def start(self) -> int:
        """Rows of the source that come before."""

    @property
    def columns(self) -> Mapping[str, Column]:
        """The columns, each of one length."""


class Interner:
    """Gives every different label a number from 1 on, the same one each time it is met.

    `labels[n - 1]` is the label of number `n`. Owned by whoever reads a source; grows with the different
    labels that are good, up to `most`.
    """

    def __init__(self, vocabulary: Vocabulary, most: int = MOST_LABELS) -> None:
        self.vocabulary = vocabulary
        self.most = most
        self.labels: list[Label] = []
        self._numbers: dict[tuple[int, ...], int] = {}
        self._values: list[dict[object, int]] = [{} for _ in COLUMNS]
        self._checks = vocabulary.checks()

    def add(self, rows: Rows, problems: Problems) -> NDArray[np.uint32]:
        """Return the number of each row's label, uint32[n]; what is wrong is added to `problems`."""
        columns = [rows.columns[name] for name in COLUMNS]
        numbers = np.zeros(len(columns[0].codes), np.uint32)
        bad = np.zeros(len(numbers), np.bool_)
        for name, column in zip(COLUMNS, columns, strict=True):
            self._set_aside(name, column, bad, rows.start, problems)
        good = np.flatnonzero(~bad)
        if not len(good):
            return numbers
        combination, first = fold([(column.codes[good], len(column.values)) for column in columns])
        # In the order in which they are met, so that numbers do not depend on how rows fall into batches.
        met = np.argsort(first)
        rows_met = good[first[met]]
        keys = [self._known(place, column, rows_met) for place, column in enumerate(columns)]
        found = np.zeros(len(first), np.uint32)
        wrongs: dict[int, str] = {}
        for place, row, *key in zip(met.tolist(), rows_met.tolist(), *keys, strict=True):
            number = self._numbers.get(tuple(key))
            if number is None:
                number, wrong = self._number(tuple(key), [c.values[c.codes[row]] for c in columns])
                if wrong:
                    wrongs[place] = wrong
            found[place] = number
        numbers[good] = found[combination]
        if wrongs:
            self._note(good, combination, wrongs, rows.start, problems)
        return numbers

    def _known(self, place: int, column: Column, rows: NDArray[np.int64]) -> list[int]:
        """Return for each row the number that its value has in every batch; -1 where there are too many."""
        known, codes = self._values[place], column.codes[rows]
        numbers = np.full(len(column.values), -1, np.int64)
        for code in dict.fromkeys(codes.tolist()):
            value = column.values[code]
            if place == _TOPICS:
                value = self._topics(value)
            number = known.get(value, -1)
            if number < 0 and len(known) < self.most:
                number = known[value] = len(known)
            numbers[code] = number
        return list(numbers[codes].tolist())

    def _topics(self, topics: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({self.vocabulary.topic(topic) for topic in topics}))

    def _set_aside(
        self, name: str, column: Column, bad: NDArray[np.bool_], start: int, problems: Problems
    ) -> None:
        """Mark the rows whose value in one column is wrong, unless another column was wrong before."""
        check = self._checks.get(name)
        wrong = np.zeros(len(column.values), np.bool_)
        if check is not None:
            wrong |= np.fromiter((check(value) != "" for value in column.values), np.bool_, len(wrong))
        wrong[list(column.wrong)] = True
        if not wrong.any():
            return
        rows = np.flatnonzero(wrong[column.codes] & ~bad)
        bad[rows] = True
        listed = rows[: problems.most - len(problems.listed)].tolist()
        for row in listed:
            code = int(column.codes[row])
            what = column.wrong.get(code) or (check(column.values[code]) if check else "")
            problems.add(start + row, f"{name}: {what}")
        problems.count += len(rows) - len(listed)

    def _number(self, key: tuple[int, ...], values: Sequence[Any]) -> tuple[int, str]:
        """Number a label that was not met before, or return none and what is wrong with it."""
        holder, originators, marking, topics, purpose, given_for, form, caveats, object_id = values
        if not self.vocabulary.marks(originators, marking):
            return NO_LABEL, f"marking: {shown(marking)} is not a marking of {shown(originators[0])}"
        if len(self.labels) >= self.most or min(key) < 0:
            return NO_LABEL, f"there are more than {self.most} different labels"
        portion = Portion(originators, marking, self._topics(topics), caveats, given_for, object_id)
        self.labels.append(Label(holder, portion, purpose, form))
        self._numbers[key] = len(self.labels)
        return len(self.labels), ""

    def _note(
        self,
        good: NDArray[np.int64],
        combination: NDArray[np.int64],
        wrongs: Mapping[int, str],
        start: int,
        problems: Problems,
    ) -> None:
        wrong = np.zeros(int(combination.max()) + 1, np.bool_)
        wrong[list(wrongs)] = True
        places = np.flatnonzero(wrong[combination])
        listed = places[: problems.most - len(problems.listed)].tolist()
        for place in listed:
            problems.add(start + int(good[place]), wrongs[int(combination[place])])
        problems.count += len(places) - len(listed)
