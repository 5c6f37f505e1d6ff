"""A figure as it was printed, wherever that was; and what was published of the scoreboard on a day.

A printed figure is a claim and counts nowhere: ours is counted beside it from the records, by the
indicator it names. Two prints that contradict each other stay both. An edition holds what was shown,
hidden figures as hidden: what was published can be read again as it was, whatever is counted later.
"""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.indicators.counting import COUNTING_UNITS
from guitu.kernel.labels import Label

PRINTED: Final = "printed_figure"
PUBLISHED: Final = "scoreboard_published"
UNITS: Final = tuple(Choice(unit.name, unit.label) for unit in COUNTING_UNITS.values())

KINDS: Final = (
    Kind(
        name=PRINTED,
        label=Label("印出的数字", "Figure as printed"),
        about="unit",
        compartment=WORK,
        recorded_by=("statistician", "county_supervisor", "provincial_supervisor"),
        day=Label("公布日期", "Day it was published"),
        summary=Label("{label}：{value}", "{label}: {value}"),
        help=Label(
            "照原文抄录，登记在它所说的单位。另一处印得不同的，填在“另一处”，不取舍。",
            "As printed, in the file of the unit it is about. Where another place prints another"
            " number, enter"
            " both; choose none.",
        ),
        fields=(
            Ask(name="label", label=Label("原文怎么说", "In the words of the print"), required=True),
            Ask(
                name="indicator",
                label=Label("指标代码", "Key of the indicator"),
                required=True,
                plain=True,
                help=Label(
                    "如 outreach.talks；代码在指标页上",
                    "such as outreach.talks; it stands on the page of indicators",
                ),
            ),
            Ask(name="value", label=Label("印作", "As printed"), type="decimal", required=True, places=4),
            Ask(name="unit", label=Label("单位", "Counted in"), type="choice", required=True, choices=UNITS),
            Ask(
                name="printed_unit",
                label=Label("原文所印单位（不同时填写）", "Unit as printed, where another"),
                type="choice",
                choices=UNITS,
            ),
            Ask(
                name="first",
                label=Label("数据起始日期", "First day it covers"),
                type="day",
                help=Label("原文没有写明的不填", "Leave empty where the print does not say"),
            ),
            Ask(name="last", label=Label("数据截止日期", "Last day it covers"), type="day"),
            Ask(
                name="exact",
                label=Label("是否准确数", "Whether exact"),
                type="choice",
                choices=YES_NO,
                help=Label("“余”“近”“约”为否", "No for “more than” or “about”"),
            ),
            Ask(name="conflict", label=Label("另一处印作", "Printed elsewhere as"), type="decimal", places=4),
            Ask(name="source", label=Label("出处", "Source")),
            Ask(name="note", label=Label("说明", "Note"), type="long_text"),
        ),
    ),
    Kind(
        name=PUBLISHED,
        label=Label("公布数据", "Scoreboard published"),
        about="unit",
        compartment=WORK,
        recorded_by=("county_supervisor", "provincial_supervisor"),
        own_page=True,
        day=Label("公布日期", "Day published"),
        summary=Label("公布 {figures} 个数字", "{figures} figures published"),
        fields=(
            Ask(name="edition", label=Label("版", "Edition"), required=True, internal=True, plain=True),
            Ask(
                name="figures",
                label=Label("数字个数", "Number of figures"),
                type="whole",
                least=0,
                most=100_000,
                required=True,
            ),
            Ask(
                name="part", label=Label("第几部分", "Part"), type="whole", least=1, most=1000, required=True
            ),
            Ask(name="counted_on", label=Label("截至", "As of"), type="day", required=True),
            Ask(
                name="content", label=Label("内容", "Content"), type="long_text", required=True, internal=True
            ),
        ),
    ),
)
