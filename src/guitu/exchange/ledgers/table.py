"""The rows of one ledger sheet, read column by column: values, and the cells that could not be read.

Blank lines, subtotals, signatures, notes and repeated headers between the rows are passed over; merged cells
are filled down. Nothing is judged here but whether a cell can be read.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from operator import itemgetter
from typing import Any, Final

from guitu.exchange.ledgers.cells import (
    Cell,
    ChoiceReader,
    Reader,
    plain_names,
    plain_phones,
    plain_text,
    read_long_text,
    read_name,
    read_phone,
    read_text,
    read_whole,
    squeeze,
    text_of,
)
from guitu.exchange.ledgers.days import read_day
from guitu.exchange.ledgers.fault import Fault
from guitu.exchange.ledgers.header import SEARCHED, Header, Placed, find_header
from guitu.exchange.ledgers.identity import IdentityReader
from guitu.exchange.ledgers.ledger import NAME, NUMBER, Column
from guitu.exchange.ledgers.workbook import Book, Merge, Sheet

_CHUNK: Final = 4096
_SUBTOTAL: Final = re.compile(
    r"^(?:本页|本月|本年|本表|累计|以上|全部|各类)?(?:人数)?(?:小计|合计|总计|共计|累计|总人数)"
)
_FOOT: Final = re.compile(
    r"^\(?(?:填表|制表|填报|审核|审批|复核|核对|经办|单位负责|负责人|分管|领导|主管|盖章|公章|签字|签名|打印|联系人[::]|报送|"
    r"注[::1-9]|备注[::]|说明[::]|附注|第\d+页|共\d+页|统计(?:人|时间|日期)|"
    r"(?:此[页表]|本[页表])?以下(?:空白|无))"
)
_NUMBERING: Final = re.compile(r"^(?:\d{1,2}|[甲乙丙丁戊己庚辛壬癸]|[a-z]|[(①-⑳]\d{0,2}\)?)$")
_TWO_NAMES: Final = re.compile(r"\s*[、,，/／;；|]\s*|\s+")


@dataclass(slots=True)
class Table:
    """One ledger sheet. `rows` are spreadsheet row numbers; `values` one list per column, in the order of
    `rows`, None where the cell is empty or unreadable; `faults` what is wrong, by position in `rows`."""

    sheet: str
    hidden: bool
    header: Header
    rows: array[int] = field(default_factory=lambda: array("L"))
    values: dict[str, list[Any]] = field(default_factory=dict)
    faults: dict[int, dict[str, Fault]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, key: str) -> list[Any] | None:
        """The values under a column, or None if the sheet has no such column."""
        return self.values.get(key)

    def blame(self, at: int, key: str, fault: Fault) -> None:
        """Note a fault. The first one of a cell stays: what follows from it is not complained of."""
        self.faults.setdefault(at, {}).setdefault(key, fault)

    def blamed(self, at: int, *keys: str) -> bool:
        """Whether one of these cells of a row is already at fault."""
        found = self.faults.get(at)
        return found is not None and any(key in found and not found[key].warning for key in keys)


def reader_of(column: Column, measures: tuple[str, ...], identity: IdentityReader) -> Reader | IdentityReader:
    """What reads the cells of a column that holds no days."""
    if column.key == NAME:
        return Reader(read_name, plain=plain_names)
    match column.type:
        case "choice":
            assert column.ask is not None
            return Reader(ChoiceReader(column.ask, measures if column.key == "order.measure" else ()))
        case "identity_number":
            return identity
        case "phone":
            return Reader(read_phone, plain=plain_phones)
        case "long_text":
            return Reader(read_long_text, plain=plain_text)
        case "whole":
            assert column.ask is not None
            return Reader(partial(read_whole, ask=column.ask))
        case _:
            return Reader(read_text, plain=plain_text)


def read_table(sheet: Sheet, book: Book, identity: IdentityReader) -> Table | list[list[Cell]]:
    """Read a sheet. If it is no ledger, its first rows, so that somebody can say what it looked like."""
    rows = sheet.rows()
    first = list(islice(rows, SEARCHED))
    header = find_header(first, sheet.merges or ())
    if header is None:
        return first
    table = Table(sheet.name, sheet.hidden, header)
    placed = [p for p in header.columns if p.column.type != "serial"]
    days = Reader(partial(read_day, epoch=book.epoch), most=100_000)
    readers = [
        days if p.column.type == "day" else reader_of(p.column, header.ledger.by_measure, identity)
        for p in placed
    ]
    for p in placed:
        table.values[p.column.key] = []
    ats = [p.at for p in placed]
    pick = itemgetter(*ats) if len(ats) > 1 else (lambda cells: (cells[ats[0]],))
    wide = max(ats) + 1
    chunk: list[tuple[Cell, ...]] = []
    for number, cells in _records(chain(first, rows), header, sheet.merges):
        table.rows.append(number + 1)
        chunk.append(pick(cells if len(cells) >= wide else cells + [""] * (wide - len(cells))))
        if len(chunk) == _CHUNK:
            _read_chunk(table, placed, readers, chunk)
            chunk.clear()
    if chunk:
        _read_chunk(table, placed, readers, chunk)
    _share(table)
    return table


def _read_chunk(
    table: Table,
    placed: Sequence[Placed],
    readers: Sequence[Reader | IdentityReader],
    chunk: list[tuple[Cell, ...]],
) -> None:
    for place, reader, cells in zip(placed, readers, zip(*chunk, strict=True), strict=True):
        key = place.column.key
        values = reader.column(cells)
        kept = table.values[key]
        if Fault in set(map(type, values)):
            start = len(kept)
            for at, value in enumerate(values):
                if value.__class__ is Fault:
                    table.blame(start + at, key, value)
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


def _records(
    rows: Iterator[list[Cell]], header: Header, merges: tuple[Merge, ...] | None
) -> Iterator[tuple[int, list[Cell]]]:
    """The rows that are records, with their place, merged and left-out cells filled in."""
    number_at = next((p.at for p in header.columns if p.column.key == NUMBER), -1)
    down = [p.at for p in header.columns if p.column.fill_down]
    carried: dict[int, Cell] = {}
    fills, tops = _merged_below(header, merges or ())
    kept: dict[tuple[int, int], Cell] = {}
    is_record = _Records(header)
    for number, cells in enumerate(rows):
        if number <= header.row:
            continue
        if tops and number in tops:
            for at in tops[number]:
                kept[number, at] = cells[at] if at < len(cells) else ""
        cell = cells[number_at] if -1 < number_at < len(cells) else ""
        # Most rows are told to be records by having something as long as an identity number.
        if not (cell.__class__ is str and len(cell) >= 15) and not is_record(cells):
            continue
        if fills and number in fills:
            cells = list(cells)
            for at, top in fills[number]:
                if at < len(cells) and cells[at] == "":
                    cells[at] = kept.get((top, at), "")
        if down:
            cells = _carry(list(cells), down, carried)
        yield number, cells


def _carry(cells: list[Cell], down: list[int], carried: dict[int, Cell]) -> list[Cell]:
    """A new town empties the village below it; an empty cell says what the one above said."""
    for place, at in enumerate(down):
        if at >= len(cells):
            continue
        if cells[at] != "":
            if carried.get(at) != cells[at]:
                for later in down[place + 1 :]:
                    carried.pop(later, None)
            carried[at] = cells[at]
        else:
            cells[at] = carried.get(at, "")
    return cells


def _merged_below(
    header: Header, merges: tuple[Merge, ...]
) -> tuple[dict[int, list[tuple[int, int]]], dict[int, list[int]]]:
    """Which cells of which rows take their value from a merged cell above, and where those stand."""
    fills: dict[int, list[tuple[int, int]]] = {}
    tops: dict[int, list[int]] = {}
    mapped = {p.at for p in header.columns if p.column.type != "serial"}
    for top, left, bottom, _ in merges:
        if bottom <= header.row or bottom == top or left not in mapped or top <= header.row:
            continue
        tops.setdefault(top, []).append(left)
        for row in range(top + 1, min(bottom, top + 200_000) + 1):
            fills.setdefault(row, []).append((left, top))
    return fills, tops


class _Records:
    """Tells a record from what else stands between a header and the end of a sheet."""

    def __init__(self, header: Header) -> None:
        self._own = [p.at for p in header.columns if not p.column.fill_down and p.column.type != "serial"]
        self._header = header
        self._person = {p.at for p in header.columns if p.column.key in (NUMBER, NAME)}
        self._keys = {
            p.at
            for p in header.columns
            if p.column.key == NUMBER or p.column.key == NAME or p.column.required
        }

    def __call__(self, cells: list[Cell]) -> bool:
        filled = [
            at for at, c in enumerate(cells) if (c.__class__ is not str and c is not None) or text_of(c)
        ]
        if not filled:
            return False
        words = {at: squeeze(text_of(cells[at])) for at in filled}
        own = [at for at in self._own if at in words]
        if not own:
            return False
        leading = [words[at] for at in filled[:3]]
        if any(_SUBTOTAL.match(word) for word in leading):
            return False
        nobody = not self._person & words.keys()
        if _FOOT.match(leading[0]) or (nobody and any(_FOOT.match(word) for word in words.values())):
            return False
        shown = self._header.words
        repeated = sum(1 for at, word in words.items() if word in shown.get(at, ()))
        if repeated >= 2 and 2 * repeated >= len(words):
            return False
        if len(words) > 3 and all(_NUMBERING.match(word) for word in words.values()):
            return False
        # One lonely cell that is none of the required ones is a note or a group's title, not a person.
        return not (len(own) == 1 and own[0] not in self._keys) and not (
            len(filled) == 1 and len(words[filled[0]]) > 8
        )
