"""Deadlines as an iCalendar feed (RFC 5545): one event each, with alarms, stable identifiers."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from icalendar import Alarm, Calendar, Event

from servanda.doors.answers import zone_of
from servanda.model.instrument import Registry
from servanda.model.when import Instant
from servanda.status import Deadline

ALARM_DAYS = (90, 60, 30, 7, 1)


def calendar(found: tuple[Deadline, ...], registry: Registry, at: Instant) -> bytes:
    """Return the feed as of `at`; each event is an instant in the zone of its instrument."""
    feed = Calendar()
    feed.add("prodid", "-//Servanda//deadlines//EN")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", "Servanda deadlines")
    for one in found:
        event = Event()
        where = zone_of(registry.instrument(one.instrument))
        # Without the instant: a deadline that moves keeps its identity, and its event moves.
        name = f"{one.instrument}/{one.kind.value}/{','.join(one.readers)}/{one.at.day(where).date.year}"
        event.add("uid", hashlib.sha256(name.encode()).hexdigest()[:32] + "@servanda")
        event.add("dtstamp", at.utc)
        event.add("dtstart", one.at.utc.astimezone(where))
        event.add("summary", f"{one.instrument}: {one.says}")
        cites = "; ".join(reason.cite() for reason in one.because)
        event.add("description", f"As read by {', '.join(one.readers)}. {cites}".strip())
        event.add("categories", [one.kind.value])
        event.add("transp", "TRANSPARENT")
        for days in ALARM_DAYS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", f"{days} days: {one.instrument}, {one.kind.value}")
            alarm.add("trigger", timedelta(days=-days))
            event.add_component(alarm)
        feed.add_component(event)
    feed.add_missing_timezones()
    return bytes(feed.to_ical())
