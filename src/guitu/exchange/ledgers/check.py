"""Checks a ledger file: which sheets are ledgers, which rows go in, what is wrong where. Writes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from guitu.exchange.ledgers import refusals
from guitu.exchange.ledgers.declared import ledgers
from guitu.exchange.ledgers.fault import Fault, Problem
from guitu.exchange.ledgers.header import Placed, nearest_columns
from guitu.exchange.ledgers.identity import IdentityReader
from guitu.exchange.ledgers.people import KnownPeople, check_people
from guitu.exchange.ledgers.refusals import Refused
from guitu.exchange.ledgers.rules import check_table, hold_another_table
from guitu.exchange.ledgers.table import Table, read_table
from guitu.exchange.ledgers.workbook import MOST_BYTES, Book, open_book, read_bytes
from guitu.kernel.garbage import no_collecting
from guitu.kernel.labels import Label

Printed = Callable[[Iterable[Table]], None]
"""Takes the faults from rows that are just what the store prints."""

DEMO_SETTING: Final = "GUITU_DEMO_IDS"

_NO_COLUMN: Final = Label(
    "表头里没有“{column}”这一列，本表无法导入；请补上这一列。",
    "The header has no column “{column}”, so this sheet cannot go in; add the column.",
)


@dataclass(frozen=True, slots=True)
class SheetResult:
    """One sheet that is a ledger: how many rows go in and how many are held back."""

    sheet: str
    ledger: str
    header_row: int
    accepted: int
    held: int
    unknown_columns: tuple[str, ...]
    hidden: bool
    table: Table

    @property
    def unseen(self) -> Label | None:
        """What of the sheet nobody sees who opens it, and was read all the same; None if there is nothing."""
        return unseen(self.sheet, self.table.hidden_rows, self.table.hidden_columns, hidden=self.hidden)

    def as_json(self) -> dict[str, object]:
        """The sheet as `guitu ledger check --json` prints it."""
        return {
            "sheet": self.sheet,
            "ledger": self.ledger,
            "header_row": self.header_row,
            "accepted": self.accepted,
            "held": self.held,
        }


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found. `passed_over` names the sheets that are no ledgers."""

    file_name: str
    sheets: tuple[SheetResult, ...]
    problems: tuple[Problem, ...]
    passed_over: tuple[str, ...]
    language: str

    def as_json(self) -> dict[str, object]:
        """Exactly what `guitu ledger check --json` prints."""
        return {
            "sheets": [sheet.as_json() for sheet in self.sheets],
            "problems": [problem.as_json(self.language) for problem in self.problems],
        }


def unseen(sheet: str, rows: int, columns: Sequence[str], *, hidden: bool) -> Label | None:
    """Says which rows and columns a sheet hides, if any."""
    said = []
    if hidden:
        said.append(Label("整张工作表是隐藏的", "the whole sheet is hidden"))
    if rows:
        some = f"{rows:,} row{'' if rows == 1 else 's'} hidden or filtered out"
        said.append(Label(f"有 {rows:,} 行是隐藏或筛选掉的", some))
    if columns:
        said.append(Label(f"隐藏的列有{'、'.join(columns)}", f"hidden columns: {', '.join(columns)}"))
    if not said:
        return None
    zh, en = "，".join(one.zh for one in said), "; ".join(one.en for one in said)
    return Label(
        f"“{sheet}”：{zh}，也一并读入；请确认应当导入。",
        f"“{sheet}”: {en}. It was read all the same: make sure that it is meant to go in.",
    )


def demo_numbers_accepted() -> bool:
    """Whether this site takes identity numbers that begin with 98."""
    return os.environ.get(DEMO_SETTING) == "1"


def check_workbook(
    source: str | os.PathLike[str] | bytes,
    *,
    on: date,
    known_person: KnownPeople | None = None,
    language: str = "zh",
    name: str = "",
    demo_numbers: bool | None = None,
    most_bytes: int = MOST_BYTES,
    printed: Printed | None = None,
) -> CheckResult:
    """Check a ledger file as on the day `on`.

    `known_person` asks the store who has which number; without it only the workbook's own sheets are looked
    at. `printed` takes the faults from rows that the store itself printed. `name` is the file's name where
    `source` is bytes. Raises Refused, with one sentence, for a file that
    cannot be read as a ledger at all.
    """
    file_name = name or ("" if isinstance(source, bytes) else Path(source).name)
    try:
        with no_collecting():
            return _check(source, on, known_person, language, file_name, demo_numbers, most_bytes, printed)
    except Refused as refused:
        raise Refused(refused.label, where=refused.where or file_name) from refused


