"""Employers, in the file of the unit that found them, and the work of one person asked after."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

FINDS: Final = ("town_office", "county_supervisor", "guidance_station")
ASKS: Final = ("town_office", "village_worker", "guidance_station", "county_supervisor", "centre_head")
ARTICLES: Final = ("戒毒条例#18",)

KINDS: Final = (
    Kind(
        name="employer",
        label=Label("用人单位", "Employer"),
        about="unit",
        compartment=WORK,
        cites=ARTICLES,
        recorded_by=FINDS,
        day=Label("登记日期", "Day registered"),
        summary=Label("{name}：{places} 个岗位", "{name}: {places} places"),
        help=Label(
            "只登记岗位。谁在那里工作，写在本人档案里；不向用人单位提供戒毒信息。",
            "Places only. Who works there stands in that person's file; the employer is told nothing of"
            " rehabilitation.",
        ),
        fields=(
            Ask(name="name", label=Label("名称", "Name"), required=True),
            Ask(
                name="trade",
                label=Label("行业", "Trade"),
                type="choice",
                required=True,
                choices=(
                    Choice("farming", Label("种植养殖", "Farming")),
                    Choice("making", Label("制造加工", "Manufacture")),
                    Choice("building", Label("建筑", "Building")),
                    Choice("services", Label("商贸服务", "Trade and services")),
                    Choice("transport", Label("物流运输", "Transport")),
                    Choice("public", Label("公益性岗位", "Public posts")),
                    Choice("other", Label("其他", "Other")),
                ),
            ),
            Ask(
                name="places",
                label=Label("可提供岗位", "Places"),
                type="whole",
                unit=Label("个", "places"),
                least=0,
                most=10_000,
                required=True,
            ),
            Ask(
                name="wage",
                label=Label("月工资", "Monthly wage"),
                type="whole",
                unit=Label("元", "yuan"),
                least=0,
                most=1_000_000,
            ),
            Ask(name="contact", label=Label("联系人和电话", "Whom to ask"), sealed=True),
            Ask(name="until", label=Label("截止日期", "Until"), type="day"),
        ),
    ),
    Kind(
        name="job_check",
        label=Label("在岗复核", "Still at work"),
        compartment="support",
        answers="to",
        cites=ARTICLES,
        recorded_by=ASKS,
        day=Label("复核日期", "Day asked"),
        summary=Label("在岗：{still}", "At work: {still}"),
        help=Label("问本人，不问用人单位。", "Ask the person, not the employer."),
        fields=(
            Ask(
                name="to",
                label=Label("所指的就业", "The work meant"),
                required=True,
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(
                name="still",
                label=Label("是否仍在岗", "Still at that work"),
                type="choice",
                required=True,
                choices=(
                    *YES_NO,
                    Choice("changed", Label("换了工作", "Has other work")),
                    Choice("unknown", Label("没有联系上", "Could not be asked")),
                ),
            ),
            Ask(
                name="paid",
                label=Label("工资是否按时", "Paid in time"),
                type="choice",
                choices=YES_NO,
                only_when={"still": ("yes",)},
            ),
            Ask(
                name="left_on",
                label=Label("离岗日期", "Last day there"),
                type="day",
                only_when={"still": ("no", "changed")},
            ),
            Ask(
                name="why",
                label=Label("离岗原因", "Why it ended"),
                type="choice",
                only_when={"still": ("no", "changed")},
                choices=(
                    Choice("own_wish", Label("本人不愿继续", "The person's wish")),
                    Choice("dismissed", Label("被辞退", "Dismissed")),
                    Choice("found_out", Label("因戒毒经历被排斥", "Shut out because of the past")),
                    Choice("ended", Label("合同、工期结束", "Contract or works ended")),
                    Choice("health", Label("身体原因", "Health")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
        ),
    ),
)
