"""From which day a condition holds on a measure, and until when: as `pathway.conditions` judges it.

A condition is a row of steps, the parts of an "any" or "all" before it. Each step leaves one answer on the
stack: since when (NONE: it does not hold) and until when (NONE: for good).
"""

from __future__ import annotations

from guitu.pathway.sweep.kernel.arrays import Numbers
from guitu.pathway.sweep.kernel.counts import count, total
from guitu.pathway.sweep.kernel.days import add_days, add_months
from guitu.pathway.sweep.kernel.jit import compiled
from guitu.pathway.sweep.kernel.layout import (
    C_BY,
    C_COMPUTED,
    C_DATED,
    C_END,
    C_ENDED,
    C_ENDED_BY,
    C_EXTENSIONS,
    C_FOUND,
    C_LEFT,
    C_LEFT_BY,
    C_ORDERED,
    C_PLAN,
    C_PRINTED_END,
    C_STARTS,
    F_MONTHS,
    FAR,
    FAULT_FULL,
    G_AT,
    G_COURSE,
    HOW_EARLY,
    HOW_EXPIRY,
    HOW_RELEASE,
    LATE_AT,
    LATE_WIDTH,
    MOST_STACK,
    NONE,
    OP_ALL,
    OP_ANY,
    OP_BARRED,
    OP_CLEAN,
    OP_COUNT,
    OP_DONE_LATE,
    OP_EARLIER,
    OP_EXTENDED,
    OP_HELD,
    OP_LEFT_LATE,
    OP_ORDERED,
    OP_OVERDUE,
    OP_PRINTED,
    OP_PRINTED_LONGEST,
    OP_PRINTED_MONTHS,
    OP_RECORDED,
    OP_TOO_SOON,
    OP_TOTAL,
    OP_WIDTH,
    S_COURSES,
    S_DIED,
    S_FAULT,
    S_LATE,
    S_STACK,
    S_USED,
    STACK_AT,
    T_AT,
    T_COURSE,
    W_ALL,
    W_ANY,
    W_CLEAN,
    W_COMPARE,
    W_COUNT,
    W_DONE_LATE,
    W_EARLIER,
    W_HELD,
    W_LEFT_LATE,
    W_OVERDUE,
    W_PRINTED,
    W_RECORDED,
    W_TOTAL,
)
from guitu.pathway.sweep.kernel.lists import (
    course_at,
    day_of,
    entry_of,
    field_of,
    first_day,
    first_link,
    holds,
    next_link,
)


@compiled
def judge(m: Numbers, w: Numbers, course: int, program: int) -> None:
    """Work through the steps; the answer is at the bottom of the stack."""
    w[S_STACK] = 0
    for place in range(m[program]):
        at = program + 1 + place * OP_WIDTH
        op = m[at]
        if op == OP_ANY:
            _any(w, m[at + 1])
        elif op == OP_ALL:
            _all(w, m[at + 1])
        elif op == OP_BARRED:
            _barred(m, w, course, m[at + 1])
        elif op == OP_COUNT:
            _push(w, W_COUNT, count(m, w, course, at), NONE)
        elif op == OP_TOTAL:
            _push(w, W_TOTAL, total(m, w, course, at), NONE)
        elif op == OP_OVERDUE:
            _overdue(m, w, m[at + 1])
        elif op == OP_DONE_LATE:
            _done_late(m, w, m[at + 1])
        elif op == OP_RECORDED:
            _recorded(m, w, course, m[at + 1], m[at + 2])
        elif op == OP_EARLIER:
            _earlier(m, w, course, m[at + 1], m[at + 2], m[at + 3])
        elif op == OP_CLEAN:
            _clean(m, w, course, m[at + 1])
        elif op == OP_TOO_SOON:
            _too_soon(m, w, course, m[at + 1], m[at + 2])
        else:
            _term(m, w, course, op, m[at + 1])
        if w[S_FAULT] != 0:
            return


@compiled
def _push(w: Numbers, word: int, since: int, until: int) -> None:
    """Leave an answer on the stack."""
    number = w[S_STACK]
    if number >= MOST_STACK:
        w[S_FAULT] = FAULT_FULL
        return
    if since != NONE:
        w[S_USED + word] += 1
    w[STACK_AT + 2 * number] = since
    w[STACK_AT + 2 * number + 1] = until
    w[S_STACK] = number + 1


@compiled
def _any(w: Numbers, parts: int) -> None:
    bottom = w[S_STACK] - parts
    since, until = NONE, NONE
    for place in range(bottom, bottom + parts):
        at = STACK_AT + 2 * place
        if w[at] != NONE and (since == NONE or w[at] < since):
            since, until = w[at], w[at + 1]
    w[S_STACK] = bottom
    _push(w, W_ANY, since, until)


