"""Whatever an office does to the layout of its ledgers, the same faults are found at their new places."""

from __future__ import annotations

import io
from random import Random
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from guitu.exchange.ledgers import check_workbook
from tests.exchange.sheets import ON, as_xls, fixture, saved
from tests.exchange.test_fixtures import SYNONYMS, expected, said

HEADERS = {"花名册": (3, 4), "社戒社康": (3, 3), "尿检": (3, 3)}
"""The first and the last row of each header."""
GROUP = range(8, 13)
"""Columns of the roster that stand under one merged heading, and stay together."""


class Layout:
    """One way of laying out a sheet: rows further down, columns moved, blanks between, other words, headers
    repeated, blank lines."""

    def __init__(self, rng: Random, sheet: Worksheet) -> None:
        self.rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.first, self.last = HEADERS[sheet.title]
        self.merges = [
            (m.min_row, m.min_col - 1, m.max_row, m.max_col - 1) for m in sheet.merged_cells.ranges
        ]
        self.words = SYNONYMS if rng.random() < 0.5 else {}
        wide = len(self.rows[0])
        grouped = self.first != self.last
        blocks = [[at] for at in range(wide) if not (grouped and at in GROUP)]
        if grouped:
            blocks.insert(GROUP.start, list(GROUP))
        if rng.random() < 0.7:
            rng.shuffle(blocks)
        self.columns: list[int | None] = []
        for block in blocks:
            self.columns += [None] * (rng.random() < 0.15)
            self.columns += block
        self.place: dict[int, int] = {}
        self.repeats: list[int] = []
        at = 1 + rng.choice([0, 1, 3, 7, 25])
        for number in range(1, len(self.rows) + 1):
            if number > self.last + 5 and rng.random() < 0.04:
                self.repeats.append(at)
                at += self.last - self.first + 1
            at += number > self.last + 3 and rng.random() < 0.03
            self.place[number] = at
            at += 1

    def write(self, out: Worksheet) -> None:
        """Fill the sheet."""
        for number, row in enumerate(self.rows, start=1):
            self._row(out, self.place[number], row, heading=self.first <= number <= self.last)
        for at in self.repeats:
            for level in range(self.first, self.last + 1):
                self._row(out, at + level - self.first, self.rows[level - 1], heading=True)
        for top, left, bottom, right in self.merges:
            if top < self.first or self.place[bottom] - self.place[top] != bottom - top:
                continue
            columns = [self.columns.index(at) + 1 for at in range(left, right + 1)]
            out.merge_cells(
                start_row=self.place[top],
                end_row=self.place[bottom],
                start_column=min(columns),
                end_column=max(columns),
            )

    def _row(self, out: Worksheet, at: int, row: list[Any], *, heading: bool) -> None:
        for column, source in enumerate(self.columns, start=1):
            value = row[source] if source is not None else None
            if value is not None:
                out.cell(at, column).value = self.words.get(value, value) if heading else value


def laid_out(name: str, seed: int) -> tuple[bytes, dict[str, Any]]:
    """A fixture in another layout, and what must be found in it."""
    rng = Random(seed)
    out = openpyxl.Workbook()
    out.remove(out.active)
    layouts = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(fixture(name))):
        if sheet.title in HEADERS:
            layouts[sheet.title] = Layout(rng, sheet)
            layouts[sheet.title].write(out.create_sheet(sheet.title))
    wanted = expected(name)
    for one in wanted["sheets"]:
        one["header_row"] = layouts[one["sheet"]].place[one["header_row"]]
    for problem in wanted["problems"]:
        layout = layouts[problem["sheet"]]
        problem["row"] = layout.place[problem["row"]]
        words = layout.words.get(problem["column"], problem["column"])
        problem["column"] = "".join(words.split())
    return saved(out), wanted


def by_place(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with the problems in an order that columns do not change."""
    keys = ("sheet", "row", "column", "code")
    return {**answer, "problems": sorted(answer["problems"], key=lambda p: [str(p[k]) for k in keys])}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["facility_roster", "community_and_tests"])
def test_the_same_faults_are_found_in_every_layout(name: str, seed: int) -> None:
    data, wanted = laid_out(name, seed)
    assert by_place(said(check_workbook(data, on=ON))) == by_place(wanted)
    assert by_place(said(check_workbook(as_xls(data), on=ON))) == by_place(wanted)
