"""Reads the board: the figures worked out beforehand, for a page. Nothing here counts.

One file, sorted by unit: asking for a unit and those below it touches a few row groups whatever the size of
the population. Arrow reads those in this process, by what stands at the file's end, which it reads once
(DuckDB reads that anew for every question, which at six million figures takes four times as long as the
figures); the answers to the last questions are kept until a new board is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, reduce
from itertools import groupby
from threading import Lock
from typing import Any, Final, NamedTuple

from guitu.indicators.board import Board

_COLUMNS: Final = (
    "indicator", "version", "unit", "period_kind", "period_from", "period_until", "dim", "value", "figure",
    "over", "under", "n", "parts",
)  # fmt: skip
_ORDER: Final = ("indicator", "unit", "period_from", "period_until", "dim", "value")


@dataclass(frozen=True, slots=True)
class Kept:
    """A figure as the board keeps it: whole, small ones too. `value` is None where there is none."""

    indicator: str
    version: int
    unit: int
    kind: str
    first: date
    last: date
    dim: str
    group: str
    value: float | None
    over: float | None
    under: float | None
    n: int | None
    parts: Mapping[str, float] = field(default_factory=dict, hash=False)


def figures(
    board: Board,
    keys: Iterable[str],
    units: Iterable[int],
    kind: str,
    first: date,
    last: date,
    *,
    dim: str | None = "",
) -> tuple[Kept, ...]:
    """The figures of these indicators and units (by number) for the periods of that kind ("": of any) that
    begin from `first` to `last`; `dim` names a breakdown, "" is all together, None everything. What is
    nought has no row."""
    question = _Question(tuple(sorted(set(keys))), tuple(sorted(set(units))), kind, first, last, dim)
    return _kept(board.figures.as_posix(), board.made_ms, question)


@dataclass(frozen=True, slots=True)
class Year:
    """The figures, all together, of some units for every period that begins in a year, whatever the
    indicator: read at once, and made into figures one indicator at a time, as they are asked for."""

    _rows: Any
    _where: Mapping[str, tuple[int, int]]

    def of(self, key: str) -> tuple[Kept, ...]:
        """Those of one indicator; () where it is nought throughout."""
        at, many = self._where.get(key, (0, 0))
        return _kept_of(self._rows.slice(at, many)) if many else ()


def year_of(board: Board, units: Iterable[int], year: int) -> Year:
    """What the board holds of these units for the periods that begin in a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    question = _Question((), tuple(sorted(set(units))), "", first, last, "")
    rows = _rows(board.figures.as_posix(), board.made_ms, question)
    where, at = {}, 0
    for key, some in groupby(rows["indicator"].to_pylist()):
        many = sum(1 for _ in some)
        where[key] = (at, many)
        at += many
    return Year(rows, where)


class _Question(NamedTuple):
    keys: tuple[str, ...]
    units: tuple[int, ...]
    kind: str
    first: date
    last: date
    dim: str | None


@lru_cache(maxsize=512)
def _kept(file: str, made_ms: int, asked: _Question) -> tuple[Kept, ...]:
    """Kept by all that it depends on; `made_ms` tells one board from the next under the same name."""
    return _kept_of(_rows(file, made_ms, asked)) if asked.keys and asked.units else ()


def _rows(file: str, made_ms: int, asked: _Question) -> Any:
    """The rows that answer, in their order, as an Arrow table; no keys stand for all."""
    import pyarrow.compute as pc

    rows = _opened(file, made_ms).around(asked.units)
    wanted = [
        pc.is_in(rows["unit"], _array(asked.units, rows["unit"].type)),
        pc.greater_equal(rows["period_from"], asked.first),
        pc.less_equal(rows["period_from"], asked.last),
    ]
    if asked.keys:
        wanted.append(pc.is_in(rows["indicator"], _array(asked.keys, rows["indicator"].type)))
    if asked.kind:
        wanted.append(pc.equal(rows["period_kind"], asked.kind))
    if asked.dim is not None:
        wanted.append(pc.equal(rows["dim"], asked.dim))
    return rows.filter(reduce(pc.and_, wanted)).sort_by([(name, "ascending") for name in _ORDER])


def _kept_of(rows: Any) -> tuple[Kept, ...]:
    across = zip(*(rows[name].to_pylist() for name in _COLUMNS), strict=True)
    return tuple(Kept(*values, parts=_parts(text)) for *values, text in across)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A board's file with what stands at its end, which takes longer to read than a unit's figures do: by row
    group the lowest and the highest unit in it."""

    file: str
    metadata: Any
    units: tuple[tuple[int, int], ...]

    def around(self, units: tuple[int, ...]) -> Any:
        """The row groups in which figures of these units may stand, whole, as an Arrow table."""
        import pyarrow.parquet as pq

        groups = [n for n, (low, high) in enumerate(self.units) if any(low <= unit <= high for unit in units)]
        file = pq.ParquetFile(self.file, metadata=self.metadata)
        return file.read_row_groups(groups, columns=list(_COLUMNS), use_threads=False)


@lru_cache(maxsize=4)
def _opened(file: str, made_ms: int) -> _Opened:
    import pyarrow.parquet as pq

    told = pq.read_metadata(file)
    at = told.schema.names.index("unit")
    some = (told.row_group(n).column(at).statistics for n in range(told.num_row_groups))
    return _Opened(file, told, tuple((known.min, known.max) for known in some))


def _array(values: tuple[Any, ...], sort: Any) -> Any:
    import pyarrow as pa

    return pa.array(values, sort)


def _parts(text: str | None) -> dict[str, float]:
    return json.loads(text) if text else {}


_lock: Final = Lock()
_open: list[Any] = []


def engine() -> Any:
    """One engine for the process, with little memory: a page reads some thousands of rows."""
    import duckdb

    with _lock:
        if not _open:
            _open.append(duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "256MB"}))
        return _open[0]
