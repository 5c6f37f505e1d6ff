"""Moments for entries made in tests."""

from __future__ import annotations

from datetime import date, datetime, time

from guitu.kernel.zone import CHINA


def noon(day: date) -> datetime:
    """Noon in China on that day."""
    return datetime.combine(day, time(12), CHINA)
