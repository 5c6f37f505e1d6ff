"""The four zones: who is in which since when, who stays beyond the centre's own length and why, who may move
on, and how did people flow?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word

TITLE: Final = Label("四区", "The four zones")

PEOPLE: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("分区", "Zone"), phone="bare"),
    Column(Label("大队", "Brigade"), phone="bare"),
    Column(Label("转入日期", "Since")),
    Column(Label("已有", "Days there"), numeric=True, unit=Label("天", "days")),
    Column(Label("与本所时限", "Beside the centre's length"), phone="bare"),
    Column(Label("流转评估", "Review"), phone="bare"),
    Column(Label("办理", "Act"), phone="act", hide_label=True),
)
"""The list: zone is a column, the board is its second view."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person in the board's column: the name, where it leads, how many days, and what stands out."""

    name: str
    href: str
    days: Text
    word: Word | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One zone as a column: how many are in it, the first of them, and where the others are."""

    id: str
    label: Text
    n: str
    length: Text
    people: tuple[Person, ...]
    more: Text = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ZonesPage:
    """One unit's zones. `flow` are the figures by zone; either `table` or `lanes` shows the people."""

    office: str
    lead: Text
    flow: Table
    tabs: Tabs
    filters: Filters
    table: Table | None = None
    lanes: tuple[Lane, ...] = ()
    notices: tuple[Notice, ...] = ()
    criteria: tuple[tuple[Text, tuple[str, ...]], ...] = ()
    title: Label = TITLE

    @property
    def says(self) -> dict[str, Label]:
        """Headings of the parts."""
        return {
            "flow": Label("各区人数与流动", "People and flow by zone"),
            "people": Label("人员", "People"),
            "criteria": Label("本所的转出条件", "The centre's criteria for leaving a zone"),
        }


@dataclass(frozen=True, slots=True)
class CentresPage:
    """Which centre? For readers above centres."""

    TEMPLATE: ClassVar = "centres"

    lead: Text
    table: Table
    title: Label = TITLE


UNPLANNED: Final = Label(
    "本所没有设置四区。没有核实到全国统一的时限，所以这里不把任何时限算在谁身上；名称按法定的四区。",
    "This centre has set up no zones. No national length was verified, so none is held against anybody; the"
    " names are the legal ones.",
)

# ── states ────────────────────────────────────────────────────────────────────────────────────────

FLOW_COLUMNS: Final = (
    Column(Label("分区", "Zone"), phone="lead"),
    Column(Label("现有", "Now"), numeric=True, unit=Label("人", "people")),
    Column(Label("在区天数中位数", "Median days"), numeric=True),
    Column(Label("本所时限", "Length here")),
    Column(Label("近 30 日转入", "In, 30 d"), numeric=True),
    Column(Label("近 30 日转出", "Out, 30 d"), numeric=True),
    Column(Label("其中转回", "Back"), numeric=True),
    Column(Label("近 90 日转入", "In, 90 d"), numeric=True),
    Column(Label("近 90 日转出", "Out, 90 d"), numeric=True),
    Column(Label("其中转回", "Back"), numeric=True),
)

_FLOW: Final = Table(
    Label("各区人数与流动", "People and flow by zone"),
    FLOW_COLUMNS,
    tuple(
        Row((Cell(name, strong=True), Cell(n, "#"), middle, length, *rest))
        for name, n, middle, length, rest in (
            (Label("生理脱毒区", "Detoxification zone"), "18", "12", Label("7–30 天", "7–30 days"),
             ("16", "15", "1", "47", "44", "2")),
            (Label("教育适应区", "Adaptation zone"), "24", "38", Label("30–60 天", "30–60 days"),
             ("15", "14", "0", "44", "41", "1")),
            (Label("康复巩固区", "Consolidation zone"), "86", "214", Label("没有设置", "Not set"),
             ("14", "12", "0", "41", "36", "0")),
            (Label("回归指导区", "Return zone"), "14", "19", Label("至少 30 天", "at least 30 days"),
             ("12", "11", "0", "36", "35", "0")),
        )
    ),
    id="flow",
)  # fmt: skip


def _act(label: Label) -> Cell:
    return Cell(part=Button(label, href="#", look="small"))


