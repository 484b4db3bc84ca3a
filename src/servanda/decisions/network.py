"""The parties as a network: who is bound with whom, and who may pass whose information on, at one instant.

Information passes from hand to hand. A hop counts as open when it is permitted, or when all that it lacks can
be asked for. Each hop is judged by the one rule; hops of which the law sees no difference are judged once.
"""

from __future__ import annotations

from collections import defaultdict
from weakref import WeakKeyDictionary

import msgspec

from servanda.decisions.govern import governed
from servanda.decisions.ground import grounds
from servanda.decisions.index import Index, carries
from servanda.decisions.marking import held_as
from servanda.model.clauses import Prohibition, Scope
from servanda.model.decision import ChangeKind, Judgement, Outcome, ReleaseRequest, Way
from servanda.model.instrument import Instrument
from servanda.model.party import PartyKind
from servanda.model.when import Instant

ASKABLE = frozenset(
    {
        ChangeKind.LIST,
        ChangeKind.ASSURE,
        ChangeKind.VISIT,
        ChangeKind.CLEAR,
        ChangeKind.INSPECT,
        ChangeKind.CLEAR_FACILITY,
        ChangeKind.CONSENT,
        ChangeKind.CLAUSE,
    }
)
"""What can be asked for without an agreement, a dispute or a label having to change."""


class Matter(msgspec.Struct, frozen=True, order=True):
    """Information of an originator: its own marking for it, and what it is about."""

    originator: str
    marking: str
    topics: tuple[str, ...] = ()


def asked_for(found: Judgement) -> Way | None:
    """Return what is left to ask for, the cheapest way; None where a hop is closed."""
    return () if found.outcome is Outcome.PERMIT else asked_among(found.ways)


def asked_among(ways: tuple[Way, ...]) -> Way | None:
    """Return the first of several ways of which every step can be asked for."""
    return next((way for way in ways if all(one.kind in ASKABLE for one in way)), None)


