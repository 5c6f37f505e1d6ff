"""Times of day as they are typed and kept: four digits, 1405 for five past two; and the moments they make."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

from guitu.kernel.zone import CHINA

DAY: Final = 24 * 60
"""Minutes."""


def clock_of(digits: object) -> time | None:
    """The time that four digits say, or None for what is no time (1475, text, nothing)."""
    if not isinstance(digits, int) or isinstance(digits, bool):
        return None
    hour, minute = divmod(digits, 100)
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None


def minutes_of(typed: object, *, end: bool = False) -> int | None:
    """The minute of the day of a time as it is typed (08:30, 8:30, 0830, 8：30), or None. The end of a day,
    24:00, is a time only where something may `end` then."""
    found = re.fullmatch(r"(\d{1,2})[:.]?(\d{2})", unicodedata.normalize("NFKC", str(typed or "")).strip())
    if found is None or int(found[2]) > 59:
        return None
    minute = int(found[1]) * 60 + int(found[2])
    return minute if minute < DAY or (end and minute == DAY) else None


def clock(minute: int) -> str:
    """08:30 of a minute of the day; midnight at the end of a day is 24:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def digits_of(moment: datetime) -> int:
    """The four digits of a moment, as the office's clock shows it."""
    local = moment.astimezone(CHINA)
    return local.hour * 100 + local.minute


def words(digits: object) -> str:
    """14:05, or a dash for what is no time."""
    found = clock_of(digits)
    return f"{found:%H:%M}" if found else "—"


def moment_of(day: date, digits: object) -> datetime:
    """That time of that day; midnight, the earliest it can have been, where no time is known."""
    return datetime.combine(day, clock_of(digits) or time(), CHINA)


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes from one moment to another, never less than none."""
    return max(0, (end - start) // timedelta(minutes=1))
