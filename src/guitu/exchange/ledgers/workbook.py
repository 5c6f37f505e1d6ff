"""Opens a ledger file, whatever it is, and gives its sheets as rows of cells. .xlsx, .xls and .csv.

What a file is, is told from its bytes and never from its name. Files that cannot be ledgers are refused
whole.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final, cast

import python_calamine

from guitu.exchange.ledgers import old_package, package, refusals
from guitu.exchange.ledgers.cells import UNCALCULATED, Cell
from guitu.exchange.ledgers.days import EPOCH_1900, EPOCH_1904
from guitu.exchange.ledgers.limits import MOST_BYTES, MOST_CELL, MOST_CELLS, MOST_ROWS, MOST_SHEETS
from guitu.exchange.ledgers.refusals import Refused

_ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
"""How the errors of formulas stand in a text file."""

_SEPARATORS: Final = ",\t;"
_RARE_SEPARATORS: Final = "|，；"
"""Only where there is none of the usual: the last two stand in sentences too."""

_NOTHING: Final = package.Part()

Merge = tuple[int, int, int, int]
"""A merged range: first row, first column, last row, last column, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet. `merges` is None where the format has none (.csv)."""

    name: str
    hidden: bool = False
    merges: tuple[Merge, ...] | None = None
    _source: python_calamine.CalamineSheet | list[list[Cell]] = field(repr=False)
    part: package.Part = _NOTHING
    """What a look into the file found in it."""

    def rows(self) -> Iterator[list[Cell]]:
        """The rows from the sheet's first, the cells from its first column. Empty cells are ""."""
        if isinstance(self._source, list):
            return iter(self._source)
        if not self.part.lost and (self._source.start is None or self._source.start[1] == 0):
            return self._source.iter_rows()
        return self._mended_rows(self._source)

    def _mended_rows(self, source: python_calamine.CalamineSheet) -> Iterator[list[Cell]]:
        """Rows that begin in the first column, with uncalculated cells in their places."""
        shift = source.start[1] if source.start else 0
        before: list[Cell] = [""] * shift
        lost = self.part.lost
        lost_rows = {row for row, _ in lost}
        for number, row in enumerate(source.iter_rows()):
            cells = before + row if shift else row
            if number in lost_rows:
                cells = [
                    UNCALCULATED if (number, at) in lost and cell in ("", None) else cell
                    for at, cell in enumerate(cells)
                ]
                cells += [UNCALCULATED for at in range(len(cells), len(cells) + 64) if (number, at) in lost]
            yield cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """An opened file: its type, and its sheets one after the other, each read when it is asked for. `name`
    is what the one sheet of a text file is called."""

    type: str
    name: str
    epoch: date
    _open: object = field(repr=False)
    _parts: dict[str, package.Part] = field(repr=False, default_factory=dict)

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in their order; charts and dialogs are passed over."""
        if isinstance(self._open, list):
            yield Sheet(name=self.name, _source=self._open)
            return
        book = self._open
        assert isinstance(book, python_calamine.CalamineWorkbook)
        for at, about in enumerate(book.sheets_metadata):
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            with _broken_if_it_fails():
                sheet = book.get_sheet_by_index(at)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise Refused(
                    refusals.TOO_WIDE.fill(
                        sheet=about.name, rows=sheet.total_height, columns=sheet.total_width
                    )
                )
            merges = tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
            yield Sheet(
                name=about.name,
                hidden=about.visible != python_calamine.SheetVisibleEnum.Visible,
                merges=merges,
                _source=sheet,
                part=self._parts.get(about.name, _NOTHING),
            )


def read_bytes(source: str | os.PathLike[str] | bytes, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file, or those given; refused if there is none, or more than `most`."""
    if isinstance(source, bytes):
        data = source
    else:
        path = Path(source)
        try:
            size = path.stat().st_size
            if path.is_dir():
                raise Refused(refusals.A_FOLDER)
            if size > most:
                raise Refused(refusals.TOO_LARGE.fill(size=-(-size >> 20), most=most >> 20))
            data = path.read_bytes()
        except FileNotFoundError as problem:
            raise Refused(refusals.MISSING) from problem
        except PermissionError as problem:
            raise Refused(refusals.UNREADABLE) from problem
        except OSError as problem:
            raise Refused(refusals.BROKEN) from problem
    if len(data) > most:
        raise Refused(refusals.TOO_LARGE.fill(size=-(-len(data) >> 20), most=most >> 20))
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Refused(refusals.EMPTY)
    return data


def open_book(data: bytes, name: str) -> Book:
    """Open a file's bytes. `name` is only used to name the one sheet of a .csv. Raises Refused."""
    if data.startswith(b"PK\x03\x04"):
        looked = package.inspect(data)
        return _calamine(data, "xlsx", looked)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_workbook(data)
    data = _with_mark(data)
    _refuse_other_types(data)
    return Book(type="csv", name=Path(name).stem or "CSV", epoch=EPOCH_1900, _open=_csv_rows(data))


def _calamine(data: bytes, kind: str, looked: package.Package | None = None) -> Book:
    with _broken_if_it_fails():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(looked.data if looked else data))
    if len(book.sheets_metadata) > MOST_SHEETS:
        raise Refused(refusals.TOO_MANY_SHEETS.fill(sheets=len(book.sheets_metadata), most=MOST_SHEETS))
    return Book(
        type=kind,
        name="",
        epoch=EPOCH_1904 if looked and looked.since_1904 else EPOCH_1900,
        _open=book,
        _parts=looked.sheets if looked else {},
    )


