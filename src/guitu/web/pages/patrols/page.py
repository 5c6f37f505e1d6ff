"""Where was somebody lately, where was nobody, and which venues are in order? The pages have the shapes of
`guitu.web.inside`; here are the states in which gallery and tests show them."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Board, Section
from guitu.web.pages.patrols import words

__all__ = ["STATES", "Board"]

_COAST: Final = Board(
    Label("巡防 · 河西镇", "Patrols and venues · 河西镇"),
    Label(
        "近 30 天巡防 12 次；岸段 1 段，逾期未巡 1 段；登记地点 6 处，30 天没有人到过 1 处",
        "12 rounds in 30 days; 1 coast section, 1 overdue; 6 places, 1 that nobody passed in 30 days",
    ),
    (
        Section(
            "coast",
            Label("岸段", "Coast sections"),
            Table(
                Label("岸段", "Coast sections"),
                (
                    Column(Label("岸段", "Section"), phone="lead"),
                    Column(Label("第一负责人", "First head")),
                    Column(Label("第二负责人", "Second head")),
                    Column(Label("状态", "State"), phone="bare"),
                ),
                (
                    Row(
                        (
                            Cell("示范湾岸段", "#", sub="河西镇"),
                            Cell("河西镇", sub=Label("分管领导", "Deputy in charge")),
                            Cell("河西镇", sub=Label("派出所所长", "Head of the police station")),
                            Cell(part=Word("late", Label("逾期未巡", "Overdue"))),
                        )
                    ),
                ),
                id="coast-list",
                hide_caption=True,
            ),
            says=(words.ONLY_PLACES,),
        ),
    ),
    buttons=(Button(Label("登记巡防", "Record a round"), "#", "primary"),),
    tabs=words.tabs("", ""),
)
_VENUES: Final = Board(
    Label("场所 · 河西镇", "Venues · 河西镇"),
    Label(
        "场所 2 家，没有检查过 1 家，整改逾期 1 家，关停 0 家",
        "2 venues, 1 never inspected, 1 overdue in putting right, 0 closed",
    ),
    (
        Section(
            "venues",
            Label("场所", "Venues"),
            Table(
                Label("场所", "Venues"),
                (
                    Column(Label("名称", "Name"), phone="lead"),
                    Column(Label("上次检查", "Last inspection")),
                    Column(Label("状态", "State"), phone="bare"),
                ),
                (
                    Row((Cell("示范歌厅", "#"), "2026-09-02", Cell(part=words.state_word("late")))),
                    Row((Cell("示范旅馆", "#"), "—", Cell(part=words.state_word("never")))),
                ),
                id="venue-list",
            ),
        ),
    ),
    tabs=words.tabs("venues", ""),
)
_NONE: Final = Board(
    Label("场所 · 东坡村", "Venues · 东坡村"),
    Label("还没有登记场所。", "No venue is on record yet."),
    (
        Section(
            "venues",
            Label("场所", "Venues"),
            empty=Empty(Label("还没有登记场所。", "No venue is on record yet.")),
        ),
    ),
    tabs=words.tabs("venues", ""),
)

STATES: Final = (
    State("coast", Label("岸段和护村队", "Coast and villages"), _COAST),
    State("venues", Label("场所", "Venues"), _VENUES),
    State("none", Label("还没有", "None yet"), _NONE),
)
