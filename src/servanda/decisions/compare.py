"""Two worlds side by side: what stands differently, which flows turn, who becomes a linchpin, who holds what.

The difference of two networks is worked out from what a change can touch alone; `recomputed` asks everything
twice, and is there to check it by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from servanda.decisions.differing import changed
from servanda.decisions.duties import duties
from servanda.decisions.flows import Flow, Hand, Turn, all_own, different, standing
from servanda.decisions.index import Index
from servanda.decisions.linchpins import Linchpin, Passed, Subjects, between, indirect, ordered, passed
from servanda.decisions.network import Matter, Network, subjects
from servanda.decisions.raised import Raised, raised, without
from servanda.decisions.touching import hands, pairs, targets
from servanda.model.act import Consent
from servanda.model.duty import Duty
from servanda.model.instrument import Registry
from servanda.model.status import Answer, Status
from servanda.model.when import FOREVER, Instant


@dataclass(frozen=True, slots=True)
class Holding:
    """An item that somebody holds: whose it is, the originator's marking, and under which instrument."""

    object_id: str
    originators: tuple[str, ...]
    holder: str
    marking: str
    instrument: str


@dataclass(frozen=True, slots=True)
class Stands:
    """An instrument that stands differently; None where it does not exist in that world."""

    instrument: str
    before: Answer[Status] | None
    after: Answer[Status] | None


@dataclass(frozen=True, slots=True)
class Survives:
    """What is still owed under an instrument that works no more, for what was given while it did."""

    instrument: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """Whom every path of a matter to a party passes in each world; None where there is no path."""

    matter: Matter
    recipient: str
    before: Passed
    after: Passed


