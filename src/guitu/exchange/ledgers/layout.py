"""Writes a ledger in its prescribed layout, ready to print: title, reporting line, header, rows, signatures.

A4 across, bound on the long edge, the header on every page; fonts are named, never carried (GB/T 9704 is for
notices; ledgers follow the same sizes).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from guitu.exchange.ledgers.ledger import Column, Ledger

_SONG: Final = "SimSun"
_INCH: Final = 25.4
_TOP, _SIDE, _BOTTOM = 28 / _INCH, 12 / _INCH, 14 / _INCH

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the rows: the title, the reporting unit and day, who made it and when."""

    title: str
    unit: str
    on: date
    made_by: str
    printed_at: datetime


BLANK_ROWS: Final = 30
MOST_LETTERS: Final = 32_767
"""What a cell of a workbook holds."""
MOST_CHOICES: Final = 20


def empty_form(ledger: Ledger, unit: str, on: date) -> bytes:
    """The prescribed layout with ruled rows to fill in; what can be chosen is offered in the cells."""
    title = ledger.title.format(unit=unit, year=on.year)
    head = Head(title, unit, on, made_by="", printed_at=datetime(on.year, on.month, on.day))  # noqa: DTZ001
    return write_ledger(ledger, head, (), blank=BLANK_ROWS)


def write_ledger(ledger: Ledger, head: Head, rows: Iterable[Sequence[Value]], *, blank: int = 0) -> bytes:
    """The workbook. `rows` hold a value for every column of the ledger, in its order; serials are counted.

    With `blank` rows to be filled in by hand there is no total."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    made = head.printed_at.replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": head.title, "author": head.unit, "created": made})
    sheet = book.add_worksheet(ledger.label.zh[:31])
    look = {name: book.add_format(given) for name, given in _LOOKS.items()}
    last = len(ledger.columns) - 1
    sheet.merge_range(0, 0, 0, last, head.title, look["title"])
    sheet.write_string(1, 0, f"填报单位：{head.unit}", look["line"])
    sheet.write_string(1, max(0, last - 3), f"填报日期：{_in_words(head.on)}", look["line"])
    first = _header(sheet, ledger.columns, look["head"]) + 1
    written = 0
    for written, row in enumerate(rows, start=1):
        at = first + written - 1
        for column, value in enumerate(row):
            shown = written if ledger.columns[column].name == "serial" else value
            _cell(sheet, at, column, shown, look)
        widths = [column.width for column in ledger.columns]
        sheet.set_row(at, row_height(zip(row, widths, strict=True)))
    foot = first + written + blank
    if blank:
        _ruled(sheet, ledger, first, blank, look)
    else:
        sheet.write_string(foot, 0, "合计", look["cell"])
        sheet.write_string(foot, 1, f"{written}{'人次' if not ledger.opens_file else '人'}", look["cell"])
        for column in range(2, last + 1):
            sheet.write_blank(foot, column, None, look["cell"])
    sheet.write_string(foot + 1, 0, "填表人：              审核人：              （盖章）", look["line"])
    _page(sheet, ledger, head, first)
    book.close()
    return buffer.getvalue()


def _ruled(sheet: Worksheet, ledger: Ledger, first: int, blank: int, look: dict[str, Any]) -> None:
    """Empty rows; identity numbers are text in them, so that a spreadsheet keeps every digit."""
    for at, column in enumerate(ledger.columns):
        for row in range(first, first + blank):
            sheet.write_blank(row, at, None, look["day" if column.type == "day" else "cell"])
        choices = [choice.label.zh for choice in column.ask.choices] if column.ask else []
        if column.key == "order.measure":
            choices = [
                c.label.zh for c in (column.ask.choices if column.ask else ()) if c.value in ledger.by_measure
            ]
        if 0 < len(choices) <= MOST_CHOICES:
            sheet.data_validation(
                first, at, first + blank - 1, at,
                {"validate": "list", "source": choices, "ignore_blank": True, "error_type": "warning"},
            )  # fmt: skip


_BOX: Final = {"border": 1, "font_name": _SONG, "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_name": _SONG, "font_size": 16, "align": "center", "valign": "vcenter"},
    "line": {"font_name": _SONG, "font_size": 10.5, "valign": "vcenter"},
    "head": _BOX | {"bold": True, "align": "center"},
    "cell": _BOX | {"num_format": "@"},
    "day": _BOX | {"num_format": "yyyy-mm-dd", "align": "center"},
    "number": _BOX | {"align": "center"},
}


def _header(sheet: Worksheet, columns: Sequence[Column], look: Any) -> int:
    """One row of headings, or two where columns stand in groups; the lowest row."""
    if not any(column.group for column in columns):
        for at, column in enumerate(columns):
            sheet.write_string(2, at, column.title, look)
        return 2
    at = 0
    while at < len(columns):
        group = columns[at].group
        if not group:
            sheet.merge_range(2, at, 3, at, columns[at].title, look)
            at += 1
            continue
        until = at
        while until + 1 < len(columns) and columns[until + 1].group == group:
            until += 1
        if until > at:
            sheet.merge_range(2, at, 2, until, group, look)
        else:
            sheet.write_string(2, at, group, look)
        for below in range(at, until + 1):
            sheet.write_string(3, below, columns[below].title, look)
        at = until + 1
    return 3


def _cell(sheet: Worksheet, row: int, column: int, value: Value, look: dict[str, Any]) -> None:
    if isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
        sheet.write_datetime(row, column, moment, look["day"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, look["number"])
    elif value:
        sheet.write_string(row, column, value[:MOST_LETTERS], look["cell"])
    else:
        sheet.write_blank(row, column, None, look["cell"])


def _page(sheet: Worksheet, ledger: Ledger, head: Head, first: int) -> None:
    for at, column in enumerate(ledger.columns):
        sheet.set_column(at, at, column.width)
    sheet.set_row(0, 30)
    sheet.freeze_panes(first, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_BOTTOM)
    sheet.repeat_rows(2, first - 1)
    sheet.fit_to_pages(1, 0)
    printed = f"{head.printed_at:%Y-%m-%d %H:%M}"
    left = f"{_plain(head.unit)}　制表人：{_plain(head.made_by)}"
    sheet.set_footer(f"&L{left}&C第&P页/共&N页&R打印时间：{printed}", {"margin": 6 / _INCH})


def room(text: str) -> int:
    """The room a text needs on a line, a Chinese character counting as two."""
    return sum(2 if letter > "\u2e7f" else 1 for letter in text)


def row_height(cells: Iterable[tuple[object, float]], line: float = 15, least: float = 21) -> float:
    """How high a row must be for the texts in its wrapped cells, given with the width of their columns."""
    lines = 1
    for text, width in cells:
        if isinstance(text, str) and len(text) * 2 > width:
            lines = max(
                lines, sum(-(-max(1, room(part)) // max(1, int(width - 1))) for part in text.split("\n"))
            )
    return max(least, line * lines + 4)


def _plain(text: str) -> str:
    """An ampersand begins a code in a footer; doubled it is itself."""
    return text.replace("&", "&&")


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
