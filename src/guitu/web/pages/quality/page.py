"""Data quality: where do records fall short, and what is to be done about it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.periods.component import Periods, Step
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs


@dataclass(frozen=True, slots=True)
class Todo:
    """One way in which records fall short: what it means, what to do, and where."""

    label: Label
    definition: Label
    todo: Label
    go: Button | None = None


@dataclass(frozen=True, slots=True)
class QualityPage:
    """The unit and those below it by what falls short, then what each means and what to do."""

    summary: Text
    crumbs: Crumbs | None
    parts: Tabs
    periods: Periods | None
    table: Table | None
    todos: tuple[Todo, ...] = ()
    notes: tuple[Text, ...] = ()
    as_of: Text = ""
    notices: tuple[Notice, ...] = ()
    downloads: tuple[Button, ...] = ()
    empty: Empty | None = None
    title: Label = Label("数据质量", "Data quality")  # noqa: RUF009 - Label is frozen


_PARTS: Final = Tabs(
    (
        Tab(Label("指标", "Indicators"), "#"),
        Tab(Label("同期人群", "Cohorts"), "#"),
        Tab(Label("数据质量", "Data quality"), "#", here=True),
    ),
    Label("数据", "Figures"),
)
_COLUMNS: Final = (
    Column(Label("单位", "Unit"), phone="lead"),
    Column(Label("迟登", "Recorded late"), numeric=True),
    Column(Label("更正", "Corrections"), numeric=True),
    Column(Label("缺记录", "Missing"), numeric=True),
    Column(Label("无研判", "Not assessed"), numeric=True),
    Column(Label("退回行", "Held rows"), numeric=True),
)
_ROWS: Final = (
    Row((Cell("示例县"), "8.4%（102/1,214）", "1.2%（15/1,214）", "5.1%（31/608）", "※不足10", "41")),
    Row((Cell("河西镇", "#"), "12.0%（72/600）", "※", "※", "0", "41")),
    Row((Cell("河东镇", "#"), "4.9%（30/614）", "※", "※", "※不足10", "0")),
)
_PERIODS: Final = Periods(
    Label("2026年10月", "October 2026"),
    (Step(Label("月", "Month"), "#", here=True),),
    Step(Label("2026年9月", "September 2026"), "#"),
    Step(Label("2026年11月", "November 2026"), "#"),
    "2026-10",
    "#",
)
_EXAMPLE: Final = QualityPage(
    Label(
        "示例县 2026年10月：1,214 条记录中 102 条迟登；31 项应办事项缺记录",
        "Example county, October 2026: 102 of 1,214 entries were recorded late; 31 duties lack a record",
    ),
    Crumbs((Crumb("示例省"), Crumb("示例县"))),
    _PARTS,
    _PERIODS,
    Table(Label("按单位", "By unit"), _COLUMNS, _ROWS),
    (
        Todo(
            Label("迟登", "Recorded late"),
            Label(
                "当月登记的记录中，事情发生超过 3 天才登记的",
                "entries recorded more than 3 days after the event",
            ),
            Label("当天的事当天登。", "Record on the day."),
        ),
        Todo(
            Label("缺记录", "Missing"),
            Label("期限已过、没有办结记录的应办事项", "duties past their day without a record"),
            Label("已办的补登记录。", "Record what was done."),
            Button(Label("看逾期事项", "See overdue duties"), href="#", look="link"),
        ),
    ),
    as_of=Label("数据截至 2026-11-23 06:00", "As of 2026-11-23 06:00"),
)

STATES: Final = (
    State("county", Label("县", "County"), _EXAMPLE),
    State(
        "nothing_yet",
        Label("还没有数", "No figures yet"),
        QualityPage(
            Label("示例县：还没有数", "Example county: no figures yet"),
            None,
            _PARTS,
            None,
            None,
            empty=Empty(
                Label(
                    "还没有算过数据质量。请系统管理员运行 guitu indicators refresh。",
                    "Data quality has not been worked out yet. Ask the system administrator to run guitu"
                    " indicators refresh.",
                )
            ),
        ),
    ),
)
