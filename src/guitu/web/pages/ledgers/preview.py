"""What a check found, row by row, kept beside the upload so that any page of it is quick to show.

The rows lie in small sealed parts; a page reads one or two of them, however long the ledger is. Cells are the
office's own words, in the office's own columns.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, Literal

from guitu.exchange.ledgers import CheckResult, Problem, SheetResult
from guitu.exchange.ledgers.cells import Cell, heading_words, text_of
from guitu.exchange.ledgers.check import unseen
from guitu.exchange.ledgers.fault import mask
from guitu.exchange.ledgers.importing import ImportResult
from guitu.exchange.ledgers.records import records
from guitu.exchange.ledgers.workbook import Sheet, open_book
from guitu.kernel.labels import Label
from guitu.web.pages.ledgers.kept import Kept

AT_ONCE: Final = 200
"""Rows in one part."""

INDEX: Final = "index"
DAY_FORMS: Final = 4
"""How many ways of writing a day are listed."""

Show = Literal["fault", "warning", "all"]

_LONG_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])\d(?:[ \u3000]?\d){13,16}[ \u3000]?[0-9Xx](?![0-9A-Za-z])")
"""An identity number, old or new, also with blanks in it; every digit of Unicode, for full-width ones."""
_PHONE: Final = re.compile(r"(?<!\d)(1\d{2})[ -]?\d{4}[ -]?(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as it stands in the sheet: where (`letter`), its own words, and what it was taken for; nothing
    for a column that no ledger knows."""

    at: int
    letter: str
    words: str
    meaning: Label | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong, or to be looked at, in a cell; `at` -1 is the row as a whole."""

    at: int
    text: Label
    warning: bool


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the sheet: the spreadsheet's own row number, its cells, what was found in them."""

    number: int
    cells: tuple[str, ...]
    found: tuple[Found, ...]

    @property
    def held(self) -> bool:
        """Whether it cannot go in."""
        return any(not f.warning for f in self.found)


@dataclass(frozen=True, slots=True)
class PreviewSheet:
    """One sheet: how it was read, and which of its rows (by position) have faults or remarks.

    `held_numbers` are the spreadsheet's row numbers of `held`."""

    name: str
    ledger: str
    header_row: int
    hidden: bool
    headings: tuple[Heading, ...]
    rows: int
    held: tuple[int, ...]
    held_numbers: tuple[int, ...]
    warned: tuple[int, ...]
    day_forms: tuple[tuple[str, int], ...]
    missing: tuple[Label, ...]
    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()

    @property
    def unseen(self) -> Label | None:
        """What of the sheet is hidden and was read all the same."""
        return unseen(self.name, self.hidden_rows, self.hidden_columns, hidden=self.hidden)

    def positions(self, show: Show) -> Sequence[int]:
        """Which rows a filter shows."""
        return {"fault": self.held, "warning": self.warned, "all": range(self.rows)}[show]


@dataclass(frozen=True, slots=True)
class Preview:
    """A whole file: its sheets, and those that are no ledgers."""

    sheets: tuple[PreviewSheet, ...]
    passed_over: tuple[str, ...]


def write(kept: Kept, data: bytes, result: ImportResult) -> None:
    """Keep what a look at the file found."""
    wanted = {sheet.sheet: no for no, sheet in enumerate(result.check.sheets)}
    index: list[dict[str, Any]] = [{} for _ in wanted]
    for sheet in open_book(data, result.check.file_name).sheets():
        no = wanted.get(sheet.name)
        if no is not None:
            index[no] = _write_sheet(kept, no, sheet, result.check.sheets[no], result.check)
    _pack(kept, INDEX, {"sheets": index, "passed_over": result.check.passed_over})


def read(kept: Kept) -> Preview | None:
    """The index again; None if it is no longer kept."""
    said = _unpack(kept, INDEX)
    if said is None:
        return None
    return Preview(tuple(_sheet(one) for one in said["sheets"]), tuple(said["passed_over"]))


def rows(kept: Kept, no: int, positions: Iterable[int]) -> Iterator[PreviewRow]:
    """The rows of sheet number `no` at these positions, in their order."""
    part, loaded = -1, []
    for position in positions:
        if position // AT_ONCE != part:
            part = position // AT_ONCE
            loaded = _unpack(kept, _part(no, part)) or []
        if position % AT_ONCE < len(loaded):
            number, cells, found = loaded[position % AT_ONCE]
            yield PreviewRow(
                number, tuple(cells), tuple(Found(at, Label(zh, en), w) for at, zh, en, w in found)
            )


def masked(text: str) -> str:
    """A cell without a fault, its identity and telephone numbers shortened as everywhere else."""
    text = _LONG_NUMBER.sub(lambda m: mask("".join(m[0].split())), text)
    return _PHONE.sub(r"\1****\2", text)


