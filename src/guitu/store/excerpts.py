"""Of many files the entries of a few kinds, without reading the rest: what lists, boards, rounds and classes
are made of.

A page of a hundred people asks two things of the database: how long each file is, and, for files that have
grown since this process looked last, the entries of the kinds it needs. Nothing about a reader is kept, and
nothing on disk. What is kept is kept apart by the compartments of the scope it was read under; whether
somebody may see it is asked at every request by whoever calls. What stands in a file merged into another
is not read here; whoever opens the file itself sees it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry
from guitu.casefile.file import VOID
from guitu.kernel.lately import Lately
from guitu.store import casefiles, engine
from guitu.store.apart import unit_file_id
from guitu.store.casefiles import FILE, Held
from guitu.store.encoding import READ, entry_read
from guitu.store.keys import provider
from guitu.store.kinds import among, hidden
from guitu.store.scope import Scope, wanted
from guitu.store.sealing import FileKeys
from guitu.store.units import Unit

MOST: Final = 200_000
"""Entries that one process keeps, about a kilobyte each; what was asked for longest ago goes first."""
EVERY: Final = frozenset({"*"})
"""As `unseal`: what is sealed in any of the kinds is opened, as far as the scope opens its compartment."""

_FILE: Final = ", ".join(f"f.{column}" for column in FILE)
_KEYS: Final = "(SELECT count(*) FROM store_filekey k WHERE k.file = f.no)"


@dataclass(frozen=True, slots=True)
class Often:
    """Kinds that are recorded often, of which only the days from `first` to `last` are wanted, both included.
    A correction of them is read whatever its day, for it may take an entry out of those days or bring one in;
    it counts on its own where what it corrects lies outside."""

    kinds: frozenset[str]
    first: date = date.min
    last: date = date.max

    def asks(self, entry: Entry) -> bool:
        """Whether an entry is one of those that are wanted."""
        return entry.kind in self.kinds and self.first <= entry.happened_on <= self.last


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Of one file the entries that were asked for, with what withdraws them. `counted` are those that count;
    `worked_out` is for what somebody works out of them and is good as long as the file stays as it is."""

    held: Held
    case_file: CaseFile
    counted: tuple[Entry, ...]
    worked_out: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def no(self) -> int:
        """The file's number."""
        return self.held.no


_Key = tuple[int, frozenset[str], frozenset[str], Often | None, Scope]
_Stamp = tuple[object, ...]


def weight(kept: tuple[_Stamp, Excerpt]) -> int:
    """What one excerpt counts for: its entries, and itself."""
    return 1 + len(kept[1].case_file.entries)


_kept: Final = Lately[_Key, tuple[_Stamp, Excerpt]](MOST, weight)


def of_files(
    files: Iterable[int],
    kinds: Collection[str],
    *,
    unseal: Collection[str] = (),
    often: Often | None = None,
) -> dict[int, Excerpt]:
    """By file number, of each of these files that exists the entries of these kinds, and of those of `often`.
    What is sealed is opened in the kinds of `unseal` only. Entries that the present scope does not open are
    not there."""
    return {one.no: one for one in _of("no", sorted(set(files)), kinds, unseal, often)}


def of_ids(
    files: Iterable[UUID], kinds: Collection[str], *, unseal: Collection[str] = (), often: Often | None = None
) -> dict[UUID, Excerpt]:
    """The same by the files' ids (a unit's own: `apart.unit_file_id`)."""
    wanted_ids = sorted(file.hex for file in set(files))
    return {one.held.id: one for one in _of("id", wanted_ids, kinds, unseal, often)}


def of_file(
    file: UUID, kinds: Collection[str], *, unseal: Collection[str] = (), often: Often | None = None
) -> Excerpt | None:
    """The same of one file, by its id; None if it does not exist."""
    return of_ids([file], kinds, unseal=unseal, often=often).get(file)


