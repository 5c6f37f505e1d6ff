"""Counting entries of a measure, and the days they tell of, as `pathway.conditions` does."""

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
def _matching(m: Numbers, w: Numbers, course: int, pick: int, unless: int) -> int:
    """Set aside the entries that count: in the term and not while it was suspended, picked, and not excused;
    how many. An excuse with a last day covers what lies between; one without covers that day, else the latest
    one before it."""
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
                covered = given <= day_of(w, entry) <= until
            if not covered:
                w[PICKED_AT + left] = entry
                left += 1
        number = left
    return number


@compiled
def count(m: Numbers, w: Numbers, course: int, at: int) -> int:
    """The day on which so many such entries stood, NONE before. A step: pick, how many, which excuses."""
    number = _matching(m, w, course, m[at + 1], m[at + 3])
    needed = m[at + 2]
    return NONE if number < needed else day_of(w, w[PICKED_AT + needed - 1])


@compiled
def total(m: Numbers, w: Numbers, course: int, at: int) -> int:
    """The day on which the days gone by reach a number, NONE before; an entry counts day by day as it passes,
    a day that two tell of once, and none on which the measure was suspended. A step: pick, how many, which
    excuses, the field with the days."""
    needed, field = m[at + 2], m[at + 4]
    found = _matching(m, w, course, m[at + 1], m[at + 3])
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
            if not suspended(w, course, day):
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
