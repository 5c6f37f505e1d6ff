"""Writes a ledger from the case files: what an import would read back without finding anything new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor, Target, decide
from guitu.casefile import CaseFile, Entry
from guitu.exchange.ledgers.declared import ledgers
from guitu.exchange.ledgers.identity import case_mark
from guitu.exchange.ledgers.layout import Head, Value, write_ledger
from guitu.exchange.ledgers.ledger import DAY, NUMBER, Column, Ledger
from guitu.exchange.ledgers.places import Naming, answering, kept_by, kept_in
from guitu.exchange.ledgers.settle import Answering
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.store import casefiles, engine, grants
from guitu.store.clock import office_day
from guitu.store.projections.compute import assess
from guitu.store.read.sight import seen_by, shown
from guitu.store.read.targets import is_minor
from guitu.store.units import Tree, Unit, tree

PLACES: Final = frozenset({"town", "village"})
"""Levels that a ledger's columns for town and village name."""

STATES: Final = frozenset({"person", "intake_health"})
"""Kinds of which the newest speaks, whatever order it belongs to."""

NOT_ALLOWED: Final = Label(
    "不能导出{unit}的台账：{reason}。", "The ledger of {unit} cannot be exported: {reason}."
)


NOT_KEPT: Final = Label(
    "“{ledger}”由{levels}登记，{unit}没有这种台账；请换一种台账，或换一个单位。",
    "“{ledger}” is kept by: {levels}; {unit} has none. Choose another ledger or another unit.",
)


class NotGiven(GuituError):
    """Whoever asks may not take this unit's ledger along, or there is none."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook, what to call it, how many rows it has, the numbers of the files in it, and why it was
    allowed. Whoever hands it out notes it in the access log first."""

    data: bytes
    file_name: str
    rows: int
    files: tuple[int, ...]
    decision: Decision


def export_ledger(
    name: str, *, unit: str, on: date, actor: Actor, now: datetime, made_by: str = ""
) -> Exported:
    """The ledger `name` of everybody under the unit, as on the day `on`, in its prescribed layout.

    Rosters hold whoever is under the measure on that day, one row for each order; the ledger of tests holds
    the year up to that day. Raises UnknownName (ledger), UnknownUnit, or NotGiven if the actor may not read
    there, or neither the unit nor one under it keeps such a ledger: none could be taken in for it either.
    """
    ledger = ledgers()[name]
    units = tree()
    here = units.find(unit)
    decision = decide(actor, "export", Target(here.path))
    if not decision.allowed:
        raise NotGiven(NOT_ALLOWED.fill(unit=here.name, reason=decision.reason))
    if not kept_in(ledger, here, units):
        raise NotGiven(NOT_KEPT.fill(ledger=ledger.label, levels=kept_by(ledger), unit=here.name))
    rows = sorted(_rows(ledger, here, on, units, Eyes(actor, now)), key=lambda row: row.order)
    head = Head(
        title=ledger.title.format(unit=here.name, year=on.year),
        unit=here.name,
        on=on,
        made_by=made_by or ("" if actor.is_house else actor.name),
        printed_at=now,
    )
    data = write_ledger(ledger, head, (row.values for row in rows))
    files = tuple(sorted({row.file for row in rows}))
    return Exported(data, f"{head.title}_{on.isoformat()}.xlsx", len(rows), files, decision)


@dataclass(frozen=True, slots=True)
class _Row:
    file: int
    order: tuple[str, ...]
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Eyes:
    """What whoever asks for the ledger may see of each file. A minor's, without leave, is a name in a row."""

    actor: Actor
    now: datetime

    def seen(self, no: int, counted: tuple[Entry, ...], unit: Unit | None) -> tuple[Entry, ...]:
        """The entries that may stand in a row."""
        if self.actor.is_house:
            return counted
        births = [e.get("birth") for e in counted if e.kind == "person"]
        born = births[-1] if births else None
        minor = isinstance(born, date) and is_minor(born, office_day(self.now))
        leave = grants.live(no, self.actor.name, self.now) if minor else frozenset()
        target = Target(unit.path if unit else (), minor=minor, grants=leave)
        sight = seen_by(self.actor, target, tree())
        if sight.decision.allowed:
            return shown(sight, counted)
        return tuple(replace(e, fields={"name": e.get("name")}) for e in counted if e.kind == "person")


def _rows(ledger: Ledger, here: Unit, on: date, units: Tree, eyes: Eyes) -> Iterator[_Row]:
    anchor = ledger.one_row_per.partition(".")[0]
    naming = Naming(units, here)
    for no, case_no, unit_no, counted in _files(here, on):
        unit = units.by_no.get(unit_no) if unit_no is not None else None
        seen = {e.id: e for e in eyes.seen(no, counted, unit)}
        for entry in counted:
            if entry.kind != anchor:
                continue
            if anchor == "order" and not _is_under(ledger, entry, counted, unit, here, on):
                continue
            if anchor != "order" and entry.happened_on.year != on.year:
                continue
            speaks = _Speaking(entry, counted, here, units, seen, naming)
            values = [
                speaks.value(column) or (case_mark(case_no) if column.key == NUMBER else None)
                for column in ledger.columns
            ]
            home = speaks.home() if "town" in ledger.by_key else unit
            place = (
                "/".join(home.path) if home else ""
            )  # rows without words stand first: a town is carried on
            yield _Row(
                no,
                (place if ledger.by_measure else "", entry.happened_on.isoformat(), str(entry.id)),
                values,
            )