def of_units(units: Iterable[Unit], kinds: Collection[str]) -> dict[str, tuple[Entry, ...]]:
    """Of these units' own files the entries of these kinds that count, opened, by the units' codes; () where
    a unit has none."""
    codes = {unit_file_id(unit.code): unit.code for unit in units}
    found = of_ids(codes, kinds, unseal=EVERY)
    return {code: found[file].counted if file in found else () for file, code in codes.items()}


def counted(
    files: Iterable[int],
    kinds: Collection[str],
    *,
    unseal: Collection[str] = (),
    often: Often | None = None,
) -> dict[int, tuple[Entry, ...]]:
    """The same as `of_files`, of each file only the entries that count, in the order of their days."""
    found = of_files(files, kinds, unseal=unseal, often=often)
    return {no: one.counted for no, one in found.items()}


def fill(
    files: Collection[Held],
    kinds: Collection[str],
    *,
    unseal: Collection[str] = (),
    often: Often | None = None,
) -> None:
    """Read into files in hand the entries of these kinds and what withdraws them, as `casefiles.fill` reads
    all: nothing is kept."""
    by_no = {held.no: held for held in files}
    if not by_no:
        return
    names, where, values = _asked(frozenset(kinds), often, wanted())
    if unseal:
        casefiles.fetch_keys(by_no.values())
    for row in engine.rows_for(
        f"SELECT {READ} FROM store_entry WHERE {where} AND file IN ({{}}) ORDER BY file, n", by_no, values
    ):
        if row[3] not in names:
            continue
        held = by_no[row[0]]
        opens = "*" in unseal or row[3] in unseal
        held.entries.append(entry_read(row, held.id, held.keys if opens else None))


@lru_cache(maxsize=256)
def _asked(
    kinds: frozenset[str], often: Often | None, seen: Scope
) -> tuple[frozenset[str], str, tuple[object, ...]]:
    """Which kinds are read, and the condition of a query for them with its values. What the scope does not
    open PostgreSQL leaves out by itself; the same is left out here for SQLite."""
    always = kinds | {VOID}
    lately = often.kinds - always if often else frozenset()
    asked = always | lately
    names = asked if seen.everything else frozenset(n for n in asked if not hidden(n, seen))
    where, values = among(names)
    if often and lately:
        where += (
            f" AND (kind IN ({engine.marks(len(always))}) OR corrects IS NOT NULL"
            " OR (happened_on >= %s AND happened_on <= %s))"
        )
        values = (*values, *sorted(always), often.first.isoformat(), often.last.isoformat())
    return names, where, values


def _of(
    column: str,
    values: list[Any],
    kinds: Collection[str],
    unseal: Collection[str],
    often: Often | None,
) -> list[Excerpt]:
    seen = wanted()
    apart = Scope(compartments=tuple(sorted(seen.compartments)), everything=seen.everything)
    these, opened = frozenset(kinds), frozenset(unseal)
    keys, guard = _KEYS if opened else "0", provider()
    found: dict[int, Excerpt] = {}
    new: dict[int, tuple[_Stamp, Held]] = {}
    rows = engine.rows_for(
        f"SELECT {_FILE}, {keys} FROM store_casefile f WHERE f.{column} IN ({{}}) ORDER BY f.no", values
    )
    for no, identifier, about, case_no, opened_ms, n, head, unit, count in rows:
        stamp: _Stamp = (n, bytes(head), unit, count)
        kept = _kept.get((no, these, opened, often, apart))
        if kept is not None and kept[0] == stamp:
            found[no] = kept[1]
        else:
            file = engine.uuid_of(identifier)
            new[no] = (
                stamp,
                Held(no, file, about, case_no, opened_ms, n, bytes(head), unit, FileKeys(file, guard)),
            )
    fill([held for _, held in new.values()], these, unseal=opened, often=often)
    for no, (stamp, held) in new.items():
        made = held.case_file
        found[no] = Excerpt(
            held,
            made,
            tuple(e for e in made.counted() if e.kind in these or (often is not None and often.asks(e))),
        )
        _kept.keep((no, these, opened, often, apart), (stamp, found[no]))
    return [found[row[0]] for row in rows]


def forget() -> None:
    """Keep nothing: for tests that make stores anew."""
    _kept.forget()
