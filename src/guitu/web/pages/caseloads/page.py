"""Caseloads: who has how many people, where is that too many, and who could help?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word

TITLE: Final = Label("人手", "Caseloads")
SOURCE: Final = Label(
    "30：1 见于地方规定（湛江 2016：每 30 名实有吸毒人员至少配备 1 名专职工作人员），口径是实有吸毒人员；"
    "本页按社区戒毒、社区康复在册人数计。未见全国性规定，可换别的比例看。",
    "30:1 is a local norm (Zhanjiang 2016: at least one full-time worker to 30 actual drug users), on another"
    " base: this page counts people under community treatment and recovery. No national norm was seen;"
    " compare with another ratio above.",
)
ONLY_PROPOSED: Final = Label(
    "只是建议，系统不会改动任何人的责任人。同意的，在每个人的档案里登记“责任单位”。",
    "Proposals only: nobody's worker changes by this. What is agreed is recorded in each person's file"
    " (Responsible unit).",
)


@dataclass(frozen=True, slots=True)
class CaseloadsPage:
    """The unit, workers or offices with their people, and how they could be shared."""

    lead: Text
    crumbs: Crumbs | None
    norms: Tabs
    table: Table
    proposals: Table | None = None
    lacking: Text = ""
    source: Label = SOURCE
    proposed: Label = ONLY_PROPOSED
    title: Label = TITLE


NORMS_LABEL: Final = Label("每名专干几人", "People to a worker")
WORKERS: Final = (
    Column(Label("专干", "Worker"), phone="lead"),
    Column(Label("村（社区）", "Villages")),
    Column(Label("在册", "On the register"), numeric=True, unit=Label("人", "people")),
    Column(Label("有逾期", "With something overdue"), numeric=True, unit=Label("人", "people")),
    Column(Label("比例", "Against the norm"), phone="bare"),
)
OFFICES: Final = (
    Column(Label("单位", "Unit"), phone="lead"),
    Column(Label("在册", "On the register"), numeric=True, unit=Label("人", "people")),
    Column(Label("专干", "Workers"), numeric=True, unit=Label("人", "people")),
    Column(Label("每名专干", "To each"), numeric=True, unit=Label("人", "people")),
    Column(Label("还差", "Lacking"), numeric=True, unit=Label("人", "people")),
    Column(Label("无专干的村", "Villages without"), numeric=True),
    Column(Label("逾期事项", "Overdue duties"), numeric=True),
)
MOVES: Final = (
    Column(Label("从", "From"), phone="lead"),
    Column(Label("到", "To")),
    Column(Label("人数", "How many"), numeric=True, unit=Label("人", "people")),
)

_NORMS: Final = Tabs(
    tuple(Tab(Label(f"{n}：1", f"{n}:1"), "#", here=n == 30) for n in (20, 30, 40, 50)), NORMS_LABEL
)
STATES: Final = (
    State(
        "town",
        Label("乡镇", "A town"),
        CaseloadsPage(
            Label("河西镇：3 名专干，71 人；1 人超过 30：1", "河西镇: 3 workers, 71 people; 1 above 30:1"),
            Crumbs((Crumb("示例县", "#"), Crumb("河西镇"))),
            _NORMS,
            Table(
                Label("按专干", "By worker"),
                WORKERS,
                (
                    Row(
                        (
                            Cell("符海燕", "#"),
                            "东坡村、西坡村",
                            "44",
                            "9",
                            Cell(part=Word("gap", Label("超 14 人", "14 above"))),
                        )
                    ),
                    Row((Cell("王小雨", "#"), "南山村", "17", "0", "")),
                    Row((Cell("陈文杰", "#"), "北山村", "10", "1", "")),
                ),
            ),
            Table(
                Label("可以这样分担", "Could be shared like this"),
                MOVES,
                (Row(("符海燕", "陈文杰", "14")),),
                id="moves",
            ),
        ),
    ),
    State(
        "county",
        Label("县", "A county"),
        CaseloadsPage(
            Label("示例县：2 个乡镇，9 名专干，251 人", "示例县: 2 towns, 9 workers, 251 people"),
            None,
            _NORMS,
            Table(
                Label("按单位", "By unit"),
                OFFICES,
                (
                    Row(
                        (
                            Cell("河西镇", "#"),
                            "180",
                            "4",
                            "45",
                            "2",
                            Cell(part=Word("gap", Label("3 个村", "3 villages"))),
                            "41",
                        )
                    ),
                    Row((Cell("河东镇", "#"), "71", "5", "14", "0", "0", "2")),
                ),
            ),
        ),
    ),
    State(
        "nobody",
        Label("没有人", "Nobody"),
        CaseloadsPage(
            Label("河东镇：没有在册人员", "河东镇: nobody on the register"),
            None,
            _NORMS,
            Table(
                Label("按专干", "By worker"),
                WORKERS,
                (),
                empty=Empty(
                    Label("没有社区戒毒、社区康复在册人员。", "Nobody under community treatment or recovery.")
                ),
            ),
        ),
    ),
)
