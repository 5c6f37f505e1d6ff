"""The office's own checklists: which is due in which period, what was filled in, what was not done.

What a list asks is typed by the office; nothing here knows an item. A period is a day, or a week by its
Monday. A period without a sheet is a gap as much as an item not done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import Entry
from guitu.centre.classes import counted

LIST: Final = "checklist"
FILLED: Final = "checklist_filled"
KINDS: Final = frozenset({LIST, FILLED})
SHOWN: Final[dict[str, int]] = {"day": 14, "week": 8}
"""So many periods back the gaps of a list are looked for."""
_STEP: Final = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Filled:
    """One sheet: the period, how many items were asked and done, what was not done."""

    period: date
    asked: int
    done: int
    gaps: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Checklist:
    """One list, by the id of its first entry. `sheets` are by period, the last one filled in counts."""

    id: UUID
    name: str
    every: Literal["day", "week"]
    items: tuple[str, ...]
    first: date
    last: date | None
    sheets: tuple[Filled, ...]
    entry: Entry

    def runs(self, on: date) -> bool:
        """Whether it is in use on that day."""
        return self.first <= on and (self.last is None or on <= self.last)

    def sheet(self, on: date) -> Filled | None:
        """What was filled in for the period of that day."""
        period = period_of(self.every, on)
        return next((s for s in self.sheets if s.period == period), None)

    def owed(self, on: date) -> bool:
        """Whether the period of that day still wants its sheet."""
        return self.runs(on) and self.sheet(on) is None

    def missed(self, on: date) -> tuple[date, ...]:
        """The periods over before that day, as far as is looked back, that have no sheet, latest first."""
        there = {s.period for s in self.sheets}
        return tuple(p for p in self._over(on) if p not in there)

    def _over(self, on: date) -> Iterator[date]:
        step = timedelta(days=_STEP[self.every])
        period = period_of(self.every, on) - step
        first = period_of(self.every, self.first)
        for _ in range(SHOWN[self.every]):
            if period < first:
                return
            if self.last is None or period <= self.last:
                yield period
            period -= step


def period_of(every: str, on: date) -> date:
    """The period in which a day lies, by its first day."""
    return on - timedelta(days=on.weekday()) if every == "week" else on


def items_of(text: str) -> tuple[str, ...]:
    """The items of a list: its lines that hold anything, each once."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def own_id(root: UUID, entry: Entry) -> UUID:
    """What a list, or a supply, is referred to by: the id it was brought with, or that of its first entry."""
    try:
        return UUID(str(entry.get("own_id")))
    except ValueError:
        return root


def checklists(entries: Iterable[Entry]) -> tuple[Checklist, ...]:
    """Every list of a centre's file, by name, with its sheets, latest period first. `entries` may hold
    corrected ones."""
    lists: list[tuple[UUID, Entry]] = []
    sheets: dict[str, dict[date, Filled]] = {}
    for root, entry in counted(tuple(entries)):
        if entry.kind == LIST:
            lists.append((own_id(root, entry), entry))
        elif entry.kind == FILLED and isinstance(period := entry.get("period"), date):
            of = sheets.setdefault(str(entry.get("checklist")), {})
            before = of.get(period)
            if before is None or before.entry.recorded_at <= entry.recorded_at:
                of[period] = _filled(period, entry)
    found = [_checklist(root, entry, sheets.get(str(root), {})) for root, entry in lists]
    return tuple(sorted(found, key=lambda c: (c.name, c.first)))


def _filled(period: date, entry: Entry) -> Filled:
    asked, done = entry.get("asked"), entry.get("done")
    return Filled(
        period,
        asked if isinstance(asked, int) else 0,
        done if isinstance(done, int) else 0,
        items_of(str(entry.get("gaps") or "")),
        entry,
    )


def _checklist(root: UUID, entry: Entry, sheets: dict[date, Filled]) -> Checklist:
    first, last = entry.get("from_day"), entry.get("until")
    return Checklist(
        root,
        str(entry.get("name") or ""),
        "week" if entry.get("every") == "week" else "day",
        items_of(str(entry.get("items") or "")),
        first if isinstance(first, date) else entry.happened_on,
        last if isinstance(last, date) else None,
        tuple(sheets[p] for p in sorted(sheets, reverse=True)),
        entry,
    )
