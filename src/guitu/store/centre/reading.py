"""A few kinds of entries out of one unit's file, or out of many people's, without opening the files whole.

A centre's own file grows by thousands of entries a year, and a class list looks into dozens of people's
files: only what a page needs is read and unsealed. Whether a unit's file may be read the caller has asked
(`unitfiles.may_read`); of people's files nothing comes out that the reader may not see.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Any, Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import CaseFile, Entry
from guitu.casefile.file import VOID
from guitu.casefile.records import merged_into
from guitu.store import casefiles, engine
from guitu.store.casefiles import Held
from guitu.store.encoding import READ, entry_read
from guitu.store.kinds import hidden, skeleton
from guitu.store.names import reading
from guitu.store.projections.compute import identity, responsible
from guitu.store.read.files import FileView
from guitu.store.read.sight import Sight, seen_by, shown
from guitu.store.read.targets import target_of
from guitu.store.scope import Scope, wanted
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree

_PERSON = "person"


def work(
    unit: Unit, kinds: Collection[str], first: date | None = None, last: date | None = None
) -> tuple[Entry, ...]:
    """The entries of these kinds in a unit's file, with what corrects or withdraws them; between two
    days, both included, where they are given. A correction is read whatever its day: it may take an
    entry out of them."""
    held = casefiles.by_ids([file_of(unit.code)]).get(file_of(unit.code))
    if held is None:
        return ()
    where, values = "", list[object]()
    if first is not None or last is not None:
        where = " AND (corrects IS NOT NULL OR (happened_on >= %s AND happened_on <= %s))"
        values = [(first or date.min).isoformat(), (last or date.max).isoformat()]
    _read([held], {*kinds, VOID}, {*kinds}, where, values)
    return tuple(held.entries)


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
        return self.view.identity if "identity" in self.sight.open else {}

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


MOST: Final = 4000
"""People of whom this process remembers what it read, some kilobytes each; who was read longest ago goes
first. As with whole files (`read.kept`) nothing about a reader is kept, and nothing on disk."""

_Key = tuple[UUID, frozenset[str], Scope]
_kept: OrderedDict[_Key, tuple[tuple[object, ...], FileView]] = OrderedDict()
_lock: Final = Lock()


def _views(numbers: frozenset[int], kinds: frozenset[str]) -> list[FileView]:
    """These people's files with those kinds of entries: what was read before is good as long as the
    chain, the unit, the keys and the tree of units stand as they did."""
    held = [one for one in casefiles.by_numbers(numbers) if one.about == _PERSON]
    keys = dict(
        engine.rows_for(
            "SELECT file, count(*) FROM store_filekey WHERE file IN ({}) GROUP BY file", [h.no for h in held]
        )
    )
    seen = replace(wanted(), units=(), files=())
    units = tree()
    known: dict[UUID, FileView] = {}
    stamps = {one.id: (one.n, one.head, one.unit, keys.get(one.no, 0), units) for one in held}
    with _lock:
        for one in held:
            there = _kept.get((one.id, kinds, seen))
            if there is not None and there[0] == stamps[one.id]:
                known[one.id] = there[1]
                _kept.move_to_end((one.id, kinds, seen))
    new = [one for one in held if one.id not in known]
    _read(new, skeleton() | {*kinds, VOID}, {*kinds, _PERSON})
    for one in new:
        known[one.id] = _view(one)
    with _lock:
        for one in new:
            _kept[one.id, kinds, seen] = (stamps[one.id], known[one.id])
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return [known[one.id] for one in held]


def forget() -> None:
    """Keep nothing."""
    with _lock:
        _kept.clear()


def _read(
    files: Sequence[Held],
    kinds: Collection[str],
    unseal: Collection[str],
    where: str = "",
    values: Sequence[object] = (),
) -> None:
    """Keys and entries of these kinds, as `casefiles.fill` reads all."""
    by_no = {held.no: held for held in files}
    if not by_no:
        return
    seen = wanted()
    casefiles.fetch_keys(files)
    names = sorted(kinds)
    marks = engine.marks(len(names))
    for chunk in engine.in_chunks(sorted(by_no)):
        sql = (
            f"SELECT {READ} FROM store_entry WHERE file IN ({engine.marks(len(chunk))}) AND kind IN ({marks})"
            f"{where} ORDER BY file, n"
        )
        for row in engine.rows(sql, [*chunk, *names, *values]):
            if not seen.everything and hidden(row[3], seen):
                continue
            held = by_no[row[0]]
            held.entries.append(entry_read(row, held.id, held.keys if row[3] in unseal else None))


def _view(held: Held) -> FileView:
    case_file: CaseFile = held.case_file
    counted = case_file.counted()
    units = tree()
    _, worker = responsible(counted, units)
    return FileView(
        held.no,
        held.id,
        held.about,
        held.case_no,
        held.n,
        case_file,
        identity(held.id, counted),
        units.by_no.get(held.unit) if held.unit is not None else None,
        worker,
        {},
        into=merged_into(held.id, counted),
    )


@engine.house()
def days_of(numbers: Iterable[int], kind: str) -> dict[int, tuple[tuple[date, datetime], ...]]:
    """On which days an entry of this kind happened to these people, and when it was recorded, whoever
    may read it: for what must be known before it is decided whether something may be done. Nothing of it
    but that it was may be shown."""
    held = casefiles.by_numbers(set(numbers))
    _read(held, {kind, VOID}, ())
    return {
        one.no: tuple((e.happened_on, e.recorded_at) for e in one.case_file.counted() if e.kind == kind)
        for one in held
    }


def under(unit: Unit) -> tuple[int, ...]:
    """The numbers of the files of everybody held in a centre or a brigade of it now: a compulsory
    isolation in force, answered for there. Whether the reader may list them the caller asks."""
    found = engine.rows(
        f"SELECT file FROM store_casestatus WHERE {unit.column} = %s AND measure = %s AND state"
        " NOT IN ('', 'ended')"
        " ORDER BY file",
        [unit.no, "compulsory_isolation"],
    )
    return tuple(row[0] for row in found)
