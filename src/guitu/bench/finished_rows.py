"""What no import into SQLite can be quicker than: SQLite alone, writing the rows of one that is done into
empty tables of the same shape, in one transaction, with no line of Python between them."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Final

FEWEST: Final = 5_000
"""Tables with fewer rows were there before the import, or do not matter."""

_OPTIONS: Final = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-64000;"
)
"""As the product opens its file for a large batch."""

_BEFORE: Final = frozenset({"store_unit", "store_unitabove"})


def measure(store: Path) -> tuple[float, int]:
    """Seconds, and how many rows, for the store at `store`, which is only read."""
    with tempfile.TemporaryDirectory(prefix="guitu-bench-") as folder:
        into = sqlite3.connect(Path(folder) / "rows.sqlite3", isolation_level=None)
        try:
            into.executescript(_OPTIONS)
            into.execute("ATTACH ? AS done", [str(store)])
            _make(into)
            tables = [name for name in _tables(into) if name not in _BEFORE]
            counts = {
                name: into.execute(f'SELECT count(*) FROM done."{name}"').fetchone()[0] for name in tables
            }
            large = [name for name in tables if counts[name] >= FEWEST]
            began = time.perf_counter()
            into.execute("BEGIN IMMEDIATE")
            for name in large:
                columns = ", ".join(
                    f'"{row[1]}"' for row in into.execute(f'PRAGMA done.table_info("{name}")')
                )
                into.execute(f'INSERT INTO main."{name}" ({columns}) SELECT {columns} FROM done."{name}"')
            into.execute("COMMIT")
            return time.perf_counter() - began, sum(counts[name] for name in large)
        finally:
            into.close()


def _tables(into: sqlite3.Connection) -> list[str]:
    return [
        row[0]
        for row in into.execute(
            "SELECT name FROM done.sqlite_master WHERE type = 'table' AND name LIKE 'store_%' ORDER BY name"
        )
    ]


def _make(into: sqlite3.Connection) -> None:
    """The tables, then their indexes and triggers."""
    for kind in ("table", "index", "trigger"):
        for (sql,) in into.execute(
            "SELECT sql FROM done.sqlite_master WHERE type = ? AND sql IS NOT NULL"
            " AND tbl_name LIKE 'store_%'",
            [kind],
        ).fetchall():
            into.execute(sql)
