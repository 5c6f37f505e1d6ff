"""Times of day as they are typed and kept: four digits, 1405 for five past two; and the moments they make."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from guitu.kernel.zone import CHINA


def clock_of(digits: object) -> time | None:
    """The time that four digits say, or None for what is no time (1475, text, nothing)."""
    if not isinstance(digits, int) or isinstance(digits, bool):
        return None
    hour, minute = divmod(digits, 100)
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None


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
