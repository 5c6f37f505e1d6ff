"""Reading a person's entries in order of days, as `pathway.history` does: which measures there were, and
which entries belong to each."""

from __future__ import annotations

from guitu.pathway.sweep.kernel.arrays import Numbers
from guitu.pathway.sweep.kernel.clock import (
    attach,
    begin,
    expire,
    finish,
    offer,
    open_course,
    paused_days,
    plan_at,
)
from guitu.pathway.sweep.kernel.days import days_between
from guitu.pathway.sweep.kernel.jit import compiled
from guitu.pathway.sweep.kernel.layout import (
    C_COMMUNITY,
    C_CUSTODY,
    C_DATED,
    C_DEATH,
    C_END,
    C_END_HOW,
    C_ENDED,
    C_ENDED_BY,
    C_LEFT,
    C_LEFT_BY,
    C_NEXT_BY,
    C_NEXT_EFFECT,
    C_NEXT_PLAN,
    C_ORDER,
    C_ORDERED,
    C_OUT_SINCE,
    C_PAUSE,
    C_PAUSES,
    C_PLAN,
    C_RELEASE,
    C_RUNNING,
    C_SERVED,
    C_SERVED_IT,
    C_STARTS,
    F_MEASURE,
    FAR,
    FAULT_FULL,
    FIND_ORDER,
    FIND_OVERLAP,
    HOW_CHANGE,
    HOW_DEATH,
    HOW_EXPIRY,
    HOW_RELEASE,
    HOW_REPORTED,
    K_ADMISSION,
    K_AGREEMENT,
    K_ANYWHERE,
    K_COMMUNITY_ONLY,
    K_CONCERN,
    K_FAMILY,
    K_INSIDE_ONLY,
    K_LIVING,
    K_MOVING,
    K_NEED_1,
    K_NEEDS,
    K_PAIRED,
    K_QUIET,
    K_REPORTING,
    K_WIDTH,
    KINDS,
    LETS_GO,
    MEASURE_OF,
    MOST_ODD,
    MOVES,
    MOVES_AGAIN,
    N_KINDS,
    NEAR,
    NONE,
    ODD_AT,
    ODD_WIDTH,
    OPEN_AT,
    P_COMMUNITY,
    P_CUSTODY,
    P_TREATMENT,
    P_VOLUNTARY,
    S_BORN,
    S_COURSES,
    S_DIED,
    S_ENTRIES,
    S_FAULT,
    S_FIRST_DAY,
    S_NEXT_END,
    S_ODD,
    S_ON,
    X_AT,
    X_COURSE,
    X_UNTIL,
    X_WIDTH,
    X_WORD,
)
from guitu.pathway.sweep.kernel.lists import (
    append,
    clear,
    course_at,
    day_of,
    field_of,
    first_day,
    first_link,
    kind_of,
    last_entry,
    takes,
)


@compiled
def read(m: Numbers, w: Numbers) -> None:
    """Read the entries one after another, up to and including the day asked about."""
    clear(m, w, -1)
    for kind in range(m[N_KINDS]):
        w[OPEN_AT + kind] = 0
    for entry in range(w[S_ENTRIES]):
        day = day_of(w, entry)
        if day > w[S_NEXT_END]:
            advance(m, w, day)
        k = m[KINDS] + kind_of(w, entry) * K_WIDTH
        if m[k + K_QUIET] != 0 and w[S_DIED] == NONE:
            if m[k + K_ANYWHERE] != 0:
                append(w, -1, entry)
            for course in range(w[S_COURSES]):
                if w[course_at(course) + C_ENDED] == NONE:
                    append(w, course, entry)
        else:
            _take(m, w, entry, day, k)
        if w[S_FAULT] != 0:
            return
    advance(m, w, w[S_ON])
    _overlaps(m, w)
    if w[S_ENTRIES] > 0 and w[S_BORN] != NONE and w[S_FIRST_DAY] <= w[S_BORN]:
        odd(w, m[FIND_ORDER], w[S_FIRST_DAY], -1)


