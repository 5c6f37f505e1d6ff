"""A new day may change answers although nothing was recorded. Whoever opens Today first sets that going.

The page does not wait: once a minute at most a process asks one indexed query whether anybody is due for
another look, and if so a thread works them out a few hundred at a time.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date
from threading import Lock, Thread
from typing import Final

from django.db import connection

from guitu.kernel.errors import GuituError
from guitu.store.rebuild import refresh, stale

EVERY: Final = 60.0
"""Seconds between two looks."""

_log = logging.getLogger("guitu.fresh")
_working: Final = Lock()
_looked: dict[str, float] = {}


def see_to(day: date, *, clock: Callable[[], float] = time.monotonic) -> bool:
    """Bring answers up to `day` in the background if any are due; whether that was begun."""
    now = clock()
    if now - _looked.get(day.isoformat(), -EVERY) < EVERY:
        return False
    _looked.clear()
    _looked[day.isoformat()] = now
    if connection.in_atomic_block:  # another connection could not see what this one has not committed
        return False
    if not stale(day) or not _working.acquire(blocking=False):
        return False
    Thread(target=_work, args=(day,), name="guitu-fresh", daemon=True).start()
    return True


def wait() -> None:
    """Return when no thread is working."""
    with _working:
        pass


def _work(day: date) -> None:
    try:
        done = refresh(day)
        _log.info("brought %s people up to %s", done, day)
    except GuituError as problem:  # the store is busy or full: the next minute tries again
        _log.warning("could not bring answers up to %s: %s", day, problem)
    finally:
        connection.close()
        _working.release()