_REVIEW: Final = Label("登记评估", "Record a review")
_ROWS: Final = (
    Row((
        Cell("符某某", "#"), Label("生理脱毒区", "Detoxification zone"), "一大队", "2026-10-14", "41",
        Cell(part=Word("gap", Label("超过 11 天，没有说明", "11 days over, not explained"))), "—",
        _act(_REVIEW),
    )),
    Row((
        Cell("王某某", "#"), Label("教育适应区", "Adaptation zone"), "二大队", "2026-09-11", "74",
        Cell(part=Word("open", Label("超过 14 天，已说明", "14 days over, explained"))),
        Cell(Label("2026-11-12 暂不流转", "2026-11-12 stays for now"), sub="骨折住院，未完成入区教育"),
        _act(_REVIEW),
    )),
    Row((
        Cell("陈某某", "#"), Label("教育适应区", "Adaptation zone"), "一大队", "2026-10-01", "54",
        Cell(part=Word("open", Label("在时限内", "Within it"))),
        Cell(Label("2026-11-20 同意转入康复巩固区", "2026-11-20 ready for the consolidation zone"),
             sub="入区教育考核合格"),
        _act(Label("登记流转", "Record the movement")),
    )),
)  # fmt: skip

_FILTERS: Final = Filters(
    (
        Group(
            Label("分区", "Zone"),
            tuple(
                Chip(label, "#", n)
                for label, n in (
                    (Label("生理脱毒区", "Detoxification zone"), 18),
                    (Label("教育适应区", "Adaptation zone"), 24),
                    (Label("康复巩固区", "Consolidation zone"), 86),
                    (Label("回归指导区", "Return zone"), 14),
                )
            ),
        ),
        Group(
            Label("情况", "Which"),
            (
                Chip(Label("超过本所时限", "Beyond the centre's length"), "#", 2),
                Chip(Label("其中没有说明", "of these not explained"), "#", 1, kind="gap"),
                Chip(Label("可以流转", "Ready to move"), "#", 1),
            ),
        ),
    ),
    name=Label("筛选人员", "Filter people"),
)


def tabs(board: bool, table_href: str = "#", board_href: str = "#") -> Tabs:
    """The two views of the same people."""
    return Tabs(
        (
            Tab(Label("名单", "List"), table_href, not board),
            Tab(Label("看板", "Board"), board_href, board),
        ),
        Label("看法", "Views"),
    )


_TABLE: Final = Table(
    Label("人员", "People"),
    PEOPLE,
    _ROWS,
    (Label("共 142 人", "142 people"), Label("待办的在前", "To be done first")),
)
_USUAL: Final = ZonesPage(
    "示范第一强制隔离戒毒所",
    Label("在所 142 人 · 超过本所时限 2 人，其中 1 人没有说明",
          "142 people · 2 beyond the centre's length, 1 of them not explained"),
    _FLOW, tabs(False), _FILTERS, _TABLE,
    criteria=((Label("生理脱毒区", "Detoxification zone"), ("检测阴性", "停用戒断治疗药物")),),
)  # fmt: skip
_LANES: Final = (
    Lane("detox", Label("生理脱毒区", "Detoxification zone"), "18", Label("7–30 天", "7–30 days"),
         (Person("符某某", "#", Label("41 天", "41 days"), Word("gap", Label("没有说明", "Not explained"))),
          Person("林某某", "#", Label("22 天", "22 days"))), Label("另有 16 人", "16 more"), "#"),
    Lane("adaptation", Label("教育适应区", "Adaptation zone"), "24", Label("30–60 天", "30–60 days"),
         (Person("陈某某", "#", Label("54 天", "54 days"), Word("open", Label("可以流转", "Ready"))),)),
    Lane("consolidation", Label("康复巩固区", "Consolidation zone"), "86", "",
         (Person("黄某某", "#", Label("214 天", "214 days")),)),
    Lane("return", Label("回归指导区", "Return zone"), "0", Label("至少 30 天", "at least 30 days"), ()),
)  # fmt: skip

STATES: Final = (
    State("usual", Label("名单", "List"), _USUAL),
    State(
        "board",
        Label("看板", "Board"),
        replace(_USUAL, table=None, lanes=_LANES, tabs=tabs(True)),
    ),
    State(
        "unplanned",
        Label("没有设置", "Nothing set up"),
        replace(
            _USUAL,
            lead=Label("在所 142 人", "142 people"),
            notices=(
                Notice("info", UNPLANNED, actions=(Button(Label("设置四区", "Set up the zones"), href="#"),)),
            ),
            criteria=(),
        ),
    ),
    State(
        "nobody",
        Label("没有人", "Nobody"),
        replace(
            _USUAL,
            lead=Label("在所 0 人", "Nobody"),
            table=replace(
                _TABLE, rows=(), counts=(), empty=Empty(Label("这里没有人。", "Nobody is here."))
            ),
        ),
    ),
    State(
        "centres",
        Label("选择场所", "Which centre"),
        CentresPage(
            Label("请选择场所。", "Choose a centre."),
            Table(
                Label("强制隔离戒毒场所", "Centres"),
                (Column(Label("场所", "Centre"), phone="lead"),
                 Column(Label("在所", "People"), numeric=True, unit=Label("人", "people"))),
                (Row((Cell("示范第一强制隔离戒毒所", "#"), "142")),),
            ),
        ),
    ),
)  # fmt: skip
