"""Which groups a destination is in: yes, no, or nobody knows; and since when, as half-open stretches."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from servanda.decisions.exports.force import (
    World,
    because_act,
    edges,
    known_acts,
    readings,
    spoken,
)
from servanda.decisions.exports.sentences import CHANGED, IN_GROUP, MEMBERSHIP_UNKNOWN
from servanda.model.act import ChangeGroups, GroupChange
from servanda.model.cite import Because
from servanda.model.clauses import CountryGroup
from servanda.model.destination import named
from servanda.model.instrument import Instrument
from servanda.model.when import BEGINNING, FOREVER, Instant, Period


class Member(Enum):
    """Whether a destination is in a group."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether a destination is in a group in one world, and what says so."""

    member: Member
    because: tuple[Because, ...]


def group_at(world: World, address: str) -> CountryGroup:
    """Return a group of the text by its address."""
    clause = world.text.clause[address]
    assert isinstance(clause, CountryGroup)
    return clause


def name_of(world: World, address: str) -> str:
    """Return what a group is called in the world; empty where it does not exist."""
    name = group_at(world, address).name
    for _, change in _changes(world, address):
        name = name if change.name is None else change.name
    return name


def label(world: World, address: str) -> str:
    """Return a group's name with its address, where they differ; the address where it has no name."""
    name = name_of(world, address)
    spoken = f"Group {name}" if len(name) == 1 or ":" in name else name
    said_there = not spoken or address.startswith(spoken) or f"({name})" in address
    return spoken if said_there else f"{spoken}, {address}"


def membership(world: World, address: str, code: str) -> Membership:
    """Return whether a destination is in a group, and the act or clause that says so.

    The last act that moved it counts. Without one the list counts, where it is complete and was known by
    then. A destination that is in another group of the same scheme is not in this one.
    """
    group = group_at(world, address)
    moved = _last_move(world, address, code)
    if moved is not None:
        return moved
    if not name_of(world, address):
        return Membership(Member.NO, ())
    listed = world.text.because(address, IN_GROUP(named(code), label(world, address)))
    known = world.begun(group.known_from)
    if known and code in group.members:
        return Membership(Member.YES, (listed,))
    if known and group.complete:
        return Membership(Member.NO, (world.text.because(address, ""),))
    other = _elsewhere(world, address, group, code)
    return other or Membership(Member.UNKNOWN, (unknown(world, address, code),))


def _elsewhere(world: World, address: str, group: CountryGroup, code: str) -> Membership | None:
    if not group.scheme:
        return None
    for other, clause in world.text.clauses(CountryGroup):
        if other == address or clause.scheme != group.scheme:
            continue
        found = _last_move(world, other, code)
        known = world.begun(clause.known_from) and bool(name_of(world, other))
        if found is None and known and code in clause.members:
            found = Membership(
                Member.YES, (world.text.because(other, IN_GROUP(named(code), label(world, other))),)
            )
        if found is not None and found.member is Member.YES:
            return Membership(Member.NO, found.because)
    return None


def unknown(world: World, address: str, code: str) -> Because:
    """Say that nobody knows whether a destination is in a group."""
    called = label(world, address) or address
    return world.text.because(address, MEMBERSHIP_UNKNOWN(named(code), called))


def _last_move(world: World, address: str, code: str) -> Membership | None:
    found = None
    for act, change in _changes(world, address):
        member = Member.YES if code in change.adds else Member.NO if code in change.removes else None
        if member is not None:
            when = spoken(act.effect or act.done, world.where)
            said = CHANGED(when) if when != "unknown" else IN_GROUP(named(code), label(world, address))
            found = Membership(member, (because_act(world.text, act, said, when),))
    return found


def _changes(world: World, address: str) -> list[tuple[ChangeGroups, GroupChange]]:
    return [
        (act, change)
        for act in world.acts
        if isinstance(act, ChangeGroups)
        for change in act.groups
        if change.group == address
    ]


def groups_of(world: World, code: str) -> tuple[str, ...]:
    """Return the groups that a destination is in; those of one scheme that it may be in stand as one."""
    found: list[str] = []
    maybe: dict[str, list[str]] = {}
    for address, group in world.text.clauses(CountryGroup):
        if not name_of(world, address):
            continue
        member = membership(world, address, code).member
        if member is Member.YES:
            found.append(label(world, address))
        elif member is Member.UNKNOWN:
            maybe.setdefault(group.scheme or address, []).append(label(world, address))
    return (*found, *(f"not known: {' or '.join(names)}" for names in maybe.values()))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open period in which a destination is in a group, or is not, or nobody knows."""

    period: Period
    member: Member


def memberships(
    instrument: Instrument, address: str, code: str, known: Instant = FOREVER
) -> tuple[Stretch, ...]:
    """Return the whole history of a destination in a group, from the beginning for ever, without a hole."""
    acts = known_acts(instrument, known)
    starts = (BEGINNING, *edges(instrument, acts))
    found: list[Stretch] = []
    for start, end in zip(starts, (*starts[1:], FOREVER), strict=True):
        values = {
            membership(world, address, code).member
            for reading in readings(instrument, acts, start)
            for world in reading.worlds
        }
        member = values.pop() if len(values) == 1 else Member.UNKNOWN
        if found and found[-1].member is member:
            start = found.pop().period.start  # noqa: PLW2901 - the stretch goes on
        found.append(Stretch(Period(start, end), member))
    return tuple(found)


def in_any(world: World, groups: tuple[str, ...], code: str) -> Membership:
    """Return whether a destination is in any of some groups; unknown only where no group says yes."""
    doubts: tuple[Because, ...] = ()
    for address in groups:
        found = membership(world, address, code)
        if found.member is Member.YES:
            return found
        if found.member is Member.UNKNOWN:
            doubts += found.because
    return Membership(Member.UNKNOWN, doubts) if doubts else Membership(Member.NO, ())
