"""Places where people in recovery live and work by their own contract, what was paid there, and leaving.

Leaving needs nobody's leave: the person says so with one button, and from that moment is not there any more
(禁毒法 art. 49: by one's own will; 戒毒条例 art. 41: a contract). `recovery_place_stay` itself is declared
with the other help (`support`).
"""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

KEEPS: Final = ("town_office", "county_supervisor")
SEES: Final = (*KEEPS, "village_worker", "guidance_station", "centre_head", "intake_officer")
ARTICLES: Final = ("禁毒法#49", "戒毒条例#41", "戒毒条例#42")


def _hours(name: str, label: Label, most: int) -> Ask:
    return Ask(
        name=name, label=label, type="decimal", places=1, unit=Label("小时", "hours"), least=0, most=most,
    )  # fmt: skip


def _days(name: str, label: Label, most: int, *, required: bool = False) -> Ask:
    return Ask(
        name=name, label=label, type="whole", unit=Label("天", "days"), least=0, most=most,
        required=required,
    )  # fmt: skip


KINDS: Final = (
    Kind(
        name="recovery_place",
        label=Label("戒毒康复场所", "Recovery place"),
        about="unit",
        compartment=WORK,
        cites=ARTICLES,
        recorded_by=KEEPS,
        day=Label("启用日期", "Open from"),
        summary=Label("{name}（{sort}），床位 {beds}", "{name} ({sort}), {beds} beds"),
        help=Label(
            "工时上限和最低报酬按当地劳动用工规定填写，并写明依据；不填就不核对。",
            "Ceilings of hours and the least pay are those of the local labour rules; say which. What is left"
            " empty is not checked.",
        ),
        fields=(
            Ask(name="name", label=Label("名称", "Name"), required=True),
            Ask(
                name="sort",
                label=Label("类型", "Sort"),
                type="choice",
                required=True,
                choices=(
                    Choice("farm", Label("康复农场", "Recovery farm")),
                    Choice("park", Label("康复产业园", "Recovery park")),
                    Choice("workplace", Label("乡镇康复劳动场所", "Workplace of a town")),
                    Choice("other", Label("其他", "Other")),
                ),
            ),
            Ask(
                name="beds",
                label=Label("可接收", "Room for"),
                type="whole",
                unit=Label("人", "people"),
                least=0,
                most=100_000,
                required=True,
            ),
            _hours("most_hours", Label("每天工时不超过", "Hours a day at most"), 24),
            _days("most_days", Label("每周工作不超过", "Days a week at most"), 7),
            Ask(
                name="least_pay",
                label=Label("月报酬不低于", "Monthly pay at least"),
                type="whole",
                unit=Label("元", "yuan"),
                least=0,
                most=1_000_000,
            ),
            Ask(name="basis", label=Label("以上依据", "On what these rest")),
            Ask(name="until", label=Label("停用日期", "Closed on"), type="day"),
        ),
    ),
    Kind(
        name="recovery_place_left",
        label=Label("离开戒毒康复场所", "Left a recovery place"),
        compartment="support",
        answers="to",
        cites=("禁毒法#49", "戒毒条例#41"),
        recorded_by=("person", *SEES),
        day=Label("离开日期", "Day left"),
        summary=Label("离开康复场所：{how}", "Left: {how}"),
        help=Label(
            "不需要批准；协议没有到期也可以离开。",
            "Nobody's leave is needed, whether or not the contract has run out.",
        ),
        fields=(
            Ask(
                name="to",
                label=Label("所指的入住", "The stay meant"),
                required=True,
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(
                name="how",
                label=Label("怎样离开", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("own_wish", Label("本人要离开", "The person's own wish")),
                    Choice("contract_over", Label("协议到期", "Contract ran out")),
                    Choice("work_found", Label("找到工作", "Found work")),
                    Choice("ended_by_place", Label("场所解除协议", "Ended by the place")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(
                name="settled",
                label=Label("报酬是否结清", "All pay settled"),
                type="choice",
                choices=YES_NO,
            ),
        ),
    ),
    Kind(
        name="recovery_place_pay",
        label=Label("康复场所劳动报酬", "Pay in a recovery place"),
        compartment="support",
        answers="to",
        cites=("戒毒条例#42",),
        recorded_by=SEES,
        day=Label("支付日期", "Day paid"),
        summary=Label("{month} 起一个月：{amount} 元", "Month from {month}: {amount} yuan"),
        fields=(
            Ask(
                name="to",
                label=Label("所指的入住", "The stay meant"),
                required=True,
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(
                name="month", label=Label("月份（首日）", "Month (its first day)"), type="day", required=True
            ),
            _days("days", Label("劳动天数", "Days worked"), 31, required=True),
            _hours("most_hours", Label("其中最长一天", "Longest day"), 24),
            Ask(
                name="amount",
                label=Label("金额", "Amount"),
                type="decimal",
                places=2,
                unit=Label("元", "yuan"),
                least=0,
                most=1_000_000,
                required=True,
            ),
        ),
    ),
)
