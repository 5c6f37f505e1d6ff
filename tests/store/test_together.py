"""Several people writing at once, and a process that dies in the middle: nothing lost, nothing twice, no
gap."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

import pytest
from django.db import connection

from guitu.casefile import Entry
from guitu.store import engine, gate
from guitu.store.centre import placements
from guitu.store.rebuild import rebuild
from guitu.store.verify import verify
from tests.store import test_beds
from tests.store.dumping import PROJECTIONS, dump
from tests.store.writing import CLERK, Pen

pytestmark = pytest.mark.usefixtures("lasting_places")

APPENDER = """
import django, sys
django.setup()
from tests.conftest import NOW
from tests.store.writing import CLERK, Pen
from guitu.store import gate
pen = Pen(1)
pen.next += int(sys.argv[1])
for i in range(int(sys.argv[2])):
    gate.record(pen.entry("remark", "2026-01-01", text=f"{sys.argv[1]}/{i}"), actor=CLERK, now=NOW)
"""

DYING = """
import django, os, signal, sys
django.setup()
from tests.conftest import NOW
from tests.store.writing import CLERK, Pen
from guitu.store import gate
def entries():
    for number in range(1, 4000):
        pen = Pen(number)
        yield pen.person(f"赵{number}")
        yield pen.entry("remark", "2026-01-01", text="x")
        if number == 3000:
            os.kill(os.getpid(), signal.SIGKILL)
gate.record_many(entries(), actor=CLERK, now=NOW)
"""


def start(script: str, environment: dict[str, str], *arguments: object) -> subprocess.Popen[str]:
    """Another Python process on the same store."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        env={**environment, "PYTHONPATH": os.pathsep.join(["src", "."])},
        text=True,
        stderr=subprocess.PIPE,
    )


def places_in_order() -> list[int]:
    """The places taken in file 1."""
    return [r[0] for r in engine.rows("SELECT n FROM store_entry WHERE file = 1 ORDER BY n")]


def test_two_processes_append_to_one_file_without_a_gap(environment: dict[str, str], now: datetime) -> None:
    pen = Pen(1)
    gate.record(pen.person(), actor=CLERK, now=now)
    running = [start(APPENDER, environment, offset, 30) for offset in (100, 200)]
    for process in running:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    assert places_in_order() == list(range(1, 62))
    assert verify().good


def test_threads_that_open_the_same_file_at_once_share_it(now: datetime) -> None:
    ready = threading.Barrier(4)
    faults: list[BaseException] = []

    def write(offset: int) -> None:
        pen = Pen(1)
        pen.next += offset
        ready.wait()
        try:
            for i in range(5):
                gate.record(pen.entry("remark", "2026-01-01", text=str(i)), actor=CLERK, now=now)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(100 * k,)) for k in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert places_in_order() == list(range(1, 21))
    assert engine.rows("SELECT count(*) FROM store_casefile") == [(1,)]
    assert verify().good


def test_two_who_record_the_same_entry_at_once_get_the_same_receipt(now: datetime) -> None:
    entry = Pen(1).person()
    ready = threading.Barrier(2)
    receipts = []

    def write() -> None:
        ready.wait()
        receipts.append(gate.record(entry, actor=CLERK, now=now))
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(r.repeated for r in receipts) == [False, True]
    assert len({(r.n, r.digest, r.stored_at) for r in receipts}) == 1


def test_a_process_killed_in_the_middle_leaves_nothing_behind(
    environment: dict[str, str], now: datetime
) -> None:
    gate.record(Pen(5000).person(), actor=CLERK, now=now)
    process = start(DYING, environment)
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    for table in ("casefile", "entry", "casestatus", "person"):
        assert engine.rows(f"SELECT count(*) FROM store_{table}") == [(1,)], table
    assert verify().good
    again = Pen(1)
    assert gate.record(again.person("赵1"), actor=CLERK, now=now).n == 1


def meanwhile(work: Callable[[], object]) -> None:
    """Do this in another thread, on a connection of its own, and wait for it."""
    faults: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert faults == []


def test_what_is_written_while_chains_are_checked_is_no_fault(now: datetime) -> None:
    pens = [Pen(number) for number in range(1, 6)]
    for pen in pens:
        gate.record(pen.person(f"赵{pen.place}"), actor=CLERK, now=now)
    checked: list[int] = []

    def write_more(done: int) -> None:
        if not checked:
            more = [pen.entry("remark", "2026-01-01", text="x") for pen in pens]
            meanwhile(lambda: gate.record_many(more, actor=CLERK, now=now))
        checked.append(done)

    report = verify(write_more)
    assert (report.good, report.entries) == (True, 5)
    assert verify().entries == 10


def test_what_is_recorded_during_a_rebuild_is_in_its_lists(
    now: datetime, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    pens = [Pen(number) for number in range(1, 6)]
    for pen in pens:
        gate.record_many(
            pen.on_community_treatment(name=f"赵{pen.place}", served="2026-11-10"), actor=CLERK, now=now
        )
    monkeypatch.setattr("guitu.store.rebuild.AT_ONCE", 2)
    newcomer = Pen(9)

    def write_more(done: int, total: int) -> None:
        if done == 2:
            entries = [pen.entry("reporting_in", "2026-11-12") for pen in pens[:3]]
            entries += newcomer.on_community_treatment(name="钱", served="2026-11-10")
            meanwhile(lambda: gate.record_many(entries, actor=CLERK, now=now))

    rebuild(today, write_more)
    found = dump(PROJECTIONS)
    assert len(found["casestatus"]) == 6
    rebuild(today)
    assert dump(PROJECTIONS) == found


def test_many_who_write_about_different_people_of_one_place_do_not_get_in_each_other_s_way(
    now: datetime, today: date
) -> None:
    ready = threading.Barrier(4)
    faults: list[BaseException] = []

    def write(first: int) -> None:
        ready.wait()
        try:
            for number in range(first, first + 6):
                pen = Pen(number)
                for entry in pen.on_community_treatment(name=f"赵{number}", served="2026-11-10"):
                    gate.record(entry, actor=CLERK, now=now, second="second.officer")
                gate.record(pen.entry("reporting_in", "2026-11-12"), actor=CLERK, now=now)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(10 * k,)) for k in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    kept = dump(PROJECTIONS)
    assert len(kept["casestatus"]) == 24
    rebuild(today)
    assert dump(PROJECTIONS) == kept


def test_of_two_placed_in_one_bed_at_once_the_second_is_told_that_it_is_taken(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    test_beds.wards(now)
    entries = [test_beds.bed(test_beds.resident(n, now, name=f"王{n}")) for n in (1, 2)]
    looked, judged = threading.Barrier(2), placements.judged

    def slowly(*asked: object) -> object:
        with suppress(threading.BrokenBarrierError):
            looked.wait(0.5)  # both have looked, unless one waits for the other
        return judged(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(placements, "judged", slowly)
    said: list[str] = []

    def place(entry: Entry) -> None:
        try:
            gate.record(entry, actor=test_beds.OFFICER, now=now)
            said.append("placed")
        except gate.NotAccepted as refusal:
            said.append(refusal.say("zh"))
        finally:
            connection.close()

    threads = [threading.Thread(target=place, args=(entry,)) for entry in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["placed", "这张床已有人。"]
    assert len(test_beds.lying(now)) == 1
