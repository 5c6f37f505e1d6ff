"""Reads the board: the figures worked out beforehand, for a page. Nothing here counts.

One file, sorted by unit: asking for a unit and those below it touches a few row groups whatever the size of
the population. DuckDB reads it in this process; the answers to the last questions are kept until a new board
is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any, Final

from guitu.indicators.board import Board

_ROWS: Final = """
SELECT indicator, version, unit, period_kind, period_from, period_until, dim, value, figure, over, under,
  n, parts
FROM read_parquet($file)
WHERE list_contains($units, unit) AND unit BETWEEN $low AND $high AND list_contains($keys, indicator)
  AND ($kind = '' OR period_kind = $kind) AND period_from BETWEEN $first AND $last
  AND ($all_dims OR dim = $dim)
ORDER BY indicator, unit, period_from, period_until, dim, value
"""


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
    return _asked(
        board.figures.as_posix(), board.made_ms, tuple(sorted(set(keys))), tuple(sorted(set(units))), kind,
        first, last, dim,
    )  # fmt: skip


@lru_cache(maxsize=512)
def _asked(
    file: str,
    made_ms: int,
    keys: tuple[str, ...],
    units: tuple[int, ...],
    kind: str,
    first: date,
    last: date,
    dim: str | None,
) -> tuple[Kept, ...]:
    """Kept by all that it depends on; `made_ms` tells one board from the next under the same name."""
    if not keys or not units:
        return ()
    rows = engine().cursor().execute(
        _ROWS,
        {
            "file": file, "units": list(units), "low": units[0], "high": units[-1], "keys": list(keys),
            "kind": kind, "first": first, "last": last, "dim": dim or "", "all_dims": dim is None,
        },
    ).fetchall()  # fmt: skip
    return tuple(
        Kept(key, version, unit, span, begins, ends, by, group, value, over, under, n, _parts(parts))
        for key, version, unit, span, begins, ends, by, group, value, over, under, n, parts in rows
    )


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
