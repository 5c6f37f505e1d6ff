"""Rolls held of those due; conduct noted, and objected to."""

from typing import Final

from guitu.indicators import Events, Indicator, Is, Ratio, Sum
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="daily.rolls_held",
        label=Label("点名率", "Rolls held of those due"),
        unit="percent",
        definition=Label(
            "期间内登记的规范所列点名，除以应点次数；漏点的在下一次登记时计入应点。",
            "Rolls of the timetable recorded in the period, divided by those due; one left out counts as due"
            " with the next that is recorded.",
        ),
        value=Ratio(
            over=Events(of="roll_call", where=Is("scheduled", "yes")),
            under=Sum(of="roll_call", field="due"),
        ),
        plausible=(0, 100),
    ),
    Indicator(
        key="daily.rolls_missing",
        label=Label("点名不明人次", "Missing at rolls"),
        unit="person_time",
        definition=Label(
            "期间内各次点名中不在位、原因不明的人次；找到的也计。不等于脱逃。",
            "Person-times missing at rolls of the period, those found later among them. Missing is no"
            " escape.",
        ),
        value=Sum(of="roll_call", field="missing"),
    ),
    Indicator(
        key="daily.conduct_notes",
        label=Label("行为表现记录", "Notes of conduct"),
        unit="event",
        definition=Label(
            "期间内登记的行为表现记录，按类别。", "Notes of conduct recorded in the period, by sort."
        ),
        value=Events(of="conduct_note"),
        breakdowns=("sort",),
    ),
    Indicator(
        key="daily.conduct_objected",
        label=Label("行为表现记录异议率", "Notes of conduct objected to"),
        unit="percent",
        definition=Label(
            "期间内已告知本人的行为表现记录中，本人有异议的占比。",
            "Of the notes of conduct of the period that the person was told of, the share objected to.",
        ),
        value=Ratio(
            over=Events(of="conduct_note", where=Is("objects", "objects")),
            under=Events(of="conduct_note", where=Is("objects", "objects", "agrees")),
        ),
        plausible=(0, 100),
    ),
)
