"""What stands beside a term that is longer than the law allows. The day stands as it was decided, for nobody
here undoes a decision; but whoever reads it sees on the same line how long the law lets it be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from guitu.kernel.days import add_days, add_months, last_day
from guitu.kernel.reasons import Line
from guitu.pathway import steps
from guitu.pathway.plan import MeasurePlan
from guitu.policy.model import Ceiling


def stated(plan: MeasurePlan, ordered_on: date, first: date, months: int) -> list[Line]:
    """Of a term of so many months that the order states."""
    most = _most(plan, "ordered_months", ordered_on)
    return [] if most is None or months <= most else [(steps.too_long, (most, last_day(first, most)))]


def printed(plan: MeasurePlan, ordered_on: date, first: date, last: date) -> list[Line]:
    """Of a last day that the order prints."""
    for fact, reading in (("printed_months", last_day), ("printed_longest", add_months)):
        most = _most(plan, fact, ordered_on)
        if most is not None and last > reading(first, most):
            return [(steps.too_long, (most, reading(first, most)))]
    return []


def extended(plan: MeasurePlan, months: Sequence[int], decided_on: date, last: date) -> list[Line]:
    """Of an extension that goes beyond what all of them may come to: `months` of each so far, the last day
    before this one."""
    most, total = _most(plan, "extension_months", decided_on), sum(months)
    before = total - months[-1]
    if most is None or not total > most >= before:
        return []
    return [(steps.beyond, (total, most, add_months(last, most - before)))]


def shorter(over: list[Line], last: date | None) -> tuple[Line, ...]:
    """The lines that say that the law allows less than this last day."""
    return tuple(line for line in over if last is not None and line[1][-1] < last) if over else ()


def moved(over: list[Line], days: int) -> list[Line]:
    """The lines after days that do not count: what the law allows moves with the term."""
    return [(says, (*told[:-1], add_days(told[-1], days))) for says, told in over]


def _most(plan: MeasurePlan, fact: str, day: date) -> int | None:
    """How many months a named number of the measure may come to, by the ceiling in force on a day."""
    for since, until, most in _ceilings(plan, fact):
        if since <= day <= until:
            return most
    return None


@lru_cache(maxsize=1024)
def _ceilings(plan: MeasurePlan, fact: str) -> tuple[tuple[date, date, int], ...]:
    """From when until when so many months are the most."""
    return tuple(
        (v.in_force_from, v.in_force_until or date.max, limit.number - (limit.word == "at_least"))
        for rule in plan.findings
        for v in rule.versions
        if isinstance(v.word, Ceiling)
        for limit in v.word.of
        if limit.fact == fact
    )
