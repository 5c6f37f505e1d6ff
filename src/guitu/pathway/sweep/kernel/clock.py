"""The clock of one measure: how a term begins, stops, moves and ends, as `pathway.course` says."""

from __future__ import annotations

from guitu.pathway.sweep.kernel.arrays import Numbers
from guitu.pathway.sweep.kernel.days import add_days, add_months, days_between
from guitu.pathway.sweep.kernel.jit import compiled
from guitu.pathway.sweep.kernel.layout import (
    A_BECOME,
    A_END,
    A_LENGTHEN,
    A_PAUSE,
    A_RESUME,
    A_SPAN,
    A_SPAN_END,
    C_BY,
    C_COMPUTED,
    C_DATED,
    C_END,
    C_END_HOW,
    C_ENDED,
    C_ENDED_BY,
    C_EXTENSIONS,
    C_FOUND,
    C_INCLUSIVE,
    C_LATE_FIRST,
    C_LEAVE,
    C_LEFT,
    C_LEFT_BY,
    C_LENGTHENED,
    C_NEXT_BY,
    C_NEXT_EFFECT,
    C_NEXT_PLAN,
    C_ORDERED,
    C_OUT_SINCE,
    C_PAUSE,
    C_PAUSES,
    C_PLAN,
    C_PRINTED_END,
    C_PROVISIONAL,
    C_SERVED_IT,
    C_STARTS,
    C_STATE,
    C_UNCOVERED,
    F_MONTHS,
    F_PRINTED,
    FAULT_FULL,
    FAULT_ODD,
    HOW_CHANGE,
    HOW_EARLY,
    HOW_EXPIRY,
    HOW_NONE,
    HOW_RELEASE,
    HOW_REPORTED,
    K_ORDER,
    MOST_COURSES,
    MOST_EXTENSIONS,
    MOST_PAUSES,
    MOST_UNCOVERED,
    NONE,
    P_ACTIONS,
    P_COUNTED,
    P_RUNS,
    P_WIDTH,
    PLANS,
    S_COURSES,
    S_FAULT,
    S_ON,
    S_USED,
    SILENT,
    ST_AWAITING,
    ST_ENDED,
    ST_IN_FORCE,
    ST_SUSPENDED,
    T_AT,
    T_COURSE,
    U_AT,
    V_TYPE,
    V_WORD,
    W_BECOMES,
    W_COUNTED,
    W_ENDED,
    W_LENGTHENED,
    W_PAUSED,
    W_RUNS,
    W_RUNS_ON,
    X_AT,
    X_COURSE,
    X_KIND,
    X_RULE,
    X_SINCE,
    X_TYPE,
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
    kind_of,
    last_entry,
    takes,
    version_at,
)


@compiled
def plan_at(m: Numbers, plan: int) -> int:
    """Where the rules of a measure stand."""
    return int(m[PLANS] + plan * P_WIDTH)


@compiled
def silent(w: Numbers, course: int, rule: int) -> None:
    """Note that a rule does not say what becomes of a measure."""
    c = course_at(course)
    number = w[c + C_UNCOVERED]
    if number >= MOST_UNCOVERED:
        w[S_FAULT] = FAULT_FULL
        return
    w[U_AT + course * MOST_UNCOVERED + number] = rule
    w[c + C_UNCOVERED] = number + 1


