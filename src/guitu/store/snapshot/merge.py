"""Keeping the number of part files small: small parts become one larger part, and once they are many in
all, a whole table is put in order again, cut by slices of the people's keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from guitu.casefile.columns import Column
from guitu.casefile.snapshot import MOST, slices_of
from guitu.store.snapshot import arrow
from guitu.store.snapshot.folder import BASE, Draft, File

PER_PART: Final = 1_500_000
"""About how many rows a part of an ordered table has at most."""
MOST_SLICES: Final = 256
TOGETHER: Final = 8
"""So many parts of one size become one of the next."""
LOOSE: Final = 0.25
"""When more than this part of a table's rows stands outside its ordered parts, it is ordered again."""
SETS: Final = ("fates", "before_birth")
"""Tables of which only a person's newest set of rows holds."""

Progress = Callable[[int, int], None]


def slice_count(rows: int) -> int:
    """Into how many slices a table of so many rows is cut: a power of two."""
    count = 1
    while rows / count > PER_PART and count < MOST_SLICES:
        count *= 2
    return count


def tidy(draft: Draft, *, whole: bool = False, progress: Progress | None = None) -> None:
    """Merge what has become many; with `whole` put every table in order."""
    people = [name for name, columns in draft.columns.items() if next(iter(columns)) == "person"]
    for done, table in enumerate(people):
        if progress is not None:
            progress(done, len(people))
        files = draft.tables[table]
        loose = [file for file in files if file.tier != BASE]
        if not loose:
            continue
        total = sum(file.rows for file in files)
        many = len(loose) >= TOGETHER and sum(file.rows for file in loose) > LOOSE * total
        if whole or many:
            _order(draft, table, total)
        else:
            _merge(draft, table)


def _merge(draft: Draft, table: str) -> None:
    """Let parts of one size that have become many be one of the next size."""
    tier = 0
    while tier < BASE:
        same = [file for file in draft.tables[table] if file.tier == tier]
        if len(same) < TOGETHER:
            if not any(tier < file.tier < BASE for file in draft.tables[table]):
                return
        else:
            rows = _sorted(table, [_all(draft, file) for file in same])
            draft.remove(table, same)
            draft.add(table, _columns(draft, table), rows, tier + 1)
        tier += 1


def _order(draft: Draft, table: str, total: int) -> None:
    """Put a whole table in order, slice by slice."""
    files = list(draft.tables[table])
    readers = [(file, pq.ParquetFile(draft.folder / file.name, memory_map=True)) for file in files]
    try:
        for low, high in slices_of(slice_count(total)):
            pieces = [piece for file, reader in readers if (piece := _between(file, reader, low, high))]
            if pieces:
                draft.add(table, _columns(draft, table), _sorted(table, pieces), BASE)
    finally:
        for _, reader in readers:
            reader.close()
    draft.remove(table, files)


def _between(file: File, reader: pq.ParquetFile, low: int, high: int) -> pa.Table | None:
    """The rows of a part whose person is from `low` to below `high`."""
    if file.first >= high or file.last < low:
        return None
    meta = reader.metadata
    groups = []
    for n in range(meta.num_row_groups):
        told = meta.row_group(n).column(0).statistics
        if told is None or (told.min < high and told.max >= low):
            groups.append(n)
    if not groups:
        return None
    rows = reader.read_row_groups(groups)
    if file.first >= low and file.last < high:
        return rows
    person = arrow.numbers(rows, "person")
    first, last = np.searchsorted(person, [low, min(high, MOST - 1)])
    last = len(person) if high >= MOST else last
    return rows.slice(first, last - first) if last > first else None


def _all(draft: Draft, file: File) -> pa.Table:
    return arrow.read(draft.folder / file.name)


def _columns(draft: Draft, table: str) -> list[Column]:
    return [Column(name, kind) for name, kind in draft.columns[table].items()]  # type: ignore[arg-type]


def _sorted(table: str, pieces: Sequence[pa.Table]) -> pa.Table:
    """The rows of several parts in order; of sets only each person's newest."""
    rows = arrow.unify(pa.concat_tables(pieces, promote_options="permissive"))
    if table in SETS:
        rows = newest(rows)
    return arrow.ordered(rows, *KEYS.get(table, ("person", "seq")))


KEYS: Final[dict[str, tuple[str, ...]]] = {
    "fates": ("person", "entry_seq", "at_ms"),
    "before_birth": ("person", "seq"),
    "homes": ("person", "from_day"),
    "files": ("person",),
}
"""By what each table is sorted; by person and seq unless said here."""


def newest(rows: pa.Table) -> pa.Table:
    """The rows of each person's newest set."""
    if not rows.num_rows:
        return rows
    person, sets = arrow.numbers(rows, "person"), arrow.numbers(rows, "set_seq")
    people, whose = np.unique(person, return_inverse=True)
    last: np.ndarray[Any, Any] = np.zeros(len(people), np.int64)
    np.maximum.at(last, whose, sets)
    return rows.filter(pa.array(sets == last[whose]))
