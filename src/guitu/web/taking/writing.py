"""Lists as CSV and as workbooks, written row by row into a file on disk: a list may be long. Nothing in them
is ever carried out by the program that opens them."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, Final, cast

from django.http import FileResponse, HttpResponse

from guitu.web.taking.words import Head

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")
"""How a formula begins, in some spreadsheet program and some language of it."""

WIDEST: Final = 60
"""Characters that a column of a workbook is wide at most."""

IN_MEMORY: Final = 1024 * 1024
"""Bytes up to which a file never reaches the disk."""

LONGEST: Final = 32_767
"""Characters that a cell of a workbook holds."""

_NUMBER: Final = re.compile(r"[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−]?\d{1,15}(?:\.\d+)?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Rows = Iterable[Sequence[str]]


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; they pass over blanks before one."""
    return f"'{text}" if text.lstrip(" \u3000").startswith(FORMULAS) else text


def number_of(text: str) -> float | int | None:
    """The number that a cell of a column of figures holds; None for words and marks."""
    if not _NUMBER.fullmatch(text):
        return None
    plain = text.replace(",", "").replace("−", "-")
    return float(plain) if "." in plain else int(plain)


def written(
    ending: str, heads: Sequence[Head], rows: Rows, name: str, made: tuple[str, datetime]
) -> IO[bytes]:
    """The file, open at its beginning; whoever takes it closes it. `name` is the list's own, `made` who takes
    it along and when."""
    spooled = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - handed on open
    file = cast("IO[bytes]", spooled)
    try:
        if ending == "csv":
            _csv(file, heads, rows)
        else:
            _workbook(file, heads, rows, name, made)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def attached(file: IO[bytes], ending: str, filename: str) -> HttpResponse | FileResponse:
    """The answer with that file: a short one at once, a long one piece by piece from the disk. Closes it."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > IN_MEMORY:
        return FileResponse(file, content_type=TYPES[ending], as_attachment=True, filename=filename)
    with file:
        answer = HttpResponse(file.read(), content_type=TYPES[ending])
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def _csv(file: IO[bytes], heads: Sequence[Head], rows: Rows) -> None:
    """In UTF-8 with the mark by which spreadsheets know it."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    out = csv.writer(text)
    out.writerow([harmless(head.text) for head in heads])
    for row in rows:
        out.writerow([_value(head, value) for head, value in zip(heads, row, strict=True)])
    text.flush()
    text.detach()


def _value(head: Head, value: str) -> str | float | int:
    number = number_of(value) if head.numeric else None
    return harmless(value) if number is None else number


def _workbook(
    file: IO[bytes], heads: Sequence[Head], rows: Rows, name: str, made: tuple[str, datetime]
) -> None:
    from xlsxwriter import Workbook

    off = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(file, {"constant_memory": True, **off})
    who, at = made
    book.set_properties({"title": name, "author": who, "created": at.replace(tzinfo=None)})
    sheet = book.add_worksheet(_sheet_name(name))
    bold, right = book.add_format({"bold": True, "bottom": 1}), book.add_format({"align": "right"})
    kept = iter(rows)
    first = [row for row, _ in zip(kept, range(200), strict=False)]
    for at_column, head in enumerate(heads):
        wide = max([_wide(head.text), *(_wide(row[at_column]) for row in first)], default=8)
        sheet.set_column(at_column, at_column, min(WIDEST, wide + 2))
        sheet.write_string(0, at_column, harmless(head.text), bold)
    place = 0
    for row in _chained(first, kept):
        place += 1
        for at_column, (head, value) in enumerate(zip(heads, row, strict=True)):
            number = number_of(value) if head.numeric else None
            if number is not None:
                sheet.write_number(place, at_column, number)
            elif value:
                text = _CONTROL.sub("", harmless(value))[:LONGEST]
                sheet.write_string(place, at_column, text, right if head.numeric else None)
    sheet.freeze_panes(1, 1)
    if place:
        sheet.autofilter(0, 0, place, max(0, len(heads) - 1))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()


def _chained(first: Rows, rest: Rows) -> Iterable[Sequence[str]]:
    yield from first
    yield from rest


def _wide(text: str) -> int:
    """How wide a text is: Chinese characters count two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text[:WIDEST])


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", name).strip()[:31] or "1"
