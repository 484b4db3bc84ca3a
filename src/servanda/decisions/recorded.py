"""Acts as a decision counts them: certainly done, certainly not, or open between two instants."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from servanda.model.act import Act
from servanda.model.instrument import Instrument
from servanda.model.when import BEGINNING, FOREVER, Day, Instant, When
from servanda.status.worlds import zones

A = TypeVar("A", bound=Act)
A_co = TypeVar("A_co", bound=Act, covariant=True)


class Held(msgspec.Struct, frozen=True):
    """Whether something was so at an instant (None: open), and from when until when that is the answer."""

    so: bool | None
    since: Instant
    until: Instant


class Recorded(msgspec.Struct, Generic[A_co], frozen=True, eq=False):
    """An act on record: not done before `first`, certainly done from `certain`."""

    act: A_co
    instrument: str
    first: Instant
    certain: Instant
    where: tuple[str, ...]
    """Zones in which its days may be drawn."""

    def done(self, at: Instant) -> Held:
        """Say whether the act was done by an instant."""
        if at < self.first:
            return Held(so=False, since=BEGINNING, until=self.first)
        if at < self.certain:
            return Held(so=None, since=self.first, until=self.certain)
        return Held(so=True, since=self.certain, until=FOREVER)


def recorded(instrument: Instrument, act: A) -> Recorded[A]:
    """Return an act with the instants between which its hour is open."""
    where = zones(instrument)
    spans = [act.done.span(one) for one in where]
    first = min(one for one, _ in spans)
    certain = first
    if not isinstance(act.done, Instant):
        certain = max(max(one, min(end, act.seen)) for one, end in spans)
    return Recorded(act, instrument.id, first, certain, tuple(one.key for one in where))


def expiry(instrument: Instrument, expires: When | None) -> tuple[Instant, Instant]:
    """Return when something that runs out may first, and certainly, have run out.

    Until a day holds through that day; until an instant, up to that instant.
    """
    if expires is None:
        return FOREVER, FOREVER
    if isinstance(expires, Instant):
        return expires, expires
    if not isinstance(expires, Day):
        spans = [expires.span(one) for one in zones(instrument)]
        return min(one for one, _ in spans), max(end for _, end in spans)
    ends = [expires.span(one)[1] for one in zones(instrument)]
    return min(ends), max(ends)
