"""What somebody must do by when, for one measure: as `pathway.duties` and `pathway.requests` work it out."""

from __future__ import annotations

from guitu.pathway.duties import HALF_MONTH
from guitu.pathway.sweep.kernel.arrays import Numbers
from guitu.pathway.sweep.kernel.clock import plan_at
from guitu.pathway.sweep.kernel.days import add_days, add_months, horizon, roll, working
from guitu.pathway.sweep.kernel.held import put_off
from guitu.pathway.sweep.kernel.jit import compiled
from guitu.pathway.sweep.kernel.layout import (
    B_AMOUNT,
    B_ANEW,
    B_DONE_BY,
    B_LENGTH,
    C_BY,
    C_END,
    C_END_HOW,
    C_ENDED,
    C_ENDED_BY,
    C_LEFT,
    C_LENGTHENED,
    C_NEXT_BY,
    C_NEXT_EFFECT,
    C_ORDERED,
    C_PLAN,
    C_STARTS,
    D_AMOUNT,
    D_DONE_BY,
    D_EXCUSE,
    D_LENGTH,
    D_OPENS,
    D_OUTER,
    D_ROLLS,
    D_SINCE,
    DS_DONE,
    DS_OPEN,
    DS_OVERDUE,
    DS_WAIVED,
    DUTY_AT,
    DUTY_WIDTH,
    E_ANSWERS,
    E_AT,
    E_DONE_BY,
    E_EXCUSE,
    E_ROW,
    E_STAGES,
    E_WIDTH,
    F_OF,
    F_UNTIL,
    FAR,
    FAULT_FULL,
    HOW_CHANGE,
    HOW_EXPIRY,
    HOW_RELEASE,
    K_EXCUSE,
    K_REPORTING,
    L_DAYS,
    L_MONTHS,
    L_WORKING,
    LATE_AT,
    LATE_WIDTH,
    MOST_DUTIES,
    MOST_LATE,
    N_REQUESTS,
    NONE,
    O_ID,
    O_STANDS_FOR,
    O_TYPE,
    O_WATCHED,
    O_WORD,
    P_BEFORE,
    P_EVERY,
    P_N_BEFORE,
    P_N_EVERY,
    P_N_WITHIN,
    P_WITHIN,
    PICKED_AT,
    REQUESTS,
    S_COURSES,
    S_DIED,
    S_DUTIES,
    S_FAULT,
    S_LATE,
    S_ON,
    S_USED,
    SINCE_OPENING,
    SINCE_ORDER,
    T_FIRST,
    T_FIRST_AFTER,
    T_LATEST,
    W_BEFORE,
    W_EVERY,
    W_WITHIN,
)
from guitu.pathway.sweep.kernel.lists import (
    collect,
    course_at,
    day_of,
    entry_of,
    field_of,
    first_day,
    first_link,
    holds,
    in_force,
    kind_of,
    next_link,
)


@compiled
def work_out(m: Numbers, w: Numbers, course: int) -> None:
    """Every duty of the measure's rules."""
    c = course_at(course)
    p = plan_at(m, w[c + C_PLAN])
    w[S_LATE] = 0
    for place in range(m[p + P_N_WITHIN]):
        at = m[p + P_WITHIN] + 2 * place
        _within(m, w, course, m[at], m[at + 1])
    if w[c + C_END] != NONE:
        for place in range(m[p + P_N_BEFORE]):
            _before(m, w, course, m[m[p + P_BEFORE] + place])
    if w[c + C_STARTS] != NONE:
        for place in range(m[p + P_N_EVERY]):
            _every(m, w, course, m[m[p + P_EVERY] + place])


@compiled
def _gone(w: Numbers, course: int) -> int:
    """From which day on the duties need not be done any more: the death, else the day of leaving."""
    return int(w[S_DIED] if w[S_DIED] != NONE else w[course_at(course) + C_LEFT])


# ── duty within ───────────────────────────────────────────────────────────────────────────────────


