"""Who is inside a unit, who is on the way to it, and of many files the entries of a few kinds.

A page of a hundred people asks three things of the database: who they are, how long each file is, and, for
files that have grown since this process looked last, the entries of the kinds it needs. Sealed answers are
not opened here: lists live by choices, days and whether something is there. What stands in a file merged into
another is not read here; whoever opens the file itself sees it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from threading import Lock
from typing import Final

from guitu.casefile import CaseFile, Entry
from guitu.casefile.file import VOID
from guitu.store import engine
from guitu.store.encoding import READ, entry_read
from guitu.store.kinds import hidden
from guitu.store.read import PersonLine, asked, lines_of_files
from guitu.store.scope import wanted
from guitu.store.units import Unit, tree

MEASURE: Final = "compulsory_isolation"
ARRIVES: Final = frozenset({"admission", "transfer"})
"""Kinds by which somebody comes into a centre."""
MOST_KEPT: Final = 40_000
"""Slices that one process keeps: a few hundred bytes each."""

Slice = tuple[Entry, ...]
"""The counted entries of a few kinds of one file, in the order of their days."""

_kept: OrderedDict[tuple[int, frozenset[str], frozenset[str]], tuple[bytes, Slice]] = OrderedDict()
"""By file, kinds and what the scope opens: the end of the chain when it was read, and the entries."""
_lock: Final = Lock()


def inside(unit: Unit) -> tuple[PersonLine, ...]:
    """Everybody for whom a unit or one below it answers and whose compulsory isolation has not ended, in the
    order of their files. Whether they may be listed is the caller's to decide."""
    found = asked.rows(
        f"SELECT file FROM store_casestatus WHERE {unit.column} = %s AND measure = %s AND state <> 'ended'"
        " ORDER BY file",
        [unit.no, MEASURE],
    )
    return lines_of_files([row[0] for row in found])


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


def slices(files: Iterable[int], kinds: Collection[str]) -> dict[int, Slice]:
    """Of each of these files (by number) the entries of these kinds that count now. What is sealed in them is
    left out. Entries that the present scope does not open are not there."""
    numbers = sorted(set(files))
    if not numbers:
        return {}
    these, seen = frozenset(kinds), wanted()
    opened = frozenset({"*"}) if seen.everything else frozenset(seen.compartments)
    heads = {
        no: (bytes(head), identifier)
        for no, head, identifier in engine.rows_for(
            "SELECT no, head, id FROM store_casefile WHERE no IN ({})", numbers
        )
    }
    found: dict[int, Slice] = {}
    with _lock:
        for no, (head, _) in heads.items():
            kept = _kept.get((no, these, opened))
            if kept is not None and kept[0] == head:
                found[no] = kept[1]
    missing = [no for no in heads if no not in found]
    if not missing:
        return found
    raw: dict[int, list[Entry]] = {no: [] for no in missing}
    chosen = sorted({*these, VOID})
    for some in engine.in_chunks(missing):
        for row in engine.rows(
            f"SELECT {READ} FROM store_entry WHERE file IN ({engine.marks(len(some))})"
            f" AND kind IN ({engine.marks(len(chosen))}) ORDER BY file, n",
            [*some, *chosen],
        ):
            if seen.everything or not hidden(row[3], seen):
                raw[row[0]].append(entry_read(row, engine.uuid_of(heads[row[0]][1]), None))
    made = {
        no: tuple(
            e for e in CaseFile(engine.uuid_of(heads[no][1]), tuple(entries)).counted() if e.kind in these
        )
        for no, entries in raw.items()
    }
    with _lock:
        for no, entries in made.items():
            _kept[no, these, opened] = heads[no][0], entries
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found | made


def arrival(entries: Iterable[Entry], centre: str) -> Entry | None:
    """The entry by which somebody came into this centre (its code) last; one that names no centre counts for
    any. None if the last one led somewhere else."""
    came = [e for e in entries if e.kind in ARRIVES]
    last = max(came, key=lambda e: (e.happened_on, e.recorded_at), default=None)
    if last is None or not str(last.get("centre") or centre).startswith(centre):
        return None
    return last


def forget() -> None:
    """Keep nothing: for tests that make stores anew."""
    with _lock:
        _kept.clear()
