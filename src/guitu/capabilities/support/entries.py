"""What was done for somebody, one entry for each time: without it an agreement is paper."""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, Value
from guitu.kernel.labels import Label

FOLLOWS: Final = (
    "town_office",
    "village_worker",
    "guidance_station",
    "county_supervisor",
    "intake_officer",
    "brigade_officer",
    "counsellor",
    "centre_head",
)
NOTE: Final = Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True)


def _as_it_was(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """Version 1 asked less; what it asked means the same."""
    return fields


KINDS: Final = (
    Kind(
        name="service",
        label=Label("帮扶服务", "Service given"),
        compartment="support",
        cites=("戒毒条例#18",),
        recorded_by=(*FOLLOWS, "teacher"),
        day=Label("服务日期", "Day given"),
        summary=Label("帮扶：{line}", "Service: {line}"),
        fields=(
            Ask(
                name="line",
                label=Label("内容", "What"),
                type="choice",
                required=True,
                choices=(
                    Choice("care", Label("慰问关怀", "Visit and care")),
                    Choice("work", Label("就业指导", "Advice on work")),
                    Choice("family", Label("家庭关系修复", "Family relations")),
                    Choice("knowledge", Label("知识普及", "Teaching")),
                    Choice("counselling", Label("心理辅导", "Counselling")),
                    Choice("treatment", Label("协助就医", "Help with medical care")),
                    Choice("allowance", Label("协助救助、低保", "Help with an allowance")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            NOTE,
        ),
    ),
    Kind(
        name="job_placement",
        version=2,
        upgrade=_as_it_was,
        label=Label("帮扶就业", "Helped into work"),
        compartment="support",
        cites=("戒毒条例#18",),
        recorded_by=FOLLOWS,
        day=Label("上岗日期", "First day at work"),
        summary=Label("帮扶就业：{how}", "Helped into work: {how}"),
        fields=(
            Ask(
                name="how",
                label=Label("方式", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("employer", Label("单位录用", "An employer")),
                    Choice("recovery_place", Label("戒毒康复场所", "A recovery place")),
                    Choice("self_employed", Label("自主创业", "Self-employed")),
                    Choice("public_post", Label("公益性岗位", "A public post")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(
                name="employer",
                label=Label("用人单位（登记号）", "Employer (its entry)"),
                plain=True,
                internal=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(
                name="contract",
                label=Label("是否签订劳动合同", "Labour contract signed"),
                type="choice",
                choices=YES_NO,
            ),
            Ask(name="left_on", label=Label("离岗日期", "Last day at work"), type="day"),
            NOTE,
        ),
    ),
    Kind(
        name="recovery_place_stay",
        version=2,
        upgrade=_as_it_was,
        label=Label("入住戒毒康复场所", "Stay in a recovery place"),
        compartment="support",
        cites=("禁毒法#49", "戒毒条例#41", "戒毒条例#42"),
        recorded_by=("town_office", "county_supervisor", "guidance_station", "intake_officer", "centre_head"),
        day=Label("入住日期", "Day moved in"),
        summary=Label("入住戒毒康复场所，自愿协议：{voluntary}", "Moved in, voluntary contract: {voluntary}"),
        help=Label(
            "本人自愿签订协议，可以随时离开；措施的期限照常计算。",
            "By the person's own voluntary contract, free to leave; the term of a measure runs on.",
        ),
        fields=(
            Ask(
                name="voluntary",
                label=Label("是否本人自愿签订协议", "Voluntary contract signed by the person"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="wage",
                label=Label("协议月报酬", "Monthly wage by the contract"),
                type="whole",
                unit=Label("元", "yuan"),
                least=0,
                most=1_000_000,
            ),
            Ask(
                name="place",
                label=Label("场所（登记号）", "Place (its entry)"),
                plain=True,
                internal=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(
                name="told_free",
                label=Label(
                    "已告知可以随时离开、不影响措施期限",
                    "Told: free to leave any day, and it changes no term",
                ),
                type="choice",
                choices=YES_NO,
            ),
            Ask(
                name="copy_given",
                label=Label("协议已交本人一份", "The person has a copy of the contract"),
                type="choice",
                choices=YES_NO,
            ),
            Ask(name="until", label=Label("协议到期日期", "Contract runs until"), type="day"),
            Ask(
                name="hours",
                label=Label("协议每天工时", "Hours a day by the contract"),
                type="decimal",
                places=1,
                unit=Label("小时", "hours"),
                least=0,
                most=24,
            ),
            Ask(
                name="days_a_week",
                label=Label("协议每周工作", "Days a week by the contract"),
                type="whole",
                unit=Label("天", "days"),
                least=0,
                most=7,
            ),
            Ask(name="left_on", label=Label("离开日期", "Day left"), type="day"),
        ),
    ),
)
