"""Counts data quality over the snapshot once, for the board: one small file that pages read.

`board/quality.parquet`: unit (number), month (its first day; null for what is counted as things stand), name
of the fault, n and of. Every unit down to the village has its rows, those of the units below it counted in.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from guitu.casefile.snapshot import Snapshot
from guitu.indicators.quality import LATE_DAYS

FILE: Final = "quality.parquet"
SWEPT: Final = ("duties", "measures", "notcovered")
"""The tables of the sweep that are looked at."""
CHINA_MS: Final = 8 * 60 * 60 * 1000
DAY_MS: Final = 24 * 60 * 60 * 1000

_LEVELS: Final = "unnest([at1, at2, at3, at4, at5])"

_ENTRIES: Final = f"""
WITH counted AS (
  SELECT "at" AS no,
         CAST(date_trunc('month', DATE '1970-01-01'
           + CAST((recorded + {CHINA_MS}) // {DAY_MS} AS INTEGER)) AS DATE) AS month,
         count(*) AS total,
         count(*) FILTER (WHERE corrects_seq IS NULL
           AND (recorded + {CHINA_MS}) // {DAY_MS} - day > {LATE_DAYS}) AS late,
         count(*) FILTER (WHERE corrects_seq IS NOT NULL AND kind <> $void) AS corrected
  FROM spine GROUP BY ALL),
placed AS (
  SELECT {_LEVELS} AS unit, month, total, late, corrected FROM counted JOIN units ON no = units.unit),
summed AS (
  SELECT unit, month, sum(total) AS total, sum(late) AS late, sum(corrected) AS corrected
  FROM placed WHERE unit IS NOT NULL GROUP BY ALL)
SELECT unit, month, 'late' AS name, late AS n, total AS "of" FROM summed
UNION ALL SELECT unit, month, 'corrected', corrected, total FROM summed
"""

_MISSING: Final = f"""
WITH counted AS (
  SELECT person, count(*) FILTER (WHERE due < $on) AS total,
         count(*) FILTER (WHERE due < $on AND state = 'overdue') AS n
  FROM duties GROUP BY person)
SELECT unit, NULL, 'missing', sum(n), sum(total)
FROM (SELECT {_LEVELS} AS unit, n, total FROM files LEFT JOIN counted USING (person)) WHERE unit IS NOT NULL
GROUP BY unit HAVING sum(total) > 0
"""

_PEOPLE: Final = f"""
SELECT unit, NULL, '{{name}}', count(*) FILTER (WHERE hit), count(*)
FROM (SELECT {_LEVELS} AS unit, {{hit}} AS hit FROM files) WHERE unit IS NOT NULL GROUP BY unit
"""
_NO_ROWS: Final = (
    "SELECT CAST(NULL AS BIGINT) AS person, CAST(NULL AS DATE) AS due, CAST(NULL AS VARCHAR) AS state"
    " WHERE false"
)
"""A table of the sweep in which nothing was found, and which therefore has no file."""
_UNASSESSED: Final = _PEOPLE.format(name="unassessed", hit="person NOT IN (SELECT person FROM measures)")
_UNCOVERED: Final = _PEOPLE.format(name="uncovered", hit="person IN (SELECT person FROM notcovered)")


@dataclass(frozen=True, slots=True)
class Count:
    """How often a fault was found at a unit, of how many; `month` None as things stand."""

    unit: int
    month: date | None
    name: str
    n: int
    of: int


def write(snapshot: Snapshot, swept: Mapping[str, Sequence[Path]], folder: Path, on: date) -> Path:
    """Count everything and put the file in its place in one step. `swept` has the files of the sweep's tables
    by name; `on` is the day it was made for."""
    import duckdb

    engine = duckdb.connect(":memory:")
    tables: dict[str, Sequence[Path]] = {name: snapshot.parts(name) for name in ("spine", "files", "units")}
    tables |= {name: swept[name] for name in SWEPT}
    for name, paths in tables.items():
        listed = ", ".join(f"'{path.as_posix()}'" for path in paths)
        rows = f"SELECT * FROM read_parquet([{listed}])" if paths else _NO_ROWS
        engine.execute(f"CREATE VIEW {name} AS {rows}")
    engine.execute(f"CREATE TABLE found AS {_ENTRIES}", {"void": snapshot.kinds.get("void", -1)})
    engine.execute(f"INSERT INTO found {_MISSING}", {"on": on})
    engine.execute(f"INSERT INTO found {_UNASSESSED}")
    engine.execute(f"INSERT INTO found {_UNCOVERED}")
    draft, path = folder / f".{FILE}.{os.getpid()}", folder / FILE
    engine.execute(
        f'COPY (SELECT unit, month, name, CAST(n AS BIGINT) n, CAST("of" AS BIGINT) "of" FROM found'
        f" ORDER BY unit, month, name) TO '{draft.as_posix()}' (FORMAT parquet)"
    )
    engine.close()
    draft.replace(path)
    return path


def counts(path: Path, units: Iterable[int], month: date) -> tuple[Count, ...]:
    """What was found at these units in a month and as things stand; () where nothing was counted yet."""
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return ()
    return _counts(path.as_posix(), stamp, tuple(sorted(set(units))), month)


@lru_cache(maxsize=256)
def _counts(path: str, _stamp: int, units: tuple[int, ...], month: date) -> tuple[Count, ...]:
    from guitu.indicators.engines.reading import engine

    rows: list[Any] = (
        engine()
        .cursor()
        .execute(
            'SELECT unit, month, name, n, "of" FROM read_parquet($path)'
            " WHERE list_contains($units, unit) AND (month IS NULL OR month = $month)",
            {"path": path, "units": list(units), "month": month},
        )
        .fetchall()
    )
    return tuple(Count(*row) for row in rows)
