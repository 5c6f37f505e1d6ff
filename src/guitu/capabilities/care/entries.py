"""What is done for one person, by whom, and when it is looked at again. Nothing is scored or predicted."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.fields import YES_NO
from guitu.kernel.labels import Label

_OPEN: Final = {"state": ("active",)}

KINDS: Final = (
    Kind(
        name="care_plan",
        label=Label("照护计划", "Care plan"),
        compartment="medical",
        cites=("戒毒条例#29",),
        recorded_by=("doctor", "nurse"),
        day=Label("订立或复核日期", "Day made or reviewed"),
        summary=Label("照护计划：{state}，下次复核 {review_on}", "Care plan: {state}, review {review_on}"),
        help=Label(
            "病情可能突然变重的人，由具名的人照护。每次复核再记一条，新的取代旧的。大队要做什么，另写照护提示。"
            "可能自伤自杀的，由心理咨询师订危机计划。",
            "For somebody whose illness may suddenly turn worse, in named hands. Each review is a new entry,"
            " which takes the place of the old one. What the brigade has to do is written as a care note. Who"
            " may harm themselves has a crisis plan, made by a counsellor.",
        ),
        fields=(
            Ask(
                name="state",
                label=Label("状态", "State"),
                type="choice",
                required=True,
                plain=True,
                choices=(
                    Choice("active", Label("执行中", "In force")),
                    Choice("ended", Label("不再需要", "No longer needed")),
                ),
            ),
            Ask(
                name="named_staff",
                label=Label("负责人姓名", "Named member of staff"),
                required=True,
                only_when=_OPEN,
                of_others=True,
            ),
            Ask(
                name="review_on",
                label=Label("下次复核", "Review on"),
                type="day",
                required=True,
                plain=True,
                only_when=_OPEN,
            ),
            Ask(name="about", label=Label("什么病情", "Which illness"), required=True, only_when=_OPEN),
            Ask(
                name="watch",
                label=Label("注意什么", "What to watch for"),
                type="long_text",
                required=True,
                only_when=_OPEN,
            ),
            Ask(
                name="steps",
                label=Label("出现了怎么办", "What to do then"),
                type="long_text",
                required=True,
                only_when=_OPEN,
            ),
            Ask(
                name="agreed",
                label=Label("是否和本人一起订", "Made with the person"),
                type="choice",
                choices=YES_NO,
            ),
            Ask(
                name="why_ended",
                label=Label("为什么不再需要", "Why it is no longer needed"),
                required=True,
                only_when={"state": ("ended",)},
            ),
        ),
    ),
)
