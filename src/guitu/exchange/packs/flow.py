"""在册: who was on the register at the beginning, who came, who went, who is on it at the end.

On the register of a unit is whoever is under a measure and whom the unit, or one under it, answers for. The
days on which that is so are put together for each person; where such a stretch begins within the period
somebody came, where it ends somebody went. Opening and closing are counted apart from that, on the two days,
so that the sum of all is a check and not a repetition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from guitu import policy
from guitu.indicators import Period
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NEW: Final = "new"
MOVED_IN: Final = "moved_in"
MOVED_OUT: Final = "moved_out"
OTHER: Final = "ended"
WORDS: Final = {
    NEW: Label("新接", "New"),
    MOVED_IN: Label("迁入", "Moved in"),
    MOVED_OUT: Label("迁出", "Moved out"),
    OTHER: Label("其他结束", "Ended otherwise"),
}

_SPANS: Final = """
CREATE OR REPLACE TEMP TABLE spans AS
WITH homed AS (
  SELECT person, unit, from_day,
         lead(from_day, 1, DATE '9999-12-31') OVER (PARTITION BY person ORDER BY from_day) AS until_day,
         row_number() OVER (PARTITION BY person ORDER BY from_day) AS n
  FROM homes
), held AS (
  SELECT person, from_day, until_day, n FROM homed WHERE list_contains($units, unit)
), cut AS (
  SELECT m.person, greatest(m.starts_on, CASE WHEN h.n = 1 THEN m.starts_on ELSE h.from_day END) AS since,
         least(coalesce(m.ended_on, DATE '9999-12-31'), h.until_day) AS until
  FROM measures m JOIN held h USING (person) WHERE m.starts_on IS NOT NULL
), real AS (SELECT * FROM cut WHERE since < until
), marked AS (
  SELECT *, since > max(until) OVER (PARTITION BY person ORDER BY since, until
                                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS apart
  FROM real
), numbered AS (
  SELECT *, sum(CASE WHEN apart IS NULL OR apart THEN 1 ELSE 0 END)
            OVER (PARTITION BY person ORDER BY since, until) AS stretch
  FROM marked
)
SELECT person, min(since) AS since, max(until) AS until FROM numbered GROUP BY person, stretch
"""
"""Stretches of days on the register. Whoever had no home before belongs to the first one from the start."""

_STOCK: Final = "SELECT count(DISTINCT person) FROM spans WHERE since <= $day AND until > $day"

_INTO: Final = """
SELECT CASE WHEN EXISTS (SELECT 1 FROM measures m WHERE m.person = s.person AND m.starts_on = s.since)
            THEN 'new' ELSE 'moved_in' END AS how, count(*)
FROM spans s WHERE since BETWEEN $first AND $last GROUP BY how
"""

_OUT: Final = """
SELECT coalesce((SELECT min(coalesce(m.ended_by, '')) FROM measures m
                 WHERE m.person = s.person AND m.ended_on = s.until), 'moved_out') AS how, count(*)
FROM spans s WHERE until BETWEEN $first AND $last GROUP BY how
"""


@dataclass(frozen=True, slots=True)
class Moves:
    """Opening and closing, and the ways in and out, by name, with how many went each."""

    opening: int
    closing: int
    into: tuple[tuple[str, int], ...]
    out: tuple[tuple[str, int], ...]


def moves(there: DuckDBPyConnection, units: Iterable[int], period: Period) -> Moves:
    """The moves of these units (a unit and all under it) in the period. `there` has the tables `measures` and
    `homes` of the sweep and the snapshot."""
    there.execute(_SPANS, {"units": list(units)})
    day = period.first - timedelta(days=1)
    bounds = {"first": period.first, "last": period.last}
    into = dict(there.execute(_INTO, bounds).fetchall())
    out = {how or OTHER: n for how, n in there.execute(_OUT, bounds).fetchall()}
    return Moves(
        _count(there, day),
        _count(there, period.last),
        tuple((name, into.get(name, 0)) for name in (NEW, MOVED_IN)),
        tuple((name, out[name]) for name in sorted(out, key=_order)),
    )


def _order(name: str) -> tuple[bool, str]:
    """Endings by law first, moving away last."""
    return name == MOVED_OUT, name


def _count(there: DuckDBPyConnection, day: date) -> int:
    found = there.execute(_STOCK, {"day": day}).fetchone()
    return int(found[0]) if found else 0


def word_of(name: str) -> Label:
    """What a way in or out is called: ours, or the rules' word for how a measure ended."""
    return WORDS.get(name) or policy.names().endings.get(name) or Label(name, name)
