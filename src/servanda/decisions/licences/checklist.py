"""Signs of diversion: which were asked about, what was found, by whom; what nobody asked is not a `no`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from servanda.decisions.licences.believed import believed
from servanda.model.licence_event import Answered, LicenceEvent, RedFlag
from servanda.model.when import FOREVER, Instant, zone

LISTED = 19
"""How many checks before an application the circular has; those beyond `RedFlag` were not read."""
SOURCE = "METI circular on documents to be submitted (24-18): checks before an application"


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign and the last answer about it; None where nobody has answered."""

    flag: RedFlag
    answer: Answered | None
    earlier: tuple[Answered, ...] = ()

    @property
    def state(self) -> str:
        """`raised`, `none`, `unclear`, or `unanswered`."""
        return "unanswered" if self.answer is None else self.answer.found.value


def checklist(events: Iterable[LicenceEvent], at: Instant, known: Instant = FOREVER) -> tuple[Sign, ...]:
    """Return every sign that is known here, with its answers by an instant, as known at another."""
    where = zone("UTC")
    answers = [
        one.record
        for one in believed(events, known).counting
        if isinstance(one.record, Answered) and one.record.done.span(where)[0] <= at
    ]
    found = []
    for flag in RedFlag:
        mine = [one for one in answers if one.flag is flag]
        found.append(Sign(flag, mine[-1] if mine else None, tuple(mine[:-1])))
    return tuple(found)
