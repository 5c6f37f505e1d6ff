"""Whom do we still have to reach, who goes where this week, and what came of everybody? The pages have the
shapes of `guitu.web.inside`; here are the states in which gallery and tests show them."""

from __future__ import annotations

from collections import Counter
from typing import Final
from uuid import UUID

from guitu.home.campaign import Results
from guitu.kernel.labels import Label, spanned
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Ask, Board, Fact, Section
from guitu.web.pages.follow_ups import words

__all__ = ["STATES", "Board"]

_ID: Final = UUID("0193a000-0000-7000-8000-000000000001")


def _results(reached: int, lost: int, untried: int) -> Results:
    outcomes: Counter[str] = Counter(
        reached=reached, no_answer=41, lost=lost, refused=12, moved=9, in_custody=5, died=2, untried=untried
    )
    return Results(outcomes, Counter({("phone", "reached"): reached, ("phone", "no_answer"): 77}))  # type: ignore[arg-type]


_ROWS: Final = [
    ("澄迈县示范社戒社康指导站", "#", _results(612, 31, 160)),
    ("临高县示范社戒社康指导站", "#", _results(540, 22, 201)),
]
_TOTAL: Final = _results(1152, 53, 361)

_BOARD: Final = Board(
    Label("2026 年度回访 · 海南省", "Follow-up of 2026 · 海南省"),
    Label(
        "回访到 70.5%（1,152/1,635） · 失去联系 53 人 · 还有 24 天",
        "spoken to 70.5% (1,152/1,635) · 53 lost · 24 days to go",
    ),
    (
        Section(
            "result",
            Label("结果", "Result"),
            facts=(
                Fact(Label("应回访", "To follow up"), "1,635"),
                Fact(Label("联系到本人", "Spoken to"), words.share(1152, 1635)),
                Fact(Label("失去联系", "Lost"), words.share(53, 1635)),
            ),
            says=(words.ALL_COUNT,),
        ),
        Section(
            "by-station",
            Label("各指导站", "By station"),
            words.results_table(
                _ROWS,  # type: ignore[arg-type]
                _TOTAL,
                Label("各指导站的结果", "Results of the stations"),
                Label("指导站", "Station"),
                "stations",
            ),
        ),
        Section(
            "plan",
            Label("安排", "Plan"),
            facts=(
                Fact(Label("第几次安排", "Number of the plan"), "1"),
                Fact(Label("上门路线", "Rounds"), Label("413 趟，24,695 公里", "413, 24,695 km")),
            ),
            ask=Ask("#", (), Button(Label("重新安排还没有联系的人", "Plan anew for those not tried"))),
        ),
    ),
    crumbs=Crumbs((Crumb(words.TITLE, "#"), Crumb("2026 年度回访"))),
    tabs=words.tabs(_ID, "", ""),
)

_WEEK: Final = Board(
    Label("2026-11-23 一周 · 2026 年度回访", "Week of 2026-11-23 · 2026 年度回访"),
    Label("上门 2 人，电话 0 人", "2 to visit, 0 to call"),
    (
        Section(
            "choose",
            Label("哪一周、哪个站", "Which week, which station"),
            ask=Ask(
                "#",
                (
                    Field(
                        "week",
                        Label("哪一周", "Week"),
                        "choice",
                        value="2026-11-23",
                        options=(Option("2026-11-23", spanned("2026-11-23", "2026-11-29")),),
                    ),
                ),
                Button(Label("看", "Show")),
                method="get",
            ),
            on_paper=False,
        ),
        Section(
            "visit",
            Label("上门", "Visit"),
            Table(
                Label("上门", "Visit"),
                (
                    Column(Label("姓名", "Name"), phone="lead"),
                    Column(Label("村（社区）", "Village")),
                    Column(Label("应于", "Due")),
                    Column(Label("第几次", "Attempt"), numeric=True),
                    Column(Label("上次结果", "Last result")),
                    Column(Label("登记", "Record"), phone="act", hide_label=True),
                ),
                (
                    Row(
                        (
                            Cell("王某某", "#"),
                            "大塘村委会",
                            "2026-11-24",
                            "1",
                            "—",
                            Cell(part=Button(Label("登记", "Record"), "#", "small", describes="王某某")),
                        )
                    ),
                    Row(
                        (
                            Cell("符某某", "#"),
                            "文大村委会",
                            "2026-11-20",
                            "3",
                            Cell(Label("未联系上", "No answer"), sub="2026-11-13"),
                            Cell(part=Button(Label("登记", "Record"), "#", "small", describes="符某某")),
                        )
                    ),
                ),
                (Label("共 2 人", "2 people"),),
                id="visit-list",
            ),
            says=(
                Label(
                    "2026-11-24 第 1 组：2 个村，2 人，约 118 分钟、24 公里",
                    "2026-11-24, team 1: 2 villages, 2 people, about 118 minutes, 24 km",
                ),
            ),
        ),
        Section("phone", Label("电话", "Telephone"), empty=Empty(Label("这一周没有。", "Nobody this week."))),
    ),
    tabs=words.tabs(_ID, "week", ""),
)

_NONE: Final = Board(
    Label("回访 · 澄迈县", "Follow-up · 澄迈县"),
    Label("正在进行 0 次", "0 under way"),
    (
        Section(
            "all",
            Label("全部", "All"),
            empty=Empty(
                Label(
                    "还没有回访行动。由县级或者省级主管新建，定下回访谁、从哪天到哪天。",
                    "There is no campaign yet. A county or the province begins one: whom, and when.",
                )
            ),
        ),
    ),
)

STATES: Final = (
    State("results", Label("结果", "Results"), _BOARD),
    State("week", Label("每周名单", "Week by week"), _WEEK),
    State("none", Label("还没有", "None yet"), _NONE),
    State(
        "planning",
        Label("正在安排", "Being planned"),
        Board(
            _BOARD.title,
            _BOARD.lead,
            _BOARD.sections[:1],
            notices=(
                Notice(
                    "info",
                    Label("正在安排", "The plan is being made"),
                    Label("已安排 3/16 个站", "3 of 16 stations done"),
                    (Button(Label("看看好了没有", "Look again"), "#"),),
                ),
            ),
        ),
    ),
    State(
        "cannot",
        Label("无法安排", "Cannot be planned"),
        Board(
            _BOARD.title,
            _BOARD.lead,
            _BOARD.sections[:1],
            summary=ErrorSummary(
                (
                    Fault(
                        Label(
                            "这个范围内没有社戒社康指导站；先在单位里建立。",
                            "there is no guidance station in this area; set one up among the units first",
                        )
                    ),
                )
            ),
        ),
    ),
)
