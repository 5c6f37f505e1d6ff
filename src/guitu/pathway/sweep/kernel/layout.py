"""Where the numbers of a compiled law, and of one person under it, stand in two flat arrays.

The law is one array of whole numbers (`m`), the working memory of one person another (`w`). Both are read by
position; these are the positions. Days are days since 1970, NONE where there is none.
"""

from __future__ import annotations

from typing import Final

NONE: Final = -(2**31)
FAR: Final = 2932896
"""The last day of the calendar (9999-12-31): no end."""
NEAR: Final = -719162
"""The first day of the calendar (0001-01-01)."""

# ── the law: m ────────────────────────────────────────────────────────────────────────────────────
# Its head: positions of tables, columns and kinds that the reading of a file knows by name.

KINDS: Final = 0
N_KINDS: Final = 1
PLANS: Final = 2
N_PLANS: Final = 3
REQUESTS: Final = 4
N_REQUESTS: Final = 5
MEASURE_OF: Final = 6  # table: code of the choice "measure" → plan, -1
F_MEASURE: Final = 7
F_MONTHS: Final = 8
F_PRINTED: Final = 9
F_OF: Final = 10
F_UNTIL: Final = 11
K_ORDER: Final = 12
K_REPORTING: Final = 13
K_ADMISSION: Final = 14
K_EXCUSE: Final = 15
K_AGREEMENT: Final = 16
K_FAMILY: Final = 17
MOVES: Final = 18  # pick: a decision that moves a term
N_FIELDS: Final = 19
FIND_ORDER: Final = 20  # finding: entries out of order
FIND_OVERLAP: Final = 21
FIND_LATE: Final = 22  # finding: extension after expiry
RIGHTS_ORDER: Final = 23
RIGHTS_OVERLAP: Final = 24
CAL_FIRST: Final = 25
CAL_DAYS: Final = 26
CAL_WORKING: Final = 27  # table: 1 for a working day
CAL_ROLL: Final = 28  # table: the day, or the next working one
SILENT: Final = 29  # the code of "no rule at all"
LETS_GO: Final = 30  # picks: why somebody may be let go early without such a decision
MOVES_AGAIN: Final = 31  # pick: what contradicts an early release or a change decided and not yet in effect
SPAN_CUSTODY: Final = 32  # the code of days on which a person is held elsewhere
HEAD: Final = 33

# A kind: how the entries of one kind are read.
(
    K_RANK, K_CONCERN, K_ANYWHERE, K_LIVING, K_PAIRED, K_MOVING, K_QUIET, K_COMMUNITY_ONLY, K_INSIDE_ONLY,
    K_NEEDS, K_NEED_1, K_NEED_2,
) = range(12)  # fmt: skip
K_WIDTH: Final = 12
CONCERNS: Final = ("order", "served", "community", "custody", "running", "release", "file", "death")
(C_ORDER, C_SERVED, C_COMMUNITY, C_CUSTODY, C_RUNNING, C_RELEASE, C_FILE, C_DEATH) = range(8)

# A plan: the rules of one measure.
(
    P_RUNS, P_COUNTED, P_ACTIONS, P_WITHIN, P_N_WITHIN, P_BEFORE, P_N_BEFORE, P_EVERY, P_N_EVERY, P_JUDGED,
    P_N_JUDGED, P_COMMUNITY, P_CUSTODY, P_VOLUNTARY, P_TREATMENT,
) = range(15)  # fmt: skip
P_WIDTH: Final = 15

# A rule: its code, how many versions; then each version.
R_CODE: Final = 0
R_N: Final = 1
R_VERSIONS: Final = 2
(V_FROM, V_UNTIL, V_TYPE, V_WORD) = range(4)
V_WIDTH: Final = 4

