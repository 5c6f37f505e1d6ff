"""Running many schedules, each on a server that begins alike, and telling what came of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from guitu.store import engine
from guitu.trials.sync import checks
from guitu.trials.sync.phones import Phones
from guitu.trials.sync.report import Report
from guitu.trials.sync.schedule import Broken, Schedule
from guitu.trials.sync.server import Server, prepare

ANEW = 500
"""After so many schedules a new engine for the phones, so that nothing piles up."""


class _Undone(Exception):
    """The end of a schedule: everything it stored is undone."""


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
    report = Report(seed, first)
    with world():
        some(report, many, told)
    return report


def some(report: Report, many: int, told: Callable[[Report], None] | None = None) -> None:
    """The same inside a world that is there, into a report that says where to begin."""
    began, worked = time.monotonic(), time.process_time()
    phones = Phones()
    for n in range(many):
        if n and n % ANEW == 0:
            phones = Phones()
        place = report.first + n
        wrong, schedule = one(report.seed, place, phones)
        report.schedules += 1
        report.counted += schedule.counted
        if wrong:
            report.broken.append((place, wrong))
        report.seconds = time.monotonic() - began
        report.processor = time.process_time() - worked
        if told is not None and report.schedules % 100 == 0:
            told(report)


def one(seed: int, place: int, phones: Phones) -> tuple[str, Schedule]:
    """One schedule: what was wrong with it (nothing: ""), and it itself. Whatever it raises is wrong: neither
    the gate nor a phone may end in a fault."""
    schedule = Schedule(f"{seed}/{place}", phones, Server())
    try:
        with transaction.atomic():
            schedule.run()
            schedule.counted = checks.nothing_is_lost(schedule)
            checks.nobody_stays(schedule, schedule.leave())
            raise _Undone
    except _Undone:
        return "", schedule
    except Broken as found:
        return str(found), schedule
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}", schedule
