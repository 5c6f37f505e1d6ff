"""The pages of outreach in the states that the gallery and the tests show. They need no store."""

from __future__ import annotations

from datetime import date
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.picture.component import BLANK
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.pages.outreach import words
from guitu.web.pages.outreach.shown import EventPage, ImportPage, PhotoShown

_TABS: Final = Tabs(tuple(Tab(label, "#", part == "") for part, label in words.TABS), words.TITLE)
_PLAN: Final = Button(Label("安排一次宣讲", "Plan a talk"), "#", "primary")


def _plans(caption: Label, rows: tuple[Row, ...], name: str, empty: Empty | None = None) -> Table:
    return Table(
        caption,
        (
            Column(Label("哪天", "Day"), phone="lead"),
            Column(Label("主题", "Topic")),
            Column(words.PLACE),
            Column(Label("宣讲员", "Speaker")),
            Column(Label("状态", "State"), phone="bare"),
            Column(words.ACT, phone="act", hide_label=True),
        ),
        rows,
        (Label(f"{len(rows)} 场", f"{len(rows)} talks"),),
        empty=empty,
        id=name,
    )


def _row(day: str, topic: str, state: str, act: Label) -> Row:
    return Row(
        (
            Cell(day, "#"), topic, "示例县 河西镇 大礼堂", "示例讲师", Cell(part=words.plan_word(state)),  # type: ignore[arg-type]
            Cell(part=Button(act, "#", "small", describes=topic)),
        )
    )  # fmt: skip


_CALENDAR: Final = Board(
    Label("宣讲 · 示例省", "Outreach · 示例省"),
    Label("接下来 2 场 · 待登记 1 场 · 待安排的申请 3 份", "2 to come · 1 to record · 3 waiting"),
    (
        Section("late", Label("讲过没有？", "Were they held?"), _plans(
            Label("日子已过、没有登记", "Past and not recorded"),
            (_row("2026-11-20 15:00", "健康人生", "unreported", Label("登记", "Record")),), "late-list",
        )),
        Section("coming", Label("接下来", "Coming"), _plans(
            Label("接下来的宣讲", "Talks to come"),
            (_row("2026-11-23 09:30", "青少年防毒", "today", Label("登记", "Record")),
             _row("2026-12-01 15:00", "家庭怎样帮助", "coming", Label("改期", "Move"))), "coming-list",
        )),
        Section("year", Label("今年以来", "This year"), facts=(
            Fact(Label("活动", "Events"), Label("145 场", "145")),
            Fact(Label("受众", "Audience"), Label("12,480 人次", "12,480 person-times")),
            Fact(Label("没有清点人数的", "Not counted"), Label("3 场", "3 events")),
        ), says=(words.PERSON_TIMES,)),
    ),
    buttons=(_PLAN,),
    notices=(Notice("gap", Label("3 份申请还没有安排，最早的已等 12 天",
                                 "3 requests wait to be planned, the first of them for 12 days"),
                    actions=(Button(Label("看申请", "See the requests"), "#"),)),),
    tabs=_TABS,
)  # fmt: skip

_NOTHING: Final = Board(
    _CALENDAR.title,
    Label("接下来 0 场 · 待登记 0 场 · 待安排的申请 0 份", "0 to come · 0 to record · 0 waiting"),
    (Section("coming", Label("接下来", "Coming"), _plans(
        Label("接下来的宣讲", "Talks to come"), (), "coming-list",
        Empty(Label("没有安排。", "Nothing is planned."), (_PLAN,)),
    )),),
    tabs=_TABS,
)  # fmt: skip

_FILE: Final = Field("file", Label("照片", "Photo"), "file", accept=".jpg,.jpeg,.png")
_EVENT: Final = EventPage(
    Label("2026-11-20 健康人生", "2026-11-20 健康人生"),
    Label("宣传活动", "Outreach event"),
    (Section("event", Label("活动情况", "The event"), facts=(
        Fact(Label("受众", "Audience"), Label("240 人次", "240 person-times")),
        Fact(Label("怎样计数", "How it was counted"), Label("签到", "Sign-in sheet")),
    )),),
    (
        PhotoShown(BLANK, "讲台和横幅", Word("done", Label("可以公开", "May be public")),
                   Label("认不出任何人", "Nobody can be recognised"), date(2026, 11, 20),
                   Button(Label("作废", "Withdraw"), "#", "link")),
    ),
    (_FILE,),
    "#",
    "",
)  # fmt: skip

_FAULTS: Final = Table(
    Label("错在哪里", "What is wrong"),
    (Column(Label("行", "Row"), numeric=True, phone="lead"), Column(Label("列", "Column")),
     Column(Label("问题", "Fault"), phone="bare")),
    (Row(("3", "浏览次数", Label("“1.2万”不是整数", "“1.2万” is not a whole number"))),
     Row(("5", "—", Label("与第 4 行的 2026-10-01 至 2026-10-31 重叠，会重复计数",
                          "overlaps with 2026-10-01 to 2026-10-31 (row 4) and would count twice")))),
    (Label("2 处", "2 faults"),),
    id="fault-list",
)  # fmt: skip
_IMPORT: Final = ImportPage(
    Label("导入渠道数据 · 示例省", "Import reach of channels · 示例省"),
    Label("一处有误就一行也不写入。", "One fault, and nothing is taken in."),
    (Section("faults", Label("错在哪里", "What is wrong"), _FAULTS),),
    Field("file", Label("表格", "Table"), "file", accept=".csv,.xlsx,.xls"),
    "#",
    "",
    Button(Label("导入", "Import"), look="primary"),
    summary=ErrorSummary(
        (Fault(Label("2 处有误，一行也没有导入。", "2 faults, and not one row was taken in."), "faults"),)
    ),
)

STATES: Final = (
    State("calendar", Label("日程", "Calendar"), _CALENDAR),
    State("nothing", Label("还没有", "Nothing yet"), _NOTHING),
    State("event", Label("一场活动和照片", "An event with photos"), _EVENT),
    State("faults", Label("导入有误", "A table with faults"), _IMPORT),
)
