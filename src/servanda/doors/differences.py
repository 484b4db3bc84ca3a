"""The difference of two worlds as JSON-ready values; `spec/answers.md` documents every key."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from servanda.decisions import Difference, Flow, Holding
from servanda.decisions.compare import Path, Pivot
from servanda.decisions.linchpins import Through
from servanda.decisions.network import Matter
from servanda.decisions.raised import Raised
from servanda.doors.answers import Json, because, change, duty, earliest, hanging, instant, route, zone_of
from servanda.model.cite import Because
from servanda.model.instrument import Registry
from servanda.model.status import Answer, Status
from servanda.model.when import zone

_NO_LONGER_OWED = ("none", "unknown")


def difference(found: Difference, registry: Registry) -> Json:
    """Return what would be different, from what stands otherwise to whom it makes a linchpin."""
    named = [one.instrument for one in found.stands if one.instrument in registry.instruments]
    where = zone_of(registry.instrument(named[0])) if named else zone("UTC")
    return {
        "at": instant(found.at, where),
        "about": [list(topics) for topics in found.about],
        "statuses": [
            {"instrument": one.instrument, "before": _phases(one.before), "after": _phases(one.after)}
            for one in found.stands
        ],
        "flows": [_flow(one, where) for one in found.flows],
        "survives": [
            {"instrument": one.instrument, "duties": [duty(each) for each in one.duties]}
            for one in found.survives
        ],
        "held": [_holding(one) for one in found.held],
        "linchpins": [_pivot(one) for one in found.pivots],
        "paths": [_path(one) for one in found.paths],
        "raised": [_raised(one, registry) for one in found.raised],
        "parties": {code: registry.parties[code].name for code in _codes(found) if code in registry.parties},
    }


def _raised(one: Raised, registry: Registry) -> Json:
    where = zone_of(registry.instrument(one.instrument))
    return {
        "instrument": one.instrument,
        "before": None if one.before is None else one.before.value,
        **hanging(one.hanging),
        "earliest_end": {party: earliest(end, where) for party, end in one.earliest},
        "behind": [_flow(flow, where) for flow in one.behind],
    }


def _phases(answer: Answer[Status] | None) -> list[str]:
    return [] if answer is None else sorted({value.phase.value for value in answer.values})


def _flow(flow: Flow, where: ZoneInfo) -> Json:
    return {
        "holder": flow.holder,
        "recipient": flow.recipient,
        "originator": flow.originator,
        "marking": flow.marking,
        "topics": list(flow.topics),
        "purpose": flow.hand.purpose,
        "turn": flow.turn.value,
        "before": flow.before.outcome.value,
        "after": flow.after.outcome.value,
        "via": {"before": list(flow.before.via), "after": list(flow.after.via)},
        "equivalent": {"before": flow.before.equivalent, "after": flow.after.equivalent},
        "because": because(_new_first(flow)),
        "changes": [change(one) for one in flow.after.changes],
        "routes": [route(one, where) for one in flow.after.routes],
        "duties_that_survive": [
            duty(one) for one in flow.before.duties if one.survives not in _NO_LONGER_OWED
        ],
    }


def _new_first(flow: Flow) -> list[Because]:
    """Return the reasons of the flow as supposed, those first that it has only there."""

    def place(one: Because) -> tuple[str, ...]:
        return one.instrument, one.article, one.says

    known = {place(one) for one in flow.before.because}
    return sorted(flow.after.because, key=lambda one: place(one) in known)


def _holding(one: Holding) -> Json:
    return {
        "object": one.object_id,
        "originators": list(one.originators),
        "holder": one.holder,
        "marking": one.marking,
        "under": one.instrument,
    }


def _pivot(pivot: Pivot) -> Json:
    one = pivot.linchpin
    return {
        "party": one.party,
        "holder": one.holder,
        "recipient": one.recipient,
        "gains": _matters(pivot.gains),
        "sheds": _matters(pivot.sheds),
        "with": _through(pivot.after.having if pivot.after is not None else None),
        "without": _through(pivot.after.without if pivot.after is not None else None),
    }


def _matters(matters: Iterable[Matter]) -> list[Json]:
    return [{"marking": one.marking, "topics": list(one.topics)} for one in matters]


def _through(one: Through | None) -> Json | None:
    return None if one is None else {"highest": one.marking, "about": [list(topics) for topics in one.topics]}


def _path(one: Path) -> Json:
    return {
        "holder": one.matter.originator,
        "recipient": one.recipient,
        "marking": one.matter.marking,
        "topics": list(one.matter.topics),
        "before": None if one.before is None else sorted(one.before),
        "after": None if one.after is None else sorted(one.after),
    }


def _codes(found: Difference) -> list[str]:
    flows = (code for flow in found.flows for code in (flow.holder, flow.recipient, flow.originator))
    pins = (code for one in found.pivots for code in one.linchpin.key)
    paths = (code for one in found.paths for code in (one.matter.originator, one.recipient))
    return list(dict.fromkeys((*flows, *pins, *paths)))
