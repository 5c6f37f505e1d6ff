"""Calendar arithmetic on days since 1970, as `guitu.kernel.days` does it on dates; working days read off the
tables of the compiled law."""

from __future__ import annotations

from guitu.pathway.sweep.kernel.arrays import Numbers
from guitu.pathway.sweep.kernel.jit import compiled
from guitu.pathway.sweep.kernel.layout import (
    CAL_DAYS,
    CAL_FIRST,
    CAL_ROLL,
    CAL_WORKING,
    FAR,
    FAULT_DAYS,
    NEAR,
    NONE,
    S_FAULT,
    S_HORIZON,
    S_ON,
)

_ERA = 146097
_TO_1970 = 719468


@compiled
def add_months(w: Numbers, day: int, months: int) -> int:
    """The corresponding day so many months later (or earlier), else that month's last day."""
    z = day + _TO_1970
    era = z // _ERA
    doe = z - era * _ERA
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    mp = (5 * doy + 2) // 153
    number = doy - (153 * mp + 2) // 5 + 1
    month = mp + 3 if mp < 10 else mp - 9
    year = yoe + era * 400 + (1 if month <= 2 else 0)
    index = year * 12 + month - 1 + months
    year = index // 12
    month = index - year * 12 + 1
    if year < 1 or year > 9999:
        w[S_FAULT] = FAULT_DAYS
        return day
    if number > 28:
        longest = 31
        if month == 2:
            longest = 29 if (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)) else 28
        elif month == 4 or month == 6 or month == 9 or month == 11:
            longest = 30
        number = min(number, longest)
    if month <= 2:
        year -= 1
    era = year // 400
    yoe = year - era * 400
    mp = month - 3 if month > 2 else month + 9
    doy = (153 * mp + 2) // 5 + number - 1
    doe = yoe * 365 + yoe // 4 - yoe // 100 + doy
    return era * _ERA + doe - _TO_1970


@compiled
def add_days(w: Numbers, day: int, days: int) -> int:
    """So many days later (or earlier)."""
    found = day + days
    if found > FAR or found < NEAR:
        w[S_FAULT] = FAULT_DAYS
        return day
    return found


@compiled
def days_between(first: int, until: int) -> int:
    """Days from `first` up to, not including, `until`; never below zero."""
    return max(0, until - first)


@compiled
def roll(m: Numbers, w: Numbers, day: int) -> int:
    """The day, or the first working day after it."""
    place = day - m[CAL_FIRST]
    if place < 0 or place >= m[CAL_DAYS]:
        w[S_FAULT] = FAULT_DAYS
        return day
    return int(m[m[CAL_ROLL] + place])


@compiled
def working(m: Numbers, w: Numbers, day: int, number: int) -> int:
    """So many working days after a day (before it, if negative)."""
    step = 1 if number >= 0 else -1
    left = abs(number)
    place = day - m[CAL_FIRST]
    while left > 0:
        place += step
        if place < 0 or place >= m[CAL_DAYS]:
            w[S_FAULT] = FAULT_DAYS
            return day
        left -= m[m[CAL_WORKING] + place]
    return int(place + m[CAL_FIRST])


@compiled
def horizon(w: Numbers, day: int) -> None:
    """The answer may change on that day."""
    if day != NONE and day > w[S_ON] and (w[S_HORIZON] == NONE or day < w[S_HORIZON]):
        w[S_HORIZON] = day
