"""The rows that were held back, as a workbook in the office's own layout: mend it and send it again alone.

Titles, header and columns stand as they stood; of the rows only those with a fault are there, each fault
marked in its cell and told in a last column 问题, which the checker passes over.
"""

from __future__ import annotations

import io
import re
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from guitu.exchange.ledgers.cells import Cell, Uncalculated, squeeze, text_of
from guitu.exchange.ledgers.check import CheckResult, SheetResult
from guitu.exchange.ledgers.fault import Problem
from guitu.exchange.ledgers.header import PROBLEMS_HEADING
from guitu.exchange.ledgers.layout import room, row_height
from guitu.exchange.ledgers.ledger import NUMBER
from guitu.exchange.ledgers.records import records
from guitu.exchange.ledgers.workbook import Merge, Sheet, open_book
from guitu.kernel.labels import Label

MOST_COMMENTS: Final = 2_000
"""Notes on cells; further faults are only marked and told in the last column: notes make a workbook heavy."""

LONG: Final = 5_000
"""Held rows from which on the workbook is written to disk as it grows instead of being built in memory."""

INK: Final = "#1B1F23"
SUNK: Final = "#F1EFE8"
_WIDEST: Final = 40
_TOLD: Final = 60
"""The width of the last column."""

_WAS_ROW: Final = Label("原第 {row} 行：{text}", "was row {row}: {text}")


@dataclass(slots=True)
class _Formats:
    """How cells look: a fault is bold with an ink border on the sunk ground, so that it shows in black and
    white too."""

    book: xlsxwriter.Workbook
    made: dict[str, Format] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Format:
        if name not in self.made:
            look: dict[str, Any] = {"valign": "vcenter"}
            if "day" in name:
                look["num_format"] = "yyyy-mm-dd"
            elif "text" in name:
                look["num_format"] = "@"
            if "fault" in name:
                look |= {"bold": True, "border": 2, "border_color": INK, "bg_color": SUNK}
            if "head" in name:
                look |= {"bold": True, "border": 1, "align": "center", "text_wrap": True}
            if "title" in name:
                look |= {"bold": True, "font_size": 14, "align": "center"}
            if "told" in name:
                look |= {"text_wrap": True, "bold": True}
            self.made[name] = self.book.add_format(look)
        return self.made[name]


def held_workbook(source: bytes, result: CheckResult) -> bytes:
    """The held rows of every sheet, as .xlsx. `source` are the bytes that were checked.

    Sheets without a held row are left out; without any there is one empty sheet that says so.
    """
    buffer = io.BytesIO()
    long = sum(sheet.held for sheet in result.sheets) > LONG
    options = {"in_memory": not long, "constant_memory": long}
    options |= {"strings_to_urls": False, "strings_to_formulas": False, "nan_inf_to_errors": True}
    book = xlsxwriter.Workbook(buffer, options)
    formats = _Formats(book)
    original = open_book(source, result.file_name)
    wanted = {sheet.sheet: sheet for sheet in result.sheets if sheet.held}
    for sheet in original.sheets():
        if sheet.name in wanted:
            name = _sheet_name(sheet.name, {one.name.lower() for one in book.worksheets()})
            _write(book.add_worksheet(name), sheet, wanted[sheet.name], result, formats)
    if not wanted:
        nothing = Label("没有退回行", "No row is held")
        book.add_worksheet(nothing.say(result.language)).write(0, 0, nothing.say(result.language))
    book.close()
    return buffer.getvalue()


def _sheet_name(name: str, taken: Container[str]) -> str:
    """A name that a workbook may have, and has not yet: a text file's name may be none, and of two long names
    the beginning may be the same."""
    fits = re.sub(r"[\[\]:*?/\\']", "_", name)[:31] or "Sheet1"
    again = 1
    while fits.lower() in taken:
        again += 1
        fits = f"{fits[:27]}_{again}"
    return fits


