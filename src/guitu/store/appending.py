"""Appending: the work of one transaction, chunk by chunk. Only the gate uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError

from guitu.access import Actor, Target, decide
from guitu.casefile import Entry, Kind
from guitu.casefile.file import VOID
from guitu.casefile.protocol import DifferentContent, Receipt
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.store import casefiles, engine, guards, merging
from guitu.store.casefiles import Held
from guitu.store.centre import placements
from guitu.store.crew import WORTH_IT, Crew, raise_crew
from guitu.store.engine import Row
from guitu.store.keys import provider
from guitu.store.models import LEVELS
from guitu.store.placing import BY_RECEIVER, SENT
from guitu.store.preparing import (
    Frame,
    Laid,
    Lot,
    Maker,
    Prepared,
    Unmade,
    check,
    lay_out,
    made,
    prepare,
    written,
)
from guitu.store.projections import Projection, Tables, Tallies, insert, write
from guitu.store.projections.compute import holders_of, responsible
from guitu.store.units import path_in, tree

TELLS_WHO: Final = frozenset({"person", "void"})
"""Kinds that can change the identity number a file carries."""

GATHERED: Final[Mapping[str, Callable[[Row], Any]]] = {
    "store_personkey": itemgetter(0),
    "store_duty": itemgetter(6),
}
"""Tables whose rows would fall all over their indexes, and what puts them in order: the word, the day. Rows
that are equal in it stay in the order of their files. They are written many at a time: neighbours fall on
one page, which is written once. Nothing can be wrong with them that the tables before them have not
refused."""
MOST_GATHERED: Final = 20_000
_NOT_ONES_OWN: Final = Decision(
    False, Label("只能以本人、本单位的名义登记", "only in one's own name and for one's own unit")
)
_FOR_THE_HOUSE: Final = Decision(True, Label("本系统自身的操作", "the system's own work"))
ROOMY: Final = -64_000
"""SQLite's page cache during a large batch: ids fall all over their index, whose pages had better stay."""


class NotAllowed(GuituError):
    """The actor may not record this; `decision` says why. Nothing was written."""

    def __init__(self, entry: Entry, kind: Kind, decision: Decision) -> None:
        self.decision = decision
        super().__init__(
            Label(
                f"不能登记“{kind.label.zh}”：{decision.reason.zh}。",
                f"“{kind.label.en}” cannot be recorded: {decision.reason.en}.",
            ),
            where=entry.source,
        )


