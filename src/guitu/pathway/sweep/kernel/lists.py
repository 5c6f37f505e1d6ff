"""A person's entries, the lists of them by kind, and which ones a pick takes."""

from __future__ import annotations

from guitu.pathway.sweep.kernel.arrays import Numbers
from guitu.pathway.sweep.kernel.jit import compiled
from guitu.pathway.sweep.kernel.layout import (
    C_AT,
    C_WIDTH,
    E_AT,
    E_DAY,
    E_FIELDS,
    E_KIND,
    E_WIDTH,
    FAULT_FULL,
    L_AT,
    L_COURSE,
    L_FILE,
    MOST_LINKS,
    N_AT,
    N_KINDS,
    NONE,
    O_FIRST,
    O_LAST,
    O_WIDTH,
    S_FAULT,
    S_LINKS,
)


@compiled
def day_of(w: Numbers, entry: int) -> int:
    """The day an entry happened."""
    return int(w[E_AT + entry * E_WIDTH + E_DAY])


@compiled
def kind_of(w: Numbers, entry: int) -> int:
    """The kind of an entry."""
    return int(w[E_AT + entry * E_WIDTH + E_KIND])


@compiled
def field_of(w: Numbers, entry: int, field: int) -> int:
    """A field of an entry, NONE where it was left empty or is not kept."""
    if field < 0:
        return NONE
    return int(w[E_AT + entry * E_WIDTH + E_FIELDS + field])


@compiled
def course_at(course: int) -> int:
    """Where a course stands."""
    return C_AT + course * C_WIDTH


@compiled
def list_of(course: int) -> int:
    """Where the lists of a course stand; of the file with -1."""
    return L_FILE if course < 0 else L_AT + course * L_COURSE


@compiled
def clear(m: Numbers, w: Numbers, course: int) -> None:
    """Begin the lists of a course (-1: of the file) empty."""
    at = list_of(course)
    for place in range(2 * m[N_KINDS]):
        w[at + place] = -1


@compiled
def append(w: Numbers, course: int, entry: int) -> None:
    """Put an entry at the end of the list of its kind."""
    at = list_of(course) + 2 * kind_of(w, entry)
    link = w[S_LINKS]
    if link >= MOST_LINKS:
        w[S_FAULT] = FAULT_FULL
        return
    w[S_LINKS] = link + 1
    w[N_AT + 2 * link] = entry
    w[N_AT + 2 * link + 1] = -1
    if w[at] < 0:
        w[at] = link
    else:
        w[N_AT + 2 * w[at + 1] + 1] = link
    w[at + 1] = link


@compiled
def first_link(w: Numbers, course: int, kind: int) -> int:
    """The first link of a list, -1 where it is empty."""
    return -1 if kind < 0 else int(w[list_of(course) + 2 * kind])


@compiled
def last_entry(w: Numbers, course: int, kind: int) -> int:
    """The last entry of a list, -1 where it is empty."""
    if first_link(w, course, kind) < 0:
        return -1
    return int(w[N_AT + 2 * w[list_of(course) + 2 * kind + 1]])


@compiled
def entry_of(w: Numbers, link: int) -> int:
    """The entry of a link."""
    return int(w[N_AT + 2 * link])


@compiled
def next_link(w: Numbers, link: int) -> int:
    """The link after it, -1 after the last."""
    return int(w[N_AT + 2 * link + 1])


@compiled
def holds(m: Numbers, w: Numbers, pick: int, entry: int) -> bool:
    """Whether an entry of the pick's kind holds the values that it names.

    A pick: kind, number of conditions; of each the field and eight words of bits, one for each choice. A
    field below zero (-1 less the field) must hold none of them."""
    at = pick + 2
    for _ in range(m[pick + 1]):
        barred = m[at] < 0
        value = field_of(w, entry, -1 - m[at] if barred else m[at])
        named = value >= 0 and (m[at + 1 + (value >> 5)] >> (value & 31)) & 1 != 0
        if named == barred:
            return False
        at += 9
    return True


@compiled
def takes(m: Numbers, w: Numbers, pick: int, entry: int) -> bool:
    """Whether the entry is of the pick's kind and holds its values."""
    return m[pick] == kind_of(w, entry) and holds(m, w, pick, entry)


@compiled
def first_day(m: Numbers, w: Numbers, course: int, picks: int, since: int) -> int:
    """The first day, from `since` on, of an entry that one of the picks takes; NONE without one. `picks`:
    how many, then each."""
    best = NONE
    for place in range(m[picks]):
        pick = m[picks + 1 + place]
        link = first_link(w, course, m[pick])
        while link >= 0:
            entry = entry_of(w, link)
            day = day_of(w, entry)
            if day >= since and holds(m, w, pick, entry):
                if best == NONE or day < best:
                    best = day
                break
            link = next_link(w, link)
    return best


@compiled
def collect(m: Numbers, w: Numbers, course: int, pick: int, at: int) -> int:
    """Write down the entries of a course (-1: of the file) that a pick takes, in order; how many."""
    number = 0
    link = first_link(w, course, m[pick])
    while link >= 0:
        entry = entry_of(w, link)
        if holds(m, w, pick, entry):
            w[at + number] = entry
            number += 1
        link = next_link(w, link)
    return number


@compiled
def version_at(m: Numbers, rule: int, day: int) -> int:
    """Where the version of a rule in force on a day stands, -1 without one. A rule: code, how many versions,
    and of each its first and last day, type and word."""
    for place in range(m[rule + 1]):
        at = rule + 2 + place * 4
        if m[at] <= day <= m[at + 1]:
            return int(at)
    return -1


@compiled
def in_force(m: Numbers, rule: int, day: int) -> int:
    """Where the version of a duty rule in force on a day stands, -1 without one."""
    for place in range(m[rule]):
        at = rule + 1 + place * O_WIDTH
        if m[at + O_FIRST] <= day <= m[at + O_LAST]:
            return int(at)
    return -1
