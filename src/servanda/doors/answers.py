"""Answers as JSON-ready values; `spec/answers.md` documents every key.

Instants are printed in the zone of the instrument or party that they speak of.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from servanda.formats.languages import cite, say, say_change, say_missing
from servanda.model.act import kind_of
from servanda.model.cite import Because
from servanda.model.decision import Change, Decision, Hop, ReleaseRequest, Route
from servanda.model.duty import Duty
from servanda.model.instrument import Instrument, Registry
from servanda.model.label import Portion
from servanda.model.status import Answer, EarliestEnd, Hanging, Standing, Standpoint, Status
from servanda.model.when import BEGINNING, FOREVER, TZDATA_VERSION, Instant, zone
from servanda.node.spelled import print_caveat
from servanda.status import Deadline, Explained, Stretch

Json: TypeAlias = dict[str, Any]


def zone_of(instrument: Instrument) -> ZoneInfo:
    """Return the zone in which an instrument's instants are printed."""
    name = instrument.conventions.zone or next(iter(instrument.seats.values()), "UTC")
    return zone(name)


def instant(at: Instant | None, where: ZoneInfo) -> str | None:
    """Print an instant in a zone; never and unknown are null."""
    return None if at is None or at == FOREVER else at.within(where)


def because(reasons: Iterable[Because], language: str = "en") -> list[Json]:
    """Return reasons, each with the article, act or rule that carries it, and the time that it speaks of."""
    return [
        {
            "says": say(one, language),
            "cite": cite(one, language),
            **({"instrument": one.instrument} if one.instrument else {}),
            **({"article": one.article} if one.article else {}),
            **({"act": one.act} if one.act else {}),
            **({"rule": one.rule} if one.rule else {}),
            **({"when": one.when} if one.when else {}),
            **({} if one.confirmed else {"confirmed": False}),
        }
        for one in reasons
    ]


def earliest(end: EarliestEnd, where: ZoneInfo) -> str | None:
    """Print an earliest end: an instant, or why it is none."""
    return instant(end, where) if isinstance(end, Instant) else end.value


def _fields(status: Status, where: ZoneInfo) -> Json:
    notice = status.notice
    return {
        "phase": status.phase.value,
        "notice": None
        if notice is None
        else {
            "state": notice.state.value,
            "act": notice.act,
            "by": list(notice.by),
            "effect": instant(notice.effect, where),
        },
        "ends": instant(status.ends, where),
        "renews": instant(status.renews, where),
        "notice_by": instant(status.notice_by, where),
        "period": None
        if status.period is None
        else {
            "from": instant(status.period.start, where),
            "to": instant(status.period.end, where),
        },
        "earliest_end": {party: earliest(end, where) for party, end in status.earliest_end},
        "bound": list(status.bound),
        "standing": standing(status.standing, where),
        "hanging": [hanging(one) for one in status.hanging],
        "version": status.version,
        "suspended_clauses": list(status.suspended_clauses),
    }


def standing(found: Standing | None, where: ZoneInfo) -> Json | None:
    """Return where a proceeding stands: its stage, what is due, and what each party may do."""
    if found is None:
        return None
    return {
        "stage": found.stage or None,
        "since": instant(found.since, where),
        "halted": list(found.halted),
        "due": [
            {
                "name": one.name,
                "bound": one.bound,
                "state": one.state.value,
                "party": one.party or None,
                "until": instant(one.until, where),
                "days_left": one.days,
                "opens": list(one.opens),
                "leads_to": one.leads_to or None,
                "because": because(one.because),
            }
            for one in found.due
        ],
        "ways": [
            {
                "party": one.party,
                "step": one.step,
                "from": instant(one.starts, where),
                "together_with": list(one.needs),
                "leads_to": one.leads_to or None,
                "because": because(one.because),
            }
            for one in found.ways
        ],
    }


def hanging(one: Hanging) -> Json:
    """Return an act that hangs on a condition, whether it holds, and what may be brought back if not."""
    return {
        "act": one.act,
        "by": list(one.by),
        "on": one.instrument,
        "holds": one.holds.value,
        "raises": one.raises,
        "because": because(one.because),
    }


def status(answer: Answer[Status], instrument: Instrument, standpoint: Standpoint) -> Json:
    """Return where an instrument stands: what all readings share, then each reading side by side.

    Where they differ, `phase` is `unknown`, other fields are null, and `differs` names them.
    """
    where = zone_of(instrument)
    values = answer.values
    every = [_fields(value, where) for value in values]
    shared = dict(every[0])
    differs = sorted(key for key in shared if any(one[key] != shared[key] for one in every))
    for key in differs:
        shared[key] = "unknown" if key == "phase" else None
    return {
        "instrument": instrument.id,
        "title": instrument.texts[-1].title,
        "at": standpoint.at.within(where),
        "known_at": instant(standpoint.known, where),
        "reading": standpoint.reader,
        **shared,
        "answer": answer.sure.value,
        "differs": differs,
        "readings": {
            reader: [{**_fields(one, where), "because": because(one.because)} for one in statuses]
            for reader, statuses in answer.readings
        },
        "because": because(dict.fromkeys(one for value in values for one in value.because)),
        "missing": list(dict.fromkeys(one for value in values for one in value.missing)),
        "changes": instant(min(value.changes for value in values), where),
        "text": instrument.digests.get(values[0].version),
        "tzdata": TZDATA_VERSION,
    }


