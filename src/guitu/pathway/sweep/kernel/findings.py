"""What a human must look at, for one measure: as `pathway.findings` keeps it."""

from __future__ import annotations

from guitu.pathway.sweep.kernel.arrays import Numbers
from guitu.pathway.sweep.kernel.clock import plan_at
from guitu.pathway.sweep.kernel.conditions import judge
from guitu.pathway.sweep.kernel.days import add_months, horizon
from guitu.pathway.sweep.kernel.jit import compiled
from guitu.pathway.sweep.kernel.layout import (
    C_BY,
    C_ENDED,
    C_FOUND,
    C_LATE_FIRST,
    C_LEFT,
    C_PLAN,
    E_AT,
    E_ROW,
    E_WIDTH,
    FAULT_FULL,
    FIND_AT,
    FIND_LATE,
    FIND_ORDER,
    FIND_OVERLAP,
    FIND_WIDTH,
    G_AT,
    G_COURSE,
    H_HELD,
    H_IN_FORCE,
    J_HOLDS,
    J_MONTHS,
    J_NAME,
    J_PROGRAM,
    J_RIGHTS,
    J_RULE,
    J_UNDECIDED,
    J_VERSION,
    J_WIDTH,
    J_WORD,
    MOST_FINDINGS,
    MOST_FOUND,
    NONE,
    ODD_AT,
    ODD_WIDTH,
    P_JUDGED,
    P_N_JUDGED,
    R_CODE,
    RIGHTS_ORDER,
    RIGHTS_OVERLAP,
    S_FAULT,
    S_FINDINGS,
    S_ODD,
    S_ON,
    S_UNCOVERED,
    S_USED,
    SILENT_AT,
    STACK_AT,
)
from guitu.pathway.sweep.kernel.lists import course_at, version_at


@compiled
def of_course(m: Numbers, w: Numbers, course: int) -> None:
    """Judge every finding rule of a measure."""
    c = course_at(course)
    p = plan_at(m, w[c + C_PLAN])
    for place in range(m[p + P_N_JUDGED]):
        j = m[p + P_JUDGED] + place * J_WIDTH
        judge(m, w, course, m[j + J_PROGRAM])
        if w[S_FAULT] != 0:
            return
        since = w[STACK_AT]
        if since != NONE and version_at(m, m[j + J_RULE], since) == m[j + J_VERSION]:
            _keep(m, w, course, j, since, w[STACK_AT + 1])
    if w[c + C_LATE_FIRST] != NONE:
        name, rights = m[FIND_LATE], 1
        if w[c + C_LEFT] != NONE and w[c + C_LEFT] <= w[S_ON]:
            name, rights = m[FIND_ORDER], m[RIGHTS_ORDER]
        _show(w, row_of(w, course), name, w[c + C_LATE_FIRST], rights)


@compiled
def row_of(w: Numbers, course: int) -> int:
    """The row of the order that a measure rests on."""
    return int(w[E_AT + w[course_at(course) + C_BY] * E_WIDTH + E_ROW])


@compiled
def _keep(m: Numbers, w: Numbers, course: int, j: int, since: int, until: int) -> None:
    """Note from when until when it holds, and show it if that is now."""
    c = course_at(course)
    stop = NONE
    if m[j + J_MONTHS] != NONE:
        stop = add_months(w, since, m[j + J_MONTHS])
    elif m[j + J_HOLDS] == H_IN_FORCE:
        stop = w[c + C_ENDED]
    elif m[j + J_HOLDS] == H_HELD:
        stop = w[c + C_LEFT]
    if until != NONE and (stop == NONE or until < stop):
        stop = until
    if stop != NONE and stop <= since:
        return
    number = w[c + C_FOUND]
    if number >= MOST_FOUND:
        w[S_FAULT] = FAULT_FULL
        return
    g = G_AT + course * G_COURSE + 3 * number
    w[g] = m[j + J_NAME]
    w[g + 1] = since
    w[g + 2] = stop
    w[c + C_FOUND] = number + 1
    horizon(w, since)
    horizon(w, stop)
    if since > w[S_ON] or (stop != NONE and stop <= w[S_ON]):
        return
    w[S_USED + m[j + J_WORD]] += 1
    if m[j + J_UNDECIDED] != 0:
        say_silent(w, m[m[j + J_RULE] + R_CODE])
    else:
        _show(w, row_of(w, course), m[j + J_NAME], since, m[j + J_RIGHTS])


@compiled
def say_silent(w: Numbers, rule: int) -> None:
    """Write down a rule that does not decide."""
    w[SILENT_AT + w[S_UNCOVERED]] = rule
    w[S_UNCOVERED] += 1


@compiled
def _show(w: Numbers, row: int, name: int, since: int, rights: int) -> None:
    """Write down a finding; `row` -1: about the record, not a measure."""
    number = w[S_FINDINGS]
    if number >= MOST_FINDINGS:
        w[S_FAULT] = FAULT_FULL
        return
    at = FIND_AT + number * FIND_WIDTH
    w[at] = row
    w[at + 1] = name
    w[at + 2] = since
    w[at + 3] = rights
    w[S_FINDINGS] = number + 1


@compiled
def of_record(m: Numbers, w: Numbers) -> None:
    """Findings about the record itself."""
    for number in range(w[S_ODD]):
        at = ODD_AT + number * ODD_WIDTH
        rights = 0
        if w[at] == m[FIND_OVERLAP]:
            rights = m[RIGHTS_OVERLAP]
        elif w[at] == m[FIND_ORDER]:
            rights = m[RIGHTS_ORDER]
        row = -1 if w[at + 2] < 0 else row_of(w, w[at + 2])
        _show(w, row, w[at], w[at + 1], rights)
