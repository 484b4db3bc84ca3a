"""Counting: the named ways in which law counts days and months, each with its convention.

International law has no general rule for the computation of time, and the European Convention
(ETS 76, art. 5) leaves out time-limits counted backwards, so every rule here is chosen by name.
"""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, date

from servanda.model.when import Day, Duration


def months_after(anchor: Day, months: int) -> Day:
    """Return the day that many months after the anchor, clamped to the end of a shorter month.

    Always counted from the anchor and never from an earlier result, so that 31 August plus six
    months and then six more is 31 August again. Negative months go back.
    """
    count = anchor.date.year * 12 + anchor.date.month - 1 + months
    year, month = divmod(count, 12)
    if year > MAXYEAR:
        return Day(date.max)  # later than anything that a register can hold
    last = calendar.monthrange(year, month + 1)[1]
    return Day(date(year, month + 1, min(anchor.date.day, last)))


def after(anchor: Day, length: Duration, times: int = 1) -> Day:
    """Return the day that lies `length`, taken `times`, after the anchor; months before days."""
    return months_after(anchor, length.whole_months * times).plus(length.days * times)


def before(anchor: Day, length: Duration) -> Day:
    """Return the day that lies `length` before the anchor; months before days."""
    return months_after(anchor, -length.whole_months).plus(-length.days)


def first_too_late_day(end: Day, at_least: Duration, counting: str = "clear") -> Day:
    """Return the first day on which a notice for `end` comes too late.

    `end` is the first day no longer in force. With `clear` days all days of the notice lie wholly
    between receipt and `end`: for 23 November and ninety days they are 25 August to 22 November,
    so 24 August is the last day in time. With `receipt-counts` the day of receipt is one of them.
    """
    first_of_count = before(end, at_least)
    return first_of_count if counting == "clear" else first_of_count.plus(1)


def effect_after_receipt(received: Day, length: Duration, counting: str) -> Day:
    """Return the first day no longer in force, `length` after a notice received on a day.

    With `day-after-receipt` the next day is the first of the count, so that six months from 30 August
    end with the last day of February; with `receipt-counts` the day of receipt is the first.
    """
    last = after(received, length)
    return last.plus(1) if counting == "day-after-receipt" else last


def first_of_nth_month_after(event: Day, nth: int) -> Day:
    """Return the first day of the nth month after the month of the event."""
    return months_after(Day(event.date.replace(day=1)), nth)


def days_between(earlier: Day, later: Day) -> int:
    """Return the number of days from one day to another."""
    return (later.date - earlier.date).days
