"""Everybody assessed at once beside the same people one by one, on one snapshot and in one run."""

from __future__ import annotations

import resource
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from guitu.bench import everybody
from guitu.bench.report import Figure
from guitu.bench.sweep_peers import beside
from guitu.casefile.snapshot import Snapshot
from guitu.compose import policy
from guitu.pathway.sweep.comparing import compare
from guitu.pathway.sweep.partition import Part, Tally, regions_of, sweep_batch
from guitu.pathway.sweep.run import law_of, parts_of, sweep, whole
from guitu.pathway.sweep.swept import Swept

ON: Final = date(2026, 11, 23)
ONE_BY_ONE: Final = 3000
"""People assessed one by one: enough for a rate."""


def run(people: int = 20_000, home: Path | None = None) -> list[Figure]:
    """Seconds for everybody, the rate of `assess` on the same rows, what the first call costs, and whether
    both say the same."""
    with tempfile.TemporaryDirectory(prefix="guitu-bench-") as scratch:
        folder = (home or Path(scratch)) / f"everybody-{people}"
        if not (folder / "manifest.json").exists():
            everybody.make(folder, people, lives=min(people, everybody.LIVES), say=lambda _: None)
        return _measure(Snapshot.open(folder), Path(scratch))


def _measure(snapshot: Snapshot, scratch: Path) -> list[Figure]:
    law = law_of(snapshot, policy)
    regions = regions_of(whole(snapshot, "units", ["unit", "code", "at1"]))
    part = next(parts_of(snapshot, snapshot.slices[0], law, regions))
    began = time.perf_counter()
    sweep_batch(part, law, ON)
    first = time.perf_counter() - began
    began = time.perf_counter()
    swept = sweep(snapshot, on=ON, policies=policy, engine="kernel", out=scratch / "sweep")
    seconds = time.perf_counter() - began
    kernel_rate = swept.tally.people / seconds
    few = _first(part, ONE_BY_ONE)
    began = time.perf_counter()
    one_by_one, tally = sweep_batch(few, law, ON, by_hand=True)
    rate = tally.people / (time.perf_counter() - began)
    at_once, _ = sweep_batch(few, law, ON)
    differ = len(compare(_held(one_by_one), _held(at_once)).affected)
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    return [
        Figure(
            "sweep", kernel_rate, "people/s", rate, "assess, one by one", kernel_rate / rate,
            note=f"{swept.tally.people:,} people, {swept.tally.rows:,} entries in {seconds:.1f} s;"
            f" the answers written; {swept.tally.by_hand} handed over",
        ),
        *beside(snapshot, swept, seconds),
        Figure("sweep first call", first, "s", note="with the machine code made, or read if it is kept"),
        Figure("sweep memory", size, "GiB", wanted="under 8 GiB"),
        Figure("sweep differs", float(differ), "people", wanted="0", note=f"of {tally.people:,} compared"),
    ]  # fmt: skip


def _held(tables: dict[str, pa.Table]) -> Swept:
    return Swept(ON, None, 0, Tally(), memory={name: [table] for name, table in tables.items()})


def _first(part: Part, people: int) -> Part:
    """The first people of a part."""
    keys = pc.unique(part.spine["person"]).to_numpy()
    last = int(keys[min(people, len(keys)) - 1])

    def upto(table: pa.Table | None) -> pa.Table | None:
        return table if table is None else table.filter(pc.less_equal(table["person"], last))

    return replace(
        part,
        spine=upto(part.spine),
        fates=upto(part.fates),
        before_birth=upto(part.before_birth),
        files=upto(part.files),
    )
