"""The duties of Today as a table, for who takes them along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.pages.today.rows import TAIL, Group

CAPTION: Final = Label("应办事项", "Duties")
ID: Final = "due"

_COLUMNS: Final = (
    Column(Label("状态", "State")),
    Column(Label("姓名", "Name")),
    Column(Label("档案号", "Case number")),
    Column(TAIL),
    Column(Label("事项", "Duty")),
    Column(Label("依据", "Basis")),
    Column(Label("应办日", "Due")),
    Column(Label("责任单位", "Responsible unit")),
    Column(Label("责任人", "Worker")),
    Column(Label("说明", "Note")),
)


def table_of(groups: Iterable[Group], pager: Pager | None) -> Table:
    """These lines, each with its day and what it rests on."""
    rows = tuple(
        Row(
            (
                Cell(part=row.word),
                row.name,
                row.case_no,
                row.tail,
                row.law.label,
                row.law.cites[0] if row.law.cites else "",
                row.due,
                row.where or row.unit,
                row.worker,
                row.note,
            )
        )
        for group in groups
        for row in group.rows
    )
    return Table(CAPTION, _COLUMNS, rows, pager=pager, id=ID)
