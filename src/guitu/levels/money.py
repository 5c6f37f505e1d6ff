"""What was set aside, spent and passed on in a year, by purpose. Whole yuan; a spending counts by its day, a
budget line and a grant by the year they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guitu.casefile import Entry

KINDS: Final = frozenset({"budget_line", "spending", "grant"})
PURPOSES: Final = ("staff", "treatment", "support", "publicity", "building", "equipment", "other")


@dataclass(frozen=True, slots=True)
class Line:
    """One purpose: the budget, what came in and was passed on as grants, and what was spent."""

    budget: int = 0
    received: int = 0
    given: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        """What is left of budget and grants; below nothing if more was spent."""
        return self.budget + self.received - self.given - self.spent

    @property
    def used(self) -> float | None:
        """Spent, in per cent of what there was for it; None where there was nothing."""
        had = self.budget + self.received - self.given
        return 100 * self.spent / had if had > 0 else None

    def __add__(self, other: Line) -> Line:
        return Line(
            self.budget + other.budget,
            self.received + other.received,
            self.given + other.given,
            self.spent + other.spent,
        )


def _whole(entry: Entry) -> int:
    value = entry.get("amount")
    return value if isinstance(value, int) else 0


def line_of(entry: Entry, year: int) -> Line:
    """What one entry adds to a year."""
    amount = _whole(entry)
    if entry.kind == "spending":
        return Line(spent=amount) if entry.happened_on.year == year else Line()
    if entry.get("year") != year:
        return Line()
    if entry.kind == "budget_line":
        return Line(budget=-amount if entry.get("sort") == "cut" else amount)
    if entry.kind == "grant":
        return Line(received=amount) if entry.get("sort") == "received" else Line(given=amount)
    return Line()


def by_purpose(entries: Iterable[Entry], year: int) -> dict[str, Line]:
    """The lines of a year; purposes of which nothing is recorded are left out."""
    found: dict[str, Line] = {}
    for entry in entries:
        if entry.kind in KINDS:
            name = str(entry.get("purpose") or "other")
            found[name] = found.get(name, Line()) + line_of(entry, year)
    return {name: found[name] for name in PURPOSES if name in found and found[name] != Line()}


def total(lines: Iterable[Line]) -> Line:
    """All of them together."""
    made = Line()
    for line in lines:
        made += line
    return made


def years(entries: Iterable[Entry], now: int) -> tuple[int, ...]:
    """The years of which something is recorded, the newest first; this one always."""
    found = {now}
    for entry in entries:
        if entry.kind == "spending":
            found.add(entry.happened_on.year)
        elif entry.kind in KINDS and isinstance(year := entry.get("year"), int):
            found.add(year)
    return tuple(sorted(found, reverse=True))
