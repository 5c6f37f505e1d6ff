"""Months paid, and what was paid. Whether hours kept to the ceiling is `work.hours_compliance` of
`safety`."""

from typing import Final

from guitu.indicators import Events, Indicator, Sum
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="work.pay_slips",
        label=Label("劳动报酬人次", "Months of work paid"),
        unit="person_time",
        definition=Label(
            "期间内入账的劳动报酬，一人一月计一次。", "Pay for work paid in, one for each person and month."
        ),
        value=Events(of="work_pay"),
        cites=("禁毒法#43",),
    ),
    Indicator(
        key="work.person_days",
        label=Label("劳动人日", "Person-days of work"),
        unit="person_time",
        definition=Label(
            "期间内各大队每日劳动人数合计。",
            "People who worked, summed over the days and brigades of the period.",
        ),
        value=Sum(of="work_day", field="worked"),
        cites=("司法行政机关强制隔离戒毒工作规定#43",),
    ),
)
