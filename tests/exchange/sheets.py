"""Short ways to make ledgers in tests: rows as lists, written as .xlsx, .xls or .csv, with invented people.

Identity numbers begin with 98, which belongs to no province.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from hypothesis import settings
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from guitu.exchange.ledgers.identity import check_digit

FIXTURES = Path(__file__).parent / "fixtures"
ON = date(2020, 6, 28)
"""The day of the fixtures."""

EXAMPLES = settings(derandomize=True, deadline=None, database=None)
"""Property tests find the same examples everywhere, and a slow machine is no fault."""

Row = list[Any]


def fixture(name: str) -> bytes:
    """A workbook as an office keeps it."""
    return (FIXTURES / f"{name}.xlsx").read_bytes()


def id_number(born: date = date(1990, 3, 5), serial: int = 1, *, male: bool = True) -> str:
    """An invented number with a right check digit."""
    body = f"980101{born:%Y%m%d}{serial // 5:02d}{(serial % 5) * 2 + male}"
    return body + check_digit(body)


_NUMERALS = "〇一二三四五六七八九十"

ROSTER = [
    "序号",
    "姓名",
    "性别",
    "身份证号码",
    "出生年月日",
    "决定书文号",
    "决定机关",
    "决定日期",
    "期限止",
    "入所日期",
    "备注",
]


def roster_row(serial: int = 1, **changes: Any) -> Row:
    """One right row of a small roster; `changes` are by heading."""
    born = date(1990, 3, 5)
    row = dict(
        zip(
            ROSTER,
            [
                serial,
                f"王小{_NUMERALS[serial]}",
                "男",
                id_number(born, serial),
                born.isoformat(),
                f"示公强戒决字〔2019〕{serial:04d}号",
                "示例县公安局",
                "2019-03-01",
                "2021-02-28",
                "2019-04-02",
                "",
            ],
            strict=True,
        )
    )
    for heading, value in changes.items():
        assert heading in row, heading
        row[heading] = value
    return list(row.values())


def roster(*rows: Row, above: Sequence[Row] = (), header: Sequence[str] = ROSTER) -> list[Row]:
    """A small roster: what stands above, the header, the rows."""
    return [*above, list(header), *rows]


COMMUNITY = [
    *("序号", "乡镇", "村（居）委会", "姓名", "性别", "公民身份号码", "措施类别", "责令文书号", "责令日期"),
    *("报到日期", "协议签订日期", "期限止", "网格专干", "联系电话", "备注"),
]


def community_row(serial: int = 1, **changes: Any) -> Row:
    """One right row of a community roster."""
    row = dict(
        zip(
            COMMUNITY,
            [
                serial,
                "河东镇",
                "东坡村",
                f"李小{_NUMERALS[serial]}",
                "男",
                id_number(date(1985, 7, 8), serial),
                "社区戒毒",
                f"示公责字〔2019〕{serial:04d}号",
                "2019-05-06",
                "2019-05-10",
                "2019-05-12",
                "2022-05-09",
                "符专干",
                "19800000001",
                "",
            ],
            strict=True,
        )
    )
    for heading, value in changes.items():
        assert heading in row, heading
        row[heading] = value
    return list(row.values())


TESTS = ["序号", "姓名", "身份证号", "检测日期", "检测情况", "检测结果", "检测人1", "检测人2", "备注"]


def sample_row(serial: int = 1, **changes: Any) -> Row:
    """One right row of a ledger of tests, of the person in `community_row(serial)`."""
    person = community_row(serial)
    row = dict(
        zip(
            TESTS,
            [serial, person[3], person[5], "2020-01-15", "已检", "阴性", "陈一", "林二", ""],
            strict=True,
        )
    )
    for heading, value in changes.items():
        assert heading in row, heading
        row[heading] = value
    return list(row.values())


def xlsx(*sheets: tuple[str, list[Row]] | list[Row], merges: Sequence[str] = ()) -> bytes:
    """A workbook with these sheets; `merges` are ranges of the first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for place, one in enumerate(sheets, start=1):
        name, rows = one if isinstance(one, tuple) else (f"Sheet{place}", one)
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for at, value in enumerate(row, start=1):
                if value not in ("", None):
                    sheet.cell(number, at, value)
        if place == 1:
            for area in merges:
                sheet.merge_cells(area)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv_bytes(rows: list[Row], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """The rows as text."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(["" if v is None else v for v in row] for row in rows)
    return buffer.getvalue().encode(encoding)


def rows_of(data: bytes, sheet: str) -> list[Row]:
    """Every row of a sheet."""
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data))[sheet].iter_rows(values_only=True)]


def as_csv(data: bytes, sheet: str, encoding: str) -> bytes:
    """One sheet of a workbook as a spreadsheet program saves it as text: dates as shown, merges lost."""
    shown = [
        [value.strftime("%Y/%-m/%-d") if hasattr(value, "strftime") else value for value in row]
        for row in rows_of(data, sheet)
    ]
    return csv_bytes(shown, encoding)


def as_xls(data: bytes) -> bytes:
    """The same workbook in the old format, merges, dates and what is hidden kept."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    old = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for sheet in book:
        there = old.add_sheet(sheet.title)
        for number, about in sheet.row_dimensions.items():
            there.row(number - 1).hidden = bool(about.hidden)
        for letter, look in sheet.column_dimensions.items():
            there.col(column_index_from_string(letter) - 1).hidden = bool(look.hidden)
        merged = {}
        for area in sheet.merged_cells.ranges:
            value = sheet.cell(area.min_row, area.min_col).value
            there.write_merge(
                area.min_row - 1, area.max_row - 1, area.min_col - 1, area.max_col - 1, value or ""
            )
            merged.update(dict.fromkeys(area.cells, True))
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None or (cell.row, cell.column) in merged:
                    continue
                if hasattr(cell.value, "strftime"):
                    there.write(cell.row - 1, cell.column - 1, cell.value, day)
                else:
                    there.write(cell.row - 1, cell.column - 1, cell.value)
    buffer = io.BytesIO()
    old.save(buffer)
    return buffer.getvalue()


def changed(data: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """The workbook after a change made with openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    return saved(book)


def move_down(sheet: Worksheet, by: int) -> None:
    """Everything in the sheet, merged cells too, `by` rows further down."""
    areas = [copy(area) for area in sheet.merged_cells.ranges]
    for area in areas:
        sheet.unmerge_cells(str(area))
    sheet.move_range(sheet.dimensions, rows=by)
    for area in areas:
        area.shift(row_shift=by)
        sheet.merge_cells(str(area))


def headings(sheet: Worksheet, words: dict[str, str]) -> None:
    """Other words in the header."""
    for row in sheet.iter_rows(max_row=8):
        for cell in row:
            if cell.value in words:
                cell.value = words[cell.value]
