"""Days and instants as people write them: the wall clock of the place, and its distance from UTC.

::

    2019-11-23                  2019年11月23日                     2019. 11. 23.
    2019-11-23T00:00:00+09:00   2019年11月23日0時00分(UTC+09:00)   2019. 11. 23. 00:00(UTC+09:00)
"""

from __future__ import annotations

import re

_TIME = re.compile(
    r"(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d(?::\d\d)?))?)?", re.ASCII
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def when(text: str, language: str) -> str:
    """Print a day, a month or an RFC 3339 instant for people; anything else as it is."""
    found = _TIME.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= len(_MONTHS):
        return text
    year, month, day, hour, minute, second, offset = found.groups()
    date = _date(language, int(year), int(month), int(day) if day else None)
    if hour is None:
        return date
    seconds = second if float(second) else ""
    place = "UTC" if offset in ("Z", "+00:00") else f"UTC{offset}"
    match language:
        case "ja":
            clock = f"{int(hour)}時{minute}分" + (f"{seconds}秒" if seconds else "")
            return f"{date}{clock}({place})"
        case "ko":
            return f"{date} {hour}:{minute}" + (f":{seconds}" if seconds else "") + f"({place})"
    return f"{date}, {int(hour)}:{minute}" + (f":{seconds}" if seconds else "") + f" ({place})"


def _date(language: str, year: int, month: int, day: int | None) -> str:
    match language:
        case "ja":
            return f"{year}年{month}月" + (f"{day}日" if day else "")
        case "ko":
            return f"{year}. {month}." + (f" {day}." if day else "")
    return (f"{day} " if day else "") + f"{_MONTHS[month - 1]} {year}"
