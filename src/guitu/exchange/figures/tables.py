"""Tables in a draft: a row 合计 that is not the sum of the rows above or below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from guitu.exchange.figures.finding import Finding
from guitu.exchange.figures.text import Bulletin, plain
from guitu.kernel.labels import Label

_TOTAL: Final = re.compile(r"\s*(?:合\s*计|总\s*计|共\s*计)\s*")
_NUMBER: Final = re.compile(
    r"\s*(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(?:人次|人|名|宗|起|件|场|次|个|家|支|元|万元)?\s*"
)
_NO_SUM: Final = re.compile(r"率|比|%|％|‰|平均|人均|序号|年份")
"""Heads of columns that do not add up."""


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    cells: tuple[str, ...]

    def value(self, column: int) -> Decimal | None:
        found = _NUMBER.fullmatch(plain(self.cells[column]))
        return Decimal(found[1].replace(",", "")) if found else None

    def place(self, column: int) -> int:
        """Where the column's number begins in the text."""
        cell = self.cells[column]
        before = sum(len(one) + 1 for one in self.cells[:column])
        return self.start + before + len(cell) - len(cell.lstrip())


def table_sums(bulletin: Bulletin) -> Iterator[Finding]:
    """Each column whose total is another number than its rows make."""
    for rows in _tables(bulletin.text):
        totals = [row for row in rows if _TOTAL.fullmatch(row.cells[0])]
        if len(totals) == 1 and not any("小计" in row.cells[0] for row in rows):
            yield from _columns(rows, totals[0])


def _tables(text: str) -> Iterator[list[_Row]]:
    rows: list[_Row] = []
    start = 0
    for line in [*text.split("\n"), ""]:
        cells = tuple(line.split("\t"))
        if rows and (len(cells) < 2 or len(cells) != len(rows[0].cells)):
            yield rows
            rows = []
        if len(cells) >= 2:
            rows.append(_Row(start, cells))
        start += len(line) + 1


def _columns(rows: list[_Row], total: _Row) -> Iterator[Finding]:
    for column in range(1, len(total.cells)):
        printed = total.value(column)
        numbered = [row for row in rows if row is not total and row.value(column) is not None]
        others = [row for row in rows if row is not total and row not in numbered]
        head = others[0].cells[column] if others else ""
        # one head and nothing left blank: otherwise it is not known what makes up the total
        if printed is None or len(numbered) < 2 or len(others) > 1 or _NO_SUM.search(head):
            continue
        made = sum((row.value(column) or Decimal(0) for row in numbered), Decimal(0))
        if made != printed:
            lines = dict.fromkeys("\t".join(row.cells) for row in (*others, *numbered, total))
            yield Finding(
                "sum_mismatch",
                (total.cells[column].strip(), *(row.cells[column].strip() for row in numbered)),
                tuple(lines),
                Label(
                    f"表中“{head.strip() or total.cells[0].strip()}”各行相加为 {made}，"
                    f"合计写的是 {printed}。",
                    f"in the table, “{head.strip() or 'total'}” adds up to {made}, the total says {printed}.",
                ),
                tuple(row.place(column) for row in (total, *numbered)),
            )
