"""A registry as known at one instant, arranged so that a question finds what it needs and nothing else.

The cost of a question does not grow with the registry: the instruments of a pair, the consents of an
originator, the recalls of an object are each found at once. Everything here follows from the registry and
the knowledge time; what is kept is kept for speed alone.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, TypeVar

from servanda.decisions.differing import changed
from servanda.decisions.life import Life
from servanda.decisions.parties import stands_for
from servanda.decisions.recorded import Recorded, recorded
from servanda.model.act import (
    Act,
    AssurePersons,
    ClearFacility,
    ClearPerson,
    Consent,
    InspectFacility,
    ListPersons,
    PermitVisit,
    Recall,
    Regrade,
    Revoke,
    WithdrawConsent,
)
from servanda.model.clauses import Equivalence, Prohibition, Relation, Scope
from servanda.model.clauses.life import How
from servanda.model.instrument import Instrument, Registry
from servanda.model.text import InstrumentKind
from servanda.model.when import FOREVER, Instant
from servanda.status import believed

A = TypeVar("A", bound=Act)

CARRIERS = frozenset(
    {InstrumentKind.PROTECTION_AGREEMENT, InstrumentKind.EXCHANGE_OF_NOTES, InstrumentKind.ARRANGEMENT}
)
_ON_RECORD = (
    Consent,
    WithdrawConsent,
    Recall,
    Regrade,
    ClearPerson,
    ListPersons,
    AssurePersons,
    PermitVisit,
    ClearFacility,
    InspectFacility,
    Revoke,
)


class Index:
    """The registry arranged by pair, by originator, by object and by person."""

    def __init__(self, registry: Registry, known: Instant = FOREVER) -> None:
        self.registry = registry
        self.known = known
        parts: defaultdict[str, set[str]] = defaultdict(set)
        for code, party in registry.parties.items():
            if party.part_of is not None:
                parts[party.part_of].add(code)
        self._families = {
            code: stands_for(registry, code) | parts.get(code, set()) for code in registry.parties
        }
        self._by_party: defaultdict[str, set[str]] | None = None
        self._order: dict[str, int] = {}
        self._binding: dict[tuple[str, str], tuple[Instrument, ...]] = {}
        self._carriers: dict[tuple[str, str], tuple[Instrument, ...]] = {}
        self._lives: dict[str, Life] = {}
        self.forces: dict[tuple[str, str, str, Instant], Any] = {}
        """Owned by `ground`: whether an instrument is in force between two parties, by stretch."""
        self._recorded: dict[type, tuple[Recorded[Act], ...]] | None = None
        self._of_instrument: dict[str, tuple[Instrument, tuple[Recorded[Act], ...]]] = {}
        self._by_author: dict[tuple[type, str], tuple[Recorded[Act], ...]] = {}
        self._supplements: dict[str, tuple[Instrument, ...]] | None = None

    def same(self, one: str, other: str) -> bool:
        """Say whether two codes are the same party, or part and whole."""
        return one == other or other in self._families.get(one, frozenset())

    def supposing(self, registry: Registry) -> Index:
        """Return the index of another registry, with what is known of the instruments that stay the same."""
        other = Index(registry, self.known)
        other._of_instrument = dict(self._of_instrument)
        moved = changed(self.registry, registry)
        other._lives = {name: life for name, life in self._lives.items() if name not in moved}
        return other

    def family(self, code: str) -> frozenset[str]:
        """Return the codes that are the same party as one: itself, its whole and its parts."""
        return self._families.get(code, frozenset({code}))

    def among(self, code: str, codes: tuple[str, ...]) -> bool:
        """Say whether a party is the same as one of those named; names that nobody knows are nobody's."""
        family = self._families[code]
        return any(one in family for one in codes)

    def life(self, name: str) -> Life:
        """Return the life of an instrument.

        Raises:
            UnknownNameError: it is not in the registry.
        """
        found = self._lives.get(name)
        if found is None:
            self.registry.instrument(name)
            found = self._lives[name] = Life(self.registry, name, self.known)
        return found

    def binding(self, one: str, other: str) -> tuple[Instrument, ...]:
        """Return the instruments whose latest text binds both parties, in the registry's order."""
        key = (one, other) if one < other else (other, one)
        found = self._binding.get(key)
        if found is None:
            by_party = self._parties_of_all()
            names = self._instruments_of(by_party, one) & self._instruments_of(by_party, other)
            order = sorted(names, key=self._order.__getitem__)
            found = tuple(self.registry.instruments[name] for name in order)
            self._binding[key] = found
        return found

    def carriers(self, holder: str, recipient: str) -> tuple[Instrument, ...]:
        """Return the instruments between two parties that can be a ground of release."""
        key = (holder, recipient) if holder < recipient else (recipient, holder)
        found = self._carriers.get(key)
        if found is None:
            found = tuple(one for one in self.binding(holder, recipient) if carries(one))
            self._carriers[key] = found
        return found

    def tables(self, one: str, other: str) -> tuple[Instrument, ...]:
        """Return the instruments between two parties of which some text has a table of markings."""
        return tuple(
            instrument
            for instrument in self.binding(one, other)
            if any(text.first(Equivalence) is not None for text in instrument.texts)
        )

    def prohibiting(self, one: str, other: str) -> tuple[Instrument, ...]:
        """Return the instruments between two parties of which some text forbids something."""
        return tuple(
            instrument
            for instrument in self.binding(one, other)
            if any(text.first(Prohibition) is not None for text in instrument.texts)
        )

    def supplements(self, name: str) -> tuple[Instrument, ...]:
        """Return the instruments of which some text supplements the one named."""
        if self._supplements is None:
            found: defaultdict[str, dict[str, Instrument]] = defaultdict(dict)
            for instrument in self.registry.instruments.values():
                for text in instrument.texts:
                    for _, relation in text.clauses(Relation):
                        for other in relation.of if relation.how is How.SUPPLEMENTS else ():
                            found[other][instrument.id] = instrument
            self._supplements = {key: tuple(value.values()) for key, value in found.items()}
        return self._supplements.get(name, ())

    def acts(self, kind: type[A]) -> tuple[Recorded[A], ...]:
        """Return the believed acts of one kind over the whole registry, in its order."""
        return self._all(kind)  # type: ignore[return-value]  # filed by its own type

    def _all(self, kind: type) -> tuple[Recorded[Act], ...]:
        if self._recorded is None:
            found: defaultdict[type, list[Recorded[Act]]] = defaultdict(list)
            for instrument in self.registry.instruments.values():
                for one in self._grants(instrument) if instrument.acts else ():
                    found[type(one.act)].append(one)
            self._recorded = {key: tuple(value) for key, value in found.items()}
        return self._recorded.get(kind, ())

    def acts_by(self, kind: type[A], author: str) -> tuple[Recorded[A], ...]:
        """Return the believed acts of one kind by a party, its whole or its parts."""
        key = (kind, author)
        found = self._by_author.get(key)
        if found is None:
            family = self._families[author]
            found = tuple(one for one in self._all(kind) if not family.isdisjoint(one.act.by))
            self._by_author[key] = found
        return found  # type: ignore[return-value]  # filed by its own type

    def _grants(self, instrument: Instrument) -> tuple[Recorded[Act], ...]:
        known = self._of_instrument.get(instrument.id)
        if known is not None and known[0] is instrument:
            return known[1]
        found: tuple[Recorded[Act], ...] = ()
        if any(isinstance(act, _ON_RECORD) for act in instrument.acts):
            acts = believed(instrument.acts, self.known)
            found = tuple(recorded(instrument, act) for act in acts if isinstance(act, _ON_RECORD))
        self._of_instrument[instrument.id] = (instrument, found)
        return found

    def _parties_of_all(self) -> defaultdict[str, set[str]]:
        if self._by_party is None:
            self._by_party = defaultdict(set)
            for place, instrument in enumerate(self.registry.instruments.values()):
                self._order[instrument.id] = place
                for party in instrument.texts[-1].parties:
                    self._by_party[party].add(instrument.id)
        return self._by_party

    def _instruments_of(self, by_party: defaultdict[str, set[str]], code: str) -> set[str]:
        found: set[str] = set()
        for name in self._families[code]:
            found |= by_party.get(name, set())
        return found


def carries(instrument: Instrument) -> bool:
    """Say whether an instrument is one that can be a ground of release."""
    text = instrument.texts[-1]
    scope = text.first(Scope)
    return text.kind in CARRIERS and (scope is None or scope[1].carries)
