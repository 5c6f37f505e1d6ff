"""Leave to see relatives: where each one stands. A leave ends with the next entry that says how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guitu.casefile.entry import Entry

State = Literal["to_come", "out", "overdue", "back", "late", "not_gone"]


@dataclass(frozen=True, slots=True)
class Leave:
    """One leave: from the day of going, to be back by a day; `ended` is the entry that says how it ended."""

    entry: Entry
    going: date
    back_by: date
    ended: Entry | None
    state: State


def leaves(counted: Iterable[Entry], on: date) -> tuple[Leave, ...]:
    """Every leave of one person, in the order of going, as it stands on a day. Back late is what the entry
    says, or what its day says."""
    every = sorted(counted, key=lambda e: (e.happened_on, e.recorded_at))
    starts = [
        (going, back, e)
        for e in every
        if e.kind == "home_leave"
        and isinstance(going := e.get("going"), date)
        and isinstance(back := e.get("back_by"), date)
    ]
    starts.sort(key=lambda start: start[0])
    ends = [e for e in every if e.kind == "home_leave_back"]
    made = []
    for n, (going, back, entry) in enumerate(starts):
        until = starts[n + 1][0] if n + 1 < len(starts) else date.max
        ended = next(
            (
                e
                for e in ends
                if entry.happened_on <= e.happened_on < until and e.recorded_at >= entry.recorded_at
            ),
            None,
        )
        made.append(Leave(entry, going, back, ended, _state(going, back, ended, on)))
    return tuple(made)


def _state(going: date, back_by: date, ended: Entry | None, on: date) -> State:
    if ended is not None:
        if ended.get("outcome") == "not_gone":
            return "not_gone"
        return "late" if ended.get("outcome") == "late" or ended.happened_on > back_by else "back"
    if on < going:
        return "to_come"
    return "overdue" if on > back_by else "out"
