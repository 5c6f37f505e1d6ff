"""Meetings, campaigns and their targets, reports on tasks, and how an office is reminded.

What was decided, and what came of it, stands with the packs (`action_decided`, `action_closed`): in the file
of the unit that decided. What the owner reports of it stands in the owner's own file. No person under a
measure is named in any of these.
"""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import Ask, Choice, Kind, Value
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

STEERS: Final = ("town_office", "county_supervisor", "provincial_supervisor", "centre_head")
CAMPAIGNS: Final = (*STEERS, "outreach")
REPORTS: Final = (*CAMPAIGNS, "village_worker", "guidance_station", "statistician")
NO_NAMES: Final = Label(
    "不写戒毒人员姓名；涉及某一个人的，写在本人档案里。",
    "No names of people under a measure: what concerns one person stands in that person's file.",
)
REGULAR: Final = ("month", "quarter", "year")


def _as_it_was(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """Meetings of before were told in less."""
    return fields


def _to(label: Label) -> Ask:
    return Ask(name="to", label=label, required=True, internal=True, plain=True)


KINDS: Final = (
    Kind(
        name="meeting",
        label=Label("调度会议", "Meeting"),
        version=2,
        about="unit",
        compartment=WORK,
        recorded_by=STEERS,
        day=Label("会议日期", "Day of the meeting"),
        summary=Label("{sort}", "{sort}"),
        upgrade=_as_it_was,
        fields=(
            Ask(
                name="sort",
                label=Label("会议", "Which"),
                type="choice",
                required=True,
                choices=(
                    Choice("month", Label("月调度", "Monthly dispatch")),
                    Choice("quarter", Label("季小结", "Quarterly summary")),
                    Choice("year", Label("年总结", "Yearly review")),
                    Choice("risk", Label("安全研判", "Safety risk meeting")),
                ),
            ),
            Ask(
                name="people",
                label=Label("参加人数", "People present"),
                type="whole",
                least=1,
                most=1000,
            ),
            Ask(
                name="weighed",
                label=Label("研判的情况", "What was weighed"),
                type="long_text",
                only_when={"sort": ("risk",)},
                help=Label(
                    "写场所的情况，不写戒毒人员姓名；某一个人的，写在本人档案里。",
                    "How the place stands, and no resident's name: what concerns one person stands in that"
                    " file.",
                ),
            ),
            Ask(
                name="chaired_by",
                label=Label("主持人", "Chaired by"),
                only_when={"sort": REGULAR},
                of_others=True,
                help=Label("工作人员的姓名和职务", "A member of staff: name and office"),
            ),
            Ask(
                name="pack",
                label=Label("所依据的月报", "The pack it dealt with"),
                internal=True,
                plain=True,
                only_when={"sort": REGULAR},
            ),
            Ask(
                name="minutes",
                label=Label("会议要点", "What was said"),
                type="long_text",
                only_when={"sort": REGULAR},
                help=NO_NAMES,
            ),
        ),
    ),
    Kind(
        name="action_report",
        label=Label("事项办理情况", "Report on a task"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=REPORTS,
        day=Label("报告日期", "Day reported"),
        summary=Label("办理情况：{how}", "Report on a task: {how}"),
        help=NO_NAMES,
        fields=(
            _to(Label("哪一件事项", "Which task")),
            Ask(
                name="how",
                label=Label("办到哪一步", "How far"),
                type="choice",
                required=True,
                choices=(
                    Choice("going", Label("正在办理", "Going on")),
                    Choice("stuck", Label("有困难，请上级协调", "Stuck: help is asked for")),
                    Choice("done", Label("已完成，请核验", "Done: please look at it")),
                ),
            ),
            Ask(
                name="text",
                label=Label("做了什么、凭什么说", "What was done, and by what it is known"),
                type="long_text",
                required=True,
                help=Label(
                    "写文书、台账或者数字，不写人员姓名。", "A paper, a ledger or a figure; no names."
                ),
            ),
        ),
    ),
    Kind(
        name="dispatch_terms",
        label=Label("督办设置", "Reminders of tasks"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=STEERS,
        day=Label("起用日期", "In force from"),
        summary=Label(
            "提前 {remind} 天提醒，每逾期 {climb} 天上升一级",
            "reminded {remind} days before, up one level for every {climb} days late",
        ),
        help=Label(
            "对本单位和下级单位有效，下级可以另定。没有法律规定天数，由本单位决定。",
            "For this unit and those below, unless they set their own. No article gives these days: they are"
            " the office's.",
        ),
        fields=(
            Ask(
                name="remind",
                label=Label("提前几天提醒", "Reminded so many days before"),
                type="whole",
                required=True,
                least=0,
                most=60,
                unit=Label("天", "days"),
            ),
            Ask(
                name="climb",
                label=Label("每逾期几天上升一级", "Up one level for so many days late"),
                type="whole",
                required=True,
                least=1,
                most=365,
                unit=Label("天", "days"),
            ),
        ),
    ),
    Kind(
        name="campaign",
        label=Label("专项行动", "Campaign"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=CAMPAIGNS,
        day=Label("部署日期", "Day it was ordered"),
        summary=Label("专项行动：{name}，{first} 至 {last}", "Campaign: {name}, {first} to {last}"),
        fields=(
            Ask(
                name="name",
                label=Label("名称", "Name"),
                required=True,
                help=Label(
                    "例如：禁毒宣传月、某某行动第二轮", "For example: outreach month, second round of …"
                ),
            ),
            Ask(name="first", label=Label("第一天", "First day"), type="day", required=True),
            Ask(name="last", label=Label("最后一天", "Last day"), type="day", required=True),
            Ask(name="purpose", label=Label("要做到什么", "What it is for"), type="long_text", help=NO_NAMES),
            Ask(name="basis", label=Label("出自哪份文件", "From which paper")),
        ),
    ),
    Kind(
        name="campaign_target",
        label=Label("行动目标", "Target of a campaign"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        recorded_by=CAMPAIGNS,
        day=Label("确定日期", "Day it was set"),
        summary=Label("行动目标：{way} {number}", "Target: {way} {number}"),
        fields=(
            _to(Label("哪次行动", "Which campaign")),
            Ask(name="indicator", label=Label("指标", "Indicator"), required=True, plain=True),
            Ask(
                name="way",
                label=Label("目标", "Target"),
                type="choice",
                required=True,
                choices=(
                    Choice("least", Label("至少达到", "at least")),
                    Choice("most", Label("不超过", "at most")),
                ),
            ),
            Ask(
                name="number",
                label=Label("数", "Number"),
                type="decimal",
                required=True,
                least=0,
                most=2_000_000_000,
            ),
        ),
    ),
)
