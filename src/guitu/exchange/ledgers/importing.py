"""Imports a checked ledger into the case files: one transaction per sheet, and again is nothing new.

Every entry goes through the store's one gate. Ids are made from what the entry says, so a stopped or repeated
import finds what is there. What the files contradict is held, like any other fault. With area, places and
export this is what knows the store here.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import CaseFile, Entry
from guitu.casefile.chain import sm3
from guitu.casefile.entry import again
from guitu.casefile.file import VOID
from guitu.exchange.ledgers.area import Area, Found, counted_in
from guitu.exchange.ledgers.check import CheckResult, check_workbook, summed_up
from guitu.exchange.ledgers.drafts import Draft, Drafter, Here, Place, ids_in
from guitu.exchange.ledgers.export import Eyes
from guitu.exchange.ledgers.fault import Fault
from guitu.exchange.ledgers.ledger import NUMBER
from guitu.exchange.ledgers.places import answering, finder, keeper, kept_by
from guitu.exchange.ledgers.printed import let_printed_through
from guitu.exchange.ledgers.refusals import Refused
from guitu.exchange.ledgers.settle import GONE_ON, STATES, New, as_seen, gone_on, settle
from guitu.exchange.ledgers.table import Table
from guitu.exchange.ledgers.workbook import MOST_BYTES
from guitu.kernel.garbage import no_collecting
from guitu.kernel.ids import unix_ms_of, uuid7
from guitu.kernel.labels import Label
from guitu.store import clock, engine
from guitu.store.gate import Outcome, Unmade, record_many
from guitu.store.placing import ACCEPTED
from guitu.store.units import Tree, Unit, tree

AT_ONCE: Final = 250
"""People that are looked up and planned together."""
TRIES: Final = 5

TAKEN_BACK: Final = "撤销整批导入 "
"""How the source begins of an entry that withdraws another because its whole batch was taken back."""

Progress = Callable[[str, int, int], None]
"""Told the sheet, the rows done and the rows there are."""

WRONG_UNIT: Final = Label(
    "“{ledger}”应由{levels}导入，{unit}不是；请换一个单位。",
    "“{ledger}” is imported by: {levels}; {unit} is none. Choose another unit.",
)
AFTER_TODAY: Final = Label(
    "核对日 {on} 晚于今天 {today}；请改为今天或更早。",
    "The day {on} is after today, {today}; name today or an earlier day.",
)
NOT_YOURS: Final = Label(
    "不能导入{unit}的台账：{reason}。", "The ledger of {unit} cannot be imported: {reason}."
)
ELSEWHERE: Final = Label(
    "本人的档案不在本单位辖区内，请先办理衔接（移交）再导入这一行。",
    "This person's file is outside your unit's area; arrange the hand-over before this row can go in.",
)


@dataclass(frozen=True, slots=True)
class SheetDone:
    """What became of one sheet: rows that brought something new, rows already there, rows held back, entries
    written, and the places that the tree of units does not have, with how many rows name them."""

    sheet: str
    ledger: str
    new: int
    there: int
    held: int
    entries: int
    unplaced: Mapping[Place, int]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file. `check` holds every problem, those that only the files could tell among them."""

    check: CheckResult
    sheets: tuple[SheetDone, ...]
    written: bool

    def as_json(self) -> dict[str, object]:
        """As `guitu ledger import --json` prints it: the check, and beside it what was done."""
        return {
            **self.check.as_json(),
            "imported": [
                {
                    "sheet": s.sheet,
                    "ledger": s.ledger,
                    "new": s.new,
                    "there": s.there,
                    "held": s.held,
                    "entries": s.entries,
                    "unplaced": [
                        {"words": place.left, "stands_for_it": place.code, "rows": rows}
                        for place, rows in s.unplaced.items()
                    ],
                }
                for s in self.sheets
            ],
        }


