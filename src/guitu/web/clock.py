"""What time it is: the only place in the web that asks. A demonstration may stand still at GUITU_TODAY."""

from __future__ import annotations

import os
import time as clock
from datetime import UTC, date, datetime, time

from guitu.kernel.zone import CHINA
from guitu.store.clock import office_day


def now() -> datetime:
    """This moment; on a fixed day, that day at ten in the morning."""
    fixed = os.environ.get("GUITU_TODAY")
    return datetime.combine(date.fromisoformat(fixed), time(10), CHINA) if fixed else datetime.now(UTC)


def ticks() -> float:
    """Seconds that really pass, also where the day stands still: for pauses and for idle sessions."""
    return clock.time()


def today() -> date:
    """The office's day."""
    return office_day(now())
