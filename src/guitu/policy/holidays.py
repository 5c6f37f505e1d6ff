"""Working days and holidays of mainland China, from the State Council's yearly notices as a maintained
library keeps them.

For a year the library does not know, Saturdays and Sundays are days off, other days are working days, and
whoever asks is told so: an answer that rests on such a year names it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import chinese_calendar

from guitu.kernel.labels import Label

_SATURDAY: Final = 5
LONGEST_HOLIDAY: Final = 31
"""No run of days off is longer; a guard, so that rolling always ends."""


@lru_cache(maxsize=8192)
def is_working_day(day: date) -> tuple[bool, bool]:
    """Whether `day` is a working day, and whether that is known (False: judged by the day of the week
    alone)."""
    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < _SATURDAY, False


@lru_cache(maxsize=8192)
def roll(day: date) -> tuple[date, bool]:
    """`day`, or the first working day after it if it is a holiday; and whether every day looked at is
    known."""
    known = True
    for ahead in range(LONGEST_HOLIDAY):
        if day.toordinal() + ahead > date.max.toordinal():
            break
        candidate = day + timedelta(days=ahead)
        working, sure = is_working_day(candidate)
        known = known and sure
        if working:
            return candidate, known
    return day, False


@lru_cache(maxsize=8192)
def add_working_days(day: date, days: int) -> tuple[date, bool]:
    """The day `days` working days after `day` (before it, if negative), `day` not counted; and whether all
    are known."""
    step = 1 if days >= 0 else -1
    left, known, at = abs(days), True, day
    while left:
        at += timedelta(days=step)
        working, sure = is_working_day(at)
        known = known and sure
        left -= working
    return at, known


def unknown_year(year: int) -> Label:
    """The note for an answer that rests on a year whose holidays are not published yet."""
    return Label(
        f"{year}年的放假安排尚未收录，只按周六、周日为休息日计算，请核对",
        f"the holidays of {year} are not known yet: only weekends were taken as days off; check by hand",
    )


@lru_cache(maxsize=8192)
def holiday(day: date) -> tuple[Label | None, bool]:
    """The statutory holiday in whose run of days off the day lies, or None; and whether that is known. Days
    off that were moved into the run count with it: a stricter reading than the days themselves."""
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None, False
    if not off or not name:
        return None, True
    return Label(chinese_calendar.Holiday(name).chinese, name), True