def import_workbook(
    source: str | os.PathLike[str] | bytes,
    *,
    unit: str,
    on: date,
    actor: Actor,
    now: datetime,
    name: str = "",
    language: str = "zh",
    progress: Progress | None = None,
    most_bytes: int = MOST_BYTES,
    only_look: bool = False,
) -> ImportResult:
    """Check a ledger against the store and record every row without a fault, for the unit with this code.

    Each sheet is one transaction: a stopped import has whole sheets or nothing of them, and is started again.
    With `only_look` nothing is written and the result says what would be. Raises Refused (the file),
    UnknownUnit, NotAllowed or StoreUnavailable, each one sentence.
    """
    units = tree()
    here = units.find(unit)
    today = clock.office_day(now)
    if on > today:
        raise Refused(AFTER_TODAY.fill(on=on, today=today))
    area = Area(actor)
    may = area.records(here)
    if not may.allowed:
        raise Refused(NOT_YOURS.fill(unit=here.name, reason=may.reason))
    file_name = name or ("" if isinstance(source, bytes) else Path(source).name)
    check = check_workbook(
        source, on=on, known_person=area.known, language=language, name=file_name, most_bytes=most_bytes,
        printed=lambda tables: let_printed_through(tables, area, now, here),
    )  # fmt: skip
    tables = [sheet.table for sheet in check.sheets]
    keepers = [_keeper(table, here, units) for table in tables]
    done: dict[int, SheetDone] = {}
    for no in sorted(range(len(tables)), key=lambda no: not tables[no].header.ledger.opens_file):
        work = _SheetWork(tables[no], here, keepers[no], area, actor, now, file_name)
        with no_collecting():
            done[no] = work.run(progress, only_look=only_look)
    final = summed_up(tables, check.passed_over, file_name, language)
    return ImportResult(final, tuple(done[no] for no in range(len(tables))), not only_look)


def _keeper(table: Table, unit: Unit, units: Tree) -> Unit:
    """The unit whose ledger this is, for the one that imports."""
    ledger = table.header.ledger
    if found := keeper(ledger, unit, units):
        return found
    levels = kept_by(ledger)
    raise Refused(WRONG_UNIT.fill(ledger=ledger.label, levels=levels, unit=unit.name), where=table.sheet)