@compiled
def _all(w: Numbers, parts: int) -> None:
    bottom = w[S_STACK] - parts
    since, until = NONE, NONE
    met = True
    for place in range(bottom, bottom + parts):
        at = STACK_AT + 2 * place
        if w[at] == NONE:
            met = False
        since = max(since, w[at])
        if w[at + 1] != NONE and (until == NONE or w[at + 1] < until):
            until = w[at + 1]
    w[S_STACK] = bottom
    if not met or (until != NONE and until <= since):
        since, until = NONE, NONE
    _push(w, W_ALL, since, until)


@compiled
def _too_soon(m: Numbers, w: Numbers, course: int, picks: int, months: int) -> None:
    """Entries before so many months from the order."""
    first = first_day(m, w, course, picks, -(2**31) + 1)
    found = NONE
    if first != NONE and first < add_months(w, w[course_at(course) + C_ORDERED], months):
        found = first
    _push(w, 0, found, NONE)


@compiled
def _barred(m: Numbers, w: Numbers, course: int, picks: int) -> None:
    """Entries from the day on which the condition below holds."""
    w[S_STACK] -= 1
    since = w[STACK_AT + 2 * w[S_STACK]]
    _push(w, 0, NONE if since == NONE else first_day(m, w, course, picks, since), NONE)


# ── duties, terms, numbers ────────────────────────────────────────────────────────────────────────


@compiled
def _overdue(m: Numbers, w: Numbers, rules: int) -> None:
    since, until = NONE, NONE
    for place in range(m[rules]):
        for number in range(w[S_LATE]):
            at = LATE_AT + number * LATE_WIDTH
            if w[at] != m[rules + 1 + place] or (w[at + 2] != NONE and w[at + 2] <= w[at + 1]):
                continue
            if since == NONE or w[at + 1] < since:
                since, until = w[at + 1], w[at + 2]
    _push(w, W_OVERDUE, since, until)


@compiled
def _done_late(m: Numbers, w: Numbers, rules: int) -> None:
    for place in range(m[rules]):
        for number in range(w[S_LATE]):
            at = LATE_AT + number * LATE_WIDTH
            if w[at] == m[rules + 1 + place] and w[at + 3] != NONE:
                _push(w, W_DONE_LATE, w[at + 3], NONE)
                return
    _push(w, W_DONE_LATE, NONE, NONE)


@compiled
def _term(m: Numbers, w: Numbers, course: int, op: int, needed: int) -> None:
    """What the clock of the measure alone tells."""
    c = course_at(course)
    since, until = NONE, NONE
    word = W_COMPARE
    if op == OP_HELD:
        word = W_HELD
        if w[c + C_ENDED] != NONE and (w[c + C_ENDED_BY] == HOW_EXPIRY or w[c + C_ENDED_BY] == HOW_EARLY):
            since, until = w[c + C_ENDED], w[c + C_LEFT]
    elif op == OP_LEFT_LATE:
        word = W_LEFT_LATE
        left, last = w[c + C_LEFT], w[c + C_END]
        if (
            w[c + C_ENDED] != NONE
            and left != NONE
            and last != NONE
            and w[c + C_LEFT_BY] == HOW_RELEASE
            and left > last
        ):
            since = left
    elif op == OP_PRINTED:
        word = W_PRINTED
        printed, computed = w[c + C_PRINTED_END], w[c + C_COMPUTED]
        if printed != NONE and computed != NONE and printed != computed and w[c + C_STARTS] != NONE:
            since = max(w[c + C_ORDERED], w[c + C_STARTS])
    elif op == OP_EXTENDED:
        months = 0
        for place in range(w[c + C_EXTENSIONS]):
            t = T_AT + course * T_COURSE + 2 * place
            months += w[t + 1]
            if months >= needed:
                since = w[t]
                break
    elif op == OP_ORDERED:
        stated = field_of(w, w[c + C_BY], m[F_MONTHS])
        if stated != NONE and stated >= needed:
            since = w[c + C_ORDERED]
    elif op in (OP_PRINTED_MONTHS, OP_PRINTED_LONGEST):
        start, printed = w[c + C_STARTS], w[c + C_PRINTED_END]
        if start != NONE and printed != NONE and printed >= start:
            longest = add_months(w, start, needed - 1)
            if op == OP_PRINTED_MONTHS:
                longest = add_days(w, longest, -1)
            if printed > longest:
                since = start
    _push(w, word, since, until)


