"""Reads a sheet of published figures. A sheet in which anybody stands is refused whole, before a cell of it
is looked at for anything else; then every row is read, and what is wrong is told by row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from guitu.casefile import Kind, Value
from guitu.casefile.fields import read_decimal
from guitu.exchange.ledgers import Refused
from guitu.exchange.ledgers.cells import Cell, text_of
from guitu.exchange.ledgers.days import read_day
from guitu.exchange.ledgers.fault import Fault as CellFault
from guitu.exchange.ledgers.workbook import Sheet, open_book
from guitu.kernel.labels import Label
from guitu.levels.persons_out import one_row_each, persons_in, squeezed

MOST: Final = 500
"""Rows of one sheet."""
_LOOKED_FOR_HEADS: Final = 8
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "series": ("指标", "指标名称", "项目", "series"),
    "place": ("地区代码", "单位代码", "地区", "单位名称", "place"),
    "first": ("数据起始日期", "起始日期", "起", "first"),
    "last": ("数据截止日期", "截止日期", "止", "last"),
    "value": ("数值", "数", "value"),
    "printed_unit": ("原文所印单位", "计量单位", "printed_unit"),
    "printed_in": ("印在何处", "位置", "printed_in"),
    "source": ("出处", "来源", "source"),
    "day": ("公布日期", "发布日期", "published"),
    "replaces": ("更新同期以前公布的", "是否更新", "replaces"),
}
"""The columns, each with the headings it is known by."""
NEEDED: Final = ("series", "first", "last", "value", "source", "day")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the spreadsheet's own row number, the heading, and a sentence."""

    row: int
    column: str
    says: Label


@dataclass(frozen=True, slots=True)
class Line:
    """One row that may be recorded: its number, the unit's code, the day it was published, its answers."""

    row: int
    unit: str
    day: date
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Read:
    """What a sheet came to: the rows that are right, and what is wrong with the others."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


Place = Callable[[str], str | Label]
"""The code of the unit that is meant by what was typed, or why there is none; nothing typed is their own."""


def read_sheet(data: bytes, name: str, kind: Kind, place: Place, today: date) -> Read:
    """Read the first sheet with something in it. Raises Refused for a file that is no sheet, that holds
    anybody, or whose columns are not known."""
    rows = _rows(data, name)
    at, columns = _heads(rows)
    heads = [text_of(cell) for cell in rows[at]]
    below = [
        (number, [_said(cell) for cell in cells])
        for number, cells in enumerate(rows[at + 1 :], start=at + 2)
        if any(_said(cell) for cell in cells)
    ]
    _nobody(rows, at, heads, below, columns, kind)
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        said = "、".join(COLUMNS[name][0] for name in missing)
        english = ", ".join(COLUMNS[name][-1] for name in missing)
        raise Refused(
            Label(f"缺少这些栏：{said}。请用模板。", f"Columns are missing: {english}. Use the template.")
        )
    if not below:
        raise Refused(Label("表头下面没有数据。", "There is nothing below the headings."))
    if len(below) > MOST:
        raise Refused(Label(f"一次最多 {MOST} 行。", f"{MOST} rows at most."))
    lines: list[Line] = []
    faults: list[Fault] = []
    cells_of = dict(enumerate(rows[at + 1 :], start=at + 2))
    for number, _ in below:
        found = _line(number, cells_of[number], heads, columns, kind, place, today)
        if isinstance(found, Line):
            lines.append(found)
        else:
            faults += found
    return Read(tuple(lines), tuple(faults))


def _rows(data: bytes, name: str) -> list[list[Cell]]:
    sheets: list[Sheet] = list(open_book(data, name).sheets())
    filled = []
    for sheet in sheets:
        rows = []
        for row in sheet.rows():
            rows.append(list(row))
            if len(rows) > MOST * 4:
                raise Refused(Label(f"一次最多 {MOST} 行。", f"{MOST} rows at most."))
        if any(_said(cell) for row in rows for cell in row):
            filled.append(rows)
    if not filled:
        raise Refused(Label("文件里没有内容。", "There is nothing in the file."))
    if len(filled) > 1:
        raise Refused(
            Label("请只留一张工作表，其余的删去。", "Leave one sheet in the file and delete the others.")
        )
    return filled[0]


def _said(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return text_of(cell)


def _heads(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int]]:
    """The row of the headings and the place of each column: the row that knows most of them."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, row in enumerate(rows[:_LOOKED_FOR_HEADS]):
        found: dict[str, int] = {}
        for place, cell in enumerate(row):
            word = squeezed(text_of(cell)).partition("(")[0]
            for name, words in COLUMNS.items():
                if word and word in {squeezed(w) for w in words}:
                    found.setdefault(name, place)
        if len(found) > len(best[1]):
            best = at, found
    return best


