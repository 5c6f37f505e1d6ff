"""What must stay hidden of the figures of this office's board, the same for whoever shows them: pages, the
API and the packs that leave the office. Marks that were worked out with the board are read; those of counties
and below are worked out here, once, and kept until there is a new board or tree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from guitu.compose import indicator_versions
from guitu.indicators import Change, Indicator, Period
from guitu.indicators.board import Board
from guitu.indicators.disclosure import Mark
from guitu.indicators.engines import hiding
from guitu.indicators.engines.reading import Kept, Year, figures, year_of
from guitu.indicators.making import base_of
from guitu.indicators.shown import Counted, Span, marks
from guitu.store.analysis import folder
from guitu.store.units import Unit, tree


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
    rows = [counted(row, row.unit) for row in found]
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
    return marks(indicator, [counted(row, row.unit) for row in found], whole, below, given=given)


@lru_cache(maxsize=32)
def _year(made_ms: int, whole: int, year: int, edition: int) -> Year:
    """The figures of a unit and those below it over a year: a page that needs the marks of one indicator
    mostly needs those of all."""
    units = tree()
    return year_of(board(), (whole, *(u.no for u in units.children(units.by_no[whole]))), year)


def counted(row: Kept, unit: int) -> Counted:
    """What stands behind a row of the board, put at this unit."""
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
