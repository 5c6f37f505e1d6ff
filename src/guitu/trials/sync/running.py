"""Running many schedules, each on a server that begins alike, and telling what came of them."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction

from guitu.store import engine
from guitu.trials.sync import checks
from guitu.trials.sync.phones import Phones
from guitu.trials.sync.schedule import Broken, Schedule
from guitu.trials.sync.server import Server, prepare

ANEW = 500
"""After so many schedules a new engine for the phones, so that nothing piles up."""


class _Undone(Exception):
    """The end of a schedule: everything it stored is undone."""


@dataclass
class Report:
    """What came of it. `broken` names the schedules in which something was lost, doubled or not shown, each
    with one sentence; the same seed and number give the same schedule again."""

    seed: int
    first: int
    schedules: int = 0
    seconds: float = 0.0
    counted: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[int, str]] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing was lost, nothing doubled, and every difference shown."""
        return not self.broken

    def add(self, other: Report) -> None:
        """Take another part of the same run in."""
        self.schedules += other.schedules
        self.counted += other.counted
        self.broken += other.broken

    def text(self) -> str:
        """As JSON."""
        return json.dumps({**asdict(self), "counted": dict(self.counted)}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Report:
        """From JSON."""
        told: dict[str, Any] = json.loads(text)
        broken = [(int(n), str(why)) for n, why in told["broken"]]
        return cls(**{**told, "counted": Counter(told["counted"]), "broken": broken})


@contextmanager
def world() -> Iterator[None]:
    """The house, with places and people; all undone afterwards."""
    with engine.house():
        try:
            with transaction.atomic():
                prepare()
                yield
                raise _Undone
        except _Undone:
            pass


def run(seed: int, first: int, many: int, told: Callable[[Report], None] | None = None) -> Report:
    """Run schedules number `first` and following; `told` hears how far it is now and then."""
    report, began = Report(seed, first), time.monotonic()
    phones = Phones()
    with world():
        for place in range(first, first + many):
            if place > first and (place - first) % ANEW == 0:
                phones = Phones()
            wrong, counted, _ = one(seed, place, phones)
            report.schedules += 1
            report.counted += counted
            if wrong:
                report.broken.append((place, wrong))
            report.seconds = time.monotonic() - began
            if told is not None and report.schedules % 100 == 0:
                told(report)
    report.seconds = time.monotonic() - began
    return report


def one(seed: int, place: int, phones: Phones) -> tuple[str, Counter[str], list[str]]:
    """One schedule: what was wrong with it (nothing: ""), what was counted, and what happened."""
    schedule = Schedule(f"{seed}/{place}", phones, Server())
    wrong, counted = "", Counter[str]()
    try:
        with transaction.atomic():
            schedule.run()
            counted = checks.nothing_is_lost(schedule)
            raise _Undone
    except _Undone:
        pass
    except Broken as found:
        wrong = str(found)
    return wrong, counted, schedule.trace
