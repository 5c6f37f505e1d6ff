"""The figures of a page, protected: what the board has for a unit and those below it, with what must stay
hidden from this reader hidden. Reads the board only; nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from guitu.compose import indicator_versions
from guitu.indicators import Period
from guitu.indicators.board import Board
from guitu.indicators.disclosure import Mark
from guitu.indicators.engines.reading import Kept, figures
from guitu.indicators.figures import UNDEFINED, defined
from guitu.indicators.shown import Span, marks
from guitu.store.figure_marks import counted, mark_of
from guitu.store.units import Unit
from guitu.web.pages.indicators.numbers import NOT_COUNTED, NOT_DEFINED, NOTHING, Shown, is_sum

FIRST: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the board says of some indicators for a unit and the units below it. `exact` shows small figures
    as they are."""

    board: Board
    unit: Unit
    below: tuple[Unit, ...]
    rows: Mapping[tuple[str, int, str, date], Kept]
    exact: bool

    def shown(self, key: str, unit: Unit, period: Period) -> Shown:
        """The figure of an indicator for the unit or one below it, as this reader may see it."""
        if period.kind not in KINDS or not self._reaches(key, period):
            return Shown(None, nothing=NOT_COUNTED)
        indicator, said = defined(indicator_versions()[key], period)
        if any(warning.code in UNDEFINED for warning in said):
            return Shown(None, nothing=NOT_DEFINED)
        row = self.rows.get((key, unit.no, period.kind, period.first))
        if row is None:
            return Shown(0.0 if is_sum(indicator) else None, 0.0, version=indicator.version, nothing=NOTHING)
        mark = "" if self.exact else self._mark(key, unit, period)
        if mark:
            return Shown(None, mark=mark, version=row.version)
        return Shown(row.value, row.over, row.under, "", NOTHING, row.version, row.n, row.parts)

    def _reaches(self, key: str, period: Period) -> bool:
        """Whether the board has counted this at all: what is nought has no row either."""
        return key in self.board.versions and reach(self.board)[period.kind] <= period.first <= day_of(
            self.board
        )

    def _mark(self, key: str, unit: Unit, period: Period) -> Mark:
        return mark_of(self.board, key, unit, period)


KINDS: Final = ("month", "quarter", "year")


def day_of(made: Board) -> date:
    """The day a board was worked out for."""
    return date.fromisoformat(made.day)


def reach(made: Board) -> dict[str, date]:
    """The first day of the earliest period of each kind that a board holds."""
    return _reach(made.day)


@lru_cache(maxsize=8)
def _reach(day: str) -> dict[str, date]:
    from guitu.indicators.board import MONTHS, QUARTERS, YEARS

    found = {}
    today = date.fromisoformat(day)
    for kind, many in (("month", MONTHS), ("quarter", QUARTERS), ("year", YEARS)):
        period = {
            "month": Period.month(today.year, today.month),
            "quarter": Period.quarter(today.year, (today.month + 2) // 3),
            "year": Period.year(today.year),
        }[kind]
        for _ in range(many - 1):
            period = period.before()
        found[kind] = period.first
    return found


def sheet_of(
    made: Board,
    keys: Iterable[str],
    unit: Unit,
    below: Iterable[Unit],
    kind: str,
    first: date,
    last: date,
    *,
    exact: bool,
) -> Sheet:
    """The figures of the periods of a kind that begin from `first` to `last`."""
    below = tuple(below)
    found = figures(made, keys, (unit.no, *(u.no for u in below)), kind, first, last)
    rows = {(row.indicator, row.unit, row.kind, row.first): row for row in found}
    return Sheet(made, unit, below, rows, exact)


def groups_of(made: Board, key: str, unit: Unit, period: Period, by: str, *, exact: bool) -> dict[str, Shown]:
    """One figure split by a breakdown: the groups that are not nought. Small ones are hidden together with
    whatever would give them away."""
    found = figures(made, (key,), (unit.no,), period.kind, period.first, period.first, dim=by)
    indicator = indicator_versions()[key][-1]
    hidden: Mapping[tuple[int, Span], Mark] = {}
    if not exact:
        whole = figures(made, (key,), (unit.no,), period.kind, period.first, period.first)
        given = {(period.kind, period.first): mark_of(made, key, unit, period)}
        rows = [counted(row, -1 - at) for at, row in enumerate(found)]
        rows += [counted(row, unit.no) for row in whole]
        hidden = marks(indicator, rows, unit.no, [-1 - at for at in range(len(found))], given=given)
    shown = {}
    for at, row in enumerate(found):
        mark = hidden.get((-1 - at, (row.kind, row.first)), "")
        shown[row.group] = (
            Shown(None, mark=mark, version=row.version)
            if mark
            else Shown(row.value, row.over, row.under, "", NOTHING, row.version, row.n, row.parts)
        )
    return shown
