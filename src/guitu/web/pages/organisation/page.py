"""Who leads, who does what, what is a place called? The states in which gallery and tests show it."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.pages.organisation import change_states, words

__all__ = ["STATES", "Board"]

_GROUPS: Final = Board(
    Label("组织 · 澄迈县", "Organisation · 澄迈县"),
    Label("组长 林县明；下级 10/12 个已设立", "led by 林县明; 10 of 12 units below have one"),
    (
        Section(
            "g-1",
            "示例县禁毒工作领导小组",
            Table(
                Label("成员", "Members"),
                (
                    Column(Label("姓名、职务", "Name and office"), phone="lead"),
                    Column(Label("组内职务", "Part")),
                    Column(Label("包联单位", "Unit they answer for")),
                ),
                (
                    Row((Cell("林县明", sub="县长"), Label("组长", "Head"), "—")),
                    Row((Cell("王副明", sub="副县长"), Label("副组长", "Deputy head"), "金江镇")),
                ),
                (Label("2 人", "2 members"),),
                id="group-1",
            ),
            facts=(Fact(Label("成立", "Set up"), "2020-03-01"),),
            buttons=(Button(Label("加成员", "Add a member"), "#"),),
        ),
        Section(
            "below",
            Label("下级单位", "Units below"),
            Table(
                Label("下级单位", "Units below"),
                (Column(Label("单位", "Unit"), phone="lead"), Column(Label("组长", "Head"))),
                (
                    Row((Cell("金江镇", "#"), "陈镇明")),
                    Row((Cell("老城镇", "#"), Cell(part=Word("gap", Label("没有小组", "No group"))))),
                ),
                id="below-list",
                hide_caption=True,
            ),
        ),
    ),
    tabs=words.tabs("", ""),
)
_MODELS: Final = Board(
    "示例无毒社区创建",
    Label("澄迈县 部署；申报 2 个，现已认定 1 个", "Run by 澄迈县; 2 applied, 1 are models now"),
    (
        Section(
            "places",
            Label("申报的社区、学校", "Places"),
            Table(
                Label("申报的社区、学校", "Places"),
                (
                    Column(Label("名称", "Name"), phone="lead"),
                    Column(Label("申报", "Applied")),
                    Column(Label("状态", "State"), phone="bare"),
                ),
                (
                    Row(("示例社区", "2026-03-01", Cell(part=Word("done", words.STAGES["granted"])))),
                    Row(("示例二社区", "2026-05-01", Cell(part=Word("open", words.STAGES["applied"])))),
                ),
                id="site-list",
                hide_caption=True,
            ),
        ),
    ),
)
_NONE: Final = Board(
    Label("组织 · 金江镇", "Organisation · 金江镇"),
    Label("没有领导小组", "no leading group"),
    (
        Section(
            "none",
            Label("领导小组", "Leading group"),
            empty=Empty(Label("还没有登记领导小组。", "No leading group is recorded.")),
        ),
    ),
    buttons=(Button(Label("设立领导小组", "Set up a leading group"), "#", "primary"),),
    tabs=words.tabs("", ""),
)

STATES: Final = (
    State("groups", Label("领导小组", "Leading groups"), _GROUPS),
    State("models", Label("示范创建", "Model places"), _MODELS),
    State("none", Label("还没有", "None yet"), _NONE),
    *change_states.STATES,
)
