"""Examples of the medical pages' states."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.picture.component import BLANK, Picture, Size
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.pages.medical.page import Board, CardPage, Give, PersonPage, RoundPage, SayPage, Section

_TABS: Final = Tabs(
    (
        Tab(Label("今天", "Today"), "#", True),
        Tab(Label("发药", "Rounds"), "#"),
        Tab(Label("保护性约束", "Restraint"), "#"),
    ),
    Label("医疗中心", "Medical centre"),
)
_NAME: Final = Column(Label("姓名", "Name"), phone="lead")
_WAITING: Final = Label("等候就诊", "Waiting for a doctor")
_NOW: Final = Label("正在约束", "Restrained now")

BOARD: Final = Board(
    title=Label("医疗中心", "Medical centre"),
    lead=Label("示范第一强制隔离戒毒所 · 2026-11-23", "Demonstration centre 1 · 2026-11-23"),
    sections=(
        Section(
            "now",
            _NOW,
            Table(
                _NOW,
                (_NAME, Column(Label("已约束", "For")), Column(Label("民警查看", "Officers look"))),
                (
                    Row(
                        (
                            Cell("王某某", href="#"),
                            Label("42 分钟", "42 min"),
                            Cell(part=Word("late", Label("应于 14:05，迟 3 分钟", "due 14:05, 3 min late"))),
                        )
                    ),
                ),
                id="now-list",
                hide_caption=True,
            ),
        ),
        Section(
            "waiting",
            _WAITING,
            Table(
                _WAITING,
                (
                    _NAME,
                    Column(Label("缓急", "How soon"), phone="bare"),
                    Column(Label("本人怎么说", "In their words")),
                ),
                (
                    Row(
                        (
                            Cell("符某某", href="#", sub="一大队"),
                            Cell(part=Word("today", Label("当天", "Today"))),
                            "头晕",
                        )
                    ),
                ),
                id="waiting-list",
                hide_caption=True,
            ),
        ),
        Section("results", Label("异常结果", "Results out of order"), says=Label("没有。", "None.")),
    ),
    tabs=_TABS,
    foot=(Label("依据：禁毒法第44条。", "Basis: Anti-Drug Law art. 44."),),
)


def _give(n: int, name: str, drug: str, word: Word, *, head: bool = True, value: str = "") -> Give:
    return Give(
        f"l-{n}",
        name,
        "#",
        drug,
        Label("2 片 · 口服", "2 tablets · by mouth"),
        word,
        value=value,
        not_given="#" if value else "",
        focus=n == 2,
        head=head,
    )


ROUND: Final = RoundPage(
    title=Label("发药 · 一大队", "Round · first brigade"),
    lead=Label("2026-11-23 08:00 · 还有 2 份", "2026-11-23 08:00 · 2 left"),
    brigades=Tabs((Tab("一大队", "#", True), Tab("二大队", "#")), Label("大队", "Brigade")),
    rounds=Tabs((Tab("08:00", "#", True), Tab("12:00", "#")), Label("第几次", "Round")),
    lines=(
        _give(1, "符某某", "氨氯地平", Word("done", Label("已服 08:02", "Given 08:02"))),
        _give(2, "王某某", "二甲双胍", Word("today", Label("现在发", "Now")), value="a|1"),
        replace(
            _give(3, "王某某", "阿莫西林", Word("today", Label("现在发", "Now")), head=False, value="a|2"),
            warning=Label("过敏：阿莫西林", "Allergic to 阿莫西林"),
        ),
    ),
    action="#",
    counts=Label("应发 3：已服 1", "3 due: 1 given"),
    needed=(
        replace(
            _give(4, "李某某", "布洛芬", Word("open", Label("今天没有用", "Not used today"))), not_given="#"
        ),
    ),
    said=Label("已登记：符某某，还有 2 份", "Recorded: 符某某, 2 left"),
)
_SAY: Final = SayPage(
    title=Label("没有服药 · 王某某", "Not taken · 王某某"),
    lead=Label("二甲双胍 · 2 片 · 口服", "二甲双胍 · 2 tablets · by mouth"),
    fields=(
        Field(
            "outcome",
            Label("结果", "Outcome"),
            "choice",
            options=(Option("refused", Label("拒服", "Refused")), Option("held", Label("暂缓", "Held"))),
        ),
        Field("why", Label("原因", "Why"), "long_text", error=Label("请写明原因", "Say why")),
        Field("time", Label("时间", "Time"), "whole", value="0805"),
    ),
    action="#",
    save=Button(Label("登记", "Record"), look="primary"),
    back=Button(Label("取消", "Cancel"), href="#", look="link"),
    summary=ErrorSummary((Fault(Label("请写明原因", "Say why"), "f-why"),)),
)
_DRUGS: Final = Label("处方", "Prescriptions")
_TAKEN: Final = Table(
    _DRUGS,
    (Column(Label("药名", "Drug"), phone="lead"), Column(Label("用法", "Use"), phone="bare")),
    (
        Row(
            (
                Cell("氨氯地平", strong=True),
                Label("每次 1 片 · 口服 · 每日一次", "1 tablet · by mouth · once a day"),
            )
        ),
    ),
    id="drugs-list",
    hide_caption=True,
)
PERSON: Final = PersonPage(
    identity=Identity("符某某", (Label("男 41 岁", "Male, 41"),), heading=False),
    lead=Label("只显示您的岗位可以看的内容。", "Only what your post may see."),
    sections=(
        Section("drugs", _DRUGS, _TAKEN),
        Section(
            "course-weight",
            Label("体重", "Weight"),
            picture=Picture(
                Size(BLANK, 720, 260),
                Size(BLANK, 340, 220),
                Label("体重：58 到 61", "Weight: 58 to 61"),
            ),
        ),
    ),
    notices=(Notice("late", Label("过敏：青霉素", "Allergic to penicillin")),),
    actions=(Button(Label("诊疗记录", "Encounter"), href="#", look="primary"),),
)

STATES: Final = (
    State("day", Label("医疗中心的一天", "The centre's day"), BOARD),
    State("round", Label("发药，一键一份", "A round, one key a dose"), ROUND),
    State(
        "round_done",
        Label("没有要发的", "Nothing to give"),
        replace(
            ROUND,
            lines=(),
            needed=(),
            said="",
            notices=(Notice("gap", Label("已由别人登记", "Recorded by somebody else")),),
        ),
    ),
    State("not_taken", Label("拒服，缺原因", "Refused, no reason given"), _SAY),
    State("person", Label("一个人", "One person"), PERSON),
    State(
        "card",
        Label("用药卡", "Medication card"),
        CardPage(
            "符某某",
            "469023-2026-00001",
            Label("1985 年生", "born 1985"),
            Label("过敏：青霉素", "Allergic to penicillin"),
            _TAKEN,
            Label("截至 2026-11-23", "As of 2026-11-23"),
            Button(Label("回到医疗页", "Back"), href="#", look="link"),
            (
                Label(
                    "另有药品由医生单独发给，不印在卡上。",
                    "Other medicine is given by the doctor and is not printed here.",
                ),
            ),
        ),
    ),
)
