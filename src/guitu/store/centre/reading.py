"""A few kinds of entries out of one unit's file, or out of many people's, without opening the files whole.

A centre's own file grows by thousands of entries a year, and a class list looks into dozens of people's
files: only what a page needs is read and unsealed. Whether a unit's file may be read the caller has asked
(`unitfiles.may_read`); of people's files nothing comes out that the reader may not see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.casefile.file import VOID
from guitu.casefile.records import merged_into
from guitu.store import engine, excerpts
from guitu.store.excerpts import Excerpt
from guitu.store.kinds import skeleton
from guitu.store.names import reading
from guitu.store.projections.compute import identity, responsible
from guitu.store.read.files import FileView
from guitu.store.read.sight import Sight, identity_seen, seen_by, shown
from guitu.store.read.targets import target_of
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree

_PERSON = "person"


def work(
    unit: Unit, kinds: Collection[str], first: date | None = None, last: date | None = None
) -> tuple[Entry, ...]:
    """The entries of these kinds in a unit's file, with what corrects or withdraws them; between two
    days, both included, where they are given. A correction is read whatever its day: it may take an
    entry out of them."""
    often = excerpts.Often(frozenset(kinds), first or date.min, last or date.max)
    found = excerpts.of_file(file_of(unit.code), (), unseal=kinds, often=often)
    return found.case_file.entries if found else ()


@dataclass(frozen=True, slots=True)
class Person:
    """One person as far as this reader may know: the entries of the kinds that were asked for, those that
    count and those that do not. `case_file` is the file with them, and with what its place hangs on."""

    view: FileView
    sight: Sight
    entries: tuple[Entry, ...]

    @property
    def no(self) -> int:
        """The file's number, by which the access log knows it."""
        return self.view.no

    @property
    def id(self) -> UUID:
        """The file."""
        return self.view.id

    @property
    def case_no(self) -> str:
        """The number in the file's address."""
        return self.view.case_no

    @property
    def identity(self) -> dict[str, Any]:
        """Who the person is; nothing where that is not for the reader."""
        return identity_seen(self.sight, self.view.entries, self.view.identity)

    @property
    def name(self) -> str:
        """The person's name, or the number of the file."""
        return str(self.identity.get("name") or self.case_no)


def persons(
    numbers: Iterable[int], kinds: Collection[str], actor: Actor, now: datetime, *, granted: bool = True
) -> tuple[Person, ...]:
    """These people (by the numbers of their files), as far as the reader may see them, in the order of their
    names as they are read aloud. Who may not be opened by the reader (outside, sealed, a minor without
    leave) is left out, and who was merged into another file."""
    found = []
    for view in _views(frozenset(numbers), frozenset(kinds)):
        if view.into is not None:
            continue
        sight = seen_by(actor, target_of(view, actor, now, granted=granted), tree())
        if sight.decision.allowed:
            wished = [e for e in view.entries if e.kind in kinds or e.kind == VOID]
            found.append(Person(view, sight, shown(sight, wished)))
    return tuple(sorted(found, key=lambda p: (reading(p.name), p.case_no)))


def person(number: int, kinds: Collection[str], actor: Actor, now: datetime) -> Person | None:
    """The same for one person; None where the reader may not open the file."""
    return next(iter(persons([number], kinds, actor, now)), None)


def _views(numbers: frozenset[int], kinds: frozenset[str]) -> list[FileView]:
    """These people's files with those kinds of entries."""
    found = excerpts.of_files(numbers, skeleton() | kinds, unseal=kinds | {_PERSON})
    return [_view(one) for one in found.values() if one.held.about == _PERSON]


def _view(excerpt: Excerpt) -> FileView:
    """The file as far as it was read: the same object as long as it and the tree stand as they did."""
    units, known = tree(), excerpt.worked_out.get(_view)
    if known is not None and known[0] == units:
        view: FileView = known[1]
        return view
    held, counted = excerpt.held, excerpt.counted
    _, worker = responsible(counted, units)
    view = FileView(
        held.no,
        held.id,
        held.about,
        held.case_no,
        held.n,
        excerpt.case_file,
        identity(held.id, counted),
        units.by_no.get(held.unit) if held.unit is not None else None,
        worker,
        {},
        into=merged_into(held.id, counted),
    )
    excerpt.worked_out[_view] = units, view
    return view


@engine.house()
def days_of(numbers: Iterable[int], kind: str) -> dict[int, tuple[tuple[date, datetime], ...]]:
    """On which days an entry of this kind happened to these people, and when it was recorded, whoever
    may read it: for what must be known before it is decided whether something may be done. Nothing of it
    but that it was may be shown."""
    return {
        no: tuple((e.happened_on, e.recorded_at) for e in counted)
        for no, counted in excerpts.counted(numbers, (kind,)).items()
    }