@compiled
def _within(m: Numbers, w: Numbers, course: int, moment: int, rule: int) -> None:
    """A moment: its pick (-1: the end of the measure), which entries it takes, and after which kind."""
    c = course_at(course)
    pick = m[moment]
    if pick < 0:
        if w[c + C_END] != NONE and _ran_out(w, c):
            _owed_from(m, w, course, rule, w[c + C_END], w[S_DIED])
        return
    number = collect(m, w, course, pick, PICKED_AT)
    if number == 0:
        return
    take = m[moment + 1]
    gone = _gone(w, course)
    if take == T_FIRST_AFTER:
        later = PICKED_AT + number
        taken = 0
        link = first_link(w, course, m[moment + 2])
        while link >= 0:
            start = day_of(w, entry_of(w, link))
            link = next_link(w, link)
            first = -1
            for place in range(number):
                if day_of(w, w[PICKED_AT + place]) >= start:
                    first = w[PICKED_AT + place]
                    break
            known = first < 0 or first == w[PICKED_AT]
            for place in range(taken):
                known = known or w[later + place] == first
            if not known:
                w[later + taken] = first
                taken += 1
        for place in range(taken):
            _owed_from(m, w, course, rule, day_of(w, w[later + place]), gone)
        return
    if take == T_FIRST:
        number = 1
    for place in range(number):
        entry = w[PICKED_AT + place]
        if take != T_LATEST or place == number - 1 or _acted(m, w, course, entry):
            _owed_from(m, w, course, rule, day_of(w, entry), gone)


@compiled
def _ran_out(w: Numbers, c: int) -> bool:
    """Whether the measure lasted to its last day."""
    if w[c + C_ENDED] == NONE:
        return False
    by = int(w[c + C_ENDED_BY])
    return by == HOW_EXPIRY or (by == HOW_RELEASE and int(w[c + C_ENDED]) >= int(w[c + C_END]))


@compiled
def _acted(m: Numbers, w: Numbers, course: int, entry: int) -> bool:
    """Whether somebody reported between this moment and the next of its kind, so that it is not simply
    replaced."""
    day = day_of(w, entry)
    after = FAR
    link = first_link(w, course, kind_of(w, entry))
    while link >= 0:
        other = day_of(w, entry_of(w, link))
        if other > day:
            after = other
            break
        link = next_link(w, link)
    link = first_link(w, course, m[K_REPORTING])
    while link >= 0:
        reported = day_of(w, entry_of(w, link))
        if day <= reported < after:
            return True
        link = next_link(w, link)
    return False


@compiled
def _due(m: Numbers, w: Numbers, word: int, day: int) -> int:
    """The last day for it, before any rolling; NONE where the law says only "promptly"."""
    length, amount = m[word + D_LENGTH], m[word + D_AMOUNT]
    if length == L_DAYS:
        return add_days(w, day, amount)
    if length == L_MONTHS:
        return add_months(w, day, amount)
    if length == L_WORKING:
        return working(m, w, day, amount)
    return NONE


@compiled
def _owed_from(m: Numbers, w: Numbers, course: int, rule: int, day: int, gone: int) -> None:
    """One duty counted from a day."""
    owed = in_force(m, rule, day)
    if owed < 0 or m[owed + O_TYPE] != W_WITHIN:
        return
    word = m[owed + O_WORD]
    due = _due(m, w, word, day)
    outer, still = due, NONE
    length = m[word + D_LENGTH]
    if length == L_DAYS or length == L_MONTHS:  # noqa: SIM109 - as machine code
        rolls = m[word + D_ROLLS] != 0
        if rolls:
            due = roll(m, w, due)
            outer = due
        if m[word + D_OUTER] != NONE:
            outer = add_days(w, day, m[word + D_OUTER])
            if rolls:
                outer = roll(m, w, outer)
            outer = max(due, outer)
        until = _excused(m, w, course, m[word + D_EXCUSE], day, NONE, True)
        base = until if until != NONE and until != FAR and until > due else due
        moved = put_off(m, w, course, word, day, NONE if base == due else base)
        if moved == FAR:
            still = FAR
        elif moved != NONE:
            outer = max(moved, outer + moved - base)
            due = moved
    opens = day
    if m[word + D_OPENS] > 0:
        opens = add_months(w, day, m[word + D_OPENS])
    elif m[word + D_OPENS] < 0:
        opens = add_days(w, day, -m[word + D_OPENS])
    since = day
    if m[word + D_SINCE] == SINCE_ORDER:
        since = w[course_at(course) + C_ORDERED]
    elif m[word + D_SINCE] == SINCE_OPENING:
        since = opens
    done = first_day(m, w, course, m[word + D_DONE_BY], since)
    excused = max(still, _excused(m, w, course, m[word + D_EXCUSE], day, NONE, True))
    _add(m, w, course, owed, opens, due, outer, done, gone, excused)


