"""Money for the work, and rewards by whom they went to. Who was rewarded stands nowhere here: among them are
people who reported somebody."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

KEEPS: Final = ("town_office", "county_supervisor", "provincial_supervisor", "centre_head", "statistician")


def _yuan(*, required: bool) -> Ask:
    return Ask(
        name="amount", label=Label("金额", "Amount"), type="whole", unit=Label("元", "yuan"), least=0,
        most=2_000_000_000, required=required,
    )  # fmt: skip


KINDS: Final = (
    Kind(
        name="spending",
        label=Label("经费支出", "Money spent"),
        about="unit",
        compartment=WORK,
        recorded_by=KEEPS,
        day=Label("支出日期", "Day spent"),
        summary=Label("支出 {amount} 元：{purpose}", "{amount} yuan spent on {purpose}"),
        fields=(
            _yuan(required=True),
            Ask(
                name="purpose",
                label=Label("用途", "Purpose"),
                type="choice",
                required=True,
                choices=(
                    Choice("staff", Label("人员", "Staff")),
                    Choice("treatment", Label("戒治、医疗", "Treatment")),
                    Choice("support", Label("帮扶", "Support")),
                    Choice("publicity", Label("宣传", "Outreach")),
                    Choice("building", Label("场所建设", "Buildings")),
                    Choice("equipment", Label("装备、信息化", "Equipment")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
        ),
    ),
    Kind(
        name="reward",
        label=Label("奖励", "Reward"),
        about="unit",
        compartment=WORK,
        recorded_by=KEEPS,
        day=Label("奖励日期", "Day given"),
        summary=Label("{sort}：{given_to} {awards} 个", "{sort}: {awards}, {given_to}"),
        help=Label("不写姓名。", "No names."),
        fields=(
            Ask(
                name="sort",
                label=Label("种类", "Sort"),
                type="choice",
                required=True,
                choices=(
                    Choice("money", Label("奖金", "Money")),
                    Choice("praise", Label("表彰", "Commendation")),
                    Choice("merit", Label("记功", "Merit")),
                ),
            ),
            Ask(
                name="given_to",
                label=Label("奖给", "Given to"),
                type="choice",
                required=True,
                choices=(
                    Choice("unit", Label("单位", "Units")),
                    Choice("officer", Label("干警", "Officers")),
                    Choice("public", Label("群众", "Members of the public")),
                ),
            ),
            Ask(
                name="awards",
                label=Label("名（个）数", "How many"),
                type="whole",
                least=1,
                most=1_000_000,
                required=True,
            ),
            _yuan(required=False),
        ),
    ),
)
