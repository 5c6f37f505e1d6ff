"""The relations that scans read, as views: of each kind the rows that count as known then, who answered for
whom from when to when, the tree of units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from guitu.indicators.engines.sql import literal, name, rows_of
from guitu.indicators.running import Known
from guitu.indicators.tables import ColumnType, Table

TYPES: Final[Mapping[ColumnType, str]] = {
    "word": "VARCHAR",
    "whole": "BIGINT",
    "decimal": "DECIMAL(18, 4)",
    "day": "DATE",
}

RAW: Final[Mapping[str, Mapping[str, str]]] = {
    "fates": {
        "person": "BIGINT",
        "set_seq": "BIGINT",
        "entry_seq": "BIGINT",
        "at_ms": "BIGINT",
        "counts": "BOOLEAN",
    },
    "homes": {"person": "BIGINT", "from_day": "DATE", "unit": "BIGINT"},
}
"""Tables that no figure counts, by which others are read."""


Slice = tuple[int, int]
"""Keys of people, [from, until)."""


def first_views(
    files: Mapping[str, Sequence[Path]],
    tables: Mapping[str, Table],
    known: Known,
    described: Described,
    slice_: Slice | None = None,
) -> Iterator[str]:
    """The statements that make what everything else reads, and the worked-out tables, of everybody or of the
    people of one slice. Those of entries are made when they are asked for (`view`): there are many."""
    for raw, columns in RAW.items():
        read = _read(files.get(raw, ()), columns, described, slice_=slice_)
        yield f"CREATE OR REPLACE TEMP VIEW raw_{raw} AS {read}"
    yield f"CREATE OR REPLACE TEMP TABLE withdrawn AS {withdrawn(known)}"
    for table in tables.values():
        if not table.entries:
            yield view(table, files, known, described, slice_)
    yield f"CREATE OR REPLACE TEMP VIEW homes_span AS {HOMES_SPAN}"
    levels = {f"at{n}": "BIGINT" for n in range(1, 6)}
    words = {"code": "VARCHAR", "name": "VARCHAR", "level": "VARCHAR"}
    units = _read(
        files.get("units", ()), {"unit": "BIGINT", "parent": "BIGINT", **words, **levels}, described
    )
    yield f"CREATE OR REPLACE TEMP TABLE tree_names AS {units}"
    yield "CREATE OR REPLACE TEMP TABLE tree AS SELECT unit, at1, at2, at3, at4, at5 FROM tree_names"


def view(
    table: Table,
    files: Mapping[str, Sequence[Path]],
    known: Known,
    described: Described,
    slice_: Slice | None = None,
) -> str:
    """The statement that makes the view of one table's rows that count."""
    columns = {column: TYPES[kind] for column, kind in table.columns.items()}
    mine = slice_ if table.owner == "person" else None
    read = _read(files.get(table.name, ()), columns, described, owner=table.owner, slice_=mine)
    if table.entries:
        standing = f"({read}) AS t ANTI JOIN withdrawn AS w ON w.entry_seq = t.seq"
        read = f"SELECT t.* FROM {standing}{_until(known)}"
    return f"CREATE OR REPLACE TEMP VIEW {rows_of(table.name)} AS {read}"


Described = Mapping[str, tuple[tuple[str, str], ...]]
"""By file, its columns and their types."""


def described_of(files: Sequence[Path], connection: Any) -> Described:
    """What every file holds, asked for at once: a snapshot has many files."""
    if not files:
        return {}
    listed = ", ".join(literal(str(file)) for file in files)
    rows = connection.execute(
        f"SELECT file_name, name, duckdb_type FROM parquet_schema([{listed}]) WHERE duckdb_type IS NOT NULL"
    ).fetchall()
    found: dict[str, list[tuple[str, str]]] = {}
    for file, column, kind in rows:
        found.setdefault(str(file), []).append((str(column), str(kind)))
    return {file: tuple(columns) for file, columns in found.items()}


def _until(known: Known) -> str:
    parts = [f"t.seq <= {int(known.seq)}"] if known.seq is not None else []
    parts += [f"t.recorded <= {_ms(known)}"] if known.at is not None else []
    return f" WHERE {' AND '.join(parts)}" if parts else ""


def _ms(known: Known) -> int:
    assert known.at is not None
    return int(known.at.timestamp() * 1000)


def withdrawn(known: Known) -> str:
    """The entries that do not count as known then: by the last word, so far, of the newest set of their
    file."""
    sets = f" WHERE set_seq <= {int(known.seq)}" if known.seq is not None else ""
    said = f" AND f.at_ms <= {_ms(known)}" if known.at is not None else ""
    return (
        "WITH newest AS (SELECT person, MAX(set_seq) AS set_seq FROM raw_fates"
        f"{sets} GROUP BY person), said AS (SELECT f.entry_seq, f.counts, ROW_NUMBER() OVER (PARTITION BY"
        " f.entry_seq ORDER BY f.at_ms DESC) AS nth FROM raw_fates AS f JOIN newest AS n"
        f" ON n.person = f.person AND n.set_seq = f.set_seq WHERE TRUE{said})"
        " SELECT entry_seq FROM said WHERE nth = 1 AND NOT counts"
    )


HOMES_SPAN: Final = (
    "SELECT person, unit,"
    " CASE WHEN LAG(from_day) OVER (PARTITION BY person ORDER BY from_day) IS NULL"
    " THEN CAST('0001-01-01' AS DATE) ELSE from_day END AS from_day,"
    " COALESCE(LEAD(from_day) OVER (PARTITION BY person ORDER BY from_day), CAST('9999-12-31' AS DATE))"
    " AS until_day FROM raw_homes"
)
"""Who answered for whom from when until when; before the first, the first."""


def _read(
    files: Sequence[Path],
    columns: Mapping[str, str],
    described: Described,
    *,
    owner: str = "person",
    slice_: Slice | None = None,
) -> str:
    """A query that gives these columns from Parquet files of one table, of one or several shapes: what a file
    lacks is empty."""
    if not files:
        empty = ", ".join(f"CAST(NULL AS {kind}) AS {name(column)}" for column, kind in columns.items())
        return f"SELECT {empty} WHERE FALSE"
    shapes: dict[tuple[tuple[str, str], ...], list[Path]] = {}
    for file in files:
        shapes.setdefault(described[str(file)], []).append(file)
    selects = []
    for shape, them in shapes.items():
        have = dict(shape)
        listed = ", ".join(literal(str(file)) for file in them)
        picked = ", ".join(_column(column, kind, have, owner) for column, kind in columns.items())
        of = f" WHERE person >= {slice_[0]} AND person < {slice_[1]}" if slice_ else ""
        selects.append(f"SELECT {picked} FROM read_parquet([{listed}]){of}")
    return " UNION ALL ".join(selects)


def _column(column: str, kind: str, have: Mapping[str, str], owner: str) -> str:
    stored = "of_unit" if column == "unit" and owner == "unit" and "of_unit" in have else column
    if stored not in have:
        return f"CAST(NULL AS {kind}) AS {name(column)}"
    if kind == "DATE" and "INT" in have[stored]:  # a day stored as days since 1970
        since = f"CAST('1970-01-01' AS DATE) + CAST({name(stored)} AS INTEGER)"
        return f"CAST({since} AS DATE) AS {name(column)}"
    return f"CAST({name(stored)} AS {kind}) AS {name(column)}"


__all__ = ["described_of", "first_views", "literal", "rows_of", "view", "withdrawn"]
