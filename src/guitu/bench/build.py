"""Makes the store a benchmark reads: `python -m guitu.bench.build --people N --copies C`, in the
environment's database."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
DAY = date(2026, 11, 23)
"""The day on which every benchmark province stands: a Monday."""

PASSWORD = "guitu-demo"


def main(arguments: list[str] | None = None) -> int:
    """Build, saying on stderr how far it is."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--copies", type=int, default=1)
    options = parser.parse_args(arguments)
    from guitu.cli.opening import open_store

    open_store()
    from guitu.bench import scale
    from guitu.simulate.accounts import accounts
    from guitu.simulate.institutions import build
    from guitu.simulate.province import population
    from guitu.store import bulk, staff, units
    from guitu.store.divisions import load_province

    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {text}", file=sys.stderr, flush=True)

    divisions = load_province("46")
    units.add_province("46")
    units.add(units.NewUnit(i.code, i.name, i.kind, i.parent) for i in build(divisions).institutions)
    for one in accounts():
        staff.add(one.username, PASSWORD, one.display_name, [(one.role, one.unit)])
    now = datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=CHINA)

    def progress(files: int, entries: int) -> None:
        if files % 5000 == 0:
            say(f"{files} files, {entries} entries through the gate")

    people = population(options.people, 11, DAY, divisions)
    bulk.load((h.entries for h in people), now, progress=progress)
    scale.multiply(options.copies, say)
    if options.copies > 1:
        scale.analyse()
    say("done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
