"""The parties as a network: who is bound with whom, and who may pass whose information on, at one instant.

Information passes from hand to hand. A hop counts as open when it is permitted, or when all that it lacks can
be asked for. Each hop is judged by the one rule; hops of which the law sees no difference are judged once.
"""

from __future__ import annotations

from collections import defaultdict
from weakref import WeakKeyDictionary

import msgspec

from servanda.decisions.index import Index, carries
from servanda.decisions.marking import held_as
from servanda.decisions.release import rule
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
    if found.outcome is Outcome.PERMIT:
        return ()
    return next((way for way in found.ways if all(one.kind in ASKABLE for one in way)), None)


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
        self._open: dict[tuple[object, ...], bool] = {}
        self._words: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._alike: dict[tuple[str, str], bool] = {}

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

    def judged(self, matter: Matter, holder: str, recipient: str) -> Judgement:
        """Judge one hop."""
        return rule(self.index, self.request(matter, holder, recipient))

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
        if recipient not in self.links.carried(holder):
            return False
        if matter.originator != holder and holder not in self.links.bound(matter.originator):
            return False  # it holds nothing of that originator in words of its own
        key = self._key(matter, holder, recipient)
        found = self._open.get(key)
        if found is None:
            found = asked_for(self.judged(matter, holder, recipient)) is not None
            self._open[key] = found
        return found

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

        Where nothing between the two binds the originator or tells its markings apart, only the holder's own
        words for it count, and that some consent has to be asked for.
        """
        if matter.originator != holder and not self._tells_apart(matter.originator, holder, recipient):
            words = self.words(matter, holder)
            if words:
                return (holder, recipient, words, matter.topics)
        return (holder, recipient, matter)

    def _tells_apart(self, originator: str, holder: str, recipient: str) -> bool:
        if self._names_markings(holder, recipient):
            return True
        family = self.index.family(originator)
        return any(
            not family.isdisjoint(text.parties)
            for one in self.index.carriers(holder, recipient)
            for text in one.texts
        )

    def _names_markings(self, holder: str, recipient: str) -> bool:
        found = self._alike.get((holder, recipient))
        if found is None:
            found = any(
                clause.markings
                for one in self.index.prohibiting(holder, recipient)
                for text in one.texts
                for _, clause in text.clauses(Prohibition)
            )
            self._alike[holder, recipient] = found
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
