"""The named states of the pages of figures, each with an example."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from guitu.access.figures import VILLAGES
from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.periods.component import STATES as PERIODS
from guitu.web.components.picture.component import STATES as PICTURES
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.pages.indicators.page import (
    Behind,
    Below,
    Cohort,
    Cohorts,
    Definition,
    Line,
    One,
    Overview,
    Place,
)

_HIDDEN: Final = Label("※不足10", "※ under 10")
_NOTE: Final = Label(
    "※不足10：涉及不足10人，不显示；※：为防推算，一并隐去。",
    "※ under 10: fewer than ten people, not shown; ※ alone: hidden too, so that nothing can be worked out.",
)
_AS_OF: Final = Label("数据截至 2026-11-23 06:00", "As of 2026-11-23 06:00")
_MONTH: Final = PERIODS[0].example
_WRONG: Final = PERIODS[1].example
_PICTURE: Final = PICTURES[0].example
_CRUMBS: Final = Crumbs((Crumb("示例省", "#"), Crumb("示例县")))
_RATE: Final = Label("按期报到率", "Reported in within fifteen days")
_TAKES: Final = (
    Button(Label("下载表格", "Download workbook"), href="#", look="small"),
    Button(Label("下载 CSV", "Download CSV"), href="#", look="small"),
)


def _parts(here: int) -> Tabs:
    labels = (Label("指标", "Indicators"), Label("同期人群", "Cohorts"), Label("数据质量", "Data quality"))
    return Tabs(
        tuple(Tab(label, "#", here=at == here) for at, label in enumerate(labels)), Label("数据", "Figures")
    )


def _columns(first: Label) -> tuple[Column, ...]:
    return (
        Column(first, phone="lead"),
        Column("2026-10", numeric=True),
        Column("2026-09", numeric=True),
        Column(Label("较上期", "vs before"), numeric=True),
        Column("2025-10", numeric=True),
        Column(Label("较上年同期", "vs year before"), numeric=True),
    )


def _points(zh: str) -> Label:
    return Label(f"{zh} 个百分点", f"{zh} points")


_OVERVIEW_ROWS: Final = (
    Row(
        (
            Cell(Label("执行中的措施涉及人数", "Persons under a measure"), "#"),
            Cell(Label("1,240 人", "1,240 persons"), strong=True),
            "1,228",
            "+12",
            "1,301",
            "−61",
        )
    ),
    Row(
        (
            Cell(_RATE, "#"),
            Cell("87.50%（112/128）", strong=True),
            "86.29%（107/124）",
            _points("+1.21"),
            "90.00%（108/120）",
            _points("−2.50"),
        )
    ),
    Row((Cell(Label("死亡人数", "Deaths"), "#"), _HIDDEN, "0", "※", "0", "※")),
)
_OVERVIEW: Final = Overview(
    "示例县",
    Label(
        "示例县 2026年10月：3 项指标，2 项有数", "Example county, October 2026: 3 indicators, 2 with a figure"
    ),
    _CRUMBS,
    _parts(0),
    _MONTH,
    Tabs(
        (
            Tab(Label("决定与期限", "Orders and terms"), "#", here=True),
            Tab(Label("检测", "Tests"), "#"),
            Tab(Label("帮扶", "Support"), "#"),
        ),
        Label("主题", "Topics"),
    ),
    Table(
        Label("示例县 · 2026年10月", "Example county · October 2026"),
        _columns(Label("指标", "Indicator")),
        _OVERVIEW_ROWS,
    ),
    Below(Label("乡镇（街道）", "Town"), (Place("河西镇", "#"), Place("河东镇", "#"))),
    _AS_OF,
    downloads=_TAKES,
)
_TABLE: Final = Table(
    Label("按期报到率 · 2026年10月", "Reported in within fifteen days · October 2026"),
    _columns(Label("单位", "Unit")),
    (
        Row(
            (
                "示例县",
                Cell("87.50%（112/128）", strong=True),
                "86.29%（107/124）",
                _points("+1.21"),
                "90.00%（108/120）",
                _points("−2.50"),
            )
        ),
        Row(
            (
                Cell("河西镇", "#"),
                "91.18%（93/102）",
                "88.00%（88/100）",
                _points("+3.18"),
                "※",
                "※",
            )
        ),
        Row((Cell("河东镇", "#"), _HIDDEN, "※", "※", "—", "—")),
    ),
    (Label("2 个下级单位", "2 units below"),),
)
_DEFINITION: Final = Definition(
    3,
    (
        Line(
            Label("定义", "Definition"),
            Label(
                "期间内送达的决定中，十五日内有报到记录的占比。",
                "Of the orders served in the period, the share followed by a report within fifteen days.",
            ),
        ),
        Line(Label("分子", "Numerator"), Label("“送达”条数", "number of “served”")),
        Line(Label("分母", "Denominator"), Label("“送达”条数", "number of “served”")),
        Line(Label("计入时间", "Counting date"), Label("事情发生的日期", "the day it happened")),
        Line(Label("依据", "Basis"), "戒毒条例#14"),
        Line(Label("版本", "Version"), Label("第 3 版，自 2026-01-01", "version 3, from 2026-01-01")),
    ),
)
_VIEWS: Final = Tabs(
    (
        Tab(Label("表", "Table"), "#", here=True),
        Tab(Label("趋势图", "Trend"), "#"),
        Tab(Label("地图", "Map"), "#"),
    ),
    Label("怎样看", "Ways to look"),
)
_ONE: Final = One(
    _RATE,
    Label(
        "示例县 2026年10月：87.50%（112/128）；较上期 +1.21 个百分点，较上年同期 −2.50 个百分点",
        "Example county, October 2026: 87.50% (112/128); vs the period before +1.21 points, vs the year"
        " before −2.50 points",
    ),
    _CRUMBS,
    _MONTH,
    _VIEWS,
    _TABLE,
    None,
    _DEFINITION,
    splits=Tabs(
        (Tab(Label("不分组", "All together"), "#", here=True), Tab(Label("性别", "sex"), "#")),
        Label("分组", "Split by"),
    ),
    opens=(
        Button(Label("分子名单", "List of the numerator"), href="#", look="link"),
        Button(Label("分母名单", "List of the denominator"), href="#", look="link"),
    ),
    notes=(_NOTE,),
    as_of=_AS_OF,
    downloads=_TAKES,
)
_TREND: Final = replace(
    _ONE,
    views=Tabs(tuple(replace(t, here=at == 1) for at, t in enumerate(_VIEWS.tabs)), _VIEWS.name),
    table=None,
    picture=_PICTURE,
    opens=(),
)
_LIST: Final = Table(
    Label("按期报到率：分子", "Reported in within fifteen days: numerator"),
    (
        Column(Label("姓名", "Name"), phone="lead"),
        Column(Label("档案号", "Case number"), phone="bare"),
        Column(Label("记录", "Entries"), phone="act"),
    ),
    (Row((Cell("符某某", "#"), "469023-2026-17", Cell(Label("看记录", "See entries"), "#"))),),
)
_COHORT: Final = Cohort(
    "followup-kept_rate",
    Label("出所一年保持联系率", "In touch a year after release"),
    "#",
    Label(
        "起算 400 人；第 12 个月：保持 77.8%（311/400），失联 7.5%（30/400）。",
        "400 began; month 12: kept 77.8% (311/400), lost 7.5% (30/400).",
    ),
    _PICTURE,
)


def _state(name: str, zh: str, en: str, page: object) -> State:
    return State(name, Label(zh, en), page)


STATES: Final = (
    _state("overview", "全部指标", "All indicators", _OVERVIEW),
    _state(
        "stale",
        "数旧",
        "Old figures",
        replace(
            _OVERVIEW,
            notices=(
                Notice(
                    "gap",
                    Label("这些数是 4 天前算的。", "These figures were worked out 4 days ago."),
                    Label(
                        "请系统管理员运行 guitu indicators refresh。",
                        "Ask the system administrator to run guitu indicators refresh.",
                    ),
                ),
            ),
        ),
    ),
    _state(
        "no_data_yet",
        "还没有数",
        "No figures yet",
        Overview(
            "示例县",
            Label("示例县：还没有数", "Example county: no figures yet"),
            None,
            _parts(0),
            None,
            None,
            None,
            empty=Empty(
                Label(
                    "还没有算过指标。请系统管理员运行 guitu indicators refresh。",
                    "No figures have been worked out yet. Ask the system administrator to run guitu"
                    " indicators refresh.",
                )
            ),
        ),
    ),
    _state(
        "period_not_understood", "期间看不懂", "Period not understood", replace(_OVERVIEW, periods=_WRONG)
    ),
    _state("one", "一项指标", "One indicator", _ONE),
    _state(
        "not_closed",
        "未结账",
        "Not closed",
        replace(
            _ONE,
            notices=(
                Notice(
                    "open",
                    Label("本月尚未结账，以下是截至目前的数。", "The period is not closed: figures so far."),
                ),
            ),
        ),
    ),
    _state(
        "definition_changed",
        "口径变了",
        "Definition changed",
        replace(
            _TREND,
            notes=(
                Label(
                    "口径自 2026-01-01 起改变，此前此后的数不宜直接比较。",
                    "The definition changed on 2026-01-01: figures before and after do not compare directly.",
                ),
            ),
        ),
    ),
    _state("village_closed", "村级不开放", "Villages closed", replace(_ONE, notes=(VILLAGES,), opens=())),
    _state("trend", "趋势图", "Trend", _TREND),
    _state(
        "behind",
        "谁组成这个数",
        "Who makes the figure",
        Behind(
            Label("按期报到率：分子", "Reported in within fifteen days: numerator"),
            Label("共 112 人，列出 1 人", "112 people, 1 listed"),
            "#",
            Label("示例县 · 2026年10月", "Example county · October 2026"),
            _LIST,
            (
                Notice(
                    "info",
                    Label(
                        "另有 3 人的档案现由其他单位负责或不对您开放，计数而不列名。",
                        "The files of 3 more are another unit's now, or not open to you: they are counted,"
                        " not named.",
                    ),
                ),
            ),
        ),
    ),
    _state(
        "cohorts",
        "同期人群",
        "Cohorts",
        Cohorts(
            "示例县",
            Label(
                "示例县 2025年起算的人，后来怎样：保持、失联，都数在内",
                "Example county: what became of those who began in 2025, the lost included",
            ),
            _CRUMBS,
            _parts(1),
            _MONTH,
            (_COHORT,),
            as_of=_AS_OF,
        ),
    ),
)