# The rule words, by type; also the places where the kernel counts what it did.
WORDS: Final = (
    "", "Runs", "Counted", "Paused", "RunsOn", "Ended", "Lengthened", "Becomes", "Within", "Before", "Every",
    "FindingWhen", "Bar", "Ceiling", "AnyOf", "AllOf", "Count", "Total", "Overdue", "DoneLate", "Held",
    "LeftLate", "PrintedDiffers", "Recorded", "Earlier", "Compare", "Clean",
)  # fmt: skip
(
    W_NOTHING, W_RUNS, W_COUNTED, W_PAUSED, W_RUNS_ON, W_ENDED, W_LENGTHENED, W_BECOMES, W_WITHIN, W_BEFORE,
    W_EVERY, W_FINDING, W_BAR, W_CEILING, W_ANY, W_ALL, W_COUNT, W_TOTAL, W_OVERDUE, W_DONE_LATE, W_HELD,
    W_LEFT_LATE, W_PRINTED, W_RECORDED, W_EARLIER, W_COMPARE, W_CLEAN,
) = range(27)  # fmt: skip
N_WORDS: Final = 27

VERBS: Final = ("pause", "resume", "end", "lengthen", "become", "span", "span_end")
(A_PAUSE, A_RESUME, A_END, A_LENGTHEN, A_BECOME, A_SPAN, A_SPAN_END) = range(7)

# One version of a duty rule.
(O_FIRST, O_LAST, O_TYPE, O_WORD, O_ID, O_WATCHED, O_STANDS_FOR) = range(7)
O_WIDTH: Final = 7

# Duty words.
(D_LENGTH, D_AMOUNT, D_ROLLS, D_OPENS, D_OUTER, D_SINCE, D_EXCUSE, D_DONE_BY) = range(8)
# D_SINCE: from when on an entry does the duty: the day it is counted from, the order, or the day it opens.
(SINCE_DAY, SINCE_ORDER, SINCE_OPENING) = range(3)
(L_PROMPTLY, L_DAYS, L_MONTHS, L_WORKING) = range(4)
(B_LENGTH, B_AMOUNT, B_ANEW, B_DONE_BY) = range(4)
(E_EXCUSE, E_DONE_BY, E_STAGES) = range(3)
TAKES: Final = ("each", "latest", "first", "first_after")
(T_EACH, T_LATEST, T_FIRST, T_FIRST_AFTER) = range(4)

# One version of a finding rule.
(
    J_RULE, J_VERSION, J_NAME, J_RIGHTS, J_HOLDS, J_MONTHS, J_UNDECIDED, J_PROGRAM, J_WORD,
) = range(9)  # fmt: skip
J_WIDTH: Final = 9
(H_IN_FORCE, H_HELD, H_ALWAYS) = range(3)

# One step of a condition.
OP_WIDTH: Final = 5
(
    OP_ANY, OP_ALL, OP_COUNT, OP_TOTAL, OP_OVERDUE, OP_DONE_LATE, OP_HELD, OP_LEFT_LATE, OP_PRINTED,
    OP_EXTENDED, OP_ORDERED, OP_PRINTED_MONTHS, OP_RECORDED, OP_EARLIER, OP_CLEAN, OP_TOO_SOON, OP_BARRED,
    OP_PRINTED_LONGEST,
) = range(18)  # fmt: skip

# ── one person: w ─────────────────────────────────────────────────────────────────────────────────

MOST_ENTRIES: Final = 2048
MOST_FIELDS: Final = 40
MOST_KINDS: Final = 128
MOST_COURSES: Final = 16
MOST_PAUSES: Final = 32
MOST_EXTENSIONS: Final = 24
MOST_UNCOVERED: Final = 64
MOST_FOUND: Final = 48
MOST_LATE: Final = 512
MOST_ODD: Final = 512
MOST_DUTIES: Final = 4096
MOST_FINDINGS: Final = 1024
MOST_LINKS: Final = 8192
MOST_STACK: Final = 64
"""What the working memory holds; a person who needs more is handed over to `assess`."""

# Scalars.
(
    S_ON, S_ENTRIES, S_COURSES, S_DIED, S_NEXT_ENTRY, S_NEXT_END, S_HORIZON, S_FAULT, S_LINKS, S_ODD,
    S_LATE, S_DUTIES, S_FINDINGS, S_UNCOVERED, S_BORN, S_FIRST_DAY, S_CURRENT, S_STACK,
) = range(18)  # fmt: skip
S_USED: Final = 20  # how often each rule word did something
S_END: Final = S_USED + 30

# Entries, in the order of reading.
E_AT: Final = S_END
(E_DAY, E_KIND, E_ROW, E_ANSWERS, E_FIELDS) = range(5)
E_WIDTH: Final = E_FIELDS + MOST_FIELDS

