"""What every section asks about: who is whose part, what was done by then, where instruments stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TypeVar
from zoneinfo import ZoneInfo

from decisions.reference.outcomes import PERMIT
from decisions.reference.rules import Rule
from servanda.model.act.base import Deed
from servanda.model.decision import Outcome, ReleaseRequest
from servanda.model.instrument import Instrument, Registry
from servanda.model.party import Level
from servanda.model.status import Standpoint, Status
from servanda.model.text import Text
from servanda.model.when import Instant, When, zone
from servanda.status import ask, believed

A = TypeVar("A", bound=Deed)


class Done(Enum):
    """Whether an act counts at an instant."""

    YES = "done"
    NO = "not done"
    OPEN = "open"


class Facts:
    """A question and all that is believed of it; `fired` are the rules that had something to say."""

    def __init__(self, registry: Registry, request: ReleaseRequest, skip: frozenset[Rule]) -> None:
        self.registry = registry
        self.request = request
        self.skip = skip
        self.fired: set[Rule] = set()
        self.record = [
            (act, instrument)
            for instrument in registry.instruments.values()
            for act in believed(instrument.acts, request.known)
        ]
        self.statuses: dict[str, tuple[Status, ...]] = {
            name: ask(registry, name, Standpoint(request.at, request.known)).values
            for name in registry.instruments
        }

    def holds(self, rule: Rule) -> bool:
        """Say that a rule has something to say; False where it is left out."""
        self.fired.add(rule)
        return rule not in self.skip

    def bar(self, rule: Rule, outcome: Outcome) -> Outcome:
        """Return what a rule says; a permit where it is left out."""
        return outcome if outcome is PERMIT or self.holds(rule) else PERMIT

    def same(self, one: str, other: str) -> bool:
        """Two codes are the same party when they are equal or one is part of the other."""
        if one == other:
            return True
        parties = self.registry.parties
        part = one in parties and parties[one].part_of == other
        whole = other in parties and parties[other].part_of == one
        return (part or whole) and self.holds(Rule.SAME_PARTY)

    def among(self, code: str, codes: Iterable[str]) -> bool:
        """Say whether one of the codes is the same party."""
        return any(self.same(code, one) for one in codes)

    def binds(self, text: Text, code: str) -> bool:
        """Say whether a text's parties name the code, what it is part of, or a part of it."""
        return self.among(code, text.parties)

    def acts(self, kind: type[A]) -> Iterator[tuple[A, Instrument]]:
        """Yield every act of a kind that is believed, with the instrument that records it."""
        for act, instrument in self.record:
            if isinstance(act, kind):
                yield act, instrument

    def done(self, act: Deed, instrument: Instrument) -> Done:
        """Say whether an act counts as done at the instant of the question."""
        if isinstance(act.done, Instant):
            return Done.YES if act.done <= self.request.at else Done.NO
        spans = [act.done.span(where) for where in zones(instrument)]
        at = self.request.at
        if all(at < first for first, _ in spans):
            return Done.NO
        if all(end <= at for _, end in spans):
            return Done.YES
        if act.seen <= at and self.holds(Rule.SEEN_IS_DONE):
            return Done.YES
        return Done.OPEN if self.holds(Rule.OPEN_HOUR) else Done.YES

    def began(self, act: Deed, instrument: Instrument) -> Instant:
        """Return the first instant at which an act may have been done, by which acts are ordered."""
        if isinstance(act.done, Instant):
            return act.done
        return min(act.done.span(where)[0] for where in zones(instrument))

    def over(self, expires: When | None, instrument: Instrument) -> Done:
        """Say whether a time until which something lasts is over; a day lasts through that day."""
        if expires is None:
            return Done.NO
        at = self.request.at
        if isinstance(expires, Instant):
            return Done.YES if expires <= at else Done.NO
        ends = [expires.span(where)[1] for where in zones(instrument)]
        if all(end <= at for end in ends):
            return Done.YES
        return Done.NO if all(at < end for end in ends) else Done.OPEN

    def level(self, code: str, word: str) -> Level | None:
        """Return the level of a word in a party's policy, or in that of what it is part of."""
        party = self.registry.parties.get(code)
        if party is None:
            return None
        found = party.level(word)
        if found is None and party.part_of is not None and party.part_of in self.registry.parties:
            found = self.registry.parties[party.part_of].level(word)
        return found

    def same_marking(self, code: str, one: str, other: str) -> bool:
        """Say whether two words are one marking of a party, in any spelling."""
        level = self.level(code, one)
        return one == other or (level is not None and level == self.level(code, other))

    def gravest(self, words: Iterable[str]) -> str | None:
        """Return the gravest of the receiver's own words; one without a rank is the least."""
        found = list(words)
        if not found:
            return None
        ranked = [(self.level(self.request.recipient, word), word) for word in found]
        return max(ranked, key=lambda one: -1 if one[0] is None else one[0].rank)[1]

    def text(self, name: str, status: Status) -> Text:
        """Return the version in force in one reading and world."""
        return self.registry.instrument(name).text(status.version)


def zones(instrument: Instrument) -> tuple[ZoneInfo, ...]:
    """Return the zone in which an instrument draws its days, or each seat's where there is none."""
    if instrument.conventions.zone is not None:
        return (zone(instrument.conventions.zone),)
    text = instrument.texts[-1]
    seats = {**instrument.seats, **text.seat}
    names = sorted({seats[party] for party in text.parties if party in seats})
    return tuple(zone(name) for name in names) or (zone("UTC"),)
