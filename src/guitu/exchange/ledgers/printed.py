"""Rows that the store itself printed, come back as they were: they say nothing new, so nothing in them is at
fault.

A file may hold less than a ledger must, or what a ledger would not take: a test recorded without its testers,
two on one day, an order without a document. Printed, such a row looks like one that an office filled in
badly. It passes if the file says just that; an office's own row that leaves out what the file has is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from guitu.exchange.ledgers.area import Area, counted_in
from guitu.exchange.ledgers.cells import document_key, name_key, squeeze, text_of
from guitu.exchange.ledgers.export import printed_rows
from guitu.exchange.ledgers.identity import Identity
from guitu.exchange.ledgers.layout import MOST_LETTERS, Value
from guitu.exchange.ledgers.ledger import NAME, NUMBER, Column
from guitu.exchange.ledgers.places import Naming
from guitu.exchange.ledgers.table import Table
from guitu.store import engine
from guitu.store.units import Unit

AT_ONCE: Final = 250

_Printed = Sequence[Mapping[str, Value]]
"""One row as the store would print it: in the centre that asks, and without asking which centre."""


def let_printed_through(tables: Iterable[Table], area: Area, here: Unit | None = None) -> None:
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


def _compare(table: Table, rows: Sequence[int], printed: list[_Printed]) -> None:
    """Each printed row answers for one row of the sheet: a row typed twice stays a repetition."""
    for at in rows:
        same = next((one for one in printed if any(_is(table, at, way) for way in one)), None)
        if same is None:
            continue
        printed.remove(same)
        faults = table.faults.pop(at, {})
        if any(not fault.warning for fault in faults.values()):
            table.printed.add(at)
        if warnings := {key: fault for key, fault in faults.items() if fault.warning}:
            table.faults[at] = warnings


def _is(table: Table, at: int, printed: Mapping[str, Value]) -> bool:
    """Whether a row says what was printed. Whoever printed it may not have seen everything: what a ledger
    need not have may be left out."""
    unread = table.unread.get(at, {})
    for placed in table.header.columns:
        column = placed.column
        if column.type == "serial":
            continue
        there = printed.get(column.key)
        if column.key in unread:
            if squeeze(text_of(unread[column.key])) != squeeze(str(there or "")[:MOST_LETTERS]):
                return False
            continue
        value = (table.column(column.key) or [])[at]
        if value is None:
            if column.required and there not in (None, ""):
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
