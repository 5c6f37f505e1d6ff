"""Counts kept ready for every unit, so that a province's Today does not count a million rows.

Changes are gathered during a transaction and written at its very end, sorted: rows that everybody shares are
locked for the shortest time and always in the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from operator import add
from typing import Any

from guitu.store import engine

Place = tuple[int | None, ...]
"""A unit's number and those of its ancestors, by level."""
Duty = tuple[Place, str, str]
"""Where, which, due when."""
File = tuple[Place, str, str, bool, bool]
"""Where, under which measure, in which state; whether something is overdue, whether a right is at risk."""
Counted = tuple[list[Duty], list[File]]
"""Duties and files to be counted once more, one by one."""


@dataclass(slots=True)
class Tallies:
    """The changes of one transaction: duties by name and day, files by measure and state, where they are."""

    duties: Counter[Duty] = field(default_factory=Counter)
    files: Counter[File] = field(default_factory=Counter)

    def add(self, counted: Counted) -> None:
        """Count each of these once more."""
        duties, files = counted
        self.duties.update(duties)
        self.files.update(files)

    def flush(self) -> None:
        """Write the changes under each unit, and forget them."""
        _flush(
            "store_dutytally",
            ("unit", "duty", "due_key"),
            ("n",),
            ((place, name, due, (change,)) for (place, name, due), change in self.duties.items()),
        )
        _flush(
            "store_filetally",
            ("unit", "measure", "state"),
            ("n", "overdue", "rights"),
            (
                (place, measure, state, (change, change * late, change * risk))
                for (place, measure, state, late, risk), change in self.files.items()
            ),
        )
        self.duties.clear()
        self.files.clear()


def _flush(
    table: str,
    key: tuple[str, str, str],
    columns: tuple[str, ...],
    changes: Iterable[tuple[Place, str, str, tuple[int, ...]]],
) -> None:
    under: dict[tuple[int, str, str], list[int]] = {}
    for place, one, other, change in changes:
        for unit in place:
            if unit is not None:
                sums = under.setdefault((unit, one, other), [0] * len(columns))
                sums[:] = map(add, sums, change)
    rows: list[tuple[Any, ...]] = [(*k, *sums) for k, sums in sorted(under.items()) if any(sums)]
    more = ", ".join(f"{c} = {table}.{c} + excluded.{c}" for c in columns)
    engine.insert(table, (*key, *columns), rows, more=f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {more}")
    lessened = [row[: len(key)] for row in rows if row[len(key)] < 0]
    where = f"({' AND '.join(f'{column} = %s' for column in key)})"
    for chunk in engine.in_chunks(lessened, engine.FEW):
        any_of_them = " OR ".join([where] * len(chunk))
        engine.execute_again(
            f"DELETE FROM {table} WHERE n = 0 AND ({any_of_them})", list(chain.from_iterable(chunk))
        )
