"""The analysis folder of this office: the snapshot, everybody's assessment and the board, brought up to date
together, and opened together for whoever counts.

`analysis/` is a cache: it may be deleted and is made again. Nothing in it holds a name, an identity number or
free text.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from guitu import compose
from guitu.kernel.labels import Label
from guitu.store.projections.compute import policy_of

if TYPE_CHECKING:
    from guitu.casefile.snapshot import Snapshot
    from guitu.indicators.board import Board
    from guitu.indicators.engines.duck import DuckSource
    from guitu.pathway.sweep.swept import Swept

FOLDER: Final = "analysis"
STEPS: Final = {
    "snapshot": Label("分析快照", "the snapshot"),
    "sweep": Label("整体研判", "everybody's assessment"),
    "board": Label("各级指标", "the figures of every unit"),
    "hiding": Label("须隐去的小数", "what must stay hidden"),
}
"""What is brought up to date, in this order."""

FEW: Final = 200_000
"""Up to so many entries people are assessed one by one: that is done before the rules would be compiled."""

Progress = Callable[[str, int, int], None]
"""Told of each step how much of how much is done."""


def folder() -> Path:
    """Where the analysis of this office lies."""
    return Path(settings.HOME) / FOLDER


def _step(progress: Progress | None, step: str) -> Callable[[int, int], None]:
    """What one step tells its progress to."""
    return lambda done, total: progress(step, done, total) if progress is not None else None


@dataclass(slots=True)
class Refreshed:
    """What was brought up to date: the board and its number of figures, the new entries, and the seconds that
    each step took."""

    board: Board
    figures: int
    entries: int
    people: int
    seconds: dict[str, float] = field(default_factory=dict)


def refresh(day: date, now: datetime, *, full: bool = False, progress: Progress | None = None) -> Refreshed:
    """Snapshot, sweep, board and what must stay hidden of it, as of now, for a day. `full` makes the snapshot
    anew."""
    from guitu.store.snapshot.take import take

    now_ms = int(now.timestamp() * 1000)
    began = time.perf_counter()
    taken = take(folder() / "snapshot", now_ms=now_ms, full=full, progress=_step(progress, "snapshot"))
    seconds = {"snapshot": time.perf_counter() - began}
    made = work_out(taken.snapshot, day, now_ms, progress=progress)
    return replace(made, entries=taken.new, seconds=seconds | made.seconds)


def work_out(snapshot: Snapshot, day: date, now_ms: int, *, progress: Progress | None = None) -> Refreshed:
    """Sweep, board and what must stay hidden of it, of a snapshot that is there."""
    from guitu.indicators.engines import boarding, hiding, quality
    from guitu.store.levels import scoreboard

    seconds = {}
    began = time.perf_counter()
    swept = _assessed(snapshot, day, _step(progress, "sweep"))
    seconds["sweep"] = time.perf_counter() - began
    began = time.perf_counter()
    with source(snapshot, swept) as rows:
        made = boarding.make(
            rows,
            compose.indicator_versions(),
            folder() / "board",
            seq=snapshot.seq,
            made_ms=now_ms,
            progress=_step(progress, "board"),
        )
        places = list(rows.places())
        scoreboard.work_out(rows, folder() / "board", day, now_ms)
    seconds["board"] = time.perf_counter() - began
    began = time.perf_counter()
    hiding.write(made.board, places, compose.indicator_versions(), _step(progress, "hiding"))
    seconds["hiding"] = time.perf_counter() - began
    began = time.perf_counter()
    tables = {name: swept.parts(name) for name in quality.SWEPT}
    if snapshot.rows and all(tables.values()):  # nobody yet: nothing can be late or missing
        quality.write(snapshot, tables, folder() / "board", day)
    seconds["board"] += time.perf_counter() - began
    return Refreshed(made.board, made.figures, 0, swept.tally.people, seconds)


def count_printed(day: date, now: datetime) -> int:
    """Ours beside every printed figure, with everything recorded by now; how many there are."""
    from guitu.store.levels import scoreboard

    with up_to_date(day, now) as rows:
        return scoreboard.work_out(rows, folder() / "board", day, int(now.timestamp() * 1000))


def _assessed(snapshot: Snapshot, day: date, progress: Callable[[int, int], None]) -> Swept:
    from guitu.pathway.sweep.run import sweep

    engine = "assess" if snapshot.rows < FEW else "kernel"
    out = folder() / "sweep"
    return sweep(snapshot, on=day, policies=policy_of, engine=engine, out=out, progress=progress)


@contextmanager
def source(snapshot: Snapshot | None = None, swept: Swept | None = None) -> Iterator[DuckSource]:
    """The rows that figures are counted from, as they were last brought up to date. Raises a GuituError that
    says what to do where there is no snapshot or no sweep."""
    from guitu.casefile.snapshot import Snapshot
    from guitu.indicators.engines.opening import source_of
    from guitu.pathway.sweep.swept import Swept

    snapshot = snapshot or Snapshot.open(folder() / "snapshot")
    swept = swept or Swept.open(folder() / "sweep")
    rows = source_of(snapshot, swept.parts, compose.tables(), swept.on)
    try:
        yield rows
    finally:
        rows.connection.close()


@contextmanager
def up_to_date(day: date, now: datetime, *, progress: Progress | None = None) -> Iterator[DuckSource]:
    """The rows that figures are counted from, with everything recorded by now: snapshot and sweep are brought
    up to date first, the sweep only if something is new or the day is another. The board stays as it is."""
    from guitu.pathway.sweep.swept import NoSweep, Swept
    from guitu.store.snapshot.take import take

    now_ms = int(now.timestamp() * 1000)
    snapshot = take(folder() / "snapshot", now_ms=now_ms, progress=_step(progress, "snapshot")).snapshot
    try:
        swept = Swept.open(folder() / "sweep")
    except NoSweep:
        swept = None
    if swept is None or (swept.seq, swept.on, swept.known_at) != (snapshot.seq, day, None):
        swept = _assessed(snapshot, day, _step(progress, "sweep"))
    with source(snapshot, swept) as rows:
        yield rows
