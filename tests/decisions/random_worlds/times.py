"""The few instants and days around which everything happens, so that things meet exactly."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from servanda.model.when import Day, Instant, Month, Unknown, When


def _instant(words: str) -> Instant:
    return Instant(datetime.fromisoformat(words).replace(tzinfo=UTC))


NOW = _instant("2020-03-05T10:00")
INSTANTS = (
    _instant("2020-03-04T10:00"),
    _instant("2020-03-05T00:00"),
    NOW,
    _instant("2020-03-05T15:00"),
    _instant("2020-03-06T00:00"),
)
PAST = (_instant("2019-06-01T12:00"), _instant("2019-09-05T08:00"), _instant("2020-02-01T00:00"))
FUTURE = (_instant("2020-04-01T00:00"), _instant("2020-09-06T00:00"))
DAYS = tuple(Day(date(2020, 3, day)) for day in (4, 5, 6))
EARLY = Day(date(2019, 3, 6))
MICROSECOND = timedelta(microseconds=1)


def chance(dice: Random, share: float) -> bool:
    """Say yes that often."""
    return dice.random() < share


def some(dice: Random, names: tuple[str, ...], least: int = 1, most: int = 2) -> tuple[str, ...]:
    """Draw a few of the names, each once."""
    return tuple(dice.sample(names, min(len(names), dice.randint(least, most))))


def done(dice: Random, *, coarse: bool) -> tuple[When, Instant]:
    """Draw when something was done, and when it was seen: never before."""
    delay = timedelta(hours=dice.choice((0, 0, 1, 6, 30, 200)))
    drawn = dice.random()
    if coarse and drawn < 0.36:
        day = dice.choice(DAYS)
        first = datetime(day.date.year, day.date.month, day.date.day, 5, tzinfo=UTC)
        return day, Instant(first + delay)
    if coarse and drawn < 0.39:
        return Month(2020, 3), Instant(NOW.utc + delay)
    if coarse and drawn < 0.42:
        return Unknown(), Instant(NOW.utc + delay)
    at = dice.choice(PAST if chance(dice, 0.65) else INSTANTS)
    return at, Instant(at.utc + delay)


def expiry(dice: Random, share: float) -> When | None:
    """Draw until when something lasts; mostly without end."""
    if not chance(dice, share):
        return None
    return dice.choice(DAYS) if chance(dice, 0.5) else dice.choice((*INSTANTS, *PAST, *FUTURE))
