"""The states of the pages on which a unit is renamed, merged, split or closed, with made-up units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.levels.organisation import CHANGE
from guitu.store.levels.reorganising import Change, Concerned, NotChanged, Undoing
from guitu.store.units import NOWHERE, Unit
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Row, Table
from guitu.web.inside.shown import Board, Section
from guitu.web.pages.organisation import shown, words
from guitu.web.pages.organisation.shown import WAYS, Choices, One

_TOWN: Final = Unit(
    4, "469023101", "东坡镇", "town", 2, 3, ("46", "469023", "469023101"), NOWHERE, None, None
)
_OTHER: Final = replace(_TOWN, no=5, code="469023100", name="河西镇", path=("46", "469023", "469023100"))
_COUNTY: Final = replace(_TOWN, no=2, code="469023", name="示例县", level="county", path=("46", "469023"))
_FOUND: Final = Concerned(
    128, 96, 41, 3, (("town_office", 2), ("village_worker", 5)), 0, (), (("李晓梅", 40), ("王建国", 31))
)
_ID: Final = "0193a0c4-0000-7000-8000-000000000001"
_DAY: Final = date(2026, 11, 23)


def _one(**typed: str) -> One:
    return One(_TOWN, _TOWN.code, typed)


_INTO: Final = Choices((_COUNTY, _OTHER), ((_OTHER.code, "示例县 河西镇"),))
_NO_NAME: Final = NotChanged(Label("请填写新名称。", "Enter the new name."), "name")
_BELOW: Final = NotChanged(
    Label("下级还有在用的单位：东坡村；请先处理它们。", "Units below are at work: 东坡村. See to them first.")
)
_ENTRY: Final = Entry(
    id=UUID(int=9), file=UUID(int=1), kind=CHANGE, happened_on=_DAY,
    recorded_at=datetime(2026, 11, 23, 9, 0, tzinfo=CHINA), author="wang.jg", unit="469023",
    fields={"what": "merged", "before": "东坡镇", "other": _TOWN.code}, source="units",
)  # fmt: skip
_MOVED_ON: Final = NotChanged(
    Label("其后又有变更，先撤销后来的。", "Something was changed after it: undo that first.")
)


def _history(*rows: Row) -> Board:
    heading = Label("单位沿革", "History of units")
    table = Table(
        heading, words.CHANGE_COLUMNS, rows, (Label(f"共 {len(rows)} 次", f"{len(rows)} in all"),),
        empty=None if rows else Empty(words.NO_CHANGE), id="change-list", hide_caption=True,
    )  # fmt: skip
    return Board(
        Label("单位沿革 · 示例县", "History of units · 示例县"),
        Label("更名、并入、分出、停用", "renamed, merged, split, closed"),
        (Section("changes", heading, table, says=(words.STAY_AS_THEY_WERE,)),),
        buttons=tuple(Button(label, "#", "plain") for label, _ in WAYS.values()),
        tabs=words.tabs("changes", ""),
    )


_UNDO: Final = Cell(part=Button(Label("撤销", "Undo"), href="#", look="small", describes="河西镇"))
_ROWS: Final = (
    Row(
        (Cell("河西镇", "#"), "2026-11-20", Label("更名", "Renamed"), "西河乡", "—", "示政发 9 号", _UNDO)
    ),
    Row((Cell("河西镇", "#"), "2024-03-01", Label("合并", "Merged"), "南坡乡", "南坡乡", "—", "")),
)  # fmt: skip

STATES: Final = (
    State("changes", Label("单位沿革", "History of units"), _history(*_ROWS)),
    State("changes_none", Label("没有变更", "No changes"), _history()),
    State("rename", Label("更名", "Rename"), shown.form(_one(), "renamed", _FOUND, Choices(), _ID)),
    State(
        "rename_fault",
        Label("更名，没写名称", "Rename, without a name"),
        shown.form(_one(paper="示政发〔2026〕9号"), "renamed", _FOUND, Choices(), _ID, _NO_NAME),
    ),
    State("merge", Label("并入", "Merge"), shown.form(_one(), "merged", _FOUND, _INTO, _ID)),
    State(
        "merge_confirm",
        Label("核对后并入", "Merge, to be confirmed"),
        shown.confirm(_one(), Change(_TOWN, "merged", other=_OTHER), _FOUND, _ID),
    ),
    State("split", Label("分出", "Split"), shown.form(_one(), "split", _FOUND, _INTO, _ID)),
    State(
        "split_confirm",
        Label("核对后分出", "Split, to be confirmed"),
        shown.confirm(
            _one(),
            Change(_TOWN, "split", "东坡新区", _COUNTY, "469023102", ("李晓梅",)),
            _FOUND,
            _ID,
        ),
    ),
    State(
        "close_refused",
        Label("不能停用", "Cannot be closed"),
        shown.form(_one(), "closed", _FOUND, Choices(), _ID, _BELOW),
    ),
    State(
        "close_confirm",
        Label("核对后停用", "Close, to be confirmed"),
        shown.confirm(_one(), Change(_TOWN, "closed"), replace(_FOUND, people=0, current=0, duties=0), _ID),
    ),
    State(
        "undo",
        Label("撤销变更", "Undo a change"),
        shown.undoing(_one(), _OTHER, _ENTRY, Undoing(_OTHER, _ENTRY, _TOWN, 126, 2), None, _ID),
    ),
    State(
        "undo_refused",
        Label("不能撤销", "Cannot be undone"),
        shown.undoing(_one(), _OTHER, _ENTRY, None, _MOVED_ON, _ID),
    ),
)
