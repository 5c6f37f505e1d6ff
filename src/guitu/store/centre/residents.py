"""Who is inside a unit, who is on the way to it, and who has left. Whether they may be listed the caller
decides; what stands in their files `store.excerpts` reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from guitu.casefile import Entry
from guitu.store import engine
from guitu.store.read import PersonLine, asked, lines_of_files
from guitu.store.units import Unit, tree

MEASURE: Final = "compulsory_isolation"
ARRIVES: Final = frozenset({"admission", "transfer"})
"""Kinds by which somebody comes into a centre."""


def held_in(unit: Unit, table: str = "store_casestatus") -> tuple[str, list[object]]:
    """The condition, and its values, that somebody is inside: in compulsory isolation that has begun and not
    ended, answered for by this unit or one below it. `table` is what the query calls the table."""
    return (
        f"{table}.{unit.column} = %s AND {table}.measure = %s AND {table}.state NOT IN ('', 'ended')",
        [unit.no, MEASURE],
    )


def numbers(unit: Unit) -> tuple[int, ...]:
    """The numbers of the files of everybody inside, in their order."""
    where, values = held_in(unit)
    return tuple(
        row[0] for row in asked.rows(f"SELECT file FROM store_casestatus WHERE {where} ORDER BY file", values)
    )


def count(unit: Unit) -> int:
    """How many are inside."""
    where, values = held_in(unit)
    row = asked.row(f"SELECT count(*) FROM store_casestatus WHERE {where}", values)
    return int(row[0]) if row else 0


def inside(unit: Unit) -> tuple[PersonLine, ...]:
    """Everybody inside, in the order of their files."""
    return lines_of_files(list(numbers(unit)))


def left_since(unit: Unit, day: str) -> tuple[PersonLine, ...]:
    """Everybody for whom the unit answers still although the isolation has ended since that ISO day."""
    found = asked.rows(
        f"SELECT file FROM store_casestatus WHERE {unit.column} = %s AND measure = %s AND state = 'ended'"
        " AND ends_on >= %s ORDER BY file",
        [unit.no, MEASURE, day],
    )
    return lines_of_files([row[0] for row in found])


def sent_here(unit: Unit) -> tuple[PersonLine, ...]:
    """Everybody whose file was sent to the unit or one below it and is not accepted yet."""
    below = [one.no for one in tree().subtree(unit)]
    found = engine.rows_for("SELECT file FROM store_filearea WHERE how = 'receiving' AND unit IN ({})", below)
    return lines_of_files(sorted({row[0] for row in found}))


def arrival(entries: Iterable[Entry], centre: str) -> Entry | None:
    """The entry by which somebody came into this centre (its code) last; one that names no centre counts for
    any. None if the last one led somewhere else."""
    came = [e for e in entries if e.kind in ARRIVES]
    last = max(came, key=lambda e: (e.happened_on, e.recorded_at), default=None)
    if last is None or not str(last.get("centre") or centre).startswith(centre):
        return None
    return last