def _check(
    source: str | os.PathLike[str] | bytes,
    on: date,
    known_person: KnownPeople | None,
    language: str,
    file_name: str,
    demo_numbers: bool | None,
    most_bytes: int,
    printed: Printed | None,
) -> CheckResult:
    identity = IdentityReader(demo=demo_numbers_accepted() if demo_numbers is None else demo_numbers)
    tables, passed_over, nearest = _tables(open_book(read_bytes(source, most_bytes), file_name), identity)
    if not tables:
        raise Refused(_no_ledger(nearest))
    for table in tables:
        check_table(table, on)
    check_people(tables, known_person)
    if printed is not None:
        printed(tables)
    for table in tables:
        hold_another_table(table)
    return summed_up(tables, passed_over, file_name, language)


_Nearest = tuple[str, tuple[str, ...]]
"""The sheet that is most like a ledger, and its columns that are known."""


def _tables(book: Book, identity: IdentityReader) -> tuple[list[Table], list[str], _Nearest]:
    """The sheets that are ledgers, the names of those that are none, and the nearest of these. An opened file
    is large: it is let go when all of it is read."""
    tables: list[Table] = []
    passed_over: list[str] = []
    nearest: _Nearest = ("", ())
    for sheet in book.sheets():
        read = read_table(sheet, book, identity)
        if isinstance(read, Table):
            if read.header.twice:
                raise Refused(refusals.SIDE_BY_SIDE, where=sheet.name)
            tables.append(read)
            continue
        passed_over.append(sheet.name)
        seen = nearest_columns(read)
        if len(seen) > len(nearest[1]):
            nearest = (sheet.name, seen)
    return tables, passed_over, nearest


def summed_up(tables: list[Table], passed_over: Iterable[str], file_name: str, language: str) -> CheckResult:
    """The result that the faults noted in the tables amount to."""
    sheets: list[SheetResult] = []
    problems: list[Problem] = []
    for table in tables:
        header = table.header
        standing = {placed.column.key: placed for placed in header.columns}
        held = sum(1 for faults in table.faults.values() if any(not f.warning for f in faults.values()))
        for column in header.missing:
            held = len(table)
            fault = Fault("required_missing", _NO_COLUMN)
            problems.append(_problem(table, standing, header.row + 1, column.key, fault))
        for at in sorted(table.faults):
            row = table.rows[at]
            found = [_problem(table, standing, row, key, fault) for key, fault in table.faults[at].items()]
            problems.extend(found if len(found) == 1 else sorted(found, key=lambda problem: problem.at))
        sheets.append(
            SheetResult(
                sheet=table.sheet,
                ledger=header.ledger.name,
                header_row=header.row + 1,
                accepted=len(table) - held,
                held=held,
                unknown_columns=header.unknown,
                hidden=table.hidden,
                table=table,
            )
        )
    return CheckResult(file_name, tuple(sheets), tuple(problems), tuple(passed_over), language)


def _problem(table: Table, standing: Mapping[str, Placed], row: int, key: str, fault: Fault) -> Problem:
    placed = standing.get(key)
    if placed is None:
        column = table.header.ledger.by_key[key]
        placed = standing.get(column.shares)
        if placed is None:
            return Problem(table.sheet, row, column.title, fault, -1)
    return Problem(table.sheet, row, placed.words, fault, placed.at)


def _no_ledger(nearest: _Nearest) -> Label:
    known = ledgers().values()
    sheet, columns = nearest
    if columns:
        listed = "、".join(columns[:8])
        near_zh = f"最接近的是工作表“{sheet}”，只认出这些列：{listed}。请核对表头。"
        near_en = (
            f"Nearest is sheet “{sheet}”, where only these columns are known: {listed}. Check its header."
        )
    else:
        near_zh = "没有一列认得出来，请核对表头。"
        near_en = "Not one column is known; check the header."
    return refusals.NO_LEDGER.fill(
        known_zh="、".join(one.label.zh for one in known),
        known_en=", ".join(f"{one.label.zh} ({one.label.en})" for one in known),
        nearest_zh=near_zh,
        nearest_en=near_en,
    )
