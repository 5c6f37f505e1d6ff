"""Counts kept ready for every unit, so that a province's Today does not count a million rows.

Changes are gathered during a transaction and written at its very end, sorted: rows that everybody shares are
locked for the shortest time and always in the same order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from guitu.store import engine

Place = tuple[int | None, ...]
"""A unit's number and those of its ancestors, by level."""
Key = tuple[Place, str, str]
Changes = Counter[Key]
Counted = tuple[list[Key], list[Key]]
"""Duties and files to be counted once more, one by one."""


@dataclass(slots=True)
class Tallies:
    """The changes of one transaction: duties by name and day, files by measure and state, where they are."""

    duties: Changes = field(default_factory=Counter)
    files: Changes = field(default_factory=Counter)

    def add(self, counted: Counted) -> None:
        """Count each of these once more."""
        duties, files = counted
        self.duties.update(duties)
        self.files.update(files)

    def flush(self) -> None:
        """Write the changes under each unit, and forget them."""
        _flush("store_dutytally", ("unit", "duty", "due_key"), self.duties)
        _flush("store_filetally", ("unit", "measure", "state"), self.files)


def _flush(table: str, key: tuple[str, str, str], changes: Changes) -> None:
    under: Counter[tuple[int, str, str]] = Counter()
    for (place, one, other), change in changes.items():
        for unit in place:
            if unit is not None:
                under[unit, one, other] += change
    changes.clear()
    rows: list[tuple[Any, ...]] = [(*k, change) for k, change in sorted(under.items()) if change]
    engine.insert(
        table,
        (*key, "n"),
        rows,
        more=f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET n = {table}.n + excluded.n",
    )
    lessened = [row[:3] for row in rows if row[3] < 0]
    where = " AND ".join(f"{column} = %s" for column in key)
    engine.execute_many(f"DELETE FROM {table} WHERE {where} AND n = 0", lessened)
