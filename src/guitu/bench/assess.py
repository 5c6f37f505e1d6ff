"""How many people one core assesses in a second: files of sixty entries, every rule on."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from guitu.bench.report import Figure
from guitu.casefile import CaseFile, Entry
from guitu.compose import policy
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.pathway import assess
from guitu.simulate.province import population
from guitu.store.divisions import load_province

SIZE = 60


def files_of_sixty(people: int, seed: int, on: date) -> list[CaseFile]:
    """Simulated files brought to exactly sixty entries: long ones as far as they went, short ones filled
    with tests."""
    found = []
    for history in population(people, seed, on, load_province("46")):
        entries = list(history.entries[:SIZE])
        rng = Random(f"{seed}/{history.file}")
        day = entries[-1].happened_on
        while len(entries) < SIZE:
            day = max(day - timedelta(days=rng.randrange(1, 20)), entries[0].happened_on)
            entries.append(_test(history.file, day, rng))
        found.append(CaseFile(history.file, tuple(entries)))
    return found


def _test(file: UUID, day: date, rng: Random) -> Entry:
    at = datetime(day.year, day.month, day.day, 10, tzinfo=CHINA)
    return Entry(
        id=uuid7(int(at.timestamp() * 1000), rng.randbytes(10)),
        file=file,
        kind="urine_test",
        happened_on=day,
        recorded_at=at,
        fields={"outcome": "taken", "result": "negative"},
    )


MOST: Final = 3000


def run(people: int = MOST) -> list[Figure]:
    """People per second, the best of three rounds so that a busy neighbour does not count."""
    on = date(2026, 11, 23)
    files = files_of_sixty(people, 7, on)
    rules = policy("46", presets=("FRQ-A",))
    rates = []
    for _ in range(3):
        fresh = [CaseFile(file.id, file.entries) for file in files]  # a file keeps what counts of it
        began = time.perf_counter()
        for file in fresh:
            assess(file, rules, on)
        rates.append(people / (time.perf_counter() - began))
    return [
        Figure(
            "assess", max(rates), "people/s", note=f"{people} files of {SIZE} entries, one core, best of 3"
        )
    ]
