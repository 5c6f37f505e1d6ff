"""Everybody in a snapshot, assessed on a day."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from guitu.casefile.columns import SPINE
from guitu.casefile.snapshot import MOST, Snapshot
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.pathway.sweep.kernel.jit import kept
from guitu.pathway.sweep.kernel.person import sweep as kernel
from guitu.pathway.sweep.law import Law, Policies
from guitu.pathway.sweep.partition import Part, Tally, regions_of, sweep_batch
from guitu.pathway.sweep.swept import Swept
from guitu.pathway.sweep.tables import SCHEMAS

ENGINES: Final = ("auto", "kernel", "duckdb", "assess", "spark")
"""Who works it out: the rules as machine code (`kernel`, also asked for as `duckdb`: here, beside the
figures that DuckDB counts), the same on a Spark session, or `assess` itself, person by person; `auto` is the
kernel, but `assess` for few people where the machine code would first have to be made, which takes longer."""
FEW_ROWS: Final = 1_000_000
MOST_ROWS: Final = 1_000_000
"""Entries in hand at a time and thread: some 200 MiB."""
THREADS: Final = 2
_1970: Final = datetime(1970, 1, 1, tzinfo=UTC)

Slice = tuple[int, int]
Some = TypeVar("Some", pa.Table, pa.Table | None)
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
    engine: str = "auto",
    out: Path | None = None,
    progress: Progress | None = None,
    threads: int | None = None,
    session: Any = None,
) -> Swept:
    """Assess everybody on a day, by the entries known at a moment (all, without it).

    `policies` gives the policy of a province, by the first two digits of its code (empty: of the whole
    country). With `out` the tables are written there as Parquet, slice by slice, and the manifest of the
    folder names them at the end; else they are kept in memory. The engine `spark` works on `session`
    (`pyspark.sql.SparkSession`), whose workers see `out` and the snapshot. Raises GuituError for an unknown
    engine.
    """
    if engine not in ENGINES:
        raise GuituError(
            Label(
                f"没有引擎“{engine}”，可用：{' '.join(ENGINES)}",
                f"there is no engine “{engine}”; there are {' '.join(ENGINES)}",
            )
        )
    if engine == "auto":
        engine = "kernel" if snapshot.rows > FEW_ROWS or kept(kernel) else "assess"
    law = law_of(snapshot, policies)
    known_ms = None if known_at is None else (known_at - _1970) // timedelta(milliseconds=1)
    regions = regions_of(whole(snapshot, "units", ["unit", "code", "at1"]))
    if engine == "spark":
        return _on_spark(snapshot, session, on, known_at, law, regions, out, progress)
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


def _on_spark(
    snapshot: Snapshot,
    session: Any,
    on: date,
    known_at: datetime | None,
    law: Law,
    regions: dict[int, str],
    out: Path | None,
    progress: Progress | None,
) -> Swept:
    """The same on a Spark session; without `out` by way of a folder of its own, which goes again."""
    from guitu.pathway.sweep.spark import Order, on_spark

    known_ms = None if known_at is None else int(known_at.timestamp() * 1000 // 1)
    with tempfile.TemporaryDirectory(prefix="guitu-sweep-") as passing:
        folder = (out or Path(passing)).absolute()
        for name in SCHEMAS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        order = Order(
            snapshot.folder.absolute(),
            snapshot.slices,
            folder,
            _fresh_run(folder),
            law,
            regions,
            on,
            known_ms,
        )
        files, tally = on_spark(order, session, progress)
        swept = Swept(on, known_at, snapshot.seq, tally, folder, files)
        if out is not None:
            swept.publish(known_ms)
            return swept
        memory = {name: list(swept.each(name)) for name in files}
    return Swept(on, known_at, snapshot.seq, tally, memory=memory)


class _Writer:
    """Puts the tables of each part where they belong; several threads hand them in."""

    def __init__(self, swept: Swept, out: Path | None) -> None:
        self.swept = swept
        self.out = out
        self.lock = threading.Lock()
        self.number = 0
        self.run = _fresh_run(out) if out is not None else 0
        for name in SCHEMAS:
            if out is not None:
                (out / name).mkdir(parents=True, exist_ok=True)

    def add(self, tables: dict[str, pa.Table], tally: Tally) -> None:
        """Write one part."""
        with self.lock:
            self.number += 1
            number = self.number
            self.swept.tally.add(tally)
        for name, table in tables.items():
            if not table.num_rows:
                continue
            if self.out is None:
                with self.lock:
                    self.swept.memory.setdefault(name, []).append(table)
                continue
            path = f"{name}/{self.run:06d}-{number:05d}.parquet"
            pq.write_table(table, self.out / path, compression="zstd", compression_level=1)
            with self.lock:
                self.swept.files.setdefault(name, []).append(path)


def _fresh_run(out: Path) -> int:
    """A number that no file of an earlier run bears."""
    used = [int(path.name[:6]) for path in out.glob("*/*.parquet") if path.name[:6].isdigit()]
    return max(used, default=0) + 1


# ── reading ───────────────────────────────────────────────────────────────────────────────────────


def whole(snapshot: Snapshot, table: str, columns: list[str] | None = None) -> pa.Table:
    """A small table of the snapshot, whole."""
    return pa.concat_tables([pq.read_table(path, columns=columns) for path in snapshot.parts(table)])


def parts_of(snapshot: Snapshot, slice_: Slice, law: Law, regions: dict[int, str]) -> Iterator[Part]:
    """The people of a slice, in parts of not much more than MOST_ROWS entries, whole people each."""
    spine = sliced(snapshot, "spine", slice_, spine_columns(law))
    if spine is None or not spine.num_rows:
        return
    fates = sliced(snapshot, "fates", slice_)
    before_birth = sliced(snapshot, "before_birth", slice_)
    files = sliced(snapshot, "files", slice_, ["person", "unit", "at1"])
    if files is None:
        files = pa.table({"person": pa.array([], pa.int64())})
    person = spine["person"].to_numpy()
    start = 0
    while start < len(person):
        stop = min(start + MOST_ROWS, len(person))
        if stop < len(person):
            stop = int(np.searchsorted(person, person[stop - 1], side="right"))
        low, high = int(person[start]), int(person[stop - 1]) + 1
        yield Part(
            spine.slice(start, stop - start),
            _between(fates, low, high),
            _between(before_birth, low, high),
            _between(files, low, high),
            regions,
        )
        start = stop


def spine_columns(law: Law) -> list[str]:
    """The columns of the spine that the law reads."""
    wanted = [column.name for column in SPINE if column.name != "at"]
    fields: dict[str, None] = {}
    for kind in law.kinds().values():
        if kind.general:
            for ask in kind.fields:
                names = (f"{ask.name}_hi", f"{ask.name}_lo") if ask.name == kind.answers else (ask.name,)
                fields |= dict.fromkeys(names)
    return wanted + list(fields)


def sliced(
    snapshot: Snapshot, table: str, slice_: Slice, columns: list[str] | None = None
) -> pa.Table | None:
    """A table's rows of one slice, by person and entry; None for a table that nothing was written to."""
    low, high = slice_
    some = []
    for path in snapshot.parts(table, slice_):
        file = pq.ParquetFile(path)
        there = set(file.schema_arrow.names)
        names = None if columns is None else [name for name in columns if name in there]
        near = _groups(file.metadata, low, high)
        some.append(_between(file.read_row_groups(near, columns=names), low, high))
    if not some:
        return None
    if len(some) == 1:
        return some[0]
    some.sort(key=lambda one: one["person"][0].as_py() if one.num_rows else low)
    together = pa.concat_tables(some, promote_options="default")
    keys = [key for key in ("person", "seq") if key in together.column_names]
    if _in_order(
        [together[key].to_numpy() for key in keys]
    ):  # files beside each other, as a full run writes them
        return together
    return together.sort_by([(key, "ascending") for key in keys])


def _in_order(columns: list[Any]) -> bool:
    """Whether rows rise by these columns, the first before the second."""
    rising = np.ones(max(0, len(columns[0]) - 1), np.bool_)
    for column in reversed(columns):
        rising = (column[1:] > column[:-1]) | ((column[1:] == column[:-1]) & rising)
    return bool(rising.all())


def _groups(metadata: Any, low: int, high: int) -> list[int]:
    """The row groups of a file that may hold people of a slice; all, where it does not say."""
    column = metadata.schema.names.index("person")
    found = []
    for number in range(metadata.num_row_groups):
        told = metadata.row_group(number).column(column).statistics
        if told is None or not told.has_min_max or (told.min < high and told.max >= low):
            found.append(number)
    return found


def _between(table: Some, low: int, high: int) -> Some:
    """The rows of people from `low` up to, not including, `high`; every table is sorted by person."""
    if table is None or not table.num_rows:
        return table
    person = table["person"].to_numpy()
    first = int(np.searchsorted(person, low))
    last = len(person) if high >= MOST else int(np.searchsorted(person, high))  # MOST is no int64
    return table.slice(first, last - first)
