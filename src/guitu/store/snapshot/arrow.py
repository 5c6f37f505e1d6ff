"""The declared columns as Arrow types, and Parquet files of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from guitu.casefile.columns import Column
from guitu.pathway.sweep.counting import as_text

WORD: Final = pa.dictionary(pa.int32(), pa.string())
TYPES: Final[dict[str, pa.DataType]] = {
    "int64": pa.int64(),
    "int32": pa.int32(),
    "int16": pa.int16(),
    "uint64": pa.uint64(),
    "uint16": pa.uint16(),
    "uint8": pa.uint8(),
    "flag": pa.bool_(),
    "day": pa.date32(),
    "word": WORD,
}
GROUP: Final = 64 * 1024
"""Rows of one row group: what a reader who looks for one person has to read at least."""
_RISING: Final = frozenset({"person", "seq", "recorded", "set_seq", "entry_seq", "at_ms", "from_day", "unit"})
"""Columns of numbers that mostly rise: their differences are small."""
_RANDOM: Final = frozenset({"id_hi", "id_lo", "to_hi", "to_lo"})


def schema(columns: Iterable[Column]) -> pa.Schema:
    """The Arrow schema of these columns."""
    return pa.schema([pa.field(c.name, TYPES[c.type], nullable=True) for c in columns])


def table(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> pa.Table:
    """A table of a few rows."""
    across = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return pa.Table.from_arrays(
        [pa.array(values, TYPES[c.type]) for c, values in zip(columns, across, strict=True)],
        schema=schema(columns),
    )


def write(path: Path, rows: pa.Table) -> None:
    """Write a Parquet file. `keep` sees it on the disk."""
    names = rows.schema.names
    plain = [n for n in names if n in _RISING and not pa.types.is_dictionary(rows.schema.field(n).type)]
    with path.open("wb") as stream:
        pq.write_table(
            rows,
            stream,
            compression="zstd",
            compression_level=1,
            row_group_size=GROUP,
            use_dictionary=[n for n in names if n not in plain and n not in _RANDOM],
            column_encoding=dict.fromkeys(plain, "DELTA_BINARY_PACKED"),
            write_statistics=[n for n in names if n in ("person", "seq", "day")],
            store_schema=True,
        )


def read(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of a Parquet file. (`read_table` would load half a library that is not needed.)"""
    with pq.ParquetFile(path, memory_map=True) as file:
        return file.read(columns=columns)


def keep(paths: Sequence[Path]) -> None:
    """See these files on the disk, many at a time: the disk writes them together."""
    with ThreadPoolExecutor(max_workers=16) as several:
        for _ in several.map(_keep, paths):
            pass


def _keep(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def numbers(rows: pa.Table, name: str) -> np.ndarray[Any, Any]:
    """A column without empty places as an array."""
    return plain(rows.column(name))


def plain(values: pa.ChunkedArray | pa.Array) -> np.ndarray[Any, Any]:
    """Numbers, days or flags without empty places as an array. (Arrow's own way would load a library that is
    not needed.)"""
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if pa.types.is_boolean(whole.type):
        return plain(whole.cast(pa.uint8())).astype(bool)
    kind = np.dtype(f"{'u' if pa.types.is_unsigned_integer(whole.type) else 'i'}{whole.type.bit_width // 8}")
    data = whole.buffers()[1]
    return np.frombuffer(data, kind)[whole.offset : whole.offset + len(whole)] if data else np.zeros(0, kind)


def ordered(rows: pa.Table, *keys: str) -> pa.Table:
    """The rows sorted by these columns, the first one first; as they are if they already stand so."""
    if rows.num_rows < 2:
        return rows
    arrays = [numbers(rows, key) for key in reversed(keys)]
    order = np.lexsort(arrays)
    if np.array_equal(order, np.arange(len(order))):
        return rows
    return rows.take(pa.array(order))


def same(one: pa.Table, other: pa.Table) -> bool:
    """Whether two tables hold the same rows, however their words are listed."""
    if one.schema.names != other.schema.names or one.num_rows != other.num_rows:
        return False
    pairs = zip(one.columns, other.columns, strict=True)
    return all(as_text(a).equals(as_text(b)) for a, b in pairs)


def unify(rows: pa.Table) -> pa.Table:
    """The same rows, each column in one piece, words of all pieces in one list."""
    return rows.unify_dictionaries().combine_chunks()


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970, rounded as the store rounds them."""
    return round(moment.timestamp() * 1000)