@dataclass(frozen=True, slots=True)
class Pivot:
    """A party that is a linchpin of a pair in one world and not, or for other matters, in the other."""

    before: Linchpin | None
    after: Linchpin | None

    @property
    def linchpin(self) -> Linchpin:
        """The linchpin in whichever world it is one, the later before the earlier."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def gains(self) -> tuple[Matter, ...]:
        """The matters for which it becomes one."""
        known = set(self.before.loses) if self.before is not None else set()
        return tuple(one for one in (self.after.loses if self.after is not None else ()) if one not in known)

    @property
    def sheds(self) -> tuple[Matter, ...]:
        """The matters for which it is one no more."""
        kept = set(self.after.loses) if self.after is not None else set()
        return tuple(one for one in (self.before.loses if self.before is not None else ()) if one not in kept)


@dataclass(frozen=True, slots=True)
class Difference:
    """What would be different at an instant, over the whole network.

    `flows` are those that turn; `paths` the matters that reach a party in one of the worlds alone; `held` the
    items given under an instrument that works no more; `raised` the acts whose condition holds no longer.
    """

    at: Instant
    about: Subjects
    stands: tuple[Stands, ...]
    flows: tuple[Flow, ...]
    survives: tuple[Survives, ...]
    held: tuple[Holding, ...]
    pivots: tuple[Pivot, ...]
    paths: tuple[Path, ...]
    raised: tuple[Raised, ...] = ()

    @property
    def statuses(self) -> tuple[tuple[str, Answer[Status] | None, Answer[Status] | None], ...]:
        """What stands differently, as tuples."""
        return tuple((one.instrument, one.before, one.after) for one in self.stands)


def compare(
    before: Registry,
    after: Registry,
    at: Instant,
    topics: tuple[str, ...] = (),
    known: Instant = FOREVER,
    holdings: tuple[Holding, ...] = (),
) -> Difference:
    """Compare two registries: for what is about all of `topics`, or each subject where none is named."""
    index = Index(before, known)
    return network_difference(index, index.supposing(after), at, (topics,) if topics else None, holdings)


def network_difference(
    before: Index,
    after: Index,
    at: Instant,
    about: Subjects | None = None,
    holdings: tuple[Holding, ...] = (),
) -> Difference:
    """Return how two networks differ at an instant, from the pairs that what changed can touch.

    `about` are the subjects asked about, each a set of topics that one object has; without them all of
    which some text speaks, and none in particular. Both worlds are taken to know the parties of either.
    """
    names = changed(before.registry, after.registry)
    one, other = _networks(before, after, at)
    about = subjects(before, after) if about is None else about
    touched = pairs(one, other, names)
    other.borrow(one, touched)
    flows = different(one, other, hands(one, other, names, touched, about))
    paths = _paths(one, other, targets(one, other, touched, about))
    found = _difference(one, other, about, names, flows, paths, holdings)
    return replace(found, raised=tuple(_raised(found, other.index, at)))


def _raised(found: Difference, after: Index, at: Instant) -> Iterator[Raised]:
    """Yield what the supposed world raises, each with the flows that would stop if it came to the end."""
    for stands in found.stands:
        for one in raised(stands.before, stands.after, stands.instrument):
            instrument = after.registry.instrument(stands.instrument)
            if instrument.procedure is not None:
                yield one
                continue
            end = network_difference(after, without(after, instrument, at), at, found.about)
            yield replace(one, behind=tuple(flow for flow in end.flows if flow.turn is Turn.STOPS))


def recomputed(
    before: Index,
    after: Index,
    at: Instant,
    about: Subjects | None = None,
    holdings: tuple[Holding, ...] = (),
) -> Difference:
    """Return the same difference from both networks as wholes: every instrument, every hop, every path."""
    names = frozenset(before.registry.instruments.keys() | after.registry.instruments.keys())
    one, other = _networks(before, after, at)
    about = subjects(before, after) if about is None else about
    hands: set[Hand] = set()
    reached: set[tuple[Matter, str]] = set()
    for network in (one, other):
        hands.update(all_own(network, about))
        for record in network.index.acts(Consent):
            hands.update(standing(network, record, about))
        direct = ((hand.holder, hand.recipient) for hand in all_own(network, about))
        for holder, recipient in set(chain(direct, indirect(network))):
            reached.update((matter, recipient) for matter in network.matters(holder, about))
    return _difference(
        one, other, about, names, different(one, other, hands), _paths(one, other, reached), holdings
    )


def _networks(before: Index, after: Index, at: Instant) -> tuple[Network, Network]:
    """Return the networks of both worlds; each knows the parties of either."""
    if before.registry.parties != after.registry.parties:
        everybody = {**before.registry.parties, **after.registry.parties}
        before = before.supposing(Registry(everybody, before.registry.instruments))
        after = after.supposing(Registry(everybody, after.registry.instruments))
    return Network(before, at), Network(after, at)


def _difference(
    one: Network,
    other: Network,
    about: Subjects,
    names: frozenset[str],
    flows: tuple[Flow, ...],
    paths: tuple[Path, ...],
    holdings: tuple[Holding, ...],
) -> Difference:
    stands = _stands(one, other, names)
    ended = {found.instrument: found for each in stands if (found := _survives(one.index, each)) is not None}
    return Difference(
        at=other.at,
        about=about,
        stands=stands,
        flows=flows,
        survives=tuple(ended.values()),
        held=tuple(item for item in holdings if item.instrument in ended),
        pivots=_pivots(one, other, paths, about),
        paths=tuple(path for path in paths if (path.before is None) != (path.after is None)),
    )


def _stands(one: Network, other: Network, names: frozenset[str]) -> tuple[Stands, ...]:
    found = []
    for name in sorted(names):
        before, after = (
            each.index.life(name).at(each.at).answer if name in each.index.registry.instruments else None
            for each in (one, other)
        )
        if before != after:
            found.append(Stands(name, before, after))
    return tuple(found)


def _survives(before: Index, stands: Stands) -> Survives | None:
    """Return what is still owed where an instrument worked and does not certainly work any more."""
    if stands.before is None or not any(value.phase.works for value in stands.before.values):
        return None
    if stands.after is not None and all(value.phase.works for value in stands.after.values):
        return None
    instrument = before.registry.instrument(stands.instrument)
    versions = dict.fromkeys(value.version for value in stands.before.values)
    owed = dict.fromkeys(duty for version in versions for duty in duties(instrument.text(version)))
    return Survives(stands.instrument, tuple(owed))


def _paths(one: Network, other: Network, reached: Iterable[tuple[Matter, str]]) -> tuple[Path, ...]:
    found = []
    for matter, recipient in sorted(reached, key=lambda each: (*other.order(each[0]), each[1])):
        before, after = passed(one, matter, recipient), passed(other, matter, recipient)
        if before != after:
            found.append(Path(matter, recipient, before, after))
    return tuple(found)


def _pivots(one: Network, other: Network, paths: tuple[Path, ...], about: Subjects) -> tuple[Pivot, ...]:
    found: list[Pivot] = []
    for holder, recipient in dict.fromkeys((path.matter.originator, path.recipient) for path in paths):
        before, after = (
            {pin.party: pin for pin in between(each, holder, recipient, about)} for each in (one, other)
        )
        found += [
            Pivot(before.get(party), after.get(party))
            for party in sorted(before.keys() | after.keys())
            if before.get(party) != after.get(party)
        ]
    order = {pin.key: place for place, pin in enumerate(ordered(pivot.linchpin for pivot in found))}
    return tuple(sorted(found, key=lambda pivot: order[pivot.linchpin.key]))
