"""Which figures of a board may be shown above a caseload: the marks of one indicator, for a unit and those
directly below it, over a whole year.

What is hidden must not depend on which page is open, or two pages together would give it away. So the marks
are always worked out over the same table: the unit and the units below it × the months, quarters and the
year, with all the sums that tie them. A unit stands in two such tables, its parent's and its own; its mark
is that of its parent's, and its own table takes it as given (`given`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.indicators.disclosure import Cell, Mark, Sum, protect
from guitu.indicators.indicator import Indicator
from guitu.indicators.measures import Events, People, Ratio, Stock, Survival
from guitu.indicators.measures import Sum as Total

Span = tuple[str, date]
"""A period by its kind and first day: a month and a January quarter may begin on one day."""

Key = tuple[Literal["over", "under"], int, Span]
"""Of a share what is over or under; the unit's number; the period."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What stands behind one figure of a unit and period: its counts, and how many people."""

    unit: int
    kind: str
    first: date
    over: int
    under: int | None = None
    people: int | None = None
    over_people: int | None = None


def of_people(indicator: Indicator) -> bool:
    """Whether a figure tells about people at all; weights, sums of money and counts of places do not."""
    return indicator.unit in _OF_PEOPLE or isinstance(indicator.value, Ratio | Survival | People)


_OF_PEOPLE: Final = frozenset(
    {"person", "person_time", "duty", "entry", "case", "day", "percent", "permille"}
)


def adds_up(indicator: Indicator) -> tuple[bool, bool]:
    """Whether the figures of units make up that of the unit above (one person may stand in two), and those of
    months that of the year (a stock's do not)."""
    value = indicator.value.over if isinstance(indicator.value, Ratio) else indicator.value
    if isinstance(value, Events | Total):
        return True, True
    if isinstance(value, Stock):
        return True, False
    return True, isinstance(value, People)


def marks(
    indicator: Indicator,
    rows: Iterable[Counted],
    whole: int,
    below: Iterable[int],
    *,
    given: Mapping[Span, Mark] | None = None,
) -> dict[tuple[int, Span], Mark]:
    """The marks that are not empty, by unit and period. `rows` are of the unit `whole` and the units `below`
    it; what has no row is nought. `given` are the marks that `whole` has from the table above it."""
    rows = tuple(rows)
    if not of_people(indicator):
        return {}
    children = tuple(below)
    cells = _cells(indicator, rows, whole, given)
    if not any(0 < cell.behind < _SMALL and cell.count > 0 for cell in cells.values()):
        return {}
    hidden = protect(cells.values(), _sums(indicator, cells, whole, children))
    found: dict[tuple[int, Span], Mark] = {}
    for key in cells:
        mark = hidden[key].mark
        if mark and (key[1:] not in found or mark == "small"):
            found[key[1:]] = mark
    return found if given is None else _as_given(found, cells, whole, given)


_SMALL: Final = 10


def _cells(
    indicator: Indicator, rows: tuple[Counted, ...], whole: int, given: Mapping[Span, Mark] | None
) -> dict[Key, Cell]:
    """The counts as cells; what is hidden in the table above is hidden here from the start."""
    ratio = isinstance(indicator.value, Ratio | Survival)
    cells: dict[Key, Cell] = {}
    for row in rows:
        span = (row.kind, row.first)
        forced = given is not None and row.unit == whole and bool(given.get(span))
        over_people = row.over_people if ratio else row.people
        _put(cells, ("over", row.unit, span), row.over, 1 if forced else over_people)
        if row.under is not None:
            _put(cells, ("under", row.unit, span), row.under, 1 if forced else row.people)
    return cells


def _put(cells: dict[Key, Cell], key: Key, count: int, people: int | None) -> None:
    cells[key] = Cell(key, count, people)


def _sums(indicator: Indicator, cells: Mapping[Key, Cell], whole: int, below: tuple[int, ...]) -> list[Sum]:
    """The sums between the cells that are there, each as strict as its numbers allow."""
    spans = dict.fromkeys(span for _, _, span in cells)
    units, times = adds_up(indicator)
    sums: list[Sum] = []
    both: tuple[Literal["over", "under"], ...] = ("over", "under")
    for which in both:
        for span in spans if units else ():
            sums += _sum(cells, (which, whole, span), [(which, unit, span) for unit in below])
        for unit in (whole, *below):
            for span in spans:
                if parts := _within(span, spans) if times else _ends_with(span, spans):
                    sums += _sum(cells, (which, unit, span), [(which, unit, part) for part in parts])
    return sums


def _sum(cells: Mapping[Key, Cell], whole: Key, parts: list[Key]) -> list[Sum]:
    """One sum. Whoever sees that all parts are there takes it for exact, so it counts as exact where it
    is."""
    there = tuple(part for part in parts if part in cells)
    if whole not in cells or not there:
        return []
    gap = cells[whole].count - sum(cells[part].count for part in there)
    if gap == 0:
        return [Sum(whole, there, "all")]
    if gap > 0:
        return [Sum(whole, there, "some")]
    if all(cells[whole].count >= cells[part].count for part in there):
        return [Sum(whole, there, "distinct")]
    return []


def _within(span: Span, spans: Iterable[Span]) -> list[Span]:
    """The periods one kind smaller that lie within a quarter or a year."""
    kind, first = span
    if kind == "year":
        return [s for s in spans if s[0] == "quarter" and s[1].year == first.year]
    if kind == "quarter":
        return [s for s in spans if s[0] == "month" and 0 <= _months(s[1]) - _months(first) < 3]
    return []


def _ends_with(span: Span, spans: Iterable[Span]) -> list[Span]:
    """The period one kind smaller that ends together with a quarter or a year: a stock is the same number in
    both."""
    parts = _within(span, spans)
    last = 10 if span[0] == "year" else span[1].month + 2
    return [part for part in parts if part[1].month == last]


def _months(day: date) -> int:
    return day.year * 12 + day.month


def _as_given(
    found: dict[tuple[int, Span], Mark], cells: Mapping[Key, Cell], whole: int, given: Mapping[Span, Mark]
) -> dict[tuple[int, Span], Mark]:
    """The whole's marks as the table above has them. Where only hiding the whole would have helped and it is
    shown there, every part that is not nought is hidden instead."""
    for span in {span for _, _, span in cells}:
        mark = given.get(span, "")
        had = found.pop((whole, span), "")
        if mark:
            found[whole, span] = mark
        elif had:
            for which, unit, at in cells:
                if at == span and unit != whole and cells[which, unit, at].count and (unit, at) not in found:
                    found[unit, at] = "also"
    return found