def letter(at: int) -> str:
    """The spreadsheet's own name of a column: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def _write_sheet(kept: Kept, no: int, sheet: Sheet, found: SheetResult, check: CheckResult) -> dict[str, Any]:
    header = found.table.header
    headings = _headings(sheet, found)
    ats = [h.at for h in headings]
    days = [p.at for p in header.columns if p.column.type == "day"]
    by_row: dict[int, list[Problem]] = {}
    if not header.missing:
        for problem in check.problems:
            if problem.sheet == found.sheet:
                by_row.setdefault(problem.row, []).append(problem)
    held: list[int] = []
    numbers: list[int] = []
    warned: list[int] = []
    forms: Counter[str] = Counter()
    examples: dict[str, str] = {}
    part: list[Any] = []
    position = -1
    for position, (number, cells) in enumerate(records(sheet.rows(), header, sheet.merges)):
        problems = by_row.get(number + 1, ())
        if any(p.held for p in problems):
            held.append(position)
            numbers.append(number + 1)
        elif problems:
            warned.append(position)
        for at in days:
            if form := _day_form(cells[at] if at < len(cells) else ""):
                forms[form] += 1
                examples.setdefault(form, "=" if form == "=" else _shown(cells, at)[:16])
        told = [(p.at, p.label.zh, p.label.en, not p.held) for p in problems]
        part.append((number + 1, [_shown(cells, at) for at in ats], told))
        if len(part) == AT_ONCE:
            _pack(kept, _part(no, position // AT_ONCE), part)
            part = []
    if part:
        _pack(kept, _part(no, position // AT_ONCE), part)
    return {
        "name": found.sheet,
        "ledger": found.ledger,
        "header_row": found.header_row,
        "hidden": found.hidden,
        "hidden_rows": found.table.hidden_rows,
        "hidden_columns": found.table.hidden_columns,
        "headings": [
            (h.at, h.words, h.meaning.zh if h.meaning else "", h.meaning.en if h.meaning else "", h.key)
            for h in headings
        ],
        "rows": position + 1,
        "held": held,
        "numbers": numbers,
        "warned": warned,
        "day_forms": [(examples[form], n) for form, n in forms.most_common(DAY_FORMS)],
        "missing": [
            (p.label.zh, p.label.en) for p in check.problems if header.missing and p.sheet == found.sheet
        ],
    }


def _headings(sheet: Sheet, found: SheetResult) -> list[Heading]:
    """Every column that has a heading, as it stands; what each was taken for."""
    header = found.table.header
    placed = {p.at: p for p in header.columns}
    top = list(islice(sheet.rows(), header.row + 1))[header.row - header.levels + 1 :]
    headings = []
    for at in sorted({*placed, *header.words}):
        words = next(
            (w for row in reversed(top) if at < len(row) and (w := heading_words(text_of(row[at])))), ""
        )
        column = placed[at].column if at in placed else None
        meaning = None
        if column is not None and column.declared is not None:
            asked = column.ask.label if column.ask else column.declared.day
            meaning = Label(
                f"{column.declared.label.zh}·{asked.zh}", f"{column.declared.label.en}: {asked.en}"
            )
        elif column is not None:
            meaning = Label(column.title, column.title)
        shown = placed[at].words if at in placed else words
        headings.append(Heading(at, letter(at), shown, meaning, column.key if column else ""))
    return headings


def _shown(cells: Sequence[Cell], at: int) -> str:
    cell = cells[at] if at < len(cells) else ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return text_of(cell)


def _day_form(cell: Cell) -> str:
    """How a day was written, by its shape: every number a 9. What the spreadsheet keeps as a day is `=`."""
    if isinstance(cell, date):
        return "="
    return re.sub(r"\d{4,}", "9999", re.sub(r"(?<!\d)\d{1,2}(?!\d)", "9", text_of(cell)))[:16]


def _sheet(said: dict[str, Any]) -> PreviewSheet:
    return PreviewSheet(
        said["name"],
        said["ledger"],
        said["header_row"],
        said["hidden"],
        tuple(
            Heading(at, letter(at), words, Label(zh, en) if zh else None, key)
            for at, words, zh, en, key in said["headings"]
        ),
        said["rows"],
        tuple(said["held"]),
        tuple(said["numbers"]),
        tuple(said["warned"]),
        tuple((form, n) for form, n in said["day_forms"]),
        tuple(Label(zh, en) for zh, en in said["missing"]),
        said.get("hidden_rows", 0),
        tuple(said.get("hidden_columns", ())),
    )


def _part(no: int, part: int) -> str:
    return f"rows-{no}-{part}"


def _pack(kept: Kept, name: str, said: object) -> None:
    kept.write(name, zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 1))


def _unpack(kept: Kept, name: str) -> Any:
    data = kept.read(name)
    return None if data is None else json.loads(zlib.decompress(data))
