"""Infectious reports in time: from the numbers a centre writes down by the month, never from persons'
files."""

from typing import Final

from guitu.indicators import Indicator, Ratio, Sum
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="medical.infectious_reports",
        label=Label("应报告传染病例数", "Infectious cases to be reported"),
        unit="event",
        definition=Label(
            "期间内各所按月登记的应报告例数之和。",
            "The cases to be reported that centres wrote down month by month, together.",
        ),
        value=Sum(of="infectious_month", field="found"),
        cites=("传染病防治法#45",),
    ),
    Indicator(
        key="medical.infectious_in_time",
        label=Label("传染病按时报告率", "Infectious reports in time"),
        unit="percent",
        definition=Label(
            "期间内应报告的传染病例中按时报告的占比（甲类等两小时，乙类、丙类二十四小时）。",
            "Of the cases to be reported in the period, the share reported in time (class A and"
            " the like within two hours,"
            " classes B and C within 24).",
        ),
        value=Ratio(
            over=Sum(of="infectious_month", field="in_time"), under=Sum(of="infectious_month", field="found")
        ),
        plausible=(0, 100),
        cites=("传染病防治法#45",),
        note=Label(
            "由医生交出的数字计算，不从任何人的档案计算。",
            "From numbers the doctors hand over, not from anybody’s file.",
        ),
    ),
)
