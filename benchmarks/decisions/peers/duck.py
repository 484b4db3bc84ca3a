"""DuckDB for bulk questions: a plain join, and its best form over a dictionary of signatures."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.decisions.peers import directions, version
from benchmarks.decisions.world import START, World


class Duck:
    """The best form: each object's signature is joined with the words of its recipients, and masked.

    The table of words at the instant is given to it beforehand, and so is each object's mask of caveats. An
    embargo is two columns of its object: joined from a table of its own it takes longer. Its answer stays
    inside the database, in whatever order is fastest, so it has the objects' numbers.
    """

    name = "DuckDB, best form: signatures"

    def __init__(self, world: World, signature: NDArray[Any], barrier: NDArray[Any]) -> None:
        self.version = version("duckdb")
        self._connection = duckdb.connect()
        self._connection.execute("SET threads = 2")
        embargo = world.objects.embargo
        own = np.left_shift(1, world.objects.originator.astype(np.int64)).astype(np.uint32)
        until = np.where(embargo >= START, embargo, 0)
        number = np.arange(len(signature), dtype=np.int32)
        columns = {"id": number, "sig": signature, "barrier": barrier, "until": until, "own": own}
        self._take("objects", columns)

    def _take(self, name: str, columns: dict[str, NDArray[Any]]) -> None:
        self._connection.register("given", columns)
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given")  # noqa: S608 - ours
        self._connection.unregister("given")

    def at(self, words: NDArray[Any]) -> None:
        """Take the recipients of every signature at an instant."""
        self._take("permitted", {"sig": np.arange(len(words), dtype=np.uint16), "word": words})

    def run(self, at: int) -> None:
        """Work out for each object the parties that it may go to, one bit each."""
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE answer AS SELECT o.id, o.barrier & p.word & "
            "CASE WHEN o.until > ? THEN o.own ELSE 4294967295::UINTEGER END AS word "
            "FROM objects o JOIN permitted p USING (sig)",
            [at],
        )

    def answer(self) -> NDArray[np.uint32]:
        """Return the last answer in the order of the objects."""
        found = self._connection.execute("SELECT id, word FROM answer").fetchnumpy()
        answer = np.empty(len(found["id"]), np.uint32)
        answer[found["id"]] = found["word"]
        return answer


class DuckPlain:
    """The plain form: objects joined with agreements in force, pairs counted apart."""

    name = "DuckDB, plain join"

    def __init__(self, world: World, barrier: NDArray[Any]) -> None:
        self.version = version("duckdb")
        self._connection = duckdb.connect()
        self._connection.execute("SET threads = 2")
        objects = world.objects
        self._connection.register(
            "given",
            {
                "id": np.arange(len(objects), dtype=np.int32),
                "holder": objects.holder,
                "originator": objects.originator,
                "level": objects.level,
                "topics": np.array([sum(1 << one for one in each) for each in world.topic_sets])[
                    objects.topics
                ],
                "barrier": barrier,
                "embargo": objects.embargo,
            },
        )
        self._connection.execute("CREATE TABLE objects AS SELECT * FROM given")
        rules = [
            (
                one.number,
                one.holder,
                one.recipient,
                start,
                end,
                sum(1 << topic for topic in one.topics),
                level,
            )
            for one in directions(world)
            for start, end in one.periods
            for level in one.levels
        ]
        self._connection.execute(
            "CREATE TABLE ground (number INT, holder SMALLINT, recipient SMALLINT, starts BIGINT, "
            "ends BIGINT, topics BIGINT, level TINYINT)"
        )
        self._connection.executemany("INSERT INTO ground VALUES (?, ?, ?, ?, ?, ?, ?)", rules)

    def run(self, at: int) -> None:
        """Work out the pairs of what a holder itself originated and a party it may go to."""
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE answer AS SELECT DISTINCT o.id, g.recipient FROM objects o "
            "JOIN ground g ON o.holder = g.holder AND o.level = g.level AND g.starts <= $1 AND $1 < g.ends "
            "AND (o.topics & ~g.topics) = 0 WHERE o.originator = o.holder AND o.embargo <= $1 "
            "AND (o.barrier >> g.recipient) & 1 = 1",
            [at],
        )

    def count(self) -> int:
        """Return how many pairs the last answer has."""
        found = self._connection.execute("SELECT count(*) FROM answer").fetchone()
        assert found is not None
        return int(found[0])