@compiled
def open_course(m: Numbers, w: Numbers, plan: int, order: int) -> int:
    """A new measure by an entry; -1 where the memory is full."""
    course = w[S_COURSES]
    if course >= MOST_COURSES:
        w[S_FAULT] = FAULT_FULL
        return -1
    w[S_COURSES] = course + 1
    ordered = day_of(w, order)
    c = course_at(course)
    for place in range(C_DATED + 1):
        w[c + place] = NONE
    w[c + C_PLAN] = plan
    w[c + C_BY] = order
    w[c + C_ORDERED] = ordered
    w[c + C_SERVED_IT] = 0
    w[c + C_END_HOW] = HOW_EXPIRY
    w[c + C_ENDED_BY] = HOW_NONE
    w[c + C_LEFT_BY] = HOW_NONE
    w[c + C_LENGTHENED] = ordered
    w[c + C_PAUSE] = -1
    w[c + C_PAUSES] = 0
    w[c + C_EXTENSIONS] = 0
    w[c + C_UNCOVERED] = 0
    w[c + C_FOUND] = 0
    w[c + C_PROVISIONAL] = 0
    w[c + C_STATE] = ST_AWAITING
    w[c + C_DATED] = 1 if kind_of(w, order) == m[K_ORDER] else 0
    w[c + C_LEAVE] = 0
    clear(m, w, course)
    append(w, course, order)
    p = plan_at(m, plan)
    counted = m[p + P_COUNTED]
    inclusive = 0
    if counted >= 0:
        version = version_at(m, counted, ordered)
        if version >= 0:
            inclusive = 1
            if m[version + V_TYPE] == W_COUNTED:
                inclusive = m[m[version + V_WORD]]
                w[S_USED + W_COUNTED] += 1
    w[c + C_INCLUSIVE] = inclusive
    runs = m[p + P_RUNS]
    if runs < 0:
        silent(w, course, m[SILENT])
        return int(course)
    version = version_at(m, runs, ordered)
    if version < 0:
        silent(w, course, m[runs])
    elif m[version + V_TYPE] == W_RUNS:
        word = m[version + V_WORD]
        w[c + C_LEAVE] = m[word + 2]
        if m[word] == 0:
            begin(m, w, course, ordered, 0, NONE)
    return int(course)


@compiled
def begin(m: Numbers, w: Numbers, course: int, day: int, served: int, served_since: int) -> None:
    """The first day of the term; the days served of an earlier measure are set off."""
    c = course_at(course)
    w[c + C_STARTS] = day
    rule = m[plan_at(m, w[c + C_PLAN]) + P_RUNS]
    if rule < 0:
        return
    version = version_at(m, rule, w[c + C_ORDERED])
    if version < 0 or m[version + V_TYPE] != W_RUNS:
        return
    w[S_USED + W_RUNS] += 1
    word = m[version + V_WORD]
    order = w[c + C_BY]
    length = m[word + 1]
    if length == NONE:
        length = field_of(w, order, m[F_MONTHS])
    if length != NONE:
        end = add_months(w, day, length)
        if w[c + C_INCLUSIVE] != 0:
            end = add_days(w, end, -1)
        if served != 0 and served_since != NONE:
            end = add_days(w, end, -served)
        w[c + C_COMPUTED] = end
        w[c + C_END] = end
    printed = field_of(w, order, m[F_PRINTED])
    if printed != NONE:
        w[c + C_PRINTED_END] = printed
        if printed >= day:
            w[c + C_END] = printed
    if w[c + C_END] == NONE and m[word + 3] != 0:
        silent(w, course, m[rule])


@compiled
def expire(w: Numbers, course: int, day: int) -> bool:
    """End the measure if its last day is before `day`; whether that just happened."""
    c = course_at(course)
    end = w[c + C_END]
    if w[c + C_ENDED] != NONE or w[c + C_PAUSE] >= 0 or end == NONE or end >= day:
        return False
    ended = add_days(w, end, 1)
    w[c + C_ENDED] = ended
    w[c + C_ENDED_BY] = w[c + C_END_HOW]
    if w[c + C_LEAVE] == 0 or w[c + C_END_HOW] == HOW_CHANGE:
        w[c + C_LEFT] = ended
    elif w[c + C_OUT_SINCE] != NONE:
        w[c + C_LEFT] = max(ended, w[c + C_OUT_SINCE])
        w[c + C_LEFT_BY] = HOW_REPORTED
    return True


@compiled
def attach(m: Numbers, w: Numbers, course: int, entry: int) -> None:
    """Take an entry that belongs to the measure, and let it act."""
    append(w, course, entry)
    offer(m, w, course, entry)


