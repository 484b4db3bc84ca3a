"""Small worlds in whole days: random ones, and the slow and obvious answers over them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from servanda.decisions.proofs.arcs import Approval, Arc, Information
from servanda.model.cite import Because
from servanda.model.when import BEGINNING, Instant

PARTIES = ("A", "B", "C", "D", "E")
DAYS = 8
DAWN = datetime(2000, 1, 1, tzinfo=UTC)


def at(day: int) -> Instant:
    """Return an instant, one for each whole number."""
    return Instant(DAWN + timedelta(days=day))


def day(instant: Instant) -> int:
    """Return the number of an instant; the beginning is before all."""
    return -1 if instant == BEGINNING else (instant.utc - DAWN).days


def arc(holder: str, recipient: str, start: int, end: int, *consents: tuple[str, int, int]) -> Arc:
    """Return an arc in whole days, with its consents as (by, start, end)."""
    name = f"{holder.lower()}-{recipient.lower()}"
    given = tuple(Approval(by, f"consent-{by}-{first}", at(first), at(last)) for by, first, last in consents)
    cited = (Because("", name, 1, f"{start + 1}"),)
    return Arc(holder, recipient, at(start), at(end), cited, (name,), given)


def random_arc(chance: random.Random, originators: tuple[str, ...] = ()) -> Arc:
    """Return any arc; most of those that need consents have them, some not for the whole of it."""
    holder, recipient = chance.sample(PARTIES, 2)
    start = chance.randrange(DAYS)
    end = chance.randint(start + 1, DAYS)
    consents = []
    for one in originators:
        if one not in {holder, recipient} and chance.random() < 0.9:
            middle = chance.randint(start, end)
            consents += [(one, max(0, start - chance.randint(0, 1)), middle), (one, middle, end)]
            if chance.random() < 0.1:
                consents.pop()
    return arc(holder, recipient, start, end, *(one for one in consents if one[1] < one[2]))


def kind(*originators: str, marking: str = "SECRET", topic: str = "x") -> Information:
    """Return a kind of information."""
    return Information(originators, marking, (topic,))


@st.composite
def arcs(draw: st.DrawFn, most: int = 9) -> tuple[Arc, ...]:
    """Any few arcs."""
    chance = draw(st.randoms(use_true_random=False))
    return tuple(random_arc(chance) for _ in range(draw(st.integers(0, most))))


def every_chain(
    found: tuple[Arc, ...], holder: str, since: int, *, back: bool = False
) -> Iterator[list[tuple[int, Arc]]]:
    """Every time-respecting chain from a holder that comes to no party twice, at every whole day.

    With `back`, also those whose last release goes to one that has it already.
    """

    def onward(place: str, now: int, seen: frozenset[str]) -> Iterator[list[tuple[int, Arc]]]:
        yield []
        for one in found:
            if one.holder != place or (one.recipient in seen and not back):
                continue
            for moment in range(max(now, day(one.start)), day(one.end)):
                if one.recipient in seen:
                    yield [(moment, one)]
                    continue
                for rest in onward(one.recipient, moment, seen | {one.recipient}):
                    yield [(moment, one), *rest]

    return onward(holder, since, frozenset({holder}))
