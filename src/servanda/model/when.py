"""When something happens in law: an instant, a day, a month, or not known.

A day is never midnight. A `Day` becomes instants only together with a zone, and then it is the
half-open interval from its first instant to the first instant of the next day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import date as CalendarDate  # noqa: N812 - `date` is a field of Day
from functools import cache
from importlib import metadata, resources
from typing import ClassVar
from zoneinfo import ZoneInfo

from servanda.errors import FormatError

TZDATA_VERSION: str = metadata.version("tzdata")
"""Version of the zone rules in use; every decision records it."""


@cache
def zone(name: str) -> ZoneInfo:
    """Return the IANA zone `name` from the pinned tzdata package, never from the server's files.

    Raises:
        FormatError: the zone does not exist.
    """
    parts = name.split("/")
    if not all(part and part.strip(".") and "\\" not in part for part in parts):
        raise FormatError(f"`{name}` is not a zone", hint="write an IANA name such as Asia/Seoul")
    try:
        with resources.files("tzdata").joinpath("zoneinfo", *parts).open("rb") as rules:
            return ZoneInfo.from_file(rules, key=name)
    except (OSError, ValueError) as wrong:
        hint = "write an IANA name such as Asia/Seoul"
        raise FormatError(f"`{name}` is not a zone", hint=hint) from wrong


class When:
    """A point of legal time as precisely as it is known; one of the four classes below.

    Written by hand and not as dataclasses, so that readers and printers treat them as text and never as
    a table of fields.
    """

    __slots__ = ()
    precision: ClassVar[str]

    def span(self, where: ZoneInfo) -> tuple[Instant, Instant]:
        """Return the half-open interval of instants that this can mean in the zone `where`."""
        raise NotImplementedError

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a time does not change: {name}")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self})"


class Instant(When):
    """One instant, kept in UTC with microseconds; prints as RFC 3339 with `Z`."""

    __slots__ = ("utc",)
    precision: ClassVar[str] = "instant"
    utc: datetime

    def __init__(self, utc: datetime) -> None:
        if utc.tzinfo is None:
            raise FormatError(
                f"`{utc.isoformat()}` has no offset",
                hint="an instant needs an offset such as +09:00; write the day alone if the hour "
                "is not known",
            )
        object.__setattr__(self, "utc", utc if utc.tzinfo is UTC else utc.astimezone(UTC))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Instant) and self.utc == other.utc

    def __lt__(self, other: Instant) -> bool:
        return self.utc < other.utc

    def __le__(self, other: Instant) -> bool:
        return self.utc <= other.utc

    def __gt__(self, other: Instant) -> bool:
        return self.utc > other.utc

    def __ge__(self, other: Instant) -> bool:
        return self.utc >= other.utc

    def __hash__(self) -> int:
        return hash(self.utc)

    def __reduce__(self) -> tuple[type[Instant], tuple[datetime]]:
        return Instant, (self.utc,)

    def span(self, where: ZoneInfo) -> tuple[Instant, Instant]:  # noqa: ARG002 - same everywhere
        """Return the instant itself as an interval of one microsecond."""
        return self, Instant(self.utc + timedelta(microseconds=1))

    def day(self, where: ZoneInfo) -> Day:
        """Return the calendar day of this instant in the zone `where`."""
        return Day(self.utc.astimezone(where).date())

    def within(self, where: ZoneInfo) -> str:
        """Print with the offset of the zone `where`, as 2019-11-23T00:00:00+09:00."""
        return self.utc.astimezone(where).isoformat()

    def __str__(self) -> str:
        return self.utc.isoformat().replace("+00:00", "Z")


BEGINNING = Instant(datetime(1, 1, 2, tzinfo=UTC))
"""Before anything that a register can hold."""
FOREVER = Instant(datetime(9999, 12, 30, tzinfo=UTC))
"""After anything that a register can hold; also the knowledge time that leaves nothing out."""


class Day(When):
    """A calendar day whose hour is not known or does not matter; prints as 2019-11-23."""

    __slots__ = ("date",)
    precision: ClassVar[str] = "day"
    date: CalendarDate

    def __init__(self, date: CalendarDate) -> None:
        object.__setattr__(self, "date", date)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Day) and self.date == other.date

    def __lt__(self, other: Day) -> bool:
        return self.date < other.date

    def __le__(self, other: Day) -> bool:
        return self.date <= other.date

    def __gt__(self, other: Day) -> bool:
        return self.date > other.date

    def __ge__(self, other: Day) -> bool:
        return self.date >= other.date

    def __hash__(self) -> int:
        return hash(("day", self.date))

    def __reduce__(self) -> tuple[type[Day], tuple[CalendarDate]]:
        return Day, (self.date,)

    def start(self, where: ZoneInfo) -> Instant:
        """Return 0:00 of this day in `where`, or the first instant of it where 0:00 is skipped."""
        return Instant(datetime(self.date.year, self.date.month, self.date.day, tzinfo=where))

    def span(self, where: ZoneInfo) -> tuple[Instant, Instant]:
        """Return 0:00 of this day and 0:00 of the next."""
        return self.start(where), self.plus(1).start(where)

    def plus(self, days: int) -> Day:
        """Return the day that many days later (earlier when negative)."""
        return Day(self.date + timedelta(days=days))

    def __str__(self) -> str:
        return self.date.isoformat()


class Month(When):
    """A calendar month whose day is not known; prints as 2015-12."""

    __slots__ = ("month", "year")
    precision: ClassVar[str] = "month"
    year: int
    month: int

    def __init__(self, year: int, month: int) -> None:
        CalendarDate(year, month, 1)
        object.__setattr__(self, "year", year)
        object.__setattr__(self, "month", month)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Month) and (self.year, self.month) == (other.year, other.month)

    def __hash__(self) -> int:
        return hash(("month", self.year, self.month))

    def __reduce__(self) -> tuple[type[Month], tuple[int, int]]:
        return Month, (self.year, self.month)

    def first(self) -> Day:
        """Return the first day of the month."""
        return Day(CalendarDate(self.year, self.month, 1))

    def span(self, where: ZoneInfo) -> tuple[Instant, Instant]:
        """Return 0:00 of the first day and 0:00 of the first day of the next month."""
        later = CalendarDate(self.year + self.month // 12, self.month % 12 + 1, 1)
        return self.first().start(where), Day(later).start(where)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


class Unknown(When):
    """A time that is not known at all; prints as unknown. Only when it was seen bounds it."""

    __slots__ = ()
    precision: ClassVar[str] = "unknown"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unknown)

    def __hash__(self) -> int:
        return hash("unknown")

    def span(self, where: ZoneInfo) -> tuple[Instant, Instant]:  # noqa: ARG002 - same everywhere
        """Return all of time."""
        return BEGINNING, FOREVER

    def __str__(self) -> str:
        return "unknown"


class Duration:
    """A length in calendar units, never in seconds; prints as ISO 8601 (P1Y, P6M, P90D).

    Days and months are never exchanged for one another: ninety days are not three months.
    """

    __slots__ = ("days", "months", "years")
    years: int
    months: int
    days: int

    def __init__(self, years: int = 0, months: int = 0, days: int = 0) -> None:
        if min(years, months, days) < 0 or not (years or months or days):
            raise FormatError("a duration must be longer than nothing", hint="write P90D or P1Y")
        object.__setattr__(self, "years", years)
        object.__setattr__(self, "months", months)
        object.__setattr__(self, "days", days)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a duration does not change: {name}")

    def _parts(self) -> tuple[int, int, int]:
        return self.years, self.months, self.days

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duration) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def __repr__(self) -> str:
        return f"Duration({self})"

    def __reduce__(self) -> tuple[type[Duration], tuple[int, int, int]]:
        return Duration, self._parts()

    @property
    def whole_months(self) -> int:
        """The years and months together, in months."""
        return 12 * self.years + self.months

    def __str__(self) -> str:
        units = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + "".join(f"{number}{unit}" for number, unit in units if number)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A half-open stretch of time: `start` belongs to it, `end` does not."""

    start: Instant
    end: Instant

    def __contains__(self, at: Instant) -> bool:
        return self.start <= at < self.end
