"""A published figure as it was printed, with where. Two prints that contradict each other are two entries,
and both stay; which one holds, the source decides and not the product."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label
from guitu.levels.persons_out import nobody

SERIES: Final = (
    Choice(
        "registered.rate",
        Label("现有吸毒人员占人口比（‰）", "Registered current users in the population (‰)"),
    ),
    Choice("registered.total", Label("现有吸毒人员（人）", "Registered current users (people)")),
    Choice("registered.total_change", Label("吸毒人员总数同比（%）", "Change in registered users (%)")),
    Choice("registered.new", Label("新增（发现）吸毒人员（人）", "Newly found users (people)")),
    Choice(
        "registered.new_change", Label("新增（发现）吸毒人员同比（%）", "Change in newly found users (%)")
    ),
    Choice("police.cases", Label("破获毒品刑事案件（宗）", "Drug crime cases (cases)")),
    Choice("police.suspects", Label("抓获毒品犯罪嫌疑人（人）", "Drug crime suspects (people)")),
    Choice("police.seized_kg", Label("缴获毒品（公斤）", "Drugs seized (kg)")),
    Choice("police.money", Label("缴获毒资（元）", "Drug money seized (yuan)")),
    Choice("police.venues_closed", Label("查处、关停涉毒娱乐场所（家）", "Venues closed (venues)")),
    Choice("police.dens", Label("捣毁吸毒窝点（处）", "Dens broken up (places)")),
    Choice("police.users_found", Label("查获吸毒人员（人）", "Users found (people)")),
    Choice("police.criminal_cases_change", Label("刑事类案件同比（%）", "Change in criminal cases (%)")),
    Choice("police.order_cases_change", Label("治安案件同比（%）", "Change in public-order cases (%)")),
    Choice(
        "police.theft_cases_change", Label("盗抢骗案件同比（%）", "Change in theft, robbery and fraud (%)")
    ),
)
"""What is published about a place by others, each in its own unit: a value is entered in that unit, whatever
unit was printed. A series that is missing is added here, with its indicator."""

UNITS: Final = (
    Choice("person", Label("人", "people")),
    Choice("case", Label("宗", "cases")),
    Choice("venue", Label("家", "venues")),
    Choice("event", Label("次", "times")),
    Choice("kg", Label("公斤", "kg")),
    Choice("yuan", Label("元", "yuan")),
    Choice("percent", Label("%", "percent"), ledger=("百分之",)),
    Choice("permille", Label("‰", "permille"), ledger=("千分之",)),
)

KINDS: Final = (
    Kind(
        name="published_figure",
        label=Label("公布数据", "Published figure"),
        about="unit",
        compartment=WORK,
        recorded_by=("statistician", "county_supervisor", "provincial_supervisor"),
        day=Label("公布日期", "Day published"),
        summary=Label("{series}：{value}", "{series}: {value}"),
        help=Label(
            "照原文抄录，一处一条。两处不一致的，各录一条，不取舍。",
            "Copy it as printed, one entry for each place. Where two contradict each other, record both.",
        ),
        fields=(
            Ask(name="series", label=Label("指标", "Series"), type="choice", required=True, choices=SERIES),
            Ask(name="first", label=Label("数据起始日期", "First day it covers"), type="day", required=True),
            Ask(name="last", label=Label("数据截止日期", "Last day it covers"), type="day", required=True),
            Ask(name="value", label=Label("数值", "Value"), type="decimal", required=True, places=4),
            Ask(
                name="printed_unit",
                label=Label("原文所印单位（不同时填写）", "Unit as printed, where it is another"),
                type="choice",
                choices=UNITS,
            ),
            Ask(
                name="printed_in",
                label=Label("印在何处", "Where it is printed"),
                type="choice",
                choices=(
                    Choice("text", Label("正文", "The text")),
                    Choice("box", Label("数说、图表", "A box or chart")),
                    Choice("table", Label("统计表", "A table")),
                ),
            ),
            Ask(name="source", label=Label("出处", "Source"), required=True, check=nobody),
            Ask(
                name="replaces",
                label=Label("更新同期以前公布的", "Replaces what was published before for the period"),
                type="choice",
                choices=(
                    Choice("yes", Label("是，此前的不再使用", "Yes: what was before holds no longer")),
                    Choice("no", Label("否", "No")),
                ),
            ),
        ),
    ),
)
