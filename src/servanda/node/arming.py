"""Armed instants: when the answer on anything that goes on may change, and what then has changed.

Nothing polls. Each question says until when its answer holds; the soonest of these instants is waited for,
and at that instant what is due is asked again. Nothing of this is kept on disk: the tables say what goes on,
and the law says until when.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count

from sqlalchemy import Connection

from servanda.errors import ServandaError
from servanda.model.cite import Because
from servanda.model.decision import Decision, Outcome
from servanda.model.when import FOREVER, Instant
from servanda.node.bell import Bell
from servanda.node.house import Node, last_stamp
from servanda.node.judging import Judging
from servanda.node.turning import Changed, asked_again, differing, record_turns, stopped
from servanda.node.watching import Kind, Question, Subject, going_on, named_objects

RETRY_SECONDS = 5.0
"""How long after an error it is tried again."""


def soonest(untils: Iterable[Instant], learns: Instant) -> Instant:
    """Return the next instant at which to ask again: an answer ends, or an act comes to be known."""
    return min((*untils, learns))


@dataclass(frozen=True, slots=True)
class Ahead:
    """An instant ahead, what changes the answers then, and how many of each kind turn on it."""

    at: Instant
    turns: tuple[Because, ...]
    of: dict[Kind, int]


class Arming:
    """Everything that goes on, by the instant until which its answer holds. For one thread."""

    def __init__(self, node: Node) -> None:
        self._node = node
        # Owned here alone, and made anew from the tables whenever the law is another.
        self._law: tuple[Judging, Instant] | None = None
        self._since = ""
        self._named: frozenset[str] = frozenset()
        self._subjects: defaultdict[Question, dict[Subject, None]] = defaultdict(dict)
        self._places: dict[Subject, tuple[tuple[str, ...], Question]] = {}
        self._answers: dict[Question, Decision] = {}
        self._heap: list[tuple[Instant, int, Question]] = []
        self._number = count()
        self._learns = FOREVER

    def next(self) -> Instant:
        """Return the instant at which something is to be asked again."""
        while self._heap and self._answers[self._heap[0][2]].until != self._heap[0][0]:
            heapq.heappop(self._heap)
        return soonest((self._heap[0][0],) if self._heap else (), self._learns)

    def ask(self) -> list[Changed]:
        """Ask again whatever is due or new, and record what has changed; return that.

        Raises:
            ClockError: the clock stands before what is recorded.
            StorageError: the database does not take it.
        """
        at = self._node.now()
        with self._node.reading() as connection:
            asked = self._look(connection, at)
            before = stopped(connection)
            turned = [
                one for one in asked if differing(self._subjects[one], self._answers[one].outcome, before)
            ]
        return record_turns(self._node, {one: tuple(self._subjects[one]) for one in turned})

    def ahead(self) -> list[Ahead]:
        """Return the instants ahead, soonest first, without recording anything."""
        at = self._node.now()
        with self._node.reading() as connection:
            self._look(connection, at)
        found: defaultdict[Instant, list[Question]] = defaultdict(list)
        for question, decision in self._answers.items():
            if decision.until != FOREVER:
                found[decision.until].append(question)
        return [
            Ahead(
                until,
                tuple(dict.fromkeys(one for each in found[until] for one in self._turns(each))),
                dict(Counter(one.kind for each in found[until] for one in self._subjects[each])),
            )
            for until in sorted(found)
        ]

    def going_on(self) -> dict[tuple[Kind, Outcome], int]:
        """Return how many of each kind stand how, as of the last asking."""
        return dict(
            Counter(
                (one.kind, decision.outcome)
                for question, decision in self._answers.items()
                for one in self._subjects[question]
            )
        )

    def _turns(self, question: Question) -> tuple[Because, ...]:
        return self._answers[question].judgement.turns

    def _look(self, connection: Connection, at: Instant) -> list[Question]:
        """Read what is new and ask what is due; return what was asked."""
        law = self._node.law(connection)
        self._learns = law.learns(at)
        state = (law, law.last_seen(at))
        if self._law != state:
            self._law = state
            self._since = ""
            self._named = named_objects(law.registry)
            self._subjects.clear()
            self._places.clear()
            self._answers.clear()
            self._heap.clear()
        asked: dict[Question, None] = {}
        for one in going_on(connection, self._node.party, self._since):
            parties, before = self._places.get(one.subject, ((), None))
            if parties == one.parties:
                continue
            question = one.question(self._named)
            if before is not None:
                # It came again by another way: the former one no longer matters.
                del self._subjects[before][one.subject]
            self._places[one.subject] = (one.parties, question)
            self._subjects[question][one.subject] = None
            asked[question] = None
        # Writers come one after the other, each at its own instant: what is not here yet is of a later one.
        self._since = last_stamp(connection)
        while self._heap and self._heap[0][0] <= at:
            asked[heapq.heappop(self._heap)[2]] = None
        for question in asked:
            self._arm(connection, question, at)
        return list(asked)

    def _arm(self, connection: Connection, question: Question, at: Instant) -> None:
        decision = asked_again(self._node, connection, question, at)
        self._answers[question] = decision
        if at < decision.until < FOREVER:
            heapq.heappush(self._heap, (decision.until, next(self._number), question))


def keep_armed(
    node: Node,
    bell: Bell,
    stopped: Callable[[], bool],
    tell: Callable[[Changed], None],
    fault: Callable[[ServandaError], None],
) -> None:
    """Wait for the soonest instant, or until something is recorded, and ask again; until stopped."""
    arming = Arming(node)
    while not stopped():
        try:
            for one in arming.ask():
                tell(one)
            seconds = node.seconds_until(arming.next())
        except ServandaError as wrong:
            fault(wrong)
            seconds = RETRY_SECONDS
        bell.wait(seconds)
