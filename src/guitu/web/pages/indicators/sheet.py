"""The figures of a page, protected: what the board has for a unit and those below it, with what must stay
hidden from this reader hidden. Reads the board only; nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from guitu.compose import indicator_versions
from guitu.indicators import Change, Indicator, Period
from guitu.indicators.board import Board
from guitu.indicators.disclosure import Mark
from guitu.indicators.engines import hiding
from guitu.indicators.engines.reading import Kept, Year, figures, year_of
from guitu.indicators.figures import UNDEFINED, defined
from guitu.indicators.making import base_of
from guitu.indicators.shown import Counted, Span, marks
from guitu.store.analysis import folder
from guitu.store.units import Unit, tree
from guitu.web.pages.indicators.numbers import NOT_COUNTED, NOT_DEFINED, NOTHING, Shown, is_sum

FIRST: Final = date(1970, 1, 1)


def board() -> Board:
    """The board that is there now; NoBoard with what to do where none is. Read again when it was made
    anew."""
    path = folder() / "board"
    try:
        stamp = (path / "board.json").stat().st_mtime_ns
    except OSError:
        stamp = 0
    return _board(path, stamp)


@lru_cache(maxsize=4)
def _board(path: Path, _stamp: int) -> Board:
    return Board.open(path)


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
        rows = [_counted(row, -1 - at) for at, row in enumerate(found)]
        rows += [_counted(row, unit.no) for row in whole]
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


def mark_of(made: Board, key: str, unit: Unit, period: Period) -> Mark:
    """What stands for a figure above a caseload: "" where it may be shown. The same on every page. A change
    is hidden where either of the figures it lies between is, for with the other it would give it away."""
    mark = _mark_of(made, key, unit, period)
    value = indicator_versions()[key][-1].value
    if not mark and isinstance(value, Change):
        ends = (period, base_of(value, period))
        return "also" if any(_mark_of(made, value.of, unit, end) for end in ends) else ""
    return mark


def _mark_of(made: Board, key: str, unit: Unit, period: Period) -> Mark:
    units = tree()
    span = (period.kind, period.first)
    if unit.parent is None:
        return _own(made.made_ms, key, unit.no, period.first.year).get(span, "")
    return _marks(made.made_ms, key, unit.parent, period.first.year, units.edition).get((unit.no, span), "")


_found: dict[tuple[Path, int, int], hiding.Hidden] = {}


def _hidden(made_ms: int, edition: int) -> hiding.Hidden | None:
    """What was worked out with the board, if the tree of units is still the one it was worked out for. It
    comes a little later than the board."""
    key = folder(), made_ms, edition
    if key not in _found:
        found = hiding.of(board())
        if found is None or not found.fits({unit.no: unit.parent for unit in tree().by_no.values()}):
            return None
        _found.clear()
        _found[key] = found
    return _found[key]


@lru_cache(maxsize=4096)
def _own(made_ms: int, key: str, whole: int, year: int) -> Mapping[Span, Mark]:
    """The marks of a unit that nothing stands above, over a year: only its own periods tie its figures."""
    if (hidden := _hidden(made_ms, tree().edition)) is not None:
        return {span: mark for (_, span), mark in hiding.read(hidden, key, whole, year, own=True).items()}
    found = figures(board(), (key,), (whole,), "", date(year, 1, 1), date(year, 12, 31))
    rows = [_counted(row, row.unit) for row in found]
    own = marks(indicator_versions()[key][-1], rows, whole, ())
    return {span: mark for (_, span), mark in own.items()}


@lru_cache(maxsize=16384)
def _marks(made_ms: int, key: str, whole: int, year: int, edition: int) -> Mapping[tuple[int, Span], Mark]:
    """The marks of a unit and those below it over a year. Kept until there is a new board or tree."""
    units = tree()
    unit = units.by_no[whole]
    if unit.level in hiding.AHEAD and (hidden := _hidden(made_ms, edition)) is not None:
        return hiding.read(hidden, key, whole, year)
    below = [u.no for u in units.children(unit)]
    found = _year(made_ms, whole, year, edition).of(key)
    indicator: Indicator = indicator_versions()[key][-1]
    if unit.parent is None:
        given = _own(made_ms, key, whole, year)
    else:
        above = _marks(made_ms, key, unit.parent, year, edition)
        given = {span: mark for (no, span), mark in above.items() if no == whole}
    return marks(indicator, [_counted(row, row.unit) for row in found], whole, below, given=given)


@lru_cache(maxsize=32)
def _year(made_ms: int, whole: int, year: int, edition: int) -> Year:
    """The figures of a unit and those below it over a year: a page that needs the marks of one indicator
    mostly needs those of all."""
    units = tree()
    return year_of(board(), (whole, *(u.no for u in units.children(units.by_no[whole]))), year)


def _counted(row: Kept, unit: int) -> Counted:
    over = row.over if row.over is not None else row.value
    over_n = row.parts.get("over.n")
    return Counted(
        unit,
        row.kind,
        row.first,
        round(over or 0),
        round(row.under) if row.under is not None else None,
        row.n,
        int(over_n) if over_n is not None else None,
    )
