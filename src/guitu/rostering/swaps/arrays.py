"""What the search works on: arrays, and the names of the places in them.

Shifts are numbered from 1 (0 is a day off, `UNKNOWN` a day of which nothing is known), slots likewise. Days
are columns of `code`: those before the roster first, as many as anybody has, then the roster's own.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Array = Any

UNKNOWN = 255
NONE = -1
"""No limit."""
ANY = 1 << 30
"""More than there can ever be."""

BEFORE, NIGHTS_ROW, WEEK, PERIOD, DAYS_OFF, WITHIN, REACH, UNIT, FAIR = range(9)
BROKEN_NOW, COST, BEST_BROKEN, BEST_COST = range(11, 15)
"""Places in `rules`: columns before the first day; limits; how far a rule about rows reaches; the shortest
shift; what a night, a weekend day, a shift off one's share costs. Then what is wrong and what it costs, now
and at the best."""

MOST_MINUTES, LEAST_MINUTES, MOST_ROW, LEAST_ROW, LEAST_OFF, MOST_NIGHTS, MOST_ENDS, FIRST = range(8)
MINUTES, NIGHTS, ENDS, SHIFTS, WEEKENDS, BROKEN, SHARE = range(8, 15)
WIDE = SHARE + 6
"""Places in `who`: limits, the first known column, what the person serves, how often rules about rows are
broken, and fewest and most of a fair share of nights, weekend days and shifts."""

COUNT, HEADS, CAP, HARD, UNDER, OVER, SKILLED = range(7)
"""Places in `row`: how many are there, wanted, allowed; whether it must be; prices; where in `asked` what is
wanted in skills begins and (one further) ends."""

NOW, BEST, START, STOP = range(4)
"""Places in `cell`: the slot now and at the best; the columns between which rules about rows can connect
anything with this day."""


class Arrays(NamedTuple):
    """`rules`; `who` by person; `cell` by person and day; `code` by person and column: the shift; `row`
    by day and slot; `asked`: skill, how many, how many there are; `skill` by person and skill; `slot`:
    its shift; `kind` by shift: minutes, whether it is a night; `of` by person and shift: most, how many;
    `sums` by person and number: minutes of that week, of that period, days of that weekend; `day`: where
    in `people` those begin who may be there, week, period, whether it is a weekend; `may` by person, day
    and slot; `wish` by person, day and shift; `clash` by lag, shift and shift; `patterns`: length,
    shifts; `free`: the cells that may be changed; `dice`: the state of chance."""

    rules: Array
    who: Array
    cell: Array
    code: Array
    row: Array
    asked: Array
    skill: Array
    slot: Array
    kind: Array
    of: Array
    sums: Array
    day: Array
    people: Array
    may: Array
    wish: Array
    clash: Array
    patterns: Array
    free: Array
    dice: Array