@compiled
def advance(m: Numbers, w: Numbers, day: int) -> None:
    """Let the measures whose last day is before `day` end, and the ones that follow from a change begin."""
    for course in range(w[S_COURSES]):
        end = w[course_at(course) + C_END]
        if end != NONE and end < day and expire(w, course, day):
            _change(m, w, course, day)
    next_end = FAR
    for course in range(w[S_COURSES]):
        c = course_at(course)
        if w[c + C_ENDED] == NONE and w[c + C_END] != NONE and w[c + C_END] < next_end:
            next_end = w[c + C_END]
    w[S_NEXT_END] = next_end


@compiled
def _take(m: Numbers, w: Numbers, entry: int, day: int, k: int) -> None:
    """Read one entry that may change something."""
    if m[k + K_ANYWHERE] != 0:
        append(w, -1, entry)
    if m[k + K_LIVING] != 0 and w[S_DIED] != NONE and day > w[S_DIED]:
        odd(w, m[FIND_ORDER], day, -1)
        return
    if m[k + K_PAIRED] != 0:
        _pairs(m, w, entry, day, k)
    concern = m[k + K_CONCERN]
    if concern == C_RUNNING:
        for course in range(w[S_COURSES]):
            if w[course_at(course) + C_ENDED] == NONE:
                attach(m, w, course, entry)
            elif w[course_at(course) + C_LEFT] == NONE:
                offer(m, w, course, entry)  # freed after the last day: no longer held elsewhere
    elif concern == C_ORDER:
        _order(m, w, entry)
    elif concern == C_SERVED:
        _served(m, w, entry, day)
    elif concern == C_CUSTODY:
        _custody(m, w, entry, day, k)
    elif concern == C_COMMUNITY:
        _community(m, w, entry, day, k)
    elif concern == C_RELEASE:
        _release(m, w, entry, day)
    elif concern == C_DEATH:
        _death(m, w, entry, day)
    if m[k + K_MOVING] != 0:
        advance(m, w, day)


@compiled
def odd(w: Numbers, finding: int, since: int, course: int) -> None:
    """Note something about the record that cannot be right."""
    number = w[S_ODD]
    if number >= MOST_ODD:
        w[S_FAULT] = FAULT_FULL
        return
    at = ODD_AT + number * ODD_WIDTH
    w[at] = finding
    w[at + 1] = since
    w[at + 2] = course
    w[S_ODD] = number + 1


# ── one concern each ──────────────────────────────────────────────────────────────────────────────


@compiled
def _order(m: Numbers, w: Numbers, entry: int) -> None:
    code = field_of(w, entry, m[F_MEASURE])
    plan = -1 if code < 0 else m[m[MEASURE_OF] + code]
    if plan < 0:
        return
    for course in range(w[S_COURSES]):
        offer(m, w, course, entry)
    open_course(m, w, plan, entry)


@compiled
def _change(m: Numbers, w: Numbers, course: int, day: int) -> None:
    """Begin the measure that a change leads to, with the time served set off."""
    c = course_at(course)
    if w[c + C_NEXT_EFFECT] == NONE or w[c + C_ENDED_BY] != HOW_CHANGE:
        return
    effect = w[c + C_NEXT_EFFECT]
    since = w[c + C_STARTS] if w[c + C_STARTS] != NONE else w[c + C_ORDERED]
    served = days_between(since, effect) - paused_days(w, course, effect)
    follower = open_course(m, w, w[c + C_NEXT_PLAN], w[c + C_NEXT_BY])
    if follower >= 0:
        begin(m, w, follower, effect, served, since)
        expire(w, follower, day)


@compiled
def _death(m: Numbers, w: Numbers, entry: int, day: int) -> None:
    if w[S_DIED] != NONE:
        return
    w[S_DIED] = day
    for course in range(w[S_COURSES]):
        c = course_at(course)
        offer(m, w, course, entry)
        if w[c + C_ENDED] != NONE and w[c + C_LEFT] == NONE:
            finish(w, course, day, HOW_DEATH)


@compiled
def _served(m: Numbers, w: Numbers, entry: int, day: int) -> None:
    for course in range(w[S_COURSES] - 1, -1, -1):
        c = course_at(course)
        if w[c + C_SERVED_IT] == 0 and w[c + C_DATED] != 0:
            w[c + C_SERVED_IT] = 1
            attach(m, w, course, entry)
            return
    if w[S_COURSES] == 0:
        odd(w, m[FIND_ORDER], day, -1)


