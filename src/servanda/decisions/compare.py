"""Two worlds side by side: flows that stop or begin, detours that remain, duties that live on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from servanda.decisions.index import carries
from servanda.decisions.judge import decide, judge
from servanda.model.decision import Decision, Outcome, ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.status import Answer, Standpoint, Status
from servanda.model.when import FOREVER, Instant
from servanda.status import ask


@dataclass(frozen=True, slots=True)
class Flow:
    """One flow in both worlds: what `holder` may give to `recipient` at its own `marking`."""

    holder: str
    recipient: str
    marking: str
    before: Decision
    after: Decision


@dataclass(frozen=True, slots=True)
class Difference:
    """What would be different: statuses by instrument, and flows whose outcome changes."""

    statuses: tuple[tuple[str, Answer[Status], Answer[Status]], ...]
    flows: tuple[Flow, ...]


def compare(
    before: Registry,
    after: Registry,
    at: Instant,
    topics: tuple[str, ...] = (),
    known: Instant = FOREVER,
) -> Difference:
    """Compare every instrument, and every flow between parties that some instrument binds.

    A flow that stops carries the detours that remain in `after.routes`.
    """
    standpoint = Standpoint(at, known)
    statuses = []
    for name in before.instruments:
        if name not in after.instruments:
            continue
        one, other = ask(before, name, standpoint), ask(after, name, standpoint)
        if one != other:
            statuses.append((name, one, other))
    touched = {name for name, _, _ in statuses}
    flows = [
        flow
        for holder, recipient in _pairs(before, touched)
        for flow in _flows(
            before, after, ReleaseRequest(holder, recipient, (holder,), "", at, topics, known=known)
        )
    ]
    return Difference(tuple(statuses), tuple(flows))


def _pairs(registry: Registry, touched: set[str]) -> list[tuple[str, str]]:
    pairs: dict[tuple[str, str], None] = {}
    for name in sorted(touched):
        instrument = registry.instrument(name)
        for holder in instrument.parties:
            for recipient in instrument.parties:
                if holder != recipient and carries(instrument):
                    pairs[holder, recipient] = None
    return list(pairs)


def _flows(before: Registry, after: Registry, request: ReleaseRequest) -> list[Flow]:
    found = []
    for level in before.party(request.holder).levels:
        asked = replace(request, marking=level.word)
        one, other = judge(before, asked), judge(after, asked)
        if one.outcome is other.outcome:
            continue
        if other.outcome is not Outcome.PERMIT:
            other = decide(after, asked)
        found.append(Flow(request.holder, request.recipient, level.word, one, other))
    return found
