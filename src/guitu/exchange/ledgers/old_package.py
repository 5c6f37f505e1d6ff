"""Looks into an .xls before anybody parses it: does it end anywhere, and how far does it really reach?

An .xls is a small file system (MS-CFB) that holds a stream of records (MS-XLS). calamine follows a chain of
sectors that bites its tail for ever, and takes the memory for as many cells as a sheet says it has; running
out of memory there ends the whole process. olefile and xlrd do not end on such files either. So every chain
that calamine follows is followed here first, never further than the file is long. The same pass finds what a
reader of values cannot see: days counted from 1904, errors in cells, rows and columns that are hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct, error, unpack_from
from typing import Final

from guitu.exchange.ledgers import refusals
from guitu.exchange.ledgers.limits import MOST_CELLS, MOST_SHEETS
from guitu.exchange.ledgers.package import Part
from guitu.exchange.ledgers.refusals import Refused

_LAST_SECTOR: Final = 0xFFFF_FFFA
_DIRECTORY_ENTRY: Final = 128
_NAMES: Final = ("Workbook", "Book", "WORKBOOK", "BOOK")
_BOF, _EOF, _BOUND_SHEET, _DATE_MODE, _FORMULA, _BOOL_ERR = 0x809, 0x0A, 0x85, 0x22, 0x06, 0x205
_DIMENSIONS, _MANY, _PASSWORD = 0x200, 0xBD, 0x2F
_ROW, _COLUMNS, _HIDDEN_ROW, _HIDDEN_COLUMN = 0x208, 0x7D, 0x20, 0x01
_BOUNDS: Final = frozenset({_BOF, _EOF})
_CELLS: Final = frozenset({_FORMULA, _BOOL_ERR, _MANY, 0x203, 0x204, 0xD6, 0x27E, 0xFD})
_NO_NUMBER: Final = 0xFFFF
_AN_ERROR: Final = 2
_WHOLE_SHEET: Final = 65_536 * 256
_SHORT: Final = 4096
"""Below it a stream lies in small sectors."""
_HEAD: Final = Struct("<2H")


@dataclass(frozen=True, slots=True)
class OldPackage:
    """Does it count days from 1904, and what was found in its sheets, in their order."""

    since_1904: bool = False
    sheets: tuple[Part, ...] = ()


def inspect(data: bytes) -> OldPackage:
    """Look into an .xls. Raises Refused for one that has no end, or is out of all proportion."""
    try:
        stream = _workbook(data) + bytes(4)
        since_1904, starts = False, []
        for kind, at, size in _records(stream, 0):
            if kind == _DATE_MODE and size >= 2:
                since_1904 = stream[at] == 1
            elif kind == _BOUND_SHEET and size >= 4:
                starts.append(unpack_from("<L", stream, at)[0])
            elif kind == _PASSWORD:
                raise Refused(refusals.ENCRYPTED)
        if len(starts) > MOST_SHEETS:
            raise Refused(refusals.TOO_MANY_SHEETS.fill(sheets=len(starts), most=MOST_SHEETS))
        if len(set(starts)) < len(starts):
            raise ValueError("two sheets in one place")
        left, sheets = 2 * MOST_CELLS, []
        for number, start in enumerate(starts, start=1):
            part = _look(stream, start)
            left -= part.rows * part.columns
            if left < 0:
                raise Refused(refusals.TOO_WIDE.fill(sheet=number, rows=part.rows, columns=part.columns))
            sheets.append(part)
        return OldPackage(since_1904, tuple(sheets))
    except (error, IndexError, ValueError) as problem:
        raise Refused(refusals.BROKEN) from problem


def _look(stream: bytes, start: int) -> Part:
    """How many rows and columns the cells of a sheet span, which of them hold an error, what is hidden."""
    rows = columns = 0
    errors: list[tuple[int, int]] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    for kind, at, size in _records(stream, start):
        if kind in _CELLS:
            row, column = _HEAD.unpack_from(stream, at)
            if kind == _BOOL_ERR:
                if size >= 8 and stream[at + 7] == 1:
                    errors.append((row, column))
            elif kind == _FORMULA:
                result, _, tells = unpack_from("<B5sH", stream, at + 6)
                if tells == _NO_NUMBER and result == _AN_ERROR:
                    errors.append((row, column))
            elif kind == _MANY and size >= 6:
                column = unpack_from("<H", stream, at + size - 2)[0]
            if row >= rows:
                rows = row + 1
            if column >= columns:
                columns = column + 1
        elif kind == _ROW:
            if size >= 16 and stream[at + 12] & _HIDDEN_ROW:
                hidden_rows.add(unpack_from("<H", stream, at)[0])
        elif kind == _COLUMNS:
            if size >= 10 and stream[at + 8] & _HIDDEN_COLUMN:
                first, last = _HEAD.unpack_from(stream, at)
                hidden_columns.update(range(first, last + 1))
        elif kind == _DIMENSIONS:
            first, last, _, beyond = unpack_from("<2L2H" if size == 14 else "<4H", stream, at)
            if first > last > 0 or last * beyond > _WHOLE_SHEET:
                raise ValueError("no sheet is like that")
    hidden = frozenset(hidden_rows), frozenset(hidden_columns)
    return Part(rows, columns, frozenset(errors), (), *hidden)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The records of one part from where it begins: what each is, where it stands, how long it is. A chart
    inside a sheet is a part of its own, and is passed over."""
    head = _HEAD.unpack_from
    depth, end = 0, len(stream) - 4
    if end > 0 and head(stream, at)[0] != _BOF:
        raise ValueError("a part without a beginning")
    while at < end:
        kind, size = head(stream, at)
        at += 4
        if kind in _BOUNDS:
            depth += 1 if kind == _BOF else -1
            if depth == 0:
                return
        elif depth == 1:
            yield kind, at, size
        at += size


