"""The law compiled as it is asked: each answer is worked out once, and holds from one instant until another.

An answer depends on what an object is, not on which object it is, unless some act names it. So all objects of
a kind share their answers, and a decision with its full explanation costs a look-up and a search in a few
instants. The rules are those of `judge`, because it is what fills the table.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime
from itertools import chain

from servanda.decisions.index import Index
from servanda.decisions.judge import judgement
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

    def judge(self, request: ReleaseRequest) -> Decision:
        """Decide a request as `judge` does, at once where its kind was asked before.

        Raises:
            UnknownNameError: a party or marking of the request is not known.
            QuestionError: the question has no answer, or is about another knowledge time.
        """
        object_id = request.object_id
        if object_id and object_id not in self._named and not controlled(request):
            object_id = ""
        key = (
            request.holder,
            request.recipient,
            request.originators,
            request.marking,
            request.topics,
            request.purpose,
            request.form,
            request.caveats,
            request.given_for,
            request.lineage,
            request.person,
            object_id,
        )
        steps = self._steps.get(key)
        if steps is not None:
            at = request.at.utc
            place = bisect_right(steps.starts, at) - 1
            known = request.known is self.known or request.known == self.known
            if place >= 0 and at < steps.ends[place] and known:
                return Decision(request, steps.judgements[place])
        return self._work_out(key, request)

    def _work_out(self, key: tuple[object, ...], request: ReleaseRequest) -> Decision:
        if request.known != self.known:
            return Decision(request, judgement(Index(self.index.registry, request.known), request))
        found = judgement(self.index, request)
        self._steps.setdefault(key, _Steps()).add(found)
        return Decision(request, found)


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
