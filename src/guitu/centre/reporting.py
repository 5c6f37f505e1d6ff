"""The hours in which an infectious disease is reported, from the recorded time of the finding (传染病防治法
art. 45). The rules count in days (MED-2a, MED-2b): the last day is the next one; here it is the minute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import Entry
from guitu.centre.times import minutes_between, moment_of

FOUND: Final = "restricted_condition"
REPORTED: Final = "restricted_report"
HOURS: Final = {"two_hours": 2, "day": 24}

State = Literal["open", "overdue", "done", "done_late", "not_owed"]


@dataclass(frozen=True, slots=True)
class Report:
    """What one finding owes. `due` None where nothing is; `left` minutes until then, negative once past."""

    finding: UUID
    found: datetime
    due: datetime | None
    reported: datetime | None
    state: State
    left: int = 0

    @property
    def in_time(self) -> bool:
        """Whether it was reported in time."""
        return self.state == "done"


def reports(counted: Iterable[Entry], now: datetime) -> tuple[Report, ...]:
    """Every finding of a file, the latest first, with what it owes."""
    entries = list(counted)
    answers: dict[str, datetime] = {}
    for entry in entries:
        if entry.kind == REPORTED:
            at, of = moment_of(entry.happened_on, entry.get("time")), str(entry.get("to"))
            answers[of] = min(at, answers.get(of, at))
    found = [_report(e, answers.get(str(e.id)), now) for e in entries if e.kind == FOUND]
    return tuple(sorted(found, key=lambda r: (r.found, r.finding), reverse=True))


def _report(entry: Entry, reported: datetime | None, now: datetime) -> Report:
    found = moment_of(entry.happened_on, entry.get("time"))
    hours = HOURS.get(str(entry.get("report")))
    if hours is None:
        return Report(entry.id, found, None, reported, "not_owed")
    due = found + timedelta(hours=hours)
    if reported is not None:
        return Report(entry.id, found, due, reported, "done" if reported <= due else "done_late")
    if now > due:
        return Report(entry.id, found, due, None, "overdue", -minutes_between(due, now))
    return Report(entry.id, found, due, None, "open", minutes_between(now, due))


def of_month(some: Iterable[Report], day: date) -> tuple[int, int]:
    """How many of these were found in the month of that day and owed a report, and how many made it in time:
    what the centre's own file may hold of it."""
    owed = [r for r in some if r.due and (r.found.year, r.found.month) == (day.year, day.month)]
    return len(owed), sum(r.in_time for r in owed)
