"""What packs tell of besides the figures of the work: what is overdue, and what findings there are."""

from typing import Final

from guitu.indicators import Indicator, Stock
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="duties.overdue",
        label=Label("逾期未办事项", "Overdue duties"),
        unit="duty",
        definition=Label(
            "期末已过应办日期而没有办理记录的事项数。",
            "Duties whose day had passed by the end of the period and that nothing records as done.",
        ),
        value=Stock(of="duties", count="rows"),
        breakdowns=("name",),
        where_counted="home",
    ),
    Indicator(
        key="findings.persons",
        label=Label("有提示的人员", "Persons with findings"),
        unit="person",
        definition=Label(
            "期末有提示须人核对的人数，同一人同一提示只计一次。",
            "Persons about whom there was a finding by the end of the period, each once for each finding.",
        ),
        value=Stock(of="findings"),
        breakdowns=("name",),
        where_counted="home",
    ),
)
