"""Answers about exports as JSON-ready values; `spec/exports.md` documents every key."""

from __future__ import annotations

from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from servanda.doors.answers import because, instant
from servanda.formats.languages import cite, say
from servanda.formats.shipment_log import Broken
from servanda.model.export import Audited, ExportAnswer, ExportRequest, Facet, TypeAnswer
from servanda.model.when import BEGINNING, Instant

Json: TypeAlias = dict[str, Any]


def answer(one: ExportAnswer, where: ZoneInfo, language: str = "en") -> Json:
    """Return an answer: the outcome, every rule checked, what is missing, and what goes with a licence."""
    found = one.finding
    reasons = (*found.because, *found.missing, *(each for kind in found.types for each in kind.because))
    return {
        "outcome": one.outcome.value,
        "request": request(one.request, where),
        "item": one.item or None,
        "groups": list(found.groups),
        "because": because(found.because, language),
        "missing": because(found.missing, language),
        "licence_types": [_type(each, language) for each in found.types],
        "papers": [
            {
                "what": each.says,
                "certain": each.certain,
                "after_the_licence": each.after,
                "says": say(each.because, language),
                "cite": cite(each.because, language),
            }
            for each in found.papers
        ],
        "review": None
        if found.review is None
        else {
            "days": found.review.days,
            "documents": found.review.documents,
            "bulk": found.review.bulk or None,
            "cite": cite(found.review.because, language),
        },
        "elsewhere": list(found.elsewhere),
        "since": None if one.since == BEGINNING else instant(one.since, where),
        "until": instant(one.until, where),
        "turns": because(one.turns, language),
        "ahead": [
            {"act": each.act, "effect": instant(each.effect, where), **because([each.because], language)[0]}
            for each in one.ahead
        ],
        "checked": dict(one.checked),
        "unconfirmed": list(dict.fromkeys(cite(each, language) for each in reasons if not each.confirmed)),
        "language": language,
        "tzdata": one.tzdata,
    }


def _type(one: TypeAnswer, language: str) -> Json:
    return {
        "name": one.name,
        "title": one.title,
        "standing": one.standing.value,
        "needs": [need.value for need in one.needs],
        "lacks": [need.value for need in one.lacks],
        "provided": one.provided or None,
        "validity": None if one.validity is None else str(one.validity),
        "because": because(one.because, language),
    }


def request(asked: ExportRequest, where: ZoneInfo) -> Json:
    """Return what was asked."""
    return {
        "regime": asked.regime,
        "item": asked.item,
        "covers": asked.covers.value,
        "destination": asked.destination,
        "end_user": asked.end_user,
        "end_use": asked.end_use,
        "concern": None if asked.concern is None else asked.concern.value,
        "informed": asked.informed,
        "value": None if asked.value is None else str(asked.value),
        "currency": asked.currency or None,
        "holds": None if asked.holds is None else sorted(need.value for need in asked.holds),
        "at": asked.at.within(where),
        "known_at": instant(asked.known, where),
    }


def difference(
    regime: str, start: Instant, end: Instant, found: tuple[Facet, ...], where: ZoneInfo, language: str = "en"
) -> Json:
    """Return what changed between two instants, one object a thing, each with the acts that changed it."""
    return {
        "regime": regime,
        "from": start.within(where),
        "to": end.within(where),
        "changes": [
            {
                "destination": one.destination,
                "item": one.of or None,
                "what": one.what,
                "before": one.before,
                "after": one.after,
                "by": because(one.by, language),
            }
            for one in found
        ],
    }


def audited(one: Audited | Broken, where: ZoneInfo, language: str = "en") -> Json:
    """Return a row of a log: whether it fitted and why, or what is wrong with it."""
    if isinstance(one, Broken):
        return {"line": one.line, "fit": "broken", "what": one.what}
    asked = one.shipment.request
    return {
        "line": one.shipment.line,
        "id": one.shipment.id,
        "fit": one.fit.value,
        "outcome": one.outcome.value,
        "at": asked.at.within(where),
        "item": asked.item,
        "destination": asked.destination,
        "licence_type": one.shipment.licence_type or None,
        "licence": one.shipment.licence or None,
        "because": because(one.because, language),
        "missing": because(one.missing, language),
    }