@dataclass(slots=True)
class _SheetWork:
    """The import of one sheet."""

    table: Table
    here: Unit
    keeper: Unit
    area: Area
    actor: Actor
    now: datetime
    file_name: str
    new_rows: int = 0
    there_rows: int = 0
    planned: int = 0
    renewed: dict[UUID, UUID] = field(default_factory=dict)
    unplaced: dict[int, Place] = field(default_factory=dict)
    drafter: Drafter = field(init=False)
    source: str = field(init=False)

    def __post_init__(self) -> None:
        self.source = f"{self.file_name} · {self.table.sheet} · "
        keeper = self.keeper
        here = Here(keeper.code, keeper.level, finder(self.area.tree, keeper))
        self.drafter = Drafter(self.table, here)

    def run(self, progress: Progress | None, *, only_look: bool) -> SheetDone:
        """Record the sheet, or only count. Somebody else writing at the same moment is waited for."""
        table = self.table
        for tries_left in reversed(range(TRIES)):
            self.new_rows = self.planned = 0
            self.there_rows = len(table.printed)
            self.unplaced.clear()
            try:
                if table.header.missing:
                    break
                if only_look:
                    for one in self._entries(progress):
                        if isinstance(one, Unmade):
                            self.planned += len(self._newly_opened(one.files, one.parts))
                else:
                    outcome = record_many(
                        self._entries(progress), actor=self.actor, now=self.now, make=self._newly_opened
                    )
                    self._as_written(outcome)
                break
            except engine.StoreUnavailable as problem:
                if not (problem.passing or _is_taken(problem)) or not tries_left:
                    raise
                time.sleep(0.2 * (TRIES - tries_left))
        held = len(table) - self.new_rows - self.there_rows
        if progress is not None:
            progress(table.sheet, len(table), len(table))
        return SheetDone(
            table.sheet,
            table.header.ledger.name,
            self.new_rows,
            self.there_rows,
            held,
            self.planned,
            Counter(self.unplaced.values()),
        )

    def _as_written(self, outcome: Outcome) -> None:
        """Say what this import wrote and not what it had planned: the same file may have come in
        meanwhile, and the store takes an entry once."""
        self.planned = outcome.new
        if not outcome.new:
            self.there_rows += self.new_rows
            self.new_rows = 0

    def _entries(self, progress: Progress | None) -> Iterator[Entry | Unmade]:
        """Every entry to be written, one person after the other. Runs inside the gate's transaction."""
        people = list(self._people().items())
        done = 0
        for start in range(0, len(people), AT_ONCE):
            some = people[start : start + AT_ONCE]
            yield from self._some(some)
            done += sum(len(rows) for _, rows in some)
            if progress is not None:
                progress(self.table.sheet, done, len(self.table))

    def _people(self) -> dict[str, list[int]]:
        """The rows without a fault, by person, in the order of each person's first row."""
        people: dict[str, list[int]] = {}
        table = self.table
        numbers: list[Any] = table.column(NUMBER) or []
        for at, number in enumerate(numbers):
            faults = table.faults.get(at)
            if at in table.printed or (faults and any(not fault.warning for fault in faults.values())):
                continue
            people.setdefault(number.number, []).append(at)
        return people

    def _some(self, people: list[tuple[str, list[int]]]) -> Iterator[Entry | Unmade]:
        """What is to be written of these people. Who stands in one row, with nothing known to settle it
        against, comes unmade."""
        found = self.area.find(number for number, _ in people)
        unplaced = self.drafter.unplaced
        opened: dict[UUID, int] = {}
        drafted: dict[UUID, list[tuple[int, list[Draft]]]] = {}
        known: list[UUID] = []
        where: dict[UUID, Found] = {}
        opens = self.table.header.ledger.opens_file
        now_ms = clock.milliseconds(self.now)
        for number, rows in people:
            one = found.get(number)
            if one is not None and not self.area.may_touch(one.unit):
                for at in rows:
                    self.table.blame(at, NUMBER, Fault("contradiction", ELSEWHERE))
                continue
            if unplaced:
                self.unplaced.update((at, unplaced[at]) for at in rows if at in unplaced)
            file = one.id if one else uuid7(now_ms, self.area.blind(number))
            if one is None and opens and len(rows) == 1:
                opened[file] = rows[0]
                continue
            drafted[file] = self._drafts(rows, newcomer=one is None and not opens)
            if one is not None:
                known.append(file)
                where[file] = one
        for file in _emptied([*opened, *(drafted.keys() - known)]):
            known.append(file)
            if file in opened:
                drafted[file] = self._drafts([opened.pop(file)])
        self.new_rows += len(opened)
        if opened:
            yield Unmade(
                [*opened], [*opened.values()], self.drafter.kinds, self.actor.name, self.here.code, self.now
            )
        ids = {file: [i for _, some in drafted[file] for i in ids_in(file, some)] for file in known}
        self.renewed = _renewed(ids)
        ids = {file: [self.renewed.get(i, i) for i in some] for file, some in ids.items()}
        there = _existing(i for some in ids.values() for i in some)
        to_read = {file for file, some in ids.items() if not there.issuperset(some)}
        moved_on = _said_again(ids)
        files = counted_in(to_read | moved_on)
        for file, drafts in drafted.items():
            if file in ids and file not in to_read:
                self.there_rows += len(drafts)
                self._point_out(drafts, files.get(file, ()))
            else:
                yield from self._person(file, drafts, list(files.get(file, ())), there, where.get(file))

    def _drafts(self, rows: Iterable[int], *, newcomer: bool = False) -> list[tuple[int, list[Draft]]]:
        """What these rows of one person say; a `newcomer` has no row that says who it is."""
        drafts = [(at, self.drafter.drafts(at)) for at in rows]
        if newcomer:
            at, first = drafts[0]
            first.insert(0, self.drafter.person(at, first[0].day))
        return drafts

    def _person(
        self,
        file: UUID,
        rows: list[tuple[int, list[Draft]]],
        counted: list[Entry],
        there: set[UUID],
        known: Found | None,
    ) -> Iterator[Entry]:
        """What is to be written of one person's rows. `counted` grows with what the rows before have said."""
        for place, (at, drafts) in enumerate(rows):
            # Of two rows that say how things stand the later one counts: it is recorded a moment later.
            moment = self.now - timedelta(milliseconds=len(rows) - 1 - place)
            if self._is_elsewhere(at, drafts, counted):
                self.table.blame(at, NUMBER, Fault("contradiction", ELSEWHERE))
                self.unplaced.pop(at, None)
                continue
            if stays := self._stays(at, counted):
                self.unplaced[at], drafts = stays, self.drafter.drafts(at, stays)
            order = next((d for d in drafts if d.kind == "order"), None)
            new: list[Entry] = []
            faults: dict[str, Fault] = {}
            for draft, once in zip(drafts, ids_in(file, drafts), strict=True):
                identifier = self.renewed.get(once, once)
                if identifier in there:
                    self._point_out(rows, counted, draft)
                    continue
                answer = settle(draft, counted, order, answering(counted))
                if isinstance(answer, dict):
                    faults.update(self._as_seen(answer, counted, known))
                elif answer is not None:
                    new.append(self._settled(file, identifier, answer, at, moment))
            if faults:
                for key, fault in faults.items():
                    self.table.blame(at, key, fault)
                self.unplaced.pop(at, None)
                continue
            counted = list(CaseFile(file, (*counted, *new)).counted())
            if new:
                self.new_rows += 1
                self.planned += len(new)
                yield from new
            else:
                self.there_rows += 1

    def _as_seen(
        self, faults: dict[str, Fault], counted: Sequence[Entry], known: Found | None
    ) -> dict[str, Fault]:
        """Contradictions without what whoever imports may not read in the file."""
        if known is None:
            return faults
        unit = self.area.tree.by_no.get(known.unit) if known.unit is not None else None
        return as_seen(faults, Eyes(self.actor, self.now).seen(known.no, tuple(counted), unit))

    def _point_out(
        self, rows: Sequence[tuple[int, list[Draft]]], counted: Sequence[Entry], only: Draft | None = None
    ) -> None:
        """Say in a row that says what the file had before, and has no longer, that it changes nothing. Where
        a person stands in several rows, the last of them counted."""
        if len(rows) > 1 or not counted:
            return
        ((at, drafts),) = rows
        now, tree = answering(counted), self.area.tree
        for draft in drafts if only is None else (only,):
            for name in gone_on(draft, counted, now):
                key = draft.columns.get(name, f"{draft.kind}.{name}")
                if name == "unit" and now is not None:
                    unit, named = tree.get(now.unit), tree.get(str(draft.fields[name]))
                    if unit is None or named is None or tree.within(unit, named):
                        continue  # no more than the town is named, and the file knows the village
                self.table.blame(at, key if key in self.table.values else "town", GONE_ON)

    def _stays(self, at: int, counted: list[Entry]) -> Place | None:
        """Where the person is, if the words of the row lead only to a unit above: a misspelt village takes
        nobody away from the village."""
        words, now, tree = self.drafter.unplaced.get(at), answering(counted), self.area.tree
        unit = tree.get(now.unit) if words and now else None
        if words is None or unit is None or not tree.within(unit, tree.find(words.code)):
            return None
        return Place(unit.code, unit.name, words.left)

    def _is_elsewhere(self, at: int, drafts: list[Draft], counted: list[Entry]) -> bool:
        """Whether another unit answers for the person and the row names no place here: whoever may touch both
        took one unit for the other."""
        named, now, tree = self.drafter.unplaced.get(at), answering(counted), self.area.tree
        unit = tree.get(now.unit) if now else None
        places = [d for d in drafts if d.kind == "responsible_unit"]
        if unit is None or not places or tree.within(unit, self.keeper):
            return False
        return "unit" in places[0].here or (named is not None and named.code == self.keeper.code)

    def _newly_opened(self, files: Iterable[UUID], rows: Sequence[int]) -> list[Entry]:
        """The entries of people who stand in one row each and of whom nothing is known yet."""
        now, author, unit = self.now, self.actor.name, self.here.code
        entries: list[Entry] = []
        for file, at in zip(files, rows, strict=True):
            drafts, source = self.drafter.drafts(at), self._source(at)
            for identifier, (kind, day, fields, *_) in zip(ids_in(file, drafts), drafts, strict=True):
                entries.append(
                    again(identifier, file, kind, day, now, 1, author, unit, fields, None, source, "")
                )
        return entries

    def _source(self, at: int) -> str:
        """File, sheet and row, as far as there is room."""
        return f"{self.source}{self.table.rows[at]}"[-300:]

    def _settled(self, file: UUID, identifier: UUID, new: New, at: int, moment: datetime) -> Entry:
        return Entry(
            id=identifier,
            file=file,
            kind=new.draft.kind,
            happened_on=new.day,
            recorded_at=moment,
            author=self.actor.name,
            unit=self.here.code,
            fields=new.fields,
            corrects=new.corrects.id if new.corrects else None,
            source=self._source(at),
            reason=new.reason.zh if new.reason else "",
        )


