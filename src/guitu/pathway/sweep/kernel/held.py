"""Days on which somebody was held and could not do what they owed, as `pathway.duties` counts them."""

from __future__ import annotations

from guitu.pathway.sweep.kernel.arrays import Numbers
from guitu.pathway.sweep.kernel.clock import plan_at
from guitu.pathway.sweep.kernel.counts import suspended
from guitu.pathway.sweep.kernel.days import add_days, add_months, roll
from guitu.pathway.sweep.kernel.jit import compiled
from guitu.pathway.sweep.kernel.layout import (
    C_LEFT,
    C_PAUSES,
    C_PLAN,
    D_AMOUNT,
    D_EXCUSE,
    D_LENGTH,
    D_ROLLS,
    FAR,
    K_ADMISSION,
    L_MONTHS,
    NONE,
    P_CUSTODY,
    S_COURSES,
    S_ON,
    SPAN_CUSTODY,
    W_PAUSED,
    X_AT,
    X_COURSE,
    X_SINCE,
    X_TYPE,
    X_UNTIL,
    X_WIDTH,
    X_WORD,
)
from guitu.pathway.sweep.kernel.lists import course_at, day_of, entry_of, first_link


@compiled
def put_off(m: Numbers, w: Numbers, course: int, word: int, day: int, excused: int) -> int:
    """The last day of something due, where some of the days up to it (or to the last one excused) do not
    count: those on which a person was held and could not do what they owe, and of months in a centre those on
    which they were away. FAR while that goes on, NONE where every day counts."""
    months = m[word + D_LENGTH] == L_MONTHS
    if months:
        if w[course_at(course) + C_PAUSES] == 0:
            return NONE
        after = add_months(w, day, m[word + D_AMOUNT])
    else:
        if m[word + D_EXCUSE] < 0:
            return NONE
        after = add_days(w, day, m[word + D_AMOUNT])
    if excused != NONE:
        after = excused
    last = day
    for _ in range(after - day):
        last += 1
        while (months and _away(m, w, course, last)) or (not months and _held(m, w, course, last)):
            if last > w[S_ON]:
                return FAR
            last += 1
    if last == after:
        return NONE
    return roll(m, w, last) if m[word + D_ROLLS] != 0 else last


@compiled
def _away(m: Numbers, w: Numbers, course: int, day: int) -> bool:
    """Whether the person was not in the centre on a day: at large, in custody or in prison."""
    for place in range(w[course_at(course) + C_PAUSES]):
        x = X_AT + course * X_COURSE + place * X_WIDTH
        if (
            (w[x + X_TYPE] == W_PAUSED or m[w[x + X_WORD] + 2] == m[SPAN_CUSTODY])
            and w[x + X_SINCE] <= day
            and (w[x + X_UNTIL] == NONE or day < w[x + X_UNTIL])
        ):
            return True
    return False


@compiled
def _held(m: Numbers, w: Numbers, course: int, day: int) -> bool:
    """Whether the file shows the person held on a day, or let go on it: detained while this measure stood, or
    in a centre under another."""
    if suspended(w, course, day) or suspended(w, course, day - 1):
        return True
    for other in range(w[S_COURSES]):
        c = course_at(other)
        if other == course or m[plan_at(m, w[c + C_PLAN]) + P_CUSTODY] == 0:
            continue
        link = first_link(w, other, m[K_ADMISSION])
        if (
            link >= 0
            and day_of(w, entry_of(w, link)) <= day
            and (w[c + C_LEFT] == NONE or day <= w[c + C_LEFT])
            and not suspended(w, other, day)
        ):
            return True
    return False
