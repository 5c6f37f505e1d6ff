"""The whole set of indicators for every unit and period, and some of them beside SQL written by hand for the
same answers, in one run on one snapshot."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from guitu import compose
from guitu.bench import everybody
from guitu.bench.report import Figure
from guitu.casefile.snapshot import Snapshot
from guitu.indicators import Indicator
from guitu.indicators.engines import boarding
from guitu.indicators.engines.duck import DuckSource
from guitu.indicators.engines.opening import FEW, source_of
from guitu.pathway.sweep.run import sweep
from guitu.pathway.sweep.swept import Swept

ON: Final = date(2026, 11, 23)
LEVELS: Final = ("at1", "at2", "at3", "at4", "at5")
SPANS: Final = ("month", "quarter", "year")

_SETS: Final = ", ".join(f"({level}, {span})" for level in LEVELS for span in SPANS)
_HAPPENED: Final = f"""
WITH e AS (
  SELECT {{what}}, u.at1, u.at2, u.at3, u.at4, u.at5, date_trunc('month', t.day) AS month,
         date_trunc('quarter', t.day) AS quarter, date_trunc('year', t.day) AS year
  FROM read_parquet($files) AS t ANTI JOIN read_parquet($fates) AS f ON f.entry_seq = t.seq AND NOT f.counts
  JOIN read_parquet($units) AS u ON u.unit = t.at
  WHERE t.day BETWEEN $first AND $last {{where}}
)
SELECT coalesce({", ".join(LEVELS)}) AS place, coalesce(month, quarter, year) AS since,
       CASE WHEN month IS NOT NULL THEN 'month' WHEN quarter IS NOT NULL THEN 'quarter' ELSE 'year' END
         AS span,
       {{figure}} AS figure
FROM e GROUP BY GROUPING SETS ({_SETS})
"""
_THERE: Final = f"""
WITH ends AS (
  SELECT unnest(generate_series($first::TIMESTAMP, $last::TIMESTAMP, INTERVAL 1 MONTH)) AS month
), h AS (
  SELECT person, unit, date '1970-01-01' + from_day AS since, coalesce(date '1970-01-01' + lead(from_day) OVER
         (PARTITION BY person ORDER BY from_day), date '9999-12-31') AS until FROM read_parquet($homes)
), e AS (
  SELECT m.person, u.at1, u.at2, u.at3, u.at4, u.at5, ends.month
  FROM read_parquet($measures) AS m JOIN ends ON m.starts_on <= least(last_day(ends.month), $on)
   AND (m.ended_on IS NULL OR m.ended_on > least(last_day(ends.month), $on))
  JOIN h ON h.person = m.person AND least(last_day(ends.month), $on) >= h.since
   AND least(last_day(ends.month), $on) < h.until
  JOIN read_parquet($units) AS u ON u.unit = h.unit
)
SELECT coalesce({", ".join(LEVELS)}) AS place, month AS since, 'month' AS span,
       count(DISTINCT person) AS figure
