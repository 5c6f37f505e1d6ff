"""Who is able to work, and a month of work put together from its plans and exceptions; amounts to the fen.

Hours are decimal numbers as their digits; money is yuan with two places, rounded half up. Whoever is able
worked as planned unless an exception says otherwise; whoever is not able, or was out, did not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from guitu.casefile.entry import Entry
from guitu.centre.ceilings import DAY_HOURS
from guitu.centre.roll import READ as ROLL
from guitu.centre.roll import out_of

READ: Final = frozenset({"work_fitness", "work_exception", "work_pay", "void"})
"""The kinds of a person's file that this reads, beside those of the roll."""
ZERO: Final = Decimal(0)
_LASTING: Final = frozenset({"work_fitness", *ROLL}) - {"roll_exception", "void"}
"""The kinds whose entries say something about other days than their own."""


@dataclass(frozen=True, slots=True)
class Able:
    """Whether somebody may work on a day: full, light or none, with the most hours a day where a doctor set
    one. `seen` is the day of the doctor's word; None where no doctor has said anything."""

    fit: str
    most: Decimal | None = None
    seen: date | None = None


def able(counted: Iterable[Entry], on: date) -> Able:
    """By the doctor's last word that holds on the day. Without one, `unknown`: only those able may work, so
    somebody has to ask."""
    last: Entry | None = None
    for entry in sorted(counted, key=lambda e: (e.happened_on, e.recorded_at)):
        if entry.kind == "work_fitness" and entry.happened_on <= on:
            last = entry
    if last is None:
        return Able("unknown")
    until = last.get("until")
    if isinstance(until, date) and until < on:
        return Able("unknown", None, last.happened_on)
    most = last.get("most_hours")
    return Able(str(last.get("fit")), Decimal(str(most)) if most else None, last.happened_on)


@dataclass(frozen=True, slots=True)
class Worked:
    """What somebody worked: days, hours, and the days that went beyond six hours."""

    days: int
    hours: Decimal
    over: tuple[date, ...] = ()


def hours_on(counted: Iterable[Entry], on: date, planned: Decimal) -> Decimal:
    """What one person worked on a day with a plan of so many hours."""
    every = tuple(counted)
    told = [e for e in every if e.kind == "work_exception" and e.happened_on == on]
    if told:
        return Decimal(str(max(told, key=lambda e: e.recorded_at).get("hours")))
    if out_of(every, on) is not None:
        return ZERO
    fit = able(every, on)
    if fit.fit not in ("full", "light"):
        return ZERO
    return min(planned, fit.most) if fit.most is not None else planned


def worked(counted: Iterable[Entry], plans: Mapping[date, Decimal]) -> Worked:
    """What one person worked over some days, each with its planned hours; and on days without a plan what
    exceptions say."""
    every = tuple(counted)
    told: dict[date, list[Entry]] = {}  # exceptions are many; what counts on any day is little
    rest = []
    for entry in every:
        if entry.kind == "work_exception":
            told.setdefault(entry.happened_on, []).append(entry)
        elif entry.kind in _LASTING:
            rest.append(entry)
    by_day = {day: hours_on((*rest, *told.get(day, ())), day, planned) for day, planned in plans.items()}
    some = {day: spent for day, spent in by_day.items() if spent}
    over = tuple(sorted(day for day, spent in some.items() if spent > DAY_HOURS.most))
    return Worked(len(some), sum(some.values(), ZERO), over)


def pay(spent: Decimal, rate: Decimal) -> Decimal:
    """Yuan for so many hours."""
    return (spent * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)


def rate_on(counted: Iterable[Entry], on: date) -> Entry | None:
    """The rate of pay in force on a day."""
    some = [e for e in counted if e.kind == "work_rate" and e.happened_on <= on]
    return max(some, key=lambda e: (e.happened_on, e.recorded_at), default=None)


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the month."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayCount:
    """What the day's count of work says: who worked, how many of them within six hours."""

    worked: int
    within: int


def day_count(people: Iterable[Iterable[Entry]], on: date, planned: Decimal) -> DayCount:
    """The counts of a day over the files of a brigade, each with its entries."""
    spent = [hours_on(tuple(counted), on, planned) for counted in people]
    some = [one for one in spent if one]
    return DayCount(len(some), sum(1 for one in some if one <= DAY_HOURS.most))


def plain(number: Decimal) -> str:
    """A number as it is kept: its digits, without needless noughts."""
    return format(number.normalize(), "f") if number else "0"
