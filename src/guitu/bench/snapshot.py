"""How long it takes to bring the analysis snapshot up to date after ten thousand new entries, at a given
size.

Some thousands of people are in a store; their snapshot is copied until it holds as many as wanted
(`everybody.multiply`), and the writer goes on from there. `python -m guitu.bench.snapshot PEOPLE` prints
JSON.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from guitu.bench.build import DAY
from guitu.bench.everybody import LIVES, multiply
from guitu.bench.postgres import Server
from guitu.bench.report import Figure
from guitu.kernel.zone import CHINA

NEW = 10_000
CORRECTED = 20
"""Every so manieth new entry corrects the one before."""
RUNS = 3


def run(people: int, engines: list[str]) -> list[Figure]:
    """Measure on each engine, in a process and a folder of its own."""
    found = []
    for engine in engines:
        server = Server({"max_wal_size": "4GB"}) if engine == "postgresql" else None
        with tempfile.TemporaryDirectory(prefix="guitu-bench-") as home:
            environment = {**os.environ, "GUITU_HOME": home, "GUITU_DEMO_IDS": "1"}
            environment.pop("GUITU_DATABASE_URL", None)
            if server is not None:
                environment["GUITU_DATABASE_URL"] = server.url
            ran = subprocess.run(
                [sys.executable, "-m", "guitu.bench.snapshot", str(people)],
                env=environment, stdout=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
        if server is not None:
            server.stop()
        told = json.loads(ran.stdout.splitlines()[-1])
        rows = f"{told['rows']:,} rows"
        found += [
            Figure(
                f"snapshot, {NEW:,} new entries, {engine}",
                sorted(told["seconds"])[len(told["seconds"]) // 2],
                "s",
                wanted="under 5 s at 60,000,000 rows",
                note=f"at {told['people']:,} people, {rows}; each run: {told['seconds']},"
                f" of processor {told['processor']};"
                f" most memory {told['memory']:.0f} MiB",
            ),
            Figure(
                f"snapshot anew, {engine}",
                told["entries"] / told["anew"],
                "entries/s",
                note=f"{told['entries']:,} entries of {told['lives']:,} people in {told['anew']:.1f} s",
            ),
        ]
    return found


def main(people: int) -> None:
    """Measure here."""
    from guitu.cli.opening import open_store

    open_store()
    from django.conf import settings

    from guitu.simulate.demo import furnish
    from guitu.store.snapshot.take import take

    now = datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=CHINA)
    furnish(min(people, LIVES), today=DAY, now=now, password="x" * 20)
    small, large = Path(settings.HOME) / "small", Path(settings.HOME) / "large"
    began = time.perf_counter()
    first = take(small, now_ms=0)
    anew = time.perf_counter() - began
    grown = multiply(first.snapshot, large, people, say=_say, go_on=True)
    seconds, processor = [], []
    rows = sum(t.rows for name, t in grown.tables.items() if "@" in name)
    for n in range(RUNS):
        _record(now + timedelta(hours=n + 1), n)
        _say(f"{NEW} new entries recorded")
        began, worked = time.perf_counter(), time.process_time()
        taken = take(large, now_ms=n)
        seconds.append(round(time.perf_counter() - began, 2))
        processor.append(round(time.process_time() - worked, 2))
        _say(f"{taken.new} taken in {seconds[-1]} s")
        if taken.new != NEW or taken.anew is not None:
            raise RuntimeError(f"{taken.new} entries were new, not {NEW}")
    told = {
        "seconds": seconds, "processor": processor, "people": people, "rows": rows, "anew": anew,
        "entries": first.new,
        "lives": first.snapshot.tables["files"].rows,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip
    print(json.dumps(told))


def _record(now: datetime, n: int) -> None:
    """Ten thousand tests, spread over the people, one in twenty of them corrected at once."""
    from guitu.access import house
    from guitu.casefile import Entry
    from guitu.kernel.ids import uuid7
    from guitu.store import clock, engine, gate

    rows = engine.rows(
        "SELECT id FROM store_casefile WHERE about = 'person' AND no NOT IN"
        " (SELECT file FROM store_entry WHERE kind = 'death') ORDER BY no"
    )
    files = [engine.uuid_of(row[0]) for row in rows]
    ms = clock.milliseconds(now)
    new: list[Entry] = []
    for i in range(NEW):
        correcting = i % CORRECTED == CORRECTED - 1
        new.append(
            Entry(
                id=uuid7(ms + i // 1000, bytes((n,)) + i.to_bytes(9, "big")),
                file=new[-1].file if correcting else files[i % len(files)],
                kind="urine_test",
                happened_on=DAY,
                recorded_at=now + timedelta(milliseconds=i),
                fields={"outcome": "refused"},
                unit="46",
                corrects=new[-1].id if correcting else None,
            )
        )
    new.sort(key=lambda entry: entry.file.int)
    gate.record_many(new, actor=house(), now=now + timedelta(minutes=5))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
