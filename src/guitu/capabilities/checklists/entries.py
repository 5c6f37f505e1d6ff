"""A list and its sheets, in units' own files.

What 七个一, 六必, 三防一安全 and 三个一切 contain is not known here: an office that knows types it in. A list
that is asked otherwise from a day on is a further entry with the list's own id: the sheets of before stay
what they were.
"""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, Value
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

WRITES: Final = (
    "brigade_officer", "centre_head", "town_office", "county_supervisor", "provincial_supervisor", "outreach",
)  # fmt: skip
"""Who draws up a list."""
FILLS: Final = (*WRITES, "village_worker", "guidance_station")

EVERY: Final = (
    Choice("day", Label("每天", "Every day")),
    Choice("week", Label("每周", "Every week")),
    Choice("month", Label("每月", "Every month")),
    Choice("quarter", Label("每季", "Every quarter")),
    Choice("year", Label("每年", "Every year")),
    Choice("once", Label("填一次", "Once")),
)
USES: Final = (
    Choice("epidemic", Label("防疫", "Infection control")),
    Choice("outreach", Label("宣传", "Outreach")),
    Choice("safety", Label("安全", "Safety")),
    Choice("community", Label("社戒社康", "Community work")),
    Choice("other", Label("其他", "Something else")),
)
WHO: Final = (
    Choice("own", Label("本单位", "This unit")),
    Choice("county", Label("下辖各县（市、区）", "Every county below")),
    Choice("town", Label("下辖各乡镇（街道）", "Every town below")),
    Choice("village", Label("下辖各村（社区）", "Every village below")),
    Choice("station", Label("下辖各指导站", "Every guidance station below")),
    Choice("centre", Label("下辖各戒毒所", "Every centre below")),
)
CAMPAIGN_HELP: Final = Label("属于哪次专项行动", "The campaign it belongs to")


def _as_it_was(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """Sheets and lists of before asked less: they were against infection, and a centre's own."""
    return fields


def _count(name: str, label: Label, *, least: int) -> Ask:
    return Ask(name=name, label=label, type="whole", required=True, least=least, most=200)


def _list_id(name: str) -> Ask:
    return Ask(name=name, label=Label("检查表", "Checklist"), required=True, internal=True, plain=True)


KINDS: Final = (
    Kind(
        name="checklist",
        label=Label("检查表", "Checklist"),
        version=2,
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=WRITES,
        day=Label("制定日期", "Day drawn up"),
        summary=Label("检查表：{name}，{every}", "Checklist: {name}, {every}"),
        help=Label(
            "名称和事项由本单位写。“七个一”“六必”“三防一安全”“三个一切”的内容本系统不知道，不代拟。",
            "Name and items are the office’s own. What 七个一, 六必, 三防一安全 and 三个一切 contain is not"
            " known here and not made up.",
        ),
        upgrade=_as_it_was,
        fields=(
            Ask(name="name", label=Label("名称", "Name"), required=True),
            Ask(name="use", label=Label("用于", "For"), type="choice", choices=USES),
            Ask(name="who", label=Label("由谁填", "Filled in by"), type="choice", choices=WHO),
            Ask(
                name="every",
                label=Label("多久填一次", "How often"),
                type="choice",
                required=True,
                choices=EVERY,
            ),
            Ask(
                name="items",
                label=Label("事项", "Items"),
                type="long_text",
                required=True,
                help=Label("每行一项", "One a line"),
            ),
            Ask(
                name="proof",
                label=Label("填表时要写依据", "Evidence is asked for"),
                type="choice",
                choices=YES_NO,
                help=Label(
                    "选“是”的，填表时写明凭什么说做到了。",
                    "With yes, whoever fills it in says by what the work is known to be done.",
                ),
            ),
            Ask(
                name="basis",
                label=Label("出自哪份文件", "From which paper"),
                help=Label("没有就不填", "Leave empty if none"),
            ),
            Ask(name="from_day", label=Label("从哪天起", "From"), type="day", required=True),
            Ask(name="until", label=Label("用到哪天", "Until"), type="day"),
            Ask(name="own_id", label=Label("编号", "Number"), internal=True, plain=True),
            Ask(
                name="campaign", label=Label("专项行动", "Campaign"), internal=True, plain=True,
                help=CAMPAIGN_HELP,
            ),
        ),
    ),
    Kind(
        name="checklist_filled",
        label=Label("填检查表", "Checklist filled in"),
        version=2,
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=FILLS,
        day=Label("检查日期", "Day checked"),
        summary=Label("{name}：{done}/{asked} 项做到", "{name}: {done} of {asked} done"),
        upgrade=_as_it_was,
        fields=(
            _list_id("checklist"),
            Ask(name="name", label=Label("名称", "Name"), required=True),
            Ask(name="use", label=Label("用于", "For"), type="choice", choices=USES),
            Ask(
                name="period",
                label=Label("所属期间的第一天", "First day of the period"),
                type="day",
                required=True,
            ),
            _count("asked", Label("事项数", "Items"), least=1),
            _count("done", Label("做到", "Done"), least=0),
            Ask(name="gaps", label=Label("没有做到的", "Not done"), type="long_text"),
            Ask(
                name="proof",
                label=Label("依据", "Evidence"),
                type="long_text",
                help=Label(
                    "写文书、台账、照片编号或者数字，不写人员姓名。",
                    "A paper, a ledger, the number of a photograph or a figure; no names.",
                ),
            ),
            Ask(name="note", label=Label("说明", "Note"), type="long_text"),
            Ask(name="version_id", label=Label("哪一版", "Which version"), internal=True, plain=True),
        ),
    ),
)  # fmt: skip
