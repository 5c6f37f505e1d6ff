"""Of which periods packs are made: months, quarters and years; from which day on."""

from __future__ import annotations

from datetime import date
from typing import Final

from guitu.exchange.packs.content import KINDS
from guitu.indicators import Period
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

READY_DAY: Final = 25
"""From which day of its last month on a pack may be made."""

EXAMPLES: Final = {"month": "2026-10", "quarter": "2026Q3", "year": "2026"}


class NoSuchPeriod(GuituError):
    """What was written is no period of that kind."""


def read(kind: str, text: str) -> Period:
    """The period that this text writes. Raises NoSuchPeriod with an example."""
    try:
        period = Period.parse(text)
    except GuituError:
        period = None
    if period is None or period.kind != kind or not 1900 <= period.first.year <= 9990:
        what = KINDS[kind]
        raise NoSuchPeriod(
            Label(
                f"“{text[:40]}”不是{what.zh}的期间，应如 {EXAMPLES[kind]}",
                f"“{text[:40]}” is no period of a {what.en.lower()}; write it like {EXAMPLES[kind]}",
            )
        )
    return period


def of_day(kind: str, day: date) -> Period:
    """The period of that kind in which the day lies."""
    if kind == "month":
        return Period.month(day.year, day.month)
    return Period.quarter(day.year, (day.month + 2) // 3) if kind == "quarter" else Period.year(day.year)


def ready_from(period: Period) -> date:
    """From which day on a pack of the period may be made."""
    return period.last.replace(day=READY_DAY)


def latest(kind: str, today: date) -> Period:
    """The latest period of which a pack may be made."""
    period = of_day(kind, today)
    return period if today >= ready_from(period) else period.before()
