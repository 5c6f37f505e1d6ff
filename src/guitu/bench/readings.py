"""The access log at ten million rows: what a page pays to be noted, and how long the two questions take.

The synthetic log is chained as a real one is, in strands of its own, and goes in without the gate: a few
thousand accounts, each looking at the files of its unit, one of them at very many; and one well-known person
whom many have looked at.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from guitu.bench.report import Figure
from guitu.kernel.labels import Label
from guitu.store import clock
from guitu.store.access_log import Reading, What, note, readings_of_file, readings_of_user, unusual
from guitu.store.readings import database, strands, words
from guitu.store.readings.check import verify_log

ACCOUNTS: Final = 2000
FILES: Final = 1_000_000
KNOWN: Final = 7
"""The file of the well-known person, whom one reading in two hundred is about."""
BUSY: Final = "u0"
"""The account that made one reading in fifty."""
SPAN: Final = timedelta(days=730)
CHECKED: Final = 1_000_000
"""A longer log is not walked through: that takes as many times longer."""

AT_ONCE: Final = 100_000
WHY: Final = Label("本单位辖区内", "inside this unit's area")
KINDS: Final = ("open",) * 6 + ("list",) * 2 + ("hit", "number")
_ROW: Final = (
    "strand", "n", "at_ms", "post", "what", "outside", "files", "shown", "compartments", "why", "purpose",
    "source", "detail", "digest",
)  # fmt: skip
_FILE: Final = ("file", "at_ms", "strand", "n", "post", "what", "outside")


def build(rows: int, now: datetime, say: Callable[[str], None]) -> None:
    """Put a chained log of so many readings into an empty log."""
    posts = [words.post(f"u{n}", "town_office", f"unit{n % 300}") for n in range(ACCOUNTS)]
    why = words.why(WHY.zh, WHY.en)
    begin, done = clock.milliseconds(now - SPAN), 0
    step = int(SPAN.total_seconds() * 1000) / rows
    dice = random.Random(20261123)
    strand = strands.take(begin)
    while done < rows:
        batch, index = [], []
        for number in range(done, min(done + AT_ONCE, rows)):
            no = 0 if number % 50 == 0 else dice.randrange(ACCOUNTS)
            file = KNOWN if number % 200 == 0 else no * 500 + dice.randrange(500)
            at_ms = begin + int(number * step)
            row = _reading(strand, posts[no], f"u{no}", f"unit{no % 300}", file, dice, at_ms, why)
            batch.append(row)
            index.append((file, row[2], row[0], row[1], row[3], row[4], row[5]))
        _insert("store_reading", _ROW, batch)
        _insert("store_readingfile", _FILE, sorted(index))
        done += len(batch)
        if done % 1_000_000 < AT_ONCE:
            say(f"{done:,}")
    strands.give_back(strand)


def _reading(
    strand: strands.Strand,
    post: int,
    who: str,
    unit: str,
    file: int,
    dice: random.Random,
    at_ms: int,
    why: int,
) -> tuple[Any, ...]:
    """One more reading on the strand."""
    what = dice.choice(KINDS)
    outside = dice.random() < 0.001
    source = f"10.1.{post % 250}.7"
    n, files = strand.n + 1, str(file)
    digest = strands.digest(
        strand.head, strand.no, n, at_ms, who, "town_office", unit, what, outside, files, 1, "identity,legal",
        WHY.zh, WHY.en, "casework", source, "tab=main",
    )  # fmt: skip
    strand.n, strand.head, strand.at_ms = n, digest, at_ms
    return (strand.no, n, at_ms, post, what, outside, files, 1, "identity,legal", why, "casework", source,
            "tab=main", digest)  # fmt: skip


def _insert(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    here = database.connection()
    here.ensure_connection()
    raw = here.connection
    names = ", ".join(columns)
    if database.is_postgresql():
        with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['?'] * len(columns))})", rows)
    raw.execute("COMMIT")


@contextmanager
def _building() -> Iterator[None]:
    """SQLite makes the log with much memory, without waiting for the disk, and without looking for each row
    whether it is there already; then all is as it always is."""
    if database.is_postgresql():
        yield
        return
    guards = database.rows("SELECT name, sql FROM sqlite_master WHERE name LIKE %s", ["%_no_replace"])
    for pragma in ("cache_size = -900000", "synchronous = OFF"):
        database.execute(f"PRAGMA {pragma}")
    for name, _ in guards:
        database.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in guards:
        database.execute(sql)
    for pragma in ("cache_size = -16000", "synchronous = NORMAL"):
        database.execute(f"PRAGMA {pragma}")


def measure(rows: int, name: str, now: datetime, say: Callable[[str], None], *, check: bool) -> list[Figure]:
    """Build the log, ask it, and note into it."""
    began = time.perf_counter()
    with _building():
        build(rows, now, say)
    built = time.perf_counter() - began
    if database.is_postgresql():
        database.execute("VACUUM ANALYZE store_reading, store_readingfile")
    found = [Figure(f"log: {rows:,} readings made ({name})", built, "s")]
    ever = now - SPAN - timedelta(days=1), now + timedelta(days=1)
    recent = now - timedelta(days=90), now + timedelta(days=1)
    asked: dict[str, Callable[[], object]] = {
        "who has seen this person, 90 days": lambda: readings_of_file(123_456, *recent),
        "who has seen this person, ever": lambda: readings_of_file(123_456, *ever),
        "a well-known person, 90 days": lambda: readings_of_file(KNOWN, *recent),
        "a well-known person, ever": lambda: readings_of_file(KNOWN, *ever),
        "what has this account seen, 90 days": lambda: readings_of_user("u77", *recent),
        "what has this account seen, ever": lambda: readings_of_user("u77", *ever),
        "the busiest account, ever": lambda: readings_of_user(BUSY, *ever),
        "the busiest account, ever, page 100": lambda: readings_of_user(BUSY, *ever, 100),
        "only numbers shown by the busiest": lambda: readings_of_user(BUSY, *ever, what="number"),
        "unusual reading, 7 days": lambda: unusual("", now - timedelta(days=7), now),
    }
    for what, question in asked.items():
        slowest, middle = _times(question)
        found.append(
            Figure(
                f"{what} ({name})",
                middle * 1000,
                "ms",
                wanted="under 1000 ms",
                note=f"slowest of five {slowest * 1000:.0f} ms",
            )
        )
    found += _noting(name, now)
    if check:
        began = time.perf_counter()
        report = verify_log()
        seconds = time.perf_counter() - began
        found.append(Figure(f"verify the log ({name})", seconds, "s", note=f"good: {report.good}"))
    return found


def _times(question: Callable[[], object]) -> tuple[float, float]:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        question()
        times.append(time.perf_counter() - began)
    return max(times), sorted(times)[2]


def _noting(name: str, now: datetime) -> list[Figure]:
    """What one page pays: processor time of this process, and how long it waits."""
    found = []
    cases: dict[str, Callable[[int], tuple[What, tuple[int, ...]]]] = {
        "opening a file": lambda n: ("open", (n,)),
        "a list of 50, all new today": lambda n: ("list", tuple(range(n * 50, n * 50 + 50))),
        "a list of 50, seen today": lambda n: ("list", tuple(range(50))),
    }
    for what, make in cases.items():
        waits = []
        spent = time.process_time()
        for n in range(500):
            sort, files = make(n)
            one = Reading("bench", "town_office", "unit1", sort, files, ("identity",), WHY)
            began = time.perf_counter()
            note(one, now + timedelta(seconds=n))
            waits.append(time.perf_counter() - began)
        cpu = (time.process_time() - spent) / 500 * 1000
        waits.sort()
        found.append(
            Figure(
                f"noting {what} ({name})",
                cpu,
                "ms",
                wanted="about 1 ms of processor time",
                note=f"waits {waits[250] * 1000:.2f} ms, p95 {waits[475] * 1000:.2f} ms",
            )
        )
    return found


def run(rows: int, name: str, say: Callable[[str], None], *, check: bool) -> list[Figure]:
    """The figures on the store that the settings name."""
    from guitu.kernel.zone import CHINA
    from guitu.store.setup import migrate

    migrate()
    return measure(rows, name, datetime(2026, 11, 23, 9, tzinfo=CHINA), say, check=check)


def apart(rows: int, engine_name: str, home: Path, url: str = "") -> list[Figure]:
    """The same in a process of its own, on a store of its own."""
    env = {**os.environ, "GUITU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "guitu.web.settings"}
    env.pop("GUITU_DATABASE_URL", None)
    if url:
        env["GUITU_DATABASE_URL"] = url
    command = [sys.executable, "-m", "guitu.bench.readings", str(rows), engine_name]
    out = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return [Figure(**one) for one in json.loads(out.stdout.strip().splitlines()[-1])]


if __name__ == "__main__":
    import django

    django.setup()
    wanted = int(sys.argv[1])
    told = run(wanted, sys.argv[2], lambda text: print(f"… {text}", file=sys.stderr), check=wanted <= CHECKED)
    print(json.dumps([figure.data() for figure in told]))
