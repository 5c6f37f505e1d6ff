"""Offices' own checklists: which sheet is due in which period, what was filled in, what was not done.

What a list asks is typed by the office; nothing here knows an item. A list has versions: each asks from a day
on, and a sheet is of the version that asked in its period. A list is for the office's own work, or handed to
units of one level below it; a sheet stands in the file of the unit that filled it in. A period without a
sheet is a gap as much as an item not done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.casefile.traced import Traced, own_id
from guitu.kernel.days import add_months

LIST: Final = "checklist"
FILLED: Final = "checklist_filled"
KINDS: Final = frozenset({LIST, FILLED})
SHOWN: Final[dict[str, int]] = {"day": 14, "week": 8, "month": 12, "quarter": 8, "year": 3, "once": 1}
"""So many periods back the gaps of a list are looked for."""
LEVELS: Final[dict[str, frozenset[str]]] = {
    "county": frozenset({"county"}),
    "town": frozenset({"town"}),
    "village": frozenset({"village"}),
    "station": frozenset({"guidance_station"}),
    "centre": frozenset({"justice_centre", "police_centre"}),
}
"""Whom a list may be handed to, beside the office itself (`own`): units of these levels below it."""
_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Filled:
    """One sheet: the period, how many items were asked and done, what was not done."""

    period: date
    asked: int
    done: int
    gaps: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Version:
    """What a list asks from `first` on; `number` counts from 1."""

    number: int
    first: date
    items: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Checklist:
    """One list, by the id it was brought with or that of its first entry. `entry` is the newest version's;
    `sheets` are by period, the last one filled in counts."""

    id: UUID
    name: str
    every: str
    items: tuple[str, ...]
    first: date
    last: date | None
    sheets: tuple[Filled, ...]
    entry: Entry
    versions: tuple[Version, ...] = ()

    @property
    def who(self) -> str:
        """Whom it is for: `own`, or one of LEVELS."""
        return str(self.entry.get("who") or "own")

    @property
    def use(self) -> str:
        """What it is for."""
        return str(self.entry.get("use") or "other")

    def given_to(self, level: str) -> bool:
        """Whether units of that level below the office fill it in."""
        return level in LEVELS.get(self.who, frozenset())

    def version(self, period: date) -> Version:
        """The version that asked in that period: the newest that began before the period was over."""
        after = _next(self.every, period)
        asked = [v for v in self.versions if after is None or v.first < after]
        return (asked or list(self.versions[:1]))[-1]

    def period(self, on: date) -> date:
        """The period in which a day lies, by its first day; of a list that is filled in once, its own."""
        return self.first if self.every == "once" else period_of(self.every, on)

    def runs(self, on: date) -> bool:
        """Whether it is in use on that day."""
        return self.first <= on and (self.last is None or on <= self.last)

    def sheet(self, on: date) -> Filled | None:
        """What was filled in for the period of that day."""
        period = self.period(on)
        return next((s for s in self.sheets if s.period == period), None)

    def owed(self, on: date) -> bool:
        """Whether the period of that day still wants its sheet."""
        return self.runs(on) and self.sheet(on) is None

    def missed(self, on: date) -> tuple[date, ...]:
        """The periods over before that day, as far as is looked back, that have no sheet, latest first."""
        there = {s.period for s in self.sheets}
        return tuple(p for p in self.over(on) if p not in there)

    def over(self, on: date) -> Iterator[date]:
        """The periods that are over, as far as is looked back, latest first."""
        if self.every == "once":
            if self.last is not None and self.last < on:
                yield self.first
            return
        period = _before(self.every, period_of(self.every, on))
        first = period_of(self.every, self.first)
        for _ in range(SHOWN[self.every]):
            if period < first:
                return
            if self.last is None or period <= self.last:
                yield period
            period = _before(self.every, period)


def period_of(every: str, on: date) -> date:
    """The period in which a day lies, by its first day."""
    if every == "week":
        return on - timedelta(days=on.weekday())
    if every in _MONTHS:
        months = _MONTHS[every]
        return date(on.year, (on.month - 1) // months * months + 1, 1)
    return on


def _before(every: str, period: date) -> date:
    return add_months(period, -_MONTHS[every]) if every in _MONTHS else period - timedelta(days=_DAYS[every])


def _next(every: str, period: date) -> date | None:
    """The first day after a period; None for a list that is filled in once."""
    if every == "once":
        return None
    return add_months(period, _MONTHS[every]) if every in _MONTHS else period + timedelta(days=_DAYS[every])


def items_of(text: str) -> tuple[str, ...]:
    """The items of a list: its lines that hold anything, each once."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def checklists(entries: Iterable[Entry]) -> tuple[Checklist, ...]:
    """Every list of a unit's file, by name, with its sheets, latest period first. `entries` may hold
    corrected ones."""
    return in_file(Traced(entries))


def in_file(traced: Traced) -> tuple[Checklist, ...]:
    """The same of a file whose corrections are settled."""
    of_list: dict[UUID, list[Entry]] = {}
    for entry in traced.counted:
        if entry.kind == LIST:
            of_list.setdefault(own_id(UUID(traced.first(entry.id)), entry), []).append(entry)
    filled = _sheets(traced.counted)
    found = [_checklist(id, versions, filled.get(str(id), {})) for id, versions in of_list.items()]
    return tuple(sorted(found, key=lambda c: (c.name, c.first)))


def with_sheets(one: Checklist, counted: Iterable[Entry]) -> Checklist:
    """A list that is handed to a unit, with that unit's sheets: `counted` are the entries of its file that
    count."""
    sheets = _sheets(counted).get(str(one.id), {})
    return replace(one, sheets=tuple(sheets[p] for p in sorted(sheets, reverse=True)))


def _sheets(entries: Iterable[Entry]) -> dict[str, dict[date, Filled]]:
    found: dict[str, dict[date, Filled]] = {}
    for entry in entries:
        if entry.kind == FILLED and isinstance(period := entry.get("period"), date):
            of = found.setdefault(str(entry.get("checklist")), {})
            before = of.get(period)
            if before is None or before.entry.recorded_at <= entry.recorded_at:
                of[period] = _filled(period, entry)
    return found


def _filled(period: date, entry: Entry) -> Filled:
    asked, done = entry.get("asked"), entry.get("done")
    return Filled(
        period,
        asked if isinstance(asked, int) else 0,
        done if isinstance(done, int) else 0,
        items_of(str(entry.get("gaps") or "")),
        entry,
    )


def _from(entry: Entry) -> date:
    first = entry.get("from_day")
    return first if isinstance(first, date) else entry.happened_on


def _checklist(id: UUID, entries: list[Entry], sheets: dict[date, Filled]) -> Checklist:
    entries.sort(key=lambda e: (_from(e), e.recorded_at))
    versions = tuple(
        Version(n, _from(e), items_of(str(e.get("items") or "")), e) for n, e in enumerate(entries, 1)
    )
    newest = entries[-1]
    last = newest.get("until")
    return Checklist(
        id,
        str(newest.get("name") or ""),
        every if (every := str(newest.get("every"))) in SHOWN else "day",
        versions[-1].items,
        versions[0].first,
        last if isinstance(last, date) else None,
        tuple(sheets[p] for p in sorted(sheets, reverse=True)),
        newest,
        versions,
    )
