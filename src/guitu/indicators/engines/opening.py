"""The source of a snapshot and a sweep: which files hold which table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb

from guitu.casefile.snapshot import Snapshot
from guitu.indicators.engines.duck import DuckSource
from guitu.indicators.tables import Table

SWEPT: Final = ("measures", "duties", "findings", "status")
TAKEN: Final = ("files", "homes", "fates", "units", "staff")
MEMORY: Final = "4GB"
"""The most that counting may hold in memory; beyond it DuckDB uses the disk."""
SPILL: Final = "spill"
"""Where DuckDB puts what does not fit, beside the snapshot; it takes it away itself."""
FEW: Final = 2_000_000
"""Below so many entries one thread is quicker than several, which have to be brought together again."""


def source_of(
    snapshot: Snapshot,
    swept: Callable[[str], Sequence[Path]],
    tables: Mapping[str, Table],
    on: date,
    *,
    config: Mapping[str, Any] | None = None,
) -> DuckSource:
    """A source over the files of a snapshot and of what a sweep of it, for the day `on`, worked out."""
    files: dict[str, list[Path]] = {name: list(snapshot.parts(name)) for name in TAKEN}
    files.update((name, list(swept(name))) for name in SWEPT)
    for name, table in tables.items():
        if table.entries:
            files[name] = [path for version in snapshot.versions(name) for path in snapshot.parts(version)]
    alone = {"threads": 1} if snapshot.rows < FEW else {}
    spill = {"temp_directory": str(snapshot.folder.parent / SPILL)}
    connection = duckdb.connect(config={"memory_limit": MEMORY, **spill, **alone, **(config or {})})
    return DuckSource(files, tables, on, connection)
