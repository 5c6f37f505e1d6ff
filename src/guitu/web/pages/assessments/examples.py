"""The states of these pages, with made-up assessments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.assessments.listing import UNSET
from guitu.web.pages.assessments.shown import (
    LIST,
    STAGE_COLUMNS,
    AssessmentsPage,
    CentresPage,
    Domain,
    Evidence,
    FilePage,
    Part,
    Proposing,
    Result,
    SheetPage,
    Step,
    Written,
)
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers

_WHO: Final = Identity(
    "符某某", (Label("男 34 岁", "Male, 34"), Label("责任：一大队", "Responsible: 1st brigade"))
)
_ONE_YEAR: Final = Label("一年后综合评估", "One year")
_LAW: Final = Label("《禁毒法》第47条：期满前", "Anti-Drug Law art. 47: before expiry")


def _act(label: Label) -> Cell:
    return Cell(part=Button(label, href="#", look="small"))


_WRITE: Final = Label("写评估表", "Write the sheet")
_ROWS: Final = (
    Row(
        (
            Cell("王某某", "#"),
            Label("期满前综合评估", "Before expiry"),
            Cell(part=Word("open", Label("还有 9 天", "in 9 days"))),
            "2026-12-02",
            _LAW,
            "二大队",
            "2026-12-02",
            _act(_WRITE),
        )
    ),
    Row(
        (
            Cell("符某某", "#"),
            "—",
            Cell(part=Word("today", Label("待第二人签字", "Waits for the second"))),
            "—",
            Label("没有规定日子", "No day is set"),
            "一大队",
            "2027-10-31",
            _act(Label("去签字", "Sign")),
        )
    ),
)
_LIST: Final = AssessmentsPage(
    "示范第一强制隔离戒毒所",
    Label(
        "逾期 0 · 三十日内 1 · 待签字 1 · 异议 0",
        "0 overdue · 1 within thirty days · 1 to sign · 0 objections",
    ),
    Filters(
        (
            Group(
                Label("状态", "State"),
                (
                    Chip(Label("逾期", "Overdue"), "#", 0, kind="late"),
                    Chip(Label("三十日内", "Within thirty days"), "#", 1),
                ),
            ),
        ),
        name=Label("筛选待办", "Filter"),
    ),
    Table(Label("待办", "To do"), LIST, _ROWS, (Label("共 2 项", "2 in all"),)),
)

_STAGES: Final = Table(
    Label("各阶段", "Stages"),
    STAGE_COLUMNS,
    (
        Row(
            (
                Cell(Label("生理脱毒评价", "Physiological"), strong=True),
                Cell(part=Word("done", Label("已评估 2026-02-20", "Assessed 2026-02-20"))),
                "2026-02-01",
                "—",
                Label("没有规定日子", "No day is set"),
                "",
            )
        ),
        Row(
            (
                Cell(_ONE_YEAR, strong=True),
                Cell(part=Word("open", Label("可以评估", "May be assessed"))),
                "2026-11-01",
                "—",
                Label("《禁毒法》第47条：满一年后可以", "Anti-Drug Law art. 47: may follow after one year"),
                _act(_WRITE),
            )
        ),
    ),
    id="stages",
)
_DOMAINS: Final = (
    Domain(
        "physiological",
        Label("生理脱毒", "Physiological"),
        Label("合格", "Pass"),
        "入所以来检测均为阴性。",
        (Evidence(Label("2026-10-30 检测：已检，结果：阴性", "2026-10-30 Test: taken, negative"), "#"),),
    ),
    Domain(
        "conduct",
        Label("行为表现", "Conduct"),
        Label("不合格", "Fail"),
        "九月两次违反作息规定。",
        (
            Evidence(
                Label("2026-09-12 流转评估：暂不流转", "2026-09-12 Zone review: stays"),
                "#",
                Word("gap", Label("后来更正", "corrected since")),
            ),
        ),
        Label("另有 2 条不向您显示", "2 more"),
    ),
)
_SOUND: Final = Result(
    "r-1",
    Label("2026-11-05 一年后综合评估", "2026-11-05 One year"),
    Word("done", Label("两人签字，内容与摘要相符", "Two signatures; it is what was signed")),
    Label("签字：李晓梅、张某；参加：陈医生", "Signed by 李晓梅 and 张某; also on the panel: 陈医生"),
    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    _DOMAINS,
    (
        Step(
            "2026-11-05 10:02", Label("登记", "Written"), Label("李晓梅；第二人 张某", "李晓梅; second: 张某")
        ),
    ),
    Label(
        "2026-11-06 交本人，本人签收；可以提出异议至 2026-11-11（本所设置）。",
        "Given on 2026-11-06: signed; objections until 2026-11-11 (the centre's setting).",
    ),
    (
        (
            Label("2026-11-08 提出", "Raised 2026-11-08"),
            "九月只有一次。",
            Word("today", Label("待复核", "To be re-checked")),
        ),
    ),
    (Button(Label("复核异议（由原评估以外的人）", "Re-check (by others)"), href="#"),),
    open=True,
)
_ALTERED: Final = replace(
    _SOUND,
    id="r-2",
    heading=Label("2026-02-20 生理脱毒评价", "2026-02-20 Physiological"),
    word=Word("fault", Label("与签字的内容不符", "Not what was signed")),
    objections=(),
    buttons=(),
    copy="",
    steps=(
        *_SOUND.steps,
        Step(
            "2026-11-20 16:40",
            Label("更正", "Corrected"),
            "王某",
            "抄错",
            ((Label("行为表现", "Conduct"), Label("不合格", "Fail"), Label("合格", "Pass")),),
        ),
    ),
)
_GONE: Final = replace(
    _ALTERED,
    id="r-3",
    heading=Label("2026-01-10 入所调查评估", "2026-01-10 Intake"),
    word=Word("barred", Label("已作废", "Withdrawn")),
    withdrawn=True,
    steps=(
        *_SOUND.steps,
        Step(
            "2026-11-20 16:40",
            Label("作废", "Withdrawn"),
            Label("王某；第二人 赵某", "王某; second: 赵某"),
            "登错人",
        ),
    ),
)
_PROPOSING: Final = (
    Proposing(
        Label("提前解除", "Early release"),
        (
            (
                Label(
                    "被追回的强制隔离戒毒人员不得提前解除", "A recaptured person may not be released early"
                ),
                Label("《戒毒条例》第32条", "戒毒条例 art. 32"),
            ),
        ),
        "",
    ),
    Proposing(
        Label("延长期限", "Extension"),
        (),
        Label("期满前提出，合计不超过一年。", "Before expiry."),
        Button(Label("写意见书", "Write the opinion"), href="#"),
    ),
)
_FILE: Final = FilePage("46J01-2026-00012", _WHO, _STAGES, (_SOUND, _ALTERED, _GONE), _PROPOSING)


def _sheet(**more: object) -> SheetPage:
    kind = kinds()["assessment_sheet"]
    answers = Answers({form.DAY: "2026-11-23", "stage": "one_year"}, date(2026, 11, 23))
    fields = {f.name: f for f in form.fields_of(kind, answers)}
    parts = tuple(
        Part(
            name,
            kind.ask(name).label,
            (fields[name], fields[f"{name}_reason"]),
            (
                Evidence(
                    Label("2026-10-30 检测：已检，结果：阴性", "2026-10-30 Test: taken, negative"),
                    "#",
                    value=f"{name}:1",
                ),
            )
            if name != "social"
            else (),
            ("检测阴性", "停用戒断治疗药物") if name == "physiological" else (),
        )
        for name in ("physiological", "recovery", "conduct", "social")
    )
    page = SheetPage(
        "46J01-2026-00012",
        _WHO,
        Label("写评估表", "Writing an assessment sheet"),
        (fields[form.DAY], fields["stage"]),
        parts,
        (fields["members"],),
        (),
        "#",
        Button(Label("签字并提交第二人", "Sign, and submit to a second"), look="grave"),
        Button(Label("取消", "Cancel"), href="#", look="link"),
    )
    return replace(page, **more)  # type: ignore[arg-type]


STATES: Final = (
    State("usual", Label("有待办", "Something to do"), _LIST),
    State(
        "unset",
        Label("没有设置天数", "No days set"),
        replace(
            _LIST,
            notices=(
                Notice("info", UNSET, actions=(Button(Label("设置天数和清单", "Set them"), href="#"),)),
            ),
            table=replace(
                _LIST.table,
                rows=(),
                counts=(),
                empty=Empty(Label("没有要办的评估。", "No assessments to do.")),
            ),
        ),
    ),
    State("person", Label("一人的评估", "One person"), _FILE),
    State(
        "waiting",
        Label("等第二人签字", "Waiting for the second"),
        replace(
            _FILE,
            results=(),
            notices=(
                Notice(
                    "today",
                    Label(
                        "一份评估表已由李晓梅签字，等另一人签同一内容。",
                        "A sheet waits for a second signature.",
                    ),
                    actions=(Button(Label("去看", "Open it"), href="#"),),
                ),
            ),
        ),
    ),
    State(
        "opinion",
        Label("已写意见书", "An opinion written"),
        replace(
            _FILE,
            results=(_SOUND,),
            written=(
                Written(
                    Label("2026-11-12 建议延长期限", "2026-11-12 proposes extension"),
                    "#",
                    Word("open", Label("决定机关 2026-11-18 收到", "Received 2026-11-18")),
                    Label("应于 2026-11-25 前决定（《戒毒条例》第33条）", "To be decided by 2026-11-25"),
                ),
            ),
        ),
    ),
    State("sheet", Label("写评估表", "Writing a sheet"), _sheet),
    State(
        "sheet_faults",
        Label("评估表填写有误", "A sheet wrongly filled in"),
        lambda: _sheet(
            summary=ErrorSummary(
                (
                    Fault(
                        Label("行为表现的理由：请写明理由", "Conduct: state the reasons"), "f-conduct_reason"
                    ),
                )
            )
        ),
    ),
    State(
        "centres",
        Label("选择场所", "Which centre"),
        CentresPage(
            Label("请选择场所。", "Choose a centre."),
            Table(
                Label("强制隔离戒毒场所", "Centres"),
                (
                    Column(Label("场所", "Centre"), phone="lead"),
                    Column(Label("在所", "People"), numeric=True, unit=Label("人", "people")),
                ),
                (Row((Cell("示范第一强制隔离戒毒所", "#"), "142")),),
            ),
        ),
    ),
)
