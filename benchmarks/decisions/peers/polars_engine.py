"""Polars for bulk questions: the dictionary of signatures joined with the objects, its best form."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.decisions.peers import version
from benchmarks.decisions.world import START, World


class Polars:
    """Each object's signature gathers the words of its recipients; caveats are masks given beforehand."""

    name = "Polars, best form: signatures"

    def __init__(self, world: World, signature: NDArray[Any], barrier: NDArray[Any]) -> None:
        self.version = version("polars")
        embargo = world.objects.embargo
        self._rows = np.flatnonzero(embargo >= START)
        own = np.left_shift(1, world.objects.originator.astype(np.int64)).astype(np.uint32)
        until = np.where(embargo >= START, embargo, 0)
        self._objects = pl.DataFrame({"sig": signature, "barrier": barrier, "until": until, "own": own})
        self._words = pl.Series("word", np.zeros(1, np.uint32))
        self._answer = pl.DataFrame()

    def at(self, words: NDArray[Any]) -> None:
        """Take the recipients of every signature at an instant."""
        self._words = pl.Series("word", words)

    def run(self, at: int) -> None:
        """Work out for each object the parties that it may go to, one bit each."""
        word = pl.lit(self._words).gather(pl.col("sig")) & pl.col("barrier")
        held = pl.when(pl.col("until") > at).then(word & pl.col("own")).otherwise(word)
        self._answer = self._objects.select(held.alias("word"))

    def answer(self) -> NDArray[np.uint32]:
        """Return the last answer in the order of the objects."""
        words: NDArray[np.uint32] = self._answer["word"].to_numpy()
        return words
