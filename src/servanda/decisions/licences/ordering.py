"""In which order goods left and arrived, where days are known and hours often are not.

Within a day the steps are taken in an order in which everybody has what they give, if one is found: what may
have been possible is not held against anybody. Steps whose instants are known stay in that order.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from servanda.model.movement import Movement
from servanda.model.when import Day, When


@dataclass(frozen=True, slots=True)
class Step:
    """Goods of a movement leave its origin, or arrive where they go."""

    movement: Movement
    arrives: bool
    short: int = 0
    """By how much more left than the holder had, in millionths."""


def units(amount: Decimal) -> int:
    """Return an amount in millionths: integers from here on."""
    return int(amount.scaleb(6))


def holder(name: str) -> str:
    """Return a holder's name in the form in which two spellings of it are one."""
    return " ".join(name.casefold().split())


def came(movement: Movement) -> int:
    """Return how much of a movement arrived, in millionths."""
    return units(movement.quantity if movement.received is None else movement.received)


def ordered(movements: Sequence[Movement], where: ZoneInfo, endless: frozenset[str]) -> list[Step]:
    """Return the steps of all movements in an order that holds; the holders of `endless` never lack goods."""
    days: dict[date, list[_Due]] = defaultdict(list)
    for one in movements:
        left = _day(one.done, where)
        days[left].append(_Due(one, arrives=False, when=one.done))
        if one.arrived is not None:
            # What is said to have arrived before it left is taken to arrive as it leaves.
            early = one.arrived.span(where)[1] <= one.done.span(where)[0]
            came_in = one.done if early else one.arrived
            days[max(left, _day(came_in, where))].append(_Due(one, arrives=True, when=came_in))
        elif not one.arrival_told:
            days[left].append(_Due(one, arrives=True, when=one.done))
    order = _Order(endless)
    for day in sorted(days):
        order.take_day(days[day])
    return order.steps


def _day(when: When, where: ZoneInfo) -> date:
    return when.date if isinstance(when, Day) else when.span(where)[0].day(where).date


@dataclass(frozen=True, slots=True)
class _Due:
    """A step of a day that is yet to be taken."""

    movement: Movement
    arrives: bool
    when: When

    @property
    def waits_for(self) -> str | int:
        """What has to change before it can be taken: its holder's stock, or that its goods have left."""
        return id(self.movement) if self.arrives else holder(self.movement.origin)


@dataclass(slots=True)
class _Order:
    """The steps taken so far and what everybody has; owned by `ordered`."""

    endless: frozenset[str]
    steps: list[Step] = field(default_factory=list)
    stock: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    gone: set[int] = field(default_factory=set)

    def take_day(self, todo: list[_Due]) -> None:
        """Take a day's steps: those with an instant in turn, the others as soon as they can be."""
        timed = deque(
            sorted(
                (index for index, one in enumerate(todo) if not isinstance(one.when, Day)),
                key=lambda index: (todo[index].when.span(_NOWHERE)[0].utc, todo[index].arrives, index),
            )
        )
        clocked = set(timed)
        ready = deque(index for index in range(len(todo)) if index not in clocked)
        parked: dict[str | int, list[int]] = defaultdict(list)
        forced = deque(index for index in ready if not todo[index].arrives)
        taken: set[int] = set()
        while ready or timed or len(taken) < len(todo):
            if ready:
                index = ready.popleft()
                if not self._can(todo[index]):
                    parked[todo[index].waits_for].append(index)
                    continue
            elif timed and self._can(todo[timed[0]]):
                index = timed.popleft()
            else:
                # Nobody has what they give: the next one gives more than it has.
                while forced and forced[0] in taken:
                    forced.popleft()
                index = forced.popleft() if forced else timed.popleft()
                waiting = parked[todo[index].waits_for]
                if index in waiting:
                    waiting.remove(index)
            taken.add(index)
            self._take(todo[index])
            one = todo[index].movement
            ready.extend(parked.pop(holder(one.to) if todo[index].arrives else id(one), ()))

    def _can(self, due: _Due) -> bool:
        """Say whether goods that arrive have left, or whoever gives has what leaves."""
        one = due.movement
        if due.arrives:
            return id(one) in self.gone
        name = holder(one.origin)
        return name in self.endless or self.stock[name] >= units(one.quantity)

    def _take(self, due: _Due) -> None:
        one = due.movement
        if due.arrives:
            self.stock[holder(one.to)] += came(one)
            self.steps.append(Step(one, arrives=True))
            return
        self.gone.add(id(one))
        name, amount = holder(one.origin), units(one.quantity)
        short = 0 if name in self.endless else max(0, amount - self.stock[name])
        if name not in self.endless:
            self.stock[name] += short - amount
        self.steps.append(Step(one, arrives=False, short=short))


_NOWHERE = ZoneInfo("UTC")
"""An instant is the same everywhere."""
