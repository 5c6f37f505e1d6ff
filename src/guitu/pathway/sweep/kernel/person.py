"""Everybody in turn: each person's entries put in order, read, judged, and the answers written to columns."""

from __future__ import annotations

from guitu.pathway.sweep.kernel.arrays import Days, Flags, Ids, Kinds, Numbers, Rows
from guitu.pathway.sweep.kernel.clock import plan_at, settle
from guitu.pathway.sweep.kernel.days import add_days, horizon
from guitu.pathway.sweep.kernel.duties import requested, work_out
from guitu.pathway.sweep.kernel.findings import of_course, of_record, row_of, say_silent
from guitu.pathway.sweep.kernel.jit import compiled, entrance
from guitu.pathway.sweep.kernel.layout import (
    C_END,
    C_ENDED,
    C_ENDED_BY,
    C_LEFT,
    C_ORDERED,
    C_PAUSE,
    C_PLAN,
    C_PRINTED_END,
    C_PROVISIONAL,
    C_STARTS,
    C_STATE,
    C_UNCOVERED,
    DUTY_AT,
    DUTY_WIDTH,
    E_ANSWERS,
    E_AT,
    E_DAY,
    E_FIELDS,
    E_KIND,
    E_ROW,
    E_WIDTH,
    FAR,
    FAULT_FULL,
    FIND_AT,
    FIND_WIDTH,
    K_RANK,
    K_WIDTH,
    KINDS,
    MOST_ENTRIES,
    MOST_UNCOVERED,
    N_FIELDS,
    NONE,
    P_CUSTODY,
    S_BORN,
    S_COURSES,
    S_CURRENT,
    S_DIED,
    S_DUTIES,
    S_ENTRIES,
    S_FAULT,
    S_FINDINGS,
    S_FIRST_DAY,
    S_HORIZON,
    S_NEXT_END,
    S_NEXT_ENTRY,
    S_ON,
    S_UNCOVERED,
    SILENT_AT,
    U_AT,
)
from guitu.pathway.sweep.kernel.lists import course_at
from guitu.pathway.sweep.kernel.reading import read

RANKS = 100


@entrance
def sweep(
    m: Numbers,
    w: Numbers,
    on: int,
    people: Days,
    starts: Numbers,
    place: int,
    kind: Kinds,
    day: Days,
    recorded: Numbers,
    high: Ids,
    low: Ids,
    counts: Flags,
    answers: Days,
    born: Days,
    small: Flags,
    large: Rows,
    column: Days,
    status: Rows,
    measures: Rows,
    duties: Rows,
    findings: Rows,
    silent: Rows,
    filled: Numbers,
    fault: Flags,
) -> int:
    """Assess the people of a block from `place` on, until all are done or a table is full; where it stopped.

    `people` says which of the block's people, `starts` where the rows of each begin. `filled` counts the rows
    of each table, and those of the one person who did not fit are taken back."""
    while place < len(people):
        who = int(people[place])
        _load(
            m, w, on, starts[who], starts[who + 1], kind, day, recorded, high, low, counts, answers,
            small, large, column,
        )  # fmt: skip
        w[S_BORN] = born[who]
        if w[S_FAULT] == 0:
            _assess(m, w)
        if w[S_FAULT] != 0:
            fault[who] = w[S_FAULT]
            place += 1
            continue
        if (
            filled[0] >= status.shape[1]
            or filled[1] + w[S_COURSES] > measures.shape[1]
            or filled[2] + w[S_DUTIES] > duties.shape[1]
            or filled[3] + w[S_FINDINGS] > findings.shape[1]
            or filled[4] + w[S_UNCOVERED] > silent.shape[1]
        ):
            return place
        _write(w, who, status, measures, duties, findings, silent, filled)
        place += 1
    return place


@compiled
def _load(
    m: Numbers,
    w: Numbers,
    on: int,
    start: int,
    stop: int,
    kind: Kinds,
    day: Days,
    recorded: Numbers,
    high: Ids,
    low: Ids,
    counts: Flags,
    answers: Days,
    small: Flags,
    large: Rows,
    column: Days,
) -> None:
    """Put the entries that count and have happened in the order of reading: by day and rank, then by when
    they were recorded, then by id. `kind` is -1 where rules do not read it."""
    for scalar in range(S_CURRENT + 1):
        w[scalar] = 0
    w[S_ON] = on
    w[S_DIED] = NONE
    w[S_NEXT_ENTRY] = NONE
    w[S_NEXT_END] = FAR
    w[S_HORIZON] = NONE
    number = 0
    for row in range(start, stop):
        if counts[row] == 0 or kind[row] < 0:
            continue
        if day[row] > on:
            if w[S_NEXT_ENTRY] == NONE or day[row] < w[S_NEXT_ENTRY]:
                w[S_NEXT_ENTRY] = day[row]
            continue
        if number >= MOST_ENTRIES:
            w[S_FAULT] = FAULT_FULL
            return
        key = day[row] * RANKS + m[m[KINDS] + kind[row] * K_WIDTH + K_RANK]
        back = number - 1
        while back >= 0:
            e = E_AT + back * E_WIDTH
            other = w[e + E_ROW]
            their = w[e + E_DAY] * RANKS + m[m[KINDS] + w[e + E_KIND] * K_WIDTH + K_RANK]
            after = their > key
            if their == key:
                after = recorded[other] > recorded[row]
                if recorded[other] == recorded[row]:
                    after = high[other] > high[row]
                    if high[other] == high[row]:
                        after = low[other] > low[row]
            if not after:
                break
            for cell in range(E_ROW + 1):
                w[e + E_WIDTH + cell] = w[e + cell]
            back -= 1
        e = E_AT + (back + 1) * E_WIDTH
        w[e + E_DAY] = day[row]
        w[e + E_KIND] = kind[row]
        w[e + E_ROW] = row
        number += 1
    w[S_ENTRIES] = number
    fields = m[N_FIELDS]
    for entry in range(number):
        e = E_AT + entry * E_WIDTH
        row = w[e + E_ROW]
        w[e + E_ANSWERS] = answers[row]
        for field in range(fields):
            c = column[field]
            if c >= 0:
                value = small[c, row]
                w[e + E_FIELDS + field] = NONE if value == 255 else value
            else:
                w[e + E_FIELDS + field] = large[-1 - c, row]
    if number > 0:
        w[S_FIRST_DAY] = w[E_AT + E_DAY]


