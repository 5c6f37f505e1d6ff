"""应收尽收, counted: whoever is brought is taken in the same day, and who was put off, by a doctor, why."""

from typing import Final

from guitu.indicators import Any_, Events, Exists, Indicator, Median, Ratio, Rows
from guitu.kernel.labels import Label

TAKEN_IN: Final = Any_(
    Exists(of="transfer", least=0, most=0),
    Exists(of="admission", least=0, most=0),
)
"""Taken in on the very day: to a justice centre by a transfer, elsewhere by an admission."""

INDICATORS: Final = (
    Indicator(
        key="admission.deferred",
        label=Label("暂缓收治", "Admissions put off"),
        unit="entry",
        definition=Label("期间内由医生登记的暂缓收治。", "Admissions that a doctor put off in the period."),
        value=Events(of="admission_deferred"),
        breakdowns=("sex", "age_band", "why"),
    ),
    Indicator(
        key="admission.same_day_rate",
        label=Label("即送即收率", "Taken in the same day"),
        unit="percent",
        definition=Label(
            "期间内送到场所的人次中，当日入所的占比；没有入所的也在分母里。",
            "Of the deliveries in the period, the share taken in on the same day; those never taken in are in"
            " the denominator.",
        ),
        value=Ratio(over=Events(of="delivery", where=TAKEN_IN), under=Events(of="delivery")),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        cites=("戒毒条例#27",),
    ),
    Indicator(
        key="admission.days_to_acceptance",
        label=Label("送到至入所天数中位数", "Median days from delivery to acceptance"),
        unit="day",
        definition=Label(
            "期间内送到场所的人次，到转入登记为止的天数的中位数；尚未入所的另列。",
            "The median days from delivery in the period until the transfer in; those not yet taken in are"
            " shown apart.",
        ),
        value=Median(of="delivery", then=Rows(of="transfer")),
        plausible=(0, 30),
    ),
)