@compiled
def _is(m: Numbers, w: Numbers, course: int, what: int) -> bool:
    """Whether the measure is of that sort."""
    return int(m[plan_at(m, w[course_at(course) + C_PLAN]) + what]) != 0


@compiled
def _open(w: Numbers, course: int) -> bool:
    """Whether it still applies or, though over, the person has not left."""
    c = course_at(course)
    return int(w[c + C_ENDED]) == NONE or int(w[c + C_LEFT]) == NONE


@compiled
def _waiting_for(m: Numbers, w: Numbers, kind: int) -> int:
    """The measure with an open stretch that an entry of the kind ends, -1 without one."""
    for course in range(w[S_COURSES] - 1, -1, -1):
        if _open(w, course):
            for place in range(w[course_at(course) + C_PAUSES]):
                x = X_AT + course * X_COURSE + place * X_WIDTH
                if w[x + X_UNTIL] == NONE and m[w[x + X_WORD] + 1] == kind:
                    return course
    return -1


@compiled
def _custody(m: Numbers, w: Numbers, entry: int, day: int, k: int) -> None:
    target = _waiting_for(m, w, kind_of(w, entry)) if m[k + K_NEEDS] > 0 else -1
    if target < 0:
        for course in range(w[S_COURSES] - 1, -1, -1):
            if _is(m, w, course, P_CUSTODY):
                if _open(w, course):
                    target = course
                    break
                if target < 0:
                    target = course
    if target < 0:
        for course in range(w[S_COURSES] - 1, -1, -1):
            if _is(m, w, course, P_VOLUNTARY) and _open(w, course):
                target = course
                break
    kind = kind_of(w, entry)
    if target < 0:
        if kind != m[K_FAMILY]:
            odd(w, m[FIND_ORDER], day, -1)
        return
    c = course_at(target)
    if w[c + C_LEFT] != NONE and m[k + K_INSIDE_ONLY] != 0:
        wrong = True
    elif w[c + C_ENDED] != NONE:
        wrong = takes(m, w, m[MOVES], entry)
    else:
        wrong = w[c + C_END_HOW] != HOW_EXPIRY and takes(m, w, m[MOVES_AGAIN], entry)
    if wrong:
        odd(w, m[FIND_ORDER], day, target)
    attach(m, w, target, entry)


@compiled
def _latest(m: Numbers, w: Numbers, live: bool) -> int:
    """The latest measure in the community, or the latest that still applies; -1 without one."""
    for course in range(w[S_COURSES] - 1, -1, -1):
        if _is(m, w, course, P_COMMUNITY) and (not live or w[course_at(course) + C_ENDED] == NONE):
            return course
    return -1


@compiled
def _awaiting(m: Numbers, w: Numbers) -> int:
    for course in range(w[S_COURSES] - 1, -1, -1):
        c = course_at(course)
        if _is(m, w, course, P_COMMUNITY) and w[c + C_ENDED] == NONE and w[c + C_STARTS] == NONE:
            return course
    return -1


@compiled
def _community(m: Numbers, w: Numbers, entry: int, day: int, k: int) -> None:
    kind = kind_of(w, entry)
    reports = kind == m[K_REPORTING]
    target = _awaiting(m, w) if reports else -1
    if target < 0:
        target = _latest(m, w, True)
    if target < 0 and not reports:
        target = _latest(m, w, False)
    if target < 0 and kind == m[K_AGREEMENT]:
        for course in range(w[S_COURSES]):
            if _is(m, w, course, P_VOLUNTARY) and _open(w, course):
                target = course
                break
    if target < 0:
        if m[k + K_COMMUNITY_ONLY] != 0:
            odd(w, m[FIND_ORDER], day, -1)
        return
    attach(m, w, target, entry)
    if reports:
        c = course_at(target)
        if w[c + C_STARTS] == NONE:
            begin(m, w, target, day, 0, NONE)
        _is_out(m, w, w[c + C_ORDERED], day)


