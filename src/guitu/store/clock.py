"""Times as the store keeps them: milliseconds since 1970, and the office's day in China Standard Time.

The caller always says what time it is.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from guitu.kernel.zone import CHINA

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC).astimezone(CHINA)


@lru_cache(maxsize=1024)
def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970, rounded as the digest chain rounds them."""
    return round(moment.timestamp() * 1000)


def moment(ms: int) -> datetime:
    """The moment of that many milliseconds since 1970, in China Standard Time."""
    return _EPOCH + timedelta(milliseconds=ms)


@lru_cache(maxsize=16)
def midnight(day: date) -> datetime:
    """The moment at which a day of the office begins."""
    return datetime.combine(day, time(), CHINA)


def office_day(now: datetime) -> date:
    """The day on the office's calendar at that moment."""
    return now.astimezone(CHINA).date()
