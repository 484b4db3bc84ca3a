"""In which order goods left and arrived, where days are known and hours often are not.

Within a day the steps are taken in an order in which everybody has what they give, if one is found: what may
have been possible is not held against anybody. Steps whose instants are known stay in that order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
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
    days: dict[date, list[tuple[Movement, bool, When]]] = defaultdict(list)
    for one in movements:
        left = _day(one.done, where)
        days[left].append((one, False, one.done))
        if one.arrived is not None:
            days[max(left, _day(one.arrived, where))].append((one, True, one.arrived))
        elif not one.arrival_told:
            days[left].append((one, True, one.done))
    stock: dict[str, int] = defaultdict(int)
    gone: set[int] = set()
    steps: list[Step] = []
    for day in sorted(days):
        _one_day(days[day], stock, gone, steps, endless)
    return steps


def _day(when: When, where: ZoneInfo) -> date:
    return when.date if isinstance(when, Day) else when.span(where)[0].day(where).date


def _one_day(
    todo: list[tuple[Movement, bool, When]],
    stock: dict[str, int],
    gone: set[int],
    steps: list[Step],
    endless: frozenset[str],
) -> None:
    timed = sorted(
        (index for index, one in enumerate(todo) if not isinstance(one[2], Day)),
        key=lambda index: (todo[index][2].span(_NOWHERE)[0].utc, todo[index][1], index),
    )
    waiting = list(range(len(todo)))
    while waiting:
        kept = []
        for index in waiting:
            one, arrives, _ = todo[index]
            free = not timed or index not in timed or timed[0] == index
            has = holder(one.origin) in endless or stock[holder(one.origin)] >= units(one.quantity)
            if free and (id(one) in gone if arrives else has):
                _take(one, arrives, stock, gone, steps, endless)
                if timed and timed[0] == index:
                    timed.pop(0)
            else:
                kept.append(index)
        if len(kept) == len(waiting):
            forced = next(
                (each for each in kept if not todo[each][1] and (each not in timed or timed[0] == each)),
                next((each for each in kept if not todo[each][1]), kept[0]),
            )
            _take(todo[forced][0], todo[forced][1], stock, gone, steps, endless)
            kept.remove(forced)
            if forced in timed:
                timed.remove(forced)
        waiting = kept


def _take(
    one: Movement,
    arrives: bool,  # noqa: FBT001 - one of the two kinds of step
    stock: dict[str, int],
    gone: set[int],
    steps: list[Step],
    endless: frozenset[str],
) -> None:
    if arrives:
        stock[holder(one.to)] += came(one)
        steps.append(Step(one, arrives=True))
        return
    gone.add(id(one))
    name, amount = holder(one.origin), units(one.quantity)
    short = 0 if name in endless else max(0, amount - stock[name])
    if name not in endless:
        stock[name] += short - amount
    steps.append(Step(one, arrives=False, short=short))


_NOWHERE = ZoneInfo("UTC")
"""An instant is the same everywhere."""
