"""What was set aside and what is left of it, what was rewarded, and what there is to work with? The pages
have the shapes of `guitu.web.inside`; here are the states in which gallery and tests show them."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.pages.resources import words

__all__ = ["STATES", "Board"]

_MONEY: Final = Board(
    Label("经费奖励 · 澄迈县", "Resources · 澄迈县"),
    Label(
        "2026 年：预算 1,200,000 元，支出 860,000 元（71.7%），余 340,000 元",
        "2026: budget 1,200,000 yuan, spent 860,000 (71.7%), left 340,000",
    ),
    (
        Section(
            "purposes",
            Label("2026 年按用途", "2026 by purpose"),
            Table(
                Label("2026 年按用途", "2026 by purpose"),
                (
                    Column(Label("用途", "Purpose"), phone="lead"),
                    Column(Label("预算", "Budget"), numeric=True, unit=Label("元", "yuan")),
                    Column(Label("支出", "Spent"), numeric=True, unit=Label("元", "yuan")),
                    Column(Label("执行", "Used"), numeric=True),
                ),
                (
                    Row((Label("帮扶", "Support"), "500,000", "410,000", "82.0%")),
                    Row((Cell(Label("合计", "Total"), strong=True), "1,200,000", "860,000", "71.7%")),
                ),
                id="purpose-list",
                hide_caption=True,
            ),
        ),
    ),
    buttons=(Button(Label("登记支出", "Record spending"), "#", "primary"),),
    tabs=words.tabs("", ""),
)
_REWARDS: Final = Board(
    Label("奖励 · 澄迈县", "Rewards · 澄迈县"),
    Label(
        "今年奖励 3 次，奖金 42,000 元；待复核 1 件；举报奖励待领取 1 份",
        "3 rewards this year, 42,000 yuan in money; 1 waiting; 1 for informants not collected",
    ),
    (
        Section(
            "informants",
            Label("举报奖励", "Rewards to informants"),
            Table(
                Label("举报奖励", "Rewards to informants"),
                (
                    Column(Label("编号", "Code"), phone="lead"),
                    Column(Label("金额", "Amount"), numeric=True, unit=Label("元", "yuan")),
                    Column(Label("状态", "State"), phone="bare"),
                ),
                (
                    Row(("J523061836", "2,000", Cell(part=Word("open", Label("待领取", "Not collected"))))),
                    Row(("J118200457", "500", Cell(part=Word("done", Label("已领取", "Collected"))))),
                ),
                id="informant-list",
                hide_caption=True,
            ),
            says=(words.NO_NAMES,),
        ),
    ),
    tabs=words.tabs("rewards", ""),
)
_SLIP: Final = Board(
    Label("领取凭条", "Slip for collecting"),
    Label("口令只显示这一次", "The phrase is shown this once"),
    (
        Section(
            "slip",
            Label("交给举报人", "For the informant"),
            facts=(
                Fact(Label("编号", "Code"), "J523061836"),
                Fact(Label("领取口令", "Phrase"), "902E-03M0-4R04-G000"),
                Fact(Label("金额", "Amount"), Label("2,000 元", "2,000 yuan")),
            ),
        ),
    ),
    notices=(Notice("fresh", Label("已提交第二人复核。", "Put before a second officer.")),),
)
_NONE: Final = Board(
    Label("装备车辆 · 金江镇", "Equipment · 金江镇"),
    Label("在用 0 件，检查、维修逾期 0 条", "0 pieces, 0 checks or repairs overdue"),
    (
        Section(
            "equipment",
            Label("装备车辆", "Equipment"),
            empty=Empty(
                Label("还没有登记装备车辆。", "No equipment is on record yet."),
                (Button(Label("登记装备", "Register equipment"), "#"),),
            ),
        ),
    ),
    tabs=words.tabs("equipment", ""),
)

STATES: Final = (
    State("money", Label("经费", "Money"), _MONEY),
    State("rewards", Label("奖励", "Rewards"), _REWARDS),
    State("slip", Label("领取凭条", "Slip for collecting"), _SLIP),
    State("none", Label("还没有", "None yet"), _NONE),
)