class Links:
    """Who is bound with whom by some instrument, and between whom some instrument carries."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._names: defaultdict[str, list[Instrument]] = defaultdict(list)
        self._bound: dict[str, frozenset[str]] = {}
        self._carried: dict[str, frozenset[str]] = {}
        for instrument in index.registry.instruments.values():
            for code in instrument.parties:
                self._names[code].append(instrument)

    def bound(self, code: str) -> frozenset[str]:
        """Return the parties, ministries apart, with which some instrument binds a party."""
        found = self._bound.get(code)
        if found is None:
            found = self._bound[code] = self._others(code, self._of(code))
        return found

    def carried(self, code: str) -> frozenset[str]:
        """Return the parties, ministries apart, to which some instrument could carry from a party."""
        found = self._carried.get(code)
        if found is None:
            found = self._others(code, [one for one in self._of(code) if carries(one)])
            self._carried[code] = found
        return found

    def _of(self, code: str) -> list[Instrument]:
        return [one for name in self._index.family(code) for one in self._names.get(name, ())]

    def _others(self, code: str, instruments: list[Instrument]) -> frozenset[str]:
        found: set[str] = set()
        for instrument in instruments:
            for party in instrument.parties:
                found |= self._index.family(party)
        parties = self._index.registry.parties
        return frozenset(
            one
            for one in found - self._index.family(code)
            if one in parties and parties[one].kind is not PartyKind.MINISTRY
        )


_LINKS: WeakKeyDictionary[Index, Links] = WeakKeyDictionary()
"""Owned by `links`; kept for speed alone, as long as the index is."""


def links(index: Index) -> Links:
    """Return who is bound with whom; worked out once for each index."""
    found = _LINKS.get(index)
    if found is None:
        found = _LINKS[index] = Links(index)
    return found


class Network:
    """Every hop at one instant, for information whose kind alone counts; each is judged when first asked.

    Objects with names of their own, caveats and persons are questions for `routes`.
    """

    def __init__(self, index: Index, at: Instant) -> None:
        self.index = index
        self.at = at
        self.links = links(index)
        self.paths: dict[tuple[Matter, str], frozenset[str] | None] = {}
        """Owned by `linchpins.passed`: whom every path of a matter to a party passes."""
        self._open: dict[tuple[object, ...], bool] = {}
        self._words: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._between: dict[tuple[str, str], Between] = {}
        self._like: Network | None = None
        self._unlike: frozenset[tuple[str, str]] = frozenset()

    def borrow(self, other: Network, unlike: frozenset[tuple[str, str]]) -> None:
        """Let another network answer for all that turns on none of the pairs where the two may differ."""
        self._like, self._unlike = other, unlike

    def matters(self, originator: str, subjects: tuple[tuple[str, ...], ...]) -> tuple[Matter, ...]:
        """Return what a party has of its own to give: each of its levels, about each subject."""
        levels = self.index.registry.party(originator).levels
        return tuple(Matter(originator, level.word, topics) for level in levels for topics in subjects)

    def order(self, matter: Matter) -> tuple[str, int, str, tuple[str, ...]]:
        """Return what matters are ordered by: whose they are, the gravest marking first, what about."""
        level = self.index.registry.party(matter.originator).level(matter.marking)
        return matter.originator, -(level.rank if level is not None else 0), matter.marking, matter.topics

    def originators(self) -> tuple[str, ...]:
        """Return the parties that have levels of their own."""
        return tuple(
            code
            for code, party in self.index.registry.parties.items()
            if party.levels and party.kind is not PartyKind.MINISTRY
        )

    def request(self, matter: Matter, holder: str, recipient: str, purpose: str = "") -> ReleaseRequest:
        """Return the question of one hop."""
        return ReleaseRequest(
            holder,
            recipient,
            (matter.originator,),
            matter.marking,
            self.at,
            topics=matter.topics,
            purpose=purpose,
            known=self.index.known,
        )

    def open(self, matter: Matter, holder: str, recipient: str) -> bool:
        """Say whether a hop is permitted, or all that it lacks can be asked for."""
        turns_on = {(holder, recipient), (matter.originator, holder)}
        if self._like is not None and turns_on.isdisjoint(self._unlike):
            return self._like.open(matter, holder, recipient)
        if recipient not in self.links.carried(holder):
            return False
        if matter.originator != holder and holder not in self.links.bound(matter.originator):
            return False  # it holds nothing of that originator in words of its own
        key = self._key(matter, holder, recipient)
        found = self._open.get(key)
        if found is None:
            found = self._open[key] = self._grounded(self.request(matter, holder, recipient))
        return found

    def _grounded(self, request: ReleaseRequest) -> bool:
        """Say whether some instrument carries it, or would if what can be asked for were there.

        An object without caveats that no act names needs a ground and consents alone, and for a consent
        anybody can ask.
        """
        portion = request.portions[0]
        found = governed(self.index, grounds(self.index, portion, request), portion, request).finding
        return found.outcome is Outcome.PERMIT or asked_among(found.ways) is not None

    def givers(self, matter: Matter, recipient: str) -> tuple[str, ...]:
        """Return the third parties that can pass a matter on to a party, in order."""
        own = self.index.family(matter.originator)
        near = self.links.bound(matter.originator) & self.links.carried(recipient)
        return tuple(one for one in sorted(near - own) if self.open(matter, one, recipient))

    def takers(self, matter: Matter, holder: str) -> tuple[str, ...]:
        """Return the parties to which a party can pass a matter on, in order."""
        own = self.index.family(matter.originator)
        return tuple(
            one for one in sorted(self.links.carried(holder) - own) if self.open(matter, holder, one)
        )

    def words(self, matter: Matter, holder: str) -> tuple[str, ...]:
        """Return what a third party calls a matter, by its agreements with the originator."""
        key = (matter.originator, matter.marking, holder)
        found = self._words.get(key)
        if found is None:
            found = held_as(self.index, matter.originator, matter.marking, holder, self.at).words
            self._words[key] = found
        return found

    def _key(self, matter: Matter, holder: str, recipient: str) -> tuple[object, ...]:
        """Return what the law sees of a hop, so that equal keys have equal answers.

        Of topics it sees which scopes and prohibitions name them. Where nothing between the two binds the
        originator or tells its markings apart, only the holder's own words for the marking count.
        """
        between = self._between.get((holder, recipient))
        if between is None:
            between = self._between[holder, recipient] = Between(self.index, holder, recipient)
        topics = between.sees(matter.topics)
        if matter.originator != holder and matter.originator not in between.known:
            words = self.words(matter, holder)
            if words:
                return (holder, recipient, words, topics)
        return (holder, recipient, matter.originator, matter.marking, topics)


class Between:
    """What the texts between two parties tell apart; `known` are the originators whose markings they do."""

    def __init__(self, index: Index, holder: str, recipient: str) -> None:
        carrying = [text for one in index.carriers(holder, recipient) for text in one.texts]
        forbidding = [text for one in index.prohibiting(holder, recipient) for text in one.texts]
        clauses: list[Prohibition] = [
            clause for text in forbidding for _, clause in text.clauses(Prohibition)
        ]
        known = {party for text in carrying for party in text.parties}
        known |= {party for clause in clauses for party in clause.markings}
        self.known = frozenset(code for party in known for code in index.family(party))
        named = {frozenset(one.topics) for one in clauses}
        named |= {frozenset(scope.topics) for text in carrying for _, scope in text.clauses(Scope)}
        self._named = tuple(named)
        self._seen: dict[tuple[str, ...], tuple[tuple[bool, bool], ...]] = {}

    def sees(self, topics: tuple[str, ...]) -> tuple[tuple[bool, bool], ...]:
        """Return what the clauses see of topics: whether they name all of them, and any."""
        found = self._seen.get(topics)
        if found is None:
            asked = frozenset(topics)
            found = (
                (bool(topics), bool(topics)),
                *((asked <= named, not asked.isdisjoint(named)) for named in self._named),
            )
            self._seen[topics] = found
        return found


def subjects(*indexes: Index) -> tuple[tuple[str, ...], ...]:
    """Return every subject of which some text speaks: none in particular, and each topic alone."""
    found: set[str] = set()
    seen: set[int] = set()
    for index in indexes:
        for instrument in index.registry.instruments.values():
            if id(instrument) in seen:
                continue
            seen.add(id(instrument))
            for text in instrument.texts:
                for clause in text.clause.values():
                    if isinstance(clause, Scope | Prohibition):
                        found.update(clause.topics)
    return ((), *((one,) for one in sorted(found)))