def _nobody(
    rows: Sequence[Sequence[Cell]],
    at: int,
    heads: Sequence[str],
    below: Sequence[tuple[int, Sequence[str]]],
    columns: Mapping[str, int],
    kind: Kind,
) -> None:
    """Refuse the sheet if anybody stands in it; what stands above the headings is looked at too."""
    above = [(n, [_said(c) for c in row]) for n, row in enumerate(rows[:at], start=1)]
    every = [*above, *below]
    known = {
        columns[name]: frozenset(
            word for choice in kind.ask(name).choices for word in (choice.label.zh, *choice.ledger)
        )
        for name in ("series", "printed_unit", "printed_in", "replaces")
        if name in columns
    }
    if "place" in columns:  # what it says is held against the tree of units, where nobody stands
        known[columns["place"]] = frozenset(
            cells[columns["place"]] for _, cells in every if columns["place"] < len(cells)
        )
    found = persons_in(heads, every, known)
    if found is None and {"series", "value"} <= columns.keys():
        wanted = [columns[n] for n in ("series", "place", "first", "last") if n in columns]
        found = one_row_each(
            (
                number,
                tuple(cells[c] if c < len(cells) else "" for c in wanted),
                cells[columns["value"]] if columns["value"] < len(cells) else "",
                heads[columns["value"]],
            )
            for number, cells in below
        )
    if found is not None:
        raise Refused(found.says)


def _line(
    number: int,
    cells: Sequence[Cell],
    heads: Sequence[str],
    columns: Mapping[str, int],
    kind: Kind,
    place: Place,
    today: date,
) -> Line | list[Fault]:
    faults: list[Fault] = []

    def head(name: str) -> str:
        return heads[columns[name]] if name in columns else COLUMNS[name][0]

    def wrong(name: str, says: Label) -> None:
        faults.append(Fault(number, head(name), says))

    def cell(name: str) -> Cell:
        return cells[columns[name]] if name in columns and columns[name] < len(cells) else ""

    fields: dict[str, Value] = {}
    day: date | None = None
    for name in ("day", "first", "last"):
        read = read_day(cell(name))
        if isinstance(read, CellFault):
            wrong(name, read.says.fill(column=Label(head(name), head(name)), **read.values))
        elif name == "day":
            day = read
            if read is None:
                wrong(name, Label("请填写公布日期", "Enter the day it was published"))
            elif read > today:
                wrong(name, Label("公布日期晚于今天", "It was published after today"))
        elif read is not None:
            fields[name] = read
    first, last = fields.get("first"), fields.get("last")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        wrong("last", Label("截止日期早于起始日期", "The last day is before the first"))
    for name in ("series", "printed_unit", "printed_in", "replaces"):
        text = text_of(cell(name))
        if text:
            fields[name] = _choice(kind, name, text)
    if text := text_of(cell("value")):
        fields["value"] = read_decimal(text) or text
    if text := text_of(cell("source")):
        fields["source"] = text
    for fault in kind.faults(fields):
        if not any(f.column == head(fault.field) for f in faults):
            wrong(fault.field if fault.field in COLUMNS else "series", fault.label)
    unit = place(text_of(cell("place")))
    if isinstance(unit, Label):
        wrong("place", unit)
    if faults or isinstance(unit, Label) or day is None:
        return faults
    return Line(number, unit, day, fields)


def _choice(kind: Kind, name: str, text: str) -> str:
    """The value of what was typed: the value itself, its label in either language, with or without the unit
    in brackets, or how clerks write it."""
    wanted = squeezed(text)
    for choice in kind.ask(name).choices:
        words = (choice.value, choice.label.zh, choice.label.en, *choice.ledger)
        bare = (choice.label.zh.partition("（")[0], choice.label.en.partition(" (")[0])
        if wanted in {squeezed(w) for w in (*words, *bare)}:
            return choice.value
    if name == "replaces" and wanted in ("是", "否", "yes", "no"):
        return "yes" if wanted in ("是", "yes") else "no"
    return text


def template(kind: Kind) -> bytes:
    """An empty sheet with its headings, and under them a line that shows how."""
    stream = io.StringIO(newline="")
    out = csv.writer(stream)
    out.writerow([words[0] for words in COLUMNS.values()])
    series = kind.ask("series").choices[-1].label.zh
    out.writerow(
        [
            series,
            "",
            "2025-01-01",
            "2025-12-31",
            "12.5",
            "",
            "统计表",
            "示例公报（请改写）",
            "2026-01-20",
            "否",
        ]
    )
    return stream.getvalue().encode("utf-8-sig")