@contextmanager
def _broken_if_it_fails() -> Iterator[None]:
    """calamine says "damaged" in many classes, and by a Rust panic, which is no Exception."""
    try:
        yield
    except python_calamine.PasswordError as problem:
        raise Refused(refusals.ENCRYPTED) from problem
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as problem:
        raise Refused(refusals.BROKEN) from problem


def _utf16(word: str) -> bytes:
    return word.encode("utf-16-le")


def _old_workbook(data: bytes) -> Book:
    """An OLE container: an .xls, or something else that Office keeps in one."""
    if _utf16("EncryptedPackage") in data or _utf16("EncryptionInfo") in data:
        raise Refused(refusals.ENCRYPTED)
    if _utf16("WordDocument") in data or _utf16("PowerPoint Document") in data:
        raise Refused(refusals.WRONG_TYPE.fill(what=refusals.A_DOCUMENT))
    if _utf16("_VBA_PROJECT") in data:
        raise Refused(refusals.MACROS)
    if _utf16("Workbook") not in data and _utf16("Book") not in data:
        raise Refused(refusals.BROKEN)
    looked = old_package.inspect(data)
    book = _calamine(data, "xls")
    sheets = cast("python_calamine.CalamineWorkbook", book._open).sheets_metadata
    parts = {one.name: part for one, part in zip(sheets, looked.sheets, strict=False)}
    return replace(book, epoch=EPOCH_1904 if looked.since_1904 else EPOCH_1900, _parts=parts)


def _refuse_other_types(data: bytes) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data[:65536].decode("utf-16", "ignore").encode()
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    low = head[:512].lower()
    if head.startswith(b"%PDF"):
        what = refusals.A_PDF
    elif (
        head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*"))
        or head[8:12] == b"WEBP"
    ):
        what = refusals.A_PICTURE
    elif head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK")):
        what = refusals.AN_ARCHIVE
    elif low.startswith((b"<!doctype html", b"<html", b"mime-version:")) or (
        low.startswith(b"<") and b"<table" in data[:65536].lower()
    ):
        raise Refused(refusals.OTHER_SHEET.fill(what=refusals.A_WEB_PAGE))
    elif low.startswith(b"<?xml") and b"spreadsheet" in low:
        raise Refused(refusals.OTHER_SHEET.fill(what=refusals.XML_WORKBOOK))
    elif head.startswith(b"{\\rtf"):
        what = refusals.A_DOCUMENT
    elif b"\x00" in data[:65536]:
        what = refusals.A_BINARY
    else:
        return
    raise Refused(refusals.WRONG_TYPE.fill(what=what))


def _csv_rows(data: bytes) -> list[list[Cell]]:
    text = _decode(data)
    delimiter = _separator(text[:65_536].splitlines()[:20])
    csv.field_size_limit(MOST_CELL)
    rows: list[list[Cell]] = []
    try:
        rows.extend(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), MOST_ROWS + 1))
    except csv.Error as problem:
        if '"' in text:
            raise Refused(refusals.LONE_QUOTE.fill(row=len(rows) + 1)) from problem
        raise Refused(refusals.BROKEN) from problem
    if len(rows) > MOST_ROWS:
        raise Refused(refusals.TOO_LONG.fill(most=MOST_ROWS))
    if '"' in text:
        _refuse_lone_quotes(rows, delimiter)
    if any(error in text for error in _ERRORS):
        rows = [[UNCALCULATED if cell in _ERRORS else cell for cell in row] for row in rows]
    return rows


def _separator(lines: list[str]) -> str:
    """What stands between the cells: the mark of which most lines have equally many, since what stands in
    titles and remarks varies; else the most frequent."""

    def agreed(mark: str) -> tuple[int, int]:
        times = Counter(n for line in lines if (n := line.count(mark)))
        return max((n * (alike - 1) for n, alike in times.items()), default=0), sum(times.elements())

    usual = max(_SEPARATORS, key=agreed)
    return usual if any(agreed(usual)) else max(_RARE_SEPARATORS, key=agreed)


def _refuse_lone_quotes(rows: list[list[Cell]], delimiter: str) -> None:
    """A quote that is never closed, or only by the next one far below, makes one cell of the rows between:
    nobody would miss them."""
    widths = Counter(len(row) for row in rows if len(row) > 2)
    wide = widths.most_common(1)[0][0] if widths else 0
    for number, row in enumerate(rows, start=1):
        for cell in row:
            inside = cell.split("\n")[1:] if wide and "\n" in cell else ()
            if any(line.count(delimiter) >= wide - 1 for line in inside):
                raise Refused(refusals.LONE_QUOTE.fill(row=number))


def _with_mark(data: bytes) -> bytes:
    """Text in UTF-16 that does not say so, with the mark that says it. It is known by its zeros, which stand
    at digits, commas and line ends, all on one side; read so, it has nothing in it that no text has."""
    some = data[: 65_536 & -4]
    for mark, encoding, at in ((b"\xff\xfe", "utf-16-le", 1), (b"\xfe\xff", "utf-16-be", 0)):
        zeros, others = some[at::2].count(0), some[1 - at :: 2].count(0)
        if len(data) % 2 or zeros * 20 < len(some) or zeros < 4 * others:
            continue
        try:
            text = some.decode(encoding, "ignore" if len(data) > len(some) else "strict")
        except UnicodeDecodeError:
            continue
        if not any(letter < " " and letter not in "\t\r\n" for letter in text):
            return mark + data
    return data


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(refusals.ENCODING)