@compiled
def _excused(m: Numbers, w: Numbers, course: int, of: int, since: int, last: int, once: bool) -> int:
    """Until when the excuses that cover a duty begun on `since` put it off, NONE without one. For one period
    (`last` is its last day) only those given in it or running into it count. An excuse without a last day
    covers all that follows; so does any, of a duty that comes again."""
    if of < 0:
        return NONE
    found = NONE
    link = first_link(w, course, m[K_EXCUSE])
    while link >= 0:
        entry = entry_of(w, link)
        link = next_link(w, link)
        if field_of(w, entry, m[F_OF]) != of:
            continue
        day = day_of(w, entry)
        if last != NONE and day > last:
            continue
        until = field_of(w, entry, m[F_UNTIL])
        if day >= since or (until != NONE and until >= since):
            covers = until if (once and until != NONE) else FAR
            found = max(found, covers)
    return found


# ── duty before, duty every ───────────────────────────────────────────────────────────────────────


@compiled
def _before(m: Numbers, w: Numbers, course: int, rule: int) -> None:
    c = course_at(course)
    last = w[c + C_END]
    owed = in_force(m, rule, last)
    if owed < 0 or m[owed + O_TYPE] != W_BEFORE:
        return
    word = m[owed + O_WORD]
    due = last
    if m[word + B_LENGTH] == L_WORKING:
        due = working(m, w, last, -m[word + B_AMOUNT])
    elif m[word + B_LENGTH] == L_DAYS:
        due = add_days(w, last, -m[word + B_AMOUNT])
    since = w[c + C_LENGTHENED] if m[word + B_ANEW] != 0 else w[c + C_ORDERED]
    gone = _gone(w, course)
    if w[S_DIED] == NONE and w[c + C_END_HOW] == HOW_CHANGE and w[c + C_NEXT_EFFECT] != NONE:
        gone = day_of(w, w[c + C_NEXT_BY])
    done = first_day(m, w, course, m[word + B_DONE_BY], since)
    _add(m, w, course, owed, w[c + C_ORDERED], due, due, done, gone, NONE)


