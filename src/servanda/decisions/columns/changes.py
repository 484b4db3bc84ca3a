"""When one answer changes: every instant between two at which it turns, to the microsecond."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.flows import who_may_see
from servanda.decisions.columns.objects import Objects


@dataclass(frozen=True, slots=True)
class Changes:
    """An answer over a stretch of time: what it is at the start, and the instants at which it turns."""

    permits: bool
    turns: tuple[int, ...]


def changes_of_signature(almanac: Almanac, signature: int, party: int, start: int, end: int) -> Changes:
    """Return how the answer for a signature goes from `start` on, `end` left out; in microseconds."""
    holder = almanac.holder(signature)
    instants = [at for at in almanac.starts((holder, party)) if start < at < end]
    return _turns([(at, almanac.permits(signature, party, at)) for at in (start, *instants)])


def changes_of_object(
    almanac: Almanac, objects: Objects, item: int, party: int, start: int, end: int
) -> Changes:
    """Return how the answer for one object goes from `start` on, `end` left out; in microseconds."""
    row = objects.row(item)
    holder = almanac.holder(int(objects.signature[row]))
    ends = objects.embargoes.within(row, row + 1).until.tolist()
    instants = sorted({at for at in (*almanac.starts((holder, party)), *ends) if start < at < end})
    return _turns([(at, party in who_may_see(almanac, objects, item, at)) for at in (start, *instants)])


def _turns(answers: list[tuple[int, bool]]) -> Changes:
    first, now, turns = answers[0][1], answers[0][1], []
    for at, answer in answers[1:]:
        if answer is not now:
            turns.append(at)
            now = answer
    return Changes(first, tuple(turns))
