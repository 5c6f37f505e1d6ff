"""Checking and importing a large roster, beside django-import-export on the same file with equal checks.

Every measurement is a process of its own, so that one's memory is not the other's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from guitu.bench import finished_rows, roster
from guitu.bench.report import Figure, peak_mib
from guitu.kernel.zone import CHINA

UNIT = "46J01"
MOST_BYTES = 200 * 1024 * 1024
PEER = "django-import-export, use_bulk"
WAYS = ("check", "peer-check", "import", "peer-import")


def measure(way: str, path: Path) -> dict[str, Any]:
    """One way, in this process: seconds of the work alone, peak memory (of the process, and of the largest
    that worked for it), rows accepted and refused, entries written."""
    from guitu.cli.opening import open_store

    open_store()
    entries = 0
    if way.startswith("peer"):
        from guitu.bench import peer

        if way == "peer-import":
            peer.make_table()
        began = time.perf_counter()
        accepted, refused = peer.run(path, roster.ON, write=way == "peer-import")
    elif way == "check":
        from guitu.exchange.ledgers.check import check_workbook

        began = time.perf_counter()
        checked = check_workbook(path, on=roster.ON, most_bytes=MOST_BYTES)
        accepted = sum(s.accepted for s in checked.sheets)
        refused = sum(s.held for s in checked.sheets)
    else:
        from guitu.access import house
        from guitu.exchange.ledgers.importing import import_workbook
        from guitu.simulate.demo import add_offices

        add_offices()
        now = datetime(roster.ON.year, roster.ON.month, roster.ON.day, 20, tzinfo=CHINA)
        began = time.perf_counter()
        done = import_workbook(
            path, unit=UNIT, on=roster.ON, actor=house("bench"), now=now, most_bytes=MOST_BYTES
        )
        accepted = sum(s.new for s in done.sheets)
        refused = sum(s.held for s in done.sheets)
        entries = sum(s.entries for s in done.sheets)
    return {
        "seconds": time.perf_counter() - began,
        "peak": peak_mib(),
        "worker": peak_mib(of_children=True),
        "accepted": accepted,
        "refused": refused,
        "entries": entries,
    }


def run(rows: int, database: str = "", *, engine: str = "sqlite", check: bool = True) -> list[Figure]:
    """The figures on one engine. Raises RuntimeError if the two sides disagree about the rows."""
    with tempfile.TemporaryDirectory(prefix="guitu-bench-") as folder:
        path = Path(folder) / "roster.xlsx"
        roster.write(path, rows)
        found = {}
        for way in WAYS:
            if check or not way.endswith("check"):
                found[way] = _apart(way, path, Path(folder) / way, database)
        alone = None if database else finished_rows.measure(Path(folder) / "import" / "guitu.sqlite3")
    for way, one in found.items():
        if one["refused"] != roster.faults(rows) or one["accepted"] != rows - roster.faults(rows):
            raise RuntimeError(
                f"{way} accepted {one['accepted']} and refused {one['refused']} of {rows} rows"
            )
    figures = []
    note = f"{rows:,} x {len(roster.COLUMNS)}, {engine}"
    if check:
        figures += _beside("ledger check", found["check"], found["peer-check"], "15x", note)
    done = found["import"]
    note += f"; {done['entries']:,} entries, workers of at most {done['worker']:.0f} MiB"
    figures += _beside("ledger import", done, found["peer-import"], "5x", note)
    if alone is not None:
        seconds, written = alone
        note = f"{written:,} finished rows and their indexes: no import of them can be quicker"
        beside = found["peer-import"]["seconds"]
        figures.append(
            Figure("SQLite alone, writing those", seconds, "s", beside, PEER, beside / seconds, note=note)
        )
    return figures


def _beside(name: str, ours: dict[str, Any], peer: dict[str, Any], wanted: str, note: str) -> list[Figure]:
    ratio = peer["seconds"] / ours["seconds"]
    return [
        Figure(name, ours["seconds"], "s", peer["seconds"], PEER, ratio, f"{wanted} or more", note),
        Figure(
            f"{name} peak memory",
            ours["peak"],
            "MiB",
            peer["peak"],
            PEER,
            peer["peak"] / ours["peak"],
            "under 350 MiB",
            note,
        ),
    ]


def _apart(way: str, path: Path, home: Path, database: str) -> dict[str, Any]:
    env = {**os.environ, "GUITU_HOME": str(home), "GUITU_DEMO_IDS": "1", "GUITU_LANG": "en"}
    env.pop("GUITU_DATABASE_URL", None)
    if database:
        env["GUITU_DATABASE_URL"] = database
    out = subprocess.run(
        [sys.executable, "-m", "guitu.bench.ledger", way, str(path)],
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    answer: dict[str, Any] = json.loads(out.stdout.strip().splitlines()[-1])
    return answer


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