@compiled
def offer(m: Numbers, w: Numbers, course: int, entry: int) -> None:
    """Let an entry act on the clock, as far as a rule says so."""
    c = course_at(course)
    actions = m[m[plan_at(m, w[c + C_PLAN]) + P_ACTIONS] + kind_of(w, entry)]
    if actions < 0:
        return
    day = day_of(w, entry)
    for place in range(m[actions]):
        verb = m[actions + 1 + 2 * place]
        rule = m[actions + 2 + 2 * place]
        version = version_at(m, rule, day)
        if version < 0:
            continue
        kind = m[version + V_TYPE]
        word = m[version + V_WORD]
        if verb == A_PAUSE or verb == A_SPAN:  # noqa: SIM109 - as machine code
            _pause(w, m, course, rule, kind, word, entry)
        elif verb == A_RESUME or verb == A_SPAN_END:  # noqa: SIM109
            _resume(m, w, course, entry)
        elif verb == A_END:
            if kind == W_ENDED and takes(m, w, m[word], entry):
                _end(m, w, course, word, entry)
        elif verb == A_LENGTHEN:
            if kind == W_LENGTHENED and takes(m, w, m[word], entry):
                _lengthen(m, w, course, rule, word, entry)
        elif verb == A_BECOME and kind == W_BECOMES and takes(m, w, m[word], entry):
            _become(m, w, course, word, entry)


@compiled
def _pause(w: Numbers, m: Numbers, course: int, rule: int, kind: int, word: int, entry: int) -> None:
    c = course_at(course)
    if w[c + C_ENDED] != NONE:
        return
    if kind == W_PAUSED:
        if w[c + C_PAUSE] >= 0:
            return
    elif kind == W_RUNS_ON:
        for place in range(w[c + C_PAUSES]):
            x = X_AT + course * X_COURSE + place * X_WIDTH
            if w[x + X_UNTIL] == NONE and m[w[x + X_WORD] + 2] == m[word + 2]:
                return
    else:
        return
    number = w[c + C_PAUSES]
    if number >= MOST_PAUSES:
        w[S_FAULT] = FAULT_FULL
        return
    w[S_USED + kind] += 1
    x = X_AT + course * X_COURSE + number * X_WIDTH
    w[x + X_WORD] = word
    w[x + X_TYPE] = kind
    w[x + X_SINCE] = day_of(w, entry)
    w[x + X_UNTIL] = NONE
    w[x + X_KIND] = kind_of(w, entry)
    w[x + X_RULE] = rule
    w[c + C_PAUSES] = number + 1
    if kind == W_PAUSED:
        w[c + C_PAUSE] = number


@compiled
def _resume(m: Numbers, w: Numbers, course: int, entry: int) -> None:
    c = course_at(course)
    kind, day = kind_of(w, entry), day_of(w, entry)
    for place in range(w[c + C_PAUSES]):
        x = X_AT + course * X_COURSE + place * X_WIDTH
        if w[x + X_UNTIL] == NONE and m[w[x + X_WORD] + 1] == kind:
            w[x + X_UNTIL] = day
            if w[c + C_PAUSE] == place:
                w[c + C_PAUSE] = -1
                _push(w, course, x)
            again = last_entry(w, course, w[x + X_KIND])
            if again < 0:
                w[S_FAULT] = FAULT_ODD
                return
            if day_of(w, again) == day and day > w[x + X_SINCE]:
                _pause(w, m, course, w[x + X_RULE], w[x + X_TYPE], w[x + X_WORD], again)
            return


@compiled
def _push(w: Numbers, course: int, x: int) -> None:
    """Add the days of a pause that is over after the last day."""
    c = course_at(course)
    if w[c + C_STARTS] == NONE or w[c + C_END] == NONE:
        return
    number = days_between(max(w[x + X_SINCE], w[c + C_STARTS]), w[x + X_UNTIL])
    if number == 0:
        return
    w[c + C_END] = add_days(w, w[c + C_END], number)
    w[c + C_LENGTHENED] = w[x + X_UNTIL]


@compiled
def paused_days(w: Numbers, course: int, until: int) -> int:
    """Days up to, not including, `until` on which the clock stood."""
    c = course_at(course)
    total = 0
    if w[c + C_STARTS] == NONE:
        return total
    for place in range(w[c + C_PAUSES]):
        x = X_AT + course * X_COURSE + place * X_WIDTH
        if w[x + X_TYPE] == W_PAUSED:
            stop = until if w[x + X_UNTIL] == NONE else min(w[x + X_UNTIL], until)
            total += days_between(max(w[x + X_SINCE], w[c + C_STARTS]), stop)
    return total


@compiled
def _effect(w: Numbers, entry: int, field: int) -> int:
    """The day a decision takes effect: its field, else the day it was made."""
    day = field_of(w, entry, field)
    return day_of(w, entry) if day == NONE else day


