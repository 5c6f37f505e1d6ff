"""Who needs what, has it come, and does it last? The pages have the shapes of `guitu.web.inside`; here are
the states in which gallery and tests show them."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Ask, Board, Fact, Section
from guitu.web.pages.help import words

__all__ = ["STATES", "Board"]

_NEEDS: Final = Board(
    Label("帮扶 · 澄迈县", "Help · 澄迈县"),
    Label(
        "需求 41 项，落实 61.0%（25/41），还没有着落 14 项，逾期 3 项",
        "41 needs, delivered 61.0% (25/41), 14 with nothing yet, 3 late",
    ),
    (
        Section(
            "lines",
            Label("各方面的需求走到哪一步", "How far needs have come"),
            Table(
                Label("需求", "Needs"),
                (
                    Column(Label("方面", "Of what"), phone="lead"),
                    Column(Label("需求", "Needs"), numeric=True),
                    Column(Label("已落实", "Delivered"), numeric=True),
                    Column(Label("还在（占落实）", "Lasts, of those"), numeric=True),
                    Column(Label("没有问", "Not asked"), numeric=True),
                ),
                (
                    Row((Cell(Label("工作", "Work")), "22", words.share(14, 22), words.share(8, 14), "2")),
                    Row(
                        (
                            Cell(Label("合计", "Total"), strong=True),
                            "41",
                            words.share(25, 41),
                            words.share(16, 25),
                            "4",
                        )
                    ),
                ),
                id="funnel",
                wide=True,
            ),
        ),
        Section(
            "waiting",
            Label("还没有着落的", "With nothing yet"),
            Table(
                Label("还没有着落的", "With nothing yet"),
                (
                    Column(Label("姓名", "Name"), phone="lead"),
                    Column(Label("方面", "Of what")),
                    Column(Label("到哪一步", "How far")),
                    Column(Label("了解到", "Known since")),
                ),
                (
                    Row(
                        (
                            Cell("符某某", "#"),
                            Label("住房", "Housing"),
                            Cell(
                                part=Word(
                                    "late", Label("已转介，等答复，答复逾期", "Referred, answer overdue")
                                )
                            ),
                            Cell("2026-09-01", sub=Label("83 天", "83 days")),
                        )
                    ),
                    Row(
                        (
                            Cell("王某某", "#"),
                            Label("看病", "Medical care"),
                            Cell(part=Word("open", Label("待转介、办理", "Nothing begun"))),
                            Cell("2026-11-20", sub=Label("3 天", "3 days")),
                        )
                    ),
                ),
                id="waiting-list",
            ),
        ),
    ),
    tabs=words.tabs("", ""),
)

_PERSON: Final = Board(
    Label("帮扶 · 王某某", "Help · 王某某"),
    Label("需求 1 项，还没有着落 0 项", "1 need, 0 with nothing yet"),
    (
        Section(
            "need",
            Label("工作：已落实，待复核", "Work: delivered, to be asked after"),
            facts=(
                Fact(Label("了解到", "Known since"), "2026-08-20"),
                Fact(
                    Label("转介", "Referral"),
                    Label("2026-08-25 转介：县就业局", "2026-08-25 Referred to: 县就业局"),
                ),
                Fact(
                    Label("帮扶落实", "Help delivered"),
                    Label("2026-09-15 落实：包装厂工作", "2026-09-15 Delivered: 包装厂工作"),
                ),
            ),
            buttons=(Button(Label("问还在不在", "Ask whether it lasts"), "#", "small"),),
        ),
        Section(
            "jobs",
            Label("就业", "Work"),
            Table(
                Label("就业", "Work"),
                (
                    Column(Label("方式、上岗", "How, since"), phone="lead"),
                    Column(Label("1 个月", "1 month")),
                    Column(Label("3 个月", "3 months")),
                ),
                (
                    Row(
                        (
                            Cell(Label("单位录用", "An employer"), sub="2026-09-15"),
                            Cell(part=words.milestone_word("held"), sub="2026-10-15"),
                            Cell(part=words.milestone_word("ahead"), sub="2026-12-15"),
                        )
                    ),
                ),
                id="job-list",
                hide_caption=True,
            ),
        ),
        Section(
            "placing",
            Label("帮扶上岗", "Help into work"),
            ask=Ask(
                "#",
                (
                    Field(
                        "employer",
                        Label("用人单位", "Employer"),
                        "choice",
                        options=(
                            Option("1", Label("示范包装厂（空岗 6）", "示范包装厂 (6 free)")),
                            Option("", Label("其他", "Another")),
                        ),
                    ),
                ),
                Button(Label("登记上岗", "Record the first day")),
                method="get",
            ),
            on_paper=False,
        ),
        Section(
            "stay",
            Label("康复场所 示范康复农场", "Recovery place 示范康复农场"),
            facts=(
                Fact(Label("入住", "Moved in"), "2026-06-01"),
                Fact(
                    Label("权益问题", "A right at risk"), Label("协议没有交本人", "No copy of the contract")
                ),
            ),
            buttons=(Button(Label("登记离开", "Record leaving"), "#", "primary"),),
        ),
    ),
    crumbs=Crumbs((Crumb(words.TITLE, "#"), Crumb("王某某", "#"))),
)

_NONE: Final = Board(
    Label("就业 · 金江镇", "Work · 金江镇"),
    Label(
        "帮扶就业 0 人次，满一年仍在岗 —，该问的 0 人", "0 helped into work, after a year —, 0 to be asked"
    ),
    (
        Section(
            "milestones",
            Label("一、三、六、十二个月后还在不在岗", "Still at work after 1, 3, 6 and 12 months"),
            empty=Empty(Label("还没有登记过帮扶就业。", "Nobody was helped into work yet.")),
        ),
        Section(
            "employers",
            Label("用人单位", "Employers"),
            empty=Empty(Label("还没有登记用人单位。", "No employer is registered.")),
            buttons=(Button(Label("登记用人单位", "Register an employer"), "#"),),
        ),
    ),
    tabs=words.tabs("work", ""),
)

STATES: Final = (
    State("needs", Label("需求", "Needs"), _NEEDS),
    State("person", Label("一个人", "One person"), _PERSON),
    State("none", Label("还没有", "None yet"), _NONE),
)
