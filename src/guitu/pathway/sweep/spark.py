"""A sweep on Apache Spark: each slice of people is a task, which reads its part of the snapshot by itself,
runs the same kernel as on one machine, and writes its answers beside those of the others.

Nothing is shuffled: people lie whole in slices, so that a task needs no other one. The workers must see the
snapshot and the folder of answers under the same paths as who asks. A task that Spark runs again writes the
same files again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from guitu.casefile.snapshot import Snapshot
from guitu.pathway.sweep.law import Law
from guitu.pathway.sweep.partition import Tally, sweep_batch

SCHEMA = "slice long, file string, tally string"
"""What a task answers: a row for each file it wrote (`table/name`) and one with its tally."""


@dataclass(frozen=True, slots=True)
class Order:
    """What every task is told. It travels: the law is compiled anew where it arrives."""

    snapshot: Path
    slices: tuple[tuple[int, int], ...]
    out: Path
    run: int
    law: Law
    regions: dict[int, str]
    on: date
    known_ms: int | None

    def work(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Assess the slices that a partition holds."""
        from guitu.pathway.sweep.run import parts_of

        snapshot = Snapshot.open(self.snapshot)
        for batch in batches:
            for number in batch.column(0).to_pylist():
                said: list[tuple[int, str, str]] = []
                tally = Tally()
                slice_ = self.slices[number]
                for part_no, part in enumerate(parts_of(snapshot, slice_, self.law, self.regions)):
                    tables, one = sweep_batch(part, self.law, self.on, self.known_ms)
                    tally.add(one)
                    said += [
                        (number, self._write(name, table, number, part_no), "")
                        for name, table in tables.items()
                        if table.num_rows
                    ]
                said.append((number, "", json.dumps(_told(tally))))
                columns = zip(*said, strict=True)
                types = (pa.int64(), pa.string(), pa.string())
                yield pa.RecordBatch.from_arrays(
                    [pa.array(values, kind) for values, kind in zip(columns, types, strict=True)],
                    names=["slice", "file", "tally"],
                )

    def _write(self, name: str, table: pa.Table, number: int, part: int) -> str:
        """One table of one part; complete under its name or not there."""
        path = self.out / name / f"{self.run:06d}-{number:05d}-{part:03d}.parquet"
        fresh = path.with_suffix(f".{os.getpid()}")
        pq.write_table(table, fresh, compression="zstd", compression_level=1)
        os.replace(fresh, path)
        return f"{name}/{path.name}"


def on_spark(
    order: Order, session: Any, progress: Callable[[int, int], None] | None = None
) -> tuple[dict[str, list[str]], Tally]:
    """Run the slices on a session (`pyspark.sql.SparkSession`); the files of each table, and how it went."""
    number = len(order.slices)
    frame = session.range(0, number, 1, max(1, number)).toDF("slice")
    files: dict[str, list[str]] = {}
    tally = Tally()
    for done, file, told in sorted(tuple(row) for row in frame.mapInArrow(order.work, SCHEMA).collect()):
        if file:
            files.setdefault(file.partition("/")[0], []).append(file)
        else:
            tally.add(_heard(json.loads(told)))
            if progress is not None:
                progress(done + 1, number)
    return files, tally


def _told(tally: Tally) -> dict[str, Any]:
    return {
        "people": tally.people,
        "rows": tally.rows,
        "handed_over": list(tally.handed_over.items()),
        "used": tally.used,
    }


def _heard(told: dict[str, Any]) -> Tally:
    return Tally(told["people"], told["rows"], dict(told["handed_over"]), told["used"])
