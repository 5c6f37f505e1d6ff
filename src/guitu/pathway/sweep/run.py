"""Everybody in a snapshot, assessed on a day."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from guitu.casefile.columns import SPINE
from guitu.casefile.snapshot import Snapshot
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.pathway.sweep.law import Law, Policies
from guitu.pathway.sweep.partition import Part, Tally, regions_of, sweep_batch
from guitu.pathway.sweep.swept import Swept
from guitu.pathway.sweep.tables import SCHEMAS

ENGINES: Final = ("kernel", "assess")
"""Who works it out: the rules as machine code, or `assess` itself, person by person."""
MOST_ROWS: Final = 1_000_000
"""Entries in hand at a time and thread: some 200 MiB."""
THREADS: Final = 2

Slice = tuple[int, int]
Progress = Callable[[int, int], None]
"""Told how many of how many slices are done."""


def law_of(snapshot: Snapshot, policies: Policies) -> Law:
    """The law for a snapshot."""
    return Law(policies, snapshot.kinds, snapshot.words)


def sweep(
    snapshot: Snapshot,
    *,
    on: date,
    known_at: datetime | None = None,
    policies: Policies,
    engine: str = "kernel",
    out: Path | None = None,
    progress: Progress | None = None,
    threads: int | None = None,
) -> Swept:
    """Assess everybody on a day, by the entries known at a moment (all, without it).

    `policies` gives the policy of a province, by the first two digits of its code (empty: of the whole
    country). With `out` the tables are written there as Parquet, slice by slice, and the manifest of the folder
    names them at the end; else they are kept in memory. Raises GuituError for an unknown engine.
    """
    if engine not in ENGINES:
        raise GuituError(
            Label(
                f"没有引擎“{engine}”，可用：{' '.join(ENGINES)}",
                f"there is no engine “{engine}”; there are {' '.join(ENGINES)}",
            )
        )
    law = law_of(snapshot, policies)
    known_ms = None if known_at is None else int(known_at.timestamp() * 1000 // 1)
    regions = regions_of(whole(snapshot, "units", ["unit", "code", "at1"]))
    swept = Swept(on, known_at, snapshot.seq, Tally(), out)
    writer = _Writer(swept, out)
    workers = threads or min(THREADS, os.cpu_count() or 1)

    def one(slice_: Slice) -> None:
        for part in parts_of(snapshot, slice_, law, regions):
            tables, tally = sweep_batch(part, law, on, known_ms, by_hand=engine == "assess")
            writer.add(tables, tally)

    done = 0
    with ThreadPoolExecutor(workers) as pool:
        waiting: list[Future[None]] = [pool.submit(one, slice_) for slice_ in snapshot.slices]
        try:
            for future in waiting:
                future.result()
                done += 1
                if progress is not None:
                    progress(done, len(waiting))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    if out is not None:
        swept.publish(known_ms)
    return swept
