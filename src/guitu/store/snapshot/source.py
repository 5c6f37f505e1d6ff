"""Reading the entries in bulk: as the engine writes text, thousands of rows at a time, read by Arrow and
never row by row here.

Entries are never changed and never deleted, so all rows up to a sequence number are the same whenever
they are read, once it is certain that no smaller number is still to come: `settled` says up to where
that is so.
"""

from __future__ import annotations

import io
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
from django.db import connection

from guitu.store import engine
from guitu.store.snapshot import arrow

SQLITE_AT_ONCE: Final = 20_000
"""Entries that SQLite puts into one text."""
WAIT: Final = 2.0
"""How many seconds to wait for transactions that were writing when we asked."""

_TYPES: Final = {
    "file": pa.int64(),
    "seq": pa.int64(),
    "id": pa.string(),
    "kind": pa.dictionary(pa.int32(), pa.string()),
    "version": pa.int16(),
    "day": pa.date32(),
    "recorded": pa.int64(),
    "unit": pa.dictionary(pa.int32(), pa.string()),
    "corrects": pa.string(),
    "body": pa.string(),
}
_NAMES: Final = list(_TYPES)
_LINE: Final = (
    "group_concat(printf('%d\t%d\t%s\t%s\t%d\t%s\t%d\t%s\t%s\t%s', file, seq, id, kind, version, happened_on,"
    " recorded_ms, replace(replace(unit, char(9), ''), char(10), ''), corrects, body), char(10))"
)
_COPIED: Final = (
    "file, seq, replace(id::text, '-', ''), kind, version, happened_on, recorded_ms, unit,"
    " replace(corrects::text, '-', ''), body"
)


@dataclass(frozen=True, slots=True)
class Horizon:
    """Up to which number nothing is missing and nothing will come any more (`seq`). Where others were
    writing, `upto` is the largest number that was there and `writers` those who may still hold smaller
    ones."""

    seq: int
    upto: int
    writers: tuple[str, ...] = ()


def settled(floor: int, before: Horizon | None = None) -> Horizon:
    """How far it is certain that no smaller number is still to come. `floor` is known to be; `before` is
    what was answered last time.

    SQLite has one writer at a time, who takes the next numbers. On PostgreSQL a transaction takes its
    numbers when it inserts and shows them when it commits: a smaller number may appear later. Whoever
    took a number before a larger one was seen held a lock on the table by then, and still holds it or
    has ended: once all who held it have ended, what is missing below was rolled back. Whoever goes on
    holding it (a long import) is not waited for: then the numbers up to the first one that is missing
    are certain, and next time all that was there now, if they have ended by then.
    """
    upto = engine.last_seq()
    if not engine.is_postgresql() or upto <= floor:
        return Horizon(max(upto, floor), upto)
    writing = _writing()
    until = time.monotonic() + WAIT
    while writing and time.monotonic() < until:
        time.sleep(0.02)
        writing &= _writing()
    if not writing:
        return Horizon(upto, upto)
    if before is not None and before.upto > floor and writing.isdisjoint(before.writers):
        floor = min(before.upto, upto)
    gap = engine.row(
        "SELECT min(seq) FROM (SELECT seq, lag(seq, 1, %s) OVER (ORDER BY seq) AS before FROM store_entry"
        " WHERE seq > %s AND seq <= %s) AS numbered WHERE seq - before > 1",
        [floor, floor, upto],
    )
    if gap is None or gap[0] is None:
        return Horizon(upto, upto)
    found = engine.row("SELECT max(seq) FROM store_entry WHERE seq > %s AND seq < %s", [floor, gap[0]])
    last = int(found[0]) if found and found[0] is not None else floor
    return Horizon(last, upto, tuple(sorted(writing)))


def _writing() -> set[str]:
    """The transactions of others that have written entries, or are about to, and have not ended."""
    return {
        row[0]
        for row in engine.rows(
            "SELECT virtualtransaction FROM pg_locks WHERE relation = 'store_entry'::regclass"
            " AND mode = 'RowExclusiveLock' AND granted AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND pid IS DISTINCT FROM pg_backend_pid()"
        )
    }


