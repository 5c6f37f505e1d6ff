"""Counting entries of a measure, and the days they tell of, as `pathway.counts` does."""

from __future__ import annotations

from guitu.pathway.sweep.kernel.arrays import Numbers
from guitu.pathway.sweep.kernel.jit import compiled
from guitu.pathway.sweep.kernel.layout import (
    C_PAUSES,
    C_STARTS,
    F_OF,
    F_UNTIL,
    K_EXCUSE,
    NONE,
    PICKED_AT,
    RUNNING_AT,
    W_PAUSED,
    X_AT,
    X_COURSE,
    X_SINCE,
    X_TYPE,
    X_UNTIL,
    X_WIDTH,
)
from guitu.pathway.sweep.kernel.lists import (
    collect,
    course_at,
    day_of,
    entry_of,
    field_of,
    first_link,
    next_link,
)


@compiled
def _matching(m: Numbers, w: Numbers, course: int, pick: int, unless: int, field: int) -> int:
    """Set aside the entries that count: in the term and not while it was suspended, picked, and not excused;
    how many. An excuse with a last day covers what lies between, and what lasts for days is out once every
    one of them is covered; one without covers that day, else the latest one before it."""
    start = w[course_at(course) + C_STARTS]
    if start == NONE:
        return 0
    number = 0
    for place in range(collect(m, w, course, pick, PICKED_AT)):
        entry = w[PICKED_AT + place]
        if day_of(w, entry) >= start and not suspended(w, course, day_of(w, entry)):
            w[PICKED_AT + number] = entry
            number += 1
    if unless < 0 or number == 0:
        return number
    link = first_link(w, course, m[K_EXCUSE])
    while link >= 0:
        excuse = entry_of(w, link)
        link = next_link(w, link)
        if field_of(w, excuse, m[F_OF]) != unless:
            continue
        given, until = day_of(w, excuse), field_of(w, excuse, m[F_UNTIL])
        out = -1
        left = 0
        if until == NONE:
            for place in range(number):
                if day_of(w, w[PICKED_AT + place]) <= given:
                    out = place
        for place in range(number):
            entry = w[PICKED_AT + place]
            covered = place == out
            if until != NONE:
                covered = _free_from(m, w, course, entry, unless, field, link) == NONE
            if not covered:
                w[PICKED_AT + left] = entry
                left += 1
        number = left
    return number


@compiled
def _free_from(m: Numbers, w: Numbers, course: int, entry: int, unless: int, field: int, stop: int) -> int:
    """The first day of an entry on which the measure was not suspended and that no excuse before the link
    `stop` (-1: none at all) covers; NONE without one. One that says nothing of days is its day."""
    length = field_of(w, entry, field)
    first = day_of(w, entry)
    for day in range(first, first + (1 if length == NONE else length)):
        if not suspended(w, course, day) and not _excused(m, w, course, unless, day, stop):
            return int(day)
    return NONE


@compiled
def _excused(m: Numbers, w: Numbers, course: int, unless: int, day: int, stop: int) -> bool:
    """Whether an excuse with a last day, before the link `stop`, covers a day."""
    link = first_link(w, course, m[K_EXCUSE]) if unless >= 0 else -1
    while link >= 0 and link != stop:
        excuse = entry_of(w, link)
        link = next_link(w, link)
        until = field_of(w, excuse, m[F_UNTIL])
        if until != NONE and field_of(w, excuse, m[F_OF]) == unless and day_of(w, excuse) <= day <= until:
            return True
    return False


@compiled
def count(m: Numbers, w: Numbers, course: int, at: int) -> int:
    """The day on which so many such entries stood, NONE before. A step: pick, how many, which excuses, the
    field with the days."""
    needed, unless, field = m[at + 2], m[at + 3], m[at + 4]
    number = _matching(m, w, course, m[at + 1], unless, field)
    if number < needed:
        return NONE
    for place in range(number):
        entry = w[PICKED_AT + place]
        day = day_of(w, entry)
        if unless >= 0 and field >= 0:
            day = _free_from(m, w, course, entry, unless, field, -1)
        w[PICKED_AT + place] = day
        w[RUNNING_AT + place] = 0
    _sort(w, PICKED_AT, RUNNING_AT, number)
    return int(w[PICKED_AT + needed - 1])


@compiled
def total(m: Numbers, w: Numbers, course: int, at: int) -> int:
    """The day on which the days gone by reach a number, NONE before; an entry counts day by day as it passes,
    a day that two tell of once, and none on which the measure was suspended or that is excused. A step: pick,
    how many, which excuses, the field with the days."""
    needed, unless, field = m[at + 2], m[at + 3], m[at + 4]
    found = _matching(m, w, course, m[at + 1], unless, field)
    number, days = 0, 0
    lengths = RUNNING_AT
    for place in range(found):
        entry = w[PICKED_AT + place]
        length = field_of(w, entry, field)
        if length != NONE:
            w[PICKED_AT + number] = day_of(w, entry)
            w[lengths + number] = length
            number += 1
            days += length
    if days < needed or number == 0:
        return NONE
    _sort(w, PICKED_AT, lengths, number)
    gone, next_day = 0, w[PICKED_AT]
    for place in range(number):
        first = w[PICKED_AT + place]
        after = first + w[lengths + place]
        for day in range(max(first, next_day), after):
            if not suspended(w, course, day) and not _excused(m, w, course, unless, day, -1):
                gone += 1
                if gone == needed:
                    return int(day)
        next_day = max(next_day, after)
    return NONE


@compiled
def suspended(w: Numbers, course: int, day: int) -> bool:
    """Whether the clock stood on a day."""
    for place in range(w[course_at(course) + C_PAUSES]):
        x = X_AT + course * X_COURSE + place * X_WIDTH
        if (
            w[x + X_TYPE] == W_PAUSED
            and w[x + X_SINCE] <= day
            and (w[x + X_UNTIL] == NONE or day < w[x + X_UNTIL])
        ):
            return True
    return False


@compiled
def _sort(w: Numbers, days: int, lengths: int, number: int) -> None:
    """By day, then by length."""
    for place in range(1, number):
        day, length = w[days + place], w[lengths + place]
        back = place - 1
        while back >= 0 and (w[days + back] > day or (w[days + back] == day and w[lengths + back] > length)):
            w[days + back + 1] = w[days + back]
            w[lengths + back + 1] = w[lengths + back]
            back -= 1
        w[days + back + 1] = day
        w[lengths + back + 1] = length
