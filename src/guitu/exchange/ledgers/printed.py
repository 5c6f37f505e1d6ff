"""Rows that the store itself printed, come back as they were: they say nothing new, so nothing in them is at
fault.

A file may hold less than a ledger must, or what a ledger would not take: a test recorded without its testers,
two on one day, an order without a document, a person without a number. Printed, such a row looks like one
that an office filled in badly. It passes if the file says just that; an office's own row that leaves out what
the file has is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from guitu.casefile.records import sealing
from guitu.exchange.ledgers.area import Area, counted_in
from guitu.exchange.ledgers.cells import document_key, name_key, squeeze, text_of
from guitu.exchange.ledgers.export import Eyes, printed_rows
from guitu.exchange.ledgers.fault import Fault
from guitu.exchange.ledgers.identity import Identity, case_in
from guitu.exchange.ledgers.layout import MOST_LETTERS, Value
from guitu.exchange.ledgers.ledger import NAME, NUMBER, Column
from guitu.exchange.ledgers.places import Naming
from guitu.exchange.ledgers.table import Table
from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.units import Unit

AT_ONCE: Final = 250

NO_SUCH_CASE: Final = Label(
    "本单位辖区内没有档案号 {value} 的档案；请核对，或补上18位号码。",
    "No file in your unit's area has case number {value}; "
    "check it, or write all 18 characters of the identity number.",
)

_Printed = Sequence[Mapping[str, Value]]
"""One row as the store would print it: in the centre that asks, and without asking which centre."""


def let_printed_through(tables: Iterable[Table], area: Area, now: datetime, here: Unit | None = None) -> None:
    """Take the faults from rows that are just what the store prints. `here` is the unit that imports."""
    naming = Naming(area.tree, here) if here else None
    places = (None,) if here is None else (here, None)
    for table in tables:
        if table.header.missing:
            continue
        for some in engine.in_chunks(_doubted(table).items(), AT_ONCE):
            found = area.find(number for number, _ in some)
            inside = {number: one.id for number, one in found.items() if area.may_touch(one.unit)}
            files = counted_in(set(inside.values()))
            for number, rows in some:
                counted = files.get(inside[number], ()) if number in inside else ()
                ledger = table.header.ledger
                ways = [
                    printed_rows(ledger, counted, place, area.tree, naming if place else None)
                    for place in places
                ]
                _compare(table, rows, list(zip(*ways, strict=True)))
        _by_case_number(table, area, Eyes(area.actor, now), here, naming)


def _by_case_number(table: Table, area: Area, eyes: Eyes, here: Unit | None, naming: Naming | None) -> None:
    """Rows that name a file and not a number. Nothing is recorded from them: they say what whoever imports
    them may see of that file, or are held, so that nobody learns by trying what a file says."""
    named: dict[str, list[int]] = {}
    for at, unread in table.unread.items():
        if case := case_in(unread.get(NUMBER)):
            named.setdefault(case, []).append(at)
    places = (None,) if here is None else (here, None)
    for some in engine.in_chunks(named.items(), AT_ONCE):
        found = area.find_cases(case for case, _ in some)
        files = counted_in({one.id for one in found.values()})
        for case, rows in some:
            one = found.get(case)
            counted = files.get(one.id, ()) if one else ()
            if one is None or sealing(counted) is not None:
                fault = Fault("person_unknown", NO_SUCH_CASE, {"value": case})
                table.faults.update((at, {NUMBER: fault}) for at in rows)
                continue
            unit = area.tree.by_no.get(one.unit) if one.unit is not None else None
            seen = eyes.seen(one.no, counted, unit)
            ledger = table.header.ledger
            ways = [
                printed_rows(ledger, counted, place, area.tree, naming if place else None, seen)
                for place in places
            ]
            _compare(table, rows, list(zip(*ways, strict=True)), by_case=True)
            for at in set(rows) - table.printed:
                table.faults[at] = {NUMBER: table.faults[at][NUMBER]}


def _doubted(table: Table) -> dict[str, list[int]]:
    """Every row of the people of whom some row is at fault."""
    numbers: list[Identity | None] = table.column(NUMBER) or []
    wrong = {
        one.number
        for at, faults in table.faults.items()
        if (one := numbers[at]) is not None and any(not fault.warning for fault in faults.values())
    }
    rows: dict[str, list[int]] = {}
    for at, one in enumerate(numbers) if wrong else ():
        if one is not None and one.number in wrong:
            rows.setdefault(one.number, []).append(at)
    return rows


def _compare(table: Table, rows: Sequence[int], printed: list[_Printed], *, by_case: bool = False) -> None:
    """Each printed row answers for one row of the sheet: a row typed twice stays a repetition."""
    for at in rows:
        same = next((one for one in printed if any(_is(table, at, way, by_case) for way in one)), None)
        if same is None:
            continue
        printed.remove(same)
        faults = table.faults.pop(at, {})
        if any(not fault.warning for fault in faults.values()):
            table.printed.add(at)
        if warnings := {key: fault for key, fault in faults.items() if fault.warning}:
            table.faults[at] = warnings


def _is(table: Table, at: int, printed: Mapping[str, Value], by_case: bool) -> bool:
    """Whether a row says what was printed. Whoever printed it may not have seen everything: what a ledger
    need not have may be left out; everything but the name, where it is the case number that says who it is.
    """
    unread = table.unread.get(at, {})
    for placed in table.header.columns:
        column = placed.column
        if column.type == "serial" or (by_case and column.key == NUMBER):
            continue
        there = printed.get(column.key)
        if column.key in unread:
            if squeeze(text_of(unread[column.key])) != squeeze(str(there or "")[:MOST_LETTERS]):
                return False
            continue
        value = (table.column(column.key) or [])[at]
        if value is None:
            if (column.key == NAME if by_case else column.required) and there not in (None, ""):
                return False
        elif not _says(column, value, there):
            return False
    return True


def _says(column: Column, value: Any, printed: Value) -> bool:
    if isinstance(value, Identity):
        return value.number == printed
    if isinstance(value, date) or printed is None:
        return bool(value == printed)
    if column.ask is not None and column.ask.type == "choice":
        return column.ask.show(value) == printed
    same = name_key if column.key == NAME else document_key if column.field == "document_no" else squeeze
    return same(str(value)) == same(str(printed)[:MOST_LETTERS])
