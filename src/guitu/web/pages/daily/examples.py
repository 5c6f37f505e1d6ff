"""The named states of these pages."""

from __future__ import annotations

from typing import Final

from guitu.centre.roll import LABELS
from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.pages.daily.shown import BoardPage, FormPart, Line, LinesPage, Section, SlipPage

_TITLE: Final = Label("大队日常 · 一大队", "Brigade's day · 一大队")
_TABS: Final = Tabs(
    (Tab(Label("今日", "Today"), "#", here=True), Tab(Label("劳动", "Work"), "#")),
    Label("一大队日常", "Day of 一大队"),
)
_LEAD: Final = Label(
    "2026年11月23日 周一（工作日）· 在册 24，在位 22，外出 1，不明 1 · 现在：劳动（缝纫）",
    "Mon 23 November 2026 (working day) · 24 on the list, 22 here, 1 out, 1 missing · now: Work (缝纫)",
)
_ROLLS: Final = Table(
    Label("今日点名", "Rolls of the day"),
    (
        Column(Label("时间", "Time"), phone="lead"),
        Column(Label("状态", "State"), phone="bare"),
        Column(Label("人数", "Numbers"), phone="bare"),
    ),
    (
        Row(
            (
                "06:40",
                Cell(part=Word("done", Label("已点", "Held"))),
                Label("应到 24，实到 23，外出 1", "24 on the list, 23 there, 1 out"),
            )
        ),
        Row(("12:40", Cell(part=Word("today", Label("现在点名", "Due now"))), "")),
        Row(("21:00", Cell(part=Word("open", Label("未到时间", "Later"))), "")),
    ),
    (Label("应点 3 次，已点 1 次", "3 due, 1 held"),),
    id="rolls-list",
)
_MISSING: Final = Section(
    "missing",
    Label("有人不在位、原因不明", "Somebody is missing"),
    (
        Label(
            "① 马上再点一次，问同班、同室的人。", "① Call the roll again at once; ask those of the same room."
        ),
    ),
    Table(
        Label("点名不明", "Missing at a roll"),
        (Column(Label("姓名", "Name"), phone="lead"), Column(Label("情况", "State"), phone="bare")),
        (Row((Cell("符某某", href="#"), Cell(part=Word("late", Label("不明", "Missing"))))),),
        id="missing-list",
    ),
    buttons=(Button(Label("已找到：逐人登记", "Found: record who"), href="#", look="primary"),),
)
_LINES: Final = (
    Line(1, "符某某", "#", "fmm", choice="late", box="1"),
    Line(
        2,
        "王某某",
        "#",
        "wmm",
        Word("barred", Label("外出", "Out")),
        Label("所外就医", "Medical leave"),
        box="2",
    ),
    Line(3, "买买提·图尔荪", "#", "mmt", box="3"),
)
_ROLL: Final = LinesPage(
    Label("点名 12:40 · 一大队", "Roll, 12:40 · 一大队"),
    Label(
        "应到 3 人，其中已登记外出 1 人。没有写的都算在位。",
        "3 on the list, 1 of them out. Whoever is not named is present.",
    ),
    "#",
    _LINES,
    (Option("", Label("在位", "Present")), *(Option(name, label) for name, label in LABELS.items())),
    Button(Label("保存点名", "Save the roll"), look="primary"),
    Button(Label("取消", "Cancel"), href="#", look="link"),
    Label("一大队 3 人", "一大队, 3 people"),
    Label("点名情况", "At the roll"),
    typed=Field("marks", Label("例外", "Exceptions"), value="fmm1", optional=True),
    keys=(("1", LABELS["late"]), ("5", LABELS["missing"])),
)

EXAMPLES: Final = (
    State(
        "day",
        Label("一天", "A day"),
        BoardPage(_TITLE, _LEAD, (Section("rolls", Label("点名", "Rolls"), table=_ROLLS),), _TABS),
    ),
    State("missing", Label("有人不明", "Somebody missing"), BoardPage(_TITLE, _LEAD, (_MISSING,), _TABS)),
    State(
        "empty",
        Label("没有大队", "No brigades"),
        BoardPage(
            Label("大队日常", "Brigade's day"),
            "",
            (
                Section(
                    "brigades",
                    Label("各大队", "Each brigade"),
                    empty=Empty(Label("本单位没有大队。", "This unit has no brigades.")),
                ),
            ),
        ),
    ),
    State(
        "refused",
        Label("安排超过上限", "A plan over the ceilings"),
        BoardPage(
            Label("劳动 · 一大队", "Work · 一大队"),
            _LEAD,
            (
                Section(
                    "plan",
                    Label("安排一天", "Plan a day"),
                    form=FormPart(
                        "#",
                        (
                            Field(
                                "hours",
                                Label("每人劳动时间", "Hours for each"),
                                "decimal",
                                value="7",
                                error=Label(
                                    "安排劳动 7 小时，超出上限：每天不超过六小时",
                                    "7 hours of work: over the ceiling, six hours a day at most",
                                ),
                            ),
                        ),
                        Button(Label("保存安排", "Save the plan"), look="primary"),
                    ),
                ),
            ),
            summary=ErrorSummary(
                (Fault(Label("安排劳动 7 小时，超出上限", "7 hours of work: over the ceiling"), "f-hours"),)
            ),
        ),
    ),
    State("roll", Label("点名", "The roll"), _ROLL),
    State(
        "roll_held",
        Label("已经点过", "Held already"),
        LinesPage(
            _ROLL.title,
            _ROLL.lead,
            "#",
            _LINES,
            _ROLL.options,
            _ROLL.button,
            _ROLL.back,
            _ROLL.caption,
            _ROLL.choice_label,
            hours_label=Label("实际小时", "Hours worked"),
            notices=(
                Notice("fault", Label("12:40 的点名已经登记过", "The roll of 12:40 is recorded already")),
            ),
        ),
    ),
    State(
        "slip",
        Label("劳动报酬凭条", "Slip of pay"),
        SlipPage(
            Label("2026年10月劳动报酬", "Pay for work, October 2026"),
            "一大队",
            "符某某",
            (
                (Label("劳动天数", "Days worked"), Label("20 天", "20 days")),
                (Label("金额", "Amount"), Label("240 元", "240 yuan")),
            ),
            (Label("120 × 2 ＝ 240", "120 × 2 = 240"),),
            Button(Label("回到报酬", "Back to pay"), href="#", look="link"),
        ),
    ),
)
