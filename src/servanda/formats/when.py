"""Legal times as text: RFC 3339 instants (RFC 9557 zones allowed), days, months, `unknown`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from servanda.errors import FormatError
from servanda.model.when import Day, Duration, Instant, Month, Unknown, When, zone

_INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?"
    r"(?:([Zz])|([+-])(\d\d):(\d\d))?(?:\[([A-Za-z0-9_+\-/]+)\])?",
    re.ASCII,
)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_DURATION = re.compile(r"P(?:([1-9]\d{0,3})Y)?(?:([1-9]\d{0,3})M)?(?:([1-9]\d{0,4})D)?", re.ASCII)


def parse_when(text: str) -> When:
    """Read an instant, a day, a month or `unknown`; the inverse of `str`.

    Raises:
        FormatError: it is none of these, or a date that does not exist.
    """
    if text == "unknown":
        return Unknown()
    try:
        if found := _DAY.fullmatch(text):
            return Day(date(*map(int, found.groups())))
        if found := _MONTH.fullmatch(text):
            return Month(*map(int, found.groups()))
    except ValueError as wrong:
        raise FormatError(f"`{text}` does not exist: {wrong}", hint="mend the date") from wrong
    return parse_instant(text)


def parse_instant(text: str) -> Instant:
    """Read an RFC 3339 instant; a zone in brackets must agree with the offset (RFC 9557).

    Raises:
        FormatError: not an instant, no offset, or one that does not exist.
    """
    found = _INSTANT.fullmatch(text)
    if found is None:
        hint = "write 2019-11-23T00:00:00+09:00"
        if _DAY.fullmatch(text):
            hint = "a day is not an instant; add the hour and the offset: " + text + "T00:00:00+09:00"
        raise FormatError(f"`{text}` is not an instant", hint=hint)
    *parts, fraction, zulu, sign, hours, minutes, name = found.groups()
    if not zulu and not sign:
        raise FormatError(
            f"`{text}` has no offset",
            hint="an instant needs an offset such as +09:00; write the day alone if the hour is not known",
        )
    try:
        year, month, day, hour, minute, second = map(int, parts)
        micro = int((fraction or "0").ljust(6, "0"))
        offset = UTC if zulu else _offset(sign, hours, minutes)
        local = datetime(year, month, day, hour, minute, second, micro, tzinfo=offset)
        instant = Instant(local)
    except (ValueError, OverflowError) as wrong:
        raise FormatError(f"`{text}` does not exist: {wrong}", hint="mend the date") from wrong
    if name is not None and local.utcoffset() != instant.utc.astimezone(zone(name)).utcoffset():
        raise FormatError(f"the offset of `{text}` is not that of {name}", hint="mend one of them")
    return instant


def _offset(sign: str, hours: str, minutes: str) -> timezone:
    most_hours, most_minutes = 23, 59
    if int(hours) > most_hours or int(minutes) > most_minutes:
        raise ValueError("offset out of range")
    length = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(length if sign == "+" else -length)


def parse_duration(text: str) -> Duration:
    """Read an ISO 8601 duration in years, months and days, as P1Y or P90D; the inverse of `str`.

    Raises:
        FormatError: not such a duration; weeks, hours and nothing at all are refused.
    """
    found = _DURATION.fullmatch(text)
    if found is None or text == "P":
        raise FormatError(f"`{text}` is not a duration", hint="write P90D, P6M or P1Y")
    years, months, days = (int(one or 0) for one in found.groups())
    return Duration(years, months, days)
