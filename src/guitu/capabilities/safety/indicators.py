"""六无 by class, with near misses beside it, and the hours of work."""

from typing import Final

from guitu.capabilities.safety.entries import SIX
from guitu.indicators import All, Events, Indicator, Is, Ratio, Sum
from guitu.kernel.labels import Label

HAPPENED: Final = Is("what", "happened")

INDICATORS: Final = (
    Indicator(
        key="safety.six_no",
        label=Label("场所“六无”事件", "Incidents of the six classes"),
        unit="event",
        definition=Label(
            "期间内已发生的脱逃、非正常死亡、所内案件、重大安全生产事故、毒品流入、重大疫情，合计；"
            "险些发生的另列。",
            "Escapes, unnatural deaths, crimes inside, major production accidents, drugs brought in and major"
            " epidemics that happened in the period, together; near misses are counted apart.",
        ),
        value=Events(of="incident", where=All(HAPPENED, Is("sort", *(choice.value for choice in SIX)))),
        breakdowns=("sort",),
        beside=("safety.near_misses", "rights.complaints"),
        note=Label(
            "须与险些发生的事件和投诉一并看：只奖励零的，得到的是不报。",
            "Read it with the near misses and the complaints: who rewards zeros only is told zeros.",
        ),
    ),
    *(
        Indicator(
            key=f"safety.{choice.value}",
            label=choice.label,
            unit="event",
            definition=Label(
                f"期间内已发生的“{choice.label.zh}”次数。",
                f"Incidents of the class “{choice.label.en}” that happened in the period.",
            ),
            value=Events(of="incident", where=All(HAPPENED, Is("sort", choice.value))),
        )
        for choice in SIX
    ),
    Indicator(
        key="safety.near_misses",
        label=Label("险些发生的事件", "Near misses"),
        unit="event",
        definition=Label(
            "期间内登记的险些发生的事件，各类合计。", "Near misses recorded in the period, of every class."
        ),
        value=Events(of="incident", where=Is("what", "near_miss")),
        breakdowns=("sort",),
    ),
    Indicator(
        key="safety.hazards_found",
        label=Label("发现的隐患", "Hazards found"),
        unit="event",
        definition=Label("期间内登记的隐患，按类别。", "Hazards recorded in the period, by sort."),
        value=Events(of="hazard"),
        breakdowns=("sort",),
        note=Label("多不是坏事：不查就没有。", "Many is not bad: where nobody looks, none is found."),
    ),
    Indicator(
        key="safety.drills",
        label=Label("演练次数", "Drills"),
        unit="event",
        definition=Label("期间内登记的演练，按内容。", "Drills recorded in the period, by what for."),
        value=Events(of="drill"),
        breakdowns=("sort",),
    ),
    Indicator(
        key="work.hours_compliance",
        label=Label("劳动时间合规率", "Work within six hours"),
        unit="percent",
        definition=Label(
            "期间内劳动的人日中，不超过六小时的占比。",
            "Of the person-days worked in the period, the share of six hours at most.",
        ),
        value=Ratio(over=Sum(of="work_day", field="within"), under=Sum(of="work_day", field="worked")),
        plausible=(0, 100),
        cites=("司法行政机关强制隔离戒毒工作规定#43",),
    ),
)
