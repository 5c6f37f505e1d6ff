"""How many tests were taken, and what share of those asked for were."""

from typing import Final

from guitu.indicators import Events, Indicator, Is, Ratio
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="tests.taken_rate",
        label=Label("检测完成率", "Tests taken"),
        unit="percent",
        definition=Label(
            "期间内应检测的记录中实际检测的占比，经批准免检的不计。",
            "Of the tests recorded in the period, excused ones left out, the share that was taken.",
        ),
        value=Ratio(
            over=Events(of="urine_test", where=Is("outcome", "taken")),
            under=Events(of="urine_test", where=Is("outcome", "taken", "evaded", "refused")),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        cites=("禁毒法#32",),
    ),
)
