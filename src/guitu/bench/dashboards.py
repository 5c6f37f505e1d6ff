"""How quickly the dashboards answer over a population of any size: the real server, figures worked out before
from a snapshot of so many people.

The store beside them is small: these pages read the board, not the files. `python -m guitu.bench.dashboards
SNAPSHOT` works out sweep, board and what stays hidden, in the environment's home.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from guitu.bench import everybody
from guitu.bench.build import DAY
from guitu.bench.load import Client, press
from guitu.bench.pages import CLIENTS, build, environment, served, signed_in
from guitu.bench.report import Figure, percentile
from guitu.kernel.zone import CHINA

WANTED_MS: Final = 300
STORED: Final = 500
"""People in the store itself."""
MONTHS: Final = ("2026-10", "2026-09", "2026-06", "2025-12", "2025-10")
UNITS: Final = ("46", "469023", "4601", "4602", "469005", "469023100", "469023101")
DRAWN: Final = UNITS[:5]
"""Those with units below them: a village has nothing to draw."""
SCENES: Final = {
    "overview": tuple(f"/indicators/?unit={unit}&period={month}" for unit in UNITS for month in MONTHS),
    "one indicator": tuple(
        f"/indicators/{key}/?unit={unit}&period={month}"
        for key in ("measures.in_force", "tests.taken", "duties.overdue")
        for unit in UNITS
        for month in MONTHS
    ),
    "its picture": tuple(
        f"/indicators/{key}/picture.svg?unit={unit}&period={month}"
        for key in ("measures.in_force", "tests.taken")
        for unit in DRAWN
        for month in MONTHS
    ),
    "cohorts": tuple(f"/indicators/cohorts/?unit={unit}" for unit in UNITS),
    "data quality": tuple(f"/quality/?unit={unit}" for unit in UNITS),
}


def run(people: int, home: Path, requests: int = 200) -> list[Figure]:
    """The p95 of each sort of page, asked by a province, again and again and once each of a new server."""
    folder = home / f"everybody-{people}"
    if not (folder / "manifest.json").exists():
        everybody.make(folder, people, lives=min(people, everybody.LIVES), say=lambda _: None)
    store = home / "dashboards"
    build(store, "", STORED, 1)
    env = environment(store, "")
    made = subprocess.run(
        [sys.executable, "-m", "guitu.bench.dashboards", str(folder)],
        env=env, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    told = json.loads(made.stdout.splitlines()[-1])
    spent = ", ".join(f"{step} {seconds:.0f} s" for step, seconds in told["seconds"].items())
    note = f"{told['people']:,} people, {told['figures']:,} figures"
    found = [Figure("figures of everybody", sum(told["seconds"].values()), "s", note=f"{note}: {spent}")]
    for first in (True, False):
        with served(env) as port:
            clients = [signed_in(port, "province") for _ in range(CLIENTS)]
            for name, paths in SCENES.items():
                found.append(_measured(clients, name, paths, requests, note, first=first))
    return found


def _measured(
    clients: list[Client], name: str, paths: tuple[str, ...], requests: int, note: str, *, first: bool
) -> Figure:
    def ask(client: Client, number: int) -> tuple[int, bytes]:
        return client.ask("GET", paths[number % len(paths)])

    if not first:
        press(clients, len(paths), ask, most_seconds=120)
    outcome = press(clients, len(paths) if first else requests, ask, good=(200,), most_seconds=120)
    said = f"{note}; {CLIENTS} clients, p50 {percentile(outcome.times, 0.5):.0f} ms, {outcome.failed} failed"
    which = f"{name}{' first look' if first else ''} p95"
    return Figure(which, percentile(outcome.times, 0.95), "ms", wanted=f"{WANTED_MS} ms or less", note=said)


def main(arguments: list[str]) -> int:
    """Work out the figures of a snapshot in the home of this process."""
    from guitu.casefile.snapshot import Snapshot
    from guitu.cli.opening import open_store

    open_store()
    from guitu.store import analysis

    now_ms = int(datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=CHINA).timestamp() * 1000)
    analysis.folder().mkdir(parents=True, exist_ok=True)
    beside = analysis.folder() / "snapshot"
    if not beside.exists():
        beside.symlink_to(Path(arguments[0]).resolve())
    made = analysis.work_out(Snapshot.open(beside), DAY, now_ms)
    print(json.dumps({"people": made.people, "figures": made.figures, "seconds": made.seconds}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
