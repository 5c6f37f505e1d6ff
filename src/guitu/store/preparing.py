"""Everything about an append that needs no database: checks, sealing, the chain, and what follows from it.

Pure work on entries and the files they go into, so that it may be done in another process.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from guitu.casefile import Entry
from guitu.casefile.chain import digest
from guitu.casefile.protocol import Receipt
from guitu.compose import kinds
from guitu.store import clock, encoding, guards
from guitu.store.casefiles import Held
from guitu.store.engine import Row
from guitu.store.keys import KeyProvider
from guitu.store.projections import Projection, project
from guitu.store.units import Tree


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for a whole transaction: the moment, its day on the office's calendar, the units, the
    keys."""

    now: datetime
    now_ms: int
    day: date
    tree: Tree
    keys: KeyProvider

    @classmethod
    def of(cls, now: datetime, tree: Tree, keys: KeyProvider) -> Frame:
        """The frame of a transaction at that moment."""
        return cls(now, clock.milliseconds(now), clock.office_day(now), tree, keys)


@dataclass(slots=True)
class Prepared:
    """Rows ready to be written. `answers` has a receipt for each entry, None for those that were there."""

    rows: list[Row] = field(default_factory=list)
    answers: list[Receipt | None] = field(default_factory=list)
    files: list[Held] = field(default_factory=list)
    projections: list[Projection] = field(default_factory=list)


def check(entries: Sequence[Entry], frame: Frame) -> None:
    """Refuse what is malformed or has not happened yet."""
    known = kinds()
    latest = frame.now + guards.CLOCK_MAY_BE_FAST_BY
    for entry in entries:
        kind = known[entry.kind]
        guards.well_formed(entry, kind, frame.tree)
        guards.in_time(entry, kind, frame.day, latest)


def prepare(
    entries: Sequence[Entry], held: dict[UUID, Held], frame: Frame, there: Container[UUID] = ()
) -> Prepared:
    """Append these entries to the files in hand and work out what follows; ids in `there` are passed over.

    Raises NotAccepted for what cannot be so in its file.
    """
    known = kinds()
    done = Prepared()
    new: dict[UUID, set[UUID]] = {}
    placed: dict[UUID, dict[UUID, str]] = {}
    for entry in entries:
        file = held[entry.file]
        earlier = placed.get(entry.file)
        if earlier is None:
            earlier = placed[entry.file] = {e.id: e.kind for e in file.entries}
            new[entry.file] = set()
        if entry.id in there or entry.id in earlier:
            done.answers.append(None)
            continue
        guards.correction(entry, known[entry.kind], earlier)
        earlier[entry.id] = entry.kind
        new[entry.file].add(entry.id)
        done.rows.append(_chained(entry, file, frame))
        done.answers.append(Receipt(entry.id, entry.file, file.n, file.head, frame.now))
    done.files = [held[f] for f, ids in new.items() if ids]
    for file in done.files:
        _follow(file, new[file.id], frame, done)
    return done


def _chained(entry: Entry, file: Held, frame: Frame) -> Row:
    """Seal, link to the entry before, and give the row to be stored."""
    body, sealed = encoding.split(entry, kinds()[entry.kind], file.keys)
    file.n += 1
    file.head = digest(encoding.link_of(entry, file.n, body, sealed), file.head)
    file.entries.append(entry)
    file.new += 1
    file.last_ms = frame.now_ms
    return (
        file.no, file.n, entry.id.hex, entry.kind, entry.version, entry.happened_on.isoformat(),
        clock.milliseconds(entry.recorded_at), frame.now_ms, entry.author, entry.unit,
        entry.corrects.hex if entry.corrects else None, entry.source, body, sealed, file.head,
    )  # fmt: skip


def _follow(file: Held, new: set[UUID], frame: Frame, done: Prepared) -> None:
    """What the new entries mean for their file: within a lifetime, and projected if it is a person's."""
    if file.about != "person":
        if file.unit is None and (unit := frame.tree.get(file.entries[0].unit)) is not None:
            file.unit = unit.no
        return
    case_file = file.case_file
    guards.lifetime(case_file.counted(), new, kinds())
    worked_out = project(
        file.no, case_file, frame.day, n=file.n, last_ms=file.last_ms, tree=frame.tree, keys=frame.keys
    )
    file.unit = worked_out.unit.no if worked_out.unit else None
    done.projections.append(worked_out)
