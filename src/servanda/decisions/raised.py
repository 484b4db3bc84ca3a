"""What a condition that breaks brings up: the act that hung on it, and the flows behind that act.

A dialogue that breaks off ends nothing. It lets the author of what hung on it bring back what was suspended;
what would then stop is asked by supposing that end, as a world of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from servanda.decisions.ending import ended
from servanda.decisions.flows import Flow
from servanda.decisions.index import Index
from servanda.model.instrument import Instrument
from servanda.model.status import Answer, EarliestEnd, Hanging, Holds, Status
from servanda.model.when import Instant


@dataclass(frozen=True, slots=True)
class Raised:
    """An act whose condition holds in one world and not certainly in the other.

    `earliest` says when its author, acting at the instant asked about, could bring the end about; None where
    the act is of a proceeding. `behind` are the flows that would stop if the instrument ended at once.
    """

    instrument: str
    before: Holds | None
    hanging: Hanging
    earliest: tuple[tuple[str, EarliestEnd], ...] = ()
    behind: tuple[Flow, ...] = ()


def raised(
    before: Answer[Status] | None, after: Answer[Status] | None, instrument: str
) -> tuple[Raised, ...]:
    """Return the acts of an instrument whose condition no longer certainly holds, though it did before."""
    known = {one.act: one.holds for value in (before.values if before else ()) for one in value.hanging}
    found: dict[str, Raised] = {}
    for value in after.values if after is not None else ():
        for one in value.hanging:
            if one.holds is Holds.HOLDS or known.get(one.act) is one.holds or one.act in found:
                continue
            ends = tuple(each for each in value.earliest_end if each[0] in one.by)
            found[one.act] = Raised(instrument, known.get(one.act), one, ends)
    return tuple(found.values())


def without(index: Index, instrument: Instrument, at: Instant) -> Index:
    """Return the world in which what hung on the condition was brought back and has ended the instrument."""
    return index.supposing(index.registry.with_instrument(ended(instrument, at)))