def _write(out: Worksheet, sheet: Sheet, found: SheetResult, result: CheckResult, formats: _Formats) -> None:
    header = found.table.header
    top = list(islice(sheet.rows(), header.row + 1))
    wide = max((len(row) for row in top), default=0)
    levels = range(header.row - header.levels + 1, header.row + 1)
    last = _told_at([top[level] for level in levels], wide)
    widths = [4.0] * (last + 1)
    _write_top(out, sheet, top, levels, last, formats)
    by_row: dict[int, list[Problem]] = {}
    for problem in result.problems:
        if problem.sheet == found.sheet:
            by_row.setdefault(problem.row, []).append(problem)
    of_all = by_row.pop(found.header_row, []) if header.missing else []
    at = header.row + 1
    comments = 0
    number_at = next((p.at for p in header.columns if p.column.key == NUMBER), -1)
    for number, cells in records(sheet.rows(), header, sheet.merges):
        problems = by_row.get(number + 1, [])
        if not of_all and not any(problem.held for problem in problems):
            continue
        marked = {problem.at: problem for problem in reversed(problems) if problem.at >= 0}
        for column in range(last):
            cell = cells[column] if column < len(cells) else ""
            _write_cell(out, at, column, cell, column == number_at, column in marked, formats)
            widths[column] = max(widths[column], _width(cell))
        for column, problem in marked.items():
            if comments < MOST_COMMENTS:
                out.write_comment(
                    at, column, problem.label.say(result.language), {"x_scale": 1.6, "y_scale": 0.8}
                )
                comments += 1
        text = "\n".join(p.label.say(result.language) for p in [*of_all, *problems])
        told = _WAS_ROW.fill(row=number + 1, text=text).say(result.language)
        out.write_string(at, last, told, formats["told"])
        out.set_row(at, row_height([(told, _TOLD)]))
        at += 1
    _lay_out(out, levels, last, widths)


def _told_at(header: list[list[Cell]], wide: int) -> int:
    """Where the last column goes: in place of an earlier 问题, else after everything in the header."""
    for level in header:
        for at, cell in enumerate(level):
            if squeeze(text_of(cell)) == PROBLEMS_HEADING:
                return at
    return wide


def _write_top(
    out: Worksheet, sheet: Sheet, top: list[list[Cell]], levels: range, last: int, formats: _Formats
) -> None:
    """Titles and header with their merged cells, and the new heading, row after row.

    A very long workbook is written to disk as it grows and cannot go back: there, headings that were merged
    over two rows stand in the upper one.
    """
    by_row: dict[int, list[Merge]] = {}
    covered: set[tuple[int, int]] = set()
    for first, left, below, right in sheet.merges or ():
        last_row = first if out.constant_memory else below
        if below > levels[-1] or right >= last or (first, left) == (last_row, right):
            continue
        by_row.setdefault(first, []).append((first, left, last_row, right))
        covered.update((r, c) for r in range(first, last_row + 1) for c in range(left, right + 1))
    for number, row in enumerate(top):
        look = formats["head"] if number in levels else formats["title"]
        for first, left, last_row, right in by_row.get(number, ()):
            value = row[left] if left < len(row) else ""
            out.merge_range(first, left, last_row, right, text_of(value), look)
        for column, cell in enumerate(row[:last]):
            if (number, column) in covered or (not text_of(cell) and number not in levels):
                continue
            if number in levels:
                out.write_string(number, column, text_of(cell), look)
            else:
                out.write(number, column, cell if not isinstance(cell, Uncalculated) else "")
        if number == levels[0]:
            if len(levels) > 1 and not out.constant_memory:
                out.merge_range(levels[0], last, levels[-1], last, PROBLEMS_HEADING, formats["head"])
            else:
                out.write_string(number, last, PROBLEMS_HEADING, formats["head"])


def _write_cell(
    out: Worksheet, row: int, column: int, cell: Cell, is_number: bool, fault: bool, formats: _Formats
) -> None:
    mark = " fault" if fault else ""
    if isinstance(cell, Uncalculated):  # sent again as it is, it must not pass for an empty cell
        out.write_formula(row, column, "=NA()", formats["plain" + mark], "#N/A")
    elif isinstance(cell, (date, datetime)):
        moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001
        out.write_datetime(row, column, moment, formats["day" + mark])
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and not is_number:
        out.write_number(row, column, cell, formats["plain" + mark])
    else:  # identity numbers as text, so that what is typed over them stays whole
        text = text_of(cell)
        if isinstance(cell, float) and cell >= 1e15:
            text = f"{cell:.14E}"  # as the spreadsheet shows it: plainly no number to be taken as it is
        if text or fault:
            out.write_string(row, column, text, formats["text" + mark]) if text else out.write_blank(
                row, column, None, formats["text" + mark]
            )


def _width(cell: Cell) -> float:
    """The room a cell needs, a Chinese character counting as two."""
    if isinstance(cell, (date, datetime)):
        return 12
    return min(_WIDEST, 2 + room(text_of(cell)[:_WIDEST]))


def _lay_out(out: Worksheet, levels: range, last: int, widths: list[float]) -> None:
    """Ready to read and to print: the header stays in sight and on every page, A4 across."""
    for column, width in enumerate(widths[:last]):
        out.set_column(column, column, max(width, 6))
    out.set_column(last, last, _TOLD)
    out.freeze_panes(levels[-1] + 1, 0)
    out.set_landscape()
    out.set_paper(9)
    out.repeat_rows(levels[0], levels[-1])
    out.fit_to_pages(1, 0)
