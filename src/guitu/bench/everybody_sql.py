"""Everybody's measure, state, last day and most asked findings, written by hand in SQL: what an analyst who
knows the law and the data would write over the same Parquet files. The sweep is measured beside it.

It answers less than the sweep (national rules, the usual histories, no other duties) and is no second source
of law: nothing but a measurement reads it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb

from guitu.casefile.snapshot import Snapshot

_COURSES: Final = """
WITH counted AS (
  SELECT s.* FROM spine s
  WHERE s.day <= $on AND s.kind <> $void
    AND s.seq NOT IN (SELECT entry_seq FROM fates QUALIFY row_number() OVER
      (PARTITION BY entry_seq ORDER BY set_seq DESC, at_ms DESC) = 1 AND NOT counts)
),
orders AS (
  SELECT person, seq, day AS ordered, measure, months, printed_end,
    lead(day, 1, 2147483647) OVER (PARTITION BY person ORDER BY day, seq) AS next_ordered
  FROM counted WHERE kind = $order
),
tied AS (
  SELECT o.person, o.seq AS order_seq, o.ordered, o.measure, o.months AS stated, o.printed_end, e.*
    EXCLUDE (person, measure, printed_end)
  FROM orders o JOIN counted e
    ON e.person = o.person AND e.day >= o.ordered AND e.day < o.next_ordered AND e.kind <> $order
),
paused AS (
  SELECT order_seq, day AS since,
    lead(day) OVER w AS until, lead(kind) OVER w AS closes, kind
  FROM tied WHERE kind IN ($detained, $freed, $escape, $recaptured)
  WINDOW w AS (PARTITION BY order_seq ORDER BY day, seq)
),
pushed AS (
  SELECT order_seq, sum(coalesce(until, $on) - since) AS days, bool_or(until IS NULL) AS still
  FROM paused WHERE kind IN ($detained, $escape) GROUP BY order_seq
),
facts AS (
  SELECT order_seq,
    min(day) FILTER (kind = $reporting_in) AS reported,
    min(day) FILTER (kind = $served) AS served,
    min(day) FILTER (kind IN ($release, $imprisoned)) AS released,
    min(day) FILTER (kind = $death) AS died,
    sum(months) FILTER (kind = $decision AND effect = $extension) AS longer,
    min(coalesce(takes_effect_on, day)) FILTER (kind = $decision AND effect = $early_release) AS early,
    min(coalesce(takes_effect_on, day)) FILTER (kind = $decision AND effect = $change) AS changed,
    bool_or(kind = $excuse AND of = $of_report_in) AS excused,
    count(*) FILTER (kind = $urine_test AND outcome IN ($evaded, $refused)) AS refusals,
    count(*) FILTER (kind = $absence AND authorised = $no) AS absences,
    sum(days) FILTER (kind = $absence AND authorised = $no) AS absent
  FROM tied GROUP BY order_seq
),
begun AS (
  SELECT o.person, o.seq, o.ordered, o.measure, o.months AS stated, o.printed_end, f.* EXCLUDE (order_seq),
    coalesce(p.days, 0) AS pushed, coalesce(p.still, false) AS still,
    CASE WHEN o.measure = $compulsory_isolation THEN o.ordered
         WHEN o.measure IN ($community_treatment, $community_recovery) THEN f.reported END AS starts,
    CASE o.measure WHEN $compulsory_isolation THEN 24 WHEN $community_treatment THEN 36
         WHEN $community_recovery THEN o.months END + 0 AS term
  FROM orders o LEFT JOIN facts f ON f.order_seq = o.seq LEFT JOIN pushed p ON p.order_seq = o.seq
),
dated AS (
  SELECT *, least(
    (CASE WHEN printed_end >= starts THEN DATE '1970-01-01' + printed_end
     ELSE DATE '1970-01-01' + starts + to_months(term) - INTERVAL 1 DAY END
     + to_months(coalesce(longer, 0)::INTEGER) + to_days(pushed::INTEGER))::DATE,
    coalesce(DATE '1970-01-01' + early, DATE '9999-12-31'),
    coalesce(DATE '1970-01-01' + changed - 1, DATE '9999-12-31')) AS ends
  FROM begun
),
judged AS (
  SELECT *, CASE
      WHEN released IS NOT NULL OR died IS NOT NULL OR (ends < DATE '1970-01-01' + $on::INTEGER AND NOT still)
        THEN 'ended'
      WHEN starts IS NULL THEN 'awaiting_report' WHEN still THEN 'suspended' ELSE 'in_force' END AS state
  FROM dated
)
"""
_CURRENT: Final = """QUALIFY row_number() OVER (PARTITION BY person ORDER BY
  CASE WHEN state = 'ended' THEN 0 WHEN measure = $compulsory_isolation THEN 2 ELSE 1 END DESC,
  starts IS NOT NULL DESC, ordered DESC, seq DESC) = 1
"""
SQL: Final = f"""{_COURSES}SELECT person, measure, state, ends,
  starts IS NULL AND served + 15 < $on AND NOT coalesce(excused, false) AS deemed_refusal,
  refusals >= 3 OR absences >= 3 OR absent > 30 AS serious_breach,
  measure = $compulsory_isolation AND ends < DATE '1970-01-01' + $on::INTEGER AND released IS NULL
    AND died IS NULL AS held_past_term
FROM judged
{_CURRENT}"""
INPUTS: Final = f"""{_COURSES}SELECT person, measure, ordered, served, starts AS reported, printed_end,
  least(released, died) AS released, least(early, changed - 1) AS early, stated, longer, pushed, still,
  excused, refusals, absences, absent
FROM judged
{_CURRENT}"""
"""What a model without entries is given: of the order that counts, the days and sums."""

_KINDS: Final = (
    "order", "void", "served", "reporting_in", "release", "imprisoned", "death", "decision", "detained",
    "freed", "escape", "recaptured", "urine_test", "absence", "excuse",
)  # fmt: skip
_WORDS: Final = {
    "measure": ("compulsory_isolation", "community_treatment", "community_recovery"),
    "effect": ("extension", "early_release"),
    "outcome": ("evaded", "refused"),
}


def parameters(snapshot: Snapshot, on: date) -> dict[str, Any]:
    """The codes of this snapshot and the day, for SQL."""
    found: dict[str, Any] = {name: snapshot.kinds[name] for name in _KINDS}
    for field, words in _WORDS.items():
        found.update((word, snapshot.words[field].index(word)) for word in words)
    found["change"] = snapshot.words["effect"].index("change_to_community")
    found["no"] = snapshot.words["authorised"].index("no")
    found["of_report_in"] = snapshot.words["of"].index("report_in")
    found["on"] = (on - date(1970, 1, 1)).days
    return found


def connect(snapshot: Snapshot, threads: int, memory: str = "6GB", spill: Path | None = None) -> Any:
    """A connection that has the snapshot's spine and fates as views."""
    connection = duckdb.connect(config={"threads": threads, "memory_limit": memory})
    if spill is not None:
        connection.execute(f"SET temp_directory = '{spill}'")
    for name in ("spine", "fates"):
        parts = ", ".join(f"'{part}'" for part in snapshot.parts(name))
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{parts}])")
    return connection


def answer(connection: Any, snapshot: Snapshot, on: date, query: str = SQL) -> Any:
    """One row a person, as an Arrow table."""
    return connection.execute(query, parameters(snapshot, on)).fetch_arrow_table()