@compiled
def _is_out(m: Numbers, w: Numbers, ordered: int, day: int) -> None:
    """Somebody who reports to a town under a later order is out of the centre, whatever paper is missing."""
    for course in range(w[S_COURSES]):
        c = course_at(course)
        if _is(m, w, course, P_CUSTODY) and w[c + C_LEFT] == NONE and w[c + C_ORDERED] < ordered:
            if w[c + C_ENDED] != NONE:
                w[c + C_LEFT] = max(w[c + C_ENDED], day)
                w[c + C_LEFT_BY] = HOW_REPORTED
            elif w[c + C_OUT_SINCE] == NONE:
                w[c + C_OUT_SINCE] = day


@compiled
def _release(m: Numbers, w: Numbers, entry: int, day: int) -> None:
    count = w[S_COURSES]
    held = 0
    for course in range(count):
        if _is(m, w, course, P_CUSTODY) and _open(w, course):
            held += 1
    targets = (
        0  # bits: of the open ones in custody, else of all that apply; of those, the ones ordered before
    )
    before = 0
    for course in range(count):
        c = course_at(course)
        if held > 0:  # noqa: SIM108 - two thoughts
            meant = _is(m, w, course, P_CUSTODY) and _open(w, course)
        else:
            meant = w[c + C_ENDED] == NONE
        if meant:
            targets |= 1 << course
            if w[c + C_ORDERED] < day:
                before |= 1 << course
    released = before if before != 0 else targets
    for course in range(count):
        if (released >> course) & 1 == 0:
            continue
        c = course_at(course)
        if (
            _is(m, w, course, P_CUSTODY)
            and w[c + C_ENDED] == NONE
            and first_link(w, course, m[K_ADMISSION]) < 0
        ):
            odd(w, m[FIND_ORDER], day, course)
        if _is(m, w, course, P_CUSTODY) and _early(m, w, c, day):
            odd(w, m[FIND_ORDER], day, course)
        attach(m, w, course, entry)
        finish(w, course, day, HOW_RELEASE)
    if targets == 0:
        if count > 0:
            attach(m, w, count - 1, entry)
        else:
            odd(w, m[FIND_ORDER], day, -1)


@compiled
def _early(m: Numbers, w: Numbers, c: int, day: int) -> bool:
    """Whether somebody was released before the last day, and the file does not say why."""
    if w[c + C_ENDED] != NONE or w[c + C_PAUSE] >= 0 or w[c + C_END_HOW] != HOW_EXPIRY:
        return False
    if w[c + C_END] == NONE or day + 1 >= w[c + C_END]:  # one day may be the other reading of the term
        return False
    return first_day(m, w, -1, m[LETS_GO], NEAR) == NONE


# ── what cannot be right ──────────────────────────────────────────────────────────────────────────


@compiled
def _pairs(m: Numbers, w: Numbers, entry: int, day: int, k: int) -> None:
    if m[k + K_NEEDS] == 0:
        w[OPEN_AT + kind_of(w, entry)] = 1
        return
    opened = False
    for place in range(m[k + K_NEEDS]):
        if w[OPEN_AT + m[k + K_NEED_1 + place]] != 0:
            opened = True
    if not opened:
        odd(w, m[FIND_ORDER], day, -1)
    for place in range(m[k + K_NEEDS]):
        kind = m[k + K_NEED_1 + place]
        last = last_entry(w, -1, kind)
        if last >= 0 and day_of(w, last) < day:
            w[OPEN_AT + kind] = 0


@compiled
def _overlaps(m: Numbers, w: Numbers) -> None:
    """Orders made while another that excludes them still stood."""
    for later in range(w[S_COURSES]):
        c = course_at(later)
        if w[c + C_DATED] == 0:
            continue
        for earlier in range(later):
            if not _excludes(m, w, earlier, later):
                continue
            ended = w[course_at(earlier) + C_ENDED]
            if ended != NONE and ended <= w[c + C_ORDERED]:
                continue
            odd(w, m[FIND_OVERLAP], w[c + C_ORDERED], later)
            break


@compiled
def _excludes(m: Numbers, w: Numbers, earlier: int, later: int) -> bool:
    """Whether two measures cannot both stand."""
    if w[course_at(earlier) + C_PLAN] == w[course_at(later) + C_PLAN]:
        return True
    if _is(m, w, earlier, P_COMMUNITY) and _is(m, w, later, P_COMMUNITY):
        return True
    return _is(m, w, earlier, P_CUSTODY) and _is(m, w, later, P_TREATMENT)
