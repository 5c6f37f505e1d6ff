"""The last day for something, counted as the law counts it, with the sum that led there."""

from __future__ import annotations

from datetime import date
from typing import Final

from guitu.kernel.days import add_days, add_months
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Step
from guitu.pathway import steps
from guitu.policy import holidays
from guitu.policy.model import RightWithin, Within

HOURS_A_DAY: Final = 24


class Deadlines:
    """Counts last days; `years` collects the years whose holidays are not known."""

    __slots__ = ("years",)

    def __init__(self, years: set[int]) -> None:
        self.years = years

    def due(self, word: Within, what: Label, day: date) -> tuple[date | None, date | None, tuple[Step, ...]]:
        """The last day for it, the longest the law allows, and the sum."""
        if word.days is not None:
            length, due = steps.in_days(word.days), add_days(day, word.days)
        elif word.hours is not None:
            length = steps.in_hours(word.hours)
            due = add_days(day, -(-word.hours // HOURS_A_DAY))
        elif word.months is not None:
            length, due = steps.months(word.months), add_months(day, word.months)
        elif word.working_days is not None:
            length, due = steps.in_working_days(word.working_days), self.working(day, word.working_days)
            return due, due, ((steps.deadline, (what, day, length, due)),)
        else:
            return None, None, ()
        lines: tuple[Step, ...] = ((steps.deadline, (what, day, length, due)),)
        if word.rolls:
            rolled, known = holidays.roll(due)
            if not known:
                self.years.add(due.year)
            if rolled != due:
                lines += ((steps.rolled, (due, rolled)),)
                due = rolled
        if word.outer is None:
            return due, due, lines
        outer = add_days(day, word.outer)
        return due, max(due, self.roll(outer) if word.rolls else outer), lines

    def roll(self, day: date) -> date:
        """The day, or the first working day after it; a year whose holidays are not known is noted."""
        to, known = holidays.roll(day)
        if not known:
            self.years.add(day.year)
        return to

    def working(self, day: date, number: int) -> date:
        """So many working days after a day (before it, if negative); a year not known is noted."""
        to, known = holidays.add_working_days(day, number)
        if not known:
            self.years.add(to.year)
        return to

    def until(self, word: RightWithin, what: Label, day: date) -> tuple[date, tuple[Step, ...]]:
        """The last day of a right, and the sum."""
        if word.days is not None:
            length, until = steps.in_days(word.days), add_days(day, word.days)
        else:
            months = word.months or 0
            length, until = steps.months(months), add_months(day, months)
        lines: tuple[Step, ...] = ((steps.deadline, (what, day, length, until)),)
        if word.rolls and (rolled := self.roll(until)) != until:
            return rolled, (*lines, (steps.rolled, (until, rolled)))
        return until, lines
