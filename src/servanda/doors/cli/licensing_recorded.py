"""What the licensing commands share: how a record is made at the node, and how it is told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from cyclopts import Parameter

from servanda.decisions.licences.life import LicenceState
from servanda.decisions.licences.standing import Left, Standing
from servanda.doors import answers
from servanda.doors.cli.homes import say
from servanda.formats.when import parse_when
from servanda.model.licence import shown
from servanda.model.licence_event import (
    Answered,
    Consented,
    LicenceEvent,
    Moved,
    Reported,
    Shipped,
    kind_of,
)
from servanda.model.when import Instant, When, zone
from servanda.node.house import Node
from servanda.node.licensing.acting import Making, act
from servanda.node.licensing.records import Recorded

Officer = Annotated[str, Parameter(env_var="SERVANDA_OFFICER", help="who does it")]
Done = Annotated[str | None, Parameter(help="a day or an instant; now if left out")]
Reason = Annotated[str, Parameter(help="why, in words of your own")]
RecordId = Annotated[str, Parameter(name="--id", help="a name for the record; numbered if left out")]


def when_of(words: str | None) -> When | None:
    """Read a day or an instant; None is now."""
    return None if words is None else parse_when(words)


def recorded(home: Path, licence: str, kind: str, make: Making) -> Recorded:
    """Make a record at the node in a folder."""
    node = Node.open(home)
    try:
        return act(node, licence, kind, make)
    finally:
        node.close()


def told(made: Recorded, *, json: bool) -> int:
    """Print what was recorded, and where the licence stands with it."""
    say(answer_of(made), "\n".join(sentences_of(made)), json=json)
    return 0


def zone_of(found: Standing) -> ZoneInfo:
    """Return the zone in which a licence's instants are printed."""
    return zone(found.licence.zone) if found.licence is not None else zone("UTC")


def amount(told: Decimal | None) -> str | None:
    """Print an amount; none is null."""
    return None if told is None else shown(told)


def _left(one: Left, currency: str) -> dict[str, Any]:
    return {
        "item": one.item.id,
        "goods": one.item.goods,
        "unit": one.item.unit,
        "quantity": amount(one.item.quantity),
        "drawn": amount(one.drawn),
        "remains": amount(one.quantity),
        "value": amount(one.item.value),
        "drawn_value": amount(one.drawn_value),
        "remains_value": amount(one.value),
        "currency": currency,
    }


def standing_answer(found: Standing, name: str) -> dict[str, Any]:
    """Return where a licence stands as JSON says it."""
    where = zone_of(found)
    licence = found.licence
    return {
        "licence": name,
        "state": found.state.value,
        "since": answers.instant(found.since, where),
        "until": answers.instant(found.until, where),
        "draws": found.draws,
        "remains": [_left(one, licence.currency if licence is not None else "") for one in found.left],
        "because": answers.because(found.because),
    }


def answer_of(made: Recorded) -> dict[str, Any]:
    """Return what was recorded as JSON says it."""
    return {
        "record": made.event.id,
        "kind": kind_of(made.event),
        "position": made.position,
        "again": made.again,
        "lost": [one.event.id for one in made.lost],
        **standing_answer(made.standing, made.event.licence),
    }


def sentences_of(made: Recorded) -> list[str]:
    """Return what was recorded as lines for people."""
    event, found = made.event, made.standing
    done = "is on record already, nothing was drawn again" if made.again else "recorded"
    what = f"shipment {event.id}" if isinstance(event, Shipped) else event.id
    lines = [f"{what} of {event.licence} {done}; entry {made.position}"]
    lines.append(line_of(found, event.licence))
    lines += [f"  {remains(one, found)}" for one in found.left if isinstance(event, Shipped)]
    for one in made.lost:
        why = "; ".join(each.says for each in one.because)
        lines.append(f"  {one.event.id} has no effect any more: {why}")
    return lines


def line_of(found: Standing, name: str) -> str:
    """Return where a licence stands as one line."""
    where = zone_of(found)
    since = f" since {found.since.within(where)}" if found.since is not None else ""
    until = f", until {found.until.within(where)} if nobody acts" if found.until is not None else ""
    idle = found.state is LicenceState.ISSUED and not found.draws
    endless = found.state in (LicenceState.ISSUED, LicenceState.SUSPENDED) and found.until is None
    unknown = "; until when is not known" if endless else ""
    waits = "; not valid yet" if idle else ""
    return f"{name}: {found.state.value.replace('-', ' ')}{since}{until}{waits}{unknown}"


def remains(one: Left, found: Standing) -> str:
    """Return what remains of an item as one line."""
    parts = []
    if one.quantity is not None and one.item.quantity is not None:
        parts.append(f"{shown(one.quantity)} of {shown(one.item.quantity)} {one.item.unit}")
    if one.value is not None and one.item.value is not None:
        currency = found.licence.currency if found.licence is not None else ""
        parts.append(f"{shown(one.value)} of {shown(one.item.value)} {currency}")
    if not parts:
        return f"item {one.item.id}: {shown(one.drawn)} {one.item.unit} drawn, without limit"
    return f"item {one.item.id}: {' and '.join(parts)} left"


def short(when: When, where: ZoneInfo) -> str:
    """Print a time for a column: a day, or a day and its minute in a zone."""
    return f"{when.utc.astimezone(where):%Y-%m-%d %H:%M}" if isinstance(when, Instant) else str(when)


def about(event: LicenceEvent) -> str:
    """Return what a record says that does not change where a licence stands; empty for others."""
    match event:
        case Answered():
            return f"{event.flag.value.replace('-', ' ')}: {event.found.value}"
        case Consented():
            much = f"{shown(event.quantity)} of " if event.quantity is not None else ""
            return f"consent to {event.change.value} of {much}item {event.item} to {event.to}"
        case Moved():
            much = f"{shown(event.quantity)} {event.unit} of item {event.item}"
            return f"{event.change.value} of {much}: {event.holder} to {event.to}"
        case Reported():
            return f"report under clause {event.clause}{' of ' + event.shipment if event.shipment else ''}"
    return ""
