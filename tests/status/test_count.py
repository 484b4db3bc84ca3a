"""Counting rules against independent references: days counted one by one, months by the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from servanda.model.when import Day, Duration
from servanda.status.count import (
    days_between,
    effect_after_receipt,
    first_of_nth_month_after,
    first_too_late_day,
    months_after,
)

days = st.dates(date(1950, 1, 1), date(2150, 1, 1))


def clear_days(received: date, end: date) -> int:
    """Count the days that lie wholly between the day of receipt and the first day not in force."""
    count, day = 0, received + timedelta(days=1)
    while day < end:
        count, day = count + 1, day + timedelta(days=1)
    return count


@given(days, st.integers(1, 200))
def test_clear_days_are_those_that_lie_wholly_between(end: date, number: int) -> None:
    late = first_too_late_day(Day(end), Duration(days=number)).date
    assert clear_days(late, end) < number
    assert clear_days(late - timedelta(days=1), end) >= number


@given(days, st.integers(2, 200))
def test_where_receipt_counts_the_day_of_receipt_is_one_of_them(end: date, number: int) -> None:
    late = first_too_late_day(Day(end), Duration(days=number), "receipt-counts").date
    assert clear_days(late, end) + 1 < number
    assert clear_days(late - timedelta(days=1), end) + 1 >= number


@given(days, st.integers(1, 400))
def test_days_after_receipt_are_counted_from_the_next_day_or_from_that_day(
    received: date, number: int
) -> None:
    next_day = effect_after_receipt(Day(received), Duration(days=number), "day-after-receipt").date
    same_day = effect_after_receipt(Day(received), Duration(days=number), "receipt-counts").date
    assert clear_days(received, next_day) == number
    assert clear_days(received, same_day) + 1 == number


@given(days, st.integers(-600, 600))
def test_months_lead_to_the_same_day_or_the_last_of_a_shorter_month(anchor: date, months: int) -> None:
    found = months_after(Day(anchor), months).date
    assert (found.year * 12 + found.month) - (anchor.year * 12 + anchor.month) == months
    last = calendar.monthrange(found.year, found.month)[1]
    assert found.day == min(anchor.day, last)


@given(days, st.integers(0, 24))
def test_the_first_of_the_nth_month_is_a_first_and_n_months_on(event: date, nth: int) -> None:
    found = first_of_nth_month_after(Day(event), nth).date
    assert found.day == 1
    assert (found.year * 12 + found.month) - (event.year * 12 + event.month) == nth


@given(days, days)
def test_days_between_are_as_many_as_one_steps(one: date, other: date) -> None:
    assert Day(one).plus(days_between(Day(one), Day(other))) == Day(other)
