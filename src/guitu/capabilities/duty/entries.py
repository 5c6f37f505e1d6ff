"""One batch of officers in one phase of closed duty. How long people served without a break is asked for
apart: blocks that follow one another are no single stay, and a stay of several blocks is no block."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

KINDS: Final = (
    Kind(
        name="closed_duty",
        label=Label("封闭执勤", "Closed duty"),
        about="unit",
        compartment=WORK,
        recorded_by=("duty_planner", "centre_head", "provincial_supervisor"),
        day=Label("开始日期", "First day"),
        summary=Label("{phase}，{officers} 人次", "{phase}, {officers} person-times"),
        fields=(
            Ask(
                name="phase",
                label=Label("阶段", "Phase"),
                type="choice",
                required=True,
                choices=(
                    Choice("duty", Label("封闭执勤", "Closed duty")),
                    Choice("isolation", Label("隔离备勤", "Isolation, on standby")),
                    Choice("home", Label("居家备勤", "At home, on standby")),
                ),
            ),
            Ask(
                name="officers",
                label=Label("人数", "Officers"),
                type="whole",
                unit=Label("人次", "person-times"),
                least=0,
                most=100_000,
                required=True,
            ),
            Ask(name="until", label=Label("结束日期", "Last day"), type="day"),
            Ask(
                name="longest",
                label=Label("其中连续执勤最长", "Longest without a break"),
                type="whole",
                unit=Label("天", "days"),
                least=1,
                most=3660,
            ),
        ),
    ),
    Kind(
        name="roster_published",
        label=Label("班表发布", "Roster published"),
        about="unit",
        compartment=WORK,
        recorded_by=("duty_planner", "centre_head"),
        day=Label("发布日期", "Day it was published"),
        summary=Label(
            "班表 {first} 至 {last}，{people} 人 {shifts} 班",
            "Roster {first} to {last}: {people} people, {shifts} shifts",
        ),
        fields=(
            Ask(name="first", label=Label("首日", "First day"), type="day", required=True),
            Ask(name="last", label=Label("末日", "Last day"), type="day", required=True),
            Ask(
                name="people",
                label=Label("人数", "People"),
                type="whole",
                unit=Label("人", "people"),
                least=0,
                most=100_000,
                required=True,
            ),
            Ask(
                name="shifts",
                label=Label("班次", "Shifts"),
                type="whole",
                unit=Label("班", "shifts"),
                least=0,
                most=10_000_000,
                required=True,
            ),
            Ask(name="digest", label=Label("内容摘要", "Digest"), required=True, plain=True),
            Ask(name="replaces", label=Label("取代", "Replaces"), plain=True),
        ),
    ),
)
