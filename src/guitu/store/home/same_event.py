"""Whose files may hold two accounts of one event: those in which something was recorded more than once of one
kind and day, by more than one account."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from guitu.compose import kinds
from guitu.home.same_event import is_event
from guitu.store import engine
from guitu.store.read import asked
from guitu.store.units import Unit


@cache
def events() -> frozenset[str]:
    """The kinds of entries about people that can be about one event."""
    return frozenset(kind.name for kind in kinds().values() if kind.about == "person" and is_event(kind))


@cache
def _named() -> tuple[str, ...]:
    return tuple(sorted(events()))


def told_twice(files: Iterable[int]) -> set[int]:
    """Which of these files (by number) may hold two accounts of one event, however long ago it happened."""
    names, found = _named(), set[int]()
    for some in engine.in_chunks(files):
        rows = engine.rows(
            f"SELECT file FROM store_entry WHERE file IN ({engine.marks(len(some))})"
            f" AND kind IN ({engine.marks(len(names))})"
            " GROUP BY file, kind, happened_on HAVING count(*) > 1",
            [*some, *names],
        )
        found.update(row[0] for row in rows)
    return found


def in_area(unit: Unit) -> set[int]:
    """The same of everybody for whom the unit or one below it answers."""
    rows = asked.rows(f"SELECT file FROM store_casestatus WHERE {unit.column} = %s", [unit.no])
    return told_twice(row[0] for row in rows)
