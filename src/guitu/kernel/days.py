"""Calendar arithmetic as the law counts it. Days only; no clock, no time zone.

Months and years run to the corresponding day, or to the month's last day where there is none
(民法典 art. 202, by analogy). A term of liberty counts its first day, so its last day in force is the
day before the anniversary: one year from 2021-03-01 ends on 2022-02-28.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date
from typing import Final

MONTH_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SHORTEST_MONTH: Final = 28
FEBRUARY: Final = 2
EPOCH: Final = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Days since 1970, as columns of days hold them."""
    return day.toordinal() - EPOCH


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` calendar months after (or before) `day`, else that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    if day.day <= SHORTEST_MONTH:
        return date(year, month, day.day)
    longest = MONTH_LENGTHS[month - 1] + (month == FEBRUARY and isleap(year))
    return date(year, month, min(day.day, longest))


def add_days(day: date, days: int) -> date:
    """`days` calendar days after (or before) `day`."""
    return date.fromordinal(day.toordinal() + days)


def last_day(first: date, months: int) -> date:
    """The last day in force of a term of `months` that counts its first day."""
    return add_days(add_months(first, months), -1)


def days_between(first: date, until: date) -> int:
    """Days from `first` up to, not including, `until`; never below zero."""
    return max(0, (until - first).days)


def days_in(first: date, last: date) -> int:
    """Days from `first` to `last`, both counted; never below zero."""
    return max(0, (last - first).days + 1)