def _is_taken(problem: engine.StoreUnavailable) -> bool:
    return problem.label == engine.taken().label


def _existing(ids: Iterable[UUID]) -> set[UUID]:
    """Those of these ids that entries in the store have."""
    asked = [engine.key(i) for i in ids]
    return {
        engine.uuid_of(r[0]) for r in engine.rows_for("SELECT id FROM store_entry WHERE id IN ({})", asked)
    }


def _said_again(files: Iterable[UUID]) -> set[UUID]:
    """Those of these files that have said more than once who the person is or who answers for them."""
    rows = engine.rows_for(
        "SELECT f.id, e.kind, count(*) FROM store_entry e JOIN store_casefile f ON f.no = e.file"
        f" WHERE e.kind IN ('person', 'responsible_unit', 'change_of_place', '{ACCEPTED}')"
        " AND f.id IN ({}) GROUP BY f.id, e.kind",
        [engine.key(file) for file in files],
    )
    return {engine.uuid_of(f) for f, kind, n in rows if n > 1 or kind not in STATES}


def _emptied(files: Iterable[UUID]) -> list[UUID]:
    """Those of these files that are there all the same: everything in them was taken back."""
    return [
        engine.uuid_of(r[0])
        for r in engine.rows_for(
            "SELECT id FROM store_casefile WHERE id IN ({})", [engine.key(f) for f in files]
        )
    ]


def _renewed(ids: Mapping[UUID, Iterable[UUID]]) -> dict[UUID, UUID]:
    """What an entry (`ids`: by file) that was taken back with its whole batch is called when it comes again.

    One that somebody withdrew by hand is not among them: that stays as the office left it.
    """
    by = {
        engine.uuid_of(withdrawn): engine.uuid_of(by)
        for withdrawn, by in engine.rows_for(
            "SELECT e.corrects, e.id FROM store_entry e JOIN store_casefile f ON f.no = e.file"
            f" WHERE e.kind = '{VOID}' AND e.source LIKE '{TAKEN_BACK}%%' AND f.id IN ({{}})",
            [engine.key(file) for file in ids],
        )
    }
    renewed: dict[UUID, UUID] = {}
    for first in (i for some in ids.values() for i in some) if by else ():
        last = first
        while last in by:
            last = uuid7(unix_ms_of(first), sm3(last.bytes + by[last].bytes)[:10])
        if last != first:
            renewed[first] = last
    return renewed
