"""What guidance stations do."""

from typing import Final

from guitu.indicators import Events, Indicator, Stock
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="guidance.towns",
        label=Label("指导站覆盖乡镇登记", "Towns covered by stations"),
        unit="unit",
        definition=Label(
            "期末有效的指导站覆盖乡镇登记数；一个乡镇由两个站覆盖的计两次。",
            "Towns entered as covered by a station at the end of the period; one with two counts twice.",
        ),
        value=Stock(of="station_cover", count="rows", since="day", until="until"),
    ),
    Indicator(
        key="guidance.visits",
        label=Label("指导站下乡指导", "Visits of guidance stations"),
        unit="event",
        definition=Label("期间内指导站下乡指导的次数。", "Visits of guidance stations in the period."),
        value=Events(of="station_visit"),
        breakdowns=("what",),
    ),
    Indicator(
        key="guidance.advice",
        label=Label("指导意见", "Advice given"),
        unit="event",
        definition=Label("期间内答复的请求指导数。", "Questions answered in the period."),
        value=Events(of="advice_given"),
    ),
)