def stretches(found: tuple[Stretch, ...], instrument: Instrument) -> list[Json]:
    """Return a timeline, one object a stretch."""
    where = zone_of(instrument)
    return [
        {
            "from": instant(one.period.start, where),
            "to": instant(one.period.end, where),
            "answer": one.answer.sure.value,
            "readings": {
                reader: [_fields(value, where) for value in values] for reader, values in one.answer.readings
            },
        }
        for one in found
    ]


def deadlines(found: tuple[Deadline, ...], registry: Registry) -> list[Json]:
    """Return what lies ahead, one object a deadline."""
    return [
        {
            "at": instant(one.at, zone_of(registry.instrument(one.instrument))),
            "instrument": one.instrument,
            "kind": one.kind.value,
            "says": one.says,
            "because": because(one.because),
            "readings": list(one.readers),
        }
        for one in found
    ]


def acts(found: tuple[Explained, ...], instrument: Instrument, language: str = "en") -> list[Json]:
    """Return the record of acts with what each did in law, said in a language."""
    where = zone_of(instrument)
    return [
        {
            "id": one.act.id,
            "kind": kind_of(one.act),
            "by": list(one.act.by),
            "done": one.act.done.within(where) if isinstance(one.act.done, Instant) else str(one.act.done),
            "precision": one.act.done.precision,
            "seen": one.act.seen.within(where),
            "effective": one.effective,
            "says": say(one, language),
            "source": one.act.source,
            "confirmed": one.act.confirmed,
            "note": one.act.note,
        }
        for one in found
    ]


def duty(one: Duty, language: str = "en") -> Json:
    """Return one duty."""
    return {
        "duty": one.kind.value,
        "says": say(one.because, language),
        "cite": cite(one.because, language),
        "survives": one.survives,
        "confirmed": one.because.confirmed,
    }


def change(one: Change, language: str = "en") -> Json:
    """Return one step that would permit; `sets` says the same for machines."""
    return {
        "kind": one.kind.value,
        "by": list(one.by),
        "what": say_change(one, language),
        "sets": dict(one.sets),
        "cites": [cite(reason, language) for reason in one.because],
    }


def _hop(hop: Hop, where: ZoneInfo, language: str) -> Json:
    return {
        "holder": hop.holder,
        "recipient": hop.recipient,
        "outcome": hop.outcome.value,
        "via": list(hop.via),
        "equivalent": hop.equivalent,
        "needs": [change(one, language) for one in hop.needs],
        "earliest": instant(hop.earliest, where),
    }


def route(one: Route, where: ZoneInfo, language: str = "en") -> Json:
    """Return one detour: whom it passes, what foresees it, its hops, and when the last can first be made."""
    return {
        "through": list(one.through),
        "under": list(one.under),
        "hops": [_hop(hop, where, language) for hop in one.hops],
        "earliest": instant(one.earliest, where),
    }


def decision(one: Decision, registry: Registry, language: str = "en") -> Json:
    """Return a decision, always with its citations, duties, and from when until when it holds."""
    where = zone(registry.party(one.request.holder).seat)
    judged = one.judgement
    ways = [[change(each, language) for each in way] for way in judged.ways]
    return {
        "outcome": one.outcome.value,
        "via": list(one.via),
        "equivalent": one.equivalent,
        "alternatives": list(one.alternatives),
        "citations": list(dict.fromkeys(cite(reason, language) for reason in one.because)),
        "because": because(one.because, language),
        "duties": [duty(each, language) for each in one.duties],
        "missing": [say_missing(each, language) for each in one.missing],
        "ways": ways,
        "changes": ways[0] if ways else [],
        "routes": [route(each, where, language) for each in one.routes],
        "since": None if judged.since == BEGINNING else instant(judged.since, where),
        "until": instant(judged.until, where),
        "turns": because(judged.turns, language),
        "unconfirmed": list(
            dict.fromkeys(cite(reason, language) for reason in one.because if not reason.confirmed)
        ),
        "request": request(one.request, where),
        "language": language,
        "tzdata": one.tzdata,
    }


def request(asked: ReleaseRequest, where: ZoneInfo) -> Json:
    """Return what was asked."""
    person = asked.person
    return {
        "holder": asked.holder,
        "recipient": asked.recipient,
        "originators": list(asked.originators),
        "marking": asked.marking,
        "topics": list(asked.topics),
        "caveats": [print_caveat(one) for one in asked.caveats],
        "purpose": asked.purpose,
        "given_for": list(asked.given_for),
        "form": asked.form,
        "object": asked.object_id,
        "lineage": [portion(one) for one in asked.lineage],
        "person": None
        if person is None
        else {
            "id": person.id,
            "nationalities": list(person.nationalities),
            "facility": person.facility,
            "visiting": person.visiting,
        },
        "at": asked.at.within(where),
        "known_at": instant(asked.known, where),
    }


def portion(one: Portion) -> Json:
    """Return what went into an object from one source."""
    return {
        "object": one.object_id,
        "originators": list(one.originators),
        "marking": one.marking,
        "topics": list(one.topics),
        "caveats": [print_caveat(each) for each in one.caveats],
        "given_for": list(one.given_for),
    }
