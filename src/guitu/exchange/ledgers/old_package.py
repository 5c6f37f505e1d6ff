"""Looks into an .xls for what a reader of values cannot see: days counted from 1904, and errors in cells.

An .xls is a small file system (MS-CFB) that holds a stream of records (MS-XLS). Whether it is damaged, the
parser of sheets says; here what cannot be followed is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import error, unpack_from
from typing import Final

from guitu.exchange.ledgers.limits import MOST_SHEETS

_LAST_SECTOR: Final = 0xFFFF_FFFA
_DIRECTORY_ENTRY: Final = 128
_BOF, _EOF, _BOUND_SHEET, _DATE_MODE, _FORMULA, _BOOL_ERR = 0x809, 0x0A, 0x85, 0x22, 0x06, 0x205
_NO_NUMBER: Final = 0xFFFF
_AN_ERROR: Final = 2


@dataclass(frozen=True, slots=True)
class OldPackage:
    """Does it count days from 1904, and by sheet, in their order, the cells that hold an error."""

    since_1904: bool = False
    lost: tuple[frozenset[tuple[int, int]], ...] = ()


def inspect(data: bytes) -> OldPackage:
    """Look into an .xls."""
    try:
        stream = _workbook(data)
        since_1904, starts = False, []
        for kind, at, size in _records(stream, 0):
            if kind == _DATE_MODE and size >= 2:
                since_1904 = stream[at] == 1
            elif kind == _BOUND_SHEET and size >= 4:
                starts.append(unpack_from("<L", stream, at)[0])
        return OldPackage(
            since_1904, tuple(frozenset(_errors(stream, start)) for start in starts[:MOST_SHEETS])
        )
    except (error, IndexError, ValueError):
        return OldPackage()


def _errors(stream: bytes, start: int) -> Iterator[tuple[int, int]]:
    for kind, at, size in _records(stream, start):
        if kind == _BOOL_ERR and size >= 8 and stream[at + 7] == 1:
            yield unpack_from("<2H", stream, at)
        elif kind == _FORMULA and size >= 14:
            row, column, _, result, _, tells = unpack_from("<3HB5sH", stream, at)
            if tells == _NO_NUMBER and result == _AN_ERROR:
                yield row, column


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The records of one part from where it begins: what each is, where it stands, how long it is. A chart
    inside a sheet is a part of its own, and is passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<2H", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, at + 4, size
        at += 4 + size


def _workbook(data: bytes) -> bytes:
    """The stream that holds the records."""
    size = 1 << min(data[30], 16)
    small = 1 << min(data[32], 16)
    of_table, first_entry, cutoff, of_small, _, more = unpack_from("<2L4x4L", data, 44)
    tables = len(data) // size // (size // 4 or 1) + 1
    blocks = list(unpack_from("<109L", data, 76))
    while more < _LAST_SECTOR and len(blocks) < tables:
        *listed, more = unpack_from(f"<{size // 4}L", data, (more + 1) * size)
        blocks += listed
    table: list[int] = []
    for block in blocks[: min(of_table, tables)]:
        table += unpack_from(f"<{size // 4}L", data, (block + 1) * size)

    def read(first: int, within: bytes, width: int, follow: list[int], skip: int) -> bytes:
        pieces: list[bytes] = []
        while first < len(follow) and len(pieces) * width < len(within):
            pieces.append(within[(first + skip) * width : (first + skip + 1) * width])
            first = follow[first]
        return b"".join(pieces)

    entries = read(first_entry, data, size, table, 1)
    root = unpack_from("<L", entries, 116)[0]
    for at in range(0, len(entries), _DIRECTORY_ENTRY):
        name = entries[at : at + max(0, unpack_from("<H", entries, at + 64)[0] - 2)].decode(
            "utf-16-le", "replace"
        )
        if name in ("Workbook", "Book"):
            begin, length = unpack_from("<2L", entries, at + 116)
            if length >= cutoff:
                return read(begin, data, size, table, 1)[:length]
            packed = read(of_small, data, size, table, 1)
            follow = list(unpack_from(f"<{len(packed) // 4}L", packed))
            return read(begin, read(root, data, size, table, 1), small, follow, 0)[:length]
    return b""