# ── the file around the measure ───────────────────────────────────────────────────────────────────


@compiled
def _recorded(m: Numbers, w: Numbers, course: int, pick: int, look_back: int) -> None:
    c = course_at(course)
    earliest = add_months(w, w[c + C_ORDERED], -look_back)
    left = FAR if w[c + C_LEFT] == NONE else w[c + C_LEFT]
    since = NONE
    link = first_link(w, -1 if look_back != 0 else course, m[pick])
    while link >= 0:
        entry = entry_of(w, link)
        day = day_of(w, entry)
        if earliest <= day < left and holds(m, w, pick, entry):
            since = max(day, w[c + C_ORDERED])
            break
        link = next_link(w, link)
    _push(w, W_RECORDED, since, NONE)


@compiled
def _between(m: Numbers, w: Numbers, pick: int, first: int, last: int) -> bool:
    """Whether the file holds an entry of the pick between two days, both counted."""
    link = first_link(w, -1, m[pick])
    while link >= 0:
        entry = entry_of(w, link)
        if first <= day_of(w, entry) <= last and holds(m, w, pick, entry):
            return True
        link = next_link(w, link)
    return False


@compiled
def _earlier(m: Numbers, w: Numbers, course: int, plan: int, found: int, then: int) -> None:
    ordered = w[course_at(course) + C_ORDERED]
    since = NONE
    for before in range(course):
        b = course_at(before)
        if w[b + C_PLAN] != plan or w[b + C_ORDERED] > ordered:
            continue
        stop = ordered if w[b + C_ENDED] == NONE else min(ordered, w[b + C_ENDED])
        if _broken(m, w, before, found, stop) and _between(m, w, then, w[b + C_ORDERED], ordered):
            since = ordered
            break
    _push(w, W_EARLIER, since, NONE)


@compiled
def _broken(m: Numbers, w: Numbers, course: int, names: int, stop: int) -> bool:
    """Whether one of the findings held on the day on which the measure ended or the later one was ordered."""
    for place in range(m[names]):
        for number in range(w[course_at(course) + C_FOUND]):
            g = G_AT + course * G_COURSE + 3 * number
            held = w[g + 1] <= stop and (w[g + 2] == NONE or w[g + 2] >= stop)
            if held and w[g] == m[names + 1 + place]:
                return True
    return False


@compiled
def _clean(m: Numbers, w: Numbers, course: int, word: int) -> None:
    """A clean time: the pick it is counted from (-1: from leaving), months, the findings that rule it out,
    the picks that break it, the pick that settles it."""
    since = _clean_since(m, w, course, word)
    until = NONE
    if since != NONE:
        start = _clean_start(m, w, course, word)
        link = first_link(w, -1, m[m[word + 4]])
        while link >= 0:
            entry = entry_of(w, link)
            if day_of(w, entry) >= start and holds(m, w, m[word + 4], entry):
                until = day_of(w, entry)
                break
            link = next_link(w, link)
    _push(w, W_CLEAN, since, until)


@compiled
def _clean_start(m: Numbers, w: Numbers, course: int, word: int) -> int:
    """What the time is counted from, NONE where that has not come."""
    pick = m[word]
    if pick < 0:
        return int(w[course_at(course) + C_LEFT])
    if w[course_at(course) + C_DATED] == 0:  # begun by a change: from the day that took effect
        return int(w[course_at(course) + C_STARTS])
    link = first_link(w, course, m[pick])
    while link >= 0:
        entry = entry_of(w, link)
        if holds(m, w, pick, entry):
            return day_of(w, entry)
        link = next_link(w, link)
    return NONE


@compiled
def _clean_since(m: Numbers, w: Numbers, course: int, word: int) -> int:
    c = course_at(course)
    if w[S_DIED] != NONE:
        return NONE
    for place in range(m[m[word + 2]]):
        for number in range(w[c + C_FOUND]):
            if w[G_AT + course * G_COURSE + 3 * number] == m[m[word + 2] + 1 + place]:
                return NONE
    start = _clean_start(m, w, course, word)
    if start == NONE:
        return NONE
    for other in range(w[S_COURSES]):
        o = course_at(other)
        if w[o + C_ORDERED] > w[c + C_ORDERED] or w[o + C_LEFT] == NONE:
            return NONE
    if first_day(m, w, -1, m[word + 3], start) != NONE:
        return NONE
    day = add_months(w, start, m[word + 1])
    return day if w[c + C_LEFT] == NONE else max(day, w[c + C_LEFT])
