"""Writing a reading: one row of the log, one of its index for each file that it showed anew.

A list shows dozens of people, and the same ones all day: with whom it was seen is noted once for each account
in a post, person and day (by each server process); that it was looked at is noted every time.
"""

from __future__ import annotations

import os
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction

from guitu.store import clock
from guitu.store.postgresql import prepared
from guitu.store.readings import database, strands, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guitu.store.access_log import Reading

MANY_MARKS: Final = 500_000
LONGEST_WHY: Final = 300
"""Characters of a reason."""

_COLUMNS: Final = (
    "strand, n, at_ms, post, what, outside, files, shown, compartments, why, purpose, source, detail, digest"
)
_SQLITE: Final = f"INSERT INTO store_reading ({_COLUMNS}) VALUES ({', '.join(['?'] * 14)})"
_SQLITE_FILE: Final = "INSERT INTO store_readingfile VALUES (?, ?, ?, ?, ?, ?, ?)"
_POSTGRESQL: Final = (
    "WITH soon AS (SELECT {}), one AS (INSERT INTO store_reading"
    f" ({_COLUMNS}) SELECT {', '.join(['%s'] * 14)} FROM soon RETURNING strand)"
    " INSERT INTO store_readingfile (file, at_ms, strand, n, post, what, outside)"
    " SELECT file, %s, %s, %s, %s, %s, %s FROM unnest(%s::bigint[]) AS file, one"
)
_AT_ONCE: Final = _POSTGRESQL.format("1")
_SOON: Final = _POSTGRESQL.format("set_config('synchronous_commit', 'off', true)")
"""PostgreSQL need not have written a reading to disk before the page is shown: only a crash of the whole
server can lose it, and then at most those of its last second."""

_marked: Final[dict[tuple[int, str], set[int]]] = {}
_day = 0
_marks = 0


def write(reading: Reading, now: datetime) -> None:
    """Add it to the log. Raises DatabaseError where that cannot be done."""
    from guitu.store.access_log import EFFECT, IN_LISTS

    now_ms = clock.milliseconds(now)
    post = words.post(reading.who, reading.role, reading.unit)
    zh, en = reading.why.zh[:LONGEST_WHY], reading.why.en[:LONGEST_WHY]
    why = words.why(zh, en)
    files: Sequence[int] = reading.files
    once = reading.what if reading.what in IN_LISTS else EFFECT if reading.detail == EFFECT else ""
    if once and files:
        files = _new(post, once, files, clock.office_day(now).toordinal())
        if once == EFFECT and not files:
            return
    elif len(files) > 1:
        files = sorted(set(files))
    strand = strands.take(now_ms)
    n, at_ms = strand.n + 1, max(now_ms, strand.at_ms)
    listed, compartments = ",".join(map(str, files)), ",".join(reading.compartments)
    shown, outside = len(reading.files), reading.outside
    digest = strands.digest(
        strand.head, strand.no, n, at_ms, reading.who, reading.role, reading.unit, reading.what,
        outside, listed, shown, compartments, zh, en, reading.purpose,
        reading.source, reading.detail,
    )  # fmt: skip
    row = (
        strand.no, n, at_ms, post, reading.what, outside, listed, shown, compartments, why, reading.purpose,
        reading.source, reading.detail, digest,
    )  # fmt: skip
    index = (at_ms, strand.no, n, post, reading.what, outside)
    if database.is_postgresql():
        _postgresql(row, index, files)
    else:
        _sqlite(row, index, files)
    strand.n, strand.head, strand.at_ms = n, digest, at_ms
    transaction.on_commit(partial(_done, strand, post, once, files), using=database.alias())


def _done(strand: strands.Strand, post: int, listed: str, files: Sequence[int]) -> None:
    """What is remembered once the reading is written for good."""
    global _marks
    strands.give_back(strand)
    if listed and files:
        _marked.setdefault((post, listed), set()).update(files)
        _marks += len(files)


def _new(post: int, what: str, files: Sequence[int], day: int) -> list[int]:
    """Those of a list who were not noted for this reader today."""
    global _day, _marks
    if day != _day or _marks > MANY_MARKS:
        forget()
        _day = day
    return sorted(set(files) - _marked.get((post, what), set()))


def forget() -> None:
    """Note everybody anew."""
    global _marks
    _marked.clear()
    _marks = 0


os.register_at_fork(after_in_child=forget)


def _sqlite(row: tuple[object, ...], index: tuple[object, ...], files: Sequence[int]) -> None:
    here = database.connection()
    here.ensure_connection()
    inside = here.in_atomic_block
    # Django's own cursors would translate every statement anew
    with here.wrap_database_errors:
        raw = here.connection
        if not inside and files:
            here.begin()
        try:
            raw.execute(_SQLITE, row)
            if files:
                raw.executemany(_SQLITE_FILE, [(file, *index) for file in files])
                if not inside:
                    raw.execute("COMMIT")
        except BaseException:
            if not inside and raw.in_transaction:
                raw.execute("ROLLBACK")
            raise


def _postgresql(row: tuple[object, ...], index: tuple[object, ...], files: Sequence[int]) -> None:
    here = database.connection()
    here.ensure_connection()
    # an outer transaction keeps its own promise: it may hold entries
    sql = _AT_ONCE if here.in_atomic_block else _SOON
    prepared.execute(here, sql, (*row, *index, list(files)))
