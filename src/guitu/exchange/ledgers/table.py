"""The rows of one ledger sheet, read column by column: values, and the cells that could not be read.

Nothing is judged here but whether a cell can be read.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain, islice
from operator import itemgetter
from typing import Any, Final

from guitu.exchange.ledgers.cells import (
    Cell,
    ChoiceReader,
    Reader,
    plain_documents,
    plain_names,
    plain_phones,
    plain_text,
    read_document,
    read_long_text,
    read_name,
    read_phone,
    read_text,
    read_whole,
)
from guitu.exchange.ledgers.days import plain_days, read_day
from guitu.exchange.ledgers.fault import Fault
from guitu.exchange.ledgers.header import SEARCHED, Header, Placed, find_header, is_other_header
from guitu.exchange.ledgers.identity import IdentityReader
from guitu.exchange.ledgers.ledger import NAME, NUMBER, Column
from guitu.exchange.ledgers.records import in_batches
from guitu.exchange.ledgers.workbook import Book, Sheet

_TWO_NAMES: Final = re.compile(r"\s*[、,，/／;；|]\s*|\s+")


@dataclass(slots=True)
class Table:
    """One ledger sheet. `rows` are spreadsheet row numbers; `values` one list per column, in the order of
    `rows`, None where the cell is empty or unreadable; by position in `rows`, `faults` is what is wrong,
    `unread` what stands in cells that could not be read; `printed` are rows that the store itself printed.
    `ends` is where another table begins; `hidden_rows` is how many of the rows the sheet hides,
    `hidden_columns` are the headings of such columns."""

    sheet: str
    hidden: bool
    header: Header
    rows: array[int] = field(default_factory=lambda: array("L"))
    values: dict[str, list[Any]] = field(default_factory=dict)
    faults: dict[int, dict[str, Fault]] = field(default_factory=dict)
    unread: dict[int, dict[str, Cell]] = field(default_factory=dict)
    printed: set[int] = field(default_factory=set)
    ends: int | None = None
    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, key: str) -> list[Any] | None:
        """The values under a column, or None if the sheet has no such column."""
        return self.values.get(key)

    def blame(self, at: int, key: str, fault: Fault) -> None:
        """Note a fault. The first one of a cell stays: what follows from it is not complained of. Only a
        warning gives way."""
        found = self.faults.setdefault(at, {})
        if key not in found or (found[key].warning and not fault.warning):
            found[key] = fault

    def blamed(self, at: int, *keys: str) -> bool:
        """Whether one of these cells of a row is already at fault."""
        found = self.faults.get(at)
        return found is not None and any(key in found and not found[key].warning for key in keys)


def reader_of(
    column: Column, measures: tuple[str, ...], identity: IdentityReader, epoch: date
) -> Reader | IdentityReader:
    """What reads the cells of a column."""
    if column.key == NAME:
        return Reader(read_name, together=plain_names)
    if column.field == "document_no":
        return Reader(read_document, together=plain_documents)
    match column.type:
        case "day":
            return Reader(partial(read_day, epoch=epoch, required=column.required), together=plain_days)
        case "choice":
            assert column.ask is not None
            return Reader(ChoiceReader(column.ask, measures if column.key == "order.measure" else ()))
        case "identity_number":
            return identity
        case "phone":
            return Reader(read_phone, together=plain_phones)
        case "long_text":
            return Reader(read_long_text, together=plain_text)
        case "whole":
            assert column.ask is not None
            return Reader(partial(read_whole, ask=column.ask))
        case _:
            return Reader(read_text, together=plain_text)


def read_table(sheet: Sheet, book: Book, identity: IdentityReader) -> Table | list[list[Cell]]:
    """Read a sheet. If it is no ledger, its first rows, so that somebody can say what it looked like."""
    rows = sheet.rows()
    first = list(islice(rows, SEARCHED))
    header = find_header(first, sheet.merges or ())
    if header is None:
        return first
    table = Table(sheet.name, sheet.hidden, header)
    placed = [p for p in header.columns if p.column.type != "serial"]
    readers = [reader_of(p.column, header.ledger.by_measure, identity, book.epoch) for p in placed]
    for p in placed:
        table.values[p.column.key] = []
    ats = [p.at for p in placed]
    pick = itemgetter(*ats) if len(ats) > 1 else (lambda cells: (cells[ats[0]],))
    wide = max(ats) + 1
    for numbers, batch in in_batches(chain(first, rows), header, sheet.merges):
        table.rows.extend(number + 1 for number in numbers)
        if batch and min(map(len, batch)) < wide:
            batch = [cells + [""] * (wide - len(cells)) for cells in batch]
        if table.ends is None and numbers.__class__ is not range:
            first_of = len(table.rows) - len(batch)
            others = (at for at, cells in enumerate(batch, first_of) if is_other_header(header, cells))
            table.ends = next(others, None)
        if batch:
            _read_batch(table, placed, readers, map(pick, batch))
    _share(table)
    if sheet.part.hidden_rows:
        table.hidden_rows = sum(1 for row in table.rows if row - 1 in sheet.part.hidden_rows)
    table.hidden_columns = tuple(p.words for p in header.columns if p.at in sheet.part.hidden_columns)
    if table.ends is not None:
        for key in (NAME, NUMBER):  # who stands below is not told by these columns
            if key in table.values:
                table.values[key][table.ends :] = [None] * (len(table) - table.ends)
    return table


def _read_batch(
    table: Table,
    placed: Sequence[Placed],
    readers: Sequence[Reader | IdentityReader],
    batch: Iterable[tuple[Cell, ...]],
) -> None:
    for place, reader, cells in zip(placed, readers, zip(*batch, strict=True), strict=True):
        key = place.column.key
        values = reader.column(cells)
        kept = table.values[key]
        if Fault in set(map(type, values)):
            start = len(kept)
            for at, value in enumerate(values):
                if value.__class__ is Fault:
                    table.blame(start + at, key, value)
                    table.unread.setdefault(start + at, {})[key] = cells[at]
                    values[at] = None
        kept.extend(values)


def _share(table: Table) -> None:
    """Two names in one cell, where the ledger wants them in two columns."""
    for column in table.header.ledger.columns:
        if not column.shares or column.key in table.values or column.shares not in table.values:
            continue
        both = [_TWO_NAMES.split(value, maxsplit=1) if value else [] for value in table.values[column.shares]]
        table.values[column.shares] = [names[0] if names else None for names in both]
        table.values[column.key] = [names[1] or None if len(names) > 1 else None for names in both]
