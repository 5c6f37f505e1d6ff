"""Counting entries of a measure, and the days they tell of: which of them stand, which days an excuse takes
out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guitu.casefile import Entry
from guitu.kernel.days import add_days
from guitu.pathway.course import Course
from guitu.policy.model import Count, Total


def matching(condition: Count | Total, course: Course, *, excused_too: bool = False) -> Sequence[Entry]:
    """The entries that count: in the term and not while it was suspended, picked, and not excused (unless
    asked for)."""
    start = course.starts_on
    entries = course.entries.get(condition.pick.kind)
    if start is None or not entries:
        return ()
    found = [e for e in condition.pick.among(entries) if e.happened_on >= start]
    if course.pauses:
        found = [e for e in found if not course.suspended(e.happened_on, e.happened_on)]
    if found and not excused_too and (excuses := _excuses(condition, course)):
        found = _without_excused(found, condition, course, excuses)
    return found


def _excuses(condition: Count | Total, course: Course) -> list[Entry]:
    """The excuses given from what the condition counts."""
    given = course.entries.get("excuse") if condition.unless else None
    return [e for e in given if e.fields.get("of") == condition.unless] if given else []


def _without_excused(
    found: list[Entry], condition: Count | Total, course: Course, excuses: list[Entry]
) -> list[Entry]:
    """An excuse with a last day covers what lies between: what lasts for days is out once every one of them
    is covered. One without covers that day, else the latest one before it."""
    left = list(found)
    spans: list[tuple[date, date]] = []
    for excuse in excuses:
        if (span := _span(excuse)) is not None:
            spans.append(span)
            left = [e for e in left if free(e, condition.field, course, spans)]
        else:
            before = [e for e in left if e.happened_on <= excuse.happened_on]
            if before:
                left.remove(before[-1])
    return left


def _span(excuse: Entry) -> tuple[date, date] | None:
    """The days that an excuse with a last day covers."""
    until = excuse.fields.get("until")
    return (excuse.happened_on, until) if isinstance(until, date) else None


def free(entry: Entry, field: str, course: Course, spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """The days of an entry on which the measure was not suspended and that no excuse covers, as stretches in
    order."""
    return _between(entry.happened_on, _last(entry, field), course, spans)


def _last(entry: Entry, field: str) -> date:
    """The last day of an entry; one that says nothing of days is its day."""
    length = entry.fields.get(field)
    return add_days(entry.happened_on, length - 1) if isinstance(length, int) else entry.happened_on


def _between(
    first: date, last: date, course: Course, spans: list[tuple[date, date]]
) -> list[tuple[date, date]]:
    """The stretches from `first` to `last` that lie outside the spans and every suspension."""
    found = []
    for since, until in sorted((*course.suspended(first, last), *spans)):
        if until < first or since > last:
            continue
        if first < since:
            found.append((first, add_days(since, -1)))
        if until >= last:
            return found
        first = add_days(until, 1)
    if first <= last:
        found.append((first, last))
    return found


def excused(condition: Count | Total, course: Course) -> list[tuple[date, date]]:
    """The days that excuses with a last day cover, where what is counted lasts for days."""
    if not condition.field:
        return []
    return [span for excuse in _excuses(condition, course) if (span := _span(excuse)) is not None]


def days_told(
    field: str, entries: Sequence[Entry], course: Course, spans: list[tuple[date, date]]
) -> list[tuple[date, date]]:
    """The days that the entries tell of, as stretches in order: a day that two of them tell of is one day,
    and a day on which the measure was suspended or that lies in one of the spans is none of it."""
    told: list[tuple[date, date]] = []
    next_day = date.min
    for entry in entries:
        if not isinstance(entry.fields.get(field), int):
            continue
        last = _last(entry, field)
        first = max(entry.happened_on, next_day)
        next_day = max(next_day, add_days(last, 1))
        if first <= last:
            told += _between(first, last, course, spans)
    return told


def covered_in_part(condition: Count | Total, counted: Sequence[Entry], course: Course) -> tuple[Entry, ...]:
    """The entries that count although excuses cover some of their days."""
    spans = excused(condition, course)
    return tuple(e for e in counted if any(covers(span, e, condition.field) for span in spans))


def covers(span: tuple[date, date], entry: Entry, field: str) -> bool:
    """Whether some of an entry's days lie in the span."""
    return span[0] <= _last(entry, field) and entry.happened_on <= span[1]