def entries(after: int, upto: int, size: int) -> Iterator[pa.Table]:
    """All entries with numbers above `after` up to `upto`, in their order, about `size` at a time."""
    if engine.is_postgresql():
        low = after
        while low < upto:
            found = engine.row(
                "SELECT max(seq) FROM (SELECT seq FROM store_entry WHERE seq > %s AND seq <= %s ORDER BY seq"
                " LIMIT %s) AS next",
                [low, upto, size],
            )
            if found is None or found[0] is None:
                return
            rows = _copied(f"seq > {low} AND seq <= {int(found[0])} ORDER BY seq")
            low = int(found[0])
            yield rows
        return
    pieces: list[pa.Table] = []
    low = after
    while low < upto:
        high = min(low + SQLITE_AT_ONCE, upto)
        if (piece := _said(f"seq > {low} AND seq <= {high}")) is not None:
            pieces.append(piece)
        low = high
        if sum(piece.num_rows for piece in pieces) >= size:
            yield pa.concat_tables(pieces).unify_dictionaries()
            pieces = []
    if pieces:
        yield pa.concat_tables(pieces).unify_dictionaries()


def entries_of(files: Collection[int], upto: int) -> Iterator[pa.Table]:
    """All entries of these files with numbers up to `upto`."""
    for chunk in engine.in_chunks(sorted(files)):
        which = f"file IN ({', '.join(map(str, chunk))}) AND seq <= {upto}"
        rows = _copied(f"{which} ORDER BY seq") if engine.is_postgresql() else _said(which)
        if rows is not None and rows.num_rows:
            yield rows


def _said(where: str) -> pa.Table | None:
    """What SQLite says, in one text."""
    engine.carried()
    with closing(connection.connection.cursor()) as cursor:
        text = cursor.execute(f"SELECT {_LINE} FROM store_entry WHERE {where}").fetchone()[0]
    return None if text is None else _parsed(text.encode(), quote=False)


def _copied(where: str) -> pa.Table:
    """What PostgreSQL copies out."""
    engine.carried()
    out = io.BytesIO()
    with (
        closing(connection.connection.cursor()) as cursor,
        cursor.copy(
            f"COPY (SELECT {_COPIED} FROM store_entry WHERE {where}) TO STDOUT (FORMAT csv, DELIMITER E'\\t')"
        ) as copy,
    ):
        for piece in copy:
            out.write(piece)
    return _parsed(out.getvalue(), quote=True)


def _parsed(text: bytes, *, quote: bool) -> pa.Table:
    if not text:
        return pa.table({name: pa.array([], kind) for name, kind in _TYPES.items()})
    return csv.read_csv(
        pa.BufferReader(text),
        read_options=csv.ReadOptions(column_names=_NAMES, block_size=max(len(text), 1 << 20)),
        parse_options=csv.ParseOptions(
            delimiter="\t", quote_char='"' if quote else False, newlines_in_values=False
        ),
        convert_options=csv.ConvertOptions(
            column_types=_TYPES, strings_can_be_null=False, quoted_strings_can_be_null=False, null_values=[]
        ),
    )


_NIBBLE: Final = np.zeros(256, np.uint64)
_NIBBLE[48:58] = np.arange(10)
_NIBBLE[97:103] = np.arange(10, 16)


def halves(ids: pa.ChunkedArray | pa.Array) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The upper and the lower 64 bits of ids written as 32 hexadecimal digits."""
    texts = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    if not len(texts):
        return np.zeros(0, np.uint64), np.zeros(0, np.uint64)
    starts = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset]
    digits = np.frombuffer(texts.buffers()[2], np.uint8)[starts : starts + 32 * len(texts)]
    values = _NIBBLE[digits].reshape(len(texts), 2, 16)
    shifts = np.arange(60, -4, -4, dtype=np.uint64)
    both = np.bitwise_or.reduce(values << shifts, axis=2)
    return both[:, 0], both[:, 1]


def day_numbers(days: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    """Days since 1970."""
    return arrow.plain(days.combine_chunks().cast(pa.int32()))


def codes(column: pa.ChunkedArray) -> tuple[np.ndarray[Any, Any], Sequence[str]]:
    """A column of words as codes, and the words."""
    words = column.combine_chunks()
    return arrow.plain(words.indices), words.dictionary.to_pylist()
