"""Everything about an append that needs no database: checks, sealing, the chain, and what follows from it.

Pure work on entries and the files they go into, so that it may be done in another process.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from guitu.casefile import Entry, Kind
from guitu.casefile.protocol import Receipt
from guitu.compose import kinds
from guitu.store import clock, encoding, guards
from guitu.store.casefiles import Held
from guitu.store.engine import Row
from guitu.store.keys import KeyProvider
from guitu.store.projections import Counted, Projection, Tables, laid_out, project
from guitu.store.units import Tree


class Kinds(dict[str, Kind]):
    """The declared kinds, looked up without a call; an unknown name is the registry's error."""

    def __missing__(self, name: str) -> Kind:
        return kinds()[name]


@cache
def _declared() -> Kinds:
    """Every kind, copied once: there are hundreds, and a transaction of one entry begins with them."""
    return Kinds(kinds())


@dataclass(frozen=True, slots=True)
class Unmade:
    """Files of which nothing is known yet, each with what its entries will be made of: they are made where
    the work is done. All are written by one author for one office at one moment, and are of `kinds` at
    most."""

    files: Sequence[UUID]
    parts: Sequence[Any]
    kinds: frozenset[str]
    author: str
    unit: str
    recorded_at: datetime

    def __len__(self) -> int:
        return len(self.files)

    def announces(self, entry: Entry) -> bool:
        """Whether the entry is one of those it speaks of."""
        return (
            entry.kind in self.kinds
            and entry.author == self.author
            and entry.unit == self.unit
            and entry.recorded_at == self.recorded_at
        )


Lot = Sequence[Entry] | Unmade
Maker = Callable[[Iterable[UUID], Sequence[Any]], list[Entry]]
"""Makes the entries of files, in their order, from the parts of an Unmade."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for a whole transaction: the moment, its day on the office's calendar, the units, the keys,
    the kinds, and who makes entries that are not made yet."""

    now: datetime
    now_ms: int
    day: date
    tree: Tree
    keys: KeyProvider
    kinds: Kinds
    make: Maker | None = None

    @classmethod
    def of(cls, now: datetime, tree: Tree, keys: KeyProvider, make: Maker | None = None) -> Frame:
        """The frame of a transaction at that moment."""
        return cls(now, clock.milliseconds(now), clock.office_day(now), tree, keys, _declared(), make)


@dataclass(slots=True)
class Prepared:
    """Rows ready to be written. `answers` has a receipt for each entry, None for those that were there."""

    rows: list[Row] = field(default_factory=list)
    answers: list[Receipt | None] = field(default_factory=list)
    files: list[Held] = field(default_factory=list)
    projections: list[Projection] = field(default_factory=list)


@dataclass(slots=True)
class Laid:
    """Files that are new in every row, ready to be inserted as they are, what they add to the tallies, and
    how many entries were left out because their id stood there already."""

    entries: int
    twice: int
    files: list[int]
    tables: Tables
    counted: Counted


def check(entries: Iterable[Entry], frame: Frame) -> None:
    """Refuse what is malformed or has not happened yet."""
    latest = frame.now + guards.CLOCK_MAY_BE_FAST_BY
    for entry in entries:
        kind = frame.kinds[entry.kind]
        guards.well_formed(entry, kind, frame.tree)
        guards.in_time(entry, kind, frame.day, latest)


def prepare(
    entries: Iterable[Entry],
    held: Mapping[UUID, Held],
    frame: Frame,
    there: Container[UUID] = (),
    *,
    receipts: bool = True,
) -> Prepared:
    """Append these entries to the files in hand and work out what follows; ids in `there` are passed over.

    Raises NotAccepted for what cannot be so in its file.
    """
    done = Prepared()
    earlier: dict[UUID, dict[UUID, str]] = {}
    new: dict[UUID, set[UUID]] = {}
    for identifier, some in groupby(entries, attrgetter("file")):
        file = held[identifier]
        if identifier not in earlier:
            earlier[identifier] = {e.id: e.kind for e in file.entries}
            new[identifier] = set()
        placed, added = earlier[identifier], new[identifier]
        whose = frame.tree.whose(identifier) if file.about == "unit" else None
        for entry in some:
            if entry.id in there or entry.id in placed:
                done.answers.append(None)
                continue
            kind = frame.kinds[entry.kind]
            guards.in_its_file(entry, kind, whose)
            guards.correction(entry, kind, placed)
            guards.nameless(entry, placed, frame.kinds)
            guards.answering(entry, kind, placed)
            guards.treated(entry, file.entries)
            guards.consented(entry, file.entries)
            guards.handed(entry, kind, file.entries)
            if whose is not None:
                guards.ceiling(entry, file.entries)
                guards.owed(entry, file.entries)
                guards.rewarded(entry, file.entries)
            placed[entry.id] = entry.kind
            added.add(entry.id)
            done.rows.append(_append(entry, kind, file, frame))
            if receipts:
                done.answers.append(Receipt(entry.id, entry.file, file.n, file.head, frame.now))
    for identifier, ids in new.items():
        if ids:
            done.files.append(held[identifier])
            _follow(held[identifier], ids, frame, done)
    return done


def _append(entry: Entry, kind: Kind, file: Held, frame: Frame) -> Row:
    """Seal, link to the entry before, and give the row to be stored."""
    file.n += 1
    row = encoding.chained(
        entry, kind, file.keys, file=file.no, n=file.n, before=file.head, stored_ms=frame.now_ms
    )
    file.head = row[-1]
    file.entries.append(entry)
    file.new += 1
    file.last_ms = frame.now_ms
    return row


def _follow(file: Held, new: set[UUID], frame: Frame, done: Prepared) -> None:
    """What the new entries mean for their file: within a lifetime, and projected if it is a person's."""
    if file.about != "person":
        whose = frame.tree.whose(file.id)
        file.unit = whose.no if whose else None  # a complaint stands in no area
        return
    case_file = file.case_file
    guards.lifetime(case_file.counted(), new, frame.kinds)
    worked_out = project(
        file.no, case_file, frame.day, n=file.n, last_ms=file.last_ms, tree=frame.tree, keys=frame.keys
    )
    file.unit = worked_out.unit.no if worked_out.unit else None
    done.projections.append(worked_out)


def made(lot: Lot, files: Iterable[UUID], frame: Frame) -> Sequence[Entry]:
    """The entries of a lot, which is about these files."""
    if not isinstance(lot, Unmade):
        return lot
    if frame.make is None:
        raise TypeError("nobody makes these entries")
    entries = frame.make(files, lot.parts)
    if not all(map(lot.announces, entries)):
        raise ValueError("an entry that was not announced")
    return entries


def lay_out(lot: Lot, held: Mapping[UUID, Held], frame: Frame) -> Laid:
    """All the rows of files that are not in the tables yet. What of it is there after all, the tables tell.

    Raises NotAccepted for what is malformed or cannot be so.
    """
    entries = made(lot, held, frame)
    check(entries, frame)
    done = prepare(entries, held, frame, receipts=False)
    tables, counted = laid_out(done.projections)
    return Laid(
        len(done.rows),
        len(entries) - len(done.rows),
        [file.no for file in done.files],
        written(done) | tables,
        counted,
    )


def written(done: Prepared) -> Tables:
    """The rows of what was appended: files that are new, keys that are new, entries."""
    return {
        "store_casefile": [file.row for file in done.files if file.fresh],
        "store_filekey": [(f.no, c, *wrapped) for f in done.files for c, wrapped in f.keys.new.items()],
        "store_entry": done.rows,
    }
