"""What the parser of sheets is given after a look into the file: the same workbook, merged cells first."""

from __future__ import annotations

import io
import zipfile

import pytest
import python_calamine
import xlsxwriter

from guitu.exchange.ledgers.package import inspect
from tests.exchange.sheets import fixture, roster_row, xlsx


def stored(data: bytes) -> bytes:
    """The same package without compression."""
    there = zipfile.ZipFile(io.BytesIO(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for part in there.namelist():
            out.writestr(part, there.read(part))
    return buffer.getvalue()


def many_merges() -> bytes:
    """More merged cells than one chunk of the unpacked sheet holds."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for row in range(0, 60_000, 2):
            sheet.merge_range(row, 0, row + 1, 0, "")
    return buffer.getvalue()


def sheets(data: bytes) -> list[tuple[str, list[list[object]], object]]:
    """Names, cells and merged ranges of all sheets."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = [(about.name, book.get_sheet_by_name(about.name)) for about in book.sheets_metadata]
    return [(name, list(s.iter_rows()), sorted(s.merged_cell_ranges or [])) for name, s in found]


def with_sheet(data: bytes, old: bytes, new: bytes) -> bytes:
    """The package with other bytes in its sheet."""
    there = zipfile.ZipFile(io.BytesIO(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for part in there.namelist():
            content = there.read(part)
            out.writestr(part, content.replace(old, new) if "worksheets" in part else content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "rows", "columns"),
    [
        (b'<row r="2"', b'<row r="2" hidden="1"', {1}, set()),
        (b'<row r="2"', b'<row hidden="true" customHeight="false" r="2"', {1}, set()),
        (b'<row r="2"', b"<row r='2' hidden='1'", {1}, set()),
        (b'<row r="2"', b'<row r="2" hidden="0"', set(), set()),
        (
            b"<sheetData>",
            b'<cols><col min="2" max="3" width="9" hidden="1"/></cols><sheetData>',
            set(),
            {1, 2},
        ),
        (b"<sheetData>", b'<cols><col hidden="true" max="3" min="2"/></cols><sheetData>', set(), {1, 2}),
        (b"<sheetData>", b'<cols><col min="2" max="3" hidden="false"/></cols><sheetData>', set(), set()),
        (b"<sheetData>", b'<cols><col min="x" max="" hidden="1"/></cols><sheetData>', set(), set()),
    ],
)
def test_rows_and_columns_that_are_hidden_are_known_however_a_program_writes_it(
    old: bytes, new: bytes, rows: set[int], columns: set[int]
) -> None:
    (part,) = inspect(with_sheet(xlsx([roster_row(1), roster_row(2)]), old, new)).sheets.values()
    assert (part.hidden_rows, part.hidden_columns) == (rows, columns)


@pytest.mark.parametrize(
    "data",
    [
        fixture("facility_roster"),
        fixture("community_and_tests"),
        xlsx([roster_row(1)], [roster_row(2)], merges=("B1:E1", "F1:I1", "A1:A2")),
        stored(xlsx([roster_row(1)], merges=("B1:E1",))),
        many_merges(),
    ],
    ids=["roster", "two ledgers", "merged", "stored", "many merges"],
)
def test_the_parser_gets_the_same_sheets_with_their_merged_cells_first(data: bytes) -> None:
    given = inspect(data).data
    assert sheets(given) == sheets(data)
    archive = zipfile.ZipFile(io.BytesIO(given))
    assert archive.testzip() is None
    parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert parts
    assert all(archive.read(name).startswith(b"<mergeCells>") for name in parts)
