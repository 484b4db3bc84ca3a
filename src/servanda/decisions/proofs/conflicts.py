"""Where instruments disagree: the cases and periods in which one permits and another forbids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from servanda.decisions.proofs.arcs import Information, Plain
from servanda.decisions.proofs.periods import common, union
from servanda.model.cite import Because
from servanda.model.when import Instant, Period


class Kind(Enum):
    """What an instrument says of a case."""

    PERMIT = "permit"
    FORBID = "forbid"


@dataclass(frozen=True, slots=True)
class Stand:
    """What one instrument by itself says of a release at every instant of [start, end)."""

    instrument: str
    kind: Kind
    information: Information
    holder: str
    recipient: str
    start: Instant
    end: Instant
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """During `period`, `permits` permits what `forbids` forbids; both may be the same instrument.

    `because` holds the citations of the one that permits, then of the one that forbids, each once.
    """

    permits: str
    forbids: str
    information: Information
    holder: str
    recipient: str
    period: Period
    because: tuple[Because, ...]

    def to_plain(self) -> Plain:
        """Return it as strings, lists and dictionaries."""
        return {
            "permits": self.permits,
            "forbids": self.forbids,
            "information": self.information.to_plain(),
            "holder": self.holder,
            "recipient": self.recipient,
            "start": str(self.period.start),
            "end": str(self.period.end),
            "because": list(dict.fromkeys(reason.cite() for reason in self.because)),
        }


def conflicts(stands: Iterable[Stand]) -> tuple[Conflict, ...]:
    """Return every disagreement, each over its longest period, by case, period and instruments."""
    cases: dict[tuple[Information, str, str], list[Stand]] = defaultdict(list)
    for stand in stands:
        cases[stand.information, stand.holder, stand.recipient].append(stand)
    found: list[Conflict] = []
    for (information, holder, recipient), several in cases.items():
        permitting, forbidding = _said(several, Kind.PERMIT), _said(several, Kind.FORBID)
        here = []
        for permits, allowed in permitting.items():
            for forbids, barred in forbidding.items():
                periods = common(_periods(allowed), _periods(barred))
                for period in periods:
                    cited = _cited(allowed, period) + _cited(barred, period)
                    reasons = tuple(dict.fromkeys(cited))
                    here.append(Conflict(permits, forbids, information, holder, recipient, period, reasons))
        found += sorted(here, key=lambda one: (one.period, one.permits, one.forbids))
    return tuple(found)


def _said(stands: list[Stand], kind: Kind) -> dict[str, list[Stand]]:
    found: dict[str, list[Stand]] = defaultdict(list)
    for stand in stands:
        if stand.kind is kind:
            found[stand.instrument].append(stand)
    return found


def _periods(stands: list[Stand]) -> tuple[Period, ...]:
    return union(Period(stand.start, stand.end) for stand in stands)


def _cited(stands: list[Stand], period: Period) -> tuple[Because, ...]:
    return tuple(
        reason
        for stand in stands
        if stand.start < period.end and period.start < stand.end
        for reason in stand.because
    )
