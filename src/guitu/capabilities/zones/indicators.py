"""Who is in which zone, and how long a zone took those who moved on."""

from __future__ import annotations

from typing import Final

from guitu.indicators import All, Any_, Exists, Indicator, Is, Median, Missing, People, Rows, Stock
from guitu.kernel.labels import Label

ISOLATION: Final = Is("measure", "compulsory_isolation")
INSIDE: Final = Any_(
    Exists(of="measures", where=All(ISOLATION, Missing("ended_on")), day="starts_on", most=0),
    Exists(of="measures", where=ISOLATION, day="ended_on", least=1),
)
"""Compulsory isolation ran on the last day of the period."""

_ON: Final = (
    ("detox", "生理脱毒区", "detoxification zone", ("adaptation", "consolidation", "return")),
    ("adaptation", "教育适应区", "adaptation zone", ("consolidation", "return")),
    ("consolidation", "康复巩固区", "consolidation zone", ("return",)),
)
"""Each zone with those that come after it."""


def _days(zone: str, zh: str, en: str, later: tuple[str, ...]) -> Indicator:
    return Indicator(
        key=f"zones.{zone}_days",
        label=Label(f"在{zh}天数（中位数）", f"Days in the {en} (median)"),
        unit="day",
        definition=Label(
            f"期间内转入{zh}的，到第一次转入后面的区为止的天数，取中位数；尚未转出的不在中位数内，另列。"
            "没有核实到全国统一的时限，本数不与任何时限比较。",
            f"Of those who came into the {en} in the period, the days until they first moved to a later zone;"
            " those who have not are counted apart. No national length was verified and none is compared.",
        ),
        value=Median(
            of="zone_move",
            where=Is("zone", zone),
            then=Rows(of="zone_move", where=Is("zone", *later)),
        ),
        plausible=(0, 1095),
    )


INDICATORS: Final = (
    Indicator(
        key="zones.people",
        label=Label("各区人数", "People by zone"),
        unit="person",
        definition=Label(
            "期末正在强制隔离戒毒的人员，按最近一次分区流转登记的分区统计；没有登记过分区的不在内。",
            "People under compulsory isolation at the end of the period by the zone they were last moved to;"
            " whoever was never placed in a zone is not among them.",
        ),
        value=Stock(of="zone_move", since="day", latest=True, where=INSIDE),
        breakdowns=("zone", "sex", "age_band"),
    ),
    *(_days(*zone) for zone in _ON),
    Indicator(
        key="zones.back",
        label=Label("转回前面的区", "Back to an earlier zone"),
        unit="person",
        definition=Label(
            "期间内流转评估结论为转回前面的区的人数，同一人只计一次。",
            "Persons whose review in the period said to go back to an earlier zone, each once.",
        ),
        value=People(of="zone_review", where=Is("outcome", "back")),
    ),
)
