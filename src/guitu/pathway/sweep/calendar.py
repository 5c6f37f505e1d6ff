"""Working days as tables, so that nothing has to be asked day by day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from guitu.kernel.days import day_number
from guitu.policy import holidays

FIRST: Final = date(1949, 10, 1)
LAST: Final = date(2120, 12, 31)
"""Days that files speak of; whoever has others is handed over to `assess`."""


@lru_cache(maxsize=1)
def working_days() -> tuple[int, tuple[bool, ...], tuple[int, ...]]:
    """The first day (since 1970), whether each day from there is a working day, and where each rolls to.
    Years whose holidays are not known are judged by weekends alone, as everywhere."""
    days = [date.fromordinal(n) for n in range(FIRST.toordinal(), LAST.toordinal() + 1)]
    working = tuple(holidays.is_working_day(day)[0] for day in days)
    rolled: list[int] = [0] * len(days)
    to = len(days) - 1
    for place in range(len(days) - 1, -1, -1):
        if working[place]:
            to = place
        rolled[place] = day_number(FIRST) + to
    return day_number(FIRST), working, tuple(rolled)
