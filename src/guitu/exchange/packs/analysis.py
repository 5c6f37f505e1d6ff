"""Counts packs from the analysis data on disk (`guitu indicators refresh`): the snapshot of entries, what the
sweep worked out of them, and the DuckDB engine over both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from guitu.exchange.packs.counting import LATE_DAYS, Counter, Quality
from guitu.exchange.packs.flow import Moves, moves
from guitu.indicators import Figure, Indicator, Known, Period, Place, run

if TYPE_CHECKING:
    from guitu.indicators.engines.duck import DuckSource

_QUALITY: Final = """
SELECT count(*), count(*) FILTER (corrects_seq IS NULL AND happened + {late} < written),
       count(*) FILTER (corrects_seq IS NOT NULL AND NOT is_void), count(*) FILTER (is_void)
FROM (
  SELECT corrects_seq, kind = $void AS is_void, DATE '1970-01-01' + day AS happened,
         CAST(make_timestamp((recorded + 28800000) * 1000) AS DATE) AS written
  FROM read_parquet($spine) WHERE list_contains($units, at) AND seq <= $seq
) WHERE written BETWEEN $first AND $last
"""
"""`recorded` is in milliseconds (UTC); the office's day is eight hours on."""


@dataclass(slots=True)
class Analysed:
    """The counter over the analysis data."""

    source: DuckSource
    seq: int
    known: datetime
    asked: Known
    spine: tuple[str, ...]
    void: int

    def places(self) -> Sequence[Place]:
        """Every unit."""
        return self.source.places()

    def figures(
        self,
        indicators: Sequence[Indicator],
        places: Sequence[Place],
        periods: Sequence[Period],
        by: Sequence[str] = (),
    ) -> list[Figure]:
        """By the engine."""  # fmt: skip
        return run(indicators, self.source, places=places, periods=periods, by=by, known=self.asked)

    def moves(self, place: Place, period: Period) -> Moves:
        """By the engine's own tables."""
        from guitu.indicators.engines.sql import rows_of

        self.source.see(self.asked)
        there = self.source.connection
        there.execute(f"CREATE OR REPLACE TEMP VIEW measures AS SELECT * FROM {rows_of('measures')}")
        there.execute("CREATE OR REPLACE TEMP VIEW homes AS SELECT * FROM raw_homes")
        return moves(there, self._units(place), period)

    def quality(self, place: Place, period: Period) -> Quality:
        """From the spine: one row for each entry about a person."""
        if not self.spine:
            return Quality()
        row = self.source.connection.execute(
            _QUALITY.format(late=LATE_DAYS),
            {
                "spine": list(self.spine), "units": self._units(place), "seq": self.seq, "void": self.void,
                "first": period.first, "last": period.last,
            },
        ).fetchone()  # fmt: skip
        return Quality(*map(int, row)) if row else Quality()

    def _units(self, place: Place) -> list[int]:
        return [p.no for p in self.places() if place.no in p.at]


@contextmanager
def counter(seq: int | None = None, known: str = "") -> Iterator[Counter]:
    """A counter over the analysis data as it is; or as of an entry and a moment (ISO), to count once more
    what was counted then. Raises a GuituError that says what to do where there is none."""
    raise NotImplementedError
    yield