@compiled
def _end(m: Numbers, w: Numbers, course: int, word: int, entry: int) -> None:
    c = course_at(course)
    if w[c + C_ENDED] != NONE:
        return
    w[S_USED + W_ENDED] += 1
    if m[word + 2] == 0:
        finish(w, course, day_of(w, entry), m[word + 1])
        return
    effect = _effect(w, entry, m[word + 3])
    if w[c + C_STARTS] == NONE or (w[c + C_END] != NONE and effect > w[c + C_END]):
        return
    w[c + C_END] = max(effect, w[c + C_STARTS])
    w[c + C_END_HOW] = m[word + 1]


@compiled
def _lengthen(m: Numbers, w: Numbers, course: int, rule: int, word: int, entry: int) -> None:
    c = course_at(course)
    w[S_USED + W_LENGTHENED] += 1
    if w[c + C_ENDED] != NONE:
        if w[c + C_LATE_FIRST] == NONE and w[c + C_LEFT] == NONE:
            w[c + C_LATE_FIRST] = day_of(w, entry)
        return
    length = field_of(w, entry, m[word + 1])
    if length == NONE:
        silent(w, course, m[rule])
        return
    number = w[c + C_EXTENSIONS]
    if number >= MOST_EXTENSIONS:
        w[S_FAULT] = FAULT_FULL
        return
    t = T_AT + course * T_COURSE + 2 * number
    w[t] = day_of(w, entry)
    w[t + 1] = length
    w[c + C_EXTENSIONS] = number + 1
    if w[c + C_END] == NONE:
        return
    w[c + C_END] = add_months(w, w[c + C_END], length)
    w[c + C_END_HOW] = HOW_EXPIRY
    w[c + C_LENGTHENED] = day_of(w, entry)


@compiled
def _become(m: Numbers, w: Numbers, course: int, word: int, entry: int) -> None:
    c = course_at(course)
    if w[c + C_ENDED] != NONE or w[c + C_STARTS] == NONE:
        return
    effect = max(_effect(w, entry, m[word + 2]), w[c + C_STARTS])
    if w[c + C_END] != NONE and effect > w[c + C_END]:
        return
    w[S_USED + W_BECOMES] += 1
    w[c + C_NEXT_EFFECT] = effect
    w[c + C_NEXT_PLAN] = m[word + 1]
    w[c + C_NEXT_BY] = entry
    w[c + C_END] = add_days(w, effect, -1)
    w[c + C_END_HOW] = HOW_CHANGE
    _close_pause(w, course, effect)


@compiled
def finish(w: Numbers, course: int, day: int, how: int) -> None:
    """End it on `day` (the first day it no longer applies), or record that the person left it."""
    c = course_at(course)
    if w[c + C_ENDED] == NONE:
        early = how == HOW_RELEASE and w[c + C_END_HOW] == HOW_EARLY
        _close_pause(w, course, day)
        w[c + C_ENDED] = day
        w[c + C_ENDED_BY] = HOW_EARLY if early else how
    if w[c + C_LEFT] == NONE:
        w[c + C_LEFT] = day
        w[c + C_LEFT_BY] = how


@compiled
def _close_pause(w: Numbers, course: int, day: int) -> None:
    c = course_at(course)
    for place in range(w[c + C_PAUSES]):
        x = X_AT + course * X_COURSE + place * X_WIDTH
        if w[x + X_UNTIL] == NONE:
            w[x + X_UNTIL] = day
    w[c + C_PAUSE] = -1


@compiled
def settle(w: Numbers, course: int) -> None:
    """Read the clock off on the day asked about."""
    c = course_at(course)
    if w[c + C_ENDED] != NONE:
        w[c + C_STATE] = ST_ENDED
    elif w[c + C_STARTS] == NONE:
        w[c + C_STATE] = ST_AWAITING
    elif w[c + C_PAUSE] >= 0:
        w[c + C_STATE] = ST_SUSPENDED
        x = X_AT + course * X_COURSE + w[c + C_PAUSE] * X_WIDTH
        if w[c + C_END] != NONE:
            number = days_between(max(w[x + X_SINCE], w[c + C_STARTS]), w[S_ON])
            w[c + C_END] = add_days(w, w[c + C_END], number)
            w[c + C_PROVISIONAL] = 1
            w[c + C_LENGTHENED] = w[S_ON]
    else:
        w[c + C_STATE] = ST_IN_FORCE
