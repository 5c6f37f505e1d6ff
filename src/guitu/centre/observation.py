"""One health observation after another: since when, until which day, what was seen, is it over its day.

A further `health_observation` before the end goes on with the same one: its day takes the place of the last.
No article sets how long it may last, so nothing is late but by the office's own word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.days import days_between

BEGINS: Final = "health_observation"
ENDS: Final = "health_observation_end"
CHECK: Final = "observation_check"
SCREENING: Final = "entry_screening"
KINDS: Final = frozenset({BEGINS, ENDS, CHECK})
COMES_IN: Final = frozenset({"admission", "transfer", "medical_leave_end", "home_leave_back", "recaptured"})
"""Kinds by which somebody comes in from outside."""
_ORDER: Final = {BEGINS: 0, CHECK: 1, ENDS: 2}


@dataclass(frozen=True, slots=True)
class Observation:
    """One person's days apart. `renewed` are the further decisions to go on; `checks` those that the reader
    may see, oldest first."""

    id: UUID
    began: date
    ground: str
    place: str
    until: date | None
    told: bool
    renewed: int
    checks: tuple[Entry, ...]
    ended: date | None
    outcome: str = ""

    @property
    def running(self) -> bool:
        """Whether it lasts."""
        return self.ended is None

    def day(self, on: date) -> int:
        """Which of its days that is, the first being 1."""
        return days_between(self.began, on) + 1

    def over(self, on: date) -> int:
        """By how many days it is past the day it was to end on; 0 if it is not."""
        if not self.running or self.until is None:
            return 0
        return max(0, days_between(self.until, on))

    def checked(self, on: date) -> Entry | None:
        """The last check of that day."""
        return next((e for e in reversed(self.checks) if e.happened_on == on), None)

    @property
    def advice(self) -> str:
        """What the medics last advised."""
        return str(self.checks[-1].get("advice") or "") if self.checks else ""


def observations(counted: Iterable[Entry]) -> tuple[Observation, ...]:
    """Every observation of a file, of its entries that count, the latest first."""
    entries = sorted(
        (e for e in counted if e.kind in KINDS),
        key=lambda e: (e.happened_on, _ORDER[e.kind], e.recorded_at),
    )
    found: list[list[Entry]] = []
    for entry in entries:
        open_ = bool(found) and found[-1][-1].kind != ENDS
        if entry.kind == BEGINS and not open_:
            found.append([entry])
        elif open_:
            found[-1].append(entry)
    return tuple(_observation(some) for some in reversed(found))


def running(counted: Iterable[Entry]) -> Observation | None:
    """The observation that lasts, if one does."""
    last = next(iter(observations(counted)), None)
    return last if last is not None and last.running else None


def unscreened(counted: Iterable[Entry], since: date, on: date) -> Entry | None:
    """The entry by which somebody came in since that day, if no screening was recorded from that day on."""
    some = tuple(counted)
    came = [
        e
        for e in some
        if e.kind in COMES_IN and since <= e.happened_on <= on and e.get("outcome") != "not_gone"
    ]
    last = max(came, key=lambda e: (e.happened_on, e.recorded_at), default=None)
    if last is None or any(e.kind == SCREENING and e.happened_on >= last.happened_on for e in some):
        return None
    return last


def _observation(some: list[Entry]) -> Observation:
    begun = [e for e in some if e.kind == BEGINS]
    first, last = begun[0], begun[-1]
    end = next((e for e in some if e.kind == ENDS), None)
    until = last.get("until")
    return Observation(
        first.id,
        first.happened_on,
        str(last.get("ground") or ""),
        str(last.get("place") or ""),
        until if isinstance(until, date) else None,
        last.get("told") == "yes",
        len(begun) - 1,
        tuple(e for e in some if e.kind == CHECK),
        end.happened_on if end else None,
        str(end.get("outcome") or "") if end else "",
    )
