"""Where a stretch of time lies in each strand. Times only grow along a strand, so its ends are found by
halving, and what lies between them lies together on the disk."""

from __future__ import annotations

from collections.abc import Iterator

from guitu.store.engine import Row
from guitu.store.readings import database

Stretch = tuple[int, int, int]
"""A strand's number, and the first and last place of the stretch in it."""


def stretches(since_ms: int, until_ms: int) -> list[Stretch]:
    """The stretches in which everything was noted between two moments (the later one not included)."""
    end = "(SELECT {} FROM store_reading r WHERE r.strand = s.no ORDER BY r.n {} LIMIT 1)"
    found = []
    for strand, first, last, last_ms in database.rows(
        f"SELECT s.no, {end.format('r.n', '')}, {end.format('r.n', 'DESC')}, {end.format('r.at_ms', 'DESC')}"
        " FROM store_readingstrand s WHERE s.begun_ms < %s ORDER BY s.no",
        [until_ms],
    ):
        if last is None or last_ms < since_ms:
            continue
        begin, behind = (_first_from(strand, first, last, at) for at in (since_ms, until_ms))
        if begin < behind:
            found.append((strand, begin, behind - 1))
    return found


def _first_from(strand: int, first: int, last: int, at_ms: int) -> int:
    """The first place at that moment or later; the one behind the last if there is none."""
    low, high = first, last + 1
    while low < high:
        middle = (low + high) // 2
        found = database.row(
            "SELECT at_ms FROM store_reading WHERE strand = %s AND n >= %s ORDER BY n LIMIT 1",
            [strand, middle],
        )
        if found is not None and found[0] < at_ms:
            low = middle + 1
        else:
            high = middle
    return low


def rows_between(columns: str, since_ms: int, until_ms: int, where: str) -> Iterator[Row]:
    """Those rows of the log between two moments for which the condition holds."""
    for strand, begin, end in stretches(since_ms, until_ms):
        yield from database.rows(
            f"SELECT {columns} FROM store_reading WHERE strand = %s AND n BETWEEN %s AND %s AND {where}",
            [strand, begin, end],
        )
