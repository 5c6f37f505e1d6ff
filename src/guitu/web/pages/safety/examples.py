"""The states in which the gallery and the tests show the safety centre."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from guitu.centre.safety import SIX
from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.pages.safety import words
from guitu.web.pages.safety.points import picture_of
from guitu.web.pages.safety.shown import Code, CodesPage, PointPage, RoundPage, SafetyPage, Start, Stop, Tile

_TABS: Final = Tabs(tuple(Tab(label, "#", part == "") for part, _, label in words.TABS), words.TITLE)


def _tile(sort: str, days: int | None, last: str, year: int, near: int) -> Tile:
    return Tile(
        words.sort_label(sort),
        days,
        Label(f"上次 {last}", f"last {last}") if last else "",
        Label(f"今年 {year} 起", f"{year} this year"),
        Label(f"险些发生 {near} 起", f"near misses {near}"),
        "#",
        "#",
    )


_BOARD: Final = SafetyPage(
    Label("安全 · 示范第一强制隔离戒毒所", "Safety · 示范第一强制隔离戒毒所"),
    Label(
        "距上一次六类事件 213 天 · 今年 1 起，险些发生 9 起",
        "213 days since the last of the six classes · this year 1, near misses 9",
    ),
    tuple(
        _tile(sort, days, last, year, near)
        for sort, days, last, year, near in zip(
            SIX,
            (1204, None, 213, None, 640, None),
            ("2023-08-07", "", "2026-04-24", "", "2025-02-21", ""),
            (0, 0, 1, 0, 0, 0),
            (1, 2, 2, 1, 2, 1),
            strict=True,
        )
    ),
    _TABS,
    (
        Section(
            "owed",
            Label("现在要办的", "Owed now"),
            facts=(
                Fact(Label("隐患", "Hazards"), Label("没有整改 6 处，逾期 2", "6 open, 2 overdue"), "#"),
                Fact(
                    Label("今天的巡查", "Patrol today"),
                    Label("到现在应巡 3 次，已巡 2 次", "3 rounds due by now, 2 walked"),
                    "#",
                ),
                Fact(Label("上次演练", "Last drill"), "2026-10-15", "#"),
            ),
            buttons=(Button(Label("指标：投诉", "Figures: complaints"), "#", "link"),),
        ),
    ),
    (Button(Label("登记事件或险些发生的事", "Record an incident or near miss"), "#", "primary"),),
)

_ROUND: Final = RoundPage(
    Label("巡查：夜间", "Patrol round: 夜间"),
    Label("22:58 开始 · 已到 2 处，还有 2 处", "begun 22:58 · 2 reached, 2 to go"),
    (
        Stop("一大队宿舍", "二层楼梯口", Word("done", Label("22:58", "22:58"))),
        Stop("食堂", "后门", Word("done", Label("23:02 手输", "23:02, typed"))),
        Stop("习艺车间", "配电箱旁", Word("open", Label("未到", "Not yet"))),
        Stop("医务室", "", Word("open", Label("未到", "Not yet"))),
    ),
    Field("code", Label("巡查码", "Code")),
    (
        Field("why", Label("为什么漏", "Why they were missed"), "long_text"),
        Field("note", Label("巡查情况", "What was seen"), "long_text", optional=True),
    ),
    Button(Label("结束巡查（漏 2 处）", "End the round (2 missed)"), name="act", value="finish"),
    None,
    "#",
    "#",
    (Notice("fresh", Label("已到：食堂，还有 2 处", "Reached: 食堂; 2 to go")),),
)
_WHY: Final = Label("漏了 2 处，请写为什么", "2 were missed: say why")

_POINT: Final = PointPage(
    Label("巡查点：食堂", "Checkpoint: 食堂"),
    "后门",
    ("门锁", "灭火器压力", "煤气阀"),
    "#",
    "7KQ2MX9A",
    (),
    True,
    "",
    "#",
)
_ADDRESS: Final = "https://example.invalid/safety/at/7KQ2MX9A/"

_HAZARDS: Final = Board(
    Label("隐患 · 示范第一强制隔离戒毒所", "Hazards · 示范第一强制隔离戒毒所"),
    Label("没有整改的 2 处，其中逾期 1 处", "2 open, 1 of them overdue"),
    (
        Section(
            "open",
            Label("没有整改的", "Open"),
            Table(
                Label("没有整改的隐患", "Open hazards"),
                (
                    Column(Label("地点", "Where"), phone="lead"),
                    Column(Label("情况", "What is wrong"), phone="bare"),
                    Column(Label("责任人", "Whose")),
                    Column(Label("期限", "By when")),
                    Column(Label("状态", "State"), phone="bare"),
                ),
                (
                    Row(
                        (
                            Cell("一大队二层楼梯", sub=Label("消防", "Fire"), strong=True),
                            Cell("灭火器压力不足。", sub=Label("整改前：加派巡查", "Until then: 加派巡查")),
                            "符某某",
                            Cell(
                                "2026-11-20",
                                sub=Label(
                                    "最初 2026-11-10，延期 1 次", "first 2026-11-10, postponed 1 times"
                                ),
                            ),
                            Cell(part=words.state_word("late", 3)),
                        )
                    ),
                    Row(
                        (
                            Cell("食堂冷库", sub=Label("食品、饮水", "Food and water"), strong=True),
                            "温度记录缺两天。",
                            "王某某",
                            "2026-11-23",
                            Cell(part=words.state_word("open", 0)),
                        )
                    ),
                ),
                (Label("共 2 处", "2 open"),),
                id="hazard-list",
            ),
        ),
    ),
    buttons=(Button(Label("登记隐患", "Record a hazard"), "#", "primary"),),
    tabs=_TABS,
)

STATES: Final = (
    State("hazards", Label("隐患", "Hazards"), _HAZARDS),
    State("board", Label("看板", "The board"), _BOARD),
    State(
        "nothing",
        Label("什么也没有登记过", "Nothing recorded yet"),
        replace(
            _BOARD,
            lead=Label(
                "六类事件没有登记过 · 今年 0 起，险些发生 0 起",
                "none of the six classes recorded · this year 0, near misses 0",
            ),
            tiles=tuple(_tile(sort, None, "", 0, 0) for sort in SIX),
            buttons=(),
        ),
    ),
    State("round", Label("巡查中", "On a round"), _ROUND),
    State(
        "round_unfinished",
        Label("漏了没有写为什么", "Missed, and not said why"),
        replace(
            _ROUND,
            fields=(replace(_ROUND.fields[0], error=_WHY), _ROUND.fields[1]),
            notices=(),
            summary=ErrorSummary((Fault(_WHY, "f-why"),)),
        ),
    ),
    State("point", Label("扫到一个点", "A checkpoint scanned"), _POINT),
    State("point_reached", Label("这个点已到", "Reached already"), replace(_POINT, marked="23:02")),
    State(
        "point_start",
        Label("从这个点开始", "Begin here"),
        replace(_POINT, walking=False, starts=(Start("一大队 · 夜间", "1", "2"),)),
    ),
    State("point_none", Label("不在计划里", "On no plan"), replace(_POINT, walking=False, hazard="")),
    State(
        "codes",
        Label("二维码", "Codes on paper"),
        CodesPage(
            Label("巡查点二维码", "Codes of the checkpoints"),
            Label("2 个。剪开，贴在点位上。", "2 codes. Cut them out and hang them."),
            (
                Code("食堂", "后门", picture_of(_ADDRESS, "食堂"), "7KQ2MX9A", _ADDRESS),
                Code("习艺车间", "配电箱旁", picture_of(_ADDRESS, "习艺车间"), "M4XW8RTC", _ADDRESS),
            ),
            Button(Label("回到巡查点", "Back to the checkpoints"), "#", "link"),
        ),
    ),
)
