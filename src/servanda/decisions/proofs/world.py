"""The arcs of a registry: every permit that the engine gives between two instants, of every pair and kind.

Each release is judged by the one rule that enforcement asks, from stretch to stretch, over all pairs that
some instrument could carry, whoever the originator. What stands for more than itself:

- a party stands for its parts too: what any of them may do counts as the whole's;
- an empty form or purpose of an `Information` stands for every one that some clause or consent names;
- a kind with one topic stands for those with more, a kind without caveats or lineage for those with:
  they only narrow, so nothing that holds of all chains of the wider kind fails for the narrower.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from servanda.decisions.consents import consented
from servanda.decisions.ground import could_ever
from servanda.decisions.index import Index
from servanda.decisions.lineage import contents
from servanda.decisions.proofs.approvals import approvals
from servanda.decisions.proofs.arcs import Approval, Arc, Information, World
from servanda.decisions.proofs.periods import union
from servanda.decisions.release import rule
from servanda.model.act import Consent, Recall, Regrade
from servanda.model.cite import Because, Said, because
from servanda.model.clauses import Ceiling, Prohibition, Scope
from servanda.model.decision import Judgement, Outcome, ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.when import FOREVER, Instant, Period

OTHER = "other"
"""A form or topic that no clause names."""


class Judged:
    """The arcs of a registry over a span of time, each cell of it judged once.

    With `undetermined`, what cannot be determined counts as if it were permitted: what holds then of all
    chains holds however every unknown and every dispute is settled. With `trusting`, a hop to which an
    originator has not consented is taken to be refused without asking the whole rule: fast, and no basis
    for a proof about consents.
    """

    def __init__(
        self,
        registry: Registry,
        span: Period,
        known: Instant = FOREVER,
        *,
        undetermined: bool = False,
        trusting: bool = False,
    ) -> None:
        self.index = Index(registry, known)
        self.span = span
        self.trusting = trusting
        self.counted = {Outcome.PERMIT, Outcome.UNDETERMINED} if undetermined else {Outcome.PERMIT}
        self.members: dict[str, list[str]] = {}
        for code in registry.parties:
            self.members.setdefault(whole(registry, code), []).append(code)
        self.pairs = tuple(self._pairs())
        self.asked = 0
        """How many times the rule was asked."""
        self._purposes = sorted({p for record in self.index.acts(Consent) for p in record.act.purposes})
        self._topics = {topic for record in self.index.acts(Consent) for topic in record.act.topics}
        self._cells: dict[tuple[str, str, Information], tuple[Arc, ...]] = {}

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for holder in sorted(self.members):
            for recipient in sorted(self.members):
                if holder != recipient and any(self.hops(holder, recipient)):
                    yield holder, recipient

    def hops(self, holder: str, recipient: str) -> Iterator[tuple[str, str]]:
        """Yield the members of two wholes between which an instrument could carry a release."""
        for one in self.members[holder]:
            for other in self.members[recipient]:
                if not self.index.same(one, other) and self.index.carriers(one, other):
                    yield one, other

    def kinds(self) -> tuple[Information, ...]:
        """Return each whole's own markings with each topic that a clause or a consent names, and without.

        Objects that a consent, a recall or a regrading names are kinds of their own.
        """
        named = set(self._topics)
        for instrument in self.index.registry.instruments.values():
            for text in instrument.texts:
                for _, scope in text.clauses(Scope):
                    named |= set(scope.topics)
                for _, clause in text.clauses(Prohibition):
                    named |= set(clause.topics)
        topics = ((), *((topic,) for topic in sorted(named)))
        found = []
        for code in sorted(self.members):
            objects = ("", *sorted(self._objects(code)))
            found += [
                Information((code,), level.word, about, form="", object_id=name)
                for level in self.index.registry.party(code).levels
                for about in topics
                for name in objects
            ]
        return tuple(found)

    def _objects(self, code: str) -> set[str]:
        named = [record.act.objects for record in self.index.acts_by(Consent, code)]
        named += [record.act.objects for record in self.index.acts_by(Recall, code)]
        named += [record.act.objects for record in self.index.acts_by(Regrade, code)]
        return {name for objects in named for name in objects}

    def arcs(
        self, information: Information, pairs: Iterable[tuple[str, str]] | None = None
    ) -> tuple[Arc, ...]:
        """Return every arc of one kind of information, over all pairs or those named."""
        found: list[Arc] = []
        for holder, recipient in self.pairs if pairs is None else pairs:
            found += self.cell(information, holder, recipient)
        return tuple(found)

    def cell(self, information: Information, holder: str, recipient: str) -> tuple[Arc, ...]:
        """Return the arcs of one pair; topics that none of its clauses names are all alike."""
        named = self._topics | self._named(holder, recipient)
        topics = tuple(
            sorted({one if one in named else OTHER for one in information.topics} if named else ())
        )
        key = holder, recipient, replace(information, topics=topics)
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = tuple(self._judge(*key))
        return found

    def _named(self, holder: str, recipient: str) -> set[str]:
        found: set[str] = set()
        for one, other in self.hops(holder, recipient):
            for instrument in self.index.binding(one, other):
                for text in instrument.texts:
                    for _, scope in text.clauses(Scope):
                        found |= set(scope.topics)
                    for _, clause in text.clauses(Prohibition):
                        found |= set(clause.topics)
        return found

    def variants(self, information: Information, holder: str, recipient: str) -> list[tuple[str, str]]:
        """Return the forms and purposes between two members of which any could be judged otherwise."""
        forms, purposes = {"electronic": None}, dict.fromkeys(("", *self._purposes))
        for instrument in self.index.binding(holder, recipient):
            for text in instrument.texts:
                for _, scope in text.clauses(Scope):
                    forms.update(dict.fromkeys(scope.forms))
                for _, clause in text.clauses(Prohibition):
                    forms.update(dict.fromkeys(clause.forms))
                    purposes.update(dict.fromkeys(clause.purposes))
                if any(clause.electronic for _, clause in text.clauses(Ceiling)):
                    forms[OTHER] = None
        if len(forms) > 1:
            forms[OTHER] = None
        wanted = (information.form,) if information.form else tuple(forms)
        aims = (information.purpose,) if information.purpose else tuple(purposes)
        return [(form, purpose) for form in wanted for purpose in aims]

    def _judge(self, holder: str, recipient: str, information: Information) -> Iterator[Arc]:
        seen = set()
        for one, other in self.hops(holder, recipient):
            for form, purpose in self.variants(information, one, other):
                asked = replace(information, form=form, purpose=purpose)
                for arc in self._stretches(asked, one, other):
                    found = replace(arc, holder=holder, recipient=recipient)
                    if (key := (found.period, found.via, found.cites, found.consents)) not in seen:
                        seen.add(key)
                        yield found

    def _stretches(self, information: Information, holder: str, recipient: str) -> Iterator[Arc]:
        """Yield the permits of one question from stretch to stretch; equal neighbours are one."""
        last: Arc | None = None
        asked = question(self, information, holder, recipient)
        if not could_ever(self.index, asked, frozenset(self.counted)):
            return
        while asked.at < self.span.end:
            if self.trusting and (refused := self._refused(asked)) > asked.at:
                asked = replace(asked, at=min(refused, self.span.end))
                continue
            found = rule(self.index, asked)
            self.asked += 1
            end = min(found.until, self.span.end)
            if found.outcome in self.counted:
                during, open_too = Period(asked.at, end), Outcome.UNDETERMINED in self.counted
                given = approvals(self.index, asked, during, undetermined=open_too)
                arc = Arc(holder, recipient, asked.at, end, _cited(found), found.via, given)
                if last is not None and _follows(last, arc):
                    arc = replace(last, end=end, consents=_joined(last.consents + given))
                elif last is not None:
                    yield last
                last = arc
            asked = replace(asked, at=end)
        if last is not None:
            yield last

    def _refused(self, asked: ReleaseRequest) -> Instant:
        """Return until when the want of a consent refuses it by itself; its own instant: not now."""
        refused = []
        for content in contents(self.index, asked):
            until = asked.at
            for portion in content.portions:
                finding = consented(self.index, portion, asked, controlled=False)
                if finding.outcome is Outcome.DENY:
                    until = max(until, min(finding.until, content.until))
            refused.append(until)
        return min(refused)


def question(judged: Judged, information: Information, holder: str, recipient: str) -> ReleaseRequest:
    """Return the request that asks for one kind of information at the start of the span."""
    return ReleaseRequest(
        holder,
        recipient,
        information.originators,
        information.marking,
        judged.span.start,
        topics=information.topics,
        purpose=information.purpose,
        form=information.form,
        object_id=information.object_id,
        known=judged.index.known,
        caveats=information.caveats,
    )


def world(judged: Judged) -> World:
    """Return all arcs of all kinds of information of a registry over its span."""
    return {information: judged.arcs(information) for information in judged.kinds()}


def whole(registry: Registry, code: str) -> str:
    """Return the party for which one acts in the end, or itself."""
    above = registry.party(code).part_of
    return code if above is None or above not in registry.parties else whole(registry, above)


def _cited(found: Judgement) -> tuple[Because, ...]:
    """Return the reasons that cite an article or an act, and what is missing where anything is."""
    cited = tuple(one for one in found.because if one.article or one.act)
    return cited + tuple(because(Said(one), rule=f"undetermined: {one}") for one in found.missing)


def _follows(last: Arc, arc: Arc) -> bool:
    """Whether an arc goes on where another ends, under the same articles and the same consents."""
    return (
        last.end == arc.start
        and last.via == arc.via
        and last.cites == arc.cites
        and {one.act for one in last.consents} == {one.act for one in arc.consents}
    )


def _joined(consents: tuple[Approval, ...]) -> tuple[Approval, ...]:
    """Return consents with the neighbouring stretches of each as one."""
    found: dict[tuple[str, str], list[Period]] = {}
    for one in consents:
        found.setdefault((one.by, one.act), []).append(Period(one.start, one.end))
    return tuple(
        Approval(by, act, period.start, period.end)
        for (by, act), periods in found.items()
        for period in union(periods)
    )
