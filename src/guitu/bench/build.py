"""Makes the store a benchmark reads: `python -m guitu.bench.build --people N --copies C`, or with
`--residents N --days D` one centre after so many days, in the environment's database."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from datetime import date, datetime

from guitu.kernel.zone import CHINA

DAY = date(2026, 11, 23)
"""The day on which every benchmark province stands: a Monday."""

PASSWORD = "guitu-demo"


def main(arguments: list[str] | None = None) -> int:
    """Build, saying on stderr how far it is."""
    parser = argparse.ArgumentParser()
    made = parser.add_mutually_exclusive_group(required=True)
    made.add_argument("--people", type=int)
    made.add_argument("--residents", type=int)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--copies", type=int, default=1)
    options = parser.parse_args(arguments)
    from guitu.cli.opening import open_store

    open_store()
    from guitu.bench import scale
    from guitu.simulate import one_centre
    from guitu.simulate.demo import furnish
    from guitu.store import engine

    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {text}", file=sys.stderr, flush=True)

    now = datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=CHINA)

    def progress(files: int) -> None:
        if files % (100 if options.residents else 5000) == 0:
            say(f"{files} files through the gate")

    if options.residents:
        year = one_centre.furnish(
            options.residents, options.days, today=DAY, now=now, password=PASSWORD, progress=progress
        )
        engine.analyse()
        print(json.dumps(asdict(year)))
        say("done")
        return 0
    furnish(options.people, today=DAY, now=now, password=PASSWORD, progress=progress)
    scale.multiply(options.copies, say)
    if options.copies > 1:
        scale.analyse()
    say("done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