# Courses.
C_AT: Final = E_AT + MOST_ENTRIES * E_WIDTH
(
    C_PLAN, C_BY, C_ORDERED, C_SERVED_IT, C_STARTS, C_END, C_END_HOW, C_COMPUTED, C_PRINTED_END, C_ENDED,
    C_ENDED_BY, C_LEFT, C_LEFT_BY, C_OUT_SINCE, C_LENGTHENED, C_PAUSE, C_PAUSES, C_NEXT_EFFECT,
    C_NEXT_PLAN, C_NEXT_BY, C_LEAVE, C_INCLUSIVE, C_PROVISIONAL, C_STATE, C_EXTENSIONS, C_LATE_FIRST,
    C_UNCOVERED, C_FOUND, C_DATED,
) = range(29)  # fmt: skip
C_WIDTH: Final = 32
STATES: Final = ("awaiting_report", "in_force", "suspended", "ended")
(ST_AWAITING, ST_IN_FORCE, ST_SUSPENDED, ST_ENDED) = range(4)
HOWS: Final = ("", "expiry", "change", "release", "early_release", "death", "reported")
(HOW_NONE, HOW_EXPIRY, HOW_CHANGE, HOW_RELEASE, HOW_EARLY, HOW_DEATH, HOW_REPORTED) = range(7)
LEAVES: Final = ("expiry", "release")

# Pauses of a course.
X_AT: Final = C_AT + MOST_COURSES * C_WIDTH
(X_WORD, X_TYPE, X_SINCE, X_UNTIL, X_KIND, X_RULE) = range(6)
X_WIDTH: Final = 6
X_COURSE: Final = MOST_PAUSES * X_WIDTH

# Extensions of a course: day, months.
T_AT: Final = X_AT + MOST_COURSES * X_COURSE
T_COURSE: Final = MOST_EXTENSIONS * 2

# What no rule decides, by course; then what was found, by course: name, since, until.
U_AT: Final = T_AT + MOST_COURSES * T_COURSE
G_AT: Final = U_AT + MOST_COURSES * MOST_UNCOVERED
G_COURSE: Final = MOST_FOUND * 3

# Lists of entries by kind: first and last link, of each course and of the file; a link: entry, next.
L_AT: Final = G_AT + MOST_COURSES * G_COURSE
L_COURSE: Final = MOST_KINDS * 2
L_FILE: Final = L_AT + MOST_COURSES * L_COURSE
N_AT: Final = L_FILE + L_COURSE

# Kinds that are open in the file; lateness of the duties of a course: rule, since, until, done.
OPEN_AT: Final = N_AT + MOST_LINKS * 2
LATE_AT: Final = OPEN_AT + MOST_KINDS
LATE_WIDTH: Final = 4

# What is odd about the record: finding, since, course.
ODD_AT: Final = LATE_AT + MOST_LATE * LATE_WIDTH
ODD_WIDTH: Final = 3

# The answer: duties (order row, duty, state, opens, due, done), findings (order row, name, since, rights),
# what is not covered (rule).
DUTY_AT: Final = ODD_AT + MOST_ODD * ODD_WIDTH
DUTY_WIDTH: Final = 6
FIND_AT: Final = DUTY_AT + MOST_DUTIES * DUTY_WIDTH
FIND_WIDTH: Final = 4
SILENT_AT: Final = FIND_AT + MOST_FINDINGS * FIND_WIDTH
STACK_AT: Final = SILENT_AT + MOST_COURSES * MOST_UNCOVERED + MOST_FINDINGS
"""The stack of conditions: since (NONE: does not hold), until."""
PICKED_AT: Final = STACK_AT + MOST_STACK * 2
"""Entries set aside while one condition or one moment is worked out."""
RUNNING_AT: Final = PICKED_AT + MOST_ENTRIES * 2
WORK: Final = RUNNING_AT + MOST_ENTRIES * 2
"""How long the working memory is."""

DUTY_STATES: Final = ("open", "overdue", "done", "waived")
(DS_OPEN, DS_OVERDUE, DS_DONE, DS_WAIVED) = range(4)

FAULT_FULL: Final = 1
FAULT_DAYS: Final = 2
FAULT_ODD: Final = 3
"""Why a person is handed over: more than the memory holds, days beyond the calendar, a shape not done."""
