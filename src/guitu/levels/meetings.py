"""Meetings by which the work is steered, and whether each month, quarter and year had its own.

How often an office meets it says itself (月调度、季小结、年总结): no article that was read asks for it, so
what is missing is told as a number and is nobody's breach. A meeting counts for the period it is held in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.kernel.days import add_months

MEETING: Final = "meeting"
MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
"""The regular ones, and how many months each is for."""
BACK: Final = {"month": 12, "quarter": 4, "year": 1}
"""So many periods that are over are looked at."""


@dataclass(frozen=True, slots=True)
class Held:
    """Of one sort: how many of the periods that are over had a meeting, how many there were, which had none,
    and whether the present one has."""

    sort: str
    held: int
    periods: int
    missing: tuple[date, ...]
    now: bool


def first_of(sort: str, day: date) -> date:
    """The first day of the period of that sort in which a day lies."""
    months = MONTHS[sort]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def held(meetings: Iterable[Entry], on: date) -> tuple[Held, ...]:
    """How regular the meetings of one unit were, as of a day. Periods count from the first meeting of any
    sort on: an office that has just begun misses nothing."""
    some = [e for e in meetings if e.kind == MEETING and e.get("sort") in MONTHS and e.happened_on <= on]
    began = min((e.happened_on for e in some), default=None)
    found = []
    for sort, months in MONTHS.items():
        had = {first_of(sort, e.happened_on) for e in some if e.get("sort") == sort}
        present = first_of(sort, on)
        past = [add_months(present, -months * n) for n in range(1, BACK[sort] + 1)]
        past = [p for p in past if began is not None and p >= first_of(sort, began)]
        missing = tuple(p for p in past if p not in had)
        found.append(Held(sort, len(past) - len(missing), len(past), missing, present in had))
    return tuple(found)


def period_text(sort: str, first: date) -> str:
    """A period as it is written: 2026-10, 2026Q4, 2026."""
    if sort == "month":
        return f"{first:%Y-%m}"
    return f"{first.year}Q{(first.month + 2) // 3}" if sort == "quarter" else str(first.year)