@compiled
def _assess(m: Numbers, w: Numbers) -> None:
    """What `assess` does for one person."""
    read(m, w)
    if w[S_FAULT] != 0:
        return
    horizon(w, w[S_NEXT_ENTRY])
    for course in range(w[S_COURSES]):
        c = course_at(course)
        if w[c + C_ENDED] == NONE and w[c + C_END] != NONE and w[c + C_PAUSE] < 0:
            horizon(w, add_days(w, w[c + C_END], 1))
        settle(w, course)
        if w[c + C_PROVISIONAL] != 0:
            horizon(w, w[S_ON] + 1)
        work_out(m, w, course)
        of_course(m, w, course)
        if w[c + C_ENDED] == NONE:
            for number in range(w[c + C_UNCOVERED]):
                say_silent(w, w[U_AT + course * MOST_UNCOVERED + number])
        if w[S_FAULT] != 0:
            return
    requested(m, w)
    of_record(m, w)
    w[S_CURRENT] = _current(m, w)


@compiled
def _current(m: Numbers, w: Numbers) -> int:
    """Which measure answers "what applies now", -1 without any."""
    best, rank, begun, day = -1, -1, -1, NONE
    for course in range(w[S_COURSES]):
        c = course_at(course)
        if w[c + C_ENDED] == NONE:
            custody = m[plan_at(m, w[c + C_PLAN]) + P_CUSTODY] != 0
            mine, started = 2 if custody else 1, 1 if w[c + C_STARTS] != NONE else 0
            when = w[c + C_ORDERED]
        else:
            mine, started, when = 0, 0, w[c + C_ENDED]
        if (
            mine > rank
            or (mine == rank and started > begun)
            or (mine == rank and started == begun and when >= day)
        ):
            best, rank, begun, day = course, mine, started, when
    return best


@compiled
def _write(
    w: Numbers,
    who: int,
    status: Rows,
    measures: Rows,
    duties: Rows,
    findings: Rows,
    silent: Rows,
    filled: Numbers,
) -> None:
    """Copy a person's answers to the tables, a column a row of each."""
    row = filled[0]
    current = w[S_CURRENT]
    status[0, row] = who
    status[7, row] = w[S_HORIZON]
    if current < 0:
        status[1, row] = -1
        status[2, row] = -1
        status[3, row] = NONE
        status[4, row] = NONE
        status[5, row] = -1
        status[6, row] = -1
    else:
        c = course_at(current)
        status[1, row] = w[c + C_PLAN]
        status[2, row] = w[c + C_STATE]
        status[3, row] = w[c + C_STARTS]
        status[4, row] = w[c + C_END]
        status[5, row] = row_of(w, current)
        status[6, row] = w[c + C_PROVISIONAL]
    filled[0] = row + 1
    row = filled[1]
    for course in range(w[S_COURSES]):
        c = course_at(course)
        measures[0, row] = who
        measures[1, row] = row_of(w, course)
        measures[2, row] = w[c + C_PLAN]
        measures[3, row] = w[c + C_STATE]
        measures[4, row] = w[c + C_ORDERED]
        measures[5, row] = w[c + C_STARTS]
        measures[6, row] = w[c + C_END]
        measures[7, row] = w[c + C_PRINTED_END]
        measures[8, row] = w[c + C_ENDED]
        measures[9, row] = w[c + C_ENDED_BY]
        measures[10, row] = w[c + C_LEFT]
        measures[11, row] = w[c + C_PROVISIONAL]
        row += 1
    filled[1] = row
    row = filled[2]
    for number in range(w[S_DUTIES]):
        duties[0, row] = who
        for cell in range(DUTY_WIDTH):
            duties[1 + cell, row] = w[DUTY_AT + number * DUTY_WIDTH + cell]
        row += 1
    filled[2] = row
    row = filled[3]
    for number in range(w[S_FINDINGS]):
        findings[0, row] = who
        for cell in range(FIND_WIDTH):
            findings[1 + cell, row] = w[FIND_AT + number * FIND_WIDTH + cell]
        row += 1
    filled[3] = row
    row = filled[4]
    for number in range(w[S_UNCOVERED]):
        silent[0, row] = who
        silent[1, row] = w[SILENT_AT + number]
        row += 1
    filled[4] = row
