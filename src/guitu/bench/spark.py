"""Everybody's assessment and four figures on a Spark cluster of separate processes, by number of workers and
of people, beside one machine without Spark in the same run.

A cluster on one machine cannot win: its workers share the cores that the kernel uses without it. What is
measured is what Spark costs to start, and what each person costs on it; from both follows, for workers on
machines of their own, from how many people on it is the sooner one (`breaks_even`).
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from guitu import compose
from guitu.bench import everybody
from guitu.bench.cluster import Cluster
from guitu.bench.indicators import BY_HAND, ON
from guitu.bench.report import Figure
from guitu.casefile.snapshot import Snapshot
from guitu.cli.spark import spark_session
from guitu.indicators import Indicator
from guitu.indicators import run as count
from guitu.indicators.engines import boarding, spark
from guitu.indicators.engines.opening import source_of
from guitu.pathway.sweep.run import sweep
from guitu.pathway.sweep.swept import Swept

PARTS: Final = (100, 10, 1)
"""The whole population and these parts of it."""
WORKERS: Final = (1, 2)
FARM: Final = (2, 4, 8, 16)
"""Machines for which the break-even is worked out."""
MEMORY: Final = "3g"
FIGURES: Final = tuple(BY_HAND)


@dataclass(frozen=True, slots=True)
class Ran:
    """Seconds of one run on so many workers (0: without Spark)."""

    workers: int
    people: int
    entries: int
    starting: float
    sweep: float
    figures: float


def measure(people: int, home: Path | None = None) -> list[Figure]:
    """The seconds of each size and number of workers, and from how many people on Spark is worth it."""
    with tempfile.TemporaryDirectory(prefix="guitu-bench-") as scratch:
        snapshots = [_snapshot(max(1000, people // part), home or Path(scratch)) for part in PARTS]
        ran = [_here(snapshot, Path(scratch)) for snapshot in snapshots]
        for workers in WORKERS:
            ran += _there(workers, snapshots, Path(scratch))
    found = [_figure(one, next(r for r in ran if r.people == one.people)) for one in ran]
    return [*found, *(breaks_even(ran, machines) for machines in FARM)]


def breaks_even(ran: list[Ran], machines: int) -> Figure:
    """From how many people on so many machines of one worker each are sooner than one machine without Spark:
    starting and the time that nobody's number changes, then so much a person. Both come from the two largest
    runs of one worker, for the smallest warms the engine up; infinity where the runs do not tell."""
    some = sorted((r for r in ran if r.workers == 1), key=lambda r: r.people)[-2:]
    here = max((r for r in ran if r.workers == 0), key=lambda r: r.people)
    name = f"spark breaks even, {machines} machines"
    if len(some) < 2 or some[1].sweep <= some[0].sweep:
        said = "not known: more people took no longer with one worker, so a person's share cannot be told"
        return Figure(name, float("inf"), "people", note=said)
    small, large = some
    each = (large.sweep - small.sweep) / (large.people - small.people)
    fixed = small.starting + max(0.0, small.sweep - each * small.people)
    gain = here.sweep / here.people - each / machines
    note = (
        f"extrapolated: {fixed:.1f} s whatever the number, {each * 1e6:.0f} microseconds of one worker a"
        f" person; here {here.sweep / here.people * 1e6:.0f}"
    )
    if gain <= 0:
        return Figure(name, float("inf"), "people", note=f"{note}: so few machines never win")
    return Figure(name, fixed / gain, "people", note=note)


def _snapshot(people: int, home: Path) -> Snapshot:
    folder = home / f"everybody-{people}"
    if not (folder / "manifest.json").exists():
        everybody.make(folder, people, lives=min(people, everybody.LIVES), say=lambda _: None)
    return Snapshot.open(folder)


def _some() -> Mapping[str, tuple[Indicator, ...]]:
    versions = compose.indicator_versions()
    return {key: tuple(replace(one, breakdowns=()) for one in versions[key]) for key in FIGURES}


def _count(source: Any) -> int:
    """The four figures of the last year, for every unit down to the towns; how many."""
    periods = [period for period in boarding.regular_periods(ON) if period.kind == "month"][:12]
    places = [place for place in source.places() if place.depth <= 3]
    return len(count([them[-1] for them in _some().values()], source, places=places, periods=periods))


def _here(snapshot: Snapshot, scratch: Path) -> Ran:
    out = scratch / "here"
    began = time.perf_counter()
    swept = sweep(snapshot, on=ON, policies=compose.policy, engine="kernel", out=out)
    middle = time.perf_counter()
    source = source_of(snapshot, swept.parts, compose.tables(), ON)
    _count(source)
    source.connection.close()
    end = time.perf_counter()
    shutil.move(out, scratch / f"swept-{swept.tally.people}")
    return Ran(0, swept.tally.people, snapshot.rows, 0.0, middle - began, end - middle)


def _there(workers: int, snapshots: list[Snapshot], scratch: Path) -> list[Ran]:
    found = []
    began = time.perf_counter()
    settings = {"spark.executor.memory": "1500m", "spark.executor.cores": "1"}
    with (
        Cluster(workers=workers, cores=1, memory=MEMORY) as cluster,
        spark_session(cluster.url, **settings) as session,
    ):
        session.range(0, workers, 1, workers).count()
        starting = time.perf_counter() - began
        for snapshot in snapshots:
            out = scratch / "there"
            began = time.perf_counter()
            swept = sweep(snapshot, on=ON, policies=compose.policy, engine="spark", out=out, session=session)
            middle = time.perf_counter()
            kept = Swept.open(scratch / f"swept-{swept.tally.people}")
            duck = source_of(snapshot, kept.parts, compose.tables(), ON)
            _count(spark.source(duck.files, compose.tables(), ON, session))
            duck.connection.close()
            end = time.perf_counter()
            shutil.rmtree(out)
            found.append(
                Ran(workers, swept.tally.people, snapshot.rows, starting, middle - began, end - middle)
            )
    return found


def _figure(one: Ran, here: Ran) -> Figure:
    where = f"spark, {one.workers} workers" if one.workers else "without Spark"
    return Figure(
        f"sweep {where}", one.sweep, "s", here.sweep if one.workers else None, "without Spark",
        here.sweep / one.sweep if one.workers else None,
        note=f"{one.people:,} people, {one.entries:,} entries; starting {one.starting:.1f} s; four figures of"
        f" a year {one.figures:.1f} s ({here.figures:.1f} without Spark)",
    )  # fmt: skip
