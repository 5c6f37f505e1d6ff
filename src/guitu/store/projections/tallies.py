"""Counts kept ready for every unit, so that a province's Today does not count a million rows.

Changes are gathered during a transaction and written at its very end, sorted: rows that everybody shares are
locked for the shortest time and always in the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from guitu.store import engine


class Tallies:
    """The changes of one transaction."""

    def __init__(self) -> None:
        self._duties: Counter[tuple[int, str, str]] = Counter()
        self._files: Counter[tuple[int, str, str]] = Counter()

    def duty(self, at: Iterable[int | None], name: str, due_key: str, change: int) -> None:
        """One duty more (or less) under each of these units."""
        for unit in at:
            if unit is not None:
                self._duties[unit, name, due_key] += change

    def file(self, at: Iterable[int | None], measure: str, state: str, change: int) -> None:
        """One person more (or less) under each of these units."""
        for unit in at:
            if unit is not None:
                self._files[unit, measure, state] += change

    def flush(self) -> None:
        """Write the changes and forget them."""
        _flush("store_dutytally", ("unit", "duty", "due_key"), self._duties)
        _flush("store_filetally", ("unit", "measure", "state"), self._files)
        self._duties.clear()
        self._files.clear()


def _flush(table: str, key: tuple[str, str, str], changes: Counter[tuple[int, str, str]]) -> None:
    rows: list[tuple[Any, ...]] = [(*k, change) for k, change in sorted(changes.items()) if change]
    engine.insert(
        table,
        (*key, "n"),
        rows,
        more=f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET n = {table}.n + excluded.n",
    )
    lessened = [row[:3] for row in rows if row[3] < 0]
    where = " AND ".join(f"{column} = %s" for column in key)
    engine.execute_many(f"DELETE FROM {table} WHERE {where} AND n = 0", lessened)