def _files(here: Unit, on: date) -> Iterator[tuple[int, str, int | None, tuple[Entry, ...]]]:
    """Everybody under a unit: their file's number, its case number, their responsible unit's number, and what
    counts of their file by that day."""
    numbers = [
        row[0]
        for row in engine.rows(f"SELECT file FROM store_casestatus WHERE {here.column} = %s", [here.no])
    ]
    for some in engine.in_chunks(numbers):
        held = casefiles.by_numbers(some)
        casefiles.fill(held, unseal=None)
        for one in held:
            if one.about == "person":
                counted = tuple(e for e in one.case_file.counted() if e.happened_on <= on)
                yield one.no, one.case_no, one.unit, counted


def _is_under(
    ledger: Ledger, order: Entry, counted: tuple[Entry, ...], unit: Unit | None, here: Unit, on: date
) -> bool:
    """Whether this order is in force, or awaits the person, on the day; for a centre, in this centre."""
    if order.get("measure") not in ledger.by_measure:
        return False
    of_a_centre = any(made.kind == "admission" for made in ledger.makes)
    if of_a_centre and _in_its_time(order, ("admission", "transfer"), counted) == []:
        return False
    answer = assess(CaseFile(order.file, counted), unit, on)
    standing: set[UUID] = {m.order for m in answer.measures if m.state != "ended"}
    return order.id in standing


def printed_rows(
    ledger: Ledger,
    counted: tuple[Entry, ...],
    here: Unit | None,
    units: Tree,
    naming: Naming | None,
    may_see: Iterable[Entry] | None = None,
) -> list[dict[str, Value]]:
    """What the ledger prints of one file, in the order of its entries: a row for each order or test, by
    column. `here` is the unit whose ledger it is; without one, whichever centre the person came to.
    `may_see` are the entries that may stand there, if not all."""
    anchor = ledger.one_row_per.partition(".")[0]
    seen = {e.id: e for e in (counted if may_see is None else may_see)}
    speaking = [_Speaking(e, counted, here, units, seen, naming) for e in counted if e.kind == anchor]
    return [{column.key: one.value(column) for column in ledger.columns} for one in speaking]


@dataclass(frozen=True, slots=True)
class _Speaking:
    """What one person's file says in one row: beside the `anchor`, the entry the row is about. `seen` are
    those of its entries that may stand there."""

    anchor: Entry
    counted: tuple[Entry, ...]
    here: Unit | None
    units: Tree
    seen: Mapping[UUID, Entry]
    naming: Naming | None

    def value(self, column: Column) -> Value:
        """What the row shows in a column."""
        if column.field == "worker":
            now = self._answering()
            return now.worker if now else None
        if column.name == "town" or column.kind == "responsible_unit":
            home = self.home()
            level = "town" if column.name == "town" else "village"
            above = self.units.ancestors(home) if home else []
            found = next((u for u in above if u.level == level), None)
            if found is None:
                return ""
            return self.naming(found) if level == "town" and self.naming else found.name
        if column.name == "term_start":
            return self.anchor.happened_on if self.anchor.id in self.seen else None
        if not column.kind:
            return None
        if column.kind == "remark":
            there = (self.seen[e.id] for e in self.counted if e.kind == "remark" and e.id in self.seen)
            texts = [str(e.get("text") or "") for e in there]
            return "\n".join(dict.fromkeys(line for text in texts for line in text.splitlines()))
        entry = self._entry(column.kind)
        if entry is None:
            return None
        if column.field == DAY:
            return entry.happened_on
        value = entry.get(column.field)
        if column.ask is not None and column.ask.type == "choice":
            return column.ask.show(value)
        return value

    def _entry(self, kind_name: str) -> Entry | None:
        """The entry of a kind that speaks in this row, as far as it may be seen."""
        found = self._speaker(kind_name)
        return self.seen.get(found.id) if found else None

    def _speaker(self, kind_name: str) -> Entry | None:
        if kind_name == self.anchor.kind:
            return self.anchor
        if kind_name in STATES:
            return next((e for e in reversed(self.counted) if e.kind == kind_name), None)
        if kind_name == "admission":
            return self._entered()
        return next(iter(_in_its_time(self.anchor, (kind_name,), self.counted)), None)

    def _entered(self) -> Entry | None:
        """How the person came into this centre: by admission or by transfer; else the first admission."""
        came = _in_its_time(self.anchor, ("admission", "transfer"), self.counted)
        into_here = [e for e in came if self._is_here(e)]
        return next(iter(into_here or came), None)

    def _is_here(self, entry: Entry) -> bool:
        if self.here is None:
            return True
        centre = self.units.get(str(entry.get("centre") or ""))
        return centre is not None and self.units.within(centre, self.here)

    def _answering(self) -> Answering | None:
        """Who answers for the person in the community, as far as it may be seen."""
        return answering(e for e in self.counted if e.id in self.seen)

    def home(self) -> Unit | None:
        """The town or village that answers for the person; None where a centre or a whole county does."""
        now = self._answering()
        unit = self.units.get(now.unit) if now else None
        return unit if unit is not None and unit.level in PLACES else None


def _in_its_time(order: Entry, kinds: tuple[str, ...], counted: tuple[Entry, ...]) -> list[Entry]:
    """The entries of these kinds from an order on, before the next order."""
    later = [e.happened_on for e in counted if e.kind == "order" and e.happened_on > order.happened_on]
    until = min(later, default=date.max)
    return [e for e in counted if e.kind in kinds and order.happened_on <= e.happened_on < until]
