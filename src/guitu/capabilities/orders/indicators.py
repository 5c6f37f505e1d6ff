"""How many orders, how many people are under a measure, how many reported in time."""

from typing import Final

from guitu.indicators import Events, Exists, Indicator, Is, People, Ratio, Stock
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="community.orders",
        label=Label("责令社戒社康", "Ordered into community treatment or recovery"),
        unit="person",
        definition=Label(
            "期间内作出社区戒毒或社区康复决定的人数，同一人只计一次。",
            "Persons with an order for community treatment or community recovery in the period, each once.",
        ),
        value=People(of="order", where=Is("measure", "community_treatment", "community_recovery")),
        breakdowns=("sex", "age_band", "measure"),
        cites=("禁毒法#33", "禁毒法#48"),
    ),
    Indicator(
        key="measures.in_force",
        label=Label("执行中的措施涉及人数", "Persons under a measure"),
        unit="person",
        definition=Label(
            "期末正在执行戒毒措施的人数，同一人只计一次。",
            "Persons under a measure at the end of the period, each once.",
        ),
        value=Stock(of="measures"),
        breakdowns=("sex", "age_band", "measure"),
        where_counted="home",
    ),
    Indicator(
        key="community.reported_rate",
        label=Label("按期报到率", "Reported in within fifteen days"),
        unit="percent",
        definition=Label(
            "期间内送达的决定中，十五日内有报到记录的占比。",
            "Of the orders served in the period, the share followed by a report within fifteen days.",
        ),
        value=Ratio(
            over=Events(of="served", where=Exists(of="reporting_in", least=0, most=15)),
            under=Events(of="served"),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        cites=("戒毒条例#14",),
    ),
)
