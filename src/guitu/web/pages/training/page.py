"""Who may train, how hard, and is it getting better? The states of these pages."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import NAME, NUMBER, Box, Fact, Form, Line, Section, Sheet
from guitu.web.inside.shown import Board as Shown

_CRUMBS: Final = Crumbs((Crumb(Label("康复训练", "Training"), "#"), Crumb("符某某")))
_SAVE: Final = Button(Label("保存", "Save"), look="primary")
_BACK: Final = Button(Label("取消", "Cancel"), href="#", look="link")
_NOT: Final = Label(
    "训练许可 2026-11-01 到期，要医生重新检查",
    "the clearance ran out on 2026-11-01: the doctor has to examine anew",
)
_PEOPLE: Final = Table(
    Label("人员", "People"),
    (
        Column(Label("姓名", "Name"), phone="lead"),
        Column(Label("训练许可", "Clearance"), phone="bare"),
        Column(Label("处方", "Prescription")),
        Column(Label("上次测试", "Last test")),
    ),
    (
        Row(
            (
                Cell("符某某", "#"),
                Cell(part=Word("done", Label("可以，至 2027-01-01", "cleared, until 2027-01-01"))),
                Label("健步走 110–128 次/分", "Brisk walking 110–128 bpm"),
                "2026-11-02",
            )
        ),
        Row(
            (
                Cell("王某某", "#"),
                Cell(part=Word("gap", Label("待医生检查", "For the doctor to examine"))),
                "—",
                "—",
            )
        ),
    ),
)
_WHAT: Final = (Option("", Label("照计划", "As planned")), Option("stopped", Label("中途停训", "Stopped")))


def _sheet(error: Label | str = "") -> Sheet:
    return Sheet(
        Label("集体训练：一大队", "Session: first brigade"),
        Label("2 人可以训练，不标的都算照计划训练", "2 may train; as planned unless marked"),
        "#",
        (
            NUMBER,
            NAME,
            Label("目标心率", "Target heart rate"),
            Label("情况", "What"),
            Label("用力程度", "Exertion"),
        ),
        tuple(
            Line(
                str(n),
                name,
                "#",
                (
                    Box(f"p{n}", Label(f"情况：{name}", f"What: {name}"), "choice", "", _WHAT),
                    Box(
                        f"e{n}",
                        Label(f"用力程度：{name}", f"Exertion: {name}"),
                        "text",
                        "31" if error else "",
                        error=error if n == 1 else "",
                    ),
                ),
                cells=("110–128",),
            )
            for n, name in enumerate(("符某某", "王某某"), 1)
        ),
        (),
        _SAVE,
        _BACK,
        Label("2 人", "2 people"),
        _CRUMBS,
        (Field("starts", Label("开始时间", "Begins"), value="08:30"),),
        ErrorSummary((Fault(error, "f-e1"),)) if error else None,
        (
            Notice(
                "gap",
                Label(
                    "1 人没有有效的训练许可，不在名单上。", "1 has no clearance in force and is not on it."
                ),
            ),
        ),
    )


STATES: Final = (
    State(
        "day",
        Label("一个大队", "A brigade"),
        Shown(
            Label("康复训练", "Rehabilitation training"),
            Label(
                "一大队 2 人：可以训练 1，待医生 1",
                "First brigade, 2 people: 1 may train, 1 waits for the doctor",
            ),
            (Section("people", Label("人员", "People"), _PEOPLE),),
            buttons=(Button(Label("登集体训练", "Record a session"), href="#", look="primary"),),
        ),
    ),
    State("session", Label("集体训练", "A session"), _sheet()),
    State(
        "wrong",
        Label("用力程度有误", "A wrong exertion"),
        _sheet(Label("符某某：用力程度是 6 到 20 的数", "Fu: exertion is from 6 to 20")),
    ),
    State(
        "person",
        Label("一个人，许可已到期", "One person, the clearance has run out"),
        Shown(
            Label("符某某 的康复训练", "Fu: training"),
            Label("2 次测试，没有有效的处方", "2 tests, no prescription in force"),
            (
                Section(
                    "now",
                    Label("现在", "Now"),
                    facts=(
                        Fact(Label("训练许可", "Clearance"), Label("2026-11-01 到期", "ran out 2026-11-01")),
                    ),
                ),
            ),
            _CRUMBS,
            (Button(Label("开运动处方", "Write a prescription"), why_not=_NOT),),
            (Notice("barred", _NOT),),
        ),
    ),
    State(
        "prescription",
        Label("开处方，先算一算", "A prescription, worked out first"),
        Form(
            Label("运动处方：符某某", "Exercise prescription: Fu"),
            Label("36 岁", "36 years"),
            "#",
            (
                Field(
                    "resting",
                    Label("安静心率", "Resting heart rate"),
                    "whole",
                    value="70",
                    unit=Label("次/分", "beats a minute"),
                ),
            ),
            (),
            _SAVE,
            _BACK,
            _CRUMBS,
            facts=(Fact(Label("目标心率", "Target heart rate"), "115–138"),),
            look=Button(Label("先算一算", "Work it out first"), name="look", value="yes"),
        ),
    ),
)
