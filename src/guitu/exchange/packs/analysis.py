"""Counts packs from the analysis data on disk (`guitu indicators refresh`): the snapshot of entries, what the
sweep worked out of them, and the DuckDB engine over both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from guitu.casefile.file import VOID
from guitu.casefile.snapshot import NoSnapshot, Snapshot
from guitu.exchange.packs.counting import Counter, Quality
from guitu.exchange.packs.flow import Moves, moves
from guitu.indicators import Figure, Indicator, Known, Period, Place, run
from guitu.indicators.quality import LATE_DAYS
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.clock import moment

if TYPE_CHECKING:
    from guitu.indicators.engines.duck import DuckSource
    from guitu.pathway.sweep.swept import Swept

_QUALITY: Final = """
SELECT count(*), count(*) FILTER (corrects_seq IS NULL AND written - happened > $late),
       count(*) FILTER (corrects_seq IS NOT NULL AND NOT is_void), count(*) FILTER (is_void)
FROM (
  SELECT corrects_seq, kind = $void AS is_void, DATE '1970-01-01' + day AS happened,
         DATE '1970-01-01' + CAST((recorded + 28800000) // 86400000 AS INTEGER) AS written
  FROM read_parquet($spine) WHERE list_contains($units, "at") AND seq <= $seq
) WHERE written BETWEEN $first AND $last
"""
"""`recorded` is in milliseconds (UTC); the office's day is eight hours on."""


class NotSoFar(GuituError):
    """There is no analysis data, or it does not reach what is to be counted once more."""


@dataclass(slots=True)
class Analysed:
    """The counter over the analysis data."""

    source: DuckSource
    seq: int
    known: datetime
    on: date
    spine: tuple[Path, ...]
    void: int
    asked: Known

    def places(self) -> Sequence[Place]:
        """Every unit."""
        return self.source.places()

    def figures(
        self, indicators: Sequence[Indicator], places: Sequence[Place], periods: Sequence[Period],
        by: Sequence[str] = (),
    ) -> list[Figure]:  # fmt: skip
        """By the engine."""
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
        """From the spine: one row for each entry that rules read."""
        if not self.spine:
            return Quality()
        row = self.source.connection.execute(
            _QUALITY,
            {
                "spine": [str(path) for path in self.spine], "units": self._units(place), "seq": self.seq,
                "void": self.void, "late": LATE_DAYS, "first": period.first, "last": period.last,
            },
        ).fetchone()  # fmt: skip
        return Quality(*map(int, row)) if row else Quality()

    def _units(self, place: Place) -> list[int]:
        return [p.no for p in self.places() if place.no in p.at]


@contextmanager
def counter() -> Iterator[Counter]:
    """A counter over the analysis data as it was last brought up to date. Raises a GuituError that says what
    to do where there is none."""
    from guitu.store import analysis

    snapshot = _snapshot()
    swept = _swept()
    with analysis.source(snapshot, swept) as rows:
        known = moment(snapshot.made_ms)
        yield _over(rows, snapshot, snapshot.seq, known, rows.on, Known(seq=snapshot.seq))


@contextmanager
def counter_as_of(seq: int, known: datetime, on: date) -> Iterator[Counter]:
    """A counter of what was counted then: entries up to that number, recorded up to that moment, everybody
    assessed anew for that day. Takes as long as a sweep. Raises NotSoFar if the data does not reach there."""
    from guitu.pathway.sweep.run import sweep
    from guitu.store import analysis
    from guitu.store.projections.compute import policy_of

    snapshot = _snapshot()
    if snapshot.seq < seq:
        raise NotSoFar(
            Label(
                f"分析数据只到记录 {snapshot.seq:,}，定稿时为 {seq:,}；请运行 guitu indicators refresh。",
                f"the analysis data reaches entry {snapshot.seq:,}, the pack was counted to {seq:,}; run"
                " guitu indicators refresh.",
            )
        )
    with TemporaryDirectory(prefix="guitu-as-of-") as folder:
        swept = sweep(snapshot, on=on, known_at=known, policies=policy_of, out=Path(folder))
        with analysis.source(snapshot, swept) as rows:
            yield _over(rows, snapshot, seq, known, on, Known(at=known, seq=seq))


def _snapshot() -> Snapshot:
    from guitu.store import analysis

    try:
        return Snapshot.open(analysis.folder() / "snapshot")
    except NoSnapshot:  # its own sentence names the folder, which is no business of a page
        raise NotSoFar(_NONE) from None


def _swept() -> Swept:
    from guitu.pathway.sweep.swept import NoSweep, Swept
    from guitu.store import analysis

    try:
        return Swept.open(analysis.folder() / "sweep")
    except NoSweep:
        raise NotSoFar(_NONE) from None


_NONE: Final = Label(
    "还没有分析数据；请管理员运行 guitu indicators refresh。",
    "there is no analysis data yet; an administrator runs guitu indicators refresh.",
)


def _over(
    rows: DuckSource, snapshot: Snapshot, seq: int, known: datetime, on: date, asked: Known
) -> Analysed:
    void = snapshot.kinds.get(VOID, -1)
    return Analysed(rows, seq, known, on, tuple(snapshot.parts("spine")), void, asked)
