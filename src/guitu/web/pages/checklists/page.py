"""Which lists wait, what was not done, and how far are those below? The states in which gallery and tests
show it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.levels.checklists import Checklist, checklists
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.pages.checklists import words

__all__ = ["STATES", "Board"]

_ON: Final = date(2026, 11, 23)


def _entry(n: int, kind: str, back: int, **fields: Value) -> Entry:
    on = _ON - timedelta(days=back)
    return Entry(
        id=UUID(int=n), file=UUID(int=1), kind=kind, happened_on=on,
        recorded_at=datetime(on.year, on.month, on.day, 9, tzinfo=CHINA), author="x", fields=fields,
    )  # fmt: skip


_LIST: Final = _entry(
    1, "checklist", 60, name="示例清单（事项由本单位填写）", every="month", who="town", use="community",
    items="示例事项甲\n示例事项乙", from_day=_ON - timedelta(days=60),
)  # fmt: skip
_SHEET: Final = _entry(
    2, "checklist_filled", 3, checklist=str(_LIST.id), name="示例清单", period=date(2026, 11, 1), asked=2,
    done=1, gaps="示例事项乙",
)  # fmt: skip
_FULL: Final[Checklist] = checklists((_LIST, _SHEET))[0]
_EMPTY: Final[Checklist] = checklists((_LIST,))[0]


def _rows(some: tuple[Checklist, ...]) -> Table:
    return Table(
        Label("本单位要填的", "For this unit to fill in"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("多久", "How often")),
            Column(Label("本期", "This period"), phone="bare"),
        ),
        tuple(
            Row((Cell(one.name, "#"), words.EVERY[one.every], Cell(part=words.sheet_word(one, _ON))))
            for one in some
        ),
        empty=None if some else Empty(Label("没有要填的检查表。", "There is no list to fill in.")),
        id="fill-list",
        hide_caption=True,
    )


_BOARD: Final = Board(
    Label("清单 · 金江镇", "Checklists · 金江镇"),
    Label("本期待填 1 张，以前没填 0 张；本单位制定 0 张", "1 to fill in now, 0 before; 0 drawn up here"),
    (Section("fill", Label("本单位要填的", "For this unit to fill in"), _rows((_EMPTY, _FULL))),),
    buttons=(Button(Label("新检查表", "A new list"), "#", "primary"),),
)
_ONE: Final = Board(
    _FULL.name,
    Label("下辖各乡镇（街道）填，每月；本期已填 1/2", "Every town below, every month; 1 of 2 filled in"),
    (
        Section(
            "items",
            Label("事项", "Items"),
            facts=tuple(Fact(str(n), item) for n, item in enumerate(_FULL.items, 1)),
        ),
    ),
)
_NONE: Final = Board(
    Label("清单 · 大塘村", "Checklists · 大塘村"),
    Label("本期待填 0 张", "Nothing to fill in"),
    (Section("fill", Label("本单位要填的", "For this unit to fill in"), _rows(())),),
)

STATES: Final = (
    State("board", Label("要填的", "To fill in"), _BOARD),
    State("one", Label("一张清单", "One list"), _ONE),
    State("none", Label("没有清单", "No list"), _NONE),
)