FROM e GROUP BY GROUPING SETS ({", ".join(f"({level}, month)" for level in LEVELS)})
"""
BY_HAND: Final = {
    "community.orders": (
        "order",
        _HAPPENED.format(
            what="t.person",
            where="AND t.measure IN ('community_treatment', 'community_recovery')",
            figure="count(DISTINCT person)",
        ),
    ),
    "tests.taken_rate": (
        "urine_test",
        _HAPPENED.format(
            what="t.person, t.outcome",
            where="AND t.outcome IN ('taken', 'evaded', 'refused')",
            figure="count(DISTINCT person) FILTER (outcome = 'taken') AS taken_by,"
            " count(DISTINCT person) AS asked_of,"
            " 100.0 * count(*) FILTER (outcome = 'taken') / count(*)",
        ),
    ),
    "admissions.all": (
        "admission",
        _HAPPENED.format(what="t.person", where="", figure="count(DISTINCT person)"),
    ),
    "measures.in_force": ("", _THERE),
}
"""The same answers as somebody would write them, one query each, over the same files; with the number of
persons behind each figure, which the board keeps too, for small ones are hidden by it."""


def run(people: int, home: Path | None = None) -> list[Figure]:
    """Seconds for the whole set, and for a few figures beside SQL written by hand."""
    with tempfile.TemporaryDirectory(prefix="guitu-bench-") as scratch:
        folder = (home or Path(scratch)) / f"everybody-{people}"
        if not (folder / "manifest.json").exists():
            everybody.make(folder, people, lives=min(people, everybody.LIVES), say=lambda _: None)
        snapshot = Snapshot.open(folder)
        engine = "assess" if snapshot.rows < FEW / 10 else "kernel"
        swept = sweep(snapshot, on=ON, policies=compose.policy, engine=engine, out=Path(scratch) / "sweep")
        return _measure(snapshot, swept, Path(scratch))


def _measure(snapshot: Snapshot, swept: Swept, scratch: Path) -> list[Figure]:
    some = {
        key: tuple(replace(one, breakdowns=()) for one in compose.indicator_versions()[key])
        for key in BY_HAND
    }
    ours, made = _made(snapshot, swept, some, scratch / "some")
    theirs, answers = _by_hand(snapshot, swept)
    board = duckdb.sql(
        "SELECT indicator, unit, period_from, period_kind, figure FROM"
        f" read_parquet('{made.board.figures}') WHERE dim = ''"
    ).fetchall()
    differ = _differing(board, answers)
    whole, full = _made(snapshot, swept, compose.indicator_versions(), scratch / "board")
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    rows = f"{swept.tally.people:,} people, {snapshot.rows:,} entries"
    return [
        Figure(
            "indicators, four of them", ours, "s", theirs, "SQL by hand", theirs / ours,
            wanted="within 1.5x of it", note=f"{rows}; every unit, 36 months, 12 quarters, 3 years",
        ),
        Figure("indicators that differ", float(differ), "figures", wanted="0", note=f"of {len(answers):,}"),
        Figure(
            "indicators, the whole board", whole, "s",
            note=f"{len(compose.indicator_versions())} of them with their groups, {full.figures:,} figures",
        ),
        Figure("indicators memory", size, "GiB", wanted="under 8 GiB"),
    ]  # fmt: skip


def _made(
    snapshot: Snapshot, swept: Swept, versions: Mapping[str, tuple[Indicator, ...]], folder: Path
) -> tuple[float, boarding.Made]:
    source: DuckSource = source_of(snapshot, swept.parts, compose.tables(), ON)
    began = time.perf_counter()
    made = boarding.make(source, versions, folder, seq=snapshot.seq, made_ms=1)
    seconds = time.perf_counter() - began
    source.connection.close()
    return seconds, made


Answers = dict[tuple[str, int, date, str], float]


def _by_hand(snapshot: Snapshot, swept: Swept) -> tuple[float, Answers]:
    periods = boarding.regular_periods(ON)
    connection = duckdb.connect(config={"memory_limit": "4GB"})
    found: Answers = {}
    seconds = 0.0
    months = [period for period in periods if period.kind == "month"]
    wanted = {(period.first, period.kind) for period in periods}
    for key, (kind, text) in BY_HAND.items():
        files = (
            [str(p) for version in snapshot.versions(kind) for p in snapshot.parts(version)] if kind else []
        )
        first = min((months if not kind else periods), key=lambda p: p.first).first
        given = {
            "files": files,
            **{name: _named(snapshot.parts(name)) for name in ("units", "fates", "homes")},
            "measures": _named(swept.parts("measures")),
            "on": ON,
            "first": first,
            "last": max(p.last for p in periods) if kind else months[0].first,
        }
        given = {name: value for name, value in given.items() if f"${name}" in text}
        began = time.perf_counter()
        rows = connection.execute(text, given).fetchall()
        seconds += time.perf_counter() - began
        for place, since, span, *_, figure in rows:
            day = since.date() if hasattr(since, "date") else since
            if place is not None and (day, span) in wanted:
                found[key, place, day, span] = float(figure)
    connection.close()
    return seconds, found


def _named(paths: tuple[Path, ...]) -> list[str]:
    return [str(path) for path in paths]


def _differing(board: list[tuple[str, int, date, str, float]], answers: Answers) -> int:
    """How many figures of the hand-written queries the board has not, or has otherwise."""
    kept = {(key, unit, first, kind): figure for key, unit, first, kind, figure in board}
    return sum(1 for key, figure in answers.items() if abs((kept.get(key) or 0.0) - figure) > 1e-6)
