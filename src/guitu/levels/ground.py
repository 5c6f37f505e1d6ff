"""Coast sections, places on the way, rounds and venues, out of units' own files: when somebody was there
last, and how a venue stands. Places only; nobody stands in any of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from guitu.casefile import Entry

OF_ROUNDS: Final = frozenset({"coast_section", "round_place", "place_round", "patrol_team"})
OF_VENUES: Final = frozenset({"venue", "venue_inspection", "venue_closure", "venue_reopened"})
KINDS: Final = OF_ROUNDS | OF_VENUES

State = Literal["open", "never", "mend", "late", "handed", "closed", "gone"]


def stands(entry: Entry, on: date) -> bool:
    """Whether what an entry set up is there on a day."""
    until = entry.get("until")
    return entry.happened_on <= on and not (isinstance(until, date) and until <= on)


def rounds(entries: Iterable[Entry], first: date, last: date) -> tuple[Entry, ...]:
    """The rounds of these days, the newest first."""
    some = [e for e in entries if e.kind == "place_round" and first <= e.happened_on <= last]
    return tuple(sorted(some, key=lambda e: (e.happened_on, e.get("started") or 0), reverse=True))


def passed(entry: Entry) -> tuple[str, ...]:
    """The ids of the places a round went past."""
    return tuple(str(entry.get("seen") or "").split())


@dataclass(frozen=True, slots=True)
class Seen:
    """A section or a place: how often it was walked in the days asked about, and when last."""

    entry: Entry
    times: int
    last: date | None

    def days(self, on: date) -> int | None:
        """Days since somebody was there; None if nobody was."""
        return (on - self.last).days if self.last is not None else None


First = Callable[[object], str]
"""Leads from an entry's id to the one it goes back to, through its corrections."""


def seen(things: Iterable[Entry], walked: Iterable[Entry], first_of: First, since: date) -> tuple[Seen, ...]:
    """Each of these sections or places with the rounds that went along or past it. `walked` are rounds as
    old as is known; `times` counts from `since` on."""
    times: dict[str, int] = {}
    last: dict[str, date] = {}
    for entry in walked:
        named = [*passed(entry), *([str(entry.get("section"))] if entry.get("section") else [])]
        for one in {first_of(n) for n in named}:
            last[one] = max(entry.happened_on, last.get(one, date.min))
            times[one] = times.get(one, 0) + (entry.happened_on >= since)
    return tuple(Seen(e, times.get(first_of(e.id), 0), last.get(first_of(e.id))) for e in things)


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue with all that was done about it, the newest first."""

    entry: Entry
    log: tuple[Entry, ...] = ()

    def _newest(self, *names: str) -> Entry | None:
        return next((e for e in self.log if e.kind in names), None)

    @property
    def inspected(self) -> Entry | None:
        """The last inspection."""
        return self._newest("venue_inspection")

    @property
    def closure(self) -> Entry | None:
        """What closed it, if it was not opened again since."""
        found = self._newest("venue_closure", "venue_reopened")
        return found if found is not None and found.kind == "venue_closure" else None

    def state(self, on: date) -> State:
        """How it stands at the end of a day."""
        if not stands(self.entry, on):
            return "gone"
        if (shut := self.closure) is not None:
            until = shut.get("until")
            if not (isinstance(until, date) and until < on):
                return "closed"
        last = self.inspected
        if last is None:
            return "never"
        if last.get("result") == "suspected":
            return "handed"
        if last.get("result") == "to_mend":
            due = last.get("mend_by")
            return "late" if isinstance(due, date) and due < on else "mend"
        return "open"


def venues(entries: Iterable[Entry], first_of: First = str) -> tuple[Venue, ...]:
    """The venues of these files with what was done about each."""
    log: dict[str, list[Entry]] = {}
    found = []
    for entry in entries:
        if entry.kind == "venue":
            found.append(entry)
        elif entry.kind in OF_VENUES:
            log.setdefault(first_of(entry.get("to")), []).append(entry)
    return tuple(Venue(e, tuple(sorted(log.get(first_of(e.id), ()), key=_when, reverse=True))) for e in found)


def _when(entry: Entry) -> tuple[date, datetime]:
    return entry.happened_on, entry.recorded_at