@compiled
def _every(m: Numbers, w: Numbers, course: int, rule: int) -> None:
    """Each stage of an every: up to which month, and how many periods; whole months from the first day of the
    term, and half months of fifteen days where there are twice as many."""
    c = course_at(course)
    start = w[c + C_STARTS]
    owed = in_force(m, rule, start)
    if owed < 0 or m[owed + O_TYPE] != W_EVERY:
        return
    word = m[owed + O_WORD]
    end, gone = w[c + C_END], _gone(w, course)
    first, begun = start, 0
    for stage in range(m[word + E_STAGES]):
        until = m[word + E_STAGES + 1 + 2 * stage]
        times = m[word + E_STAGES + 2 + 2 * stage]
        for place in range(1, times + 1):
            if first > w[S_ON]:
                horizon(w, first)
                return
            if end != NONE and first > end:
                return
            months = (until - begun) * place
            after = add_months(w, start, begun + months // times)
            if months % times != 0:
                after = add_days(w, after, HALF_MONTH * (months % times) * 2 // times)
            last = add_days(w, after, -1)
            done = first_day(m, w, course, m[word + E_DONE_BY], first)
            excused = _excused(m, w, course, m[word + E_EXCUSE], first, last, False)
            _add(m, w, course, owed, first, last, last, done, gone, excused)
            if w[S_FAULT] != 0:
                return
            first = after
        begun = until


# ── what became of it ─────────────────────────────────────────────────────────────────────────────


@compiled
def _add(
    m: Numbers,
    w: Numbers,
    course: int,
    owed: int,
    opens: int,
    due: int,
    outer: int,
    done: int,
    gone: int,
    excused: int,
) -> None:
    """Decide the state of one duty, and keep it."""
    w[S_USED + m[owed + O_TYPE]] += 1
    on = w[S_ON]
    limit = due
    if excused != NONE:
        if due != NONE:
            limit = max(due, excused)
        if outer != NONE:
            outer = max(outer, excused)
    if done != NONE:
        state = DS_DONE
    elif gone != NONE or (excused != NONE and excused >= on):
        state = DS_WAIVED
        if gone == NONE and excused != NONE and excused != FAR:
            horizon(w, excused + 1)
    elif limit != NONE and on > limit:
        state = DS_OVERDUE
        if outer != NONE:
            horizon(w, add_days(w, outer, 1))
    else:
        state = DS_OPEN
        if limit != NONE:
            horizon(w, add_days(w, limit, 1))
        horizon(w, opens)
    row = w[E_AT + w[course_at(course) + C_BY] * E_WIDTH + E_ROW]
    _keep(w, row, m[owed + O_ID], state, opens, due, done)
    if m[owed + O_WATCHED] != 0 and outer != NONE and outer != FAR:
        number = w[S_LATE]
        if number >= MOST_LATE:
            w[S_FAULT] = FAULT_FULL
            return
        at = LATE_AT + number * LATE_WIDTH
        w[at] = m[owed + O_STANDS_FOR]
        w[at + 1] = add_days(w, outer, 1)
        w[at + 2] = done if done != NONE else gone
        w[at + 3] = done if done != NONE and done > outer else NONE
        w[S_LATE] = number + 1


@compiled
def _keep(w: Numbers, row: int, owed: int, state: int, opens: int, due: int, done: int) -> None:
    """Write down a duty."""
    number = w[S_DUTIES]
    if number >= MOST_DUTIES:
        w[S_FAULT] = FAULT_FULL
        return
    at = DUTY_AT + number * DUTY_WIDTH
    w[at] = row
    w[at + 1] = owed
    w[at + 2] = state
    w[at + 3] = opens
    w[at + 4] = due
    w[at + 5] = done
    w[S_DUTIES] = number + 1


# ── requests ──────────────────────────────────────────────────────────────────────────────────────


@compiled
def requested(m: Numbers, w: Numbers) -> None:
    """The duty that follows from each request. A request: its pick, its rule, whether it is of a death,
    whether what answers it belongs to the same as it, and the measures one of which must stand (-1: none
    need to)."""
    at = m[REQUESTS]
    for _ in range(m[N_REQUESTS]):
        pick, rule = m[at], m[at + 1]
        link = first_link(w, -1, m[pick])
        while link >= 0:
            entry = entry_of(w, link)
            link = next_link(w, link)
            if not holds(m, w, pick, entry):
                continue
            day = day_of(w, entry)
            owed = in_force(m, rule, day)
            dead = m[at + 2] != 0
            if owed >= 0 and _applies(m, w, at + 4, day - 1 if dead else day):
                _asked(m, w, owed, entry, day, dead, m[at + 3] != 0)
        at += 5 + max(0, m[at + 4])


@compiled
def _applies(m: Numbers, w: Numbers, measures: int, day: int) -> bool:
    if m[measures] < 0:
        return True
    for course in range(w[S_COURSES]):
        c = course_at(course)
        if w[c + C_ORDERED] <= day and (w[c + C_LEFT] == NONE or day < w[c + C_LEFT]):
            for place in range(m[measures]):
                if m[measures + 1 + place] == w[c + C_PLAN]:
                    return True
    return False


@compiled
def _asked(m: Numbers, w: Numbers, owed: int, entry: int, day: int, dead: bool, beside: bool) -> None:
    """The duty to answer one request: only an answer that names it settles it, or the person's death; that a
    death is to be reported, death does not settle."""
    word = m[owed + O_WORD]
    w[S_USED + W_WITHIN] += 1
    due = _due(m, w, word, day)
    if due != NONE and m[word + D_LENGTH] != L_WORKING and m[word + D_ROLLS] != 0:
        due = roll(m, w, due)
    row = w[E_AT + entry * E_WIDTH + (E_ANSWERS if beside else E_ROW)]
    if row == NONE:  # what it belongs to was withdrawn
        return
    done = _answered(m, w, m[word + D_DONE_BY], row) if row != -1 else NONE
    if done != NONE:
        state = DS_DONE
    elif w[S_DIED] != NONE and not dead:
        state = DS_WAIVED
    elif due != NONE and w[S_ON] > due:
        state = DS_OVERDUE
    else:
        state = DS_OPEN
        if due != NONE:
            horizon(w, add_days(w, due, 1))
    _keep(w, w[E_AT + entry * E_WIDTH + E_ROW], m[owed + O_ID], state, day, due, done)


@compiled
def _answered(m: Numbers, w: Numbers, picks: int, row: int) -> int:
    """The day of the first entry that answers a request, NONE without one."""
    for place in range(m[picks]):
        pick = m[picks + 1 + place]
        link = first_link(w, -1, m[pick])
        while link >= 0:
            entry = entry_of(w, link)
            link = next_link(w, link)
            if w[E_AT + entry * E_WIDTH + E_ANSWERS] == row and holds(m, w, pick, entry):
                return day_of(w, entry)
    return NONE