def _workbook(data: bytes) -> bytes:
    """The stream that holds the records."""
    shift, small_shift = _HEAD.unpack_from(data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("sectors of another size")
    size, small = 1 << shift, 1 << small_shift
    data += b"\xff" * (-len(data) % size)  # the last sector need not be whole
    first_entry, of_small, small_tables, more = unpack_from("<L8x3L", data, 48)
    tables = len(data) // size // (size // 4) + 1
    blocks = list(unpack_from("<109L", data, 76))
    while more < _LAST_SECTOR:
        if len(blocks) > tables + size:
            raise ValueError("a list of tables without an end")
        *listed, more = unpack_from(f"<{size // 4}L", data, (more + 1) * size)
        blocks += listed
    blocks = [block for block in blocks if block < _LAST_SECTOR]
    if len(set(blocks)) < len(blocks):
        raise ValueError("one table twice")
    table: list[int] = []
    for block in blocks:
        table += unpack_from(f"<{size // 4}L", data, (block + 1) * size)

    def read(first: int, within: bytes, width: int, follow: list[int], skip: int, most: int) -> bytes:
        pieces: list[bytes] = []
        while first < len(follow) and len(pieces) * width < most:
            if len(pieces) * width >= len(within):
                raise ValueError("a chain without an end")
            pieces.append(within[(first + skip) * width : (first + skip + 1) * width])
            first = follow[first]
        return b"".join(pieces)[:most]

    entries = read(first_entry, data, size, table, 1, 2 * len(data))
    place = "<LQ" if size > 512 else "<2L"
    root, root_length = unpack_from(place, entries, 116)
    packed = read(of_small, data, size, table, 1, small_tables * size)
    inner = read(root, data, size, table, 1, root_length) if small_tables else b""
    follow = list(unpack_from(f"<{len(packed) // 4}L", packed))
    found: dict[str, bytes] = {}
    for at in range(0, len(entries), _DIRECTORY_ENTRY):
        name = entries[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
        if name in _NAMES and name not in found:
            begin, length = unpack_from(place, entries, at + 116)
            lies = (inner, small, follow, 0) if length < _SHORT else (data, size, table, 1)
            found[name] = read(begin, *lies, length)
    return next((found[name] for name in _NAMES if name in found), b"")
