"""The law compiled as it is asked: each answer is worked out once, and holds from one instant until another.

An answer depends on what an object is, not on which object it is, unless some act names it. So all objects of
a kind share their answers, and a decision with its full explanation costs a look-up and a search in a few
instants. The rules are those of `judge`, because it is what fills the table.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import datetime
from itertools import chain

from servanda.decisions.index import Index
from servanda.decisions.judge import judgement
from servanda.errors import QuestionError
from servanda.model.act import Consent, ListPersons, Recall, Regrade
from servanda.model.decision import Decision, Judgement, ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.label import OriginatorControlled
from servanda.model.when import FOREVER, Instant


class _Steps:
    """The judgements of one kind of question, in the order of time; parts not yet asked are missing."""

    __slots__ = ("ends", "judgements", "starts")

    def __init__(self) -> None:
        self.starts: list[datetime] = []
        self.ends: list[datetime] = []
        self.judgements: list[Judgement] = []

    def add(self, found: Judgement) -> None:
        place = bisect_right(self.starts, found.since.utc)
        self.starts.insert(place, found.since.utc)
        self.ends.insert(place, found.until.utc)
        self.judgements.insert(place, found)


class Question:
    """Whether one object may go to one party, to be asked at one instant after another."""

    __slots__ = ("_compiled", "_steps", "request")

    def __init__(self, compiled: Compiled, request: ReleaseRequest, steps: _Steps) -> None:
        self._compiled = compiled
        self._steps = steps
        self.request = request

    def at(self, at: Instant) -> Judgement:
        """Judge it at an instant."""
        steps = self._steps
        place = bisect_right(steps.starts, at.utc) - 1
        if place >= 0 and at.utc < steps.ends[place]:
            return steps.judgements[place]
        found = judgement(self._compiled.index, replace(self.request, at=at))
        steps.add(found)
        return found


class Compiled:
    """A registry as known at one instant, with the memory of every answer it has given.

    It is owned by whoever made it; the memory grows with the kinds of question asked, never with the objects.
    """

    __slots__ = ("_named", "_steps", "index", "known")

    def __init__(self, registry: Registry, known: Instant = FOREVER) -> None:
        self.index = Index(registry, known)
        self.known = known
        self._named = named(self.index)
        self._steps: dict[tuple[object, ...], _Steps] = {}

    def question(self, request: ReleaseRequest) -> Question:
        """Return the question of a request, whose kind is then looked up no more.

        Raises:
            QuestionError: it is about another knowledge time.
        """
        if request.known != self.known:
            raise QuestionError("the question is about another knowledge time", hint="compile for that one")
        return Question(self, request, self._kind(request))

    def judge(self, request: ReleaseRequest) -> Decision:
        """Decide a request as `judge` does, at once where its kind was asked before.

        Raises:
            UnknownNameError: a party or marking of the request is not known.
            QuestionError: the question has no answer.
        """
        if request.known is not self.known and request.known != self.known:
            return Decision(request, judgement(Index(self.index.registry, request.known), request))
        steps = self._kind(request)
        at = request.at.utc
        place = bisect_right(steps.starts, at) - 1
        if place >= 0 and at < steps.ends[place]:
            return Decision(request, steps.judgements[place])
        found = judgement(self.index, request)
        steps.add(found)
        return Decision(request, found)

    def _kind(self, request: ReleaseRequest) -> _Steps:
        object_id = request.object_id
        caveats = request.caveats
        if object_id and object_id not in self._named and not (caveats and controlled(request)):
            object_id = ""
        key: tuple[object, ...] = (
            request.holder,
            request.recipient,
            request.originators,
            request.marking,
            request.topics,
            caveats,
            request.form,
            request.purpose,
            object_id,
        )
        if request.lineage or request.given_for or request.person is not None:
            if request.object_id and controlled(request):
                object_id = request.object_id
            key = (*key, object_id, request.given_for, request.lineage, request.person)
        steps = self._steps.get(key)
        if steps is None:
            steps = self._steps[key] = _Steps()
        return steps


def controlled(request: ReleaseRequest) -> bool:
    """Say whether a caveat leaves the object to its originators, object by object."""
    return any(
        isinstance(caveat, OriginatorControlled) for portion in request.portions for caveat in portion.caveats
    )


def named(index: Index) -> frozenset[str]:
    """Return the objects that some act names; each of them is a kind of its own."""
    consents = (one.act.objects for one in index.acts(Consent))
    recalls = (one.act.objects for one in index.acts(Recall))
    regrades = ((*one.act.objects, one.act.extract_of) for one in index.acts(Regrade))
    lists = (one.act.objects for one in index.acts(ListPersons))
    return frozenset(name for objects in chain(consents, recalls, regrades, lists) for name in objects)
