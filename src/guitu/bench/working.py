"""Somebody who goes on working while pages are measured: `python -m guitu.bench.working` records something
about one resident after the other, one entry every `EVERY` seconds, until it is ended.

A centre of 2,000 writes some 2,800 entries a day, one in twenty to thirty seconds of the hours in which
people are up; here twice as many come, so that nothing is measured that only stands still.
"""

from __future__ import annotations

import secrets
import sys
import time
from datetime import datetime
from typing import Final

from guitu.bench.build import DAY
from guitu.kernel.zone import CHINA

EVERY: Final = 10
"""Seconds from one entry to the next."""
MOST: Final = 3600
"""Seconds after which it ends by itself."""


def main() -> int:
    """Write until ended; says how many entries there were."""
    from guitu.cli.opening import open_store

    open_store()
    from guitu.access import house
    from guitu.casefile import Entry
    from guitu.kernel.ids import uuid7
    from guitu.store import clock, engine, gate

    rows = engine.rows(
        "SELECT f.id, u.code FROM store_casestatus s JOIN store_casefile f ON f.no = s.file"
        " JOIN store_unit u ON u.no = s.unit WHERE s.measure = %s AND s.state NOT IN ('', 'ended')"
        " ORDER BY s.file",
        ["compulsory_isolation"],
    )
    began = time.monotonic()
    for n, (file, unit) in enumerate(rows):
        time.sleep(EVERY)
        if time.monotonic() - began > MOST:
            break
        now = datetime.now(CHINA).replace(year=DAY.year, month=DAY.month, day=DAY.day)
        entry = Entry(
            id=uuid7(clock.milliseconds(now), secrets.token_bytes(10)),
            file=engine.uuid_of(file),
            kind="urine_test",
            happened_on=DAY,
            recorded_at=now,
            fields={"outcome": "taken", "result": "negative"},
            unit=unit,
        )
        gate.record_many([entry], actor=house(), now=now)
        print(n + 1, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
