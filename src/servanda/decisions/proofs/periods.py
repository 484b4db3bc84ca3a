"""Sets of instants as half-open periods: what several cover together, and what is left uncovered."""

from __future__ import annotations

from collections.abc import Iterable

from servanda.model.when import Period

Periods = tuple[Period, ...]
"""Apart from one another, not touching, in order: two sets of instants are equal when these are."""


def union(periods: Iterable[Period]) -> Periods:
    """Return the instants that at least one of `periods` covers."""
    found: list[Period] = []
    for period in sorted(one for one in periods if one.start < one.end):
        if found and period.start <= found[-1].end:
            found[-1] = Period(found[-1].start, max(found[-1].end, period.end))
        else:
            found.append(period)
    return tuple(found)


def minus(first: Periods, second: Periods) -> Periods:
    """Return the instants of `first` that are none of `second`."""
    left = []
    position = 0
    for period in first:
        start = period.start
        while position < len(second) and second[position].end <= start:
            position += 1
        ahead = position
        while ahead < len(second) and second[ahead].start < period.end:
            if start < second[ahead].start:
                left.append(Period(start, second[ahead].start))
            start = max(start, second[ahead].end)
            ahead += 1
        if start < period.end:
            left.append(Period(start, period.end))
    return tuple(left)


def common(first: Periods, second: Periods) -> Periods:
    """Return the instants that are in both."""
    found = []
    here = there = 0
    while here < len(first) and there < len(second):
        start = max(first[here].start, second[there].start)
        end = min(first[here].end, second[there].end)
        if start < end:
            found.append(Period(start, end))
        if first[here].end <= second[there].end:
            here += 1
        else:
            there += 1
    return tuple(found)