class Batch:
    """Entries on their way into the store within one transaction. Used as a context, so that a crew goes
    home. `careful` looks for their ids in all files; without it an id that belongs to another file is found
    out by the table's refusal."""

    def __init__(
        self,
        actor: Actor,
        now: datetime,
        *,
        careful: bool,
        make: Maker | None = None,
        decided: Decision | None = None,
    ) -> None:
        self.actor = actor
        self.decided = decided
        self.careful = careful
        self.frame = Frame.of(now, tree(), provider(), make)
        self.kinds = self.frame.kinds
        self.tallies = Tallies()
        self.new = 0
        self.repeated = 0
        self.touched: set[int] = set()
        self.last_file = 0
        self._decided: dict[tuple[str, int | None, str, str], Decision] = {}
        self._crew: Crew | None = None
        self._away: set[int] = set()
        self._last_number = 0
        self._cache = 0
        self._later: Tables = {table: [] for table in GATHERED}

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, *fault: object) -> None:
        if self._crew is not None:
            self._crew.dismiss()
        if self._cache:
            engine.page_cache(self._cache)

    def add(self, entries: Sequence[Entry], held: dict[UUID, Held] | None = None) -> list[Receipt]:
        """Check, append and project these entries; their receipts in the same order. `held` are their files,
        where they are already in hand."""
        self._welcome_back(all_of_them=True)
        self._write_later()
        check(entries, self.frame)
        held = held or self._hold(entries)
        merging.join(entries, held)
        there = self._there(entries, held)
        self._place(entries, held, there)
        prepared = prepare(entries, held, self.frame, there)
        merging.follow(prepared, self.frame)
        stored = self._stored({e.id: there[e.id] for e in entries if e.id in there})
        receipts = [
            answer or self._same(entry, stored, held, prepared.answers)
            for entry, answer in zip(entries, prepared.answers, strict=True)
        ]
        self._write(prepared)
        self.repeated += len(entries) - len(prepared.rows)
        self.last_file = held[entries[-1].file].no
        return receipts

    def add_unseen(self, lot: Lot) -> None:
        """The same without receipts. Files that are all new are written as they come, possibly by other
        processors, without looking first whether anything of them is there: the tables refuse it, and then
        it is looked at as ever."""
        self._welcome_back()
        held = self._opened(lot) if isinstance(lot, Unmade) else self._held_unless_away(lot)
        if not held or not all(file.fresh for file in held.values()):
            self.add(self._made(lot), held)
            return
        if self._crew is None and self.new >= WORTH_IT:
            self._crew = raise_crew(self.frame)
            self._cache = self._cache or engine.page_cache(ROOMY)
        if self._crew is None or self._crew.busy:
            self._write_laid(lot, lay_out(lot, held, self.frame))
        else:
            self._away.update([file.id.int for file in held.values()])
            self._crew.give(lot, held)

    def _held_unless_away(self, entries: Sequence[Entry]) -> dict[UUID, Held]:
        """The files of these entries, none if one is away or nothing is known of a kind."""
        files = {identifier.int for identifier, _ in groupby(entries, attrgetter("file"))}
        declared = self.kinds.keys() >= {e.kind for e in entries}
        return self._hold(entries) if declared and self._away.isdisjoint(files) else {}

    def _opened(self, lot: Unmade) -> dict[UUID, Held]:
        """The new files of a lot; none if any of its kinds might be refused, which its entries will tell."""
        office = self.frame.tree.get(lot.unit)
        where = office.no if office is not None else None
        about = {self.kinds[name].about for name in lot.kinds}
        if len(about) > 1 or not all(
            self._decide(name, where, lot.unit, lot.author).allowed for name in lot.kinds
        ):
            return {}
        return self._open(lot.files, [(lot.unit, lot.recorded_at)] * len(lot), [*about] * len(lot))

    def _made(self, lot: Lot) -> Sequence[Entry]:
        return made(lot, lot.files if isinstance(lot, Unmade) else (), self.frame)

    def finish(self) -> None:
        """Write what is still away, and last of all what all units share."""
        self._welcome_back(all_of_them=True)
        self._write_later()
        self.tallies.flush()
        if self.new >= WORTH_IT:
            engine.analyse()

    def _welcome_back(self, *, all_of_them: bool = False) -> None:
        """Write the lots that have come back, in the order in which they were given."""
        while self._crew is not None and self._crew.waiting and (all_of_them or self._crew.ready()):
            lot, held, laid = self._crew.take()
            self._away.difference_update([file.id.int for file in held.values()])
            self._write_laid(lot, laid or lay_out(lot, held, self.frame))

    def _write_laid(self, lot: Lot, laid: Laid) -> None:
        """Insert files that are new in every row; if any row is there already, go the careful way."""
        try:
            if laid.twice:
                raise IntegrityError("an id that comes twice")
            with engine.attempt():
                insert({table: rows for table, rows in laid.tables.items() if table not in GATHERED})
        except IntegrityError:
            self.add(self._made(lot))
            return
        for table in GATHERED:
            self._later[table] += laid.tables[table]
        if any(len(rows) > MOST_GATHERED for rows in self._later.values()):
            self._write_later()
        self.tallies.add(laid.counted)
        self.new += laid.entries
        self.touched.update(laid.files)
        self.last_file = laid.files[-1]

    def _write_later(self) -> None:
        """Insert what has been gathered, each table in the order of its largest index."""
        for table, order in GATHERED.items():
            self._later[table].sort(key=order)
        insert(self._later)
        for rows in self._later.values():
            rows.clear()

    def _hold(self, entries: Sequence[Entry]) -> dict[UUID, Held]:
        """Lock the files these entries belong to, with what is in them; open those that are new."""
        first: dict[UUID, Entry] = {}
        about: dict[UUID, str] = {}
        for entry in entries:
            if entry.file not in first:
                first[entry.file] = entry
                about[entry.file] = self.kinds[entry.kind].about
        held = casefiles.by_ids(first.keys(), lock=True)
        casefiles.fill(held.values())
        missing = [i for i in first if i not in held]
        opened_by = [(first[i].unit, first[i].recorded_at) for i in missing]
        held |= self._open(missing, opened_by, [about[i] for i in missing])
        for entry in entries:
            file = held[entry.file]
            if not self.actor.is_house:
                self._allow(entry, file)
                guards.handed_in(entry, file.entries, self.kinds)
                guards.confirmed(entry, file.entries)
                guards.decided(entry, self.kinds[entry.kind])
            if self.kinds[entry.kind].about != file.about and entry.kind != VOID:
                raise guards.NotAccepted(
                    entry,
                    Label(
                        "人员的记录不能写进单位档案，单位的也不能写进人员档案。",
                        "An entry about a person cannot go into a unit's file, nor the other way round.",
                    ),
                )
        return held

    def _open(
        self, files: Sequence[UUID], opened_by: Sequence[tuple[str, datetime]], about: Sequence[str]
    ) -> dict[UUID, Held]:
        """Open these files, which are not in the table."""
        opened = casefiles.open_new(
            files, opened_by, about, self.frame.now_ms, self.frame.tree, after=self._last_number
        )
        if opened:
            self._last_number = opened[-1].no
        return {file.id: file for file in opened}

    def _place(self, entries: Sequence[Entry], held: dict[UUID, Held], there: Mapping[UUID, int]) -> None:
        """Ask of every new placement whether there is such a bed and the law allows it there. What the house
        copies from elsewhere was decided elsewhere."""
        if self.actor.is_house:
            return
        beside: dict[int, Entry] = {}
        for entry in entries:
            if entry.kind == placements.PLACED and entry.id not in there:
                file = held[entry.file]
                placements.guard(entry, file.case_file.counted(), self.actor, file.no, beside)
                beside[file.no] = entry

    def _there(self, entries: Sequence[Entry], held: dict[UUID, Held]) -> dict[UUID, int]:
        """Which of these entries' ids are stored, and in which files."""
        if not self.careful:
            return {e.id: file.no for file in held.values() for e in file.entries}
        return {
            engine.uuid_of(row[0]): row[1]
            for row in engine.rows_for(
                "SELECT id, file FROM store_entry WHERE id IN ({})", [e.id.hex for e in entries]
            )
        }

    def _same(
        self,
        entry: Entry,
        stored: dict[UUID, tuple[Entry, Receipt]],
        held: dict[UUID, Held],
        answers: Sequence[Receipt | None],
    ) -> Receipt:
        """The receipt of an entry that had arrived before; DifferentContent if it said something else."""
        if entry.id in stored:
            there, receipt = stored[entry.id]
        else:  # earlier in this very batch, in the same file
            there = next(e for e in held[entry.file].entries if e.id == entry.id)
            receipt = next(a for a in answers if a is not None and a.id == entry.id)
        hidden = self.kinds[there.kind].sealed_fields
        erased = entry.id in stored and not there.reason and hidden.isdisjoint(there.fields)
        if not (there.same_content(entry) or (erased and there.same_content(self._opened_part(entry)))):
            raise _different(entry, there)
        return replace(receipt, repeated=True)

    def _stored(self, there: dict[UUID, int]) -> dict[UUID, tuple[Entry, Receipt]]:
        """The stored entries with these ids, unsealed, and their receipts."""
        found: dict[UUID, tuple[Entry, Receipt]] = {}
        files = casefiles.by_numbers(set(there.values()))
        casefiles.fill(files, unseal=None, receipts=True)
        for file in files:
            found.update((e.id, (e, file.receipts[e.id])) for e in file.entries if e.id in there)
        return found

    def _opened_part(self, entry: Entry) -> Entry:
        hidden = self.kinds[entry.kind].sealed_fields
        return replace(entry, reason="", fields={k: v for k, v in entry.fields.items() if k not in hidden})

    def _allow(self, entry: Entry, file: Held) -> None:
        """Ask the access table once for each kind, area and office; about the file itself where that says no,
        or where the file itself decides."""
        if self.decided is not None:
            if not self.decided.allowed:
                raise NotAllowed(entry, self.kinds[entry.kind], self.decided)
            return
        if entry.kind == VOID and file.about == "unit":
            self._allow_withdrawal(entry, file)
            return
        where = file.unit
        if where is None and (office := self.frame.tree.get(entry.unit)) is not None:
            where = office.no
        decision = self._decide(entry.kind, where, entry.unit, entry.author)
        if (
            not decision.allowed and decision is not _NOT_ONES_OWN and not file.fresh
        ) or entry.kind in BY_RECEIVER:
            decision = self._decide_by_file(entry.kind, entry, file)
        if decision.allowed and entry.corrects is not None:
            first = next((e for e in file.entries if e.id == entry.corrects), None)
            if first is not None and first.kind != entry.kind:
                decision = self._decide_by_file(first.kind, entry, file)
        if not decision.allowed:
            raise NotAllowed(entry, self.kinds[entry.kind], decision)

    def _allow_withdrawal(self, entry: Entry, file: Held) -> None:
        """In a unit's own file whoever may record a kind may withdraw it: roles that write nothing of persons
        undo their own work too."""
        first = next((e for e in file.entries if e.id == entry.corrects), None)
        decision = self._decide_by_file(first.kind if first is not None else VOID, entry, file)
        if not decision.allowed:
            raise NotAllowed(entry, self.kinds[entry.kind], decision)

    def _decide(self, name: str, where: int | None, office: str, author: str) -> Decision:
        """Whether that author may record this kind there, for that office."""
        if self.actor.is_house:
            return _FOR_THE_HOUSE
        asked = (name, where, office, author)
        if asked not in self._decided:
            kind = self.kinds[name]
            unit = self.frame.tree.by_no.get(where) if where is not None else None
            target = Target(
                unit.path if unit else (), kind.recorded_by, kind.label, compartment=kind.compartment
            )
            decision = decide(self.actor, "record", target)
            if decision.allowed and not self._writes_for(office, author):
                decision = _NOT_ONES_OWN
            self._decided[asked] = decision
        return self._decided[asked]

    def _decide_by_file(self, name: str, entry: Entry, file: Held) -> Decision:
        """The same from what the file says of its holders: a place of custody records about whoever it holds,
        a receiver accepts what was sent to it."""
        kind, tree = self.kinds[name], self.frame.tree
        counted = file.case_file.counted()
        held, (unit, worker) = holders_of(counted, tree), responsible(counted, tree)
        if file.about == "unit":
            unit = tree.by_no.get(file.unit) if file.unit is not None else None
        target = Target(
            unit.path if unit else (), kind.recorded_by, kind.label,
            compartment=kind.compartment,
            custody=path_in(held.custody, tree),
            worker=worker,
            receiving=path_in(held.receiving, tree),
            accepts=name in BY_RECEIVER,
        )  # fmt: skip
        decision = decide(self.actor, "record", target)
        if decision.allowed and not self._writes_for(entry.unit, entry.author):
            return _NOT_ONES_OWN
        return decision

    def _writes_for(self, code: str, author: str) -> bool:
        office = self.frame.tree.get(code)
        return (
            office is not None
            and author == self.actor.name
            and any(post.unit in office.path for post in self.actor.posts)
        )

    def _write(self, prepared: Prepared) -> None:
        """Write files, keys, entries and projections."""
        files, worked_out = prepared.files, prepared.projections
        self._identities(worked_out, files)
        self._tell(files)
        engine.execute_many(
            "UPDATE store_casefile SET n = %s, head = %s, unit = %s WHERE no = %s",
            [(f.n, f.head, f.unit, f.no) for f in files if not f.fresh],
        )
        insert(written(prepared))
        write(worked_out, self.tallies, fresh={f.no for f in files if f.fresh})
        self.new += len(prepared.rows)
        self.touched.update(f.no for f in files)

    def _tell(self, files: Sequence[Held]) -> None:
        """Tell a unit of what is handed over to it; not where whole files are taken in."""
        told = [
            (file.no, unit.no, *unit.at, None, self.frame.now_ms)
            for file in files
            for entry in file.added
            if entry.kind == SENT and (unit := self.frame.tree.get(str(entry.get("to_unit")))) is not None
        ]
        engine.insert("store_notice", ("file", "unit", *LEVELS, "grant_no", "at_ms"), told)

    def _identities(self, worked_out: Sequence[Projection], files: Sequence[Held]) -> None:
        """Refuse an identity number that belongs to another file. Only what says who somebody is can bring
        one."""
        by_no = {f.no: f for f in files}
        owners: dict[bytes, int] = {}
        for p in worked_out:
            blind = p.person.id_blind
            if blind is None or TELLS_WHO.isdisjoint(e.kind for e in by_no[p.file].added):
                continue
            if owners.setdefault(blind, p.file) != p.file:
                raise guards.SameIdentity(_person_entry(by_no[p.file]), owners[blind])
        for other, blind in engine.rows_for(
            "SELECT file, id_blind FROM store_person WHERE id_blind IN ({})", owners
        ):
            mine = owners[bytes(blind)]
            if other in {merged.no for merged in by_no[mine].joined}:
                engine.execute("UPDATE store_person SET id_blind = NULL WHERE file = %s", [other])
            elif other != mine:
                raise guards.SameIdentity(_person_entry(by_no[mine]), other)


def _person_entry(file: Held) -> Entry:
    return next(e for e in reversed(file.entries) if e.kind == "person")


def _different(entry: Entry, stored: Entry) -> DifferentContent:
    """The refusal that shows what is there: kind, day and open fields."""
    kind = kinds()[stored.kind]
    hidden = kind.sealed_fields
    differ = sorted(
        {k for k in {*stored.fields, *entry.fields} if stored.fields.get(k) != entry.fields.get(k)}
    )
    shown = [
        f"{kind.ask(k).label.zh}={kind.ask(k).show(stored.get(k))}"
        for k in sorted(stored.fields)
        if k not in hidden
    ]
    there = f"{kind.label.zh} {stored.happened_on.isoformat()} {'，'.join(shown)}".strip()
    names = "、".join(differ) or "happened_on/kind"
    return DifferentContent(
        Label(
            f"编号 {entry.id} 已用于另一条记录（{there}），内容不同（{names}）；没有写入。",
            f"the id {entry.id} is already taken by another entry ({kind.label.en},"
            f" {stored.happened_on.isoformat()}) that says something else ({names}); nothing was written.",
        ),
        where=entry.source,
    )
