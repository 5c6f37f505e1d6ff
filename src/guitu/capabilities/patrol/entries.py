"""Checkpoints, planned rounds, and rounds walked. A round is one entry with its passings: a centre walked
every hour would otherwise write a hundred thousand entries a year. Nobody's name stands in any of them.
"""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.fields import YES_NO
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

WALKS: Final = ("brigade_officer", "centre_head")


def _number(name: str, label: Label, unit: Label | None = None) -> Ask:
    return Ask(name=name, label=label, type="whole", unit=unit, least=0, most=1000, required=True)


KINDS: Final = (
    Kind(
        name="checkpoint",
        label=Label("巡查点", "Checkpoint"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=WALKS,
        day=Label("设立日期", "Day set up"),
        summary=Label("巡查点：{name}", "Checkpoint: {name}"),
        fields=(
            Ask(name="name", label=Label("名称", "Name"), required=True),
            Ask(name="place", label=Label("贴在哪里", "Where it hangs")),
            Ask(
                name="look",
                label=Label("到了看什么", "What to look at there"),
                type="long_text",
                help=Label("例如：门锁、灭火器、窗栅", "For example: lock, extinguisher, window bars"),
            ),
            Ask(
                name="code",
                label=Label("巡查码", "Code"),
                required=True,
                help=Label("由系统给出，印在二维码旁", "Given by the system, printed beside the QR code"),
            ),
        ),
    ),
    Kind(
        name="checkpoint_closed",
        label=Label("撤销巡查点", "Checkpoint taken down"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        recorded_by=WALKS,
        day=Label("撤销日期", "Day taken down"),
        fields=(
            Ask(
                name="to",
                label=Label("所指的巡查点", "The checkpoint meant"),
                required=True,
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(name="why", label=Label("为什么", "Why"), required=True),
        ),
    ),
    Kind(
        name="patrol_plan",
        label=Label("巡查计划", "Plan of rounds"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=WALKS,
        day=Label("起始日期", "From"),
        summary=Label("巡查计划：{name}", "Plan of rounds: {name}"),
        help=Label(
            "同名的新计划取代旧的。多久巡一次由本所决定，没有找到规定次数的条文。",
            "A new plan of the same name takes the place of the old one. How often is the centre's to decide:"
            " no article that says so was found.",
        ),
        fields=(
            Ask(name="name", label=Label("名称", "Name"), required=True),
            Ask(
                name="times",
                label=Label("起巡时间", "Rounds begin at"),
                type="long_text",
                required=True,
                help=Label("例如 07:00 10:00 14:00 20:00 23:00", "For example 07:00 10:00 14:00 20:00 23:00"),
            ),
            Ask(
                name="within",
                label=Label("前后允许", "Early or late by"),
                type="whole",
                unit=Label("分钟", "minutes"),
                least=1,
                most=120,
                required=True,
            ),
            Ask(name="points", label=Label("巡查点", "Checkpoints"), type="long_text", required=True),
            Ask(
                name="state",
                label=Label("状态", "State"),
                type="choice",
                required=True,
                choices=(
                    Choice("in_force", Label("执行", "In force")),
                    Choice("ended", Label("停止", "Ended")),
                ),
            ),
        ),
    ),
    Kind(
        name="patrol_round",
        label=Label("巡查", "Patrol round"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=WALKS,
        day=Label("巡查日期", "Day"),
        summary=Label(
            "巡查：到 {visited} 处，漏 {missed} 处", "Patrol round: {visited} reached, {missed} missed"
        ),
        fields=(
            Ask(name="plan", label=Label("哪个计划", "Which plan"), required=True),
            Ask(
                name="planned",
                label=Label("是否计划内", "As planned"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="planned_at",
                label=Label("计划起巡", "Planned to begin"),
                type="whole",
                least=0,
                most=2359,
                clock=True,
                only_when={"planned": ("yes",)},
            ),
            _number("due", Label("上次以来应巡", "Rounds due since the last")),
            _number("points", Label("应到", "Checkpoints to reach"), Label("处", "checkpoints")),
            _number("visited", Label("已到", "Reached"), Label("处", "checkpoints")),
            _number("missed", Label("漏巡", "Missed"), Label("处", "checkpoints")),
            _number("typed", Label("其中手输", "Of these typed by hand"), Label("处", "checkpoints")),
            _number("minutes", Label("用时", "Length"), Label("分钟", "minutes")),
            Ask(
                name="passings",
                label=Label("到点时间", "Passings"),
                type="long_text",
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(name="left_out", label=Label("漏巡的点", "Checkpoints missed"), type="long_text"),
            Ask(name="why", label=Label("为什么漏巡", "Why they were missed"), type="long_text"),
            Ask(name="note", label=Label("巡查情况", "What was seen"), type="long_text"),
        ),
    ),
)
